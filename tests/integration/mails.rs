//! Which mails people get: the page they choose on, the one click of their mail program, and the gallery of all letters.

use crate::both;
use crate::support::{Actor, Answer, MULTIPART, World, multipart};
use actix_web::http::Method;
use diesel::prelude::*;
use heard::cases::actions::Why;
use heard::cases::model::Outcome;
use heard::db::schema::{journal, outbox, people};
use heard::db::types::Ts;
use heard::i18n::Lang;
use heard::mail::samples;
use heard::people::mails::{self, Chosen};
use heard::secret::Purpose;
use heard::web::viewer::Role;

const ONE_CLICK: (&str, &str) = ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

async fn reader(world: &World, name: &str, role: Role, lang: Lang) -> Actor {
    let actor = world.person(name, role).await;
    let (id, now) = (actor.id, Ts::from(world.now()));
    let subscribed = (people::digest_since.eq(Some(now)), people::lang.eq(lang));
    world.write(move |c| Ok(diesel::update(people::table.find(id)).set(subscribed).execute(c)?)).await;
    actor
}

async fn chosen(world: &World, id: i64) -> Chosen {
    world.read(move |c| Ok(mails::find(c, id)?)).await
}

fn path(world: &World, page: &str, id: i64) -> String {
    format!("/{page}/{}", world.app.secret.token(Purpose::Mails, id).unwrap())
}

async fn events(world: &World, id: i64) -> Vec<String> {
    world
        .read(move |c| {
            let of = journal::table.filter(journal::subject_id.eq(id)).order(journal::id);
            Ok(of.select(journal::event).load(c)?)
        })
        .await
}

async fn click(world: &World, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    world.stranger().send_bytes(Method::POST, path, &[("content-type", kind)], Some(body)).await
}

const AS_IS: [(&str, &str); 5] =
    [("digest", "on"), ("received", "on"), ("notice", "on"), ("lang", "en"), ("pause", "none")];

fn but(change: (&'static str, &'static str)) -> Vec<(&'static str, &'static str)> {
    let mut form: Vec<_> = AS_IS.into_iter().filter(|(name, _)| *name != change.0).collect();
    form.extend(Some(change).filter(|(_, value)| !value.is_empty()));
    form
}

both! {
    async fn a_look_changes_nothing(world: World) {
        let anna = reader(&world, "Anna", Role::Contact, Lang::Ru).await;
        let before = format!("{:?}", chosen(&world, anna.id).await);
        for page in ["mail", "unsubscribe"] {
            for method in [Method::GET, Method::HEAD] {
                let answer = world.stranger().send(method, &path(&world, page, anna.id), &[], None).await.expect(200);
                assert_eq!(answer.header("referrer-policy"), "no-referrer");
            }
        }
        world.stranger().get(&path(&world, "unsubscribe", anna.id)).await.expect(200).says("Отписаться от дайджестов?");
        let page = world.stranger().get(&path(&world, "mail", anna.id)).await.expect(200).says("приходят всегда").says("noindex");
        assert!(!page.body.contains("Отписаться от дайджестов?"), "asked only of whoever came for it");
        assert!(!page.body.contains("type=\"checkbox\" name=\"notice\""), "notes are for staff");
        assert_eq!(format!("{:?}", chosen(&world, anna.id).await), before);
        assert!(events(&world, anna.id).await.is_empty());
    }
}

both! {
    async fn what_is_chosen_is_saved_and_said(world: World) {
        let anna = reader(&world, "Anna", Role::Contact, Lang::En).await;
        let (visitor, page) = (world.stranger(), path(&world, "mail", anna.id));
        visitor.post(&page, &AS_IS).await.expect(200).says("Everything stays as it was");
        visitor.post(&page, &but(("digest", ""))).await.expect(200).says("The digest will not come any more");
        visitor.post(&page, &but(("received", ""))).await.expect(200).says("The digest will come").says("Answers will.");
        let answer = visitor.post(&page, &but(("lang", "ru"))).await.expect(200).says("будут приходить по-русски");
        assert_eq!(answer.cookie("lang").as_deref(), Some("ru"), "the page goes on in their language");
        let now = chosen(&world, anna.id).await;
        assert!(now.gets_digest() && now.received_ended_at.is_none() && now.lang == Lang::Ru);
        let said = ["unsubscribed", "resubscribed", "mails_chosen", "mails_chosen", "mails_chosen"];
        assert_eq!(events(&world, anna.id).await, said);
        visitor.post(&page, &but(("notice", ""))).await.expect(200);
        assert!(chosen(&world, anna.id).await.notice_ended_at.is_none(), "a contact gets no notes to end");
        visitor.post(&page, &but(("password", "x"))).await.expect(422);
        visitor.post(&page, &but(("lang", "xx"))).await.expect(422);
    }
}

