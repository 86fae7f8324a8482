//! The outbox: a mail is a row written in the transaction that causes it. Facts are frozen in `data`; words are made
//! when the mail is sent or looked at.
//!
//! `queued → leased → sent | retry | unknown | suppressed | failed`. A lease is a short transaction that counts the
//! attempt before it is made; nothing is sent inside a transaction; a row is finished only by whoever still holds its
//! lease. One event, one person, one mail: the key (person, template, event) is unique.

mod after;
mod back;
mod by_hand;
mod claim;
pub mod held;
mod lease;
mod many;
mod list;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::message;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::outbox;
use crate::db::types::{Doc, Ts};
use crate::i18n::Lang;
use crate::id;

pub use after::{MOST_ATTEMPTS, MOST_RENDERINGS};
pub use back::{Back, Try, finish, write_back};
pub use by_hand::{CANCELLED, cancel, retry};
pub use claim::{Claimed, DISABLED, UNDELIVERABLE, UNSUBSCRIBED, claim, release, release_stale};
pub use lease::{LEASE, Owner};
pub use list::{Filter, counts, find, tries};
pub use many::enqueue_all;

crate::text_enum! {
    /// Where a mail is on its way.
    pub enum Status {
        Queued = "queued",
        Leased = "leased",
        Sent = "sent",
        Retry = "retry",
        /// The connection was lost when the server may have had it already: tried once more, much later.
        Unknown = "unknown",
        Suppressed = "suppressed",
        Failed = "failed",
    }
}

/// A mail to be written.
#[derive(Clone, Debug)]
pub struct NewMail {
    pub person_id: i64,
    /// The folder under `templates/emails/`.
    pub template: &'static str,
    /// What caused it: nobody gets two mails from one event and template.
    pub event_id: i64,
    pub case_id: Option<i64>,
    pub lang: Lang,
    pub address: String,
    pub name: String,
    /// One of [`super::letters`].
    pub data: Value,
}

/// A mail in the outbox.
#[derive(Clone, Debug, Queryable, Selectable, QueryableByName)]
#[diesel(table_name = outbox)]
pub struct Mail {
    pub id: i64,
    /// The part before the @, which stays the same for every try.
    pub message_id: String,
    pub person_id: i64,
    pub template: String,
    pub event_id: i64,
    pub case_id: Option<i64>,
    pub lang: Lang,
    pub address: String,
    pub name: String,
    pub data: Doc,
    pub status: Status,
    pub attempts: i32,
    pub next_at: Ts,
    /// What the server said last.
    pub reply: Option<String>,
    pub sent_at: Option<Ts>,
    pub created_at: Ts,
}

/// Queues a mail; false if this person has it from this event already.
pub fn enqueue(c: &mut Conn, mail: &NewMail, now: DateTime<Utc>) -> QueryResult<bool> {
    enqueue_as(c, id::new_id(), mail, now)
}

/// The same with a key that the caller knows.
pub fn enqueue_as(c: &mut Conn, id: i64, mail: &NewMail, now: DateTime<Utc>) -> QueryResult<bool> {
    let row = (
        outbox::id.eq(id),
        outbox::message_id.eq(format!("ob-{id}")),
        outbox::person_id.eq(mail.person_id),
        outbox::template.eq(mail.template),
        outbox::event_id.eq(mail.event_id),
        outbox::case_id.eq(mail.case_id),
        outbox::lang.eq(mail.lang),
        outbox::address.eq(mail.address.replace('\0', "")),
        outbox::name.eq(message::one_line(&mail.name, message::LONGEST_NAME)),
        outbox::data.eq(Doc(without_nul(mail.data.clone()))),
        outbox::status.eq(Status::Queued),
        outbox::attempts.eq(0),
        outbox::next_at.eq(Ts::from(now)),
        outbox::created_at.eq(Ts::from(now)),
    );
    let insert = diesel::insert_into(outbox::table).values(row);
    let unique = (outbox::person_id, outbox::template, outbox::event_id);
    Portable(insert.on_conflict(unique).do_nothing()).execute(c).map(|rows| rows == 1)
}

/// PostgreSQL stores no NUL, and a mail must not undo the transaction that causes it.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) => text.replace('\0', "").into(),
        Value::Array(items) => items.into_iter().map(without_nul).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, without_nul(field))).collect(),
        other => other,
    }
}
