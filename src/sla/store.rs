//! Calendars as rows, and what administrators do to them. Each change is one transaction with its event, and tells every
//! node that the rules have changed.

use super::calendar::{Calendar, Exception, Week};
use super::holidays::MAX_DATES;
use crate::db::Conn;
use crate::db::schema::{calendars, teams};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::rules;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A calendar as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: i64,
    pub named: Named,
    /// In the order of their dates.
    pub exceptions: Vec<Exception>,
    /// That of every team without one of its own.
    pub is_default: bool,
}

/// What a calendar is besides its exceptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    pub zone: Tz,
    pub week: Week,
}

impl Kept {
    pub fn calendar(&self) -> Result<Calendar> {
        let Named { zone, week, .. } = self.named.clone();
        Calendar::new(zone, week, self.exceptions.clone())
            .map_err(|wrong| Error::internal(format!("calendar {}: {wrong}", self.id)))
    }
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Dates that were exceptions already and stay as they are.
    pub known: usize,
}

type Row = (i64, String, String, Doc, Doc, bool);
type Columns =
    (calendars::id, calendars::name, calendars::zone, calendars::week, calendars::exceptions, calendars::is_default);
const COLUMNS: Columns =
    (calendars::id, calendars::name, calendars::zone, calendars::week, calendars::exceptions, calendars::is_default);

/// All calendars, by name.
pub fn list(c: &mut Conn) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = calendars::table.order(calendars::name).select(COLUMNS).load(c)?;
    rows.into_iter().map(kept).collect()
}

pub fn find(c: &mut Conn, id: i64) -> Result<Kept> {
    kept(calendars::table.find(id).select(COLUMNS).first(c)?)
}

fn kept((id, name, zone, week, exceptions, is_default): Row) -> Result<Kept> {
    let unreadable = |what: &dyn std::fmt::Display| Error::internal(format!("calendar {id}: {what}"));
    Ok(Kept {
        id,
        named: Named {
            name,
            zone: zone.parse().map_err(|_| unreadable(&format!("no time zone {zone:?}")))?,
            week: serde_json::from_value(week.0).map_err(|e| unreadable(&e))?,
        },
        exceptions: serde_json::from_value(exceptions.0).map_err(|e| unreadable(&e))?,
        is_default,
    })
}

/// The names of the teams that chose a calendar, by its id.
pub fn teams_by_calendar(c: &mut Conn) -> Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(Option<i64>, String)> = teams::table
        .filter(teams::calendar_id.is_not_null())
        .order(teams::name)
        .select((teams::calendar_id, teams::name))
        .load(c)?;
    let mut by_calendar: HashMap<i64, Vec<String>> = HashMap::new();
    for (calendar_id, name) in rows {
        by_calendar.entry(calendar_id.unwrap_or_default()).or_default().push(name);
    }
    Ok(by_calendar)
}

/// Calendars to choose from: id and name.
pub fn choices(c: &mut Conn) -> QueryResult<Vec<(i64, String)>> {
    calendars::table.order(calendars::name).select((calendars::id, calendars::name)).load(c)
}

/// A new calendar, used by nobody yet.
pub fn add(c: &mut Conn, by: By, named: Named, now: DateTime<Utc>) -> Result<i64> {
    rules::changed(c)?;
    let (id, said) = (id::new_id(), json!({"name": named.name}));
    let row = (
        calendars::id.eq(id),
        calendars::name.eq(named.name),
        calendars::zone.eq(named.zone.name()),
        calendars::week.eq(doc(&named.week)?),
        calendars::exceptions.eq(Doc(json!([]))),
        calendars::is_default.eq(false),
        calendars::updated_at.eq(Ts::from(now)),
    );
    diesel::insert_into(calendars::table).values(row).execute(c).map_err(taken)?;
    tell(c, by, id, "calendar_added", said, now)?;
    Ok(id)
}

/// Another name, zone or week; the exceptions stay.
pub fn change(c: &mut Conn, by: By, id: i64, named: Named, now: DateTime<Utc>) -> Result<()> {
    if find(c, id)?.named == named {
        return Ok(());
    }
    let before = claim(c, id)?.named;
    let said = json!({"name": named.name, "zone": named.zone.name(), "week": named.week, "before": {
        "name": before.name, "zone": before.zone.name(), "week": before.week,
    }});
    diesel::update(calendars::table.find(id))
        .set((
            calendars::name.eq(named.name),
            calendars::zone.eq(named.zone.name()),
            calendars::week.eq(doc(&named.week)?),
            calendars::updated_at.eq(Ts::from(now)),
        ))
        .execute(c)
        .map_err(taken)?;
    tell(c, by, id, "calendar_changed", said, now)
}

