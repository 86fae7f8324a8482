//! One process at a time queues the mails of an edition. A lease that ran out, or whose process is gone, is free.

use crate::db::Conn;
use crate::db::schema::digest_editions as rows;
use crate::db::types::{Doc, Ts};
use crate::digest::editions::{self, Edition};
use crate::digest::model::Standing;
use crate::mail::outbox::Owner;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde_json::Value;

/// Much longer than a batch takes.
pub const LEASE: Duration = Duration::seconds(60);

/// How far a batch got.
#[derive(Clone, Debug)]
pub struct Reached {
    pub last: i64,
    pub recipients: i64,
    pub skips: Value,
}

/// The edition, to go on with; none where it is not being sent, or another process is at it.
pub fn take(c: &mut Conn, id: i64, owner: &Owner, now: DateTime<Utc>) -> QueryResult<Option<Edition>> {
    let edition = editions::find(c, id)?;
    if edition.status != Standing::Sending || is_held(&edition, owner, now) {
        return Ok(None);
    }
    // Only from whoever held it when we looked.
    let row = rows::table.find(id).filter(rows::status.eq(Standing::Sending));
    let set = (rows::runner.eq(Some(owner.to_string())), rows::runner_until.eq(Some(Ts::from(now + LEASE))));
    let taken = match &edition.runner {
        Some(runner) => diesel::update(row.filter(rows::runner.eq(runner.clone()))).set(set).execute(c)?,
        None => diesel::update(row.filter(rows::runner.is_null())).set(set).execute(c)?,
    };
    if taken == 1 { editions::find(c, id).map(Some) } else { Ok(None) }
}

fn is_held(edition: &Edition, owner: &Owner, now: DateTime<Utc>) -> bool {
    let lives = |runner: &String| *runner != owner.to_string() && !owner.outlived(runner);
    // A clock that was set back must not hold it for longer than a lease lasts.
    let until = |until: Ts| *until > now && *until <= now + LEASE;
    edition.runner.as_ref().is_some_and(lives) && edition.runner_until.is_some_and(until)
}

/// Whether the edition is still ours at this place. Until the transaction ends it stays so.
pub fn keep(c: &mut Conn, edition: &Edition, owner: &Owner, now: DateTime<Utc>) -> QueryResult<bool> {
    let ours = rows::table
        .find(edition.id)
        .filter(rows::status.eq(Standing::Sending))
        .filter(rows::runner.eq(owner.to_string()));
    let set = rows::runner_until.eq(Some(Ts::from(now + LEASE)));
    let kept = match edition.cursor_id {
        Some(cursor) => diesel::update(ours.filter(rows::cursor_id.eq(cursor))).set(set).execute(c)?,
        None => diesel::update(ours.filter(rows::cursor_id.is_null())).set(set).execute(c)?,
    };
    Ok(kept == 1)
}

/// Writes down how far we are.
pub fn reach(c: &mut Conn, id: i64, reached: &Reached) -> QueryResult<()> {
    let set = (
        rows::cursor_id.eq(Some(reached.last)),
        rows::recipients.eq(reached.recipients),
        rows::skips.eq(Doc(reached.skips.clone())),
    );
    diesel::update(rows::table.find(id)).set(set).execute(c).map(|_| ())
}

/// Everybody was gone through.
pub fn end(c: &mut Conn, id: i64, status: Standing, why: Option<&str>, now: DateTime<Utc>) -> QueryResult<()> {
    let set = (
        rows::status.eq(status),
        rows::why.eq(why),
        rows::queued_at.eq(Some(Ts::from(now)).filter(|_| status == Standing::Sent)),
        rows::runner.eq(None::<String>),
        rows::runner_until.eq(None::<Ts>),
        rows::version.eq(rows::version + 1),
    );
    diesel::update(rows::table.find(id)).set(set).execute(c).map(|_| ())
}

/// Gives back what this process holds, so that another goes on at once.
pub fn release(c: &mut Conn, owner: &Owner) -> QueryResult<usize> {
    let ours = rows::table.filter(rows::status.eq(Standing::Sending)).filter(rows::runner.eq(owner.to_string()));
    diesel::update(ours).set((rows::runner.eq(None::<String>), rows::runner_until.eq(None::<Ts>))).execute(c)
}
