//! The first page: saying something, and what one gets for it.

use crate::both;
use crate::support::{Actor, Answer, World};
use chrono::{DateTime, Duration, Timelike, Utc};
use diesel::prelude::*;
use heard::db::schema::{cases, feedback, journal, outbox, people, topics};
use heard::db::types::Ts;
use heard::feedback::store::{Feedback, by_receipt};
use heard::id;
use heard::journal::{Actor as Who, Event};
use heard::mail::outbox::Mail;
use heard::web::viewer::Role;

/// What somebody types who answers by mail; later fields win.
fn typed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("text", "The app logs me out again. Every ten minutes!"),
        ("kind", "problem"),
        ("voice", "customer"),
        ("answer", "email"),
        ("email", "Anna@Example.org"),
        ("name", "Anna"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.chain(more.iter().copied()).collect()
}

async fn send(who: &Actor, more: &[(&str, &str)]) -> Answer {
    who.post("/feedback", &typed(more)).await
}

async fn all(world: &World) -> Vec<Feedback> {
    world.read(|c| Ok(feedback::table.select(Feedback::as_select()).order(feedback::id).load(c)?)).await
}

async fn mails(world: &World) -> Vec<Mail> {
    world.read(|c| Ok(outbox::table.select(Mail::as_select()).load(c)?)).await
}

