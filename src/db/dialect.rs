//! What the connection over both databases cannot say by itself.

use super::Conn;
use super::conn::MultiBackend;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// Any query that is valid for both databases but not for the enum over them, such as `ON CONFLICT`.
pub struct Portable<Q>(pub Q);

impl<Q> QueryFragment<MultiBackend> for Portable<Q>
where
    Q: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}
impl<Q: Query> Query for Portable<Q> {
    type SqlType = Q::SqlType;
}
impl<Q> RunQueryDsl<Conn> for Portable<Q> {}
impl<Q: QueryId> QueryId for Portable<Q> {
    type QueryId = Portable<Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

/// Runs the same Diesel expression against whichever connection it is; for batch inserts.
#[macro_export]
macro_rules! on_db {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Pg($c) => $body,
            $crate::db::Conn::Sqlite($c) => $body,
        }
    };
}

/// Appended to a sub-select that claims rows: on PostgreSQL rows claimed by another node are skipped, on SQLite there
/// is only one writer at a time.
pub fn skip_locked(c: &Conn) -> &'static str {
    match c {
        Conn::Pg(_) => " for update skip locked",
        Conn::Sqlite(_) => "",
    }
}

/// Appended to a select by key inside a write: the row stays as it is until the transaction ends.
pub fn lock_row(c: &Conn) -> &'static str {
    match c {
        Conn::Pg(_) => " for update",
        Conn::Sqlite(_) => "",
    }
}
