//! The roadmap: changes by the month in which they are due. Pure.

use super::Row;
use chrono::{Datelike, Months, NaiveDate};

/// How many months ahead are drawn, even if nothing is due in them.
const AHEAD: u32 = 6;

/// A stretch of the roadmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// The date has passed.
    Late,
    /// The month that begins on this day.
    Month(NaiveDate),
    /// No date yet.
    Someday,
}

/// The first day of its month.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// What is due when: what is late first, then this month and those behind it, then what has no date. Within a stretch the
/// earliest comes first, then as they came.
pub fn roadmap<T>(rows: Vec<T>, row: impl Fn(&T) -> &Row, today: NaiveDate) -> Vec<(Stretch, Vec<T>)> {
    let this = month_of(today);
    let month = |n: u32| Stretch::Month(this.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX));
    let mut stretches: Vec<(Stretch, Vec<T>)> = (0..AHEAD).map(|n| (month(n), Vec::new())).collect();
    stretches.insert(0, (Stretch::Late, Vec::new()));
    let mut someday = Vec::new();
    let mut rows = rows;
    rows.sort_by_key(|one| row(one).target_on);
    for one in rows {
        let stretch = match row(&one).target_on {
            None => {
                someday.push(one);
                continue;
            }
            Some(_) if row(&one).is_late(today) => Stretch::Late,
            Some(on) => Stretch::Month(month_of(on)),
        };
        match stretches.iter_mut().find(|(known, _)| *known == stretch) {
            Some((_, those)) => those.push(one),
            None => stretches.push((stretch, vec![one])),
        }
    }
    stretches.retain(|(stretch, those)| *stretch != Stretch::Late || !those.is_empty());
    stretches.sort_by_key(|(stretch, _)| match stretch {
        Stretch::Late => NaiveDate::MIN,
        Stretch::Month(first) => *first,
        Stretch::Someday => NaiveDate::MAX,
    });
    if !someday.is_empty() {
        stretches.push((Stretch::Someday, someday));
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backlog::views::arrange::tests::row;

    #[test]
    fn every_change_stands_in_its_month() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let due = |id, on: &str| Row { target_on: day(on), ..row(id, "x", 1) };
        let rows =
            vec![due(1, "2027-09-01"), due(2, "2026-12-31"), due(3, "2026-11-20"), due(4, ""), due(5, "2026-11-23")];
        let today = day("2026-11-23").unwrap_or_default();
        let shown: Vec<_> = roadmap(rows, |row| row, today)
            .into_iter()
            .map(|(stretch, rows)| (stretch, rows.iter().map(|row| row.id).collect::<Vec<_>>()))
            .filter(|(_, ids)| !ids.is_empty())
            .collect();
        let month = |text: &str| Stretch::Month(day(text).unwrap_or_default());
        let expected = [
            (Stretch::Late, vec![3]),
            (month("2026-11-01"), vec![5]),
            (month("2026-12-01"), vec![2]),
            (month("2027-09-01"), vec![1]),
            (Stretch::Someday, vec![4]),
        ];
        assert_eq!(shown, expected);
    }
}
