//! Merging, splitting, copying and the archive: each can be taken back, exactly.

use super::{closures, contact, link, propose, say, status_of};
use crate::both;
use crate::support::World;
use diesel::prelude::*;
use heard::backlog::{merging, reach, store};
use heard::cases::actions::Desk;
use heard::db::schema::{change_cases, changes, feedback};
use heard::feedback::model::Voice;
use heard::i18n::Lang;
use heard::journal::By;
use heard::web::viewer::Role;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// The references of the cases behind a change.
async fn behind(world: &World, change: &str) -> BTreeSet<String> {
    let change = change.to_owned();
    world
        .read(move |c| {
            let rows = change_cases::table
                .inner_join(changes::table)
                .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
                .filter(changes::reference.eq(change));
            Ok(rows.select(feedback::reference).load::<String>(c)?)
        })
        .await
        .into_iter()
        .collect()
}

both! {
async fn two_changes_become_one_and_two_again(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Окон слишком много", Voice::Customer, contact("Boris", Lang::Ru)).await;
    let one = propose(&council, &[("case", &anna)]).await;
    let other = propose(&council, &[("title", "Two windows"), ("case", &boris)]).await;
    link(&council, &other, &anna).await.expect(303);
    council.post(&format!("/changes/{other}/status"), &[("status", "accepted")]).await.expect(303);
    let at = format!("/changes/{one}");
    for (into, why) in [(one.as_str(), "with itself"), ("C-0000000", "no such change"), ("rubbish", "no such change")] {
        council.post(&format!("{at}/merge"), &[("into", into)]).await.expect(422).says(why).says(into);
    }
    council.post(&format!("/changes/{other}/merge"), &[("into", &one.to_lowercase())]).await.expect(303);
    assert_eq!(behind(&world, &one).await, BTreeSet::from([anna.clone(), boris.clone()]));
    assert_eq!(status_of(&world, &boris).await, "in_review", "it follows the change that goes on");
    council.get(&at).await.expect(200).says("2 cases from 2 people").says("Two windows");
    council.get(&format!("/changes/{other}")).await.expect(200).says("It goes on here");
    council.post(&format!("{at}/merge"), &[("into", &other)]).await.expect(422).says("still be open");
    for path in ["edit", "cases", "steps"] {
        let form = [("case", anna.as_str())];
        let form: &[(&str, &str)] = if path == "cases" { &form } else { &[("step", "x")] };
        let answer = council.post(&format!("/changes/{other}/{path}"), form).await;
        assert!(matches!(answer.status.as_u16(), 409 | 422), "{path}");
    }
    let nina = world.stranger();
    let form = [("text", "Me too"), ("kind", "idea"), ("voice", "customer"), ("answer", "anonymous"), ("website", "")];
    nina.post(&format!("/me-too/{other}"), &form).await.expect(404);

    council.post(&format!("/changes/{other}/unmerge"), &[]).await.expect(303);
    assert_eq!(behind(&world, &one).await, BTreeSet::from([anna.clone()]));
    assert_eq!(behind(&world, &other).await, BTreeSet::from([anna.clone(), boris.clone()]));
    assert_eq!(status_of(&world, &boris).await, "decided", "its own change is accepted still");
    council.post(&format!("/changes/{other}/unmerge"), &[]).await.expect(409);
}
}

both! {
async fn everybody_behind_a_merged_change_is_told_once(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Окон слишком много", Voice::Customer, contact("Boris", Lang::Ru)).await;
    let one = propose(&council, &[("case", &anna)]).await;
    let other = propose(&council, &[("title", "Two windows"), ("case", &boris)]).await;
    link(&council, &other, &anna).await.expect(303);
    council.post(&format!("/changes/{other}/merge"), &[("into", &one)]).await.expect(303);
    council.post(&format!("/changes/{one}/declining"), &[("outcome_en", "Not possible"), ("send", "1")]).await.expect(303);
    let told: Vec<String> = closures(&world).await.into_iter().map(|(address, ..)| address).collect();
    assert_eq!(told, ["anna@customer.example", "boris@customer.example"]);
    council.post(&format!("/changes/{other}/unmerge"), &[]).await.expect(303);
    assert_eq!(behind(&world, &one).await.len(), 2, "they were told by it, and that stays");
}
}

