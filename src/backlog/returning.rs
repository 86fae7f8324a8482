//! What was deferred comes back by itself, on the day that was named.

use super::model::Status;
use super::moves::{Step, advance};
use super::store::{self, Change, active};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::changes;
use crate::error::Result;
use crate::journal::By;
use diesel::prelude::*;

/// Brings back the changes whose day has come, at most `most`; says how many it were.
pub fn sweep(c: &mut Conn, desk: &Desk, most: i64) -> Result<usize> {
    let due: Vec<Change> = changes::table
        .filter(changes::status.eq(Status::Deferred).and(changes::back_on.le(desk.today())))
        .filter(active())
        .order((changes::back_on, changes::id))
        .limit(most)
        .select(Change::as_select())
        .load(c)?;
    let found = due.len();
    for mut change in due {
        advance(c, desk, By::SYSTEM, &mut change, Step::to(Status::Proposed))?;
    }
    Ok(found)
}

/// Proposals that were deferred once and have come back, for the council to look at; the longest waiting first.
pub fn came_back(c: &mut Conn) -> QueryResult<Vec<Change>> {
    changes::table
        .filter(changes::status.eq(Status::Proposed).and(changes::back_on.is_not_null()))
        .filter(store::active())
        .order((changes::status_at, changes::id))
        .select(Change::as_select())
        .load(c)
}
