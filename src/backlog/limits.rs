//! How many changes may stand in a column of the board at once: what is begun is finished before more is begun.

use super::model::Status;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::board_limits;
use crate::error::{Error, FieldError, Result};
use diesel::prelude::*;
use std::collections::HashMap;

/// The columns of the board, in the order in which a change goes through them.
pub const COLUMNS: [Status; 5] =
    [Status::Proposed, Status::NeedsData, Status::Accepted, Status::InProgress, Status::Deferred];

/// The largest limit anybody may mean.
const MOST: i32 = 999;

/// The limits that are set.
pub fn all(c: &mut Conn) -> QueryResult<HashMap<Status, i32>> {
    let rows: Vec<(Status, i32)> = board_limits::table.select((board_limits::status, board_limits::most)).load(c)?;
    Ok(rows.into_iter().collect())
}

/// Sets the limit of every column; none for as many as there are.
pub fn set(c: &mut Conn, limits: &[(Status, Option<i32>)]) -> Result<()> {
    let range =
        |status: Status| FieldError::new(status.as_str(), "error-number-range").with("min", 1).with("max", MOST);
    let is_wrong = |most: Option<i32>| most.is_some_and(|most| !(1..=MOST).contains(&most));
    let wrong: Vec<FieldError> =
        limits.iter().filter(|(_, most)| is_wrong(*most)).map(|(status, _)| range(*status)).collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    for (status, most) in limits {
        let Some(most) = most else {
            diesel::delete(board_limits::table.find(status)).execute(c)?;
            continue;
        };
        let row = (board_limits::status.eq(*status), board_limits::most.eq(*most));
        let insert = diesel::insert_into(board_limits::table).values(row).on_conflict(board_limits::status);
        Portable(insert.do_update().set(board_limits::most.eq(*most))).execute(c)?;
    }
    Ok(())
}

/// The limit of one column, if it has one.
pub fn of(c: &mut Conn, status: Status) -> QueryResult<Option<i32>> {
    board_limits::table.find(status).select(board_limits::most).first(c).optional()
}
