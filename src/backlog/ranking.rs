//! A place in the order that somebody gives a change whatever its score, with a reason; and saying that what a change is
//! scored by is still right.

use super::actions::record;
use super::inputs::{self, Input};
use super::store::{self, Change};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{change_inputs, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::journal::By;
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde_json::json;

/// The last place anybody can mean.
const LAST: i32 = 9999;
/// The longest reason, in characters.
const MAX_REASON: usize = 300;

/// Puts a change on a place of the order; `version` is the one that was seen.
pub fn rank(c: &mut Conn, desk: &Desk, by: By, reference: &str, version: i32, place: i32, reason: &str) -> Result<()> {
    let reason = clean_line(reason);
    let mut wrong = Vec::new();
    if !(1..=LAST).contains(&place) {
        wrong.push(FieldError::new("rank", "error-number-range").with("min", 1).with("max", LAST));
    }
    match reason.chars().count() {
        0 => wrong.push(FieldError::new("reason", "error-required")),
        n if n > MAX_REASON => wrong.push(FieldError::new("reason", "error-too-long").with("max", MAX_REASON)),
        _ => {}
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let data = json!({"rank": place, "reason": reason});
    set(c, desk, by, reference, version, (Some(place), Some(reason)), ("ranked", data))
}

/// Lets the score decide again.
pub fn unrank(c: &mut Conn, desk: &Desk, by: By, reference: &str, version: i32) -> Result<()> {
    set(c, desk, by, reference, version, (None, None), ("unranked", json!({})))
}

fn set(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    reference: &str,
    version: i32,
    (rank, reason): (Option<i32>, Option<String>),
    (event, data): (&str, serde_json::Value),
) -> Result<()> {
    let mut change = open(c, reference)?;
    if change.version != version {
        return Err(Error::Conflict("error-change-changed"));
    }
    (change.rank, change.rank_reason) = (rank, reason);
    store::save(c, &mut change, desk.now)?;
    record(c, desk, by, &change, event, data)
}

/// Somebody looked at everything a change is scored by, and found it still right.
pub fn confirm(c: &mut Conn, desk: &Desk, by: By, reference: &str) -> Result<()> {
    let change = open(c, reference)?;
    for input in Input::ALL.iter().copied().filter(|input| input.of(&change).is_some()) {
        inputs::set(c, change.id, input, by, desk.now)?;
    }
    record(c, desk, by, &change, "confirmed", json!({}))
}

fn open(c: &mut Conn, reference: &str) -> Result<Change> {
    let change = store::find(c, reference)?;
    change.must_take_evidence()?;
    Ok(change)
}

/// Who set the inputs of a change, and when.
pub fn set_by(c: &mut Conn, change_id: i64) -> QueryResult<Vec<(Input, Option<String>, Ts)>> {
    change_inputs::table
        .left_join(people::table.on(people::id.nullable().eq(change_inputs::set_by)))
        .filter(change_inputs::change_id.eq(change_id))
        .select((change_inputs::input, people::name.nullable(), change_inputs::set_at))
        .load(c)
}
