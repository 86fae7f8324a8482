//! What administrators decide about a series.

use super::Series;
use super::find;
use crate::cases::actions::Desk;
use crate::council::councils::unusable;
use crate::council::dates::Rule;
use crate::db::Conn;
use crate::db::schema::{calendars, digest_series, teams};
use crate::db::types::Ts;
use crate::digest::model::{Audience, Moves};
use crate::digest::sending::control;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::feedback::model::MAX_EMAIL;
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::mail::message::{self, one_line};
use crate::people::model::{MAX_NAME, checked_name, checked_segment};
use crate::web::forms::clean_line;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;

/// The longest opening of a digest.
pub const MAX_INTRO: usize = 1000;
/// Days before sending at which a draft is made.
pub const DAYS_AHEAD: (i32, i32) = (0, 30);

/// What a series is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub name: String,
    pub audience: Audience,
    pub team_id: Option<i64>,
    pub site: String,
    pub segment: String,
    pub rule: Option<String>,
    pub zone: Tz,
    pub calendar_id: Option<i64>,
    pub moves: Moves,
    pub local: bool,
    pub days_ahead: i32,
    pub from_name: String,
    pub reply_to: String,
    pub intro_en: String,
    pub intro_ru: String,
}

impl Wanted {
    /// Names every field that is wrong.
    pub fn checked(self, now: DateTime<Utc>) -> Result<()> {
        self.applied(&fresh(now), now).map(|_| ())
    }

