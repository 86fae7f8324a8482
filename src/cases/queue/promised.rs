//! What the viewer promised at a council, above their cases: it is work like any other.

use crate::db::Conn;
use crate::db::schema::{changes, council_actions};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::{Value, json};

/// So many stand above the queue; the council's own page has all of them.
const MOST: i64 = 10;

/// One promise that is not kept yet.
#[derive(Clone, Debug, Queryable)]
pub struct Promised {
    id: i64,
    text: String,
    due_on: NaiveDate,
    /// The reference of the change it is about.
    change: Option<String>,
}

/// What somebody has promised, the oldest date first.
pub fn of(c: &mut Conn, person_id: i64) -> QueryResult<Vec<Promised>> {
    council_actions::table
        .left_join(changes::table.on(changes::id.nullable().eq(council_actions::change_id)))
        .filter(council_actions::owner_id.eq(person_id).and(council_actions::done_at.is_null()))
        .order((council_actions::due_on, council_actions::id))
        .limit(MOST)
        .select((council_actions::id, council_actions::text, council_actions::due_on, changes::reference.nullable()))
        .load(c)
}

/// The same as the page shows it.
pub fn context(rows: &[Promised], zone: Tz, now: DateTime<Utc>) -> Value {
    let today = now.with_timezone(&zone).date_naive();
    rows.iter()
        .map(|row| {
            json!({
                "id": row.id.to_string(),
                "text": row.text,
                "due_on": row.due_on,
                "late": row.due_on < today,
                "change": row.change,
            })
        })
        .collect()
}