both! {
    async fn a_pause_has_an_end(world: World) {
        let anna = reader(&world, "Anna", Role::Contact, Lang::En).await;
        let (visitor, page) = (world.stranger(), path(&world, "mail", anna.id));
        visitor.post(&page, &but(("pause", "week"))).await.expect(200).says("until 30 November 2026");
        let until = chosen(&world, anna.id).await.mail_paused_until.map(|until| until.to_rfc3339());
        assert_eq!(until.as_deref(), Some("2026-11-30T00:00:00+00:00"));
        visitor.get(&page).await.expect(200).says("nothing until 30 November 2026");
        visitor.post(&page, &but(("pause", "keep"))).await.expect(200).says("Everything stays as it was");
        visitor.post(&page, &but(("pause", "month"))).await.expect(200).says("until 23 December 2026");
        let date = |day: &'static str| [but(("pause", "date")), vec![("until", day)]].concat();
        visitor.post(&page, &date("2027-02-01")).await.expect(200).says("until 1 February 2027");
        for (day, said) in [("", "Please enter a date"), ("2026-11-23", "still to come"), ("2028-01-01", "within a year")] {
            let again = visitor.post(&page, &date(day)).await.expect(422).says(said).says("value=\"date\" checked");
            assert!(again.body.contains(&format!("value=\"{day}\"")), "what was typed is kept");
        }
        visitor.post(&page, &but(("pause", "for ever"))).await.expect(422);
        world.advance(chrono::Duration::days(100));
        visitor.get(&page).await.expect(200).says("No pause");
        visitor.post(&page, &but(("pause", "week"))).await.expect(200);
        visitor.post(&page, &but(("pause", "none"))).await.expect(200).says("The pause is over");
        assert!(chosen(&world, anna.id).await.mail_paused_until.is_none());
    }
}

both! {
    async fn staff_choose_on_their_account(world: World) {
        let petr = reader(&world, "Petr", Role::Owner, Lang::En).await;
        petr.get("/me/sessions").await.expect(200).says("/me/mails");
        petr.get("/me/mails").await.expect(200).says("type=\"checkbox\" name=\"notice\" value=\"on\" checked");
        petr.post("/me/mails", &but(("notice", ""))).await.expect(200).says("The queue shows what is waiting");
        assert!(chosen(&world, petr.id).await.notice_ended_at.is_some());
        assert_eq!(world.stranger().get("/me/mails").await.status.as_u16(), 303);
        assert_eq!(world.stranger().post("/me/mails", &AS_IS).await.status.as_u16(), 303);
        let evil = [("content-type", ONE_CLICK.0), ("sec-fetch-site", "cross-site")];
        petr.send(Method::POST, "/me/mails", &evil, Some("lang=ru".into())).await.expect(403);
    }
}

both! {
    async fn one_click_counts_once_however_often_it_comes(world: World) {
        let anna = reader(&world, "Anna", Role::Contact, Lang::En).await;
        let page = path(&world, "unsubscribe", anna.id);
        let form = multipart(&[("List-Unsubscribe", "One-Click")], &[]);
        let ways = [
            (ONE_CLICK.0, ONE_CLICK.1.as_bytes().to_vec()),
            (MULTIPART, form),
            ("text/plain", Vec::new()),
            ("multipart/form-data", b"no boundary".to_vec()),
        ];
        for n in 0..1000 {
            let (kind, body) = &ways[n % ways.len()];
            let answer = click(&world, &page, kind, body.clone()).await.expect(200);
            assert!(answer.location().is_empty() && answer.header("set-cookie").is_empty());
        }
        let after = chosen(&world, anna.id).await;
        assert!(!after.gets_digest() && after.received_ended_at.is_none());
        assert_eq!(events(&world, anna.id).await, ["unsubscribed"]);
        let elsewhere = [("content-type", ONE_CLICK.0), ("sec-fetch-site", "cross-site"), ("origin", "https://mail.example")];
        let boris = reader(&world, "Boris", Role::Contact, Lang::En).await;
        let other = path(&world, "unsubscribe", boris.id);
        world.stranger().send(Method::POST, &other, &elsewhere, Some(ONE_CLICK.1.into())).await.expect(200);
        assert!(!chosen(&world, boris.id).await.gets_digest(), "a mail program comes from elsewhere");
    }
}

