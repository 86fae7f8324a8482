//! "You said, we did": who reads what of sent digests, and what its readers answer.

use crate::both;
use crate::inbound::{arrives, fate, letter, open};
use crate::support::{Actor, World, start};
use actix_web::http::Method;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use heard::backlog::actions::{link_case, propose};
use heard::backlog::model::{News, Status};
use heard::backlog::moves::{Step, advance};
use heard::backlog::proposal::Proposal;
use heard::cases::actions::Desk;
use heard::cases::model::Status as CaseStatus;
use heard::cases::store::by_id;
use heard::db::schema::{cases, digest_answers, digest_editions, digest_items, feedback, outbox, people, topics};
use heard::db::types::Ts;
use heard::digest::editions::Edition;
use heard::digest::items::{Facts, Item};
use heard::digest::model::{Both, Section, SeenBy, Standing};
use heard::digest::period::{Month, Period};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::id;
use heard::journal::By;
use heard::mail::outbox::{NewMail, Status as MailStatus, enqueue_as};
use heard::people::topics::Wording;
use heard::secret::Purpose;
use heard::web::viewer::Role;
use serde_json::json;

fn month(text: &str) -> Period {
    text.parse::<Month>().unwrap().period()
}

/// A digest of a month that was sent.
async fn edition(world: &World, period: &str, status: Standing) -> i64 {
    let row = Edition { status, ..Edition::draft(1, month(period), start()) };
    let id = row.id;
    world.write(move |c| Ok(diesel::insert_into(digest_editions::table).values(&row).execute(c)?)).await;
    id
}

/// A change that shipped, for what these pieces of feedback said.
pub async fn shipped(world: &World, title: &str, public: bool, evidence: &[i64]) -> i64 {
    let (desk, title, evidence) = (Desk::of(&world.app), title.to_owned(), evidence.to_vec());
    world
        .write(move |c| {
            let proposal = Proposal {
                title: title.clone(),
                ex: 3,
                cx: 3,
                effort: 1.0,
                confidence: 0.8,
                public,
                ..Proposal::default()
            };
            let mut change = propose(c, &desk, By::SYSTEM, proposal)?;
            for case in evidence {
                let (case, _) = by_id(c, case)?;
                link_case(c, &desk, By::SYSTEM, &change, case)?;
            }
            advance(c, &desk, By::SYSTEM, &mut change, Step::to(Status::Accepted))?;
            let news = News::checked(&format!("{title}: done"), &format!("{title}: готово"))?;
            advance(c, &desk, By::SYSTEM, &mut change, Step::to(Status::Shipped).telling(news))?;
            Ok(change.id)
        })
        .await
}

fn item(edition_id: i64, change_id: i64, title: &str, seen_by: SeenBy) -> Item {
    Item {
        id: id::new_id(),
        edition_id,
        position: 1,
        section: Section::Done,
        change_id,
        event_id: None,
        at: start().into(),
        facts: Facts {
            title: title.into(),
            text: Both { en: format!("{title} in English"), ru: format!("{title} по-русски") },
            ..Facts::default()
        },
        topic_id: None,
        seen_by,
        team_id: None,
        on_page: true,
        line_en: String::new(),
        line_ru: String::new(),
        dropped_at: None,
        dropped_by: None,
        drop_reason: None,
    }
}

async fn tell(world: &World, item: Item) -> i64 {
    let id = item.id;
    world.write(move |c| Ok(diesel::insert_into(digest_items::table).values(&item).execute(c)?)).await;
    id
}

/// A change and its item in an edition; returns both ids.
async fn told(world: &World, edition: i64, title: &str, seen_by: SeenBy) -> (i64, i64) {
    let change = shipped(world, title, seen_by == SeenBy::Everyone, &[]).await;
    (change, tell(world, item(edition, change, title, seen_by)).await)
}

