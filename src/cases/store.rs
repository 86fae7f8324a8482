//! Rows of cases, their conversation and timeline.

use super::model::Case;
use super::timeline::MailLine;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{
    case_tags, cases, change_cases, changes, feedback, journal, messages, outbox, people, root_causes, teams, topics,
};
use crate::db::types::{Doc, Ts, UtcTime};
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::i18n::Lang;
use crate::journal::Actor;
use crate::mail::outbox::Status as MailStatus;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
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
/// every one. What is kept apart is for its team and owner alone; while it has neither, for admins, who find it one.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    team: i64,
    me: i64,
    /// Cases with a higher id are visible in any case: all of them, or none. Not those that are kept apart.
    above: i64,
    /// The same for cases kept apart that nobody has.
    strays_above: i64,
}

impl Scope {
    pub fn of(viewer: &Viewer) -> Result<Scope> {
        Scope::new(viewer.id, viewer.role, viewer.team_id).ok_or(Error::Forbidden)
    }

    /// What somebody of this role may see; none if they work on no cases.
    pub fn new(id: i64, role: Role, team_id: Option<i64>) -> Option<Scope> {
        let above = |least: Role| if role >= least { 0 } else { i64::MAX };
        let (above, strays_above) = (above(Role::Council), above(Role::Admin));
        // No team has the id 0.
        (role >= Role::Owner).then_some(Scope { team: team_id.unwrap_or(0), me: id, above, strays_above })
    }

    /// The viewer's team; 0 if they have none.
    pub fn team(&self) -> i64 {
        self.team
    }

    /// Whether every team's cases are in it, except those kept apart.
    pub fn sees_all(&self) -> bool {
        self.above == 0
    }

    /// The same rule as [`visible`], for a case at hand.
    pub fn covers(&self, case: &Case) -> bool {
        let theirs = case.team_id == Some(self.team) || case.owner_id == Some(self.me);
        let stray = case.team_id.is_none() && case.owner_id.is_none() && case.id > self.strays_above;
        theirs || if case.apart { stray } else { case.team_id.is_none() || case.id > self.above }
    }
}

