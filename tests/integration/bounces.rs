//! Mail that comes back: what a report does to the mail, its address and its case, and how a wrong address is put right.

use crate::both;
use crate::inbound::{annas_case, arrives, close, fate, letter, open};
use crate::support::{Actor, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::cases::model::{Status, ToldHow};
use heard::db::schema::{cases, feedback, journal, outbox, people, teams};
use heard::db::types::{Doc, Ts};
use heard::mail::outbox::{Mail, Owner, Status as MailStatus};
use heard::mail::undeliverable::{self, Undeliverable};
use heard::schedule;
use heard::web::viewer::Role;

/// A report as a server writes it: one of the texts that the reader of reports is tested with.
fn report(name: &str, to: &str) -> String {
    let file = format!("{}/src/inbound/bounce/tests/{name}.eml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).unwrap().replace("{return}", to);
    // Each arrives once.
    text.replacen("Message-I", "X-Was: 1\nMessage-I", 1).replace("<2026", &format!("<{}.2026", heard::id::secret()))
}

/// Anna was told by mail how her case ended; gives the case, its reference and that mail.
async fn told(world: &World, olga: &Actor) -> (i64, String, Mail) {
    let (case, _) = annas_case(world).await;
    close(world, olga, case).await;
    assert_eq!(standing(world, case).await, (Status::Closed, Some(ToldHow::Mail)));
    let number = world.read(move |c| Ok(feedback::table.find(case).select(feedback::reference).first(c)?)).await;
    (case, number, newest(world, case, "closure").await)
}

async fn newest(world: &World, case: i64, template: &'static str) -> Mail {
    let about = outbox::case_id.eq(case).and(outbox::template.eq(template));
    let newest = outbox::table.filter(about).order(outbox::id.desc()).select(Mail::as_select());
    world.read(move |c| Ok(newest.first(c)?)).await
}

async fn standing(world: &World, case: i64) -> (Status, Option<ToldHow>) {
    world.read(move |c| Ok(cases::table.find(case).select((cases::status, cases::told_how)).first(c)?)).await
}

async fn known(world: &World, address: &'static str) -> Option<Undeliverable> {
    world.read(move |c| Ok(undeliverable::find(c, address)?)).await
}

async fn events(world: &World, case: i64) -> Vec<(String, Doc)> {
    let about = journal::table.filter(journal::subject_id.eq(case)).order(journal::seq);
    world.read(move |c| Ok(about.select((journal::event, journal::data)).load(c)?)).await
}

/// Where reports about this mail go.
fn back(world: &World, mail: &Mail) -> String {
    world.app.replies.return_path(mail.id).unwrap().unwrap()
}

async fn drain(world: &World) {
    schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
}

both! {
    async fn news_that_came_back_was_no_news(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, number, closure) = told(&world, &olga).await;
        olga.post(&format!("/cases/{number}/watchers"), &[("watch", "yes")]).await.expect(303);
        let id = arrives(&world, &report("postfix-unknown", &back(&world, &closure))).await;
        assert_eq!(fate(&world, id).await, ("ignored".into(), Some("bounce".into()), Some(case)));

        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Bounced)));
        let (event, data) = events(&world, case).await.pop().unwrap();
        assert_eq!((event.as_str(), data.0["how"].as_str()), ("told", Some("bounced")));
        let row = newest(&world, case, "closure").await;
        assert_eq!(row.status, MailStatus::Suppressed);
        assert!(row.reply.unwrap().contains("User unknown in local recipient table"));
        assert!(row.sent_at.is_some(), "that it was taken stays known");
        assert!(known(&world, "anna@example.org").await.unwrap().stopped_at.is_some());
        let notice = newest(&world, case, "notice").await;
        assert_eq!((notice.person_id, notice.data.0["why"].as_str()), (olga.id, Some("returned")));
        olga.get(&format!("/cases/{number}")).await.expect(200).says("Mail does not reach this address").says("User unknown in local");
        olga.get(&format!("/outbox/{}", closure.id)).await.expect(200).says("It came back");

        let before = events(&world, case).await.len();
        for again in ["postfix-full", "gmail-unknown"] {
            arrives(&world, &report(again, &back(&world, &closure))).await;
        }
        assert_eq!(events(&world, case).await.len(), before, "it is told once");
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Bounced)));
    }
}

