//! The agenda of a meeting: it fills itself until it is frozen, and whoever runs the council puts it in order.

mod candidates;
pub mod evidence;
pub mod fill;
pub mod questions;

pub use candidates::Candidate;
pub use fill::{candidates, refill};

use super::calendar::touch;
use super::councils::note;
use super::model::{ItemState, Kind, Stage};
use super::store::{Item, Meeting};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{agenda_items, agenda_questions, changes, meetings};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::By;
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde_json::json;

/// The longest title of an item.
pub const MAX_TITLE: usize = 200;
/// The longest an item may take, in minutes.
const MOST_MINUTES: i32 = 120;

/// What is on the agenda, in its order.
pub fn items(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<Item>> {
    all(c, meeting_id).map(|items| items.into_iter().filter(|item| item.removed_at.is_none()).collect())
}

/// The same with what was taken off.
pub fn all(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<Item>> {
    agenda_items::table
        .filter(agenda_items::meeting_id.eq(meeting_id))
        .order((agenda_items::position, agenda_items::id))
        .select(Item::as_select())
        .load(c)
}

/// One item, if it is of this meeting.
pub fn item(c: &mut Conn, meeting_id: i64, id: i64) -> QueryResult<Item> {
    let row = agenda_items::table.find(id).filter(agenda_items::meeting_id.eq(meeting_id));
    row.select(Item::as_select()).first(c)
}

/// Whether nobody has put anything on it, taken anything off it or asked anything.
pub fn is_untouched(c: &mut Conn, meeting_id: i64) -> QueryResult<bool> {
    let by_hand = all(c, meeting_id)?.iter().any(|item| item.added_by.is_some() || item.removed_at.is_some());
    Ok(!by_hand && questions::of_meeting(c, meeting_id)?.is_empty())
}

/// Deletes all of an agenda nobody has touched.
pub fn clear(c: &mut Conn, meeting_id: i64) -> QueryResult<usize> {
    diesel::delete(agenda_items::table.filter(agenda_items::meeting_id.eq(meeting_id))).execute(c)
}

/// An item that nobody has talked about yet.
pub fn fresh(meeting_id: i64, kind: Kind, title: &str, minutes: i32) -> Item {
    Item {
        id: id::new_id(),
        meeting_id,
        position: 0,
        kind,
        change_id: None,
        action_id: None,
        case_id: None,
        title: title.chars().take(MAX_TITLE).collect(),
        minutes,
        added_by: None,
        removed_at: None,
        state: ItemState::Waiting,
        shown_at: None,
        seconds: 0,
        decision: None,
        reason: None,
        owner_id: None,
        due_on: None,
        recommended: false,
        ratified_at: None,
        ratified_by: None,
        quick_fix: false,
        quota_reason: None,
        decided_at: None,
        decided_by: None,
        news_en: None,
        news_ru: None,
        carried_out_at: None,
    }
}

pub fn insert(c: &mut Conn, item: &Item) -> QueryResult<()> {
    diesel::insert_into(agenda_items::table).values(item).execute(c).map(|_| ())
}

/// What somebody wants to talk about.
#[derive(Clone, Debug)]
pub struct Wish {
    pub title: String,
    /// The reference of a change; nothing for a topic.
    pub change: String,
    pub minutes: i32,
}

/// Puts a topic or a change on the agenda, at its end.
pub fn add(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting, wish: &Wish) -> Result<Item> {
    expect_open(meeting)?;
    let mut item = wished(c, meeting.id, wish)?;
    let before = all(c, meeting.id)?;
    if item.change_id.is_some()
        && before.iter().any(|other| other.change_id == item.change_id && other.removed_at.is_none())
    {
        return Err(Error::field("change", "error-on-agenda"));
    }
    item.added_by = by.id;
    item.position = before.iter().map(|item| item.position).max().unwrap_or(0) + 1;
    insert(c, &item)?;
    note(c, desk, by, meeting.id, "item_added", json!({"title": item.title}))?;
    touch(c, meeting.id)?;
    Ok(item)
}

fn wished(c: &mut Conn, meeting_id: i64, wish: &Wish) -> Result<Item> {
    if !(1..=MOST_MINUTES).contains(&wish.minutes) {
        let range = FieldError::new("minutes", "error-number-range").with("min", 1).with("max", MOST_MINUTES);
        return Err(Error::Invalid(vec![range]));
    }
    let typed = clean_line(&wish.change);
    if typed.is_empty() {
        let title = clean_line(&wish.title);
        return match title.chars().count() {
            0 => Err(Error::field("title", "error-required")),
            n if n > MAX_TITLE => {
                Err(Error::Invalid(vec![FieldError::new("title", "error-too-long").with("max", MAX_TITLE)]))
            }
            _ => Ok(fresh(meeting_id, Kind::Topic, &title, wish.minutes)),
        };
    }
    let reference = id::parse_reference(&typed).ok_or_else(|| Error::field("change", "error-change-unknown"))?;
    let row = changes::table.filter(changes::reference.eq(reference).and(changes::archived_at.is_null()));
    let found: Option<(i64, String, bool)> =
        row.select((changes::id, changes::title, changes::quick_fix)).first(c).optional()?;
    let (change_id, title, quick_fix) = found.ok_or_else(|| Error::field("change", "error-change-unknown"))?;
    Ok(Item { change_id: Some(change_id), quick_fix, ..fresh(meeting_id, Kind::Change, &title, wish.minutes) })
}

/// Where an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Up,
    Down,
    /// Before the item that stands there now; 1 is the first.
    At(usize),
}

/// Puts an item elsewhere.
pub fn shift(c: &mut Conn, meeting: &Meeting, id: i64, place: Place) -> Result<()> {
    expect_open(meeting)?;
    let mut order: Vec<i64> = items(c, meeting.id)?.into_iter().map(|item| item.id).collect();
    let at = order.iter().position(|other| *other == id).ok_or(Error::NotFound)?;
    let last = order.len() - 1;
    let to = match place {
        Place::Up => at.saturating_sub(1),
        Place::Down => (at + 1).min(last),
        Place::At(n) => n.saturating_sub(1).min(last),
    };
    let moved = order.remove(at);
    order.insert(to, moved);
    arrange(c, &order)?;
    touch(c, meeting.id)?;
    Ok(())
}

/// Numbers the items in this order.
fn arrange(c: &mut Conn, order: &[i64]) -> QueryResult<()> {
    for (position, id) in (1..).zip(order) {
        let row = agenda_items::table.find(*id).filter(agenda_items::position.ne(position));
        diesel::update(row).set(agenda_items::position.eq(position)).execute(c)?;
    }
    Ok(())
}

/// Takes an item off; it does not come back by itself.
pub fn remove(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting, id: i64) -> Result<()> {
    expect_open(meeting)?;
    let item = item(c, meeting.id, id)?;
    if item.removed_at.is_some() {
        return Ok(());
    }
    let off = agenda_items::removed_at.eq(Some(Ts::from(desk.now)));
    diesel::update(agenda_items::table.find(id)).set(off).execute(c)?;
    note(c, desk, by, meeting.id, "item_removed", json!({"title": item.title}))?;
    touch(c, meeting.id)?;
    Ok(())
}

/// Puts back what was taken off.
pub fn restore(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting, id: i64) -> Result<()> {
    expect_open(meeting)?;
    let item = item(c, meeting.id, id)?;
    if item.removed_at.is_none() {
        return Ok(());
    }
    // It is there because somebody wants it, whatever the backlog says.
    let back = (agenda_items::removed_at.eq(None::<Ts>), agenda_items::added_by.eq(by.id));
    diesel::update(agenda_items::table.find(id)).set(back).execute(c)?;
    note(c, desk, by, meeting.id, "item_added", json!({"title": item.title}))?;
    touch(c, meeting.id)?;
    Ok(())
}

/// From now on the agenda stands as it is.
pub fn freeze(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting) -> Result<()> {
    set_frozen(c, desk, by, meeting, true)
}

/// It fills itself again.
pub fn thaw(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting) -> Result<()> {
    set_frozen(c, desk, by, meeting, false)
}

fn set_frozen(c: &mut Conn, desk: &Desk, by: By, meeting: &Meeting, frozen: bool) -> Result<()> {
    if meeting.status != Stage::Planned {
        return Err(Error::Conflict("error-meeting-not-planned"));
    }
    if meeting.frozen_at.is_some() == frozen {
        return Ok(());
    }
    let at = frozen.then(|| Ts::from(desk.now));
    diesel::update(meetings::table.find(meeting.id)).set(meetings::frozen_at.eq(at)).execute(c)?;
    note(c, desk, by, meeting.id, if frozen { "agenda_frozen" } else { "agenda_thawed" }, json!({}))?;
    touch(c, meeting.id)?;
    Ok(())
}

/// Whether it can still be changed.
pub fn is_open(meeting: &Meeting) -> bool {
    meeting.status == Stage::Planned && meeting.frozen_at.is_none()
}

fn expect_open(meeting: &Meeting) -> Result<()> {
    if is_open(meeting) { Ok(()) } else { Err(Error::Conflict("error-agenda-frozen")) }
}

/// Deletes items, with what was asked about them.
fn delete(c: &mut Conn, ids: &[i64]) -> QueryResult<()> {
    if ids.is_empty() {
        return Ok(());
    }
    diesel::delete(agenda_questions::table.filter(agenda_questions::item_id.eq_any(ids.to_vec()))).execute(c)?;
    diesel::delete(agenda_items::table.filter(agenda_items::id.eq_any(ids.to_vec()))).execute(c)?;
    Ok(())
}
