//! What an agenda could hold, each kind by its own query.

use super::super::model::Kind;
use super::super::store::{Council, Meeting};
use crate::backlog::articles;
use crate::backlog::model::Status;
use crate::backlog::score::{Inputs, Method, order};
use crate::backlog::weights;
use crate::config::Weights;
use crate::db::Conn;
use crate::db::schema::{change_reach, changes, council_actions, journal, meetings};
use crate::db::types::Ts;
use crate::journal::Subject as JournalSubject;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;

/// The most items of one kind besides the top of the backlog: a council is no audit.
const MOST: i64 = 8;
/// The most changes that a time box could hold.
const MOST_CHANGES: usize = 40;
/// What counts as "since last time" where there was no last time.
const FIRST_LOOK_BACK: Duration = Duration::days(31);
/// An accepted change that has not moved for so long stands still.
const STILL: Duration = Duration::days(30);

/// Something to talk about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub kind: Kind,
    pub subject: Subject,
    pub title: String,
    pub minutes: i32,
    pub quick_fix: bool,
}

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Action(i64),
    Change(i64),
}

type Row = (i64, String, bool);

/// Everything, in the order of an agenda; a change comes once, where it comes first.
pub fn all(
    c: &mut Conn,
    council: &Council,
    meeting: &Meeting,
    day: NaiveDate,
    weights: Weights,
) -> QueryResult<Vec<Candidate>> {
    let mut found = actions(c, council.id)?;
    let since = last_time(c, council.id, *meeting.starts_at)?;
    let mut take = |kind: Kind, rows: Vec<Row>| {
        for (id, title, quick_fix) in rows {
            let subject = Subject::Change(id);
            if !found.iter().any(|other| other.subject == subject) {
                found.push(Candidate { kind, subject, title, minutes: minutes(kind, quick_fix), quick_fix });
            }
        }
    };
    take(Kind::Promise, broken(c, day)?);
    take(Kind::Promise, stale_articles(c, day)?);
    take(Kind::Shipped, shipped(c, since)?);
    take(Kind::Returned, returned(c, day, since)?);
    take(Kind::Stalled, stalled(c, *meeting.starts_at)?);
    take(Kind::Change, top(c, weights)?);
    Ok(found)
}

/// How long an item usually takes.
pub fn minutes(kind: Kind, quick_fix: bool) -> i32 {
    match kind {
        Kind::Action => 2,
        Kind::Promise | Kind::Shipped | Kind::Stalled => 3,
        Kind::Returned | Kind::Topic => 5,
        Kind::Change if quick_fix => 5,
        Kind::Change => 8,
    }
}

/// When the council last met before this meeting.
fn last_time(c: &mut Conn, council_id: i64, before: DateTime<Utc>) -> QueryResult<DateTime<Utc>> {
    let last: Option<Ts> = meetings::table
        .filter(meetings::council_id.eq(council_id).and(meetings::started_at.is_not_null()))
        .filter(meetings::starts_at.lt(Ts::from(before)))
        .order(meetings::starts_at.desc())
        .select(meetings::starts_at)
        .first(c)
        .optional()?;
    Ok(last.map_or(before - FIRST_LOOK_BACK, |last| *last))
}

/// What was promised at this council's meetings and is not done, the oldest date first.
fn actions(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<(i64, String)> = council_actions::table
        .inner_join(meetings::table.on(meetings::id.eq(council_actions::meeting_id)))
        .filter(meetings::council_id.eq(council_id).and(council_actions::done_at.is_null()))
        .order((council_actions::due_on, council_actions::id))
        .limit(2 * MOST)
        .select((council_actions::id, council_actions::text))
        .load(c)?;
    let action = |(id, title)| Candidate {
        kind: Kind::Action,
        subject: Subject::Action(id),
        title,
        minutes: minutes(Kind::Action, false),
        quick_fix: false,
    };
    Ok(rows.into_iter().map(action).collect())
}

// Changes that still stand for themselves: neither archived nor merged into another.
macro_rules! standing {
    ($which:expr) => {
        changes::table.filter(changes::archived_at.is_null().and(changes::merged_into.is_null())).filter($which)
    };
}

