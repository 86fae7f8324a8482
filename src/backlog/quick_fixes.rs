//! Quick fixes: changes small enough to ship before the next council, so many a month, counted when they ship.

use crate::db::Conn;
use crate::db::schema::{changes, councils, journal};
use crate::db::types::Ts;
use crate::journal::Subject;
use crate::people::absence::back_after;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::dsl::min;
use diesel::prelude::*;

/// What a month owes where no council says otherwise.
const USUAL: i64 = 3;

/// How many were shipped this month, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub shipped: i64,
    pub most: i64,
}

/// The moments at which the calendar month of a day begins and ends.
pub fn month_of(day: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let begins = |day: NaiveDate| back_after(day.pred_opt().unwrap_or(day), zone);
    (begins(first), begins(next))
}

/// How many shipped between two moments.
pub fn shipped(c: &mut Conn, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> QueryResult<i64> {
    let shipped: Vec<i64> = journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::subject.eq(Subject::Change).and(journal::event.eq("shipped")))
        .filter(journal::at.ge(Ts::from(from)).and(journal::at.lt(Ts::from(to))))
        .filter(changes::quick_fix.eq(true))
        .filter(changes::archived_at.is_null().and(changes::merged_into.is_null()))
        .select(changes::id)
        .distinct()
        .load(c)?;
    Ok(shipped.len() as i64)
}

/// How the month of `now` stands; where councils differ, by the smallest quota.
pub fn of_month(c: &mut Conn, now: DateTime<Utc>, zone: Tz) -> QueryResult<Quota> {
    let quota: Option<i32> =
        councils::table.filter(councils::closed_at.is_null()).select(min(councils::quota)).first(c)?;
    let shipped = shipped(c, month_of(now.with_timezone(&zone).date_naive(), zone))?;
    Ok(Quota { shipped, most: quota.map_or(USUAL, i64::from) })
}
