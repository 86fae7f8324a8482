//! What becomes of a note: better words, its way out, or nothing.

use super::store::{self, Note, Status, Whole};
use crate::backlog::model::Status as ChangeStatus;
use crate::cases::actions::Desk;
use crate::cases::store::person_name;
use crate::db::Conn;
use crate::digest::model::quote;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, By, Event, Subject};
use crate::mail::letters::Thanks;
use crate::mail::outbox::{self, NewMail};
use crate::web::forms::clean;
use crate::web::viewer::Viewer;
use serde_json::json;

/// The longest note.
pub const LONGEST: usize = 2000;
/// Somebody else changed, sent or dropped it.
const GONE: Error = Error::Conflict("error-thanks-changed");

/// A draft that this viewer may change, as they saw it.
fn draft(c: &mut Conn, viewer: &Viewer, id: i64, version: i32) -> Result<Whole> {
    let whole = store::find(c, id)?;
    if !whole.is_for(viewer) {
        return Err(Error::NotFound);
    }
    if whole.note.status == Status::Draft && whole.note.version == version { Ok(whole) } else { Err(GONE) }
}

/// Puts it into other words.
pub fn reword(c: &mut Conn, viewer: &Viewer, id: i64, version: i32, text: &str) -> Result<()> {
    let whole = draft(c, viewer, id, version)?;
    keep(c, &Note { text: checked(text)?, edited_by: Some(viewer.id), ..whole.note })
}

/// Sends it in these words.
pub fn send(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64, version: i32, text: &str) -> Result<()> {
    let mut whole = draft(c, viewer, id, version)?;
    whole.note.text = checked(text)?;
    whole.note.edited_by = Some(viewer.id);
    go(c, desk, viewer.by(), whole)
}

/// Lets it be.
pub fn drop(c: &mut Conn, viewer: &Viewer, id: i64, version: i32) -> Result<()> {
    let whole = draft(c, viewer, id, version)?;
    keep(c, &Note { status: Status::Dropped, edited_by: Some(viewer.id), ..whole.note })
}

/// Sends what nobody touched in time; returns how many were looked at. Beside another node each goes out once.
pub fn sweep(c: &mut Conn, desk: &Desk, most: i64) -> Result<usize> {
    let due = store::due(c, desk.now, most)?;
    for id in &due {
        let whole = store::find(c, *id)?;
        // Who left, and what was taken back since, is not thanked for by a machine.
        let holds = matches!(whole.change_status, ChangeStatus::Shipped | ChangeStatus::Verified) && !whole.disabled;
        let done = match holds {
            true => go(c, desk, By::SYSTEM, whole),
            false => keep(c, &Note { status: Status::Dropped, ..whole.note }),
        };
        match done {
            // Somebody was faster.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(due.len())
}

fn go(c: &mut Conn, desk: &Desk, by: By, mut whole: Whole) -> Result<()> {
    whole.note.status = Status::Sent;
    whole.note.sent_at = Some(desk.now.into());
    keep(c, &whole.note)?;
    let data = json!({"change": whole.note.change_id.to_string()});
    journal::append(c, Event::new(by, Subject::Person, whole.note.person_id, "thanked", data, desk.now))?;
    let letter = letter(c, desk, &whole)?;
    let Some(address) = whole.email else { return Ok(()) };
    let mail = NewMail {
        person_id: whole.note.person_id,
        template: "thanks",
        event_id: whole.note.id,
        case_id: None,
        lang: whole.lang,
        address,
        name: whole.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, desk.now)?;
    Ok(())
}

fn letter(c: &mut Conn, desk: &Desk, whole: &Whole) -> Result<Thanks> {
    Ok(Thanks {
        message: whole.note.text.clone(),
        own_words: quote(&whole.words),
        change: whole.change.clone(),
        what: whole.news.text(whole.lang).to_owned(),
        author: whole.note.edited_by.map(|id| person_name(c, id)).transpose()?,
        page_url: desk.url("/team"),
    })
}

fn keep(c: &mut Conn, note: &Note) -> Result<()> {
    if store::save(c, note)? { Ok(()) } else { Err(GONE) }
}

fn checked(text: &str) -> Result<String> {
    let text = clean(text);
    match text.chars().count() {
        0 => Err(Error::field("text", "error-required")),
        n if n > LONGEST => Err(Error::Invalid(vec![FieldError::new("text", "error-too-long").with("max", LONGEST)])),
        _ => Ok(text),
    }
}
