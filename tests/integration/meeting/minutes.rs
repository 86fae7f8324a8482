//! Decisions, quorum, quota, and the minutes that make them count.

use super::Session;
use crate::backlog::{contact, link, say};
use crate::both;
use crate::support::World;
use diesel::prelude::*;
use heard::db::schema::{council_actions, outbox};
use heard::feedback::model::Voice;
use heard::i18n::Lang;
use heard::web::viewer::Role;

/// The addresses that got a mail of this template.
async fn mailed(world: &World, template: &'static str) -> Vec<String> {
    world
        .read(move |c| {
            let mails = outbox::table.filter(outbox::template.eq(template)).order(outbox::address);
            Ok(mails.select(outbox::address).load(c)?)
        })
        .await
}

both! {
async fn a_decision_takes_effect_when_the_minutes_are_signed(world: World) {
    let session = Session::begin(&world).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Скрипты звучат как робот", Voice::Customer, contact("Boris", Lang::Ru)).await;
    link(&session.chair, &session.changes[0], &anna).await.expect(303);
    link(&session.chair, &session.changes[2], &boris).await.expect(303);

    session.decide(0, "accept", &[]).await.expect(303);
    session.show(1).await.expect(303);
    session.decide(1, "not_now", &[("due_on", "2027-02-01")]).await.expect(303);
    session.show(2).await.expect(303);
    session.decide(2, "decline", &[("reason", "Scripts are <b>gone</b> in spring")]).await.expect(303);
    session.show(3).await.expect(303);
    session.decide(3, "noted", &[("reason", "Ask the planners")]).await.expect(303);
    assert_eq!(session.status_of(0).await, "proposed");

    session.sign().await.expect(409).says("Please say why");
    let item = session.minutes(&format!("/items/{}", session.items[2]));
    session.chair.get(&item).await.expect(200).says("Please tell them why not");
    let owner = session.quality.id.to_string();
    let words = [("decision", "decline"), ("reason", "Scripts are <b>gone</b> in spring"), ("owner", &owner), ("due_on", "2026-12-18"),
        ("news_en", "We drop scripts in spring."), ("news_ru", "Весной скриптов не будет.")];
    session.quality.post(&item, &words).await.expect(403);
    session.chair.post(&item, &words).await.expect(303);
    session.chair.post(&session.minutes("/signature"), &[]).await.expect(409).says("once more");
    session.chair.post(&session.minutes("/reading"), &[]).await.expect(303);
    session.chair.get(&session.minutes("")).await.expect(200).says("Sign and send").says("Весной скриптов не будет.");
    assert!(mailed(&world, "closure").await.is_empty());
    session.chair.post(&session.minutes("/signature"), &[]).await.expect(303);

    assert_eq!((session.status_of(0).await, session.status_of(1).await, session.status_of(2).await), ("accepted".into(), "deferred".into(), "declined".into()));
    assert_eq!(mailed(&world, "closure").await, ["boris@customer.example"], "in answer to their own words");
    assert_eq!(mailed(&world, "minutes").await, ["carol@heard.example", "fatima@heard.example", "quentin@heard.example"]);
    let promised: Vec<String> = world.read(|c| Ok(council_actions::table.select(council_actions::text).load(c)?)).await;
    assert_eq!(promised, ["Winter rota: Ask the planners"]);

    session.chair.post(&session.minutes("/signature"), &[]).await.expect(409).says("stay as they are");
    session.chair.post(&item, &words).await.expect(409).says("signed");
    session.chair.post(&session.minutes("/notes"), &[("notes", "x")]).await.expect(409);
    session.chair.post(&session.room("/start"), &[]).await.expect(409);
    assert_eq!(mailed(&world, "closure").await.len(), 1, "each once");
}
}

both! {
async fn a_yes_is_told_in_the_councils_words(world: World) {
    let session = Session::begin(&world).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Пять вкладок", Voice::Customer, contact("Boris", Lang::Ru)).await;
    for case in [&anna, &boris] {
        link(&session.chair, &session.changes[0], case).await.expect(303);
    }
    session.decide(0, "accept", &[]).await.expect(303);
    session.chair.post(&session.room("/end"), &[]).await.expect(303);
    let owner = session.quality.id.to_string();
    let form = [("decision", "accept"), ("reason", "It helps most"), ("owner", &owner), ("due_on", "2026-12-18"), ("news_ru", "Сделаем к 18 декабря.")];
    session.chair.post(&session.minutes(&format!("/items/{}", session.items[0])), &form).await.expect(303);
    session.chair.post(&session.minutes("/reading"), &[]).await.expect(303);
    session.chair.post(&session.minutes("/signature"), &[]).await.expect(303);
    assert_eq!(mailed(&world, "reply").await, ["anna@customer.example", "boris@customer.example"]);
    let changed = session.chair.get(&format!("/changes/{}", session.changes[0])).await.expect(200);
    changed.says("Quentin").says("18 December 2026");
}
}

