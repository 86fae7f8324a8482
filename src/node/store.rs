//! Table `nodes`: one row for each process.

use super::{GONE, State, host_of};
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::nodes;
use crate::db::types::{Doc, Ts};
use crate::mail::outbox::Owner;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// After so long nobody wants to know any more that there was a node.
const FORGOTTEN: Duration = Duration::hours(1);

/// A process that has been seen.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = nodes)]
pub struct Seen {
    pub id: String,
    pub host: String,
    pub version: String,
    pub started_at: Ts,
    pub seen_at: Ts,
    state: Doc,
}

impl Seen {
    /// What it said; a newer or older version may say it in other words.
    pub fn state(&self) -> State {
        serde_json::from_value(self.state.0.clone()).unwrap_or_else(|e| {
            tracing::warn!(node = self.id, error = %e, "another version of this program says things we do not understand");
            State::default()
        })
    }

    pub fn is_gone(&self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not make everybody immortal.
        (now - *self.seen_at).abs() > GONE
    }
}

/// Says that a node is there and how it is.
pub fn beat(
    c: &mut Conn,
    id: &str,
    started_at: DateTime<Utc>,
    state: &State,
    now: DateTime<Utc>,
) -> diesel::QueryResult<()> {
    let state = Doc(serde_json::to_value(state).map_err(|e| diesel::result::Error::SerializationError(e.into()))?);
    let row = (
        nodes::id.eq(id),
        nodes::host.eq(host_of(id)),
        nodes::version.eq(env!("CARGO_PKG_VERSION")),
        nodes::started_at.eq(Ts::from(started_at)),
        nodes::seen_at.eq(Ts::from(now)),
        nodes::state.eq(state.clone()),
    );
    let insert = diesel::insert_into(nodes::table).values(row).on_conflict(nodes::id);
    let update = insert.do_update().set((nodes::seen_at.eq(Ts::from(now)), nodes::state.eq(state)));
    Portable(update).execute(c).map(|_| ())
}

/// A node that ends well takes its row along.
pub fn leave(c: &mut Conn, id: &str) -> QueryResult<()> {
    diesel::delete(nodes::table.find(id)).execute(c).map(|_| ())
}

/// At start: forgets processes of this machine that were killed; this one has come in their place.
pub fn succeed(c: &mut Conn, owner: &Owner) -> QueryResult<()> {
    let ids: Vec<String> = nodes::table.select(nodes::id).load(c)?;
    let dead: Vec<String> = ids.into_iter().filter(|id| owner.outlived(id)).collect();
    diesel::delete(nodes::table.filter(nodes::id.eq_any(dead))).execute(c).map(|_| ())
}

/// Forgets nodes that were killed, and those whose clock was far ahead.
pub fn tidy(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<()> {
    let gone = nodes::seen_at.lt(Ts::from(now - FORGOTTEN)).or(nodes::seen_at.gt(Ts::from(now + FORGOTTEN)));
    diesel::delete(nodes::table.filter(gone)).execute(c).map(|_| ())
}

/// Every node, the longest-running first.
pub fn all(c: &mut Conn) -> QueryResult<Vec<Seen>> {
    nodes::table.select(Seen::as_select()).order((nodes::started_at, nodes::id)).load(c)
}

/// Whether this node still says that it is there.
pub fn is_alive(c: &mut Conn, id: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let seen = nodes::table.find(id).select(Seen::as_select()).first(c).optional()?;
    Ok(seen.is_some_and(|seen| !seen.is_gone(now)))
}
