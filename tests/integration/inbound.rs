//! Conversation by mail: what comes in, where it goes, and what must never happen.

use crate::both;
use crate::support::{Actor, Answer, World};
use actix_web::http::Method;
use chrono::Duration;
use diesel::prelude::*;
use heard::cases::actions::{self, Decision, Desk};
use heard::cases::model::{Outcome, Status};
use heard::cases::store::{self as cases_store, Scope};
use heard::db::schema::{cases, feedback, inbound_mails, messages, outbox};
use heard::inbound::{process, store};
use heard::journal::By;
use heard::mail::outbox::{Mail, Owner};
use heard::schedule;
use heard::web::viewer::Role;
use serde_json::Value;

const SECRET: &str = "a secret for the hook";

/// The same product with conversation by mail switched on.
pub async fn open(world: &World) -> World {
    at(world, "feedback@acme.org", "heard@acme.org").await
}

async fn at(world: &World, intake: &str, from: &str) -> World {
    let settings = [
        ("HEARD__INBOUND__ADDRESS", intake),
        ("HEARD__INBOUND__SECRET", SECRET),
        ("HEARD__INBOUND__AUTHSERV_ID", "mx.acme.org"),
        ("HEARD__MAIL__FROM", from),
    ];
    world.again(&settings).await
}

async fn post(world: &World, path: &str, secret: Option<&str>, kind: &str, raw: &str) -> Answer {
    let bearer = secret.map(|secret| format!("Bearer {secret}"));
    let mut headers = vec![("content-type", kind)];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    world.stranger().send(Method::POST, path, &headers, Some(raw.replace('\n', "\r\n"))).await
}

/// Stores a mail and has everything read that waits; returns its id.
pub async fn arrives(world: &World, raw: &str) -> i64 {
    let answer = post(world, "/hooks/inbound-mail", Some(SECRET), "message/rfc822", raw).await.expect(200).json();
    process::run(&world.app, 1000).await.unwrap();
    answer["id"].as_str().unwrap().parse().unwrap()
}

pub fn letter(from: &str, to: &str, headers: &str, body: &str) -> String {
    let id = heard::id::secret();
    format!("Message-ID: <{id}@example.org>\nFrom: {from}\nTo: {to}\nSubject: The lift\n{headers}\n{body}\n")
}

/// What became of a mail: its state, why, and the case.
pub async fn fate(world: &World, id: i64) -> (String, Option<String>, Option<i64>) {
    let columns = (inbound_mails::status, inbound_mails::reason, inbound_mails::case_id);
    world.read(move |c| Ok(inbound_mails::table.find(id).select(columns).first(c)?)).await
}

/// Anna's first mail; returns her case and where answers to us go.
pub async fn annas_case(world: &World) -> (i64, String) {
    let id =
        arrives(world, &letter("Anna Berg <anna@example.org>", "feedback@acme.org", "", "It is stuck again.")).await;
    let (status, reason, case) = fate(world, id).await;
    assert_eq!((status.as_str(), reason), ("done", None));
    let case = case.unwrap();
    (case, world.app.replies.address_for(case).unwrap().unwrap())
}

async fn mails(world: &World, case: i64) -> Vec<Mail> {
    let about = outbox::case_id.eq(case).and(outbox::template.ne("notice"));
    world.read(move |c| Ok(outbox::table.filter(about).order(outbox::id).select(Mail::as_select()).load(c)?)).await
}

/// Sends what is due and returns the bytes of every mail of this case.
async fn sent(world: &World, case: i64) -> Vec<String> {
    schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
    let files = mails(world, case).await.into_iter().map(|mail| mail.reply.expect("sent into a file"));
    files.map(|file| std::fs::read_to_string(file).unwrap().replace("\r\n ", " ")).collect()
}

fn header<'a>(mail: &'a str, name: &str) -> Option<&'a str> {
    let head = mail.split("\r\n\r\n").next().unwrap();
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The conversation: who it is from and what it says.
async fn said(world: &World, case: i64) -> Vec<(String, String, Option<String>, Option<String>)> {
    let columns = (messages::direction, messages::body, messages::quoted, messages::unverified_from);
    let about = messages::table.filter(messages::case_id.eq(case)).order(messages::at).select(columns);
    world.read(move |c| Ok(about.load(c)?)).await
}

