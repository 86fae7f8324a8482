//! What is typed on the pages of calendars, and what becomes of it.

use crate::error::{Error, FieldError, Result};
use crate::sla::calendar::{Calendar, Exception, Week};
use crate::sla::holidays::{self, Holidays, MAX_DATES, MAX_NAME, MAX_SIZE, Unusable};
use crate::sla::pages::hours;
use crate::sla::store::Named;
use crate::web::forms::clean_line;
use crate::web::upload::Files;
use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarForm {
    pub name: String,
    pub zone: String,
    pub mon: String,
    pub tue: String,
    pub wed: String,
    pub thu: String,
    pub fri: String,
    pub sat: String,
    pub sun: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExceptionForm {
    pub on: String,
    pub hours: String,
    pub occasion: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct HolidaysForm {
    pub ics: String,
}

impl CalendarForm {
    /// Where most begin.
    pub fn usual(zone: Tz) -> CalendarForm {
        let day = || "09:00-18:00".to_owned();
        CalendarForm {
            zone: zone.name().to_owned(),
            mon: day(),
            tue: day(),
            wed: day(),
            thu: day(),
            fri: day(),
            ..CalendarForm::default()
        }
    }

    pub fn of(named: &Named) -> CalendarForm {
        let mut form =
            CalendarForm { name: named.name.clone(), zone: named.zone.name().to_owned(), ..CalendarForm::default() };
        for day in Week::DAYS {
            *form.day_mut(day) = hours::written(named.week.day(day));
        }
        form
    }

    /// Names every field that is wrong.
    pub fn named(&self) -> Result<Named> {
        let (name, zone, week) = (checked("name", &self.name), self.zone(), self.week());
        if let (Ok(Some(name)), Ok(zone), Ok(week)) = (&name, &zone, &week) {
            return Ok(Named { name: name.clone(), zone: *zone, week: week.clone() });
        }
        let unnamed = matches!(name, Ok(None)).then(|| FieldError::new("name", "error-required"));
        let mut wrong: Vec<FieldError> = unnamed.into_iter().chain(name.err()).chain(zone.err()).collect();
        wrong.extend(week.err().unwrap_or_default());
        Err(Error::Invalid(wrong))
    }

    /// What it means without a name and exceptions.
    pub fn calendar(&self) -> Result<Calendar> {
        let zone = self.zone().map_err(|wrong| Error::Invalid(vec![wrong]))?;
        let week = self.week().map_err(Error::Invalid)?;
        Calendar::new(zone, week, Vec::new()).map_err(|wrong| Error::Invalid(vec![hours::refusal(wrong, "hours")]))
    }

    fn zone(&self) -> std::result::Result<Tz, FieldError> {
        let typed = clean_line(&self.zone).replace(' ', "_");
        let same = |zone: &&Tz| zone.name().eq_ignore_ascii_case(&typed);
        chrono_tz::TZ_VARIANTS.iter().find(same).copied().ok_or_else(|| FieldError::new("zone", "sla-zone-unknown"))
    }

    fn week(&self) -> std::result::Result<Week, Vec<FieldError>> {
        let (mut week, mut wrong) = (Week::default(), Vec::new());
        for day in Week::DAYS {
            match hours::read(hours::word(day), self.day(day)) {
                Ok(hours) => *week.day_mut(day) = hours,
                Err(e) => wrong.push(e),
            }
        }
        if wrong.is_empty() {
            wrong.extend(
                Calendar::new(Tz::UTC, week.clone(), Vec::new()).err().map(|wrong| hours::refusal(wrong, "hours")),
            );
        }
        if wrong.is_empty() { Ok(week) } else { Err(wrong) }
    }

    fn day(&self, day: Weekday) -> &str {
        match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }

    fn day_mut(&mut self, day: Weekday) -> &mut String {
        match day {
            Weekday::Mon => &mut self.mon,
            Weekday::Tue => &mut self.tue,
            Weekday::Wed => &mut self.wed,
            Weekday::Thu => &mut self.thu,
            Weekday::Fri => &mut self.fri,
            Weekday::Sat => &mut self.sat,
            Weekday::Sun => &mut self.sun,
        }
    }
}

impl ExceptionForm {
    /// Names every field that is wrong.
    pub fn exception(&self) -> Result<Exception> {
        let near = |on: &NaiveDate| (1970..2200).contains(&on.year());
        let on = self.on.trim().parse().ok().filter(near).ok_or_else(|| FieldError::new("on", "sla-date-unreadable"));
        let (hours, name) = (hours::read("hours", &self.hours), checked("occasion", &self.occasion));
        match (on, hours, name) {
            (Ok(on), Ok(hours), Ok(name)) => {
                let exception = Exception { on, hours, name: name.unwrap_or_default() };
                exception.check().map_err(|wrong| Error::Invalid(vec![hours::refusal(wrong, "hours")]))?;
                Ok(exception)
            }
            (on, hours, name) => {
                Err(Error::Invalid([on.err(), hours.err(), name.err()].into_iter().flatten().collect()))
            }
        }
    }
}

/// A short line, or nothing.
fn checked(field: &str, typed: &str) -> std::result::Result<Option<String>, FieldError> {
    let line = clean_line(typed);
    match line.chars().count() {
        0 => Ok(None),
        n if n > MAX_NAME => Err(FieldError::new(field, "error-too-long").with("max", MAX_NAME)),
        _ => Ok(Some(line)),
    }
}

impl HolidaysForm {
    /// From the file, or else from what was pasted.
    pub fn holidays(&self, files: Files, today: NaiveDate) -> Result<Holidays> {
        if !files.refused.is_empty() {
            return Err(Error::Invalid(files.refused));
        }
        let read = |field: &str, text: &str| {
            holidays::read(text, today).map_err(|why| Error::Invalid(vec![unusable(field, why)]))
        };
        match files.taken.first() {
            Some(file) => match std::str::from_utf8(&file.bytes) {
                Ok(text) => read("file", text),
                Err(_) => Err(Error::Invalid(vec![unusable("file", Unusable::NotACalendar)])),
            },
            None if self.ics.trim().is_empty() => Err(Error::field("file", "sla-ics-nothing")),
            None => read("ics", &self.ics),
        }
    }
}

fn unusable(field: &str, why: Unusable) -> FieldError {
    let wrong = |key: &str| FieldError::new(field, key);
    match why {
        Unusable::TooLarge => wrong("sla-ics-too-large").with("max", MAX_SIZE / 1024),
        Unusable::NotACalendar => wrong("sla-ics-not-a-calendar"),
        Unusable::CutShort => wrong("sla-ics-cut-short"),
        Unusable::Line(line) => wrong("sla-ics-line").with("line", line),
        Unusable::TooMany => wrong("sla-exceptions-too-many").with("max", MAX_DATES),
        Unusable::NoDays => wrong("sla-ics-no-days"),
    }
}
