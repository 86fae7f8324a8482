//! Rows of changes and the cases that are evidence for them.

use super::model::{STALLED_AFTER, Status};
use super::plan::Plan;
use super::proposal::{Kind, Proposal};
use super::reach;
use super::score::Inputs;
use crate::cases::model::Case;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{cases, change_cases, changes, feedback, levers, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

/// Where more evidence is welcome and a decision can still come.
pub const OPEN: [Status; 5] =
    [Status::Proposed, Status::NeedsData, Status::Accepted, Status::InProgress, Status::Deferred];

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
    /// In one sentence, as it stands on the council's screen.
    pub problem: String,
    pub kind: Kind,
    pub lever_id: Option<i64>,
    pub sponsor_id: Option<i64>,
    /// Small enough to ship before the next council.
    pub quick_fix: bool,
    /// For RICE.
    pub impact: Option<f64>,
    /// For WSJF.
    pub delay_cost: Option<f64>,
    /// Where somebody with reasons put it, whatever its score; 1 is the top.
    pub rank: Option<i32>,
    pub rank_reason: Option<String>,
    /// A deferred change comes back on this day.
    pub back_on: Option<NaiveDate>,
    /// The change that goes on in its place.
    pub merged_into: Option<i64>,
    pub archived_at: Option<Ts>,
}

impl Change {
    /// Accepted, and nobody has begun for too long.
    pub fn is_stalled(&self, now: DateTime<Utc>) -> bool {
        self.status == Status::Accepted && self.must_be_active().is_ok() && now - *self.status_at >= STALLED_AFTER
    }

    /// What is proposed, put in place of what was; its plan stands in a row of its own.
    pub fn set(&mut self, proposal: Proposal) {
        self.kind = proposal.kind;
        (self.title, self.problem, self.proposal) = (proposal.title, proposal.problem, proposal.proposal);
        self.lever_id = proposal.lever_id;
        (self.ex, self.cx) = (proposal.ex, proposal.cx);
        (self.effort, self.confidence) = (proposal.effort, proposal.confidence);
        (self.impact, self.delay_cost) = (proposal.impact, proposal.delay_cost);
        (self.owner_id, self.sponsor_id) = (proposal.owner_id, proposal.sponsor_id);
        self.target_on = proposal.target_on;
        (self.quick_fix, self.public) = (proposal.quick_fix, proposal.public);
    }

    /// What its scores are made of, with so many people behind it.
    pub fn inputs(&self, people: i64) -> Inputs {
        Inputs {
            reach: people,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            impact: self.impact,
            delay_cost: self.delay_cost,
        }
    }

    /// It stands in the backlog: neither merged into another nor put away.
    pub fn must_be_active(&self) -> Result<()> {
        match (self.merged_into, self.archived_at) {
            (Some(_), _) => Err(Error::Conflict("error-change-is-merged")),
            (None, Some(_)) => Err(Error::Conflict("error-change-is-archived")),
            (None, None) => Ok(()),
        }
    }

    /// More cases can be linked to it, or taken out.
    pub fn must_take_evidence(&self) -> Result<()> {
        self.must_be_active()?;
        match self.status.is_finished() {
            true => Err(Error::Conflict("error-change-is-finished")),
            false => Ok(()),
        }
    }

    /// What would have to be proposed for it to be as it is.
    pub fn as_proposed(&self, plan: Plan) -> Proposal {
        Proposal {
            kind: self.kind,
            title: self.title.clone(),
            problem: self.problem.clone(),
            proposal: self.proposal.clone(),
            lever_id: self.lever_id,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            impact: self.impact,
            delay_cost: self.delay_cost,
            owner_id: self.owner_id,
            sponsor_id: self.sponsor_id,
            target_on: self.target_on,
            quick_fix: self.quick_fix,
            public: self.public,
            plan,
        }
    }
}

pub fn insert(c: &mut Conn, change: &Change) -> QueryResult<()> {
    diesel::insert_into(changes::table).values(change).execute(c).map(|_| ())
}

pub fn find(c: &mut Conn, reference: &str) -> QueryResult<Change> {
    changes::table.filter(changes::reference.eq(reference)).select(Change::as_select()).first(c)
}

pub fn by_id(c: &mut Conn, id: i64) -> QueryResult<Change> {
    changes::table.find(id).select(Change::as_select()).first(c)
}