async fn case_row(world: &World, case: i64) -> cases_store::TimelineRow {
    world.read(move |c| Ok(cases_store::timeline(c, case)?.pop().unwrap())).await
}

async fn status(world: &World, case: i64) -> Status {
    world.read(move |c| Ok(cases::table.find(case).select(cases::status).first(c)?)).await
}

async fn count_cases(world: &World) -> i64 {
    world.read(|c| Ok(feedback::table.count().get_result(c)?)).await
}

async fn reference(world: &World, case: i64) -> String {
    world.read(move |c| Ok(feedback::table.find(case).select(feedback::reference).first(c)?)).await
}

/// Resolves a case and has the news of it sent.
pub async fn close(world: &World, owner: &Actor, case: i64) {
    let (desk, by, number) = (Desk::of(&world.app), By::person(owner.id), reference(world, case).await);
    let scope = scope(owner);
    let decision = Decision { outcome: Outcome::Solved, text: "The lift is repaired.".into(), ..decision() };
    world.write(move |c| actions::resolve(c, &desk, scope, by, &number, &decision)).await;
    sent(world, case).await;
    assert_eq!(status(world, case).await, Status::Closed);
}

fn decision() -> Decision {
    Decision { outcome: Outcome::Solved, text: String::new(), change: None }
}

fn scope(actor: &Actor) -> Scope {
    Scope::of(&heard::web::viewer::Viewer {
        id: actor.id,
        name: "Olga".into(),
        email: Some(actor.email.clone()),
        session_id: 0,
        lang: heard::i18n::Lang::En,
        role: Role::Admin,
        team_id: None,
    })
    .unwrap()
}

both! {
    async fn a_mail_opens_a_case_and_is_answered_in_its_thread(world: World) {
        let world = open(&world).await;
        let raw = letter("=?koi8-r?B?4c7OwQ==?= <Anna@Example.org>", "feedback@acme.org", "", "Лифт снова стоит. Почините, пожалуйста.");
        let theirs = header(&raw.replace('\n', "\r\n"), "Message-ID").unwrap().to_owned();
        let id = arrives(&world, &raw).await;
        let case = fate(&world, id).await.2.unwrap();
        let columns = (feedback::title, feedback::text, feedback::channel, feedback::lang);
        let found: (String, String, String, String) = world.read(move |c| Ok(feedback::table.find(case).select(columns).first(c)?)).await;
        assert_eq!(found, ("The lift".into(), "Лифт снова стоит. Почините, пожалуйста.".into(), "email".into(), "ru".into()));
        let mails = sent(&world, case).await;
        assert_eq!(mails.len(), 1);
        let answer = &mails[0];
        assert_eq!(header(answer, "In-Reply-To"), Some(theirs.as_str()));
        assert_eq!(header(answer, "References"), Some(theirs.as_str()));
        assert_eq!(header(answer, "Auto-Submitted"), Some("auto-replied"));
        let reply_to = header(answer, "Reply-To").unwrap();
        assert_eq!(world.app.replies.case_of(reply_to), Some(case));
    }
}

both! {
    async fn a_conversation_stays_in_one_thread(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, _) = annas_case(&world).await;
        let first = sent(&world, case).await.remove(0);
        let to = header(&first, "Reply-To").unwrap();
        let quote = "Still stuck.\n\nOn Mon, 23 Nov 2026 at 10:00, Heard <feedback@acme.org> wrote:\n\n> We have it.";
        let reply = letter("Anna <anna@example.org>", to, "", quote);
        let theirs = header(&reply.replace('\n', "\r\n"), "Message-ID").unwrap().to_owned();
        let id = arrives(&world, &reply).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        let (direction, body, quoted, unverified) = said(&world, case).await.remove(0);
        assert_eq!((direction.as_str(), body.as_str(), unverified), ("inbound", "Still stuck.", None));
        assert!(quoted.unwrap().contains("> We have it."));
        assert_eq!(sent(&world, case).await.len(), 1, "a reply is not acknowledged by another mail");
        let (desk, by, number) = (Desk::of(&world.app), By::person(olga.id), reference(&world, case).await);
        let scope = scope(&olga);
        world.write(move |c| actions::reply(c, &desk, scope, by, &number, "We are on it.", false)).await;
        let answer = sent(&world, case).await.pop().unwrap();
        assert_eq!(header(&answer, "In-Reply-To"), Some(theirs.as_str()));
        assert!(header(&answer, "References").unwrap().starts_with(header(&first, "Message-ID").unwrap()));
        assert_eq!(header(&answer, "Auto-Submitted"), None, "a person wrote it");
        assert_eq!(header(&answer, "Reply-To"), Some(to));
        // By reference alone, to the address without a token.
        let refers = format!("In-Reply-To: {}\n", header(&answer, "Message-ID").unwrap());
        let id = arrives(&world, &letter("anna@example.org", "feedback@acme.org", &refers, "Thank you.")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        assert_eq!(count_cases(&world).await, 1);
    }
}

