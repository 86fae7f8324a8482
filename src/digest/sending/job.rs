//! What runs by itself: drafts are made days ahead of their date, approved editions begin when they are due, and what a
//! process left unfinished goes on.

use super::hour::Hour;
use super::{control, late, run};
use crate::app::App;
use crate::cases::actions::Desk;
use crate::council::dates::Date;
use crate::db::Conn;
use crate::db::schema::digest_editions as rows;
use crate::digest::editions::{self, Edition};
use crate::digest::model::Standing;
use crate::digest::period::Period;
use crate::digest::series::{self, Series};
use crate::error::Result;
use actix_web::web::Data;
use chrono::{DateTime, Duration, Months, Utc};
use diesel::prelude::*;

/// So many dates of a rule are looked at in one go: more than a year of daily digests.
const MOST_DATES: usize = 400;

/// Does what is due, and nothing twice.
pub async fn tick(app: &App) -> Result<()> {
    let desk = Desk::of(app);
    let sending = app.db.write(move |c| step(c, &desk)).await?;
    for id in sending {
        run::run(app, id).await?;
    }
    let paused = app.db.read(|c| with_status(c, &[Standing::Paused])).await?;
    for edition in paused {
        control::tidy(app, edition.id).await?;
    }
    Ok(())
}

/// Lets an edition go out that was just approved, if nothing says that it has to wait.
pub async fn start(app: Data<App>, id: i64) -> Result<()> {
    let now = app.clock.now();
    let due = app.db.write(move |c| begin_if_due(c, id, now)).await?;
    if due { run::patiently(app, id).await } else { Ok(()) }
}

fn begin_if_due(c: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<bool> {
    let edition = editions::find(c, id)?;
    let series = series::find(c, edition.series_id)?;
    let due = edition.status == Standing::Approved && is_due(&series, &edition, now)?;
    if due {
        begin(c, &edition, now)?;
    }
    Ok(due)
}

/// Makes drafts and begins what is due; says what is being sent now.
pub fn step(c: &mut Conn, desk: &Desk) -> Result<Vec<i64>> {
    for series in series::open(c)? {
        draft(c, desk, &series)?;
    }
    for edition in with_status(c, &[Standing::Draft, Standing::Submitted, Standing::Approved])? {
        let series = series::find(c, edition.series_id)?;
        if is_due(&series, &edition, desk.now)? {
            match edition.status {
                Standing::Approved => begin(c, &edition, desk.now)?,
                _ => late::tell(c, desk, &series, &edition)?,
            }
        }
    }
    Ok(with_status(c, &[Standing::Sending])?.into_iter().map(|edition| edition.id).collect())
}

/// Whether mails have to be queued now. A draft of somebody who gave it no date has all the time in the world.
fn is_due(series: &Series, edition: &Edition, now: DateTime<Utc>) -> Result<bool> {
    match edition.send_at {
        Some(at) => Ok(Hour::of(series, *at)?.begins() <= now),
        None => Ok(edition.status == Standing::Approved),
    }
}

/// Lets an approved edition go out; nothing if another process was faster.
pub fn begin(c: &mut Conn, edition: &Edition, now: DateTime<Utc>) -> Result<()> {
    let row = rows::table.find(edition.id).filter(rows::status.eq(Standing::Approved));
    let set = (
        rows::status.eq(Standing::Sending),
        rows::until_at.eq(Some(edition.until_at.unwrap_or_else(|| now.into()))),
        rows::version.eq(rows::version + 1),
    );
    diesel::update(row).set(set).execute(c)?;
    Ok(())
}

/// Makes the draft of the next date, once that is near enough.
fn draft(c: &mut Conn, desk: &Desk, series: &Series) -> Result<()> {
    if series.rule.is_none() || editions::open_slot(c, series.id)? {
        return Ok(());
    }
    let last = editions::last_slot(c, series.id)?;
    if let Some(date) = next(desk, series, last.as_ref())? {
        let period = period(c, series, date)?;
        editions::make(
            c,
            Edition {
                slot_at: Some(date.slot.into()),
                send_at: Some(date.at.into()),
                intro_en: series.intro_en.clone(),
                intro_ru: series.intro_ru.clone(),
                ..Edition::draft(series.id, period, desk.now)
            },
        )?;
    }
    Ok(())
}

/// The date to write for: of those that were missed only the last, and else the first that is near. What passed while
/// the edition before it was still being written is told by that one.
fn next(desk: &Desk, series: &Series, last: Option<&Edition>) -> Result<Option<Date>> {
    let done = last.and_then(|last| last.queued_at.max(last.send_at));
    let after = done.map_or(*series.since, |done| (*done).max(*series.since));
    let near = desk.now + Duration::days(series.days_ahead.into());
    let is_new = |date: &Date| last.and_then(|last| last.slot_at).is_none_or(|slot| date.slot > *slot);
    let dates: Vec<Date> = series.dates(desk, after, MOST_DATES)?.into_iter().filter(is_new).collect();
    let missed = dates.iter().rfind(|date| date.at <= desk.now);
    Ok(missed.or_else(|| dates.first().filter(|date| date.at <= near)).copied())
}

/// From where the last edition ended, or for a month, to the day on which it goes out.
fn period(c: &mut Conn, series: &Series, date: Date) -> Result<Period> {
    let last = date.at.with_timezone(&series.zone()?).date_naive();
    let month_ago = last.checked_sub_months(Months::new(1)).unwrap_or(last);
    let first = editions::told_until(c, series.id)?.map_or(month_ago, |told| told.min(last));
    Period::between(first, last)
}

fn with_status(c: &mut Conn, wanted: &[Standing]) -> Result<Vec<Edition>> {
    let found = rows::table.filter(rows::status.eq_any(wanted.to_vec())).order(rows::id);
    Ok(found.select(Edition::as_select()).load(c)?)
}
