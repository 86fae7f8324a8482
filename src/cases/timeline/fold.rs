//! What is new to a reader, and what happened by itself and needs no line of its own.

use super::Entry;
use crate::cases::actions::Seen;
use crate::journal::{Actor, By};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// What is shown as one: an entry, or several events in a row that happened by themselves.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Item {
    One(Entry),
    Folded {
        folded: Vec<Entry>,
        /// What the last of them was, and when…
        what: String,
        at: DateTime<Utc>,
        /// …and how many there are beside it.
        more: usize,
    },
}

/// Marks what others did since somebody last looked.
pub fn mark_fresh(entries: &mut [Entry], seen: Seen, me: i64) {
    for entry in entries.iter_mut().filter(|entry| entry.seq > seen.event) {
        entry.fresh = match entry.by.actor {
            Actor::Originator => true,
            Actor::Person => entry.by.id != Some(me),
            Actor::System | Actor::Import => false,
        };
    }
}

/// Folds what happened by itself in a row.
pub fn fold(entries: Vec<Entry>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(entries.len());
    for entry in entries {
        let by_itself = |e: &Entry| e.by == By::SYSTEM && e.class == "event";
        match items.last_mut() {
            Some(Item::Folded { folded, what, at, more }) if by_itself(&entry) => {
                what.clone_from(&entry.what);
                *at = entry.at;
                *more += 1;
                folded.push(entry);
            }
            Some(Item::One(last)) if by_itself(last) && by_itself(&entry) => {
                let (what, at, first) = (entry.what.clone(), entry.at, last.clone());
                items.pop();
                items.push(Item::Folded { folded: vec![first, entry], what, at, more: 1 });
            }
            _ => items.push(Item::One(entry)),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i32, by: By, class: &'static str) -> Entry {
        Entry {
            id: i64::from(seq),
            seq,
            by,
            class,
            event: "met_resolution".into(),
            who: String::new(),
            what: format!("did {seq}"),
            text: None,
            markdown: false,
            quoted: None,
            files: Vec::new(),
            unverified: None,
            at: DateTime::UNIX_EPOCH,
            day_only: false,
            fresh: false,
        }
    }

    #[test]
    fn what_happens_by_itself_is_folded_where_it_comes_in_a_row() {
        let by = [By::SYSTEM, By::person(1), By::SYSTEM, By::SYSTEM, By::SYSTEM, By::ORIGINATOR];
        let entries = by.iter().zip(1..).map(|(by, seq)| entry(seq, *by, "event")).collect();
        let items = fold(entries);
        let lengths: Vec<usize> =
            items.iter().map(|item| if let Item::Folded { folded, .. } = item { folded.len() } else { 1 }).collect();
        assert_eq!(lengths, [1, 1, 3, 1]);
        assert!(matches!(&items[2], Item::Folded { what, more: 2, .. } if what == "did 5"));
    }

    #[test]
    fn only_what_others_did_since_is_new() {
        let by = [By::ORIGINATOR, By::ORIGINATOR, By::person(1), By::person(2), By::SYSTEM];
        let mut entries: Vec<Entry> = by.iter().zip(1..).map(|(by, seq)| entry(seq, *by, "event")).collect();
        mark_fresh(&mut entries, Seen { event: 1, pending: 0 }, 1);
        let fresh: Vec<bool> = entries.iter().map(|entry| entry.fresh).collect();
        assert_eq!(fresh, [false, true, false, true, false]);
    }
}
