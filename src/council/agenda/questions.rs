//! What people want to know about an item before the meeting.

use super::super::calendar::touch;
use super::super::councils::note;
use super::super::model::Stage;
use super::super::store::Meeting;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{agenda_items, agenda_questions, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::By;
use crate::web::forms::clean;
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;

/// The longest question.
pub const MAX_QUESTION: usize = 1_000;

/// One question, with the name of who asks.
#[derive(Clone, Debug, Queryable, serde::Serialize)]
pub struct Question {
    #[serde(skip)]
    pub item_id: i64,
    pub text: String,
    pub person: String,
    pub asked_at: Ts,
}

/// The questions of a meeting by item, oldest first.
pub fn of_meeting(c: &mut Conn, meeting_id: i64) -> QueryResult<HashMap<i64, Vec<Question>>> {
    let rows: Vec<Question> = agenda_questions::table
        .inner_join(agenda_items::table.on(agenda_items::id.eq(agenda_questions::item_id)))
        .inner_join(people::table.on(people::id.eq(agenda_questions::person_id)))
        .filter(agenda_items::meeting_id.eq(meeting_id))
        .order(agenda_questions::id)
        .select((agenda_questions::item_id, agenda_questions::text, people::name, agenda_questions::asked_at))
        .load(c)?;
    let mut by_item: HashMap<i64, Vec<Question>> = HashMap::new();
    for row in rows {
        by_item.entry(row.item_id).or_default().push(row);
    }
    Ok(by_item)
}

/// Asks about an item; while the meeting is not over, a frozen agenda still takes questions.
pub fn ask(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting, item_id: i64, typed: &str) -> Result<()> {
    if !matches!(meeting.status, Stage::Planned | Stage::Running) {
        return Err(Error::Conflict("error-meeting-over"));
    }
    let text = clean(typed);
    match text.chars().count() {
        0 => return Err(Error::field("text", "error-required")),
        n if n > MAX_QUESTION => {
            return Err(Error::Invalid(vec![FieldError::new("text", "error-too-long").with("max", MAX_QUESTION)]));
        }
        _ => {}
    }
    let item = super::item(c, meeting.id, item_id)?;
    let person = by.id.ok_or(Error::Forbidden)?;
    diesel::insert_into(agenda_questions::table)
        .values((
            agenda_questions::id.eq(id::new_id()),
            agenda_questions::item_id.eq(item.id),
            agenda_questions::person_id.eq(person),
            agenda_questions::text.eq(text),
            agenda_questions::asked_at.eq(Ts::from(desk.now)),
        ))
        .execute(c)?;
    note(c, desk, by, meeting.id, "question_asked", json!({"title": item.title}))?;
    touch(c, meeting.id)?;
    Ok(())
}
