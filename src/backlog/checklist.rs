//! The steps of a change, ticked off one by one.

use super::actions::record;
use super::store::Change;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{change_steps, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::By;
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde_json::json;

/// More steps than a change that one person oversees.
const MOST: i64 = 100;
const LONGEST: usize = 200;

/// One step, and who did it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Step {
    pub id: i64,
    pub text: String,
    pub done_at: Option<Ts>,
    pub done_by: Option<String>,
}

/// The steps of a change in their order.
pub fn list(c: &mut Conn, change_id: i64) -> QueryResult<Vec<Step>> {
    change_steps::table
        .left_join(people::table.on(people::id.nullable().eq(change_steps::done_by)))
        .filter(change_steps::change_id.eq(change_id))
        .order((change_steps::position, change_steps::id))
        .select((change_steps::id, change_steps::text, change_steps::done_at, people::name.nullable()))
        .load(c)
}

/// Puts a step at the end.
pub fn add(c: &mut Conn, change: &Change, text: &str) -> Result<()> {
    change.must_be_active()?;
    let text = clean_line(text);
    if text.is_empty() {
        return Err(Error::field("step", "error-required"));
    }
    if text.chars().count() > LONGEST {
        return Err(Error::Invalid(vec![FieldError::new("step", "error-too-long").with("max", LONGEST)]));
    }
    let of_change = change_steps::table.filter(change_steps::change_id.eq(change.id));
    if of_change.count().get_result::<i64>(c)? >= MOST {
        return Err(Error::field("step", "error-too-many-steps"));
    }
    let last: Option<i32> = of_change.select(diesel::dsl::max(change_steps::position)).first(c)?;
    insert(c, change.id, last.unwrap_or(0) + 1, &text)?;
    Ok(())
}

fn insert(c: &mut Conn, change_id: i64, position: i32, text: &str) -> QueryResult<()> {
    let row = (
        change_steps::id.eq(id::new_id()),
        change_steps::change_id.eq(change_id),
        change_steps::position.eq(position),
        change_steps::text.eq(text),
    );
    diesel::insert_into(change_steps::table).values(row).execute(c).map(|_| ())
}

/// Ticks a step off, or takes the tick back; the first to do it is the one who did it.
pub fn tick(c: &mut Conn, desk: &Desk, by: By, change: &Change, step_id: i64, done: bool) -> Result<()> {
    change.must_be_active()?;
    let step = change_steps::table.filter(change_steps::id.eq(step_id).and(change_steps::change_id.eq(change.id)));
    let (text, was): (String, Option<Ts>) = step.select((change_steps::text, change_steps::done_at)).first(c)?;
    if was.is_some() == done {
        return Ok(());
    }
    let (at, who) = if done { (Some(Ts::from(desk.now)), by.id) } else { (None, None) };
    diesel::update(step).set((change_steps::done_at.eq(at), change_steps::done_by.eq(who))).execute(c)?;
    record(c, desk, by, change, if done { "step_done" } else { "step_undone" }, json!({"what": text}))
}

/// Takes a step off the list; nothing that is done is forgotten: the journal keeps it.
pub fn remove(c: &mut Conn, change: &Change, step_id: i64) -> Result<()> {
    change.must_be_active()?;
    let step = change_steps::table.filter(change_steps::id.eq(step_id).and(change_steps::change_id.eq(change.id)));
    diesel::delete(step).execute(c)?;
    Ok(())
}

/// Gives another change the same steps, none of them done.
pub(super) fn copy(c: &mut Conn, from: i64, to: i64) -> QueryResult<()> {
    for (place, step) in (1..).zip(list(c, from)?) {
        insert(c, to, place, &step.text)?;
    }
    Ok(())
}
