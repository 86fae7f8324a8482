//! Minutes: they write themselves while the meeting runs, are read back, signed by the chair and locked; what has to be put
//! right later is added with its date. Decisions take effect when the minutes are signed.

pub mod letter;
pub mod markdown;
pub mod pages;
pub mod record;

use super::actions::{self, MAX_TEXT, Promise};
use super::meeting::carry::{can_move, carry_out};
use super::meeting::{room, run, seats, votes};
use super::model::{Decision, ItemState, Stage};
use super::store::{Item, Meeting};
use crate::backlog;
use crate::backlog::model::News;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{council_actions, minutes_addenda};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::{self, Event, Subject};
use crate::people::absence::colleague;
use crate::web::forms::clean;
use crate::web::viewer::Viewer;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

/// The longest note to the minutes, and the longest addendum.
pub const MOST_CHARS: usize = 5000;
/// The longest text for those who asked.
const MOST_NEWS: usize = 1000;

/// The meeting, taken, for whoever may chair it, as long as its minutes can be changed.
fn open(c: &mut Conn, viewer: &Viewer, id: i64) -> Result<Meeting> {
    let meeting = room::enter(c, id)?;
    if !run::may_chair(c, meeting.council_id, viewer)? {
        return Err(Error::Forbidden);
    }
    match meeting.status {
        Stage::Running | Stage::Ended => Ok(meeting),
        Stage::Planned | Stage::Cancelled => Err(Error::Conflict("error-meeting-not-started")),
        Stage::Signed => Err(Error::Conflict("error-minutes-are-locked")),
    }
}

/// The same, once the meeting is over.
fn ended(c: &mut Conn, viewer: &Viewer, id: i64) -> Result<Meeting> {
    let meeting = open(c, viewer, id)?;
    if meeting.status == Stage::Ended { Ok(meeting) } else { Err(Error::Conflict("error-meeting-still-runs")) }
}

/// Writes what the minutes say besides the decisions.
pub fn write_notes(c: &mut Conn, viewer: &Viewer, id: i64, typed: &str) -> Result<()> {
    let text = limited("notes", typed, MOST_CHARS)?;
    let mut meeting = open(c, viewer, id)?;
    if meeting.notes != text {
        (meeting.notes, meeting.read_back_at) = (text, None);
    }
    Ok(room::save(c, &meeting)?)
}

/// Says what those who asked will read of a decision.
pub fn tell(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64, en: &str, ru: &str) -> Result<()> {
    let (en, ru) = (limited("news_en", en, MOST_NEWS)?, limited("news_ru", ru, MOST_NEWS)?);
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    ended(c, viewer, id)?;
    let mut item = room::item(c, id, item_id)?;
    (item.news_en, item.news_ru) = (said(en), said(ru));
    Ok(room::save_item(c, &item)?)
}

fn limited(field: &str, typed: &str, most: usize) -> Result<String> {
    let text = clean(typed);
    if text.chars().count() > most {
        return Err(Error::Invalid(vec![FieldError::new(field, "error-too-long").with("max", most)]));
    }
    Ok(text)
}

/// The minutes were read out, and nobody objects.
pub fn read_back(c: &mut Conn, viewer: &Viewer, id: i64, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = ended(c, viewer, id)?;
    meeting.read_back_at = Some(now.into());
    Ok(room::save(c, &meeting)?)
}

/// What has to be said before the minutes can be signed: a no without words for those who asked.
pub fn speechless(c: &mut Conn, items: &[Item]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for item in items.iter().filter(|item| item.decision == Some(Decision::Decline) && item.said().is_none()) {
        if let Some(change) = votes::change_of(c, item)?
            && can_move(&change, Decision::Decline)
            && backlog::reach::kept(c, &[change.id])?.get(&change.id).is_some_and(|reach| reach.cases > 0)
        {
            found.push(item.id);
        }
    }
    Ok(found)
}