both! {
    async fn the_hook_asks_for_its_secret(world: World) {
        let off = post(&world, "/hooks/inbound-mail", Some(SECRET), "message/rfc822", "From: a@b.c\n\nhi").await;
        off.expect(404);
        let world = open(&world).await;
        let raw = letter("anna@example.org", "somebody@else.example", "", "hi");
        for (secret, kind, status) in [
            (None, "message/rfc822", 401),
            (Some("a secret for the hoop"), "message/rfc822", 401),
            (Some(""), "message/rfc822", 401),
            (Some(SECRET), "application/x-www-form-urlencoded", 415),
            (Some(SECRET), "message/rfc822; charset=x", 200),
        ] {
            post(&world, "/hooks/inbound-mail", secret, kind, &raw).await.expect(status);
        }
        post(&world, "/hooks/inbound-mail", Some(SECRET), "text/plain", " \n").await.expect(400);
        let again = post(&world, "/hooks/inbound-mail", Some(SECRET), "text/plain", &raw).await.expect(200).json();
        assert_eq!(again["duplicate"], Value::Bool(true));
        let rows: i64 = world.read(|c| Ok(inbound_mails::table.count().get_result(c)?)).await;
        assert_eq!(rows, 1);
        // Whom it is delivered to only the mail server may know.
        let hidden = letter("anna@example.org", "undisclosed-recipients:;", "", "hi");
        let path = "/hooks/inbound-mail?recipient=Feedback%40acme.org";
        let id = post(&world, path, Some(SECRET), "message/rfc822", &hidden).await.expect(200).json()["id"].as_str().unwrap().parse().unwrap();
        process::run(&world.app, 10).await.unwrap();
        assert_eq!(fate(&world, id).await.0, "done");
    }
}

both! {
    async fn nobody_joins_a_thread_that_is_not_theirs(world: World) {
        let world = open(&world).await;
        let (case, token) = annas_case(&world).await;
        let first = sent(&world, case).await.remove(0);
        let before = (mails(&world, case).await.len(), status(&world, case).await, case_row(&world, case).await.event);
        // A token that was forwarded.
        let id = arrives(&world, &letter("Eve <eve@example.net>", &token, "", "Send the money to me.")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), Some("unverified".into()), Some(case)));
        let forged = "Authentication-Results: mx.acme.org; dmarc=fail\n";
        let id = arrives(&world, &letter("anna@example.org", &token, forged, "It is me, Anna.")).await;
        assert_eq!(fate(&world, id).await.1, Some("unverified".into()));
        let written = said(&world, case).await;
        assert!(written.iter().all(|(direction, _, _, from)| direction == "inbound" && from.is_some()), "{written:?}");
        let link = Desk::of(&world.app).tracking_url(case).unwrap();
        let page = world.stranger().get(link.split_once("8080").unwrap().1).await.expect(200);
        assert!(!page.body.contains("Send the money") && !page.body.contains("It is me"), "the originator is not shown them");
        assert_eq!((mails(&world, case).await.len(), status(&world, case).await), (before.0, before.1));
        // By reference: somebody in copy answers all. They get a case of their own, and no answer that could go round.
        let refers = format!("References: {}\n", header(&first, "Message-ID").unwrap());
        let id = arrives(&world, &letter("eve@example.net", "feedback@acme.org", &refers, "What is this about?")).await;
        let own = fate(&world, id).await.2.unwrap();
        assert_ne!(own, case);
        assert_eq!(mails(&world, own).await.len(), 0);
        // By number, never.
        let number = reference(&world, case).await;
        let raw = letter("eve@example.net", "feedback@acme.org", "", "Mine.").replace("The lift", &format!("Re: [{number}]"));
        let id = arrives(&world, &raw).await;
        assert_ne!(fate(&world, id).await.2, Some(case));
    }
}

