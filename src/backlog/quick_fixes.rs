//! Quick fixes: changes small enough to ship before the next council, so many a month.

use super::views::months::{month_of, next_month};
use crate::db::Conn;
use crate::db::schema::{changes, councils, journal};
use crate::db::types::Ts;
use crate::journal::Subject;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
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

/// How the month of `now` stands.
pub fn of_month(c: &mut Conn, now: DateTime<Utc>, zone: Tz) -> QueryResult<Quota> {
    let today = now.with_timezone(&zone).date_naive();
    let begins = |day: NaiveDate| {
        let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
        Ts::from(local.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |at| at.with_timezone(&Utc)))
    };
    let shipped = journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::subject.eq(Subject::Change).and(journal::event.eq("shipped")))
        .filter(journal::at.ge(begins(month_of(today))).and(journal::at.lt(begins(next_month(today)))))
        .filter(changes::quick_fix.eq(true));
    let quota: Option<i32> =
        councils::table.filter(councils::closed_at.is_null()).select(min(councils::quota)).first(c)?;
    let shipped: Vec<i64> = shipped.select(changes::id).distinct().load(c)?;
    Ok(Quota { shipped: shipped.len() as i64, most: quota.map_or(USUAL, i64::from) })
}
