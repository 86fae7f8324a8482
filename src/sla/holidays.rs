//! Holidays from an iCalendar file (RFC 5545), as exceptions of a calendar: its all-day events are days without work.
//!
//! The file is somebody else's. Only the lines of an event that say when it is and what it is called are handed to the
//! parser, each by itself, so neither nesting nor odd quotes nor line ends can lead it astray.

mod yearly;

#[cfg(test)]
mod tests;

use super::calendar::Exception;
use crate::web::forms::clean_line;
use chrono::{Datelike, NaiveDate};
use icalendar::parser::{Property, unfold};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use yearly::Yearly;

/// The largest file, in bytes.
pub const MAX_SIZE: usize = 1024 * 1024;
/// The most dates a file may hold.
pub const MAX_DATES: usize = 2_000;
/// The longest name of a day, in characters.
pub const MAX_NAME: usize = 120;
/// What happens every year is laid out for this year and the two after it.
const YEARS: i32 = 3;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holidays {
    /// One for each date, in order; none has hours.
    pub days: Vec<Exception>,
    /// Events at a time of day, which are left out.
    pub timed: usize,
    /// Events that repeat in a way we do not follow, also left out.
    pub odd: usize,
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    TooLarge,
    /// It does not begin as a calendar does.
    NotACalendar,
    /// It ends in the middle of an event.
    CutShort,
    /// A line that says nothing we can read, as it stands there.
    Line(String),
    TooMany,
    /// No day without work is in it.
    NoDays,
}

/// Reads a file; `today` says which years are meant by "every year".
pub fn read(file: &str, today: NaiveDate) -> Result<Holidays, Unusable> {
    if file.len() > MAX_SIZE {
        return Err(Unusable::TooLarge);
    }
    let text = unfold(file.trim_start_matches('\u{feff}').trim_start());
    let lines = || text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
    if !lines().next().is_some_and(|first| first.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(Unusable::NotACalendar);
    }
    let mut found = Found::default();
    let (mut event, mut inside): (Option<Event>, usize) = (None, 0);
    for line in lines() {
        match (part(line), &mut event) {
            (Part::Begin(name), None) if name.eq_ignore_ascii_case("VEVENT") => event = Some(Event::default()),
            (Part::End(name), Some(_)) if inside == 0 && name.eq_ignore_ascii_case("VEVENT") => {
                found.add(event.take().unwrap_or_default(), today.year())?;
            }
            // An alarm, say, has a beginning and an end of its own.
            (Part::Begin(_), Some(_)) => inside += 1,
            (Part::End(_), Some(_)) => inside = inside.saturating_sub(1),
            (Part::Line, Some(event)) if inside == 0 => event.take_line(line)?,
            _ => {}
        }
    }
    if event.is_some() { Err(Unusable::CutShort) } else { found.holidays() }
}

enum Part<'a> {
    Begin(&'a str),
    End(&'a str),
    Line,
}

fn part(line: &str) -> Part<'_> {
    match line.split_once(':') {
        Some((word, name)) if word.eq_ignore_ascii_case("BEGIN") => Part::Begin(name.trim()),
        Some((word, name)) if word.eq_ignore_ascii_case("END") => Part::End(name.trim()),
        _ => Part::Line,
    }
}

/// What an event says about itself.
#[derive(Debug, Default)]
struct Event {
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    days: Option<i64>,
    timed: bool,
    cancelled: bool,
    name: String,
    rule: Option<String>,
    except: BTreeSet<NaiveDate>,
}

