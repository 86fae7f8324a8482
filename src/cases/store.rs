//! Rows of cases, their conversation and timeline.

use super::model::{Case, Status};
use super::timeline::MailLine;
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, feedback, journal, messages, outbox, people, teams};
use crate::db::types::{Doc, Ts};
use crate::error::Result;
use crate::feedback::store::Feedback;
use crate::journal::Actor;
use crate::mail::outbox::Status as MailStatus;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

crate::text_enum! {
    pub enum Direction {
        /// From the originator.
        Inbound = "inbound",
        /// To the originator.
        Outbound = "outbound",
        /// Among staff.
        Note = "note",
    }
}

/// The cases somebody may see: owners those of their team, their own and those no team has taken; council and admins
/// every one.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    team: i64,
    me: i64,
    /// Cases with a higher id are visible in any case: all of them, or none.
    above: i64,
}

impl Scope {
    pub fn of(viewer: &Viewer) -> Result<Scope> {
        viewer.require(Role::Owner)?;
        let above = if viewer.role >= Role::Council { 0 } else { i64::MAX };
        // No team has the id 0.
        Ok(Scope { team: viewer.team_id.unwrap_or(0), me: viewer.id, above })
    }

    /// The same rule as [`visible`], for a case at hand.
    pub fn covers(&self, case: &Case) -> bool {
        let team = case.team_id.is_none_or(|team| team == self.team);
        team || case.owner_id == Some(self.me) || case.id > self.above
    }
}

/// As a condition on `cases`.
#[diesel::dsl::auto_type]
pub fn visible(scope: Scope) -> _ {
    let team: i64 = scope.team;
    let me: i64 = scope.me;
    let above: i64 = scope.above;
    cases::team_id.is_null().or(cases::team_id.eq(team)).or(cases::owner_id.eq(me)).or(cases::id.gt(above))
}

/// A case with its feedback, if the viewer may see it. Found by its reference first: as a condition of the query the
/// scope would lead SQLite to walk every index it names.
pub fn find(c: &mut Conn, scope: Scope, reference: &str) -> QueryResult<(Case, Feedback)> {
    let found: (Case, Feedback) = cases::table
        .inner_join(feedback::table)
        .filter(feedback::reference.eq(reference))
        .select((Case::as_select(), Feedback::as_select()))
        .first(c)?;
    if scope.covers(&found.0) { Ok(found) } else { Err(diesel::result::Error::NotFound) }
}

/// A case with its feedback by id, for whoever holds its link or code, and for the system.
pub fn by_id(c: &mut Conn, id: i64) -> QueryResult<(Case, Feedback)> {
    cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq(id))
        .select((Case::as_select(), Feedback::as_select()))
        .first(c)
}

/// Those who said "me too" to a case, with their own words.
pub fn joined(c: &mut Conn, primary_id: i64) -> QueryResult<Vec<(Case, Feedback)>> {
    cases::table
        .inner_join(feedback::table)
        .filter(cases::primary_id.eq(primary_id))
        .select((Case::as_select(), Feedback::as_select()))
        .order(cases::id)
        .load(c)
}

/// The references of those who said "me too" to a case.
pub fn joined_references(c: &mut Conn, primary_id: i64) -> QueryResult<Vec<String>> {
    cases::table
        .inner_join(feedback::table)
        .filter(cases::primary_id.eq(primary_id))
        .select(feedback::reference)
        .order(cases::id)
        .load(c)
}

/// Stores what was changed in memory, unless somebody else was faster.
pub fn save(c: &mut Conn, case: &mut Case, now: DateTime<Utc>) -> Result<()> {
    let seen = case.version;
    case.version += 1;
    case.next_due = case.due().map(Ts::from);
    case.updated_at = now.into();
    let row = cases::table.find(case.id).filter(cases::version.eq(seen));
    match diesel::update(row).set(&*case).execute(c)? {
        1 => Ok(()),
        _ => Err(crate::error::Error::Conflict("error-case-changed")),
    }
}

/// One message of the conversation; its id is that of its journal event.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    pub id: i64,
    pub case_id: i64,
    pub direction: Direction,
    pub author_id: Option<i64>,
    pub body: String,
    pub at: Ts,
}