    /// The row this makes of another; names every field that is wrong.
    pub fn applied(self, before: &Series, now: DateTime<Utc>) -> Result<Series> {
        let mut wrong = Vec::new();
        let mut keep = |read: Result<Option<String>>| match read {
            Ok(value) => Ok(value),
            Err(Error::Invalid(fields)) => {
                wrong.extend(fields);
                Ok(None)
            }
            Err(e) => Err(e),
        };
        let name = keep(checked_name("name", &self.name).map(Some))?;
        let (site, segment) =
            (keep(checked_segment("site", &self.site))?, keep(checked_segment("segment", &self.segment))?);
        let (from_name, reply_to) = (keep(from_name(&self.from_name))?, keep(reply_to(&self.reply_to))?);
        let rule = keep(rule(self.rule.as_deref(), self.zone, now))?;
        for (field, text) in [("intro_en", &self.intro_en), ("intro_ru", &self.intro_ru)] {
            if text.trim().chars().count() > MAX_INTRO {
                wrong.push(FieldError::new(field, "error-too-long").with("max", MAX_INTRO));
            }
        }
        let (min, max) = DAYS_AHEAD;
        if !(min..=max).contains(&self.days_ahead) {
            wrong.push(FieldError::new("days_ahead", "error-number-range").with("min", min).with("max", max));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        Ok(Series {
            name: name.unwrap_or_default(),
            audience: self.audience,
            team_id: self.team_id,
            site,
            segment,
            rule,
            zone: self.zone.name().to_owned(),
            calendar_id: self.calendar_id,
            moves: self.moves,
            local: self.local,
            days_ahead: self.days_ahead,
            from_name,
            reply_to,
            intro_en: self.intro_en.trim().to_owned(),
            intro_ru: self.intro_ru.trim().to_owned(),
            ..before.clone()
        })
    }
}

fn rule(typed: Option<&str>, zone: Tz, now: DateTime<Utc>) -> Result<Option<String>> {
    let Some(typed) = typed else { return Ok(None) };
    let rule = clean_line(typed).to_uppercase();
    if rule.chars().count() > MAX_NAME {
        return Err(Error::Invalid(vec![FieldError::new("rule", "error-too-long").with("max", MAX_NAME)]));
    }
    Rule::parse(&rule, zone, now).map_err(|wrong| Error::Invalid(vec![unusable(wrong)]))?;
    Ok(Some(rule))
}

fn from_name(typed: &str) -> Result<Option<String>> {
    let name = one_line(typed, usize::MAX);
    match name.chars().count() {
        0 => Ok(None),
        n if n > message::LONGEST_NAME => {
            Err(Error::Invalid(vec![FieldError::new("from_name", "error-too-long").with("max", message::LONGEST_NAME)]))
        }
        _ => Ok(Some(name)),
    }
}

fn reply_to(typed: &str) -> Result<Option<String>> {
    let address = typed.trim();
    let valid = validator::ValidateEmail::validate_email(&address) && message::address(address).is_ok();
    match address.len() {
        0 => Ok(None),
        1..=MAX_EMAIL if valid => Ok(Some(address.to_owned())),
        _ => Err(Error::field("reply_to", "error-email")),
    }
}

/// What a series would be, before it is saved.
pub fn previewed(before: Option<&Series>, wanted: Wanted, now: DateTime<Utc>) -> Result<Series> {
    match before {
        Some(before) => wanted.applied(before, now),
        None => wanted.applied(&fresh(now), now),
    }
}

/// A new series.
pub fn add(c: &mut Conn, by: By, wanted: Wanted, now: DateTime<Utc>) -> Result<Series> {
    let series = wanted.applied(&fresh(now), now)?;
    known(c, &series)?;
    diesel::insert_into(digest_series::table).values(&series).execute(c).map_err(taken)?;
    note(c, by, &series, "series_added", now)?;
    Ok(series)
}

/// Changes a series; `version` is the one the editor saw. Drafts that are there keep their day.
pub fn change(c: &mut Conn, by: By, id: i64, version: i32, wanted: Wanted, now: DateTime<Utc>) -> Result<()> {
    let before = find(c, id)?;
    let mut after = wanted.applied(&before, now)?;
    known(c, &after)?;
    let moved = (&before.rule, &before.zone) != (&after.rule, &after.zone);
    after.version = version + 1;
    after.since = if moved { now.into() } else { before.since };
    let row = digest_series::table.find(id).filter(digest_series::version.eq(version));
    if diesel::update(row).set(&after).execute(c).map_err(taken)? == 0 {
        return Err(Error::Conflict("error-series-changed"));
    }
    note(c, by, &after, "series_changed", now)
}

/// Ends a series: nothing more is written or sent, and what is on its way stops.
pub fn close(c: &mut Conn, desk: &Desk, by: By, id: i64) -> Result<()> {
    let series = find(c, id)?;
    let closed = Some(Ts::from(desk.now));
    let row = digest_series::table.find(id).filter(digest_series::closed_at.is_null());
    let set = (digest_series::closed_at.eq(closed), digest_series::version.eq(digest_series::version + 1));
    if diesel::update(row).set(set).execute(c)? == 1 {
        control::end_all(c, by, id, desk.now)?;
        note(c, by, &series, "series_closed", desk.now)?;
    }
    Ok(())
}

/// Lets a series go on, from now.
pub fn reopen(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    let series = find(c, id)?;
    let row = digest_series::table.find(id).filter(digest_series::closed_at.is_not_null());
    let set = (
        digest_series::closed_at.eq(None::<Ts>),
        digest_series::since.eq(Ts::from(now)),
        digest_series::version.eq(digest_series::version + 1),
    );
    if diesel::update(row).set(set).execute(c)? == 1 {
        note(c, by, &series, "series_reopened", now)?;
    }
    Ok(())
}

fn fresh(now: DateTime<Utc>) -> Series {
    Series {
        id: id::new_id(),
        name: String::new(),
        audience: Audience::Everybody,
        team_id: None,
        site: None,
        segment: None,
        rule: None,
        zone: Tz::UTC.name().to_owned(),
        calendar_id: None,
        moves: Moves::Before,
        local: false,
        days_ahead: 3,
        from_name: None,
        reply_to: None,
        intro_en: String::new(),
        intro_ru: String::new(),
        version: 1,
        since: now.into(),
        closed_at: None,
    }
}

/// What was chosen from a list may be gone by now.
fn known(c: &mut Conn, series: &Series) -> Result<()> {
    if let Some(id) = series.team_id {
        let team = teams::table.find(id).select(teams::id).first::<i64>(c).optional()?;
        team.ok_or_else(|| Error::field("team", "error-choice"))?;
    }
    if let Some(id) = series.calendar_id {
        let calendar = calendars::table.find(id).select(calendars::id).first::<i64>(c).optional()?;
        calendar.ok_or_else(|| Error::field("calendar", "error-choice"))?;
    }
    Ok(())
}

fn note(c: &mut Conn, by: By, series: &Series, event: &str, now: DateTime<Utc>) -> Result<()> {
    let said = json!({"name": series.name, "audience": series.audience, "rule": series.rule, "zone": series.zone});
    journal::append(c, Event::new(by, Subject::Digest, series.id, event, said, now))?;
    Ok(())
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
