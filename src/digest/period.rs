//! The days a digest tells about, and the moments at which they begin and end. Pure.

use crate::error::{Error, Result};
use crate::i18n::{self, Lang};
use chrono::{DateTime, Datelike, Days, Duration, LocalResult, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Far from either end of the calendar, so that stepping a month or a day cannot fail.
const YEARS: RangeInclusive<i32> = 1970..=9000;

/// From the first day to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Period {
    /// Days somebody chose.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Result<Period> {
        match (first <= last, YEARS.contains(&first.year()) && YEARS.contains(&last.year())) {
            (true, true) => Ok(Period { first, last }),
            (true, false) => Err(Error::field("from", "error-date")),
            (false, _) => Err(Error::field("to", "error-digest-days")),
        }
    }

    /// The calendar month that ended last before `now`.
    pub fn last_month(now: DateTime<Utc>, zone: Tz) -> Period {
        let today = now.with_timezone(&zone).date_naive();
        Month::of(today - Months::new(1)).period()
    }

    /// The calendar month this is, if it is one.
    pub fn month(self) -> Option<Month> {
        Some(Month::of(self.first)).filter(|month| month.period() == self)
    }

    /// Whether something may still happen on a later day of it.
    pub fn is_open(self, now: DateTime<Utc>, zone: Tz) -> bool {
        self.last > now.with_timezone(&zone).date_naive()
    }

    /// The moment at which its first day begins.
    pub fn begins(self, zone: Tz) -> DateTime<Utc> {
        midnight(self.first, zone)
    }

    /// The moment at which its last day begins.
    pub fn begins_last_day(self, zone: Tz) -> DateTime<Utc> {
        midnight(self.last, zone)
    }

    /// The moment after its last day.
    pub fn ends(self, zone: Tz) -> DateTime<Utc> {
        midnight(self.last + Days::new(1), zone)
    }

    /// "1–31 October 2026".
    pub fn in_words(self, lang: Lang) -> String {
        i18n::period(lang, self.first, self.last)
    }
}

/// A calendar month, said as "2026-10"; holds its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(NaiveDate);

impl Month {
    pub fn of(day: NaiveDate) -> Month {
        Month(day - Days::new(u64::from(day.day0())))
    }

    pub fn period(self) -> Period {
        Period { first: self.0, last: self.0 + Months::new(1) - Days::new(1) }
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(typed: &str) -> std::result::Result<Month, String> {
        let wrong = || format!("{typed:?} is no month; write it as 2026-10");
        let day = NaiveDate::parse_from_str(&format!("{}-01", typed.trim()), "%Y-%m-%d").map_err(|_| wrong())?;
        if YEARS.contains(&day.year()) { Ok(Month(day)) } else { Err(wrong()) }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// The moment at which a day begins in a zone: the first of two where the clock is set back over midnight, the one
/// after the gap where it is set forward.
fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let wall = day.and_time(NaiveTime::MIN);
    // Gaps are whole quarters of an hour; the longest, a day left out at the date line, is 24 hours.
    let shown =
        (0..=96).find_map(|quarters| match zone.from_local_datetime(&(wall + Duration::minutes(15 * quarters))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => None,
        });
    shown.unwrap_or_else(|| wall.and_utc())
}

/// The stretch of time a digest draws on, less what earlier digests have told already.
#[derive(Clone, Debug)]
pub struct Window {
    pub from: DateTime<Utc>,
    /// Not included.
    pub until: DateTime<Utc>,
    pub told: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Window {
    /// What a digest of this period, made at `made_at`, can tell.
    pub fn of(period: Period, zone: Tz, made_at: DateTime<Utc>) -> Window {
        let (from, until) = (period.begins(zone), period.ends(zone).min(made_at));
        Window { from, until: until.max(from), told: Vec::new() }
    }

    /// Leaves out what another digest told.
    pub fn without(mut self, earlier: &Window) -> Window {
        self.told.push((earlier.from, earlier.until));
        self
    }

    /// Whether something that happened then is news in this digest.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        let within = |from: DateTime<Utc>, until: DateTime<Utc>| from <= at && at < until;
        within(self.from, self.until) && !self.told.iter().any(|(from, until)| within(*from, *until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn month(text: &str) -> Period {
        text.parse::<Month>().expect("a month").period()
    }

    #[test]
    fn months_begin_and_end_at_local_midnight() {
        // In March and October Berlin begins and ends the month at different distances from UTC; Moscow never does.
        let (berlin, moscow) = (Tz::Europe__Berlin, Tz::Europe__Moscow);
        let march = month("2026-03");
        assert_eq!(
            (march.begins(berlin), march.ends(berlin)),
            (at("2026-02-28T23:00:00Z"), at("2026-03-31T22:00:00Z"))
        );
        assert_eq!(
            (march.begins(moscow), march.ends(moscow)),
            (at("2026-02-28T21:00:00Z"), at("2026-03-31T21:00:00Z"))
        );
        let october = month("2026-10");
        assert_eq!(
            (october.begins(berlin), october.ends(berlin)),
            (at("2026-09-30T22:00:00Z"), at("2026-10-31T23:00:00Z"))
        );
        for zone in [berlin, moscow] {
            assert_eq!(october.ends(zone), month("2026-11").begins(zone), "no moment between two months, none twice");
        }
    }

    #[test]
    fn a_day_that_has_no_midnight_still_begins() {
        // Beirut sets its clocks forward at midnight; Apia left out a whole day.
        let first = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        assert_eq!(midnight(first(2026, 3, 29), Tz::Asia__Beirut), at("2026-03-28T22:00:00Z"));
        assert_eq!(midnight(first(2011, 12, 30), Tz::Pacific__Apia), at("2011-12-30T10:00:00Z"));
    }

    #[test]
    fn last_month_is_the_readers_last_month() {
        let new_year = at("2026-12-31T22:30:00Z");
        assert_eq!(Period::last_month(new_year, Tz::UTC), month("2026-11"));
        assert_eq!(Period::last_month(new_year, Tz::Europe__Moscow), month("2026-12"));
        assert_eq!(Period::last_month(at("2026-03-31T12:00:00Z"), Tz::UTC), month("2026-02"));
    }

    #[test]
    fn months_are_read_and_written() {
        assert_eq!(month("2028-02").last.to_string(), "2028-02-29");
        assert_eq!(month("2026-10").month().map(|m| m.to_string()).as_deref(), Some("2026-10"));
        for wrong in ["", "2026", "2026-13", "10-2026", "999999-01", "0001-01"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        let days = Period::between(month("2026-10").first, month("2026-11").last).expect("days");
        assert_eq!(days.month(), None);
        assert!(Period::between(days.last, days.first).is_err());
    }

    #[test]
    fn what_was_told_is_no_news() {
        let first_half = Period { last: month("2026-10").first + Days::new(14), ..month("2026-10") };
        let earlier = Window::of(first_half, Tz::UTC, at("2026-10-15T12:00:00Z"));
        let window = Window::of(month("2026-10"), Tz::UTC, at("2026-11-02T00:00:00Z")).without(&earlier);
        assert!(!window.holds(at("2026-10-15T11:59:59Z")), "was in the first");
        assert!(window.holds(at("2026-10-15T12:00:00Z")), "happened after the first was made");
        assert!(window.holds(at("2026-10-31T23:59:59Z")) && !window.holds(at("2026-11-01T00:00:00Z")));
        assert!(!Window::of(month("2026-10"), Tz::UTC, at("2026-09-01T00:00:00Z")).holds(at("2026-10-01T00:00:00Z")));
    }
}
