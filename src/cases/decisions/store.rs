//! Rows of decisions.

use super::{Resolution, Status};
use crate::cases::model::Case;
use crate::db::Conn;
use crate::db::dialect::lock_row;
use crate::db::schema::{cases, decisions, feedback, journal, people};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::id;
use crate::journal::Actor;
use chrono::{DateTime, Utc};
use diesel::dsl::{exists, max};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// More are not listed: whoever has so many waiting looks at the oldest first.
const MOST_LISTED: i64 = 200;

/// One decision.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
pub struct Decision {
    pub id: i64,
    pub case_id: i64,
    pub person_id: i64,
    pub at: Ts,
    pub outcome: String,
    pub apology: bool,
    pub amount_cents: i64,
    pub data: Doc,
    pub status: Status,
    pub decided_by: Option<i64>,
    pub decided_at: Option<Ts>,
    pub reason: Option<String>,
}

impl Decision {
    pub fn new(
        case_id: i64,
        person_id: i64,
        resolution: &Resolution,
        status: Status,
        now: DateTime<Utc>,
    ) -> Result<Decision> {
        let at = Ts::from(now);
        Ok(Decision {
            id: id::new_id(),
            case_id,
            person_id,
            at,
            outcome: resolution.outcome.to_string(),
            apology: resolution.request.apology,
            amount_cents: resolution.request.amount_cents,
            data: Doc(serde_json::to_value(resolution).map_err(Error::internal)?),
            status,
            decided_by: None,
            decided_at: (status == Status::Made).then_some(at),
            reason: None,
        })
    }

    /// The resolution as it was written.
    pub fn resolution(&self) -> Result<Resolution> {
        serde_json::from_value(self.data.0.clone()).map_err(Error::internal)
    }
}

pub fn insert(c: &mut Conn, decision: &Decision) -> QueryResult<()> {
    diesel::insert_into(decisions::table).values(decision).execute(c).map(|_| ())
}

/// A decision with its case and whoever made or asks it.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub decision: Decision,
    pub case: Case,
    pub said: Feedback,
    pub person: String,
    pub person_team: Option<i64>,
}

#[diesel::dsl::auto_type]
fn rows() -> _ {
    decisions::table
        .inner_join(cases::table.inner_join(feedback::table))
        .inner_join(people::table.on(people::id.eq(decisions::person_id)))
}

macro_rules! read_rows {
    ($rows:expr) => {
        $rows.select((Decision::as_select(), Case::as_select(), Feedback::as_select(), people::name, people::team_id))
    };
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Row> {
    read_rows!(rows().filter(decisions::id.eq(id))).first(c)
}

/// Everything somebody was asked and has not answered, oldest first.
pub fn asked(c: &mut Conn) -> QueryResult<Vec<Row>> {
    let open = rows().filter(decisions::status.eq(Status::Asked));
    read_rows!(open.order((decisions::at, decisions::id)).limit(MOST_LISTED)).load(c)
}

/// What somebody asked lately, newest first.
pub fn asked_by(c: &mut Conn, person_id: i64, most: i64) -> QueryResult<Vec<Row>> {
    // Spelled out, because those that were made are many, and the index on the status finds the others.
    let asked = decisions::status.eq(Status::Asked).or(decisions::status.eq(Status::Approved));
    let asked = asked.or(decisions::status.eq(Status::Declined));
    let theirs = rows().filter(asked).filter(decisions::person_id.eq(person_id));
    read_rows!(theirs.order((decisions::at.desc(), decisions::id.desc())).limit(most)).load(c)
}

/// What is asked about one case.
pub fn asked_about(c: &mut Conn, case_id: i64) -> QueryResult<Option<Row>> {
    let open = rows().filter(decisions::case_id.eq(case_id)).filter(decisions::status.eq(Status::Asked));
    read_rows!(open.order(decisions::id.desc())).first(c).optional()
}

/// Whatever was asked about a case is overtaken; returns whether anything was.
pub fn overtake(c: &mut Conn, case_id: i64, now: DateTime<Utc>) -> QueryResult<bool> {
    let open = decisions::table.filter(decisions::case_id.eq(case_id)).filter(decisions::status.eq(Status::Asked));
    let set = (decisions::status.eq(Status::Declined), decisions::decided_at.eq(Some(Ts::from(now))));
    Ok(diesel::update(open).set(set).execute(c)? > 0)
}

/// Answers what was asked; false if somebody has answered already.
pub fn answer(
    c: &mut Conn,
    id: i64,
    status: Status,
    by: i64,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let open = decisions::table.find(id).filter(decisions::status.eq(Status::Asked));
    let set = (
        decisions::status.eq(status),
        decisions::decided_by.eq(Some(by)),
        decisions::decided_at.eq(Some(Ts::from(now))),
        decisions::reason.eq(reason),
    );
    Ok(diesel::update(open).set(set).execute(c)? == 1)
}

/// The place of the last event of a case: how far whoever looks at it now has seen it.
pub fn last_event(c: &mut Conn, case_id: i64) -> QueryResult<i32> {
    let last: Option<i32> =
        journal::table.filter(journal::subject_id.eq(case_id)).select(max(journal::seq)).first(c)?;
    Ok(last.unwrap_or(0))
}

/// Whether somebody else or the originator did something on a case after that place. Holds the case until the transaction
/// ends, so that nothing comes in between.
pub fn has_moved_on(c: &mut Conn, case_id: i64, seen: i32, me: i64) -> QueryResult<bool> {
    let query = format!("select id from cases where id = $1{}", lock_row(c));
    diesel::sql_query(query).bind::<BigInt, _>(case_id).execute(c)?;
    let another = journal::actor.eq(Actor::Person).and(journal::actor_id.is_null().or(journal::actor_id.ne(me)));
    let since = journal::table
        .filter(journal::subject_id.eq(case_id).and(journal::seq.gt(seen)))
        .filter(journal::actor.eq(Actor::Originator).or(another.assume_not_null()));
    diesel::select(exists(since)).get_result(c)
}

/// The administrators who could be asked.
pub fn admins(c: &mut Conn) -> QueryResult<Vec<i64>> {
    people::table
        .filter(people::role.eq(crate::web::Role::Admin).and(people::disabled_at.is_null()))
        .order(people::id)
        .select(people::id)
        .load(c)
}
