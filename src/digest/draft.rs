//! From a draft to an approved digest: its words, handing it in, taking it back, and the second person who says yes.

use super::content;
use super::editions::{self, Edition};
use super::model::{Both, Standing};
use super::numbers;
use super::period::Period;
use super::{checks, items, series};
use crate::db::Conn;
use crate::db::schema::{digest_editions, journal};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self as history, By, Event, Subject};
use crate::web::forms::{clean, clean_line};
use chrono::{DateTime, Months, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::{Value, json};

/// The longest introduction, question and note.
const LONGEST: usize = 2000;
/// The word of the journal by which somebody becomes an author.
const EDITED: &str = "digest_edited";

/// Where and when somebody works on a digest.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    pub by: By,
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

/// Begins a draft by hand, about these days, or else about what happened since the last one.
pub fn make(c: &mut Conn, desk: &Desk, series_id: i64, period: Option<Period>) -> Result<Edition> {
    let series = series::find(c, series_id)?;
    if series.closed_at.is_some() {
        return Err(Error::field("series", "error-digest-series-closed"));
    }
    let period = match period {
        Some(period) => period,
        None => since_last(c, desk, series_id)?,
    };
    if period.first > desk.now.with_timezone(&desk.zone).date_naive() {
        return Err(Error::field("from", "error-digest-not-begun"));
    }
    let edition = Edition {
        intro_en: series.intro_en,
        intro_ru: series.intro_ru,
        created_by: desk.by.id,
        ..Edition::draft(series_id, period, desk.now)
    };
    if !editions::make(c, edition.clone())? {
        return Err(Error::field("from", "error-digest-exists"));
    }
    note(c, desk, edition.id, "digest_made", json!({"from": period.first, "to": period.last}))?;
    Ok(edition)
}

/// From where the last digest of the series ended to today; the first one tells about a month.
fn since_last(c: &mut Conn, desk: &Desk, series_id: i64) -> QueryResult<Period> {
    let today = desk.now.with_timezone(&desk.zone).date_naive();
    let ended = editions::told_until(c, series_id)?;
    // What happened on that day after it was fixed is in this one.
    Ok(Period { first: ended.unwrap_or(today - Months::new(1)).min(today), last: today })
}

/// A draft that nobody changed since `version` was looked at.
pub fn open(c: &mut Conn, id: i64, version: i32) -> Result<Edition> {
    let edition = editions::find(c, id)?;
    if edition.status != Standing::Draft {
        return Err(Error::Conflict("error-digest-not-a-draft"));
    }
    current(edition, version)
}

fn current(edition: Edition, version: i32) -> Result<Edition> {
    if edition.version == version { Ok(edition) } else { Err(Error::Conflict("error-changed")) }
}

/// What opens a digest, and what it asks.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    pub intro: Both,
    pub ask: Both,
}

impl Wording {
    /// Cleans what was typed and names what is too long.
    pub fn checked(self) -> Result<Wording> {
        let wrong: Vec<FieldError> = [
            ("intro_en", &self.intro.en),
            ("intro_ru", &self.intro.ru),
            ("ask_en", &self.ask.en),
            ("ask_ru", &self.ask.ru),
        ]
        .into_iter()
        .filter(|(_, text)| text.chars().count() > LONGEST)
        .map(|(field, _)| FieldError::new(field, "error-too-long").with("max", LONGEST))
        .collect();
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let both = |both: &Both| Both { en: clean(&both.en), ru: clean(&both.ru) };
        Ok(Wording { intro: both(&self.intro), ask: both(&self.ask) })
    }
}

/// Changes the words around the items.
pub fn reword(c: &mut Conn, desk: &Desk, id: i64, version: i32, wording: Wording) -> Result<()> {
    let Wording { intro, ask } = wording.checked()?;
    let edition = open(c, id, version)?;
    let set = (
        digest_editions::intro_en.eq(intro.en),
        digest_editions::intro_ru.eq(intro.ru),
        digest_editions::ask_en.eq(ask.en),
        digest_editions::ask_ru.eq(ask.ru),
    );
    diesel::update(digest_editions::table.find(id)).set(set).execute(c)?;
    edited(c, desk, &edition, json!({"what": "words"}))
}

/// An author changed a draft.
pub fn edited(c: &mut Conn, desk: &Desk, edition: &Edition, data: Value) -> Result<()> {
    step(c, edition)?;
    note(c, desk, edition.id, EDITED, data)
}

