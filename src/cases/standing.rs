//! Who stands behind a change, in sums that are kept: reading them costs the same for ten cases and for a million.
//!
//! They live beside the cases because a case may pass to another person. The row of the sums is always written first: on
//! PostgreSQL it holds back whoever touches the same change at that moment, so that each sees what the one before did.

use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{change_cases, change_people, change_reach, feedback};
use crate::feedback::model::Voice;
use diesel::prelude::*;

crate::text_enum! {
    /// Who somebody is among those behind a change.
    pub enum Side {
        Employee = "employee",
        Customer = "customer",
        /// A bot that spoke for a customer; bots are no people.
        Machine = "machine",
    }
}

/// Whoever said something: the person, or the words themselves where nobody may know who it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    side: Side,
    person: i64,
}

impl Speaker {
    /// Who speaks in a case.
    pub fn of(c: &mut Conn, case_id: i64) -> QueryResult<Speaker> {
        let said = feedback::table.find(case_id).select((feedback::voice, feedback::machine, feedback::person_id));
        let (voice, machine, person): (Voice, bool, Option<i64>) = said.first(c)?;
        let side = match voice {
            _ if machine => Side::Machine,
            Voice::Employee => Side::Employee,
            Voice::Customer => Side::Customer,
        };
        Ok(Speaker { side, person: person.unwrap_or(case_id) })
    }

    /// The side on which the same person may stand too.
    fn other_side(self) -> Option<Side> {
        match self.side {
            Side::Employee => Some(Side::Customer),
            Side::Customer => Some(Side::Employee),
            Side::Machine => None,
        }
    }
}

/// One more case of theirs stands behind the change.
pub fn enter(c: &mut Conn, change_id: i64, speaker: Speaker) -> QueryResult<()> {
    count_case(c, change_id, 1)?;
    let row = (
        change_people::change_id.eq(change_id),
        change_people::voice.eq(speaker.side),
        change_people::person.eq(speaker.person),
        change_people::cases.eq(1),
    );
    let key = (change_people::change_id, change_people::voice, change_people::person);
    let insert = diesel::insert_into(change_people::table).values(row).on_conflict(key);
    Portable(insert.do_update().set(change_people::cases.eq(change_people::cases + 1))).execute(c)?;
    match cases_of(c, change_id, speaker)? {
        1 => count_person(c, change_id, speaker, 1),
        _ => Ok(()),
    }
}

/// One case of theirs stands behind it no more.
pub fn leave(c: &mut Conn, change_id: i64, speaker: Speaker) -> QueryResult<()> {
    count_case(c, change_id, -1)?;
    let row = change_people::table.find((change_id, speaker.side, speaker.person));
    diesel::update(row).set(change_people::cases.eq(change_people::cases - 1)).execute(c)?;
    match diesel::delete(row.filter(change_people::cases.le(0))).execute(c)? {
        0 => Ok(()),
        _ => count_person(c, change_id, speaker, -1),
    }
}

/// A case passed to somebody else, who stands behind its changes in place of whoever did `before`.
pub fn replaced(c: &mut Conn, case_id: i64, before: Speaker) -> QueryResult<()> {
    let after = Speaker::of(c, case_id)?;
    let links = change_cases::table.filter(change_cases::case_id.eq(case_id)).order(change_cases::change_id);
    for change_id in links.select(change_cases::change_id).load(c)? {
        leave(c, change_id, before)?;
        enter(c, change_id, after)?;
    }
    Ok(())
}

fn count_case(c: &mut Conn, change_id: i64, by: i32) -> QueryResult<()> {
    let row = (
        change_reach::change_id.eq(change_id),
        change_reach::people.eq(0),
        change_reach::employees.eq(0),
        change_reach::customers.eq(0),
        change_reach::machines.eq(0),
        change_reach::cases.eq(by),
    );
    let insert = diesel::insert_into(change_reach::table).values(row).on_conflict(change_reach::change_id);
    Portable(insert.do_update().set(change_reach::cases.eq(change_reach::cases + by))).execute(c).map(|_| ())
}

fn cases_of(c: &mut Conn, change_id: i64, speaker: Speaker) -> QueryResult<i32> {
    change_people::table.find((change_id, speaker.side, speaker.person)).select(change_people::cases).first(c)
}

/// Whoever stands on both sides is one of the people.
fn count_person(c: &mut Conn, change_id: i64, speaker: Speaker, by: i32) -> QueryResult<()> {
    let people = match speaker.other_side() {
        None => 0,
        Some(other) => {
            let there = change_people::table.find((change_id, other, speaker.person));
            let there: bool = diesel::select(diesel::dsl::exists(there)).get_result(c)?;
            if there { 0 } else { by }
        }
    };
    let row = diesel::update(change_reach::table.find(change_id));
    let people = change_reach::people.eq(change_reach::people + people);
    match speaker.side {
        Side::Employee => row.set((people, change_reach::employees.eq(change_reach::employees + by))).execute(c),
        Side::Customer => row.set((people, change_reach::customers.eq(change_reach::customers + by))).execute(c),
        Side::Machine => row.set((people, change_reach::machines.eq(change_reach::machines + by))).execute(c),
    }
    .map(|_| ())
}