both! {
    async fn what_was_not_given_up_changes_nothing(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, _, closure) = told(&world, &olga).await;
        for name in ["postfix-delayed", "postfix-relayed", "exim-old-delayed", "auto-reply", "auto-reply-left", "read-receipt", "several-recipients"] {
            let id = arrives(&world, &report(name, &back(&world, &closure))).await;
            assert_eq!(fate(&world, id).await.0, "ignored", "{name}");
        }
        let forged = back(&world, &closure).replace("+b-", "+b-0");
        let id = arrives(&world, &report("postfix-unknown", &forged)).await;
        assert_eq!(fate(&world, id).await, ("ignored".into(), Some("forged_bounce".into()), None));
        // A token for one thing is none for another.
        let reply = world.app.replies.address_for(case).unwrap().unwrap().replace('+', "+b-");
        let id = arrives(&world, &report("gmail-unknown", &reply)).await;
        assert_eq!(fate(&world, id).await.1.as_deref(), Some("forged_bounce"));
        // What asks by the address of a mail that is gone names nothing.
        let gone = world.app.replies.return_path(4711).unwrap().unwrap();
        arrives(&world, &report("exim-unknown", &gone)).await;

        assert_eq!(known(&world, "anna@example.org").await, None);
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Mail)));
        assert_eq!(newest(&world, case, "closure").await.status, MailStatus::Sent);
        let page = world.read(|c| Ok(outbox::table.filter(outbox::template.eq("notice")).count().get_result::<i64>(c)?)).await;
        assert_eq!(page, 0);
    }
}

both! {
    async fn a_full_mailbox_counts_once_a_day_and_the_mail_failed(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, number, closure) = told(&world, &olga).await;
        for name in ["postfix-full", "exchange-full", "qmail-full"] {
            arrives(&world, &report(name, &back(&world, &closure))).await;
        }
        let anna = known(&world, "anna@example.org").await.unwrap();
        assert_eq!((anna.points, anna.stopped_at), (5, None));
        assert_eq!(newest(&world, case, "closure").await.status, MailStatus::Failed);
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Bounced)));
        olga.get(&format!("/cases/{number}")).await.expect(200).says("A mail to this address came back");
    }
}

both! {
    async fn who_has_answered_was_told(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, _, closure) = told(&world, &olga).await;
        let now = Some(Ts::from(world.now()));
        world.write(move |c| Ok(diesel::update(cases::table.find(case)).set((cases::helped.eq(true), cases::helped_at.eq(now))).execute(c)?)).await;
        arrives(&world, &report("postfix-unknown", &back(&world, &closure))).await;
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Mail)));
        assert_eq!(events(&world, case).await.pop().unwrap().0, "mail_returned");
    }
}

both! {
    async fn a_wrong_address_is_put_right_and_what_came_back_goes_out_again(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, number, closure) = told(&world, &olga).await;
        let correct = async |who: &Actor, email: &str| who.post(&format!("/cases/{number}/contact"), &[("email", email)]).await;
        correct(&olga, "anna@example.com").await.expect(422).says("Mail reaches the present address");
        arrives(&world, &report("postfix-unknown", &back(&world, &closure))).await;

        world.person("Marta", Role::Owner).await;
        for (typed, said) in [
            ("", "error"),
            ("anna@", "anna@"),
            ("anna@example.org\r\nBcc: eve@example.net", "Bcc"),
            ("Anna@EXAMPLE.org", "This is the address that is there already"),
            ("marta@heard.example", "colleague’s account"),
        ] {
            correct(&olga, typed).await.expect(422).says(said);
        }
        assert_eq!(newest(&world, case, "closure").await.id, closure.id, "nothing went out");
        correct(&olga, " Anna@Example.com ").await.expect(303);

        let again = newest(&world, case, "closure").await;
        assert_eq!((again.address.as_str(), again.event_id, again.status), ("anna@example.com", closure.event_id, MailStatus::Queued));
        assert_eq!(again.data.0, closure.data.0, "the same news");
        assert_ne!(again.person_id, closure.person_id);
        assert_eq!(events(&world, case).await.pop().unwrap().0, "contact_corrected");
        assert!(known(&world, "anna@example.org").await.unwrap().stopped_at.is_some(), "nothing is lifted");
        drain(&world).await;
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Mail)));
        let page = olga.get(&format!("/cases/{number}")).await.expect(200).says("anna@example.com").says("corrected the address");
        assert!(!page.body.contains("Mail does not reach"));
        // A late report about the first mail says nothing about the new address.
        arrives(&world, &report("ses-unknown", &back(&world, &closure))).await;
        assert_eq!(standing(&world, case).await, (Status::Closed, Some(ToldHow::Mail)));
        // What they write now joins their case.
        let token = world.app.replies.address_for(case).unwrap().unwrap();
        let id = arrives(&world, &letter("anna@example.com", &token, "", "Thank you, it works.")).await;
        assert_eq!(fate(&world, id).await, ("done".into(), None, Some(case)));
    }
}

