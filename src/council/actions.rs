//! What somebody promised at a meeting: it stands in their queue, they are reminded, and the next meeting begins with it.

use super::councils::note;
use super::mail;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{changes, council_actions, councils, meetings, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::addressee;
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::mail::letters::{self, ActionItem};
use crate::people::absence::colleague;
use crate::web::forms::clean_line;
use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// The longest promise.
pub const MAX_TEXT: usize = 300;
/// So many days before its date a promise is brought to mind.
const BEFORE: Duration = Duration::days(2);
/// What is overdue is brought to mind as often.
const AGAIN: Duration = Duration::days(7);

/// A promise as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = council_actions)]
pub struct Action {
    pub id: i64,
    pub meeting_id: i64,
    pub item_id: Option<i64>,
    pub change_id: Option<i64>,
    pub text: String,
    pub owner_id: i64,
    pub due_on: NaiveDate,
    pub done_at: Option<Ts>,
    pub done_note: Option<String>,
    pub reminded_at: Option<Ts>,
    pub created_by: Option<i64>,
    pub created_at: Ts,
}

/// A promise with the names a list needs.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    pub action: Action,
    pub owner: String,
    pub council_id: i64,
    pub council: String,
    /// The reference of the change it is about.
    pub change: Option<String>,
}

/// What is to be promised.
#[derive(Clone, Debug)]
pub struct Promise {
    pub meeting_id: i64,
    pub item_id: Option<i64>,
    pub change_id: Option<i64>,
    pub text: String,
    pub owner_id: i64,
    pub due_on: NaiveDate,
}

