//! Lists that only machines ask for.

use crate::backlog;
use crate::backlog::store::Change;
use crate::cases::model::Status;
use crate::cases::queue::{self, Row};
use crate::cases::store::{Scope, visible};
use crate::db::Conn;
use crate::db::schema::{cases, changes, feedback};
use crate::db::types::Ts;
use crate::web::paging::Cursor;
use diesel::prelude::*;

/// The cases in one status, those that have been in it longest first; each walk is over an index.
pub fn cases_in(
    c: &mut Conn,
    scope: Scope,
    status: Status,
    owner: Option<i64>,
    after: Option<Cursor>,
    limit: i64,
) -> QueryResult<Vec<Row>> {
    let mut rows = cases::table
        .filter(visible(scope))
        .filter(cases::status.eq(status))
        .select(cases::id)
        .order((cases::updated_at, cases::id))
        .limit(limit)
        .into_boxed();
    if let Some(owner) = owner {
        rows = rows.filter(cases::owner_id.eq(owner));
    }
    if let Some(Cursor { at, id }) = after {
        let at = Ts::from(at);
        rows = rows.filter(cases::updated_at.ge(at)).filter(cases::updated_at.gt(at).or(cases::id.gt(id)));
    }
    let ids: Vec<i64> = rows.load(c)?;
    queue::rows(c, &ids)
}

/// Changes, newest first.
pub fn changes(
    c: &mut Conn,
    status: Option<backlog::model::Status>,
    after: Option<Cursor>,
    limit: i64,
) -> QueryResult<Vec<Change>> {
    let mut rows = changes::table
        .select(Change::as_select())
        .order((changes::created_at.desc(), changes::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(status) = status {
        rows = rows.filter(changes::status.eq(status));
    }
    if let Some(Cursor { at, id }) = after {
        let at = Ts::from(at);
        rows = rows.filter(changes::created_at.le(at)).filter(changes::created_at.lt(at).or(changes::id.lt(id)));
    }
    rows.load(c)
}

/// How the feedback with this id is called.
pub fn reference(c: &mut Conn, id: i64) -> QueryResult<String> {
    feedback::table.find(id).select(feedback::reference).first(c)
}
