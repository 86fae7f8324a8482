//! Until when a case is put off: the choices that people are offered.

use crate::error::{Error, Result};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

crate::text_enum! {
    /// When it comes back; always in the morning.
    pub enum Later {
        Tomorrow = "tomorrow",
        InThreeDays = "three_days",
        /// On Monday.
        NextWeek = "next_week",
        /// On a day of their choice.
        Date = "date",
    }
}

/// When the morning begins, where the house is.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// Nobody puts a case off for longer.
const LONGEST_DAYS: u64 = 366;

impl Later {
    /// The moment that is meant; `date` is what was typed for [`Later::Date`].
    pub fn moment(self, date: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>> {
        let today = now.with_timezone(&zone).date_naive();
        let day = match self {
            Later::Tomorrow => today + Days::new(1),
            Later::InThreeDays => today + Days::new(3),
            Later::NextWeek => today + Days::new(7 - u64::from(today.weekday().num_days_from_monday())),
            Later::Date => chosen(date, today)?,
        };
        let morning = zone.from_local_datetime(&day.and_time(MORNING)).earliest();
        morning.map(|at| at.with_timezone(&Utc)).ok_or_else(|| Error::field("date", "error-date"))
    }
}

fn chosen(typed: &str, today: NaiveDate) -> Result<NaiveDate> {
    let day: NaiveDate = typed.trim().parse().map_err(|_| Error::field("date", "error-date"))?;
    match day {
        day if day <= today => Err(Error::field("date", "error-date-past")),
        day if day > today + Days::new(LONGEST_DAYS) => Err(Error::field("date", "error-date-too-far")),
        day => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_in_the_morning_of_the_house() -> Result<()> {
        let zone = chrono_tz::Europe::Moscow;
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap_or_default();
        // A Wednesday evening in UTC is Thursday there already.
        let now = at("2026-11-25T22:30:00Z");
        assert_eq!(Later::Tomorrow.moment("", now, zone)?, at("2026-11-27T06:00:00Z"));
        assert_eq!(Later::InThreeDays.moment("", now, zone)?, at("2026-11-29T06:00:00Z"));
        assert_eq!(Later::NextWeek.moment("", now, zone)?, at("2026-11-30T06:00:00Z"));
        assert_eq!(Later::NextWeek.moment("", at("2026-11-30T08:00:00Z"), zone)?, at("2026-12-07T06:00:00Z"));
        assert_eq!(Later::Date.moment("2026-12-01", now, zone)?, at("2026-12-01T06:00:00Z"));
        for wrong in ["", "tomorrow", "2026-11-26", "2029-01-01"] {
            assert!(Later::Date.moment(wrong, now, zone).is_err(), "{wrong}");
        }
        Ok(())
    }
}
