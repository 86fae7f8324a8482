//! What the agenda becomes when the backlog has moved: new things come in where their kind stands, what is settled goes,
//! and whatever people put, took or ordered stays as they left it.

use super::super::calendar::touch;
use super::super::model::Kind;
use super::super::store::{Council, Item, Meeting};
use super::candidates::{self, Candidate, Subject};
use super::{all, arrange, delete, fresh, insert, is_open, questions};
use crate::cases::actions::Desk;
use crate::config::Weights;
use crate::db::Conn;
use crate::db::schema::agenda_items;
use crate::error::Result;
use diesel::prelude::*;
use std::collections::HashSet;

/// Of every meeting the last minutes are for reading back what was decided.
pub const READ_BACK: i32 = 5;

/// Fills an agenda with what the backlog holds now; returns whether anything is different.
pub fn refill(c: &mut Conn, desk: &Desk, council: &Council, meeting: &Meeting, weights: Weights) -> Result<bool> {
    let found = candidates(c, council, meeting, weights)?;
    fill(c, desk, council, meeting, found)
}

/// What an agenda could hold.
pub fn candidates(c: &mut Conn, council: &Council, meeting: &Meeting, weights: Weights) -> Result<Vec<Candidate>> {
    let day = meeting.starts_at.with_timezone(&council.zone()?).date_naive();
    Ok(candidates::all(c, council, meeting, day, weights)?)
}

/// Fills an agenda that is not frozen with what was found; returns whether anything is different.
pub fn fill(c: &mut Conn, desk: &Desk, council: &Council, meeting: &Meeting, found: Vec<Candidate>) -> Result<bool> {
    if !is_open(meeting) {
        return Ok(false);
    }
    let asked: HashSet<i64> = questions::of_meeting(c, meeting.id)?.into_keys().collect();
    let before = all(c, meeting.id)?;
    let Filled { items, settled } = merge(meeting.id, &before, found, &asked, council.minutes - READ_BACK);
    let changed = write(c, &before, &items, &settled)?;
    if changed {
        tracing::debug!(meeting = meeting.id, items = items.len(), at = %desk.now, "an agenda filled itself");
        touch(c, meeting.id)?;
    }
    Ok(changed)
}

/// What an agenda is to be.
struct Filled {
    /// In their order.
    items: Vec<Item>,
    /// What is not on it any more.
    settled: Vec<i64>,
}

fn subject(item: &Item) -> Option<Subject> {
    item.action_id.map(Subject::Action).or(item.change_id.map(Subject::Change))
}

fn merge(
    meeting_id: i64,
    before: &[Item],
    mut found: Vec<Candidate>,
    asked: &HashSet<i64>,
    box_minutes: i32,
) -> Filled {
    let taken_off: HashSet<Subject> =
        before.iter().filter(|item| item.removed_at.is_some()).filter_map(subject).collect();
    found.retain(|candidate| !taken_off.contains(&candidate.subject));
    let on: Vec<&Item> = before.iter().filter(|item| item.removed_at.is_none()).collect();
    let stays = |item: &Item| item.added_by.is_some() || asked.contains(&item.id);
    let by_hand: Vec<&Item> = on.iter().copied().filter(|item| stays(item)).collect();
    fit(&mut found, &by_hand, box_minutes);
    let mut filled = Filled { items: Vec::new(), settled: Vec::new() };
    for item in on {
        let candidate = found.iter().position(|candidate| subject(item) == Some(candidate.subject));
        match candidate.map(|at| found.remove(at)) {
            Some(candidate) => filled.items.push(renewed(item, candidate)),
            None if stays(item) => filled.items.push(item.clone()),
            None => filled.settled.push(item.id),
        }
    }
    for candidate in found {
        let place = filled.items.iter().rposition(|item| item.kind <= candidate.kind).map_or(0, |at| at + 1);
        filled.items.insert(place, made(meeting_id, candidate));
    }
    filled
}

/// Leaves of the backlog what the time box holds besides everything else.
fn fit(found: &mut Vec<Candidate>, by_hand: &[&Item], box_minutes: i32) {
    let among = |subject_: Subject| by_hand.iter().any(|item| subject(item) == Some(subject_));
    let fixed = found.iter().filter(|candidate| candidate.kind != Kind::Change && !among(candidate.subject));
    let mut left = box_minutes
        - by_hand.iter().map(|item| item.minutes).sum::<i32>()
        - fixed.map(|candidate| candidate.minutes).sum::<i32>();
    found.retain(|candidate| {
        if candidate.kind != Kind::Change || among(candidate.subject) {
            return true;
        }
        let fits = candidate.minutes <= left;
        // The first that does not fit ends it: a small thing does not overtake what matters more.
        left = if fits { left - candidate.minutes } else { 0 };
        fits
    });
}