both! {
    async fn machines_change_nothing(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, token) = annas_case(&world).await;
        close(&world, &olga, case).await;
        let before = mails(&world, case).await.len();
        for headers in ["Auto-Submitted: auto-replied\n", "X-Autoreply: yes\n", "Return-Path: <>\n"] {
            let id = arrives(&world, &letter("anna@example.org", &token, headers, "I am on holiday.")).await;
            assert_eq!(fate(&world, id).await, ("ignored".into(), Some("auto_reply".into()), Some(case)), "{headers}");
        }
        assert_eq!(case_row(&world, case).await.event, "auto_replied");
        let bounce = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n--b--\n";
        let id = arrives(&world, &letter("MAILER-DAEMON@example.org", &token, bounce, "")).await;
        assert_eq!(fate(&world, id).await, ("ignored".into(), Some("bounce".into()), Some(case)));
        let row = case_row(&world, case).await;
        assert_eq!((row.event.as_str(), &row.data.0["status"]), ("bounce_received", &Value::from("5.1.1")));
        for headers in ["List-Id: <x.example.org>\n", "Precedence: bulk\n", "Auto-Submitted: auto-generated\n"] {
            let id = arrives(&world, &letter("shop@example.org", "feedback@acme.org", headers, "Buy now.")).await;
            assert_eq!(fate(&world, id).await.0, "ignored", "{headers}");
        }
        assert_eq!((status(&world, case).await, mails(&world, case).await.len()), (Status::Closed, before));
        assert_eq!(count_cases(&world).await, 1);
        // A person does.
        let id = arrives(&world, &letter("anna@example.org", &token, "", "It is stuck again.")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        assert!(status(&world, case).await.is_open());
    }
}

both! {
    async fn a_reply_to_a_closed_case_may_open_another(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, token) = annas_case(&world).await;
        close(&world, &olga, case).await;
        let settings = [
            ("HEARD__INBOUND__ADDRESS", "feedback@acme.org"),
            ("HEARD__INBOUND__SECRET", SECRET),
            ("HEARD__CASES__REPLY_TO_CLOSED", "follow_up"),
        ];
        let world = world.again(&settings).await;
        let id = arrives(&world, &letter("anna@example.org", &token, "", "Now the stairs are wet.")).await;
        let (state, reason, next) = fate(&world, id).await;
        assert_eq!((state.as_str(), reason), ("done", None));
        assert_ne!(next, Some(case));
        assert_eq!(status(&world, case).await, Status::Closed);
    }
}