/// Signs the minutes: they are locked, what was decided takes effect, and the members get them by mail. Pressed twice it is
/// done once.
pub fn sign(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64) -> Result<()> {
    let mut meeting = ended(c, viewer, id)?;
    if meeting.read_back_at.is_none() {
        return Err(Error::Conflict("error-not-read-back"));
    }
    let items = room::items(c, id)?;
    if !speechless(c, &items)?.is_empty() {
        return Err(Error::Conflict("error-no-words-for-no"));
    }
    meeting.status = Stage::Signed;
    (meeting.signed_by, meeting.signed_at) = (Some(viewer.id), Some(desk.now.into()));
    room::save(c, &meeting)?;
    for mut item in items.into_iter().filter(Item::binds) {
        carry_out(c, desk, viewer.by(), &mut item)?;
        promise(c, desk, viewer, &item)?;
        room::save_item(c, &item)?;
    }
    let event = Event::new(viewer.by(), Subject::Council, id, "signed", json!({}), desk.now);
    let event = journal::append(c, event)?;
    letter::send(c, desk, id, event)
}

/// What somebody took upon themselves besides a change: data to be got, a topic to be followed up. An earlier promise that
/// was talked about gets its new date.
fn promise(c: &mut Conn, desk: &Desk, viewer: &Viewer, item: &Item) -> Result<()> {
    let asked = matches!(item.decision, Some(Decision::NeedData | Decision::Noted));
    let (true, Some(owner_id), Some(due_on)) = (asked, item.owner_id, item.due_on) else { return Ok(()) };
    // Whoever has left since is no reason not to sign; the minutes say what they promised.
    if !colleague(c, owner_id)?.is_some_and(|owner| owner.works()) {
        return Ok(());
    }
    if let Some(earlier) = item.action_id {
        let row = council_actions::table.find(earlier);
        let again = (council_actions::owner_id.eq(owner_id), council_actions::due_on.eq(due_on));
        diesel::update(row.filter(council_actions::done_at.is_null())).set(again).execute(c)?;
        return Ok(());
    }
    let text = item.reason.as_ref().map_or_else(|| item.title.clone(), |reason| format!("{}: {reason}", item.title));
    let text = text.chars().take(MAX_TEXT).collect();
    let (meeting_id, item_id, change_id) = (item.meeting_id, Some(item.id), item.change_id);
    actions::promise(c, desk, viewer.by(), Promise { meeting_id, item_id, change_id, text, owner_id, due_on })?;
    Ok(())
}

/// Something that was put right after the minutes were signed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = minutes_addenda)]
pub struct Addendum {
    pub id: i64,
    pub meeting_id: i64,
    pub author_id: i64,
    pub text: String,
    pub added_at: Ts,
}

/// Adds to signed minutes; whoever sits in the council may, and the minutes themselves stay as they are.
pub fn add(c: &mut Conn, viewer: &Viewer, id: i64, typed: &str, now: DateTime<Utc>) -> Result<()> {
    let text = limited("text", typed, MOST_CHARS)?;
    if text.is_empty() {
        return Err(Error::field("text", "error-required"));
    }
    let meeting = room::enter(c, id)?;
    if meeting.status != Stage::Signed {
        return Err(Error::Conflict("error-minutes-not-signed"));
    }
    let belongs = seats::belongs(c, meeting.council_id, viewer.id)?;
    if !belongs && !run::may_chair(c, meeting.council_id, viewer)? {
        return Err(Error::Forbidden);
    }
    let row = Addendum { id: id::new_id(), meeting_id: id, author_id: viewer.id, text, added_at: now.into() };
    diesel::insert_into(minutes_addenda::table).values(&row).execute(c)?;
    run::note(c, viewer.by(), &meeting, "addendum", json!({}), now)
}

/// What was added, oldest first.
pub fn addenda(c: &mut Conn, id: i64) -> QueryResult<Vec<Addendum>> {
    minutes_addenda::table
        .filter(minutes_addenda::meeting_id.eq(id))
        .order(minutes_addenda::id)
        .select(Addendum::as_select())
        .load(c)
}

/// Whether an item got its decision.
pub fn is_decided(item: &Item) -> bool {
    item.state == ItemState::Done
}

/// The words a decision has for those who asked, as two fields.
pub fn words(news: Option<News>) -> (String, String) {
    news.map_or_else(Default::default, |news| (news.en.unwrap_or_default(), news.ru.unwrap_or_default()))
}
