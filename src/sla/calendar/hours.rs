//! Hours of a day, of a week, of a single date, and what they are in real time.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// Part of a day by the clock on the wall, in minutes since midnight. Written `09:00-18:00`; a day ends at `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    pub from: u16,
    pub to: u16,
}

/// Not two times of a day with a dash between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Why the hours of a calendar cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The hours of this weekday.
    In(Weekday, Cause),
    /// The hours of the exception for this date.
    On(NaiveDate, Cause),
    /// Two exceptions for one date.
    Twice(NaiveDate),
    /// No hours on any weekday.
    NeverOpen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// These begin before those before them end.
    Overlapping(Hours),
    /// These do not end after they begin, or not on that day.
    Backwards(Hours),
}

/// Hours by weekday, as stored: `{"mon":["09:00-13:00","14:00-18:00"]}`. A day without hours may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Week {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<Hours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<Hours>,
}

/// A date unlike its weekday: closed when it has no hours, or else worked just these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    pub on: NaiveDate,
    pub hours: Vec<Hours>,
    #[serde(default)]
    pub name: String,
}

impl Exception {
    /// Whether its hours can be.
    pub fn check(&self) -> Result<(), Wrong> {
        check(&self.hours).map_err(|cause| Wrong::On(self.on, cause))
    }
}

impl Week {
    /// Monday to Sunday.
    pub const DAYS: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    pub(super) fn always() -> Week {
        let mut week = Week::default();
        for day in Week::DAYS {
            *week.day_mut(day) = vec![Hours { from: 0, to: DAY }];
        }
        week
    }

    pub fn day(&self, day: Weekday) -> &[Hours] {
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

    pub fn day_mut(&mut self, day: Weekday) -> &mut Vec<Hours> {
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

    pub(super) fn check(&self) -> Result<(), Wrong> {
        for day in Week::DAYS {
            check(self.day(day)).map_err(|cause| Wrong::In(day, cause))?;
        }
        if Week::DAYS.iter().all(|day| self.day(*day).is_empty()) { Err(Wrong::NeverOpen) } else { Ok(()) }
    }
}

/// Hours of one day may touch and come in any order; they may not overlap.
fn check(hours: &[Hours]) -> Result<(), Cause> {
    let mut ordered = hours.to_vec();
    ordered.sort_unstable();
    let mut free_from = 0;
    for hours in ordered {
        if hours.from >= hours.to || hours.to > DAY {
            return Err(Cause::Backwards(hours));
        }
        if hours.from < free_from {
            return Err(Cause::Overlapping(hours));
        }
        free_from = hours.to;
    }
    Ok(())
}

/// Minutes by the clock on the wall.
const DAY: u16 = 24 * 60;

impl Hours {
    /// These hours of a date in real time. Where clocks are put forward over one of its ends, that is the moment of the
    /// change; where they are put back, it begins the first time they show its beginning and ends the last time they
    /// show its end. Empty when clocks skip all of it.
    pub(super) fn stretch(self, date: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        let wall = |minutes: u16| date.and_time(NaiveTime::MIN) + Duration::minutes(minutes.into());
        let (from, to) = (wall(self.from), wall(self.to));
        let start = zone.from_local_datetime(&from).earliest().map_or_else(|| change(from, zone), |at| at.to_utc());
        let end = zone.from_local_datetime(&to).latest().map_or_else(|| change(to, zone), |at| at.to_utc());
        (start, end)
    }
}

/// The moment when clocks were put forward over this time: the first at which they show it or a later one.
fn change(skipped: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // No zone is farther from UTC than a day, and no change is larger.
    let (mut before, mut after) = (-2 * 86_400, 2 * 86_400);
    while after - before > 1 {
        let (middle, at) = ((before + after) / 2, skipped + Duration::seconds((before + after) / 2));
        let shown = at + zone.offset_from_utc_datetime(&at).fix();
        if shown < skipped { before = middle } else { after = middle }
    }
    (skipped + Duration::seconds(after)).and_utc()
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl FromStr for Hours {
    type Err = Unreadable;

    /// Reads the form alone; whether it ends after it begins is said by `Calendar::new`.
    fn from_str(text: &str) -> Result<Hours, Unreadable> {
        let (from, to) = text.split_once('-').ok_or(Unreadable)?;
        Ok(Hours { from: minutes(from)?, to: minutes(to)? })
    }
}

/// `9:00`, `09:00`, `24:00`.
fn minutes(text: &str) -> Result<u16, Unreadable> {
    let (hour, minute) = text.split_once(':').ok_or(Unreadable)?;
    let number = |digits: &str, len: std::ops::RangeInclusive<usize>| {
        let plain = len.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse::<u16>().map_err(|_| Unreadable) } else { Err(Unreadable) }
    };
    match (number(hour, 1..=2)?, number(minute, 2..=2)?) {
        (hour, minute) if hour < 24 && minute < 60 => Ok(hour * 60 + minute),
        (24, 0) => Ok(DAY),
        _ => Err(Unreadable),
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hours, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hours are written like 09:00-18:00")
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::In(day, cause) => write!(f, "{day}: {cause}"),
            Wrong::On(date, cause) => write!(f, "{date}: {cause}"),
            Wrong::Twice(date) => write!(f, "{date}: two exceptions for one date"),
            Wrong::NeverOpen => f.write_str("no working hours in the week"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Overlapping(hours) => write!(f, "{hours} overlaps other hours"),
            Cause::Backwards(hours) => write!(f, "{hours} does not end after it begins"),
        }
    }
}

impl std::error::Error for Unreadable {}
impl std::error::Error for Wrong {}
