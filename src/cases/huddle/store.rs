//! What the huddle reads. Everything starts from the journal's index of events by time, so it costs what happened since,
//! however many cases there are.

use crate::cases::model::Status;
use crate::cases::store::{Scope, visible};
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, feedback, journal, people, teams, topics};
use crate::db::types::Ts;
use crate::feedback::model::{Kind, Voice};
use crate::i18n::Lang;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// The most lines of one list: ten minutes are short.
const MOST: i64 = 50;
/// The most events looked at for what is said again and again.
const MOST_LOOKED_AT: i64 = 2_000;
/// From how many cases on something is said again and again.
const REPEATED: usize = 2;
/// The most topics offered for the backlog.
const MOST_TOPICS: usize = 5;

/// Whose huddle it is, and how far it looks back.
#[derive(Clone, Copy)]
pub struct Ask {
    pub scope: Scope,
    /// One team, with what nobody has taken; without one everything the viewer may see.
    pub team: Option<i64>,
    pub since: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

/// A case in one line.
#[derive(Clone, Debug, Queryable)]
pub struct Heard {
    pub id: i64,
    pub reference: String,
    pub title: String,
    pub voice: Voice,
    pub kind: Kind,
    pub status: Status,
    pub next_due: Option<Ts>,
    pub owner: Option<String>,
    pub nps: Option<i16>,
    pub csat: Option<i16>,
    pub ces: Option<i16>,
}

impl Heard {
    pub fn is_praise(&self) -> bool {
        self.kind == Kind::Praise
    }

    /// A complaint, a problem, or a score that says so: a detractor (0-6), CSAT 1-2, CES 1-3.
    pub fn is_negative(&self) -> bool {
        let low = |score: Option<i16>, most| score.is_some_and(|score| score <= most);
        matches!(self.kind, Kind::Complaint | Kind::Problem)
            || low(self.nps, 6)
            || low(self.csat, 2)
            || low(self.ces, 3)
    }
}

/// Somebody whom a person has to thank for.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Thanks {
    pub reference: String,
    pub title: String,
    pub owner: Option<String>,
}

// The cases of an event since a moment, in the viewer's sight; the columns differ from list to list.
macro_rules! happened {
    ($ask:expr, $which:expr) => {{
        let ask = $ask;
        let rows = journal::table
            .inner_join(cases::table.on(cases::id.eq(journal::subject_id)))
            .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
            .left_join(people::table.on(people::id.nullable().eq(cases::owner_id)))
            .filter($which)
            .filter(journal::at.ge(Ts::from(ask.since)))
            .filter(visible(ask.scope))
            .into_boxed();
        match ask.team {
            Some(team) => rows.filter(cases::team_id.eq(team).or(cases::team_id.is_null())),
            None => rows,
        }
    }};
}

/// What came in, newest first.
pub fn received(c: &mut Conn, ask: Ask) -> QueryResult<Vec<Heard>> {
    happened!(ask, journal::event.eq("received")).order(journal::at.desc()).limit(4 * MOST).select(line()).load(c)
}

/// Promises that broke, newest first; a case once.
pub fn breached(c: &mut Conn, ask: Ask) -> QueryResult<Vec<Heard>> {
    let missed = journal::event
        .eq("missed_first_response")
        .or(journal::event.eq("missed_next_response"))
        .or(journal::event.eq("missed_resolution"))
        .or(journal::event.eq("missed_tell_back"));
    let rows: Vec<Heard> = happened!(ask, missed).order(journal::at.desc()).limit(MOST).select(line()).load(c)?;
    let mut seen = HashSet::new();
    Ok(rows.into_iter().filter(|row| seen.insert(row.id)).collect())
}

/// Where somebody said that it helped.
pub fn thanked(c: &mut Conn, ask: Ask) -> QueryResult<Vec<Thanks>> {
    happened!(ask, journal::event.eq("confirmed"))
        .order(journal::at.desc())
        .limit(MOST)
        .select((feedback::reference, feedback::title, people::name.nullable()))
        .load(c)
}

#[diesel::dsl::auto_type]
fn line() -> _ {
    (
        cases::id,
        feedback::reference,
        feedback::title,
        feedback::voice,
        feedback::kind,
        cases::status,
        cases::next_due,
        people::name.nullable(),
        feedback::nps,
        feedback::csat,
        feedback::ces,
    )
}

/// A topic that several people speak of.
#[derive(Clone, Debug)]
pub struct Topic {
    names: (String, String),
    /// The references of its cases.
    pub cases: Vec<String>,
    /// How many different people stand behind them; everybody anonymous counts as one more.
    pub people: usize,
}

impl Topic {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.names.0,
            Lang::Ru => &self.names.1,
        }
    }
}

#[derive(Queryable)]
struct Said {
    topic_id: i64,
    names: (String, String),
    reference: String,
    person_id: Option<i64>,
}

/// Open cases on one topic that no change answers yet, most people first. What is kept apart stays out of the backlog.
pub fn repeated(c: &mut Conn, ask: Ask) -> QueryResult<Vec<Topic>> {
    let linked = change_cases::table.filter(change_cases::case_id.eq(cases::id));
    let rows: Vec<Said> = journal::table
        .inner_join(cases::table.on(cases::id.eq(journal::subject_id)))
        .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
        .inner_join(topics::table.on(topics::id.nullable().eq(cases::topic_id)))
        .filter(journal::event.eq("received").and(journal::at.ge(Ts::from(ask.since))))
        .filter(visible(ask.scope))
        .filter(cases::apart.eq(false).and(cases::status.ne(Status::Resolved)).and(cases::status.ne(Status::Closed)))
        .filter(feedback::kind.ne(Kind::Praise))
        .filter(diesel::dsl::not(diesel::dsl::exists(linked)))
        .order(journal::at.desc())
        .limit(MOST_LOOKED_AT)
        .select((topics::id, (topics::name_en, topics::name_ru), feedback::reference, feedback::person_id))
        .load(c)?;
    Ok(by_topic(rows))
}

fn by_topic(rows: Vec<Said>) -> Vec<Topic> {
    let mut topics: BTreeMap<i64, (Topic, HashSet<i64>)> = BTreeMap::new();
    for row in rows {
        let fresh = || (Topic { names: row.names, cases: Vec::new(), people: 0 }, HashSet::new());
        let (topic, known) = topics.entry(row.topic_id).or_insert_with(fresh);
        topic.cases.push(row.reference);
        topic.people += usize::from(row.person_id.is_none_or(|person| known.insert(person)));
    }
    let mut topics: Vec<Topic> =
        topics.into_values().map(|(topic, _)| topic).filter(|topic| topic.cases.len() >= REPEATED).collect();
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.people));
    topics.truncate(MOST_TOPICS);
    topics
}

/// The teams one can look at.
pub fn teams(c: &mut Conn) -> QueryResult<Vec<(i64, String)>> {
    teams::table.order((teams::name, teams::id)).select((teams::id, teams::name)).load(c)
}
