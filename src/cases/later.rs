//! Until when a case is put off: what people are offered, in the house's time zone.

use crate::error::{Error, Result};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

crate::text_enum! {
    /// Until when.
    pub enum Until {
        Tomorrow = "tomorrow",
        ThreeDays = "three_days",
        /// Monday.
        NextWeek = "next_week",
        /// A date and time of one's own.
        Own = "own",
    }
}

/// Nobody puts a case off for longer.
const LONGEST: Duration = Duration::days(366);

impl Until {
    /// The morning this means; none if it is not a fixed one.
    pub fn morning(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&zone).date_naive();
        let days = match self {
            Until::Tomorrow => 1,
            Until::ThreeDays => 3,
            Until::NextWeek => 7 - i64::from(today.weekday().num_days_from_monday()),
            Until::Own => return None,
        };
        local(today + Duration::days(days), morning(), zone)
    }

    /// The moment that is meant; `date` and `time` are what was typed for a moment of one's own, in the morning if there
    /// is no time.
    pub fn moment(self, date: &str, time: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>> {
        if let Some(morning) = self.morning(now, zone) {
            return Ok(morning);
        }
        let wrong = || Error::field("date", "error-date");
        let date = date.trim().parse().map_err(|_| wrong())?;
        let time = match time.trim() {
            "" => morning(),
            typed => NaiveTime::parse_from_str(typed, "%H:%M").map_err(|_| Error::field("time", "error-time"))?,
        };
        match local(date, time, zone).ok_or_else(wrong)? {
            at if at <= now => Err(Error::field("date", "error-not-in-the-past")),
            at if at > now + LONGEST => Err(Error::field("date", "error-date-too-far")),
            at => Ok(at),
        }
    }
}

/// When people begin to work.
fn morning() -> NaiveTime {
    NaiveTime::MIN + Duration::hours(9)
}

/// A wall-clock time; of one that comes twice the first, and none that is skipped when clocks go forward.
fn local(date: NaiveDate, time: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&date.and_time(time)).earliest().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn mornings_are_the_houses() {
        let late = moment("2026-11-22T22:30:00Z"); // Monday, 01:30 in Moscow
        let at = |until: Until| until.morning(late, Tz::Europe__Moscow);
        assert_eq!(at(Until::Tomorrow), Some(moment("2026-11-24T06:00:00Z")));
        assert_eq!(at(Until::ThreeDays), Some(moment("2026-11-26T06:00:00Z")));
        assert_eq!(at(Until::NextWeek), Some(moment("2026-11-30T06:00:00Z")));
        assert_eq!(at(Until::Own), None);
    }

    #[test]
    fn an_own_moment_is_read_in_the_houses_zone() {
        let now = moment("2026-11-22T22:30:00Z");
        let at = |date: &str, time: &str| Until::Own.moment(date, time, now, Tz::Europe__Berlin).ok();
        assert_eq!(at("2026-12-01", "14:30"), Some(moment("2026-12-01T13:30:00Z")));
        assert_eq!(at("2026-12-01", ""), Some(moment("2026-12-01T08:00:00Z")));
        assert_eq!(at("2027-03-28", "02:30"), None, "clocks go forward: there is no such time");
        for (date, time) in [("soon", ""), ("2026-12-01", "25:00"), ("2026-11-22", ""), ("2029-01-01", "")] {
            assert_eq!(at(date, time), None, "{date} {time}");
        }
    }
}
