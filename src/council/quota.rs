//! Quick fixes: so many a month, counted when they ship.

use super::report;
use super::store::Council;
use crate::db::Conn;
use crate::error::Result;
use crate::people::absence::back_after;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;

/// How many quick fixes of a month have shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fixes {
    pub shipped: i64,
    pub quota: i32,
    /// One for each place of the quota: whether it is taken.
    pub places: Vec<bool>,
}

impl Fixes {
    pub fn of(shipped: i64, quota: i32) -> Fixes {
        Fixes { shipped, quota, places: (0..i64::from(quota)).map(|place| place < shipped).collect() }
    }
}

/// The moments at which the calendar month of a moment begins and ends.
pub fn month(at: DateTime<Utc>, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    month_of(at.with_timezone(&zone).date_naive(), zone)
}

/// The moments at which the calendar month of a day begins and ends.
pub fn month_of(day: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let begins = |day: NaiveDate| back_after(day.pred_opt().unwrap_or(day), zone);
    (begins(first), begins(next))
}

/// Of the month a moment lies in.
pub fn of_month(c: &mut Conn, council: &Council, at: DateTime<Utc>) -> Result<Fixes> {
    let (from, to) = month(at, council.zone()?);
    let shipped = report::shipped(c, from, to)?.iter().filter(|change| change.quick_fix).count();
    Ok(Fixes::of(shipped as i64, council.quota))
}