/// The receipt code on a confirmation page.
fn code(page: &Answer) -> String {
    let (_, rest) = page.body.split_once(r#"<p class="code" id="code">"#).expect("there is a code");
    rest.split_once('<').expect("it ends").0.to_owned()
}

both! {
    async fn the_form_stands_on_the_first_page(world: World) {
        let page = world.stranger().get("/").await.expect(200);
        page.says("What would make it better?").says("Saturday, 28 November").says(r#"data-similar="/feedback/similar""#);
        let ann = world.person("Ann", Role::Employee).await;
        let page = ann.get("/").await.expect(200).says("As Ann");
        assert!(page.body.contains(r#"value="employee" checked"#), "an employee speaks as one");
    }
}

both! {
    async fn a_customer_gets_a_receipt_and_a_mail(world: World) {
        let page = send(&world.stranger(), &[("digest", "yes"), ("affected", "everybody\ton Android")]).await.expect(200);
        let said = &all(&world).await[0];
        let page = page.says(&said.reference).says("Wednesday, 25 November").says("/t/").says("data-draft-done");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!page.body.contains("id=\"code\""), "a code is for the anonymous");
        assert_eq!((said.title.as_str(), said.channel.as_str()), ("The app logs me out again", "web"));
        assert_eq!(said.affected.as_deref(), Some("everybody on Android"));
        let mail = &mails(&world).await[0];
        assert_eq!((mail.template.as_str(), mail.address.as_str()), ("received", "anna@example.org"));
        let (role, since): (Role, Option<Ts>) =
            world.read(|c| Ok(people::table.select((people::role, people::digest_since)).first(c)?)).await;
        assert_eq!((role, since), (Role::Contact, Some(Ts(world.now()))));
    }
}

both! {
    async fn whoever_ended_the_digest_is_not_signed_up_again(world: World) {
        send(&world.stranger(), &[]).await.expect(200);
        let ended = Ts(world.now());
        world.write(move |c| Ok(diesel::update(people::table).set(people::digest_ended_at.eq(ended)).execute(c)?)).await;
        send(&world.stranger(), &[("digest", "yes")]).await.expect(200);
        let since: Option<Ts> = world.read(|c| Ok(people::table.select(people::digest_since).first(c)?)).await;
        assert_eq!(since, None);
    }
}

both! {
    async fn somebody_signed_in_speaks_in_their_own_name(world: World) {
        let ann = world.person("Ann", Role::Employee).await;
        send(&ann, &[("answer", "me"), ("voice", "employee"), ("email", ""), ("name", "")]).await.expect(200);
        let said = &all(&world).await[0];
        assert_eq!((said.person_id, said.anonymous), (Some(ann.id), false));
        let event: Event = world.read(|c| Ok(journal::table.select(Event::as_select()).first(c)?)).await;
        assert_eq!((event.actor, event.actor_id), (Who::Person, Some(ann.id)));
        assert_eq!(mails(&world).await[0].person_id, ann.id);
        let gone = send(&world.stranger(), &[("answer", "me")]).await.expect(422);
        gone.says("no longer signed in").says("The app logs me out again.");
    }
}

/// Every time in a row, to see that none is more exact than a day.
fn midnight(at: DateTime<Utc>) -> bool {
    at.num_seconds_from_midnight() == 0 && at.nanosecond() == 0
}

both! {
    async fn anonymous_feedback_leaves_no_trace(world: World) {
        let ann = world.person("Ann", Role::Employee).await;
        world.advance(Duration::minutes(17));
        let page = send(&ann, &[("answer", "anonymous"), ("digest", "yes")]).await.expect(200);
        assert_eq!(page.header("set-cookie"), "");
        assert_eq!(page.header("cache-control"), "no-store");
        let said = all(&world).await.remove(0);
        assert_eq!((said.person_id, said.anonymous), (None, true));
        assert!(midnight(*said.received_at) && midnight(*said.created_at));
        let just_made = id::new_id();
        assert!((said.id - just_made).unsigned_abs() > 1 << 40, "its key is random");
        let (case, events): (Vec<Ts>, Vec<Event>) = world
            .read(|c| {
                let case: (Ts, Ts, Ts, Ts) = cases::table
                    .select((cases::respond_by, cases::resolve_by, cases::tell_by, cases::updated_at))
                    .first(c)?;
                Ok((vec![case.0, case.1, case.2, case.3], journal::table.select(Event::as_select()).load(c)?))
            })
            .await;
        assert!(case.iter().all(|at| midnight(**at)));
        assert_eq!(events.len(), 1);
        assert_eq!((events[0].actor, events[0].actor_id), (Who::Originator, None));
        assert!(midnight(*events[0].at) && (events[0].id - just_made).unsigned_abs() > 1 << 40);
        assert!(mails(&world).await.is_empty());
        let since: Option<Ts> = world.read(|c| Ok(people::table.select(people::digest_since).first(c)?)).await;
        assert_eq!(since, None);
        let typed = id::parse_secret(&code(&page).to_lowercase());
        assert_eq!(typed.len(), 26);
        assert_ne!(said.receipt_hash.as_deref(), Some(typed.as_str()));
        assert_eq!(world.read(move |c| Ok(by_receipt(c, &typed)?)).await, said.id);
    }
}

both! {
    async fn what_is_wrong_stands_beside_the_field_and_the_text_is_kept(world: World) {
        let someone = world.stranger();
        let page = send(&someone, &[("email", "nobody")]).await.expect(422);
        page.says("id=\"email-error\"").says("The app logs me out again.").says("value=\"nobody\"").says("value=\"problem\" checked");
        let long = "x".repeat(20_001);
        let cases: &[(&str, &str, &str)] = &[
            ("text", " \u{0}\t ", "text-error"),
            ("text", &long, "20,000"),
            ("title", &long[..201], "title-error"),
            ("affected", &long[..201], "affected-error"),
            ("name", &long[..201], "name-error"),
            ("kind", "rant", "kind-error"),
            ("voice", "", "voice-error"),
            ("answer", "pigeon", "answer-error"),
        ];
        for (field, value, said) in cases {
            send(&someone, &[(field, value)]).await.expect(422).says(said);
        }
        // Only this field stands on the page if there are topics.
        send(&someone, &[("topic", "no\u{0}thing")]).await.expect(422).says("#topic");
        assert!(all(&world).await.is_empty());
    }
}

both! {
    async fn topics_are_offered_in_the_readers_language(world: World) {
        world
            .write(|c| {
                let row = (
                    topics::id.eq(1),
                    topics::slug.eq("billing"),
                    topics::name_en.eq("Billing"),
                    topics::name_ru.eq("Счета"),
                    topics::position.eq(1),
                );
                Ok(diesel::insert_into(topics::table).values(row).execute(c)?)
            })
            .await;
        let headers = [("accept-language", "ru")];
        let page = world.stranger().send(actix_web::http::Method::GET, "/", &headers, None).await.expect(200);
        page.says("Счета").says("Что сделать лучше?");
        send(&world.stranger(), &[("topic", "billing")]).await.expect(200);
        assert_eq!(all(&world).await[0].topic_id, Some(1));
        send(&world.stranger(), &[("topic", "cooking")]).await.expect(422).says("topic-error").says("Billing");
    }
}

both! {
    async fn markup_is_shown_as_text(world: World) {
        let page = send(&world.stranger(), &[("text", "<script>alert(1)</script></textarea>"), ("email", "x")]).await.expect(422);
        page.says("&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;");
        send(&world.stranger(), &[("text", "a\r\nb\u{1b}[31m\u{0}")]).await.expect(200);
        assert_eq!(all(&world).await[0].text, "a\nb[31m");
    }
}

both! {
    async fn the_trap_looks_like_success_and_keeps_nothing(world: World) {
        let page = send(&world.stranger(), &[("website", "https://spam.example"), ("answer", "anonymous")]).await.expect(200);
        assert_eq!(id::parse_secret(&code(&page)).len(), 26);
        page.says("Thank you, we have it").says("F-");
        let rows: (i64, i64) =
            world.read(|c| Ok((people::table.count().get_result(c)?, journal::table.count().get_result(c)?))).await;
        assert!(all(&world).await.is_empty() && rows == (0, 0));
    }
}

#[actix_web::test]
async fn the_form_is_rate_limited() {
    let world = World::sqlite().await.again(&[("HEARD__LIMITS__ENABLED", "true")]).await;
    let bot = world.stranger();
    for _ in 0..30 {
        send(&bot, &[("answer", "anonymous")]).await.expect(200);
    }
    let refused = send(&bot, &[("answer", "anonymous")]).await.expect(429);
    assert!(!refused.header("retry-after").is_empty());
    refused.says("Please wait a minute");
    assert_eq!(all(&world).await.len(), 30);
}

#[actix_web::test]
async fn forms_from_elsewhere_or_of_another_kind_are_refused() {
    let world = World::sqlite().await;
    let post = actix_web::http::Method::POST;
    let body = || Some(serde_html_form::to_string(typed(&[])).unwrap());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let us = ("sec-fetch-site", "same-origin");
    let who = world.stranger();
    who.send(post.clone(), "/feedback", &[form, ("sec-fetch-site", "cross-site")], body()).await.expect(403);
    who.send(post.clone(), "/feedback", &[("content-type", "text/plain"), us], body()).await.expect(415);
    who.send(post.clone(), "/feedback", &[form, us, ("content-encoding", "gzip")], body()).await.expect(415);
    let huge = format!("text={}", "x".repeat(256 * 1024));
    who.send(post, "/feedback", &[form, us], Some(huge)).await.expect(413).says("That was too large");
    send(&who, &[("is_admin", "1")]).await.expect(422).says("<code>is_admin</code>");
    assert!(all(&world).await.is_empty());
}
