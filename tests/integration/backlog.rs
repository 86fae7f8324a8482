//! The backlog: changes, what stands behind them, and telling those who asked.

use crate::both;
use crate::support::{Actor, Answer, World};
use diesel::prelude::*;
use heard::backlog::{actions, store};
use heard::cases::actions::Desk;
use heard::db::schema::{cases, change_cases, feedback, journal, outbox, people};
use heard::db::types::{Doc, Ts};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Scores, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::web::viewer::Role;

const TITLE: &str = "One window instead of five tabs";

fn proposal<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("title", TITLE), ("ex", "4"), ("cx", "5"), ("effort", "1,5"), ("confidence", "80")];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more);
    form
}

/// Puts a change into the backlog through its form; returns its reference.
pub async fn propose(by: &Actor, more: &[(&str, &str)]) -> String {
    let answer = by.post("/changes/new", &proposal(more)).await.expect(303);
    answer.location().trim_start_matches("/changes/").to_owned()
}

fn said(text: &str, voice: Voice, originator: Originator) -> Submission {
    Submission {
        voice,
        kind: Kind::Idea,
        channel: "web".into(),
        topic: None,
        title: None,
        text: text.into(),
        affected: None,
        scores: Scores::default(),
        originator,
        external_id: None,
        received_at: None,
    }
}

/// Takes feedback in; returns the reference of its case.
pub async fn say(world: &World, text: &str, voice: Voice, originator: Originator) -> String {
    submit(&world.app, said(text, voice, originator), By::ORIGINATOR).await.unwrap().reference
}

pub fn contact(name: &str, lang: Lang) -> Originator {
    Originator::Contact { email: format!("{}@customer.example", name.to_lowercase()), name: name.into(), lang }
}

async fn link(by: &Actor, change: &str, case: &str) -> Answer {
    by.post(&format!("/changes/{change}/cases"), &[("case", case)]).await
}

async fn status_of(world: &World, case: &str) -> String {
    let case = case.to_owned();
    world
        .read(move |c| {
            let row = cases::table.inner_join(feedback::table).filter(feedback::reference.eq(case));
            Ok(row.select(cases::status).first(c)?)
        })
        .await
}

async fn closures(world: &World) -> Vec<(String, Lang, Doc)> {
    world
        .read(|c| {
            Ok(outbox::table
                .filter(outbox::template.eq("closure"))
                .order(outbox::address)
                .select((outbox::address, outbox::lang, outbox::data))
                .load(c)?)
        })
        .await
}

both! {
async fn a_change_lives_and_everybody_who_asked_is_told(world: World) {
    let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).try_init(); // TEMP
    let council = world.person("Carol", Role::Council).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Оператор долго ищет мой заказ", Voice::Customer, contact("Boris", Lang::Ru)).await;
    let nobody = say(&world, "Too many windows", Voice::Employee, Originator::Anonymous).await;
    let change = propose(&council, &[("case", &anna.to_lowercase())]).await;
    let at = format!("/changes/{change}");
    link(&council, &change, &boris).await.expect(303);
    link(&council, &change, &nobody).await.expect(303);
    link(&council, &change, &nobody).await.expect(303);
    council.get(&at).await.expect(200).says("Five tabs for every call").says("Оператор долго ищет мой заказ").says(&nobody);

    council.post(&format!("{at}/status"), &[("status", "accepted")]).await.expect(303);
    assert_eq!(status_of(&world, &anna).await, "decided");
    council.post(&format!("{at}/status"), &[("status", "in_progress")]).await.expect(303);
    assert_eq!(status_of(&world, &nobody).await, "doing");

    let words = [("outcome_en", "Everything is in one window now."), ("outcome_ru", "Теперь всё в одном окне.")];
    council.get(&format!("{at}/shipping")).await.expect(200).says("2 mails to 2 people").says("1 person reads it behind");
    let shown = council.post(&format!("{at}/shipping"), &[words[0], words[1], ("preview", "1")]).await.expect(200);
    let shown = shown.says("Five tabs for every call").says("Оператор долго ищет мой заказ").says("anna@customer.example");
    assert!(!shown.body.contains("/t/F") && shown.body.contains("/t/…"), "the link belongs to the recipient");
    assert!(closures(&world).await.is_empty(), "looking sends nothing");
    council.post(&format!("{at}/shipping"), &[words[0], words[1], ("send", "1")]).await.expect(303);

    let mails = closures(&world).await;
    let told: Vec<_> = mails.iter().map(|(address, lang, data)| (address.as_str(), *lang, data.0["message"].as_str().unwrap())).collect();
    assert_eq!(told, [("anna@customer.example", Lang::En, words[0].1), ("boris@customer.example", Lang::Ru, words[1].1)]);
    assert_eq!(mails[1].2.0["own_words"], "Оператор долго ищет мой заказ");
    assert_eq!(mails[1].2.0["change"], TITLE);
    assert_eq!(status_of(&world, &anna).await, "resolved", "closed only when the mail is out");
    assert_eq!(status_of(&world, &nobody).await, "closed", "the answer waits behind the code");

    council.post(&format!("{at}/shipping"), &[words[0], ("send", "1")]).await.expect(409);
    link(&council, &change, &say(&world, "Late", Voice::Customer, Originator::Anonymous).await).await.expect(409);
    council.post(&format!("{at}/cases/{anna}/unlink"), &[]).await.expect(409);
    assert_eq!(closures(&world).await.len(), 2, "nobody is told twice");
    council.get(&at).await.expect(200).says("Everything is in one window now.").says("told those who asked");
}
}
