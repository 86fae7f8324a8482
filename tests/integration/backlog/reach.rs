//! How many stand behind a change: the kept sums against counting anew, whatever happened in between.

use super::{contact, link, propose, say};
use crate::both;
use diesel::prelude::*;
use heard::backlog::{reach, store};
use heard::cases::standing::{self, Speaker};
use heard::db::Conn;
use heard::db::schema::{change_reach, changes, feedback, people};
use heard::error::Result;
use heard::feedback::model::{Originator, Voice};
use heard::i18n::Lang;
use heard::web::viewer::Role;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// What can happen to the links between a handful of cases and changes.
#[derive(Clone, Copy, Debug)]
enum Step {
    Link(usize, usize),
    Unlink(usize, usize),
    /// A case turns out to be somebody else's.
    Pass(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..3usize, 0..9usize).prop_map(|(change, case)| Step::Link(change, case)),
        1 => (0..3usize, 0..9usize).prop_map(|(change, case)| Step::Unlink(change, case)),
        1 => (0..9usize, 0..4usize).prop_map(|(case, person)| Step::Pass(case, person)),
    ];
    proptest::collection::vec(step, 1..60)
}

fn take(
    c: &mut Conn,
    ids: &(Vec<i64>, Vec<i64>, Vec<i64>),
    step: Step,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let (changes, cases, people) = ids;
    match step {
        Step::Link(change, case) => store::link(c, changes[change], cases[case], None, now).map(|_| ())?,
        Step::Unlink(change, case) => store::unlink(c, changes[change], cases[case]).map(|_| ())?,
        Step::Pass(case, person) => {
            let before = Speaker::of(c, cases[case])?;
            // Nobody may know who spoke anonymously.
            let named = feedback::table.find(cases[case]).filter(feedback::anonymous.eq(false));
            diesel::update(named).set(feedback::person_id.eq(people[person])).execute(c)?;
            standing::replaced(c, cases[case], before)?;
        }
    }
    Ok(())
}

both! {
async fn the_kept_sums_are_what_counting_anew_gives(world: World) {
    let council = world.person("Carol", Role::Council).await;
    for title in ["One window", "No forms", "Swaps by phone"] {
        propose(&council, &[("title", title)]).await;
    }
    for n in 0..9 {
        let voice = if n % 3 == 0 { Voice::Customer } else { Voice::Employee };
        let who = match n % 4 {
            0 => Originator::Anonymous,
            n => contact(["Anna", "Boris", "Carl"][n - 1], Lang::En),
        };
        say(&world, &format!("Too many tabs, {n}"), voice, who).await;
    }
    // One of them was a bot.
    let ids = world.write(|c| {
        let cases: Vec<i64> = feedback::table.order(feedback::reference).select(feedback::id).load(c)?;
        diesel::update(feedback::table.find(cases[2])).set(feedback::machine.eq(true)).execute(c)?;
        Ok((changes::table.select(changes::id).load(c)?, cases, people::table.select(people::id).load(c)?))
    }).await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let steps = steps().new_tree(&mut runner).expect("a list of steps").current();
        let (ids, now, said) = (ids.clone(), world.now(), format!("{steps:?}"));
        let off = world.write(move |c| {
            steps.into_iter().try_for_each(|step| take(c, &ids, step, now))?;
            Ok(reach::differing(c)?)
        }).await;
        assert!(off.is_empty(), "{off:?} after {said}");
    }
}
}

both! {
async fn a_bot_is_no_person_and_one_person_on_both_sides_is_one(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &[]).await;
    for voice in [Voice::Customer, Voice::Employee] {
        link(&council, &change, &say(&world, "Tabs", voice, contact("Anna", Lang::En)).await).await.expect(303);
    }
    let bot = say(&world, "Tabs, says a bot", Voice::Customer, contact("Bot", Lang::En)).await;
    let spoken = bot.clone();
    world.write(move |c| {
        let row = feedback::table.filter(feedback::reference.eq(spoken));
        Ok(diesel::update(row).set(feedback::machine.eq(true)).execute(c)?)
    }).await;
    link(&council, &change, &bot).await.expect(303);
    let of = change.clone();
    let reach = world.read(move |c| {
        let id = store::find(c, &of)?.id;
        Ok(reach::kept(c, &[id])?[&id])
    }).await;
    assert_eq!((reach.people, reach.employees, reach.customers, reach.machines, reach.cases), (1, 1, 1, 1, 3));
    council.post(&format!("/changes/{change}/cases/{bot}/unlink"), &[]).await.expect(303);
    assert!(world.read(|c| Ok(reach::differing(c)?)).await.is_empty());
}
}

both! {
async fn the_doctor_finds_a_wrong_sum_and_puts_it_right(world: World) {
    let council = world.person("Carol", Role::Council).await;
    let change = propose(&council, &[]).await;
    let case = say(&world, "Tabs", Voice::Employee, contact("Anna", Lang::En)).await;
    link(&council, &change, &case).await.expect(303);
    let off = world.write(|c| {
        diesel::update(change_reach::table).set(change_reach::people.eq(7)).execute(c)?;
        Ok(reach::differing(c)?)
    }).await;
    assert_eq!(off.len(), 1);
    let reach = world.write(move |c| {
        reach::rebuild(c)?;
        assert!(reach::differing(c)?.is_empty());
        let id = store::find(c, &change)?.id;
        Ok(reach::kept(c, &[id])?[&id])
    }).await;
    assert_eq!((reach.people, reach.cases), (1, 1));
}
}
