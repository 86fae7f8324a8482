//! What comes every year: on a date, or on the n-th of some weekday in a month. All that holidays use of RFC 5545's
//! rules; anything else is not followed.

use super::date;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::ops::Range;

/// How many years back an event may have begun; before that no calendar we mean was kept.
const OLDEST: i32 = 1800;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yearly {
    start: NaiveDate,
    every: i32,
    until: Option<NaiveDate>,
    count: Option<usize>,
    month: u32,
    day: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// Of the month; negative from its end.
    OfMonth(i32),
    /// The n-th of this weekday; negative from the month's end.
    Nth(i32, Weekday),
}

impl Yearly {
    /// `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`; nothing when it means something else.
    pub fn read(rule: &str, start: NaiveDate) -> Option<Yearly> {
        let mut yearly = Yearly {
            start,
            every: 1,
            until: None,
            count: None,
            month: start.month(),
            day: Day::OfMonth(i32::try_from(start.day()).ok()?),
        };
        let mut comes_yearly = false;
        for (name, value) in rule.split(';').filter_map(|part| part.split_once('=')) {
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => comes_yearly = value.eq_ignore_ascii_case("YEARLY"),
                "INTERVAL" => yearly.every = value.parse().ok().filter(|years| (1..=100).contains(years))?,
                "COUNT" => yearly.count = Some(value.parse().ok()?),
                "UNTIL" => yearly.until = Some(date(value.get(..8)?)?),
                "BYMONTH" => yearly.month = value.parse().ok().filter(|month| (1..=12).contains(month))?,
                "BYMONTHDAY" => yearly.day = Day::OfMonth(value.parse().ok().filter(|day| within(*day, 31))?),
                "BYDAY" => yearly.day = nth(value)?,
                "WKST" => {}
                _ => return None,
            }
        }
        (comes_yearly && start.year() >= OLDEST).then_some(yearly)
    }

    /// The dates on which it falls in these years.
    pub fn dates(&self, years: Range<i32>) -> Vec<NaiveDate> {
        let step = usize::try_from(self.every).unwrap_or(1);
        // From its beginning, since it may come only so many times; a year without the date does not count.
        (self.start.year()..years.end)
            .step_by(step)
            .filter_map(|year| self.in_year(year))
            .filter(|on| *on >= self.start)
            .take(self.count.unwrap_or(usize::MAX))
            .take_while(|on| self.until.is_none_or(|until| *on <= until))
            .filter(|on| years.contains(&on.year()))
            .collect()
    }

    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, self.month, 1)?;
        let last = NaiveDate::from_ymd_opt(year, self.month, u32::from(first.num_days_in_month()))?;
        let days = |n: i32| Some(Days::new(u64::from(n.checked_sub(1)?.unsigned_abs())));
        let weeks = |n: i32| Some(Days::new(7 * u64::from(n.checked_sub(1)?.unsigned_abs())));
        let found = match self.day {
            Day::OfMonth(n) if n > 0 => first.checked_add_days(days(n)?),
            Day::OfMonth(n) => last.checked_sub_days(days(-n)?),
            Day::Nth(n, weekday) if n > 0 => {
                let ahead = weekday.days_since(first.weekday());
                first.checked_add_days(Days::new(ahead.into()))?.checked_add_days(weeks(n)?)
            }
            Day::Nth(n, weekday) => {
                let back = last.weekday().days_since(weekday);
                last.checked_sub_days(Days::new(back.into()))?.checked_sub_days(weeks(-n)?)
            }
        };
        found.filter(|on| on.month() == self.month && on.year() == year)
    }
}

/// `4TH`, `-1MO`.
fn nth(value: &str) -> Option<Day> {
    let (number, weekday) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let weekday = match weekday.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    number.parse().ok().filter(|n| within(*n, 5)).map(|n| Day::Nth(n, weekday))
}

fn within(n: i32, most: i32) -> bool {
    n != 0 && (-most..=most).contains(&n)
}