both! {
    async fn more_than_a_person_writes_waits(world: World) {
        let world = open(&world).await;
        let (case, token) = annas_case(&world).await;
        let mut last = 0;
        for n in 0..6 {
            last = arrives(&world, &letter("anna@example.org", &token, "", &format!("And another thing, number {n}."))).await;
        }
        assert_eq!(fate(&world, last).await.1, Some("too_many".into()), "the case has had five within the hour");
        world.advance(Duration::hours(2));
        let id = arrives(&world, &letter("anna@example.org", &token, "", "Later.")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        for n in 0..21 {
            last = arrives(&world, &letter("bob@example.org", "feedback@acme.org", "", &format!("Case {n}"))).await;
        }
        assert_eq!(fate(&world, last).await.1, Some("too_many".into()), "twenty a day from one sender");
        let waiting = world.read(|c| Ok(store::quarantined(c)?)).await;
        assert_eq!(waiting, 3);
    }
}

both! {
    async fn what_cannot_be_read_waits_and_the_others_go_on(world: World) {
        let world = open(&world).await;
        let broken = arrives(&world, "\n\nno headers at all").await;
        let poison = arrives(&world, &letter("anna@example.org", "feedback@acme.org", "", "It took the process with it.")).await;
        // As a process leaves it that dies each time.
        world
            .write(move |c| {
                let row = (inbound_mails::status.eq("new"), inbound_mails::attempts.eq(5), inbound_mails::case_id.eq(None::<i64>));
                Ok(diesel::update(inbound_mails::table.find(poison)).set(row).execute(c)?)
            })
            .await;
        world.advance(Duration::minutes(6));
        let (case, _) = annas_case(&world).await;
        assert_eq!(fate(&world, broken).await.1, Some("not_a_mail".into()));
        assert_eq!(fate(&world, poison).await, ("quarantined".into(), Some("gave_up".into()), None));
        assert_eq!(status(&world, case).await, Status::New);
        for (raw, why) in [
            (letter("anna@example.org", "other@acme.org", "", "hi"), "not_for_us"),
            (letter("a@b.c, d@e.f", "feedback@acme.org", "", "hi"), "no_sender"),
            (letter(&format!("{}@b.c", "x".repeat(70)), "feedback@acme.org", "", "hi"), "refused: email error-email"),
        ] {
            let id = arrives(&world, &raw).await;
            assert_eq!(fate(&world, id).await, ("quarantined".into(), Some(why.into()), None));
        }
    }
}

both! {
    async fn a_mail_is_finished_once(world: World) {
        let world = open(&world).await;
        let raw = letter("anna@example.org", "feedback@acme.org", "", "Once.");
        let id = post(&world, "/hooks/inbound-mail", Some(SECRET), "message/rfc822", &raw).await.json()["id"].as_str().unwrap().parse().unwrap();
        let (one, other) = futures_util::future::join(process::run(&world.app, 10), process::run(&world.app, 10)).await;
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        // Somebody who takes it for lost and reads it too comes second and leaves nothing behind.
        world.write(move |c| Ok(diesel::update(inbound_mails::table.find(id)).set(inbound_mails::status.eq("quarantined")).execute(c)?)).await;
        let (one, other) = futures_util::future::join(
            process::decide_by_hand(&world.app, id, None),
            process::decide_by_hand(&world.app, id, None),
        )
        .await;
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(count_cases(&world).await, 2);
    }
}

/// What one server sends arrives at the other, until nobody has anything to say.
async fn carry(from: &World, to: &World, seen: &mut Vec<i64>) -> usize {
    schedule::drain(from.app.clone(), Owner::new()).await.unwrap();
    let all: Vec<Mail> = from.read(|c| Ok(outbox::table.order(outbox::id).select(Mail::as_select()).load(c)?)).await;
    let fresh: Vec<Mail> = all.into_iter().filter(|mail| !seen.contains(&mail.id)).collect();
    for mail in &fresh {
        seen.push(mail.id);
        let raw = std::fs::read_to_string(mail.reply.as_ref().unwrap()).unwrap();
        arrives(to, &raw.replace("\r\n", "\n")).await;
    }
    fresh.len()
}

both! {
    async fn two_servers_fall_silent(world: World) {
        let one = at(&world, "feedback@acme.org", "feedback@acme.org").await;
        let other = at(&World::sqlite().await, "help@other.example", "help@other.example").await;
        // Somebody opens a case at ours in the name of the other.
        arrives(&one, &letter("help@other.example", "feedback@acme.org", "", "Hello, machine.")).await;
        let (mut from_one, mut from_other) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            carry(&one, &other, &mut from_one).await;
            carry(&other, &one, &mut from_other).await;
        }
        assert_eq!((from_one.len(), from_other.len()), (1, 0));
    }
}

both! {
    async fn a_ticket_system_with_many_names_falls_silent(world: World) {
        let world = open(&world).await;
        let id = arrives(&world, &letter("ticket-0@help.example", "feedback@acme.org", "", "Ticket opened.")).await;
        let case = fate(&world, id).await.2.unwrap();
        let mut answered = sent(&world, case).await;
        for n in 1..10 {
            // It answers each of our mails, each time as somebody else, and says nowhere that it is a machine.
            let Some(ours) = answered.pop() else { break };
            let refers = format!("In-Reply-To: {}\n", header(&ours, "Message-ID").unwrap());
            let raw = letter(&format!("ticket-{n}@help.example"), header(&ours, "Reply-To").unwrap(), &refers, "Ticket opened.");
            let id = arrives(&world, &raw).await;
            assert_eq!(fate(&world, id).await.1, Some("unverified".into()));
        }
        assert_eq!((mails(&world, case).await.len(), count_cases(&world).await), (1, 1));
    }
}

const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