pub fn add_message(c: &mut Conn, message: &Message) -> QueryResult<()> {
    diesel::insert_into(messages::table).values(message).execute(c).map(|_| ())
}

/// One line of the timeline: an event, and what was written if it was a message.
#[derive(Clone, Debug, Queryable)]
pub struct TimelineRow {
    pub id: i64,
    pub at: Ts,
    pub actor: Actor,
    pub actor_name: Option<String>,
    pub event: String,
    pub data: Doc,
    pub direction: Option<Direction>,
    pub body: Option<String>,
}

/// Everything that happened to a case, oldest first.
pub fn timeline(c: &mut Conn, case_id: i64) -> QueryResult<Vec<TimelineRow>> {
    journal::table
        .left_join(people::table.on(people::id.nullable().eq(journal::actor_id)))
        .left_join(messages::table.on(messages::id.eq(journal::id)))
        .filter(journal::subject_id.eq(case_id))
        .order(journal::seq)
        .select((
            journal::id,
            journal::at,
            journal::actor,
            people::name.nullable(),
            journal::event,
            journal::data,
            messages::direction.nullable(),
            messages::body.nullable(),
        ))
        .load(c)
}

/// The mails about a case, newest first.
pub fn mails(c: &mut Conn, case_id: i64) -> QueryResult<Vec<MailLine>> {
    let rows: Vec<(String, MailStatus, Ts, Option<String>)> = outbox::table
        .filter(outbox::case_id.eq(case_id))
        .order(outbox::id.desc())
        .limit(50)
        .select((outbox::template, outbox::status, outbox::created_at, outbox::reply))
        .load(c)?;
    Ok(rows.into_iter().map(|(template, status, at, reply)| MailLine { template, status, at: *at, reply }).collect())
}

/// Somebody who can own a case.
#[derive(Clone, Debug, Queryable)]
pub struct Candidate {
    pub id: i64,
    pub name: String,
    pub team_id: Option<i64>,
}

/// Who may be given a case.
pub fn candidates(c: &mut Conn) -> QueryResult<Vec<Candidate>> {
    people::table
        // Spelled out: a statement with a list is prepared anew each time, and the index on roles serves both.
        .filter(people::role.eq(Role::Owner).or(people::role.eq(Role::Council)).or(people::role.eq(Role::Admin)))
        .filter(people::disabled_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name, people::team_id))
        .load(c)
}

pub fn candidate(c: &mut Conn, id: i64) -> QueryResult<Option<Candidate>> {
    Ok(candidates(c)?.into_iter().find(|person| person.id == id))
}

pub fn person_name(c: &mut Conn, id: i64) -> QueryResult<String> {
    people::table.find(id).select(people::name).first(c)
}

pub fn team_name(c: &mut Conn, id: i64) -> QueryResult<String> {
    teams::table.find(id).select(teams::name).first(c)
}

/// Other feedback of the same person.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct HistoryRow {
    pub reference: String,
    pub title: String,
    pub status: Status,
    pub received_at: Ts,
}

/// What else this person told us, newest first.
pub fn history(c: &mut Conn, person_id: i64, except: i64, scope: Scope) -> QueryResult<Vec<HistoryRow>> {
    cases::table
        .inner_join(feedback::table)
        .filter(feedback::person_id.eq(person_id))
        .filter(cases::id.ne(except))
        .filter(visible(scope))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .limit(10)
        .select((feedback::reference, feedback::title, cases::status, feedback::received_at))
        .load(c)
}

// The backlog is built on cases, not the reverse; a case page only reads which changes it belongs to.

/// A change this case is evidence for.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct LinkedChange {
    pub reference: String,
    pub title: String,
    pub status: String,
}

pub fn changes_of(c: &mut Conn, case_id: i64) -> QueryResult<Vec<LinkedChange>> {
    changes::table
        .inner_join(change_cases::table)
        .filter(change_cases::case_id.eq(case_id))
        .order(changes::id)
        .select((changes::reference, changes::title, changes::status))
        .load(c)
}

/// Changes that a case can still become evidence for.
pub fn open_changes(c: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    changes::table
        .filter(changes::status.ne("shipped").and(changes::status.ne("declined")))
        .order((changes::title, changes::id))
        .limit(500)
        .select((changes::reference, changes::title))
        .load(c)
}
