//! Quick fixes: so many a month, counted when they ship.

use super::store::Council;
use crate::db::Conn;
use crate::db::schema::changes;
use crate::db::types::Ts;
use crate::error::Result;
use crate::people::absence::back_after;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::Serialize;

/// How many quick fixes of a month have shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fixes {
    pub shipped: i64,
    pub quota: i32,
    /// One for each place of the quota: whether it is taken.
    pub places: Vec<bool>,
}

/// The calendar month of a moment, as the moments at which it begins and ends.
pub fn month(at: DateTime<Utc>, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    month_of(at.with_timezone(&zone).date_naive(), zone)
}

/// The same of a date.
pub fn month_of(day: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    let begins = |day: NaiveDate| back_after(day.pred_opt().unwrap_or(day), zone);
    (begins(first), begins(next))
}

/// Of the month a moment lies in.
pub fn of_month(c: &mut Conn, council: &Council, at: DateTime<Utc>) -> Result<Fixes> {
    let (from, to) = month(at, council.zone()?);
    let shipped: i64 = changes::table
        .filter(changes::quick_fix.eq(true).and(changes::archived_at.is_null()))
        .filter(changes::status.eq("shipped").or(changes::status.eq("verified")))
        .filter(changes::status_at.ge(Ts::from(from)).and(changes::status_at.lt(Ts::from(to))))
        .count()
        .get_result(c)?;
    let places = (0..i64::from(council.quota)).map(|place| place < shipped).collect();
    Ok(Fixes { shipped, quota: council.quota, places })
}