impl Event {
    fn take_line(&mut self, line: &str) -> Result<(), Unusable> {
        let name = line.split([';', ':']).next().unwrap_or_default().trim().to_ascii_uppercase();
        if !matches!(name.as_str(), "DTSTART" | "DTEND" | "DURATION" | "SUMMARY" | "STATUS" | "RRULE" | "EXDATE") {
            return Ok(());
        }
        let unreadable = || Unusable::Line(bounded(line));
        let property = Property::try_from(line).map_err(|_| unreadable())?;
        let value = property.val.as_str().trim();
        match name.as_str() {
            "SUMMARY" => self.name = bounded(value),
            "STATUS" => self.cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            "RRULE" => self.rule = Some(value.to_owned()),
            "DURATION" => self.days = whole_days(value),
            // A time of day, with or without a zone.
            _ if value.contains(['T', 't']) => self.timed |= name == "DTSTART",
            "DTSTART" => self.start = Some(date(value).ok_or_else(unreadable)?),
            "DTEND" => self.end = Some(date(value).ok_or_else(unreadable)?),
            _ => self.except.extend(value.split(',').filter_map(date)),
        }
        Ok(())
    }

    /// How many days it lasts: at least the one it begins on.
    fn length(&self, start: NaiveDate) -> i64 {
        // The end is the first day that is not part of it.
        let to_end = self.end.map(|end| (end - start).num_days());
        to_end.or(self.days).unwrap_or(1).max(1)
    }
}

#[derive(Default)]
struct Found {
    days: BTreeMap<NaiveDate, String>,
    /// Dates that were named, again and again too: what it takes to read them is bounded.
    named: usize,
    timed: usize,
    odd: usize,
}

impl Found {
    fn add(&mut self, event: Event, year: i32) -> Result<(), Unusable> {
        if event.cancelled {
            return Ok(());
        }
        if event.timed {
            self.timed += 1;
            return Ok(());
        }
        let start = event.start.ok_or(Unusable::CutShort)?;
        let starts = match event.rule.as_deref().map(|rule| Yearly::read(rule, start)) {
            None => vec![start],
            Some(Some(yearly)) => yearly.dates(year..year + YEARS),
            Some(None) => {
                self.odd += 1;
                return Ok(());
            }
        };
        let length = event.length(start);
        for first in starts.into_iter().filter(|date| !event.except.contains(date)) {
            for on in first.iter_days().take(usize::try_from(length).unwrap_or(usize::MAX)) {
                self.name(on, &event.name)?;
            }
        }
        Ok(())
    }

    /// Two events on one day leave one day with both names.
    fn name(&mut self, on: NaiveDate, name: &str) -> Result<(), Unusable> {
        self.named += 1;
        if self.named > MAX_DATES {
            return Err(Unusable::TooMany);
        }
        let known = self.days.entry(on).or_default();
        if known.is_empty() {
            *known = name.to_owned();
        } else if !name.is_empty() && !known.split(", ").any(|one| one == name) {
            *known = bounded(&format!("{known}, {name}"));
        }
        Ok(())
    }

    fn holidays(self) -> Result<Holidays, Unusable> {
        let Found { days, timed, odd, .. } = self;
        if days.is_empty() {
            return Err(Unusable::NoDays);
        }
        let closed = |(on, name)| Exception { on, hours: Vec::new(), name };
        Ok(Holidays { days: days.into_iter().map(closed).collect(), timed, odd })
    }
}

/// `20261104`.
fn date(value: &str) -> Option<NaiveDate> {
    let digits = value.trim();
    let number = |from: usize, to: usize| u32::from_str(digits.get(from..to)?).ok();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)
}

/// `P3D`, `P1W`: the lengths that all-day events have.
fn whole_days(value: &str) -> Option<i64> {
    let rest = value.trim_start_matches('+').strip_prefix('P')?;
    let (number, days) = rest.strip_suffix('D').map(|n| (n, 1)).or(rest.strip_suffix('W').map(|n| (n, 7)))?;
    Some(i64::from(u16::from_str(number).ok()?) * days)
}

/// A line as it may be shown and stored.
fn bounded(text: &str) -> String {
    let line = clean_line(text);
    if line.chars().count() <= MAX_NAME { line } else { line.chars().take(MAX_NAME - 1).chain(['…']).collect() }
}
