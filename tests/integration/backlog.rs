//! The backlog: changes, what stands behind them, and telling those who asked.

mod reach;
mod voices;

use crate::both;
use crate::support::{Actor, Answer, World};
use diesel::prelude::*;
use heard::backlog::{reach as sums, store};
use heard::db::schema::{cases, feedback, outbox};
use heard::db::types::{Doc, Ts};
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
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
    Submission::new(voice, Kind::Idea, "web", text, originator)
}

/// Takes feedback in; returns the reference of its case.
pub async fn say(world: &World, text: &str, voice: Voice, originator: Originator) -> String {
    submit(&world.app, said(text, voice, originator), By::ORIGINATOR).await.unwrap().reference
}

pub fn contact(name: &str, lang: Lang) -> Originator {
    Originator::Contact { email: format!("{}@customer.example", name.to_lowercase()), name: name.into(), lang }
}

/// Links a case to a change by the form of the change.
pub async fn link(by: &Actor, change: &str, case: &str) -> Answer {
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

both! {
async fn declining_tells_why_and_leaves_alone_what_another_change_answers(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let anna = say(&world, "Paper forms again", Voice::Employee, contact("Anna", Lang::Ru)).await;
    let other = say(&world, "Forms, forms, forms", Voice::Employee, contact("Olga", Lang::En)).await;
    let change = propose(&council, &[("case", &anna)]).await;
    link(&council, &change, &other).await.expect(303);
    let better = propose(&council, &[("title", "No forms at all"), ("case", &other)]).await;
    let at = format!("/changes/{change}/declining");
    council.get(&at).await.expect(200).says("1 mail to 1 person").says("1 case stays open");
    council.post(&at, &[("outcome_en", "The law asks for paper."), ("send", "1")]).await.expect(303);
    let mails = closures(&world).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].1, &mails[0].2.0["message"]), (Lang::Ru, &"The law asks for paper.".into()), "one language is enough");
    assert_eq!(mails[0].2.0["outcome"], "not_possible");
    assert_eq!(status_of(&world, &anna).await, "resolved");
    assert_eq!(status_of(&world, &other).await, "new");
    council.post(&format!("/changes/{better}/shipping"), &[("outcome_en", "x"), ("send", "1")]).await.expect(409);
}
}

both! {
async fn only_whoever_may_moves_a_change(world: World) {
    let (council, owner) = (world.person("Carol", Role::Council).await, world.person("Olaf", Role::Owner).await);
    let (other, employee) = (world.person("Otto", Role::Owner).await, world.person("Emma", Role::Employee).await);
    let change = propose(&owner, &[("owner", &owner.id.to_string())]).await;
    let (at, status) = (format!("/changes/{change}"), format!("/changes/{change}/status"));
    for path in ["/changes", "/changes/new", &at, &format!("{at}/edit"), &format!("{at}/shipping")] {
        employee.get(path).await.expect(403);
        assert!(world.stranger().get(path).await.expect(303).location().starts_with("/sign-in"));
    }
    employee.post("/changes/new", &proposal(&[])).await.expect(403);
    owner.get(&at).await.expect(200).says("The council decides");
    owner.post(&status, &[("status", "accepted")]).await.expect(403);
    owner.get(&format!("{at}/declining")).await.expect(403);
    owner.post(&format!("{at}/declining"), &[("outcome_en", "No"), ("send", "1")]).await.expect(403);
    for illegal in ["in_progress", "proposed"] {
        council.post(&status, &[("status", illegal)]).await.expect(409);
    }
    council.get(&format!("{at}/shipping")).await.expect(409);
    council.post(&status, &[("status", "gone")]).await.expect(422);
    council.post(&status, &[("status", "accepted")]).await.expect(303);
    other.post(&status, &[("status", "in_progress")]).await.expect(403);
    owner.post(&status, &[("status", "in_progress")]).await.expect(303);
    assert_eq!(owner.post(&status, &[("status", "shipped")]).await.expect(303).location(), format!("{at}/shipping"));
    other.post(&format!("{at}/shipping"), &[("outcome_en", "Done"), ("send", "1")]).await.expect(403);
    owner.post(&format!("{at}/shipping"), &[("outcome_en", "Done"), ("send", "1")]).await.expect(303);
    council.get("/changes/C-0000000").await.expect(404);
    council.get("/changes/nothing").await.expect(404);
}
}

both! {
async fn reach_counts_people_not_cases(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &[]).await;
    let voices = [
        (Voice::Customer, contact("Anna", Lang::En)),
        (Voice::Customer, contact("Anna", Lang::En)),
        (Voice::Employee, contact("Anna", Lang::En)),
        (Voice::Employee, contact("Boris", Lang::Ru)),
        (Voice::Employee, Originator::Anonymous),
        (Voice::Employee, Originator::Anonymous),
    ];
    for (voice, originator) in voices {
        let case = say(&world, "Too many tabs", voice, originator).await;
        link(&council, &change, &case).await.expect(303);
    }
    let reference = change.clone();
    let reach = world
        .read(move |c| {
            let id = store::find(c, &reference)?.id;
            Ok(sums::kept(c, &[id])?[&id])
        })
        .await;
    assert_eq!((reach.people, reach.employees, reach.customers, reach.cases), (4, 4, 1, 6));
    // 4 × (1·4 + 1·5) × 0.8 ÷ 1.5
    council.get("/changes").await.expect(200).says("19.2").says("EX 4, CX 1");
}
}