both! {
async fn without_a_quorum_it_is_a_recommendation_until_it_is_ratified(world: World) {
    let session = Session::new(&world).await;
    session.start().await;
    session.sit(&session.chair, session.chair.id).await.expect(303);
    session.decide(0, "accept", &[]).await.expect(303);
    session.show(1).await.expect(303);
    session.decide(1, "need_data", &[]).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("Recommended: get more data").says("takes a quorum");
    session.steer(&session.chair, "/ratification", 0).await.expect(409).says("no quorum");
    session.sit(&session.front, session.front.id).await.expect(303);
    session.steer(&session.chair, "/ratification", 0).await.expect(303);
    session.steer(&session.chair, "/ratification", 0).await.expect(409).says("already");
    session.sign().await.expect(303);
    assert_eq!((session.status_of(0).await.as_str(), session.status_of(1).await.as_str()), ("accepted", "proposed"));
    session.chair.get(&session.minutes("")).await.expect(200).says("A recommendation: there was no quorum");

    let later = Session { meeting: session.tomorrow().await, ..session };
    later.start().await;
    for who in [&later.chair, &later.front] {
        later.sit(who, who.id).await.expect(303);
    }
    later.chair.get(&later.room("")).await.expect(200).says("To be ratified").says("Shift swaps");
    later.steer(&later.chair, "/ratification", 1).await.expect(303);
    assert_eq!(later.status_of(1).await, "needs_data", "its minutes were signed already");
}
}

both! {
async fn one_quick_fix_too_many_needs_a_reason(world: World) {
    let session = Session::begin(&world).await;
    session.decide(0, "accept", &[("quick_fix", "on")]).await.expect(303);
    session.show(1).await.expect(303);
    session.chair.get(&session.room("")).await.expect(200).says("The quick fix of this month is taken").says("1 of 1");
    let typed = [("quick_fix", "on"), ("reason", "Typed with care")];
    session.decide(1, "accept", &typed).await.expect(422).says("quota_reason-error").says("Typed with care");
    assert_eq!(session.item(1).await.decision, None);
    session.decide(1, "accept", &[("quick_fix", "on"), ("quota_reason", "An hour of work")]).await.expect(303);
    // The same item decided again does not count against itself.
    session.decide(1, "decline", &[]).await.expect(303);
    session.show(0).await.expect(303);
    session.decide(0, "accept", &[("quick_fix", "on")]).await.expect(303);
}
}

both! {
async fn a_decision_names_what_is_missing_and_keeps_what_was_typed(world: World) {
    let session = Session::begin(&world).await;
    let answer = session.decide(0, "decline", &[("owner", ""), ("due_on", ""), ("reason", "Не \"сейчас\" <i>")]).await.expect(422);
    answer.says("owner-error").says("due_on-error").says("Не &quot;сейчас&quot; &lt;i&gt;");
    session.decide(0, "decline", &[("owner", "77")]).await.expect(422).says("owner-error");
    session.decide(0, "perhaps", &[]).await.expect(422).says("decision-error");
    session.decide(0, "not_now", &[("due_on", "2026-11-23")]).await.expect(422).says("due_on-error");
}
}

both! {
async fn signed_minutes_are_added_to_and_go_out_as_they_are(world: World) {
    let session = Session::begin(&world).await;
    session.decide(0, "decline", &[("reason", "No *stars* and no <b>tags</b>")]).await.expect(303);
    session.chair.post(&session.minutes("/notes"), &[("notes", "Coffee was cold.\n\nAgain.")]).await.expect(303);
    session.quality.post(&session.minutes("/addenda"), &[("text", "Too early")]).await.expect(409);
    session.sign().await.expect(303);
    session.front.post(&session.minutes("/addenda"), &[("text", " ")]).await.expect(422).says("text-error");
    session.front.post(&session.minutes("/addenda"), &[("text", "It was <tea>.")]).await.expect(303);
    world.person("Nina", Role::Owner).await.post(&session.minutes("/addenda"), &[("text", "Me too")]).await.expect(403);
    let page = session.quality.get(&session.minutes("")).await.expect(200).says("It was &lt;tea&gt;.").says("Signed by Carol");
    page.says("Coffee was cold.").says("no &lt;b&gt;tags&lt;/b&gt;").says("Shift swaps");

    let file = session.quality.get(&session.minutes(".md")).await.expect(200);
    assert_eq!(file.header("content-type"), "text/markdown; charset=utf-8");
    file.says("# Minutes: Change council").says("No \\*stars\\* and no \\<b\\>tags\\</b\\>").says("**Declined**").says("It was \\<tea\\>.");
    session.quality.set_cookie("lang", "ru");
    session.quality.get(&session.minutes(".md")).await.expect(200).says("# Протокол: Change council").says("**Отклонено**");
}
}

both! {
async fn a_change_that_went_elsewhere_stands_in_the_minutes_only(world: World) {
    let session = Session::begin(&world).await;
    session.decide(0, "need_data", &[]).await.expect(303);
    session.chair.post(&format!("/changes/{}/status", session.changes[0]), &[("status", "accepted")]).await.expect(303);
    session.chair.post(&format!("/changes/{}/status", session.changes[0]), &[("status", "in_progress")]).await.expect(303);
    session.sign().await.expect(303);
    assert_eq!(session.status_of(0).await, "in_progress");
    session.chair.get(&session.minutes("")).await.expect(200).says("the change had moved on by then");
}
}