/// What is on the agenda already, as the backlog knows it now.
fn renewed(item: &Item, candidate: Candidate) -> Item {
    let kind = if item.added_by.is_some() { item.kind } else { candidate.kind };
    let minutes = if item.added_by.is_some() { item.minutes } else { candidate.minutes };
    let title = candidate.title.chars().take(super::MAX_TITLE).collect();
    Item { kind, minutes, title, quick_fix: candidate.quick_fix, ..item.clone() }
}

fn made(meeting_id: i64, candidate: Candidate) -> Item {
    let item = fresh(meeting_id, candidate.kind, &candidate.title, candidate.minutes);
    let (action_id, change_id) = match candidate.subject {
        Subject::Action(id) => (Some(id), None),
        Subject::Change(id) => (None, Some(id)),
    };
    Item { action_id, change_id, quick_fix: candidate.quick_fix, ..item }
}

fn write(c: &mut Conn, before: &[Item], items: &[Item], settled: &[i64]) -> QueryResult<bool> {
    let mut changed = !settled.is_empty();
    delete(c, settled)?;
    for item in items {
        match before.iter().find(|other| other.id == item.id) {
            None => insert(c, item)?,
            Some(same) if same == item => continue,
            Some(_) => diesel::update(agenda_items::table.find(item.id)).set(item).execute(c).map(|_| ())?,
        }
        changed = true;
    }
    let order: Vec<i64> = items.iter().map(|item| item.id).collect();
    arrange(c, &order)?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::types::Ts;

    fn candidate(kind: Kind, change: i64) -> Candidate {
        let minutes = candidates::minutes(kind, false);
        Candidate { kind, subject: Subject::Change(change), title: format!("C{change}"), minutes, quick_fix: false }
    }

    fn filled(before: &[Item], found: Vec<Candidate>, minutes: i32) -> Vec<Item> {
        merge(1, before, found, &HashSet::new(), minutes).items
    }

    fn changes(items: &[Item]) -> Vec<i64> {
        items.iter().filter_map(|item| item.change_id).collect()
    }

    #[test]
    fn the_box_holds_the_top_and_no_more() {
        let found = vec![
            candidate(Kind::Stalled, 1),
            candidate(Kind::Change, 2),
            candidate(Kind::Change, 3),
            Candidate { minutes: 1, ..candidate(Kind::Change, 4) },
        ];
        assert_eq!(changes(&filled(&[], found.clone(), 12)), [1, 2], "a small thing does not overtake");
        assert_eq!(changes(&filled(&[], found.clone(), 20)), [1, 2, 3, 4]);
        assert_eq!(changes(&filled(&[], found, 0)), [1], "what must be talked about is not measured");
    }

    #[test]
    fn the_order_of_people_stays_and_news_comes_in_where_its_kind_stands() {
        let mut items =
            filled(&[], vec![candidate(Kind::Shipped, 1), candidate(Kind::Change, 2), candidate(Kind::Change, 3)], 60);
        items.swap(1, 2);
        let found = vec![
            candidate(Kind::Promise, 9),
            candidate(Kind::Shipped, 1),
            candidate(Kind::Stalled, 5),
            candidate(Kind::Change, 2),
            candidate(Kind::Change, 3),
        ];
        assert_eq!(changes(&filled(&items, found, 60)), [9, 1, 5, 3, 2]);
    }

    #[test]
    fn what_is_settled_goes_unless_somebody_wants_it() {
        let mut items =
            filled(&[], vec![candidate(Kind::Change, 1), candidate(Kind::Change, 2), candidate(Kind::Change, 3)], 60);
        items[0].added_by = Some(7);
        let asked = HashSet::from([items[1].id]);
        let after = merge(1, &items, Vec::new(), &asked, 60);
        assert_eq!(changes(&after.items), [1, 2]);
        assert_eq!(after.settled, [items[2].id]);
    }

    #[test]
    fn what_was_taken_off_does_not_come_back() {
        let mut items = filled(&[], vec![candidate(Kind::Change, 1), candidate(Kind::Change, 2)], 60);
        items[0].removed_at = Some(Ts::from(chrono::DateTime::UNIX_EPOCH));
        let found = vec![candidate(Kind::Stalled, 1), candidate(Kind::Change, 2)];
        assert_eq!(changes(&filled(&items, found, 60)), [2]);
    }

    #[test]
    fn a_change_that_moved_on_is_the_same_item() {
        let items = filled(&[], vec![candidate(Kind::Change, 1)], 60);
        let after = filled(&items, vec![candidate(Kind::Stalled, 1)], 60);
        assert_eq!((after[0].id, after[0].kind, after[0].minutes), (items[0].id, Kind::Stalled, 3));
    }
}
