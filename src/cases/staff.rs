//! Candidates: who may see a case, who watches it, who has it open at this moment.

use super::model::Case;
use super::store::Candidate;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{people, presence, watchers};
use crate::db::types::Ts;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::Serialize;

/// Who wants to hear of what happens to a case, by name. Whoever may not see it any more hears nothing.
pub fn watchers(c: &mut Conn, case: &Case) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<Candidate> = watchers::table
        .inner_join(people::table)
        .filter(watchers::case_id.eq(case.id).and(people::disabled_at.is_null()))
        .order((people::name, people::id))
        .select((people::id, people::name, people::team_id, people::role))
        .load(c)?;
    Ok(rows.into_iter().filter(|person| person.may_see(case)).collect())
}

pub fn watch(c: &mut Conn, case_id: i64, person_id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let row = (watchers::case_id.eq(case_id), watchers::person_id.eq(person_id), watchers::since.eq(Ts::from(now)));
    Portable(diesel::insert_into(watchers::table).values(row).on_conflict_do_nothing()).execute(c).map(|_| ())
}

pub fn unwatch(c: &mut Conn, case_id: i64, person_id: i64) -> QueryResult<()> {
    diesel::delete(watchers::table.find((case_id, person_id))).execute(c).map(|_| ())
}

/// Whoever was not heard of for so long has closed the page.
pub const GONE_AFTER: Duration = Duration::seconds(45);

/// Somebody who has a case open.
#[derive(Clone, Debug, PartialEq, Queryable, Serialize)]
pub struct Present {
    pub name: String,
    pub writing: bool,
}

/// Who else has a case open, by name.
pub fn others_present(c: &mut Conn, case_id: i64, me: i64, now: DateTime<Utc>) -> QueryResult<Vec<Present>> {
    presence::table
        .inner_join(people::table)
        .filter(presence::case_id.eq(case_id).and(presence::person_id.ne(me)))
        .filter(presence::seen_at.gt(Ts::from(now - GONE_AFTER)))
        .order((people::name, people::id))
        .select((people::name, presence::writing))
        .load(c)
}

/// Somebody has the case open, and may be writing.
pub fn is_present(c: &mut Conn, case_id: i64, me: i64, writing: bool, now: DateTime<Utc>) -> QueryResult<()> {
    let what = (presence::writing.eq(writing), presence::seen_at.eq(Ts::from(now)));
    let row = (presence::case_id.eq(case_id), presence::person_id.eq(me), what);
    let key = (presence::case_id, presence::person_id);
    let upsert = diesel::insert_into(presence::table).values(row).on_conflict(key).do_update().set(what);
    Portable(upsert).execute(c).map(|_| ())
}

/// They closed the page.
pub fn has_left(c: &mut Conn, case_id: i64, me: i64) -> QueryResult<()> {
    diesel::delete(presence::table.find((case_id, me))).execute(c).map(|_| ())
}

/// Forgets who had which case open.
pub fn forget(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(presence::table.filter(presence::seen_at.le(Ts::from(now - GONE_AFTER)))).execute(c)
}
