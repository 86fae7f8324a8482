//! What staff say about a change among themselves.

use super::store::Change;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{change_notes, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::By;
use crate::web::forms::clean;
use diesel::prelude::*;
use serde::Serialize;

const LONGEST: usize = 5000;
/// The newest that a page shows.
const SHOWN: i64 = 200;

/// Something that was said, and by whom.
#[derive(Clone, Debug, Serialize, Queryable)]
pub struct Note {
    pub author: Option<String>,
    pub body: String,
    pub at: Ts,
}

/// The discussion of a change, oldest first.
pub fn list(c: &mut Conn, change_id: i64) -> QueryResult<Vec<Note>> {
    let mut notes: Vec<Note> = change_notes::table
        .left_join(people::table)
        .filter(change_notes::change_id.eq(change_id))
        .order(change_notes::id.desc())
        .limit(SHOWN)
        .select((people::name.nullable(), change_notes::body, change_notes::at))
        .load(c)?;
    notes.reverse();
    Ok(notes)
}

/// Says something; also of a change that is over, for there is always something to learn.
pub fn say(c: &mut Conn, desk: &Desk, by: By, change: &Change, body: &str) -> Result<()> {
    let body = clean(body);
    if body.is_empty() {
        return Err(Error::field("note", "error-required"));
    }
    if body.chars().count() > LONGEST {
        return Err(Error::Invalid(vec![FieldError::new("note", "error-too-long").with("max", LONGEST)]));
    }
    let row = (
        change_notes::id.eq(id::new_id()),
        change_notes::change_id.eq(change.id),
        change_notes::author_id.eq(by.id),
        change_notes::body.eq(body),
        change_notes::at.eq(Ts::from(desk.now)),
    );
    diesel::insert_into(change_notes::table).values(row).execute(c)?;
    Ok(())
}