/// The change that goes on for this one: itself, or what it was merged into.
pub fn goes_on(c: &mut Conn, mut change: Change) -> QueryResult<Change> {
    while let Some(into) = change.merged_into {
        change = by_id(c, into)?;
    }
    Ok(change)
}

/// The changes that were merged into this one.
pub fn merged_into(c: &mut Conn, change_id: i64) -> QueryResult<Vec<Change>> {
    let rows = changes::table.filter(changes::merged_into.eq(change_id)).order(changes::id);
    rows.select(Change::as_select()).load(c)
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

pub fn lever_exists(c: &mut Conn, id: i64) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(levers::table.find(id))).get_result(c)
}

/// The levers that can be chosen, with the one that is in use whether or not it still can: id and both names.
pub fn levers(c: &mut Conn, kept: Option<i64>) -> QueryResult<Vec<(i64, String, String)>> {
    levers::table
        .filter(levers::archived_at.is_null().or(levers::id.eq(kept.unwrap_or_default())))
        .order((levers::position, levers::id))
        .select((levers::id, levers::name_en, levers::name_ru))
        .load(c)
}

/// Both names of a lever.
pub fn lever(c: &mut Conn, id: i64) -> QueryResult<(String, String)> {
    levers::table.find(id).select((levers::name_en, levers::name_ru)).first(c)
}

/// Accepted changes on which nobody has begun to work since this moment; the longest waiting first.
pub fn stalled(c: &mut Conn, since: DateTime<Utc>) -> QueryResult<Vec<Change>> {
    changes::table
        .filter(changes::status.eq(Status::Accepted).and(changes::status_at.le(Ts::from(since))))
        .filter(active())
        .order((changes::status_at, changes::id))
        .select(Change::as_select())
        .load(c)
}

/// Changes that stand in the backlog: neither merged into another nor put away.
#[diesel::dsl::auto_type]
pub fn active() -> _ {
    changes::merged_into.is_null().and(changes::archived_at.is_null())
}

/// Links a case as evidence; false if it was linked already.
pub fn link(c: &mut Conn, change_id: i64, case_id: i64, by: Option<i64>, now: DateTime<Utc>) -> QueryResult<bool> {
    link_from(c, change_id, case_id, by, now, None)
}

/// The same for a case that comes with a change that is merged into this one.
pub fn link_from(
    c: &mut Conn,
    change_id: i64,
    case_id: i64,
    by: Option<i64>,
    now: DateTime<Utc>,
    from: Option<i64>,
) -> QueryResult<bool> {
    let row = (
        change_cases::change_id.eq(change_id),
        change_cases::case_id.eq(case_id),
        change_cases::linked_by.eq(by),
        change_cases::linked_at.eq(Ts::from(now)),
        change_cases::from_change_id.eq(from),
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

/// The changes in the backlog that a case is evidence for.
pub fn of_case(c: &mut Conn, case_id: i64) -> QueryResult<Vec<Change>> {
    changes::table
        .inner_join(change_cases::table)
        .filter(change_cases::case_id.eq(case_id))
        .filter(active())
        .order(changes::id)
        .select(Change::as_select())
        .load(c)
}

/// How many changes there are in each status that has any.
pub fn counts(c: &mut Conn) -> QueryResult<Vec<(Status, i64)>> {
    changes::table
        .filter(active())
        .group_by(changes::status)
        .select((changes::status, diesel::dsl::count_star()))
        .load(c)
}

/// Open changes that may be shown to people outside.
pub fn open_to_public(c: &mut Conn) -> QueryResult<Vec<Change>> {
    changes::table
        .filter(changes::status.eq_any(OPEN))
        .filter(changes::public.eq(true))
        .filter(active())
        .order(changes::id)
        .select(Change::as_select())
        .load(c)
}

/// The references of these changes.
pub fn references(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> =
        changes::table.filter(changes::id.eq_any(ids.to_vec())).select((changes::id, changes::reference)).load(c)?;
    Ok(rows.into_iter().collect())
}

/// The names of these people.
pub fn names(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> =
        people::table.filter(people::id.eq_any(ids.to_vec())).select((people::id, people::name)).load(c)?;
    Ok(rows.into_iter().collect())
}
