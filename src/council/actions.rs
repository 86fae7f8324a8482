//! What somebody promised at a meeting: until when, and whether it is done.

use crate::db::Conn;
use crate::db::schema::{council_actions, meetings};
use diesel::prelude::*;

/// How many promises of a council wait to be kept.
pub fn count_open(c: &mut Conn, council_id: i64) -> QueryResult<i64> {
    council_actions::table
        .inner_join(meetings::table.on(meetings::id.eq(council_actions::meeting_id)))
        .filter(meetings::council_id.eq(council_id).and(council_actions::done_at.is_null()))
        .count()
        .get_result(c)
}