/// Hands a draft in: from now on what it tells stands fixed.
pub fn submit(c: &mut Conn, desk: &Desk, id: i64, version: i32, home: &str) -> Result<()> {
    let edition = open(c, id, version)?;
    let content = content::load(c, &edition, desk.zone, desk.now)?;
    if checks::run(c, &edition, &content, home)?.iter().any(|finding| finding.blocks) {
        return Err(Error::field("checks", "error-digest-checks"));
    }
    items::refresh(c, &edition, &content.window)?;
    let today = desk.now.with_timezone(&desk.zone).date_naive();
    let numbers = numbers::count(c, edition.period(), &content.window, desk.zone)?;
    let set = (
        digest_editions::status.eq(Standing::Submitted),
        digest_editions::until_at.eq(Some(Ts::from(desk.now))),
        // What happens later is told by the next one.
        digest_editions::ends_on.eq(edition.ends_on.min(today).max(edition.starts_on)),
        digest_editions::numbers.eq(numbers),
        digest_editions::submitted_by.eq(desk.by.id),
        digest_editions::submitted_at.eq(Some(Ts::from(desk.now))),
    );
    diesel::update(digest_editions::table.find(id)).set(set).execute(c)?;
    step(c, &edition)?;
    note(c, desk, id, "digest_submitted", json!({"items": content.items.len()}))
}

/// Gives a digest back to its authors, with a word on why; what it tells follows the journal again.
pub fn send_back(c: &mut Conn, desk: &Desk, id: i64, version: i32, why: &str) -> Result<()> {
    let edition = current(editions::find(c, id)?, version)?;
    if !matches!(edition.status, Standing::Submitted | Standing::Approved) {
        return Err(Error::Conflict("error-digest-under-way"));
    }
    let why = said("note", why)?;
    let set = (
        digest_editions::status.eq(Standing::Draft),
        digest_editions::until_at.eq(None::<Ts>),
        digest_editions::submitted_by.eq(None::<i64>),
        digest_editions::submitted_at.eq(None::<Ts>),
        digest_editions::approved_by.eq(None::<i64>),
        digest_editions::approved_at.eq(None::<Ts>),
    );
    diesel::update(digest_editions::table.find(id)).set(set).execute(c)?;
    step(c, &edition)?;
    note(c, desk, id, "digest_returned", json!({"note": why}))
}

/// Says yes to a digest somebody else wrote; it leaves at its hour, or at once.
pub fn approve(c: &mut Conn, desk: &Desk, id: i64, version: i32) -> Result<()> {
    let edition = current(editions::find(c, id)?, version)?;
    if edition.status != Standing::Submitted {
        return Err(Error::Conflict("error-digest-not-submitted"));
    }
    if !may_approve(c, desk.by, &edition)? {
        return Err(Error::Conflict("error-digest-own"));
    }
    let set = (
        digest_editions::status.eq(Standing::Approved),
        digest_editions::approved_by.eq(desk.by.id),
        digest_editions::approved_at.eq(Some(Ts::from(desk.now))),
    );
    diesel::update(digest_editions::table.find(id)).set(set).execute(c)?;
    step(c, &edition)?;
    note(c, desk, id, "digest_approved", json!({}))
}

/// Whether somebody neither handed a digest in nor was the last to edit it.
pub fn may_approve(c: &mut Conn, by: By, edition: &Edition) -> QueryResult<bool> {
    let last: Option<Option<i64>> = journal::table
        .filter(journal::subject_id.eq(edition.id).and(journal::subject.eq(Subject::Digest)))
        .filter(journal::event.eq(EDITED))
        .order(journal::seq.desc())
        .select(journal::actor_id)
        .first(c)
        .optional()?;
    Ok(by.id.is_some() && edition.submitted_by != by.id && last.flatten() != by.id)
}

/// Decides that a digest is not sent, with a reason.
pub fn leave_out(c: &mut Conn, desk: &Desk, id: i64, version: i32, why: &str) -> Result<()> {
    let edition = current(editions::find(c, id)?, version)?;
    if !matches!(edition.status, Standing::Draft | Standing::Submitted | Standing::Approved) {
        return Err(Error::Conflict("error-digest-under-way"));
    }
    let why = said("reason", why)?;
    let set = (digest_editions::status.eq(Standing::Skipped), digest_editions::why.eq(Some("by_hand")));
    diesel::update(digest_editions::table.find(id)).set(set).execute(c)?;
    step(c, &edition)?;
    note(c, desk, id, "digest_skipped", json!({"note": why}))
}

/// Words that have to be there.
pub fn said(field: &str, typed: &str) -> Result<String> {
    let said = clean_line(typed);
    match said.chars().count() {
        0 => Err(Error::field(field, "error-say-why")),
        n if n > LONGEST => Err(Error::Invalid(vec![FieldError::new(field, "error-too-long").with("max", LONGEST)])),
        _ => Ok(said),
    }
}

/// Whoever looked at an edition before this has to look again.
fn step(c: &mut Conn, edition: &Edition) -> Result<()> {
    let row = digest_editions::table.find(edition.id).filter(digest_editions::version.eq(edition.version));
    match diesel::update(row).set(digest_editions::version.eq(edition.version + 1)).execute(c)? {
        0 => Err(Error::Conflict("error-changed")),
        _ => Ok(()),
    }
}

fn note(c: &mut Conn, desk: &Desk, id: i64, event: &str, data: Value) -> Result<()> {
    history::append(c, Event::new(desk.by, Subject::Digest, id, event, data, desk.now))?;
    Ok(())
}