async fn a_topic(world: &World) -> i64 {
    let wording = Wording { name_en: "Refunds".into(), name_ru: "Возвраты".into(), position: 10 };
    world.write(move |c| heard::people::topics::add(c, wording)).await
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn team(world: &World, name: &'static str) -> i64 {
    world.write(move |c| heard::people::teams::add(c, name, start())).await
}

both! {
    async fn everybody_reads_what_is_for_them(world: World) {
        let support = team(&world, "Support").await;
        let sent = edition(&world, "2026-10", Standing::Sent).await;
        told(&world, sent, "Receipts by mail", SeenBy::Everyone).await;
        told(&world, sent, "A quiet room", SeenBy::Employees).await;
        told(&world, sent, "Whispered", SeenBy::Asked).await;
        let change = shipped(&world, "One screen", false, &[]).await;
        tell(&world, Item { team_id: Some(support), ..item(sent, change, "One screen", SeenBy::Team) }).await;
        let hidden = shipped(&world, "Not on the page", true, &[]).await;
        tell(&world, Item { on_page: false, ..item(sent, hidden, "Not on the page", SeenBy::Everyone) }).await;
        let dropped = shipped(&world, "Dropped", true, &[]).await;
        let gone = Item { dropped_at: Some(start().into()), ..item(sent, dropped, "Dropped", SeenBy::Everyone) };
        tell(&world, gone).await;
        let draft = edition(&world, "2026-11", Standing::Draft).await;
        told(&world, draft, "Still a draft", SeenBy::Everyone).await;

        let shown = |body: &str| {
            let all = ["Receipts by mail", "A quiet room", "One screen", "Whispered", "Not on the page", "Dropped", "Still a draft"];
            all.into_iter().filter(|title| body.contains(title)).collect::<Vec<_>>()
        };
        let guest = world.stranger();
        assert_eq!(shown(&guest.get("/heard").await.expect(200).body), ["Receipts by mail"]);
        let nina = world.member("Nina", Role::Employee, Some(support)).await;
        assert_eq!(shown(&nina.get("/heard").await.expect(200).body), ["Receipts by mail", "A quiet room", "One screen"]);
        let elsewhere = world.person("Oleg", Role::Employee).await;
        assert_eq!(shown(&elsewhere.get("/heard").await.expect(200).body), ["Receipts by mail", "A quiet room"]);
        // What is carried elsewhere is for everybody, whoever asks for it.
        for path in ["/heard/embed", "/heard/feed.atom", "/heard/feed.json"] {
            assert_eq!(shown(&nina.get(path).await.expect(200).body), ["Receipts by mail"], "{path}");
        }
        assert_eq!(shown(&guest.get("/heard/wall?n=2").await.expect(200).body), ["Receipts by mail"]);
        guest.get("/heard?lang=ru").await.expect(200).says("Receipts by mail по-русски").says("Ноябрь 2026");
    }
}

both! {
    async fn a_change_told_twice_stands_once_and_can_be_looked_for(world: World) {
        let (first, second) =
            (edition(&world, "2026-09", Standing::Sent).await, edition(&world, "2026-10", Standing::Sent).await);
        let topic: i64 = a_topic(&world).await;
        let slug: String = world.read(move |c| Ok(topics::table.find(topic).select(topics::slug).first(c)?)).await;
        let change = shipped(&world, "Refunds in the app", true, &[]).await;
        let doing = Item { section: Section::Doing, at: Ts::from(at("2026-09-10T10:00:00Z")), ..item(first, change, "Refunds soon", SeenBy::Everyone) };
        tell(&world, doing).await;
        tell(&world, Item { topic_id: Some(topic), ..item(second, change, "Refunds in the app", SeenBy::Everyone) }).await;
        let old = shipped(&world, "Longer hours", true, &[]).await;
        tell(&world, Item { at: Ts::from(at("2026-09-02T10:00:00Z")), ..item(first, old, "Longer hours", SeenBy::Everyone) }).await;

        let guest = world.stranger();
        let all = guest.get("/heard").await.expect(200).says("Refunds in the app").says("Longer hours");
        assert!(!all.body.contains("Refunds soon"));
        let one = |path: String| { let guest = guest.clone(); async move { guest.get(&path).await.expect(200).body } };
        let found = one("/heard?month=2026-09".into()).await;
        assert!(found.contains("Longer hours</a>") && !found.contains("Refunds in the app</a>"));
        assert!(!one(format!("/heard?topic={slug}")).await.contains("Longer hours</a>"));
        assert!(one("/heard?q=refund%20apps".into()).await.contains("Refunds in the app</a>"));
        assert!(one("/heard?q=%D1%80%D1%83%D1%81%D1%81%D0%BA%D0%B8".into()).await.contains("Longer hours</a>"));
        for nothing in ["/heard?q=unheard", "/heard?topic=no-such", "/heard?change=C-0000000", "/heard?month=2020-01"] {
            assert!(!one(nothing.into()).await.contains("Longer hours</a>"), "{nothing}");
        }
        // What cannot be read is as if it had not been asked for.
        one("/heard?page=-7&month=soon&voice=%00&q=%27%22%3Cscript%3E".into()).await;
        one("/heard/wall?n=99999999999999999999".into()).await;
    }
}

both! {
    async fn the_council_takes_it_off_the_page_at_once(world: World) {
        let (first, second) =
            (edition(&world, "2026-09", Standing::Sent).await, edition(&world, "2026-10", Standing::Sent).await);
        let change = shipped(&world, "Refunds", true, &[]).await;
        tell(&world, item(first, change, "Refunds", SeenBy::Everyone)).await;
        tell(&world, item(second, change, "Refunds", SeenBy::Everyone)).await;
        let (off, back) = (format!("/heard/changes/{change}/withdrawal"), format!("/heard/changes/{change}/return"));
        world.person("Nina", Role::Owner).await.post(&off, &[]).await.expect(403);
        world.stranger().post(&off, &[]).await.expect(303);
        world.stranger().get("/heard").await.says("Refunds");
        let pavel = world.person("Pavel", Role::Council).await;
        pavel.post(&off, &[]).await.expect(303);
        for path in ["/heard", "/heard/feed.json", "/heard/embed"] {
            assert!(!world.stranger().get(path).await.expect(200).body.contains("Refunds"), "{path}");
        }
        pavel.post(&off, &[]).await.expect(303);
        pavel.get("/heard").await.expect(200).says(&back);
        pavel.post(&back, &[]).await.expect(303);
        world.stranger().get("/heard").await.says("Refunds");
        pavel.post(&back, &[]).await.expect(404);
        pavel.post("/heard/changes/7/withdrawal", &[]).await.expect(404);
    }
}

both! {
    async fn feeds_and_frames_hold_whatever_people_write(world: World) {
        let sent = edition(&world, "2026-10", Standing::Sent).await;
        let title = "</title><script>alert(1)</script> & ]]> \u{202e}";
        let (_, id) = told(&world, sent, title, SeenBy::Everyone).await;
        let guest = world.stranger();
        let atom = guest.get("/heard/feed.atom?lang=ru&topic=%22%3E").await.expect(200);
        assert_eq!(atom_syndication::Feed::read_from(atom.body.as_bytes()).unwrap().entries().len(), 0);
        let atom = guest.get("/heard/feed.atom?lang=ru").await.expect(200);
        let feed = atom_syndication::Feed::read_from(atom.body.as_bytes()).unwrap();
        assert_eq!((feed.entries().len(), feed.entries()[0].title().as_str()), (1, title));
        assert!(feed.entries()[0].content().unwrap().value().unwrap().contains("по-русски"));
        let json = guest.get("/heard/feed.json").await.expect(200).json();
        assert_eq!((json["items"][0]["title"].as_str(), json["language"].as_str()), (Some(title), Some("en")));
        let tag = atom.header("etag").to_owned();
        guest.send(Method::GET, "/heard/feed.atom?lang=ru", &[("if-none-match", &tag)], None).await.expect(304);
        let other = world.write(move |c| Ok(diesel::update(digest_items::table.find(id)).set(digest_items::line_ru.eq("Ура")).execute(c)?));
        other.await;
        guest.send(Method::GET, "/heard/feed.atom?lang=ru", &[("if-none-match", &tag)], None).await.expect(200);
        let frame = guest.get("/heard/embed").await.expect(200);
        assert!(frame.header("content-security-policy").contains("frame-ancestors *"));
        assert!(!frame.body.contains("<script") && frame.cookie("lang").is_none());
        let page = guest.get("/heard").await.expect(200);
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'") && !page.body.contains("<script>"));
        let pavel = world.person("Pavel", Role::Council).await;
        pavel.get("/heard/share").await.expect(200).says("&lt;iframe src");
        world.person("Nina", Role::Owner).await.get("/heard/share").await.expect(403);
    }
}

both! {
    async fn visits_from_a_mail_are_counted_and_nothing_else(world: World) {
        let (sent, draft) =
            (edition(&world, "2026-10", Standing::Sent).await, edition(&world, "2026-11", Standing::Draft).await);
        for id in [sent.to_string(), sent.to_string(), draft.to_string(), "7".into(), "x".into()] {
            let went = world.stranger().get(&format!("/heard/from/{id}")).await.expect(303);
            assert_eq!(went.location(), "/heard");
        }
        let clicks = |id: i64| world.read(move |c| Ok(digest_editions::table.find(id).select(digest_editions::clicks).first::<i64>(c)?));
        assert_eq!((clicks(sent).await, clicks(draft).await), (2, 0));
    }
}

/// Anna, who asked for something that was done and told her.
struct Story {
    anna: i64,
    case: i64,
    edition: i64,
    item: i64,
    mail: i64,
}

async fn contact(world: &World, name: &str) -> i64 {
    let person = id::new_id();
    let row = (
        people::id.eq(person),
        people::email.eq(format!("{}@example.org", name.to_lowercase())),
        people::name.eq(name.to_owned()),
        people::lang.eq(Lang::En),
        people::role.eq(Role::Contact),
        people::created_at.eq(Ts::from(start())),
    );
    world.write(move |c| Ok(diesel::insert_into(people::table).values(row).execute(c)?)).await;
    person
}

/// What somebody said; returns its id.
pub async fn said(world: &World, voice: Voice, originator: Originator, text: &str) -> i64 {
    let submission = Submission::new(voice, Kind::Idea, "web", text, originator);
    submit(&world.app, submission, By::ORIGINATOR).await.unwrap().id
}

/// The mail of an edition with these items, as it left.
async fn mailed(world: &World, edition: i64, person: i64, address: &str, items: &[i64]) -> i64 {
    let items: Vec<_> = items.iter().map(|item| json!({"item": item})).collect();
    let (id, now) = (id::new_id(), world.now());
    let mail = NewMail {
        person_id: person,
        template: "digest",
        event_id: edition,
        case_id: None,
        lang: Lang::En,
        address: address.into(),
        name: String::new(),
        data: json!({"done": items}),
    };
    world
        .write(move |c| {
            enqueue_as(c, id, &mail, now)?;
            Ok(diesel::update(outbox::table.find(id)).set(outbox::status.eq(MailStatus::Sent)).execute(c)?)
        })
        .await;
    id
}

async fn story(world: &World) -> Story {
    let anna = contact(world, "Anna").await;
    let case = said(world, Voice::Customer, Originator::Person { id: anna }, "Show me where my refund is").await;
    let change = shipped(world, "Refunds in the app", true, &[case]).await;
    let edition = edition(world, "2026-10", Standing::Sent).await;
    let topic: i64 = a_topic(world).await;
    let item =
        tell(world, Item { topic_id: Some(topic), ..item(edition, change, "Refunds in the app", SeenBy::Everyone) })
            .await;
    let mail = mailed(world, edition, anna, "anna@example.org", &[item]).await;
    Story { anna, case, edition, item, mail }
}

fn way(world: &World, person: i64, item: i64) -> String {
    format!("/digest/{}/{item}", world.app.secret.token(Purpose::Digest, person).unwrap())
}

async fn status(world: &World, case: i64) -> (CaseStatus, i32) {
    world.read(move |c| Ok(cases::table.find(case).select((cases::status, cases::reopened)).first(c)?)).await
}

async fn answers(world: &World) -> Vec<(i64, i64, Option<i64>)> {
    let all = digest_answers::table.order(digest_answers::case_id);
    world
        .read(move |c| {
            Ok(all.select((digest_answers::case_id, digest_answers::edition_id, digest_answers::item_id)).load(c)?)
        })
        .await
}

both! {
    async fn not_solved_goes_on_once(world: World) {
        let story = story(&world).await;
        let (path, reader) = (way(&world, story.anna, story.item), world.stranger());
        let before = status(&world, story.case).await;
        assert!(!before.0.is_open());
        reader.get(&path).await.expect(200).says("Show me where my refund is").says(&format!("{path}/unsolved"));
        reader.get(&path.to_uppercase().replace("/DIGEST/", "/digest/")).await.expect(200);
        assert_eq!((status(&world, story.case).await, answers(&world).await.len()), (before, 0), "looking does nothing");
        let unsolved = format!("{path}/unsolved");
        reader.post(&unsolved, &[("why", " ")]).await.expect(422).says("id=\"why-error\"");
        for _ in 0..2 {
            reader.post(&unsolved, &[("why", "It shows nothing")]).await.expect(303);
        }
        assert_eq!(status(&world, story.case).await, (CaseStatus::New, 1));
        assert_eq!(answers(&world).await, [(story.case, story.edition, Some(story.item))]);
        let page = reader.get(&path).await.expect(200);
        assert!(!page.body.contains("/unsolved"));
    }
}

both! {
    async fn words_about_an_item_become_feedback(world: World) {
        let story = story(&world).await;
        let (path, reader) = (format!("{}/words", way(&world, story.anna, story.item)), world.stranger());
        reader.post(&path, &[("text", "")]).await.expect(422).says("id=\"text-error\"");
        reader.post(&path, &[("text", &"x".repeat(10_001))]).await.expect(422);
        reader.post(&path, &[("text", "Now show the date too")]).await.expect(200).says("F-");
        let answered = answers(&world).await;
        let [(case, edition, item)] = answered[..] else { panic!("{answered:?}") };
        assert_eq!((edition, item), (story.edition, Some(story.item)));
        let row: (Option<i64>, String, String, Option<i64>) = world
            .read(move |c| {
                let columns = (feedback::person_id, feedback::text, feedback::channel, feedback::topic_id);
                Ok(feedback::table.find(case).select(columns).first(c)?)
            })
            .await;
        assert_eq!((row.0, row.1.as_str(), row.2.as_str()), (Some(story.anna), "Now show the date too", "digest"));
        assert!(row.3.is_some(), "the topic comes from the item");
        let reference: String = world.read(move |c| Ok(feedback::table.find(case).select(feedback::reference).first(c)?)).await;
        let pavel = world.person("Pavel", Role::Council).await;
        pavel.get(&format!("/cases/{reference}")).await.expect(200).says("Refunds in the app");
    }
}

both! {
    async fn only_who_got_it_answers_it(world: World) {
        let story = story(&world).await;
        let (boris, other) = (contact(&world, "Boris").await, edition(&world, "2026-09", Standing::Sent).await);
        let (_, untold) = told(&world, other, "For others", SeenBy::Employees).await;
        let reader = world.stranger();
        let token = world.app.secret.token(Purpose::Mails, story.anna).unwrap();
        for path in [
            way(&world, boris, story.item),
            way(&world, story.anna, untold),
            way(&world, boris, untold),
            format!("/digest/{token}/{}", story.item),
            format!("{}1", way(&world, story.anna, story.item)),
            "/digest/x/y".into(),
        ] {
            reader.get(&path).await.expect(404);
            reader.post(&format!("{path}/words"), &[("text", "Hello")]).await.expect(404);
            reader.post(&format!("{path}/unsolved"), &[("why", "Hello")]).await.expect(404);
        }
        world.write(move |c| Ok(diesel::update(people::table.find(story.anna)).set(people::disabled_at.eq(Some(Ts::from(start())))).execute(c)?)).await;
        reader.get(&way(&world, story.anna, story.item)).await.expect(404);
        assert!(answers(&world).await.is_empty());
    }
}

both! {
    async fn an_answer_by_mail_becomes_feedback(world: World) {
        let world = open(&world).await;
        let story = story(&world).await;
        let to = world.app.replies.digest_address(story.mail).unwrap().unwrap();
        let id = arrives(&world, &letter("Anna <Anna@example.org>", &to, "", "And when does it reach my bank?")).await;
        let (state, reason, case) = fate(&world, id).await;
        assert_eq!((state.as_str(), reason), ("done", None));
        assert_eq!(answers(&world).await, [(case.unwrap(), story.edition, Some(story.item))]);
        let by: Option<i64> = world.read(move |c| Ok(feedback::table.find(case.unwrap()).select(feedback::person_id).first(c)?)).await;
        assert_eq!(by, Some(story.anna));
        // A program is never listened to; somebody it was passed on to speaks for themselves; and nobody in another's name.
        let id = arrives(&world, &letter("anna@example.org", &to, "Auto-Submitted: auto-replied\n", "I am away")).await;
        assert_eq!(fate(&world, id).await.0, "ignored");
        let id = arrives(&world, &letter("Boris <boris@example.org>", &to, "", "Me too!")).await;
        assert_eq!(fate(&world, id).await.0, "done");
        let forged = "Authentication-Results: mx.acme.org; dmarc=fail\n";
        let id = arrives(&world, &letter("anna@example.org", &to, forged, "Give me money")).await;
        assert_eq!(fate(&world, id).await.0, "quarantined");
        assert_eq!(answers(&world).await.len(), 1);
    }
}

both! {
    async fn the_item_meant_is_the_one_that_is_quoted(world: World) {
        let world = open(&world).await;
        let story = story(&world).await;
        let sent = edition(&world, "2026-09", Standing::Sent).await;
        let (_, one) = told(&world, sent, "Longer opening hours on Saturdays", SeenBy::Everyone).await;
        let (_, two) = told(&world, sent, "A second lift", SeenBy::Everyone).await;
        let mail = mailed(&world, sent, story.anna, "anna@example.org", &[one, two]).await;
        let to = world.app.replies.digest_address(mail).unwrap().unwrap();
        let quoting = "Not on mine.\n\nOn Monday Heard wrote:\n> * Longer opening\n> hours on Saturdays\n";
        arrives(&world, &letter("anna@example.org", &to, "", quoting)).await;
        arrives(&world, &letter("anna@example.org", &to, "", "Thanks for all of it!")).await;
        let items: Vec<Option<i64>> = answers(&world).await.into_iter().map(|(.., item)| item).collect();
        assert_eq!(items, [Some(one), None]);
    }
}

/// Somebody of a team who gave their name to an idea.
pub async fn idea(world: &World, actor: &Actor, text: &str) -> i64 {
    said(world, Voice::Employee, Originator::Person { id: actor.id }, text).await
}

/// So long that three working days have passed wherever the weekend falls.
pub const A_WEEK: Duration = Duration::days(7);
