//! Rows in the order that was asked for, narrowed and gathered. Pure.

use super::filter::{Filter, Group, Sort};
use super::{Row, Stage};
use crate::backlog::model::Status;
use crate::backlog::score::{Method, order};
use crate::config::Weights;
use std::cmp::Reverse;

/// A change with its score by the formula that was asked for.
#[derive(Clone, Debug)]
pub struct Scored {
    pub row: Row,
    /// None while an input is not known.
    pub total: Option<f64>,
    /// Its place among everything of its stage, from 1.
    pub place: usize,
}

/// By which formula an order scores.
pub fn method(sort: Sort) -> Method {
    match sort {
        Sort::Rice => Method::Rice,
        Sort::Wsjf => Method::Wsjf,
        _ => Method::Priority,
    }
}

/// Scores the rows, puts them in order, and keeps those that were asked for. Rows come newest first and stay so among equals.
pub fn arrange(rows: Vec<Row>, filter: &Filter, weights: Weights, me: i64) -> Vec<Scored> {
    let mut scored = by_score(rows, method(filter.sort), weights);
    scored.retain(|one| is_wanted(&one.row, filter, me));
    sort(&mut scored, filter.sort);
    if filter.reversed {
        scored.reverse();
    }
    scored
}

/// Everything in the order of its scores, with ranks where somebody gave them.
pub fn by_score(rows: Vec<Row>, method: Method, weights: Weights) -> Vec<Scored> {
    let totals: Vec<Option<f64>> = rows.iter().map(|row| row.inputs().total(method, weights)).collect();
    // A rank is an exception to the priority score, whose reason was said of that one.
    let rank = |row: &Row| row.rank.filter(|_| method == Method::Priority && !row.status.is_finished());
    let items: Vec<_> = rows.iter().zip(&totals).map(|(row, total)| (rank(row), *total)).collect();
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let place = |(place, index): (usize, usize)| {
        Some(Scored { row: rows[index].take()?, total: totals[index], place: place + 1 })
    };
    order(&items).into_iter().enumerate().filter_map(place).collect()
}

fn is_wanted(row: &Row, filter: &Filter, me: i64) -> bool {
    let stage = match filter.stage {
        Stage::Open => !row.status.is_finished(),
        Stage::All => true,
        Stage::One(status) => row.status == status,
    };
    stage
        && filter.lever.is_none_or(|lever| row.lever_id == lever.id())
        && filter.owner.is_none_or(|owner| row.owner_id == owner.id(me))
        && (!filter.quick || row.quick_fix)
        && filter.words.as_ref().is_none_or(|words| is_named(row, words))
}

/// Every word stands in the title, or the reference was typed.
fn is_named(row: &Row, words: &str) -> bool {
    let fold = |text: &str| text.to_lowercase().replace('ё', "е");
    let title = fold(&row.title);
    fold(words).split(' ').all(|word| title.contains(word)) || row.reference.eq_ignore_ascii_case(words)
}

fn sort(scored: &mut [Scored], sort: Sort) {
    let down = |a: f64, b: f64| b.total_cmp(&a);
    match sort {
        // They stand like this already.
        Sort::Score | Sort::Rice | Sort::Wsjf => {}
        Sort::Reach => scored.sort_by_key(|one| Reverse(one.row.reach().people)),
        Sort::Ex => scored.sort_by_key(|one| Reverse(one.row.ex)),
        Sort::Cx => scored.sort_by_key(|one| Reverse(one.row.cx)),
        Sort::Effort => scored.sort_by(|a, b| a.row.effort.total_cmp(&b.row.effort)),
        Sort::Confidence => scored.sort_by(|a, b| down(a.row.confidence, b.row.confidence)),
        Sort::Target => scored.sort_by_key(|one| (one.row.target_on.is_none(), one.row.target_on)),
        Sort::Newest => scored.sort_by_key(|one| Reverse((one.row.created_at, one.row.id))),
        Sort::Title => scored.sort_by_cached_key(|one| one.row.title.to_lowercase()),
    }
}

