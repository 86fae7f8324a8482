//! Mails of a digest that somebody paused or stopped. A held mail is due a thousand years later than it was, so that it
//! is known when it would have left; that survives a process that dies halfway.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde_json::{Value, json};

use super::{Mail, Status};
use crate::db::Conn;
use crate::db::conn::MultiBackend;
use crate::db::dialect::{Holds, json_rows};
use crate::db::schema::{digest_editions, outbox};
use crate::db::types::{Doc, JsonDoc, Ts};

/// What the row of a mail says whose digest was stopped.
pub const STOPPED: &str = "the digest was stopped";
/// So much later a held mail is due.
const FAR: Duration = Duration::days(365_000);
/// Nothing that is not held is due so late.
const HELD: Duration = Duration::days(300_000);
/// Not on its way, and not gone.
const WAITING: [Status; 3] = [Status::Queued, Status::Retry, Status::Unknown];

impl Mail {
    pub(super) fn is_digest(&self) -> bool {
        self.template == "digest"
    }
}

/// When a mail that was due then is due while it is held.
pub fn held_from(due: DateTime<Utc>) -> DateTime<Utc> {
    due + FAR
}

/// What became of the digests among these that do not go on: paused, or stopped.
pub(super) fn halted(c: &mut Conn, mails: &[Mail]) -> QueryResult<Vec<(i64, bool)>> {
    let mut digests: Vec<i64> = mails.iter().filter(|mail| mail.is_digest()).map(|mail| mail.event_id).collect();
    digests.sort_unstable();
    digests.dedup();
    if digests.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String)> = digest_editions::table
        .filter(digest_editions::id.eq_any(digests))
        .filter(digest_editions::status.eq_any(["paused", "stopped"]))
        .select((digest_editions::id, digest_editions::status))
        .load(c)?;
    Ok(rows.into_iter().map(|(id, status)| (id, status == "stopped")).collect())
}

/// Takes mails back that are waiting to go; returns how many.
pub fn hold(c: &mut Conn, digest: i64, now: DateTime<Utc>, most: usize) -> QueryResult<usize> {
    let due = waiting(c, digest, most, outbox::next_at.lt(Ts::from(now + HELD)))?;
    put(c, due.into_iter().map(|(id, at)| (id, held_from(*at))))
}

/// Lets held mails go again, those whose hour has passed at once; returns how many.
pub fn let_go(c: &mut Conn, digest: i64, now: DateTime<Utc>, most: usize) -> QueryResult<usize> {
    let held = waiting(c, digest, most, outbox::next_at.ge(Ts::from(now + HELD)))?;
    put(c, held.into_iter().map(|(id, at)| (id, (*at - FAR).max(now))))
}

/// Ends mails that have not gone; returns how many.
pub fn end(c: &mut Conn, digest: i64, now: DateTime<Utc>, most: usize) -> QueryResult<usize> {
    let waiting = waiting(c, digest, most, outbox::next_at.le(Ts::from(now + FAR + FAR)))?;
    let ids: Vec<i64> = waiting.into_iter().map(|(id, _)| id).collect();
    let rows = outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::status.eq_any(WAITING));
    let set =
        (outbox::status.eq(Status::Suppressed), outbox::next_at.eq(Ts::from(now)), outbox::reply.eq(Some(STOPPED)));
    diesel::update(rows).set(set).execute(c)
}

/// Mails of a digest that have not gone, of those that are due then.
fn waiting<D>(c: &mut Conn, digest: i64, most: usize, due: D) -> QueryResult<Vec<(i64, Ts)>>
where
    D: BoxableExpression<outbox::table, MultiBackend, SqlType = Bool> + 'static,
{
    let due: Box<dyn BoxableExpression<outbox::table, MultiBackend, SqlType = Bool>> = Box::new(due);
    outbox::table
        // Said in full, because only so SQLite sees that the index of digests serves it.
        .filter(diesel::dsl::sql::<Bool>("outbox.template = 'digest'"))
        .filter(outbox::event_id.eq(digest).and(outbox::status.eq_any(WAITING)))
        .filter(due)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((outbox::id, outbox::next_at))
        .load(c)
}

/// Gives each of these mails its time, unless it left meanwhile.
fn put(c: &mut Conn, due: impl Iterator<Item = (i64, DateTime<Utc>)>) -> QueryResult<usize> {
    let rows: Vec<Value> = due.map(|(id, at)| json!({"mail": id, "due": at.timestamp_micros()})).collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let columns = [("mail", Holds::Number), ("due", Holds::Moment)];
    let update = format!(
        "update outbox set next_at = given.due from {} as given \
         where outbox.id = given.mail and outbox.status in ('queued', 'retry', 'unknown')",
        json_rows(c, "$1", &columns)
    );
    diesel::sql_query(update).bind::<JsonDoc, _>(Doc(Value::Array(rows))).execute(c)
}