/// Writes down who promised what, and until when.
pub fn promise(c: &mut Conn, desk: &Desk, by: By, promise: Promise) -> Result<Action> {
    let text = clean_line(&promise.text);
    match text.chars().count() {
        0 => return Err(Error::field("text", "error-required")),
        n if n > MAX_TEXT => {
            return Err(Error::Invalid(vec![FieldError::new("text", "error-too-long").with("max", MAX_TEXT)]));
        }
        _ => {}
    }
    if !colleague(c, promise.owner_id)?.is_some_and(|owner| owner.works()) {
        return Err(Error::field("owner", "error-choice"));
    }
    let action = Action {
        id: id::new_id(),
        meeting_id: promise.meeting_id,
        item_id: promise.item_id,
        change_id: promise.change_id,
        text,
        owner_id: promise.owner_id,
        due_on: promise.due_on,
        done_at: None,
        done_note: None,
        reminded_at: None,
        created_by: by.id,
        created_at: desk.now.into(),
    };
    diesel::insert_into(council_actions::table).values(&action).execute(c)?;
    note(
        c,
        desk,
        by,
        action.id,
        "action_promised",
        json!({"text": action.text, "owner": action.owner_id.to_string()}),
    )?;
    Ok(action)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Action> {
    council_actions::table.find(id).select(Action::as_select()).first(c)
}

/// Done, with a word on what came of it where there is one. Done twice it is done once.
pub fn finish(c: &mut Conn, desk: &Desk, by: By, id: i64, typed: &str) -> Result<()> {
    let text = clean_line(typed);
    if text.chars().count() > MAX_TEXT {
        return Err(Error::Invalid(vec![FieldError::new("note", "error-too-long").with("max", MAX_TEXT)]));
    }
    let open = council_actions::table.find(id).filter(council_actions::done_at.is_null());
    let done = (
        council_actions::done_at.eq(Some(Ts::from(desk.now))),
        council_actions::done_note.eq(Some(text.clone()).filter(|text| !text.is_empty())),
    );
    if diesel::update(open).set(done).execute(c)? == 1 {
        note(c, desk, by, id, "action_done", json!({"note": text}))?;
    }
    Ok(())
}

/// Not done after all.
pub fn reopen(c: &mut Conn, desk: &Desk, by: By, id: i64) -> Result<()> {
    let done = council_actions::table.find(id).filter(council_actions::done_at.is_not_null());
    let open = (council_actions::done_at.eq(None::<Ts>), council_actions::done_note.eq(None::<String>));
    if diesel::update(done).set(open).execute(c)? == 1 {
        note(c, desk, by, id, "action_reopened", json!({}))?;
    }
    Ok(())
}

// Promises with their names; the conditions differ.
macro_rules! listed {
    ($which:expr) => {
        council_actions::table
            .inner_join(meetings::table.on(meetings::id.eq(council_actions::meeting_id)))
            .inner_join(councils::table.on(councils::id.eq(meetings::council_id)))
            .inner_join(people::table.on(people::id.eq(council_actions::owner_id)))
            .left_join(changes::table.on(changes::id.nullable().eq(council_actions::change_id)))
            .filter($which)
            .select((Action::as_select(), people::name, councils::id, councils::name, changes::reference.nullable()))
    };
}

/// What waits to be done of a council, the oldest date first.
pub fn open(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Listed>> {
    listed!(meetings::council_id.eq(council_id).and(council_actions::done_at.is_null()))
        .order((council_actions::due_on, council_actions::id))
        .load(c)
}

/// What was done last.
pub fn done(c: &mut Conn, council_id: i64, most: i64) -> QueryResult<Vec<Listed>> {
    listed!(meetings::council_id.eq(council_id).and(council_actions::done_at.is_not_null()))
        .order((council_actions::done_at.desc(), council_actions::id))
        .limit(most)
        .load(c)
}

/// How many promises of a council wait to be kept.
pub fn count_open(c: &mut Conn, council_id: i64) -> QueryResult<i64> {
    council_actions::table
        .inner_join(meetings::table.on(meetings::id.eq(council_actions::meeting_id)))
        .filter(meetings::council_id.eq(council_id).and(council_actions::done_at.is_null()))
        .count()
        .get_result(c)
}

/// Brings promises to their owners' minds: before their day, and every week when it has passed. Returns how many mails.
pub fn remind(c: &mut Conn, desk: &Desk, zone: Tz) -> Result<usize> {
    let today = desk.now.with_timezone(&zone).date_naive();
    let soon = council_actions::reminded_at.is_null().and(council_actions::due_on.le(today + BEFORE));
    let again = council_actions::due_on.lt(today).and(council_actions::reminded_at.le(Ts::from(desk.now - AGAIN)));
    // Reminded before its day: once more when that has passed.
    let passed = council_actions::due_on
        .eq(today - Duration::days(1))
        .and(council_actions::reminded_at.lt(Ts::from(desk.now - Duration::days(1))));
    let rows: Vec<Listed> = listed!(council_actions::done_at.is_null())
        .filter(soon.or(again.assume_not_null()).or(passed.assume_not_null()))
        .order((council_actions::due_on, council_actions::id))
        .load(c)?;
    let mut by_reader: BTreeMap<(i64, bool), Vec<Listed>> = BTreeMap::new();
    for row in rows {
        if claim(c, &row.action, desk)? {
            by_reader.entry((row.action.owner_id, row.action.due_on < today)).or_default().push(row);
        }
    }
    for ((owner, late), rows) in &by_reader {
        send(c, desk, *owner, *late, rows)?;
    }
    Ok(by_reader.len())
}

/// Of two nodes one gets to remind.
fn claim(c: &mut Conn, action: &Action, desk: &Desk) -> QueryResult<bool> {
    let seen = council_actions::table.find(action.id);
    let now = council_actions::reminded_at.eq(Some(Ts::from(desk.now)));
    let rows = match action.reminded_at {
        None => diesel::update(seen.filter(council_actions::reminded_at.is_null())).set(now).execute(c)?,
        Some(at) => diesel::update(seen.filter(council_actions::reminded_at.eq(at))).set(now).execute(c)?,
    };
    Ok(rows == 1)
}

fn send(c: &mut Conn, desk: &Desk, owner: i64, late: bool, rows: &[Listed]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let item = |row: &Listed| ActionItem {
        title: row.action.text.clone(),
        ends_on: row.action.due_on,
        council: row.council.clone(),
    };
    let letter = letters::Action {
        why: if late { "late" } else { "soon" }.into(),
        items: rows.iter().map(item).collect(),
        url: desk.url("/cases"),
    };
    let said = json!({"actions": rows.len(), "late": late});
    let event = Event::new(By::SYSTEM, Subject::Council, first.action.id, "action_reminded", said, desk.now);
    let event_id = journal::append(c, event)?;
    let person = addressee(c, owner)?;
    mail::queue(c, event_id, person, "action", &letter, desk.now)
}