/// Being made, and the date people were promised has passed.
fn broken(c: &mut Conn, day: NaiveDate) -> QueryResult<Vec<Row>> {
    let being_made = changes::status.eq(Status::Accepted).or(changes::status.eq(Status::InProgress));
    standing!(being_made.and(changes::target_on.lt(day)))
        .order((changes::target_on, changes::id))
        .limit(MOST)
        .select((changes::id, changes::title, changes::quick_fix))
        .load(c)
}

/// Articles nobody kept fresh, or that do not help.
fn stale_articles(c: &mut Conn, day: NaiveDate) -> QueryResult<Vec<Row>> {
    let broken = articles::broken(c, day)?.into_iter().take(MOST as usize);
    Ok(broken.map(|change| (change.id, change.title, change.quick_fix)).collect())
}

/// Shipped since last time.
fn shipped(c: &mut Conn, since: DateTime<Utc>) -> QueryResult<Vec<Row>> {
    let done = changes::status.eq("shipped").or(changes::status.eq("verified"));
    standing!(done.and(changes::status_at.gt(Ts::from(since))))
        .order((changes::status_at, changes::id))
        .limit(MOST)
        .select((changes::id, changes::title, changes::quick_fix))
        .load(c)
}

/// Deferred until then, or back in the backlog by itself since last time.
fn returned(c: &mut Conn, day: NaiveDate, since: DateTime<Utc>) -> QueryResult<Vec<Row>> {
    let back: Vec<i64> = journal::table
        .filter(journal::event.eq("returned").and(journal::subject.eq(JournalSubject::Change)))
        .filter(journal::at.gt(Ts::from(since)))
        .select(journal::subject_id)
        .load(c)?;
    let due = changes::status.eq("deferred").and(changes::back_on.le(day));
    let again = changes::status.eq(Status::Proposed).and(changes::id.eq_any(back));
    standing!(due.assume_not_null().or(again))
        .order((changes::back_on, changes::id))
        .limit(MOST)
        .select((changes::id, changes::title, changes::quick_fix))
        .load(c)
}

/// Accepted, and nothing has happened since.
fn stalled(c: &mut Conn, at: DateTime<Utc>) -> QueryResult<Vec<Row>> {
    let still = Ts::from(at - STILL);
    standing!(changes::status.eq(Status::Accepted).and(changes::status_at.lt(still)).and(changes::updated_at.lt(still)))
        .order((changes::status_at, changes::id))
        .limit(MOST)
        .select((changes::id, changes::title, changes::quick_fix))
        .load(c)
}

#[derive(Queryable)]
struct Scored {
    row: Row,
    impact: (i16, i16),
    confidence: f64,
    effort: f64,
    rank: Option<i32>,
    people: Option<i32>,
}

impl Scored {
    fn total(&self, weights: Weights) -> Option<f64> {
        let inputs = Inputs {
            reach: self.people.unwrap_or(0).into(),
            ex: self.impact.0,
            cx: self.impact.1,
            effort: self.effort,
            confidence: self.confidence,
            impact: None,
            delay_cost: None,
        };
        inputs.total(Method::Priority, weights)
    }
}

/// The top of the backlog, in the order in which the backlog itself shows it.
fn top(c: &mut Conn, settings: Weights) -> QueryResult<Vec<Row>> {
    let weights = weights::in_use(c, settings)?;
    let undecided = changes::status.eq("proposed").or(changes::status.eq("needs_data"));
    let rows: Vec<Scored> = standing!(undecided)
        .left_join(change_reach::table)
        .order((changes::created_at.desc(), changes::id.desc()))
        .select((
            (changes::id, changes::title, changes::quick_fix),
            (changes::ex, changes::cx),
            changes::confidence,
            changes::effort,
            changes::rank,
            change_reach::people.nullable(),
        ))
        .load(c)?;
    let scores: Vec<(Option<i32>, Option<f64>)> = rows.iter().map(|row| (row.rank, row.total(weights))).collect();
    let order = order(&scores).into_iter().take(MOST_CHANGES);
    Ok(order.filter_map(|at| rows.get(at)).map(|row| row.row.clone()).collect())
}
