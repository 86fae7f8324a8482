//! What a period came to in numbers, as far as they may be told in public. A group of one to four people is counted
//! nowhere, neither by itself nor as what is missing from another number.

use super::period::{Period, Window};
use crate::backlog::quick_fixes;
use crate::db::Conn;
use crate::db::schema::{cases, feedback};
use crate::db::types::{JsonDoc, Ts};
use crate::digest::model::SMALLEST_GROUP;
use crate::mail::letters::{DigestNumbers, QuickFixes};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// The numbers of an edition, as they stood when it was fixed.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = JsonDoc)]
#[serde(transparent)]
pub struct Numbers(pub DigestNumbers);
crate::json_column!(Numbers);

/// Counts what happened in the window; quick fixes are those of the calendar month in which the period ends.
pub fn count(c: &mut Conn, period: Period, window: &Window, zone: Tz) -> QueryResult<Numbers> {
    let [told, yes, no] = loops(c, window.from, window.until)?;
    let quick_fixes = quick_fixes::of_month(c, period.begins_last_day(zone).min(window.until), zone)?;
    let quick_fixes = Some(QuickFixes { shipped: quick_fixes.shipped, most: quick_fixes.most })
        .filter(|fixes| fixes.shipped > 0 && fixes.most > 0);
    Ok(Numbers(DigestNumbers { quick_fixes, ..shown(told, yes, no) }))
}

/// Those who were told in this time, and of them whom it helped and whom it did not.
fn loops(c: &mut Conn, from: DateTime<Utc>, until: DateTime<Utc>) -> QueryResult<[i64; 3]> {
    let rows: Vec<(Option<bool>, i64)> = cases::table
        .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
        .filter(cases::told_at.ge(Ts::from(from)).and(cases::told_at.lt(Ts::from(until))))
        .filter(feedback::machine.eq(false))
        .group_by(cases::helped)
        .select((cases::helped, count_star()))
        .load(c)?;
    let of = |wanted| rows.iter().find(|(helped, _)| *helped == wanted).map_or(0, |(_, n)| *n);
    Ok([rows.iter().map(|(_, n)| n).sum(), of(Some(true)), of(Some(false))])
}

/// What of them may be told.
fn shown(told: i64, yes: i64, no: i64) -> DigestNumbers {
    let crowd = |n: i64| n >= SMALLEST_GROUP;
    // Nobody is no group: it gives nobody away.
    let safe = |rest: i64| rest == 0 || crowd(rest);
    let answered = yes + no;
    let told = Some(told).filter(|n| crowd(*n));
    let answered = told.and(Some(answered)).filter(|n| crowd(*n) && safe(told.unwrap_or_default() - n));
    let helped = answered.and(Some(yes)).filter(|n| crowd(*n) && safe(no));
    DigestNumbers { told, answered, helped, quick_fixes: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_counted_neither_by_themselves_nor_by_what_is_missing() {
        let of = |told, yes, no| {
            let numbers = shown(told, yes, no);
            (numbers.told, numbers.answered, numbers.helped)
        };
        assert_eq!(of(4, 0, 0), (None, None, None));
        assert_eq!(of(30, 12, 8), (Some(30), Some(20), Some(12)));
        assert_eq!(of(30, 3, 1), (Some(30), None, None), "four who answered");
        assert_eq!(of(22, 12, 8), (Some(22), None, None), "two who did not answer");
        assert_eq!(of(30, 18, 2), (Some(30), Some(20), None), "two whom it did not help");
        assert_eq!(of(30, 2, 18), (Some(30), Some(20), None), "two whom it helped");
        assert_eq!(of(20, 20, 0), (Some(20), Some(20), Some(20)));
    }
}