both! {
async fn the_list_is_sorted_filtered_and_marks_what_is_late(world: World) {
    let council = world.person("Carol", Role::Council).await;
    propose(&council, &[("title", "Soon due"), ("target_on", "2026-11-24")]).await;
    world.advance(chrono::Duration::minutes(5));
    let asked = propose(&council, &[("title", "Asked for")]).await;
    world.advance(chrono::Duration::minutes(5));
    propose(&council, &[("title", "Late one"), ("target_on", "2026-11-20")]).await;
    link(&council, &asked, &say(&world, "Please", Voice::Customer, contact("Anna", Lang::En)).await).await.expect(303);
    let order = |body: &str| {
        let mut titles = vec!["Soon due", "Asked for", "Late one"];
        titles.retain(|title| body.contains(title));
        titles.sort_by_key(|title| body.find(title));
        titles.join(", ")
    };
    assert_eq!(order(&council.get("/changes").await.expect(200).says("overdue").body), "Asked for, Late one, Soon due");
    assert_eq!(order(&council.get("/changes?sort=target").await.body), "Late one, Soon due, Asked for");
    assert_eq!(order(&council.get("/changes?sort=reach").await.body), "Asked for, Late one, Soon due");
    assert_eq!(order(&council.get("/changes?sort=newest").await.body), "Late one, Asked for, Soon due");
    council.post(&format!("/changes/{asked}/status"), &[("status", "accepted")]).await.expect(303);
    assert_eq!(order(&council.get("/changes?status=accepted").await.body), "Asked for");
    assert_eq!(order(&council.get("/changes?status=shipped").await.expect(200).says("No changes here yet").body), "");
}
}

both! {
async fn a_form_that_comes_back_keeps_what_was_typed(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let wrong = [("title", ""), ("proposal", "Kept <b>words</b>"), ("effort", "much"), ("confidence", "120"), ("case", "F-1")];
    let answer = owner.post("/changes/new", &proposal(&wrong)).await.expect(422);
    answer.says("Kept &lt;b&gt;words&lt;/b&gt;").says("value=\"much\"").says("from 0 to 100").says("Please fill this in.");
    let answer = owner.post("/changes/new", &proposal(&[("case", "F-0000000")])).await.expect(422);
    answer.says("We could not find this.").says(TITLE);
    owner.get("/changes").await.expect(200).says("No changes here yet");
    owner.post("/changes/new", &proposal(&[("colour", "red")])).await.expect(422);

    let change = propose(&owner, &[]).await;
    let answer = owner.post(&format!("/changes/{change}/cases"), &[("case", "my case")]).await.expect(422);
    answer.says("value=\"my case\"").says("does not look like a reference");
    let shipping = format!("/changes/{change}/declining");
    let council = world.person("Carol", Role::Council).await;
    let long = "x".repeat(1001);
    council.post(&shipping, &[("outcome_ru", &long), ("send", "1")]).await.expect(422).says(&long).says("1,000");
    council.post(&shipping, &[("send", "1")]).await.expect(422).says("at least one language");
}
}

both! {
async fn two_who_edit_at_once_do_not_overwrite_each_other(world: World) {
    let (olaf, otto) = (world.person("Olaf", Role::Owner).await, world.person("Otto", Role::Owner).await);
    let change = propose(&olaf, &[]).await;
    let at = format!("/changes/{change}/edit");
    olaf.get(&at).await.expect(200).says("value=\"80\"").says("name=\"version\" value=\"1\"");
    otto.post(&at, &proposal(&[("title", "Two windows"), ("version", "1")])).await.expect(303);
    let answer = olaf.post(&at, &proposal(&[("title", "No windows"), ("version", "1")])).await.expect(409);
    answer.says("Two windows").says("value=\"No windows\"").says("name=\"version\" value=\"2\"");
    olaf.post(&at, &proposal(&[("title", "No windows"), ("version", "2")])).await.expect(303);
    otto.get(&format!("/changes/{change}")).await.expect(200).says("No windows").says("edited: what would change");
}
}

both! {
async fn words_stay_within_the_team_that_works_on_them(world: World) {
    let team = 77;
    world.write(move |c| {
        use heard::db::schema::teams;
        let row = (teams::id.eq(team), teams::name.eq("Payments"), teams::created_at.eq(Ts::from(chrono::Utc::now())));
        diesel::insert_into(teams::table).values(row).execute(c)?;
        Ok(())
    }).await;
    let council = world.person("Carol", Role::Council).await;
    let outsider = world.person("Olaf", Role::Owner).await;
    let case = say(&world, "My team lead shouts", Voice::Employee, contact("Anna", Lang::En)).await;
    world.write(move |c| {
        diesel::update(cases::table).set(cases::team_id.eq(team)).execute(c)?;
        Ok(())
    }).await;
    let change = propose(&council, &[("owner", &outsider.id.to_string())]).await;
    link(&outsider, &change, &case).await.expect(422).says("We could not find this.");
    link(&council, &change, &case).await.expect(303);
    let at = format!("/changes/{change}");
    let page = outsider.get(&at).await.expect(200).says("One more case belongs to another team");
    assert!(!page.body.contains("shouts") && !page.body.contains(&case));
    council.post(&format!("{at}/status"), &[("status", "accepted")]).await.expect(303);
    let preview = outsider.post(&format!("{at}/shipping"), &[("outcome_en", "Training"), ("preview", "1")]).await.expect(200);
    let preview = preview.says("Their own words stand here");
    for secret in ["shouts", "anna@", "Anna", &case] {
        assert!(!preview.body.contains(secret), "{secret}");
    }
    outsider.post(&format!("{at}/cases/{case}/unlink"), &[]).await.expect(404);
    council.post(&format!("{at}/cases/{case}/unlink"), &[]).await.expect(303);
    assert_eq!(status_of(&world, &case).await, "in_review", "no change decides it any more");
}
}