/// One more exception; a date has one at most.
pub fn except(c: &mut Conn, by: By, id: i64, exception: Exception, now: DateTime<Utc>) -> Result<()> {
    let mut kept = claim(c, id)?;
    if kept.exceptions.iter().any(|known| known.on == exception.on) {
        return Err(Error::field("on", "sla-exception-taken"));
    }
    let said = json!(exception);
    kept.exceptions.push(exception);
    write_exceptions(c, kept, now)?;
    tell(c, by, id, "calendar_exception_added", said, now)
}

/// The date is like its weekday again.
pub fn unexcept(c: &mut Conn, by: By, id: i64, on: NaiveDate, now: DateTime<Utc>) -> Result<()> {
    let mut kept = claim(c, id)?;
    let place = kept.exceptions.iter().position(|known| known.on == on).ok_or(Error::NotFound)?;
    let said = json!(kept.exceptions.remove(place));
    write_exceptions(c, kept, now)?;
    tell(c, by, id, "calendar_exception_removed", said, now)
}

/// Many exceptions at once. What an administrator said about a date before is worth more than a file.
pub fn import(c: &mut Conn, by: By, id: i64, days: Vec<Exception>, now: DateTime<Utc>) -> Result<Imported> {
    let mut kept = claim(c, id)?;
    let all = days.len();
    let known = |day: &Exception| kept.exceptions.iter().any(|known| known.on == day.on);
    let new: Vec<Exception> = days.into_iter().filter(|day| !known(day)).collect();
    let done = Imported { added: new.len(), known: all - new.len() };
    if new.is_empty() {
        return Ok(done);
    }
    let said = json!({"days": new});
    kept.exceptions.extend(new);
    if kept.exceptions.len() > MAX_DATES {
        return Err(too_many("ics"));
    }
    write_exceptions(c, kept, now)?;
    tell(c, by, id, "calendar_holidays_imported", said, now)?;
    Ok(done)
}

/// From now on that of every team without one of its own.
pub fn make_default(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    if find(c, id)?.is_default {
        return Ok(());
    }
    let kept = claim(c, id)?;
    diesel::update(calendars::table.filter(calendars::is_default)).set(calendars::is_default.eq(false)).execute(c)?;
    diesel::update(calendars::table.find(id)).set(calendars::is_default.eq(true)).execute(c)?;
    tell(c, by, id, "calendar_made_default", json!({"name": kept.named.name}), now)
}

/// Takes a calendar away that nothing goes by: neither a team, nor a meeting, nor a digest, nor everybody else.
pub fn remove(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    let kept = claim(c, id)?;
    if kept.is_default {
        return Err(Error::Conflict("sla-calendar-is-default"));
    }
    diesel::delete(calendars::table.find(id)).execute(c).map_err(|e| match e {
        DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Error::Conflict("sla-calendar-in-use"),
        e => e.into(),
    })?;
    tell(c, by, id, "calendar_removed", json!({"name": kept.named.name}), now)
}

fn write_exceptions(c: &mut Conn, mut kept: Kept, now: DateTime<Utc>) -> Result<()> {
    if kept.exceptions.len() > MAX_DATES {
        return Err(too_many("on"));
    }
    kept.exceptions.sort_by_key(|exception| exception.on);
    diesel::update(calendars::table.find(kept.id))
        .set((calendars::exceptions.eq(doc(&kept.exceptions)?), calendars::updated_at.eq(Ts::from(now))))
        .execute(c)?;
    Ok(())
}

/// A calendar that is about to be changed. Whoever changes rules counts their version first, and so waits for whoever
/// did before: what is read after that stays as it was read.
fn claim(c: &mut Conn, id: i64) -> Result<Kept> {
    rules::changed(c)?;
    find(c, id)
}

fn tell(c: &mut Conn, by: By, id: i64, event: &str, data: Value, now: DateTime<Utc>) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Rules, id, event, data, now))?;
    Ok(())
}

fn doc(value: &impl Serialize) -> Result<Doc> {
    serde_json::to_value(value).map(Doc).map_err(Error::internal)
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}

fn too_many(field: &str) -> Error {
    Error::Invalid(vec![crate::error::FieldError::new(field, "sla-exceptions-too-many").with("max", MAX_DATES)])
}
