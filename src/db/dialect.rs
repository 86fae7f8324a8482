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

/// What a column of [`json_rows`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Number,
    Text,
    Json,
    /// Carried as microseconds since 1970.
    Moment,
}

/// A list of JSON objects, bound as `bind`, as a table to select from: so one statement writes many rows, each its own
/// values.
pub fn json_rows(c: &Conn, bind: &str, columns: &[(&str, Holds)]) -> String {
    let each = |column: &dyn Fn(&str, Holds) -> String| {
        columns.iter().map(|(name, holds)| column(name, *holds)).collect::<Vec<_>>().join(", ")
    };
    match c {
        Conn::Pg(_) => {
            let read = each(&|name, holds| match holds {
                Holds::Moment => format!("timestamptz 'epoch' + {name} * interval '1 microsecond' as {name}"),
                _ => name.to_owned(),
            });
            let typed = each(&|name, holds| match holds {
                Holds::Number | Holds::Moment => format!("{name} bigint"),
                Holds::Text => format!("{name} text"),
                Holds::Json => format!("{name} jsonb"),
            });
            format!("(select {read} from jsonb_to_recordset({bind}) as r({typed}))")
        }
        Conn::Sqlite(_) => {
            let read = each(&|name, _| format!("json_extract(value, '$.{name}') as {name}"));
            // Read once: joined to a table, SQLite would read the whole list anew for every row of that.
            format!("(with given as materialized (select {read} from json_each({bind})) select * from given)")
        }
    }
}

/// The JSON list in `list` with `item`, a column that holds JSON, behind it. Of a list that is as long as it may be the
/// second goes: how it began is worth more.
pub fn appended(c: &Conn, list: &str, item: &str, most: usize) -> String {
    match c {
        Conn::Pg(_) => format!(
            "(case when jsonb_array_length({list}) < {most} then {list} else {list} - 1 end || jsonb_build_array({item}))"
        ),
        Conn::Sqlite(_) => format!(
            "json_insert(case when json_array_length({list}) < {most} then {list} else json_remove({list}, '$[1]') end, \
             '$[#]', json({item}))"
        ),
    }
}
