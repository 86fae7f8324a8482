//! What an editor decides about an item: its line, its place, who reads it, and whether it is told at all. What it tells
//! is never touched.

use super::{Item, refresh, save};
use crate::db::Conn;
use crate::db::schema::{digest_items, teams};
use crate::digest::content;
use crate::digest::draft::{self, Desk};
use crate::digest::editions::Edition;
use crate::digest::model::{Both, SeenBy};
use crate::error::{Error, FieldError, Result};
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde_json::json;

/// The longest line of an editor.
const LONGEST: usize = 500;

/// What an editor may say about an item.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub line: Both,
    pub seen_by: SeenBy,
    pub team_id: Option<i64>,
    pub on_page: bool,
    /// Its place among its like, counted from one.
    pub place: usize,
}

/// Which item of which edition, as it was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    pub edition: i64,
    pub version: i32,
    pub change: i64,
}

/// Changes what an editor decided about an item.
pub fn change(c: &mut Conn, desk: &Desk, which: Which, wanted: Wanted) -> Result<()> {
    let (edition, mut items, at) = find(c, desk, which)?;
    let public = is_public(c, which.change)?;
    let wanted = checked(c, wanted, public)?;
    let item = &mut items[at];
    (item.line_en, item.line_ru) = (wanted.line.en, wanted.line.ru);
    (item.seen_by, item.team_id, item.on_page) = (wanted.seen_by, wanted.team_id, wanted.on_page);
    save(c, item)?;
    put(c, &items, at, wanted.place)?;
    draft::edited(c, desk, &edition, json!({"what": "item", "title": items[at].facts.title}))
}

/// Takes an item out of the digest, and says why.
pub fn drop(c: &mut Conn, desk: &Desk, which: Which, reason: &str) -> Result<()> {
    let reason = draft::said("reason", reason)?;
    let (edition, mut items, at) = find(c, desk, which)?;
    let item = &mut items[at];
    (item.dropped_at, item.dropped_by) = (Some(desk.now.into()), desk.by.id);
    item.drop_reason = Some(reason.clone());
    save(c, item)?;
    draft::edited(c, desk, &edition, json!({"what": "dropped", "title": items[at].facts.title, "note": reason}))
}

/// Takes an item in again.
pub fn take_back(c: &mut Conn, desk: &Desk, which: Which) -> Result<()> {
    let (edition, mut items, at) = find(c, desk, which)?;
    let item = &mut items[at];
    (item.dropped_at, item.dropped_by, item.drop_reason) = (None, None, None);
    save(c, item)?;
    draft::edited(c, desk, &edition, json!({"what": "taken_back", "title": items[at].facts.title}))
}

/// Moves an item one place up or down among its like.
pub fn step(c: &mut Conn, desk: &Desk, which: Which, up: bool) -> Result<()> {
    let (edition, items, at) = find(c, desk, which)?;
    let place = place_of(&items, at);
    put(c, &items, at, if up { place.saturating_sub(1) } else { place + 1 })?;
    draft::edited(c, desk, &edition, json!({"what": "order", "title": items[at].facts.title}))
}

/// The place of an item among its like, counted from one.
pub fn place_of(items: &[Item], at: usize) -> usize {
    items[..=at].iter().filter(|item| item.section == items[at].section).count()
}

/// The draft with its items as the journal has them now, and where the item stands among them.
fn find(c: &mut Conn, desk: &Desk, which: Which) -> Result<(Edition, Vec<Item>, usize)> {
    let edition = draft::open(c, which.edition, which.version)?;
    let window = content::window(c, &edition, desk.zone, desk.now)?;
    let items = refresh(c, &edition, &window)?;
    let at = items.iter().position(|item| item.change_id == which.change).ok_or(Error::NotFound)?;
    Ok((edition, items, at))
}

/// Puts an item at a place among its like, and numbers all of them anew.
fn put(c: &mut Conn, items: &[Item], at: usize, place: usize) -> Result<()> {
    let section = items[at].section;
    let mut order: Vec<&Item> = items.iter().filter(|item| item.section == section).collect();
    let moved = order.remove(place_of(items, at) - 1);
    order.insert(place.saturating_sub(1).min(order.len()), moved);
    for (item, position) in order.into_iter().zip(1..) {
        if item.position != position {
            diesel::update(digest_items::table.find(item.id)).set(digest_items::position.eq(position)).execute(c)?;
        }
    }
    Ok(())
}

fn checked(c: &mut Conn, wanted: Wanted, public: bool) -> Result<Wanted> {
    let line = Both { en: clean_line(&wanted.line.en), ru: clean_line(&wanted.line.ru) };
    let mut wrong = Vec::new();
    for (field, text) in [("line_en", &line.en), ("line_ru", &line.ru)] {
        if text.chars().count() > LONGEST {
            wrong.push(FieldError::new(field, "error-too-long").with("max", LONGEST));
        }
    }
    if wanted.seen_by == SeenBy::Everyone && !public {
        wrong.push(FieldError::new("seen_by", "error-digest-not-public"));
    }
    let team_id = wanted.team_id.filter(|_| wanted.seen_by == SeenBy::Team);
    let known = match team_id {
        Some(id) => teams::table.find(id).select(teams::id).first::<i64>(c).optional()?.is_some(),
        None => wanted.seen_by != SeenBy::Team,
    };
    if !known {
        wrong.push(FieldError::new("team", "error-digest-team"));
    }
    if wrong.is_empty() { Ok(Wanted { line, team_id, ..wanted }) } else { Err(Error::Invalid(wrong)) }
}

/// Whether people who did not ask for a change may hear of it at all.
fn is_public(c: &mut Conn, change_id: i64) -> QueryResult<bool> {
    use crate::db::schema::changes;
    changes::table.find(change_id).select(changes::public).first(c)
}
