//! What an administrator does to a mail.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::undeliverable;
use super::{Mail, Status, find};
use crate::db::Conn;
use crate::db::schema::outbox;
use crate::db::types::Ts;
use crate::error::{Error, Result};

/// What the row of a cancelled mail says.
pub const CANCELLED: &str = "cancelled";

impl Mail {
    /// Whether it can be tried once more.
    pub fn can_be_retried(&self) -> bool {
        matches!(self.status, Status::Failed | Status::Suppressed | Status::Unknown)
    }

    /// Whether it can still be held back.
    pub fn can_be_cancelled(&self) -> bool {
        matches!(self.status, Status::Queued | Status::Retry | Status::Unknown)
    }
}

/// Tries a mail once more, from the start. Whoever asks for it knows better than what came back from the address: that
/// is forgotten. What the reader decided is not: it is looked at again when the mail is taken.
pub fn retry(c: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<()> {
    let mail = find(c, id)?;
    if !mail.can_be_retried() {
        return Err(Error::Conflict("error-mail-moved-on"));
    }
    undeliverable::lift(c, &mail.address)?;
    let row = outbox::table.filter(outbox::id.eq(id).and(outbox::status.eq(mail.status)));
    let again = (
        outbox::status.eq(Status::Queued),
        outbox::attempts.eq(0),
        outbox::next_at.eq(Ts::from(now)),
        outbox::reply.eq(None::<String>),
    );
    moved(diesel::update(row).set(again).execute(c)?)
}

/// Holds a mail back that has not gone out. One that is being sent cannot be stopped.
pub fn cancel(c: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<()> {
    let mail = find(c, id)?;
    if !mail.can_be_cancelled() {
        return Err(Error::Conflict("error-mail-moved-on"));
    }
    let row = outbox::table.filter(outbox::id.eq(id).and(outbox::status.eq(mail.status)));
    let held =
        (outbox::status.eq(Status::Suppressed), outbox::next_at.eq(Ts::from(now)), outbox::reply.eq(Some(CANCELLED)));
    moved(diesel::update(row).set(held).execute(c)?)
}

/// The drain may have taken it between the look and the change.
fn moved(rows: usize) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::Conflict("error-mail-moved-on")) }
}