/// What rows are gathered under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Under {
    Lever(Option<i64>),
    Owner(Option<i64>),
    Status(Status),
}

impl Under {
    pub fn of(row: &Row, group: Group) -> Under {
        match group {
            Group::Lever => Under::Lever(row.lever_id),
            Group::Owner => Under::Owner(row.owner_id),
            Group::Status => Under::Status(row.status),
        }
    }
}

/// Puts what belongs together side by side; among themselves rows keep their order. `position` says where those under
/// something stand, none for the end.
pub fn gather<K: Ord>(rows: &mut [Scored], group: Group, position: impl Fn(Under) -> Option<K>) {
    rows.sort_by_cached_key(|one| {
        let under = Under::of(&one.row, group);
        let position = position(under);
        (position.is_none(), position, under)
    });
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::db::types::Ts;
    use chrono::DateTime;

    const EVEN: Weights = Weights { ex: 1.0, cx: 1.0 };

    /// A proposed change that ten people ask for.
    pub fn row(id: i64, title: &str, ex: i16) -> Row {
        let at = Ts::from(DateTime::from_timestamp(id, 0).unwrap_or_default());
        Row {
            id,
            reference: format!("C-000000{id}"),
            title: title.into(),
            status: Status::Proposed,
            status_at: at,
            ex,
            cx: 0,
            effort: 1.0,
            confidence: 1.0,
            impact: None,
            delay_cost: None,
            rank: None,
            quick_fix: false,
            lever_id: None,
            owner_id: None,
            target_on: None,
            version: 1,
            created_at: at,
            sums: Some(crate::backlog::reach::Sums::of_people(10)),
        }
    }

    fn titles(scored: &[Scored]) -> Vec<&str> {
        scored.iter().map(|one| one.row.title.as_str()).collect()
    }

    #[test]
    fn the_order_is_the_one_asked_for_and_filters_narrow_it() {
        let rows = || {
            vec![
                Row { lever_id: Some(2), ..row(3, "Ёлка в холле", 1) },
                Row { owner_id: Some(7), quick_fix: true, effort: 0.5, ..row(2, "One window", 5) },
                Row { rank: Some(1), ..row(1, "Swaps by phone", 0) },
            ]
        };
        let asked = |query: &str| arrange(rows(), &super::super::filter::Asked::read(query).filter(), EVEN, 7);
        assert_eq!(titles(&asked("")), ["Swaps by phone", "One window", "Ёлка в холле"]);
        assert_eq!(titles(&asked("sort=ex")), ["One window", "Ёлка в холле", "Swaps by phone"]);
        assert_eq!(titles(&asked("sort=newest&reversed=1")), ["Swaps by phone", "One window", "Ёлка в холле"]);
        assert_eq!(titles(&asked("owner=me")), ["One window"]);
        assert_eq!(titles(&asked("lever=none&quick=1")), ["One window"]);
        assert_eq!(titles(&asked("q=холле+елка")), ["Ёлка в холле"]);
        assert_eq!(titles(&asked("q=c-0000001")), ["Swaps by phone"]);
        assert_eq!(titles(&asked("status=shipped")), [""; 0]);
        assert_eq!(asked("owner=me")[0].place, 2, "a place is one among all");
    }

    #[test]
    fn what_belongs_together_stands_together_and_what_has_no_place_is_last() {
        let rows = [(1, None), (2, Some(5)), (3, Some(4)), (4, Some(5))];
        let rows = rows.into_iter().map(|(id, lever_id)| Row { lever_id, ..row(id, &id.to_string(), 1) }).collect();
        let mut scored = arrange(rows, &Filter::default(), EVEN, 0);
        let position = |under| match under {
            Under::Lever(Some(id)) => Some(id),
            _ => None,
        };
        gather(&mut scored, Group::Lever, position);
        assert_eq!(titles(&scored), ["3", "2", "4", "1"]);
    }
}