/// As a condition on `cases`.
#[diesel::dsl::auto_type]
pub fn visible(scope: Scope) -> _ {
    let team: i64 = scope.team;
    let me: i64 = scope.me;
    let above: i64 = scope.above;
    let theirs = cases::team_id.eq(team).or(cases::owner_id.eq(me));
    let open_to_all = cases::apart.eq(false).and(cases::team_id.is_null().or(cases::id.gt(above)));
    let strays: i64 = scope.strays_above;
    let nobodys = cases::team_id.is_null().and(cases::owner_id.is_null()).and(cases::id.gt(strays));
    theirs.or(open_to_all.nullable()).or(cases::apart.eq(true).and(nobodys).nullable())
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

/// Stores what was changed in memory, unless somebody else was faster.
pub fn save(c: &mut Conn, case: &mut Case, now: DateTime<Utc>) -> Result<()> {
    let seen = case.version;
    case.version += 1;
    case.updated_at = now.into();
    let row = cases::table.find(case.id).filter(cases::version.eq(seen));
    match diesel::update(row).set(&*case).execute(c)? {
        1 => Ok(()),
        _ => Err(Error::Conflict("error-case-changed")),
    }
}

/// Cases the sweep has to look at, most urgent first. On PostgreSQL those another node holds are left to it.
pub fn alerted(c: &mut Conn, now: DateTime<Utc>, most: i64) -> QueryResult<Vec<(Case, Feedback)>> {
    let claim = format!(
        "select id from cases where alert_at <= $1 order by alert_at limit $2{}",
        crate::db::dialect::skip_locked(c)
    );
    let ids: Vec<Id> = diesel::sql_query(claim).bind::<UtcTime, _>(Ts::from(now)).bind::<BigInt, _>(most).load(c)?;
    let ids: Vec<i64> = ids.into_iter().map(|row| row.id).collect();
    cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(ids))
        .order((cases::alert_at, cases::id))
        .select((Case::as_select(), Feedback::as_select()))
        .load(c)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Stores what the sweep moved. It touches nothing a person does, so it does not count as a change of theirs, and only
/// the indexes of what it wrote are written.
pub fn save_swept(c: &mut Conn, case: &mut Case) -> Result<()> {
    let row = cases::table.find(case.id).filter(cases::version.eq(case.version));
    case.version += 1;
    let moved = diesel::update(row)
        .set((
            cases::version.eq(case.version),
            cases::clock.eq(&case.clock),
            cases::alert_at.eq(case.alert_at),
            cases::escalation.eq(case.escalation),
            cases::snoozed_until.eq(case.snoozed_until),
            cases::next_due.eq(case.next_due),
        ))
        .execute(c)?;
    if moved == 1 { Ok(()) } else { Err(Error::Conflict("error-case-changed")) }
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
    pub markdown: bool,
    /// Came by mail from somebody we cannot be sure of.
    pub unverified_from: Option<String>,
    pub quoted: Option<String>,
}

pub fn add_message(c: &mut Conn, message: &Message) -> QueryResult<()> {
    diesel::insert_into(messages::table).values(message).execute(c).map(|_| ())
}

/// One line of the timeline: an event, and what was written if it was a message.
#[derive(Clone, Debug, Queryable)]
pub struct TimelineRow {
    pub id: i64,
    /// Its place in the line of events.
    pub seq: i32,
    pub at: Ts,
    pub actor: Actor,
    pub actor_id: Option<i64>,
    pub actor_name: Option<String>,
    pub event: String,
    pub data: Doc,
    pub direction: Option<Direction>,
    pub body: Option<String>,
    pub markdown: Option<bool>,
    pub unverified_from: Option<String>,
    pub quoted: Option<String>,
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
            journal::seq,
            journal::at,
            journal::actor,
            journal::actor_id,
            people::name.nullable(),
            journal::event,
            journal::data,
            messages::direction.nullable(),
            messages::body.nullable(),
            messages::markdown.nullable(),
            messages::unverified_from.nullable(),
            messages::quoted.nullable(),
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

/// Somebody who works on cases.
#[derive(Clone, Debug, Queryable)]
pub struct Candidate {
    pub id: i64,
    pub name: String,
    pub team_id: Option<i64>,
    pub role: Role,
}

impl Candidate {
    /// Whether they may see a case that they do not have.
    pub fn may_see(&self, case: &Case) -> bool {
        Scope::new(self.id, self.role, self.team_id).is_some_and(|scope| scope.covers(case))
    }
}

/// Who may be given a case.
pub fn candidates(c: &mut Conn) -> QueryResult<Vec<Candidate>> {
    people::table
        // Spelled out: a statement with a list is prepared anew each time, and the index on roles serves both.
        .filter(people::role.eq(Role::Owner).or(people::role.eq(Role::Council)).or(people::role.eq(Role::Admin)))
        .filter(people::disabled_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name, people::team_id, people::role))
        .load(c)
}

pub fn candidate(c: &mut Conn, id: i64) -> QueryResult<Option<Candidate>> {
    Ok(candidates(c)?.into_iter().find(|person| person.id == id))
}

/// The tags of a case, in order.
pub fn tags(c: &mut Conn, case_id: i64) -> QueryResult<Vec<String>> {
    case_tags::table.filter(case_tags::case_id.eq(case_id)).order(case_tags::tag).select(case_tags::tag).load(c)
}

pub fn add_tag(c: &mut Conn, case_id: i64, tag: &str) -> QueryResult<()> {
    let row = (case_tags::case_id.eq(case_id), case_tags::tag.eq(tag));
    Portable(diesel::insert_into(case_tags::table).values(row).on_conflict_do_nothing()).execute(c).map(|_| ())
}

pub fn remove_tag(c: &mut Conn, case_id: i64, tag: &str) -> QueryResult<()> {
    diesel::delete(case_tags::table.find((tag, case_id))).execute(c).map(|_| ())
}

/// A topic's slug, and the segment of whoever wrote: what rules ask for beside the feedback itself.
pub fn topic_and_segment(
    c: &mut Conn,
    topic_id: Option<i64>,
    person_id: Option<i64>,
) -> QueryResult<(Option<String>, Option<String>)> {
    let topic = topic_id.map(|id| topics::table.find(id).select(topics::slug).first(c)).transpose()?;
    let segment = match person_id {
        Some(id) => people::table.find(id).select(people::segment).first(c)?,
        None => None,
    };
    Ok((topic, segment))
}

pub fn topic_is_offered(c: &mut Conn, id: i64) -> QueryResult<bool> {
    let offered = topics::table.filter(topics::id.eq(id).and(topics::archived_at.is_null()));
    diesel::select(diesel::dsl::exists(offered)).get_result(c)
}

pub fn root_cause_is_offered(c: &mut Conn, id: i64) -> QueryResult<bool> {
    let offered = root_causes::table.filter(root_causes::id.eq(id).and(root_causes::archived_at.is_null()));
    diesel::select(diesel::dsl::exists(offered)).get_result(c)
}

/// Why something went wrong, as administrators arrange it.
#[derive(Clone, Debug, Queryable)]
pub struct RootCause {
    pub id: i64,
    name_en: String,
    name_ru: String,
}

impl RootCause {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Ru => &self.name_ru,
        }
    }
}

/// The root causes on offer, in their order, and the one a case has.
pub fn root_causes(c: &mut Conn, current: Option<i64>) -> QueryResult<Vec<RootCause>> {
    root_causes::table
        .filter(root_causes::archived_at.is_null().or(root_causes::id.eq(current.unwrap_or(0))))
        .order((root_causes::position, root_causes::id))
        .select((root_causes::id, root_causes::name_en, root_causes::name_ru))
        .load(c)
}

pub fn person_name(c: &mut Conn, id: i64) -> QueryResult<String> {
    people::table.find(id).select(people::name).first(c)
}

/// Every team, by name.
pub fn team_names(c: &mut Conn) -> QueryResult<Vec<(i64, String)>> {
    teams::table.order((teams::name, teams::id)).select((teams::id, teams::name)).load(c)
}

pub fn team_name(c: &mut Conn, id: i64) -> QueryResult<String> {
    teams::table.find(id).select(teams::name).first(c)
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
        .filter(changes::merged_into.is_null().and(changes::archived_at.is_null()))
        .order(changes::id)
        .select((changes::reference, changes::title, changes::status))
        .load(c)
}

/// Changes that a case can still become evidence for.
pub fn open_changes(c: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    changes::table
        .filter(changes::status.ne_all(["shipped", "verified", "declined"]))
        .filter(changes::merged_into.is_null().and(changes::archived_at.is_null()))
        .order((changes::title, changes::id))
        .limit(500)
        .select((changes::reference, changes::title))
        .load(c)
}
