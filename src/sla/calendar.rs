//! Working time: how much of it lies between two moments, and the moment by which so much of it has passed.
//!
//! A calendar is hours per weekday in a time zone, with exceptions for single dates. What it says is laid out once a year
//! as stretches of real time, so that every question is a search in a sorted list, and neither clocks put forward or
//! back nor odd weeks are a special case. Everything is counted in microseconds, as moments are stored.

mod hours;
mod year;

#[cfg(test)]
mod tests;

pub use hours::{Cause, Exception, Hours, Unreadable, Week, Wrong};

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use year::Year;

/// Before and after these years nothing counts as worked: promises are about our time.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// How far ahead working time is looked for. Exceptions can close a calendar for good; then this is the answer.
const FARTHEST: Duration = Duration::days(3_660);

/// When somebody works. Clones share what was laid out already.
#[derive(Clone, Debug)]
pub struct Calendar {
    plan: Arc<Plan>,
}

#[derive(Debug)]
struct Plan {
    zone: Tz,
    week: Week,
    exceptions: BTreeMap<NaiveDate, Vec<Hours>>,
    /// One for each of `YEARS`, laid out when first asked for.
    years: Vec<OnceLock<Year>>,
}

impl Calendar {
    /// Refuses what cannot be meant: hours that overlap or do not end after they begin, two exceptions for one date,
    /// a week without work.
    pub fn new(zone: Tz, week: Week, exceptions: Vec<Exception>) -> Result<Calendar, Wrong> {
        week.check()?;
        let mut dated = BTreeMap::new();
        for exception in exceptions {
            exception.check()?;
            if dated.insert(exception.on, exception.hours).is_some() {
                return Err(Wrong::Twice(exception.on));
            }
        }
        Ok(Calendar::laid_out(zone, week, dated))
    }

    /// Every minute counts.
    pub fn always() -> Calendar {
        Calendar::laid_out(Tz::UTC, Week::always(), BTreeMap::new())
    }

    fn laid_out(zone: Tz, week: Week, exceptions: BTreeMap<NaiveDate, Vec<Hours>>) -> Calendar {
        let years = YEARS.map(|_| OnceLock::new()).collect();
        Calendar { plan: Arc::new(Plan { zone, week, exceptions, years }) }
    }

    /// The first moment by which so much working time has passed since `from`: in working time, or at the very end of it.
    /// Nothing to work, or less, is over at once: `from`. Never later than ten years after `from`, not even for more work
    /// than those hold.
    pub fn add(&self, from: DateTime<Utc>, working: Duration) -> DateTime<Utc> {
        if working <= Duration::zero() {
            return from;
        }
        let latest = farthest(from);
        let mut left = working.num_microseconds().unwrap_or(i64::MAX);
        for number in from.year()..=latest.year() {
            let Some(year) = self.year(number) else { continue };
            // Of the first year, what was worked before `from` has passed already.
            left = left.saturating_add(if number == from.year() { year.worked_by(from.timestamp_micros()) } else { 0 });
            match year.moment(left) {
                Some(micros) => return moment(micros).map_or(latest, |at| at.min(latest)),
                None => left -= year.total(),
            }
        }
        latest
    }

    /// Working time from one moment to another; none when that is not later.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
        if to <= from {
            return Duration::zero();
        }
        let years = from.year().max(*YEARS.start())..to.year().min(YEARS.end() + 1);
        let whole: i64 = years.filter_map(|number| self.year(number)).map(Year::total).sum();
        Duration::microseconds(whole + self.worked_in_year(to) - self.worked_in_year(from))
    }

    /// `at` itself when work goes on then, or else when it next begins; ten years later when it does not before.
    pub fn next_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let (micros, latest) = (at.timestamp_micros(), farthest(at));
        let open = (at.year()..=latest.year())
            .filter_map(|number| self.year(number))
            .find_map(|year| year.open_from(micros))
            .and_then(moment);
        // What is finer than a microsecond is not lost on the way.
        open.map_or(latest, |open| open.max(at).min(latest))
    }

    /// What was worked from the beginning of the year until then.
    fn worked_in_year(&self, until: DateTime<Utc>) -> i64 {
        self.year(until.year()).map_or(0, |year| year.worked_by(until.timestamp_micros()))
    }

    fn year(&self, number: i32) -> Option<&Year> {
        let nth = usize::try_from(number - YEARS.start()).ok()?;
        Some(self.plan.years.get(nth)?.get_or_init(|| self.plan.lay_out(number)))
    }
}

impl Plan {
    /// The working time of one year of UTC, whose days begin on other dates elsewhere.
    fn lay_out(&self, number: i32) -> Year {
        let new_year = |number| Utc.with_ymd_and_hms(number, 1, 1, 0, 0, 0).single();
        let (Some(start), Some(end)) = (new_year(number), new_year(number + 1)) else { return Year::default() };
        let (first, last) = (start.date_naive() - Duration::days(1), end.date_naive() + Duration::days(1));
        let stretches = first
            .iter_days()
            .take_while(|date| *date <= last)
            .flat_map(|date| self.hours(date).iter().map(move |hours| hours.stretch(date, self.zone)));
        Year::new(stretches.map(|(from, to)| (from.max(start), to.min(end))))
    }

    fn hours(&self, date: NaiveDate) -> &[Hours] {
        self.exceptions.get(&date).map_or_else(|| self.week.day(date.weekday()), Vec::as_slice)
    }
}

fn farthest(from: DateTime<Utc>) -> DateTime<Utc> {
    from.checked_add_signed(FARTHEST).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn moment(micros: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros)
}