both! {
async fn a_part_is_split_off_and_a_copy_starts_anew(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let boris = say(&world, "Окон слишком много", Voice::Customer, contact("Boris", Lang::Ru)).await;
    let one = propose(&owner, &[("case", &anna), ("problem", "Too many tabs"), ("metric", "AHT")]).await;
    link(&owner, &one, &boris).await.expect(303);
    let at = format!("/changes/{one}/split");
    owner.get(&at).await.expect(200).says("Окон слишком много");
    owner.post(&at, &[("title", "Part")]).await.expect(422).says("at least one case").says("value=\"Part\"");
    owner.post(&at, &[("title", " "), ("case", &boris)]).await.expect(422).says("checked");
    let part = owner.post(&at, &[("title", "Part"), ("case", &boris)]).await.expect(303);
    let part = part.location().trim_start_matches("/changes/").to_owned();
    assert_eq!(behind(&world, &one).await, BTreeSet::from([anna.clone()]));
    assert_eq!(behind(&world, &part).await, BTreeSet::from([boris.clone()]));
    owner.post(&format!("/changes/{part}/merge"), &[("into", &one)]).await.expect(303);
    assert_eq!(behind(&world, &one).await, BTreeSet::from([anna.clone(), boris.clone()]));

    owner.post(&format!("/changes/{one}/steps"), &[("step", "Ask the agents")]).await.expect(303);
    let copy = owner.post(&format!("/changes/{one}/copy"), &[]).await.expect(303);
    let copy = copy.location().trim_start_matches("/changes/").trim_end_matches("/edit").to_owned();
    let page = owner.get(&format!("/changes/{copy}")).await.expect(200);
    page.says("Copy: One window").says("Too many tabs").says("AHT").says("Ask the agents").says("Nobody&#x27;s words yet");
}
}

both! {
async fn the_archive_keeps_everything(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let anna = say(&world, "Five tabs for every call", Voice::Employee, contact("Anna", Lang::En)).await;
    let one = propose(&council, &[("case", &anna)]).await;
    council.post(&format!("/changes/{one}/status"), &[("status", "accepted")]).await.expect(303);
    let archive = format!("/changes/{one}/archive");
    council.post(&archive, &[("archived", "yes")]).await.expect(303);
    assert_eq!(status_of(&world, &anna).await, "in_review");
    council.get(&format!("/changes/{one}")).await.expect(200).says("in the archive");
    council.post(&archive, &[("archived", "yes")]).await.expect(409);
    council.post(&format!("/changes/{one}/status"), &[("status", "in_progress")]).await.expect(409);
    council.post(&archive, &[("archived", "no")]).await.expect(303);
    assert_eq!(status_of(&world, &anna).await, "decided", "as it was");
}
}

/// A merge of one of the changes into another, or taking one out again.
#[derive(Clone, Copy, Debug)]
enum Act {
    Merge(usize, usize),
    Unmerge(usize),
}

const MANY: usize = 5;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..MANY, 0..MANY).prop_map(|(one, into)| Act::Merge(one, into)),
        1 => (0..MANY).prop_map(Act::Unmerge),
    ];
    prop::collection::vec(act, 1..14)
}

/// Whatever is merged and taken out in whatever order: nobody builds a circle, the sums hold at every step, and when all
/// is taken out, each change has what it had.
async fn whatever_is_merged_comes_apart(world: World) {
    let owner = world.person("Olaf", Role::Owner).await;
    let mut cases = Vec::new();
    for n in 0..MANY {
        let name = format!("P{n}");
        cases.push(say(&world, &format!("Voice number {n}"), Voice::Customer, contact(&name, Lang::En)).await);
    }
    let mut changes = Vec::new();
    for n in 0..MANY {
        let change = propose(&owner, &[("case", &cases[n])]).await;
        link(&owner, &change, &cases[(n + 1) % MANY]).await.expect(303);
        changes.push(change);
    }
    let mut before = Vec::new();
    for change in &changes {
        before.push(behind(&world, change).await);
    }
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        for act in acts().new_tree(&mut runner).unwrap().current() {
            act_on(&world, &changes, act).await;
        }
        take_all_apart(&world, &changes).await;
        for (change, before) in changes.iter().zip(&before) {
            assert_eq!(behind(&world, change).await, *before);
        }
    }
}

async fn act_on(world: &World, changes: &[String], act: Act) {
    let (desk, names) = (Desk::of(&world.app), changes.to_vec());
    world
        .write(move |c| {
            // What is refused changes nothing, as on a page.
            let refused = c.transaction(|c| match act {
                Act::Merge(one, into) => merging::merge(c, &desk, By::SYSTEM, &names[one], &names[into]),
                Act::Unmerge(one) => merging::unmerge(c, &desk, By::SYSTEM, &names[one]),
            });
            drop(refused);
            for name in &names {
                let change = store::find(c, name)?;
                let mut steps = 0;
                let mut up = change;
                while let Some(into) = up.merged_into {
                    up = store::by_id(c, into)?;
                    steps += 1;
                    assert!(steps < MANY, "a circle");
                }
            }
            assert_eq!(reach::differing(c)?, Vec::<i64>::new(), "the sums after {act:?}");
            Ok(())
        })
        .await;
}

async fn take_all_apart(world: &World, changes: &[String]) {
    for _ in 0..MANY {
        for one in 0..MANY {
            act_on(world, changes, Act::Unmerge(one)).await;
        }
    }
}

#[actix_web::test]
async fn whatever_is_merged_comes_apart_sqlite() {
    whatever_is_merged_comes_apart(World::sqlite().await).await;
}

#[actix_web::test]
async fn whatever_is_merged_comes_apart_postgres() {
    if let Some(world) = World::postgres().await {
        whatever_is_merged_comes_apart(world).await;
    }
}