both! {
    async fn files_come_along_as_far_as_they_may(world: World) {
        let world = open(&world).await;
        let files = format!(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nLook at it.\n--b\nContent-Type: image/png; name=\"lift.png\"\nContent-Transfer-Encoding: base64\n\n{PICTURE}\n--b\nContent-Type: application/x-msdownload; name=\"lift.exe\"\nContent-Disposition: attachment\n\nMZ\n--b--\n"
        );
        let (case, token) = annas_case(&world).await;
        let id = arrives(&world, &letter("anna@example.org", &token, &files, "")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        let kept = world.read(move |c| Ok(heard::files::store::of_case(c, case)?)).await;
        let names: Vec<(&str, bool)> = kept.iter().map(|f| (f.name.as_str(), f.message_id.is_some())).collect();
        assert_eq!(names, [("lift.png", true)]);
        let row = case_row(&world, case).await;
        assert_eq!((row.event.as_str(), &row.data.0["files"]), ("files_left", &Value::from("lift.exe")));
        // A new case keeps them with what was said first.
        let id = arrives(&world, &letter("bob@example.org", "feedback@acme.org", &files, "")).await;
        let case = fate(&world, id).await.2.unwrap();
        let kept = world.read(move |c| Ok(heard::files::store::of_case(c, case)?)).await;
        assert!(kept.len() == 1 && kept[0].message_id.is_none());
    }
}

both! {
    async fn administrators_see_what_waits_and_decide(world: World) {
        let world = open(&world).await;
        let ada = world.person("Ada", Role::Admin).await;
        let (case, _) = annas_case(&world).await;
        let number = reference(&world, case).await;
        let other = letter("Anna <anna@example.org>", "other@acme.org", "", "<script>alert(1)</script> & more");
        let id = arrives(&world, &other).await;
        let path = format!("/admin/inbound/{id}");
        let otto = world.person("Otto", Role::Council).await;
        for path in ["/admin/inbound", path.as_str(), &format!("{path}/raw")] {
            world.stranger().get(path).await.expect(303);
            otto.get(path).await.expect(403);
        }
        for action in ["reading", "new-case", "case"] {
            otto.post(&format!("{path}/{action}"), &[]).await.expect(403);
        }
        ada.get("/admin/inbound").await.expect(200).says("The lift").says("It is not addressed to us.");
        let page = ada.get(&path).await.expect(200).says("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
        assert!(!page.body.contains("<script>alert"));
        let raw = ada.get(&format!("{path}/raw")).await.expect(200);
        assert!(raw.header("content-disposition").starts_with("attachment") && raw.body.contains("<script>"));
        // Read again, it is still not for us.
        ada.post(&format!("{path}/reading"), &[]).await.expect(303);
        process::run(&world.app, 10).await.unwrap();
        assert_eq!(fate(&world, id).await.1, Some("not_for_us".into()));
        ada.post(&format!("{path}/case"), &[("case", "F-0000000")]).await.expect(422).says("There is no case with this number");
        ada.post(&format!("{path}/case"), &[("case", &number.to_lowercase())]).await.expect(303);
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
        ada.post(&format!("{path}/new-case"), &[]).await.expect(409);
        ada.get(&path).await.expect(200).says(&number);
        let id = arrives(&world, &letter("Eve <eve@example.net>", "other@acme.org", "", "Me too")).await;
        ada.post(&format!("/admin/inbound/{id}/case"), &[("case", &number)]).await.expect(303);
        assert_eq!(fate(&world, id).await.1, Some("unverified".into()), "it does not become Anna's by that");
        let id = arrives(&world, &letter("Eve <eve@example.net>", "other@acme.org", "", "Mine")).await;
        ada.post(&format!("/admin/inbound/{id}/new-case"), &[]).await.expect(303);
        assert_eq!(fate(&world, id).await.0, "done");
        let broken = arrives(&world, "\n\nnothing").await;
        ada.get(&format!("/admin/inbound/{broken}")).await.expect(200).says("It is not a mail, or broken.");
        ada.post(&format!("/admin/inbound/{broken}/new-case"), &[]).await.expect(409);
        for state in ["new", "done", "ignored", "nonsense"] {
            ada.get(&format!("/admin/inbound?state={state}")).await.expect(200);
        }
        for path in ["/admin/inbound/1", "/admin/inbound/x", "/admin/inbound/1/raw"] {
            ada.get(path).await.expect(404);
        }
        ada.get(&format!("/cases/{number}")).await.expect(200).says("we are not sure that it is them");
    }
}
