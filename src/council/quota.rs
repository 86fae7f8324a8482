//! Quick fixes: so many a month, counted when they ship.

use super::store::Council;
use crate::backlog::quick_fixes;
use crate::db::Conn;
use crate::error::Result;
use chrono::{DateTime, Utc};
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

/// Of the month a moment lies in.
pub fn of_month(c: &mut Conn, council: &Council, at: DateTime<Utc>) -> Result<Fixes> {
    let zone = council.zone()?;
    let shipped = quick_fixes::shipped(c, quick_fixes::month_of(at.with_timezone(&zone).date_naive(), zone))?;
    Ok(Fixes::of(shipped, council.quota))
}