both! {
    async fn only_whoever_works_on_a_case_corrects_its_contact(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, number, closure) = told(&world, &olga).await;
        arrives(&world, &report("postfix-unknown", &back(&world, &closure))).await;
        let (lifts, stairs) = (team(&world, "Lifts").await, team(&world, "Stairs").await);
        world.write(move |c| Ok(diesel::update(cases::table.find(case)).set(cases::team_id.eq(lifts)).execute(c)?)).await;
        let path = format!("/cases/{number}/contact");
        for stranger in [world.member("Petr", Role::Owner, Some(stairs)).await, world.person("Nina", Role::Employee).await] {
            let answer = stranger.post(&path, &[("email", "eve@example.net")]).await;
            assert!([403, 404].contains(&answer.status.as_u16()), "{}", answer.status);
        }
        world.stranger().post(&path, &[("email", "eve@example.net")]).await.expect(303).location().contains("sign-in");
        // An account's address is how somebody signs in.
        let person = closure.person_id;
        world.write(move |c| Ok(diesel::update(people::table.find(person)).set(people::role.eq(Role::Employee)).execute(c)?)).await;
        olga.post(&path, &[("email", "eve@example.net")]).await.expect(422).says("has an account");
        assert_eq!(newest(&world, case, "closure").await.id, closure.id);
    }
}

async fn team(world: &World, name: &str) -> i64 {
    let (id, name, now) = (heard::id::new_id(), name.to_owned(), Ts::from(world.now()));
    let row = (teams::id.eq(id), teams::name.eq(name), teams::created_at.eq(now));
    world.write(move |c| Ok(diesel::insert_into(teams::table).values(row).execute(c)?)).await;
    id
}

both! {
    async fn a_mail_ends_the_digests(world: World) {
        let world = open(&world).await;
        let (case, _) = annas_case(&world).await;
        let anna: i64 = world.read(move |c| Ok(feedback::table.find(case).select(feedback::person_id.assume_not_null()).first(c)?)).await;
        let ended = async || -> Option<Ts> { world.read(move |c| Ok(people::table.find(anna).select(people::digest_ended_at).first(c)?)).await };
        let out = world.app.replies.unsubscribe_address(anna).unwrap().unwrap();
        arrives(&world, &letter("eve@example.net", &out.replace("+u-", "+u-0"), "", "unsubscribe")).await;
        assert_eq!(ended().await, None);
        for _ in 0..2 {
            let id = arrives(&world, &letter("anna@example.org", &out.to_uppercase(), "", "")).await;
            assert_eq!(fate(&world, id).await, ("done".into(), Some("unsubscribed".into()), None));
        }
        assert!(ended().await.is_some());
    }
}

both! {
    async fn a_bomb_goes_off_nowhere(world: World) {
        let world = open(&world).await;
        let olga = world.person("Olga", Role::Admin).await;
        let (case, _, closure) = told(&world, &olga).await;
        let head = "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n";
        let part = "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n\n";
        let deep: String = (0..50).map(|i| format!("--b{i}\nContent-Type: multipart/report; boundary=b{}\n\n", i + 1)).collect();
        let forged = back(&world, &closure).replace("+b-", "+b-0");
        let deep_head = "Content-Type: multipart/report; boundary=b0\n";
        let started = std::time::Instant::now();
        for (headers, body, end) in
            [(head, part.repeat(10_000), "ignored"), (head, part.repeat(25_000), "quarantined"), (deep_head, deep, "ignored")]
        {
            let id = arrives(&world, &letter("MAILER-DAEMON@example.org", &forged, headers, &body)).await;
            assert_eq!(fate(&world, id).await.0, end);
        }
        assert!(started.elapsed() < Duration::seconds(10).to_std().unwrap());
        assert_eq!((known(&world, "anna@example.org").await, standing(&world, case).await.1), (None, Some(ToldHow::Mail)));
    }
}
