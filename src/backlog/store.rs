//! Rows of changes and the cases that are evidence for them.

use super::model::{Proposal, Status};
use super::reach;
pub use super::reach::kept as reach;
use crate::cases::model::Case;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{cases, change_cases, changes, feedback, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

/// Where more evidence is welcome and a decision can still come.
pub const OPEN: [Status; 3] = [Status::Proposed, Status::Accepted, Status::InProgress];

/// One change.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = changes, treat_none_as_null = true)]
pub struct Change {
    pub id: i64,
    pub reference: String,
    pub title: String,
    pub proposal: String,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    pub confidence: f64,
    pub owner_id: Option<i64>,
    pub target_on: Option<NaiveDate>,
    pub status: Status,
    pub public: bool,
    pub outcome_en: Option<String>,
    pub outcome_ru: Option<String>,
    pub version: i32,
    pub created_by: Option<i64>,
    pub created_at: Ts,
    pub status_at: Ts,
    pub updated_at: Ts,
}

impl Change {
    /// What is proposed, as it stands.
    pub fn set(&mut self, proposal: Proposal) {
        self.title = proposal.title;
        self.proposal = proposal.proposal;
        (self.ex, self.cx) = (proposal.ex, proposal.cx);
        (self.effort, self.confidence) = (proposal.effort, proposal.confidence);
        (self.owner_id, self.target_on, self.public) = (proposal.owner_id, proposal.target_on, proposal.public);
    }
}

pub fn insert(c: &mut Conn, change: &Change) -> QueryResult<()> {
    diesel::insert_into(changes::table).values(change).execute(c).map(|_| ())
}

pub fn find(c: &mut Conn, reference: &str) -> QueryResult<Change> {
    changes::table.filter(changes::reference.eq(reference)).select(Change::as_select()).first(c)
}

/// Stores what was changed in memory, unless somebody else was faster.
pub fn save(c: &mut Conn, change: &mut Change, now: DateTime<Utc>) -> Result<()> {
    let seen = change.version;
    change.version += 1;
    change.updated_at = now.into();
    let row = changes::table.find(change.id).filter(changes::version.eq(seen));
    match diesel::update(row).set(&*change).execute(c)? {
        1 => Ok(()),
        _ => Err(Error::Conflict("error-change-changed")),
    }
}

/// Links a case as evidence; false if it was linked already.
pub fn link(c: &mut Conn, change_id: i64, case_id: i64, by: Option<i64>, now: DateTime<Utc>) -> QueryResult<bool> {
    let row = (
        change_cases::change_id.eq(change_id),
        change_cases::case_id.eq(case_id),
        change_cases::linked_by.eq(by),
        change_cases::linked_at.eq(Ts::from(now)),
    );
    let added = Portable(diesel::insert_into(change_cases::table).values(row).on_conflict_do_nothing()).execute(c)?;
    if added == 1 {
        reach::linked(c, change_id, case_id)?;
    }
    Ok(added == 1)
}

pub fn unlink(c: &mut Conn, change_id: i64, case_id: i64) -> QueryResult<bool> {
    let removed = diesel::delete(change_cases::table.find((change_id, case_id))).execute(c)?;
    if removed == 1 {
        reach::unlinked(c, change_id, case_id)?;
    }
    Ok(removed == 1)
}

/// The cases behind a change, with what was said.
pub fn evidence(c: &mut Conn, change_id: i64) -> QueryResult<Vec<(Case, Feedback)>> {
    cases::table
        .inner_join(feedback::table)
        .inner_join(change_cases::table.on(change_cases::case_id.eq(cases::id)))
        .filter(change_cases::change_id.eq(change_id))
        .order((feedback::received_at.desc(), feedback::id))
        .select((Case::as_select(), Feedback::as_select()))
        .load(c)
}

/// The changes a case is evidence for.
pub fn of_case(c: &mut Conn, case_id: i64) -> QueryResult<Vec<Change>> {
    changes::table
        .inner_join(change_cases::table)
        .filter(change_cases::case_id.eq(case_id))
        .order(changes::id)
        .select(Change::as_select())
        .load(c)
}

/// Every change with its owner's name, newest first; other orders are made of scores and reach, by the caller.
pub fn all(c: &mut Conn, status: Option<Status>) -> QueryResult<Vec<(Change, Option<String>)>> {
    let mut rows = changes::table
        .left_join(people::table)
        .order((changes::created_at.desc(), changes::id.desc()))
        .select((Change::as_select(), people::name.nullable()))
        .into_boxed();
    if let Some(status) = status {
        rows = rows.filter(changes::status.eq(status));
    }
    rows.load(c)
}

/// How many changes there are in each status that has any.
pub fn counts(c: &mut Conn) -> QueryResult<Vec<(Status, i64)>> {
    changes::table.group_by(changes::status).select((changes::status, diesel::dsl::count_star())).load(c)
}

/// Open changes that may be shown to people outside.
pub fn open_to_public(c: &mut Conn) -> QueryResult<Vec<Change>> {
    changes::table
        .filter(changes::status.eq_any(OPEN))
        .filter(changes::public.eq(true))
        .order(changes::id)
        .select(Change::as_select())
        .load(c)
}

/// The names of these people.
pub fn names(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> =
        people::table.filter(people::id.eq_any(ids.to_vec())).select((people::id, people::name)).load(c)?;
    Ok(rows.into_iter().collect())
}