both! {
    async fn a_token_that_is_not_ours_opens_nothing(world: World) {
        let anna = reader(&world, "Anna", Role::Contact, Lang::En).await;
        let token = |purpose, id| world.app.secret.token(purpose, id).unwrap();
        let good = token(Purpose::Mails, anna.id);
        let hostile = [
            token(Purpose::Reply, anna.id),
            world.app.secret.dated_token(Purpose::Track, anna.id, world.now()).unwrap(),
            token(Purpose::Mails, anna.id + 1),
            good[1..].to_owned(),
            format!("{good}0"),
            format!("{good}%00"),
            format!("0{}", &good[1..]),
            "%2e%2e%2fme%2fmails".to_owned(),
            "%D0%BF".to_owned(),
            "'%20or%201=1--".to_owned(),
            anna.id.to_string(),
            "0".repeat(8000),
        ];
        for token in hostile {
            for page in ["mail", "unsubscribe"] {
                let path = format!("/{page}/{token}");
                world.stranger().get(&path).await.expect(404);
                let answer = click(&world, &path, ONE_CLICK.0, b"lang=ru&pause=week".to_vec()).await;
                assert_eq!(answer.status.as_u16(), 404, "{path}");
            }
        }
        assert!(chosen(&world, anna.id).await.gets_digest() && events(&world, anna.id).await.is_empty());
    }
}

both! {
    async fn administrators_see_every_letter(world: World) {
        let council = world.person("Cora", Role::Council).await;
        let admin = world.person("Ada", Role::Admin).await;
        council.get("/admin/mails").await.expect(403);
        council.get("/admin/mails/digest/html").await.expect(403);
        let list = admin.get("/admin/mails").await.expect(200);
        let samples = samples::all(Lang::En, "https://heard.example").unwrap();
        for sample in &samples {
            assert!(list.body.contains(&format!("/admin/mails/{}\"", sample.slug)), "{}", sample.slug);
            for lang in ["en", "ru"] {
                let page = admin.get(&format!("/admin/mails/{}?lang={lang}", sample.slug)).await.expect(200);
                page.says("Message-ID").says("X-Auto-Response-Suppress").says("<pre lang");
            }
        }
        admin.get("/admin/mails/digest").await.expect(200).says("List-Unsubscribe-Post");
        let frame = admin.get("/admin/mails/digest/html?lang=ru").await.expect(200).says("Мы вас услышали");
        assert!(frame.header("content-security-policy").contains("sandbox"));
        admin.get("/admin/mails/nothing").await.expect(404);
        let known = |slug: String| assert!(samples.iter().any(|s| s.slug == slug), "{slug} is in no sample");
        Outcome::ALL.iter().for_each(|outcome| known(format!("closure-{outcome}")));
        Why::ALL.iter().for_each(|why| known(format!("notice-{why}")));
    }
}

async fn mails_to(world: &World, id: i64) -> Vec<String> {
    world
        .read(move |c| {
            let theirs = outbox::table.filter(outbox::person_id.eq(id)).order(outbox::id);
            Ok(theirs.select(outbox::template).load(c)?)
        })
        .await
}

both! {
    async fn whoever_has_a_password_hears_when_it_changes(world: World) {
        use heard::people::actions;
        let (anna, now, http) = (reader(&world, "Anna", Role::Owner, Lang::Ru).await, world.now(), world.app.config.http.clone());
        let set = |password: &'static str| {
            let http = http.clone();
            world.write(move |c| actions::set_password(c, &http, heard::journal::By::SYSTEM, anna.id, password, now))
        };
        set("four grey horses running").await;
        assert!(mails_to(&world, anna.id).await.is_empty(), "the first one is no change");
        set("five blue whales singing").await;
        assert_eq!(mails_to(&world, anna.id).await, ["password-changed"]);
        let mail = world.read(move |c| {
            let theirs = outbox::table.filter(outbox::person_id.eq(anna.id));
            Ok(theirs.select(heard::mail::outbox::Mail::as_select()).first(c)?)
        }).await;
        let words = world.app.mailer.render(&mail).unwrap();
        assert_eq!(words.subject, "Ваш пароль для Heard изменён");
        assert!(words.text.contains("/password\n") && words.text.contains("23 ноября 2026"), "{}", words.text);
    }
}

both! {
    async fn every_mail_leads_to_the_page_of_its_reader(world: World) {
        let anna = reader(&world, "Anna", Role::Owner, Lang::En).await;
        let form = [("text", "The door does not open."), ("answer", "me"), ("voice", "employee"), ("kind", "problem")];
        anna.post("/feedback", &form).await.expect(200);
        let mail = world.read(move |c| {
            let theirs = outbox::table.filter(outbox::person_id.eq(anna.id));
            Ok(theirs.select(heard::mail::outbox::Mail::as_select()).first(c)?)
        }).await;
        let words = world.app.mailer.render(&mail).unwrap();
        let page = path(&world, "mail", anna.id);
        assert!(words.text.contains(&page) && words.html.contains(&page), "{}", words.text);
        assert!(!words.text.contains("simply reply"), "nobody can answer by mail here");
        let answered = world.again(&[("HEARD__INBOUND__ADDRESS", "feedback@heard.example")]).await;
        let words = answered.app.mailer.render(&mail).unwrap();
        assert!(words.text.contains("You can simply reply to this mail.") && words.html.contains("simply reply"));
    }
}
