//! A month of the council in figures.

use super::model::Decision;
use super::quota::Fixes;
use super::store::Council;
use crate::backlog::quick_fixes;
use crate::db::Conn;
use crate::db::schema::{agenda_items, cases, change_cases, changes, feedback, journal, meetings};
use crate::db::types::Ts;
use crate::error::Result;
use crate::journal::Subject;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::dsl::{count, count_star, max, min};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What a month came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// How often each decision was taken.
    pub decided: BTreeMap<Decision, i64>,
    /// What shipped, in its order.
    pub shipped: Vec<Shipped>,
    pub fixes: Fixes,
    /// The first person said it → the council decided.
    pub to_decision: Median,
    /// The first person said it → it shipped.
    pub to_change: Median,
    /// The council accepted → it shipped.
    pub from_decision: Median,
    pub declined: Declined,
}

/// A change that shipped.
#[derive(Clone, Debug, Queryable)]
pub struct Shipped {
    pub id: i64,
    pub reference: String,
    pub title: String,
    pub quick_fix: bool,
    pub at: Ts,
}

/// The middle of some lengths of time, and how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Median {
    pub length: Option<Duration>,
    pub n: usize,
}

/// What was declined, and whether those who had asked were told why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declined {
    pub changes: i64,
    /// Cases behind them.
    pub asked: i64,
    /// Of those, how many were told.
    pub told: i64,
}

impl Median {
    pub fn of(mut lengths: Vec<Duration>) -> Median {
        lengths.sort_unstable();
        let n = lengths.len();
        let middle = |at: usize| lengths.get(at).copied();
        let length = match n % 2 {
            1 => middle(n / 2),
            _ => middle((n / 2).wrapping_sub(1)).zip(middle(n / 2)).map(|(a, b)| (a + b) / 2),
        };
        Median { length, n }
    }
}

/// Of the calendar month a day lies in, where the council meets.
pub fn of(c: &mut Conn, council: &Council, day: NaiveDate) -> Result<Report> {
    let (from, to) = quick_fixes::month_of(day, council.zone()?);
    let decisions = decisions(c, council.id, from, to)?;
    let shipped = shipped(c, from, to)?;
    let ids: Vec<i64> = shipped.iter().map(|change| change.id).collect();
    let all: Vec<i64> = ids.iter().copied().chain(decisions.iter().filter_map(|(_, change, _)| *change)).collect();
    let (voices, accepted) = (first_voices(c, &all)?, accepted(c, &ids)?);
    let mut decided = BTreeMap::new();
    for (decision, ..) in &decisions {
        *decided.entry(*decision).or_insert(0) += 1;
    }
    let since = |from: Option<&DateTime<Utc>>, to: DateTime<Utc>| from.map(|from| (to - *from).max(Duration::zero()));
    let to_decision = decisions
        .iter()
        .filter(|(decision, ..)| *decision != Decision::Noted)
        .filter_map(|(_, change, at)| since(voices.get(change.as_ref()?), *at));
    let to_change = shipped.iter().filter_map(|change| since(voices.get(&change.id), *change.at));
    let from_decision = shipped.iter().filter_map(|change| since(accepted.get(&change.id), *change.at));
    Ok(Report {
        to_decision: Median::of(to_decision.collect()),
        to_change: Median::of(to_change.collect()),
        from_decision: Median::of(from_decision.collect()),
        decided,
        fixes: Fixes::of(shipped.iter().filter(|change| change.quick_fix).count() as i64, council.quota),
        declined: declined(c, from, to)?,
        shipped,
    })
}

/// What was decided, of which change, and when.
type Decided = (Decision, Option<i64>, DateTime<Utc>);

/// What was decided at the meetings of this council.
fn decisions(c: &mut Conn, council_id: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> QueryResult<Vec<Decided>> {
    let rows: Vec<(Decision, Option<i64>, Ts)> = agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .filter(meetings::council_id.eq(council_id).and(agenda_items::removed_at.is_null()))
        .filter(agenda_items::decided_at.ge(Ts::from(from)).and(agenda_items::decided_at.lt(Ts::from(to))))
        .filter(agenda_items::decision.is_not_null())
        .select((
            agenda_items::decision.assume_not_null(),
            agenda_items::change_id,
            agenda_items::decided_at.assume_not_null(),
        ))
        .load(c)?;
    Ok(rows.into_iter().map(|(decision, change, at)| (decision, change, *at)).collect())
}

/// What shipped between two moments: the journal knows, whatever became of it since.
pub fn shipped(c: &mut Conn, from: DateTime<Utc>, to: DateTime<Utc>) -> QueryResult<Vec<Shipped>> {
    journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::event.eq("shipped").and(journal::subject.eq(Subject::Change)))
        .filter(journal::at.ge(Ts::from(from)).and(journal::at.lt(Ts::from(to))))
        .filter(changes::archived_at.is_null().and(changes::merged_into.is_null()))
        .order((journal::at, journal::id))
        .select((changes::id, changes::reference, changes::title, changes::quick_fix, journal::at))
        .load(c)
}

/// When somebody first said what became these changes.
fn first_voices(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, DateTime<Utc>>> {
    let rows: Vec<(i64, Option<Ts>)> = change_cases::table
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .filter(change_cases::change_id.eq_any(change_ids.to_vec()))
        .group_by(change_cases::change_id)
        .select((change_cases::change_id, min(feedback::received_at)))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, *at?))).collect())
}

/// When these changes were accepted, the last time.
fn accepted(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, DateTime<Utc>>> {
    let rows: Vec<(i64, Option<Ts>)> = journal::table
        .filter(journal::subject_id.eq_any(change_ids.to_vec()).and(journal::event.eq("accepted")))
        .group_by(journal::subject_id)
        .select((journal::subject_id, max(journal::at)))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, *at?))).collect())
}

fn declined(c: &mut Conn, from: DateTime<Utc>, to: DateTime<Utc>) -> QueryResult<Declined> {
    let ids: Vec<i64> = journal::table
        .filter(journal::event.eq("declined").and(journal::subject.eq(Subject::Change)))
        .filter(journal::at.ge(Ts::from(from)).and(journal::at.lt(Ts::from(to))))
        .select(journal::subject_id)
        .distinct()
        .load(c)?;
    let (asked, told) = change_cases::table
        .inner_join(cases::table.on(cases::id.eq(change_cases::case_id)))
        .filter(change_cases::change_id.eq_any(ids.clone()))
        .select((count_star(), count(cases::told_at)))
        .first(c)?;
    Ok(Declined { changes: ids.len() as i64, asked, told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_lengths() {
        let of = |days: &[i64]| Median::of(days.iter().map(|n| Duration::days(*n)).collect());
        assert_eq!(of(&[]), Median::default());
        assert_eq!(of(&[7]), Median { length: Some(Duration::days(7)), n: 1 });
        assert_eq!(of(&[30, 2, 4]), Median { length: Some(Duration::days(4)), n: 3 });
        assert_eq!(of(&[30, 2]), Median { length: Some(Duration::days(16)), n: 2 });
    }
}
