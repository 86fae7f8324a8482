//! What the pages of calendars show.

use super::form::{CalendarForm, ExceptionForm, HolidaysForm};
use crate::error::{Error, Result};
use crate::i18n::{self, Arg};
use crate::sla::calendar::{Calendar, Exception};
use crate::sla::pages::hours;
use crate::sla::store::Kept;
use crate::web::page::Page;
use chrono::{DateTime, Datelike, Duration, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The promise that the sentence about a calendar takes as its example.
const EXAMPLE: Duration = Duration::hours(8);

/// What an import did, carried to the page by its address.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Report {
    pub added: Option<usize>,
    pub known: usize,
    pub timed: usize,
    pub odd: usize,
}

impl Report {
    pub fn query(&self) -> Result<String> {
        serde_html_form::to_string(self).map_err(Error::internal)
    }

    pub fn said(&self) -> Value {
        if self.added.is_some() { json!(self) } else { Value::Null }
    }
}

/// A line of the list.
pub fn row(page: &Page, kept: &Kept, teams: Option<&Vec<String>>) -> Result<Value> {
    Ok(json!({
        "id": kept.id.to_string(),
        "name": kept.named.name,
        "zone": kept.named.zone.name(),
        "hours": hours_this_week(&kept.calendar()?, kept.named.zone, page.now),
        "is_default": kept.is_default,
        "teams": teams.map(|names| names.join(", ")),
    }))
}

/// The page of a calendar that is not there yet.
pub fn new(form: &CalendarForm, meaning: Option<String>) -> Result<Value> {
    let mut context = json!({"id": null, "name": null, "meaning": meaning, "imported": null});
    context["zones"] = zones();
    context["form"] = json!(form);
    Ok(context)
}

/// The page of a calendar, with all its forms as nobody has typed into them yet.
pub fn shown(page: &Page, kept: &Kept) -> Result<Value> {
    let mut form = json!(CalendarForm::of(&kept.named));
    for empty in [json!(ExceptionForm::default()), json!(HolidaysForm::default())] {
        for (field, value) in empty.as_object().into_iter().flatten() {
            form[field] = value.clone();
        }
    }
    let today = page.now.with_timezone(&kept.named.zone).date_naive();
    let (coming, past): (Vec<&Exception>, Vec<&Exception>) = kept.exceptions.iter().partition(|e| e.on >= today);
    let group = |title: &str, days: Vec<&Exception>| {
        let rows: Vec<Value> = days.into_iter().map(exception).collect();
        (!rows.is_empty()).then(|| json!({"title": title, "days": rows}))
    };
    let coming = group("sla-exceptions-coming", coming);
    let is_coming = coming.is_some();
    let dates: Vec<Value> = coming.into_iter().chain(group("sla-exceptions-past", past)).collect();
    Ok(json!({
        "id": kept.id.to_string(),
        "name": kept.named.name,
        "is_default": kept.is_default,
        "meaning": meaning(page, &kept.calendar()?, kept.named.zone),
        "zones": zones(),
        "form": form,
        "is_coming": is_coming,
        "dates": dates,
        "imported": null,
    }))
}

fn exception(exception: &Exception) -> Value {
    json!({"on": exception.on, "hours": hours::written(&exception.hours), "name": exception.name})
}

fn zones() -> Value {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
}

/// What a calendar means, in plain words.
pub fn meaning(page: &Page, calendar: &Calendar, zone: Tz) -> String {
    let due = calendar.add(page.now, EXAMPLE);
    let args = [
        ("hours", Arg::from(hours_this_week(calendar, zone, page.now))),
        ("promise", Arg::from(EXAMPLE.num_hours())),
        ("day", Arg::from(i18n::day(page.lang, zone, due))),
        ("time", Arg::from(due.with_timezone(&zone).format("%H:%M").to_string())),
        ("zone", Arg::from(zone.name())),
    ];
    page.t("sla-meaning", &args)
}

/// From Monday's midnight to the next one where the calendar is; exceptions count.
fn hours_this_week(calendar: &Calendar, zone: Tz, now: DateTime<Utc>) -> f64 {
    let today = now.with_timezone(&zone).date_naive();
    let monday = today - Duration::days(today.weekday().num_days_from_monday().into());
    let midnight = |days| {
        let local = (monday + Duration::days(days)).and_time(NaiveTime::MIN);
        // Where clocks skip midnight, an hour of a night makes no difference to the sentence.
        zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
    };
    calendar.between(midnight(0), midnight(7)).num_minutes() as f64 / 60.0
}
