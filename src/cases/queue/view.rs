//! The views of the queue: their conditions, a page of their rows and their counts; one index walk each.

use crate::cases::badge::{Urgency, urgency};
use crate::cases::model::Status;
use crate::cases::store::{Scope, visible};
use crate::db::Conn;
use crate::db::schema::{cases, feedback, people};
use crate::db::types::Ts;
use crate::feedback::model::{Kind, Voice};
use crate::web::paging::Cursor;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

crate::text_enum! {
    /// A saved view of the queue.
    pub enum View {
        Mine = "mine",
        Unassigned = "unassigned",
        DueToday = "today",
        Overdue = "overdue",
        Waiting = "waiting",
        /// Told, and no word yet on whether it helped.
        NoAnswer = "no_answer",
        Open = "open",
    }
}

impl View {
    /// Views without a running deadline show who has waited longest; the others what is due first.
    fn by_deadline(self) -> bool {
        !matches!(self, View::Waiting | View::NoAnswer)
    }
}

/// What a view is made of at this moment, for this viewer.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub scope: Scope,
    pub view: View,
    pub me: i64,
    pub now: DateTime<Utc>,
    /// Where today ends in the house's time zone.
    pub day_end: DateTime<Utc>,
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
    pub next_due: Option<Ts>,
    pub updated_at: Ts,
    pub received_at: Ts,
    pub owner_id: Option<i64>,
    pub owner: Option<String>,
    pub anonymous: bool,
    pub reopened: i32,
}

impl Row {
    /// Its place in the order of the view.
    pub fn place(&self, view: View) -> Cursor {
        let at = if view.by_deadline() { self.next_due.unwrap_or(self.updated_at) } else { self.updated_at };
        Cursor { at: *at, id: self.id }
    }

    /// Whether its deadline is near or gone.
    pub fn urgency(&self, now: DateTime<Utc>) -> Urgency {
        urgency(self.status, self.next_due.map(|due| *due), now)
    }
}

// The joins and conditions of a view, once for its rows and once for its count: Diesel's boxed queries have
// different types for the two.
macro_rules! in_view {
    ($rows:expr, $ask:expr) => {{
        let ask = $ask;
        let rows = $rows.filter(visible(ask.scope));
        match ask.view {
            View::Mine => rows.filter(cases::owner_id.eq(ask.me)).filter(cases::next_due.is_not_null()),
            View::Unassigned => rows.filter(cases::owner_id.is_null()).filter(cases::next_due.is_not_null()),
            View::DueToday => {
                rows.filter(cases::next_due.ge(Ts::from(ask.now))).filter(cases::next_due.lt(Ts::from(ask.day_end)))
            }
            View::Overdue => rows.filter(cases::next_due.lt(Ts::from(ask.now))),
            View::Waiting => rows.filter(cases::status.eq(Status::Waiting)),
            View::NoAnswer => rows.filter(cases::status.eq(Status::Closed)).filter(cases::helped.is_null()),
            View::Open => rows.filter(cases::next_due.is_not_null()),
        }
    }};
}

/// A page of a view, starting behind the cursor.
pub fn list(c: &mut Conn, ask: Ask, after: Option<Cursor>, limit: i64) -> QueryResult<Vec<Row>> {
    let rows = cases::table
        .inner_join(feedback::table)
        .left_join(people::table.on(people::id.nullable().eq(cases::owner_id)))
        .select((
            cases::id,
            feedback::reference,
            feedback::title,
            feedback::voice,
            feedback::kind,
            feedback::channel,
            cases::status,
            cases::next_due,
            cases::updated_at,
            feedback::received_at,
            cases::owner_id,
            people::name.nullable(),
            feedback::anonymous,
            cases::reopened,
        ))
        .limit(limit)
        .into_boxed();
    let rows = in_view!(rows, ask);
    let rows = match (ask.view.by_deadline(), after.map(|place| (Ts::from(place.at), place.id))) {
        (true, Some((at, id))) => {
            rows.filter(cases::next_due.ge(at)).filter(cases::next_due.gt(at).or(cases::id.gt(id)))
        }
        (false, Some((at, id))) => {
            rows.filter(cases::updated_at.ge(at)).filter(cases::updated_at.gt(at).or(cases::id.gt(id)))
        }
        (_, None) => rows,
    };
    if ask.view.by_deadline() {
        rows.order((cases::next_due, cases::id)).load(c)
    } else {
        rows.order((cases::updated_at, cases::id)).load(c)
    }
}

/// Counting further would cost more than it tells: beyond this a view says "99+".
pub const MOST_COUNTED: i64 = 100;

/// How many cases each view holds, up to [`MOST_COUNTED`].
pub fn counts(c: &mut Conn, ask: Ask) -> QueryResult<Vec<(View, usize)>> {
    View::ALL
        .iter()
        .map(|view| {
            let rows = cases::table.select(cases::id).limit(MOST_COUNTED).into_boxed();
            let ids: Vec<i64> = in_view!(rows, Ask { view: *view, ..ask }).load(c)?;
            Ok((*view, ids.len()))
        })
        .collect()
}
