//! Append-only: who did what to which subject, and when. It feeds the timeline, the digest and the audit.

use crate::db::Conn;
use crate::db::schema::journal;
use crate::db::types::{Doc, Ts};
use crate::id;
use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::Value;

crate::text_enum! {
    /// Who acted.
    pub enum Actor {
        /// Somebody who is signed in; `actor_id` says who.
        Person = "person",
        /// Whoever gave the feedback, by link or code.
        Originator = "originator",
        System = "system",
        Import = "import",
    }
}

crate::text_enum! {
    /// What an event is about.
    pub enum Subject {
        Case = "case",
        Change = "change",
        Digest = "digest",
        Person = "person",
        Import = "import",
        /// What administrators decide about cases: calendars, policies, assignment.
        Rules = "rules",
        /// A council, or one of its meetings.
        Council = "council",
    }
}

/// Who acts, for actions: carries what the journal needs and nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    pub actor: Actor,
    pub id: Option<i64>,
}

impl By {
    pub const ORIGINATOR: By = By { actor: Actor::Originator, id: None };
    pub const SYSTEM: By = By { actor: Actor::System, id: None };
    pub const IMPORT: By = By { actor: Actor::Import, id: None };

    pub fn person(id: i64) -> By {
        By { actor: Actor::Person, id: Some(id) }
    }
}

/// One row of the journal.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
pub struct Event {
    pub id: i64,
    pub at: Ts,
    pub actor_id: Option<i64>,
    pub actor: Actor,
    pub subject: Subject,
    pub subject_id: i64,
    pub seq: i32,
    pub event: String,
    pub data: Doc,
}

impl Event {
    /// An event of an ordinary subject, first in its line; [`append`] finds the place of later ones.
    pub fn new(by: By, subject: Subject, subject_id: i64, event: &str, data: Value, now: DateTime<Utc>) -> Event {
        Event {
            id: id::new_id(),
            at: now.into(),
            actor_id: by.id,
            actor: by.actor,
            subject,
            subject_id,
            seq: 1,
            event: event.to_owned(),
            data: Doc(data),
        }
    }

    /// Nothing about an anonymous originator may tell when they acted: the key is random, the time kept to the day.
    pub fn timeless(mut self) -> Event {
        self.id = id::random_id();
        self.at = Ts(day_of(*self.at));
        self
    }
}

/// Midnight UTC of a moment's day.
pub fn day_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().and_time(chrono::NaiveTime::MIN).and_utc()
}

/// Writes an event behind those its subject already has; returns its id.
pub fn append(c: &mut Conn, mut event: Event) -> QueryResult<i64> {
    let last: Option<i32> =
        journal::table.filter(journal::subject_id.eq(event.subject_id)).select(max(journal::seq)).first(c)?;
    event.seq = last.unwrap_or(0) + 1;
    insert(c, &event)?;
    Ok(event.id)
}

/// Writes an event whose place is known.
pub fn insert(c: &mut Conn, event: &Event) -> QueryResult<()> {
    diesel::insert_into(journal::table).values(event).execute(c).map(|_| ())
}

/// The events of one subject, oldest first.
pub fn of(c: &mut Conn, subject_id: i64) -> QueryResult<Vec<Event>> {
    journal::table.filter(journal::subject_id.eq(subject_id)).order(journal::seq).select(Event::as_select()).load(c)
}
