//! The views of the queue: which cases each holds, and the rows that are shown of them.

use super::filter::{Filter, never};
use crate::cases::badge::Deadline;
use crate::cases::model::{Severity, Status};
use crate::cases::store::{Scope, visible};
use crate::db::Conn;
use crate::db::conn::MultiBackend;
use crate::db::schema::{case_tags, cases, feedback, people};
use crate::db::types::Ts;
use crate::error::Result;
use crate::feedback::model::{Kind, Voice};
use crate::web::viewer::Viewer;
use chrono::{DateTime, Duration, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashMap;

crate::text_enum! {
    /// A view of the queue.
    pub enum View {
        Mine = "mine",
        Team = "team",
        Unassigned = "unassigned",
        DueToday = "today",
        Overdue = "overdue",
        Escalated = "escalated",
        Waiting = "waiting",
        Snoozed = "snoozed",
        /// Told, and no word yet on whether it helped.
        NoAnswer = "no_answer",
        Open = "open",
    }
}

/// What a view is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// What is due first.
    Due,
    /// What has lain longest.
    Updated,
    /// What wakes first.
    Wakes,
}

impl View {
    pub fn key(self) -> Key {
        match self {
            View::Waiting | View::NoAnswer => Key::Updated,
            View::Snoozed => Key::Wakes,
            _ => Key::Due,
        }
    }
}

/// What is asked of the queue at this moment, by this viewer.
#[derive(Clone, Debug)]
pub struct Ask {
    pub scope: Scope,
    pub me: i64,
    /// The viewer's team.
    pub team: Option<i64>,
    pub view: View,
    pub filter: Filter,
    pub now: DateTime<Utc>,
    /// Where today ends in the house's time zone.
    pub day_end: DateTime<Utc>,
}

impl Ask {
    pub fn of(viewer: &Viewer, view: View, filter: Filter, now: DateTime<Utc>, zone: Tz) -> Result<Ask> {
        let scope = Scope::of(viewer)?;
        let team = viewer.team_id;
        Ok(Ask { scope, me: viewer.id, team, view, filter, now, day_end: day_end(now, zone) })
    }

    /// The same viewer and moment, another view.
    pub fn with(&self, view: View, filter: Filter) -> Ask {
        Ask { view, filter, ..self.clone() }
    }
}

/// Midnight after `now`, where the house is.
pub fn day_end(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let tomorrow = now.with_timezone(&zone).date_naive() + Duration::days(1);
    zone.from_local_datetime(&tomorrow.and_time(NaiveTime::MIN))
        .earliest()
        .map_or(now + Duration::days(1), |at| at.with_timezone(&Utc))
}

/// Cases that are being looked for, with whatever is selected of them.
pub type Cases<ST> = cases::BoxedQuery<'static, MultiBackend, ST>;

/// What an index answers of a view: the stretch of it that is walked.
pub fn on_index<ST: 'static>(ask: &Ask, rows: Cases<ST>) -> Cases<ST> {
    match ask.view {
        View::Mine | View::Team | View::Unassigned | View::Open => rows.filter(cases::next_due.is_not_null()),
        View::DueToday => {
            rows.filter(cases::next_due.ge(Ts::from(ask.now))).filter(cases::next_due.lt(Ts::from(ask.day_end)))
        }
        View::Overdue => rows.filter(cases::next_due.lt(Ts::from(ask.now))),
        // Spelled out: the index is on this very condition.
        View::Escalated => rows.filter(cases::next_due.is_not_null()).filter(sql::<Bool>("cases.escalation > 0")),
        View::Waiting => rows.filter(cases::status.eq(Status::Waiting)),
        View::Snoozed => rows.filter(cases::snoozed_until.is_not_null()),
        View::NoAnswer => rows.filter(cases::status.eq(Status::Closed)),
    }
}

/// The rest of what makes a view: who may see it, what narrows it, and that merged cases stand in none.
pub fn in_view<ST: 'static>(ask: &Ask, rows: Cases<ST>) -> Cases<ST> {
    let rows = rows.filter(visible(ask.scope).or(never())).filter(cases::primary_id.is_null().or(never()));
    let rows = match ask.view {
        View::Mine => rows.filter(cases::owner_id.eq(ask.me).or(never())),
        // No team has the id 0.
        View::Team => rows.filter(cases::team_id.eq(ask.team.unwrap_or(0)).or(never())),
        View::Unassigned => rows.filter(cases::owner_id.is_null().or(never())),
        View::NoAnswer => rows.filter(cases::helped.is_null().or(never())),
        _ => rows,
    };
    ask.filter.narrow(ask.me, rows)
}

/// One line of the queue.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub id: i64,
    pub reference: String,
    pub title: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    pub status: Status,
    pub severity: Severity,
    pub version: i32,
    pub next_due: Option<Ts>,
    pub snoozed_until: Option<Ts>,
    pub escalation: i32,
    pub updated_at: Ts,
    pub received_at: Ts,
    pub owner_id: Option<i64>,
    pub owner: Option<String>,
    pub anonymous: bool,
    pub reopened: i32,
}

impl Row {
    pub fn deadline(&self) -> Deadline {
        Deadline {
            status: self.status,
            due: self.next_due.map(|due| *due),
            snoozed_until: self.snoozed_until.map(|until| *until),
        }
    }
}

/// The rows of these cases, in the order of the ids.
pub fn rows(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<Row>> {
    let found: Vec<Row> = cases::table
        .inner_join(feedback::table)
        .left_join(people::table.on(people::id.nullable().eq(cases::owner_id)))
        .filter(cases::id.eq_any(ids))
        .select((
            cases::id,
            feedback::reference,
            feedback::title,
            feedback::voice,
            feedback::kind,
            feedback::channel,
            cases::status,
            cases::severity,
            cases::version,
            cases::next_due,
            cases::snoozed_until,
            cases::escalation,
            cases::updated_at,
            feedback::received_at,
            cases::owner_id,
            people::name.nullable(),
            feedback::anonymous,
            cases::reopened,
        ))
        .load(c)?;
    let mut found: HashMap<i64, Row> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The tags of these cases, each in alphabetical order.
pub fn tags(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, Vec<String>>> {
    let found: Vec<(i64, String)> = case_tags::table
        .filter(case_tags::case_id.eq_any(ids))
        .order((case_tags::case_id, case_tags::tag))
        .select((case_tags::case_id, case_tags::tag))
        .load(c)?;
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, tag) in found {
        tags.entry(id).or_default().push(tag);
    }
    Ok(tags)
}
