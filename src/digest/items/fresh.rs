//! What the journal has to tell: changes that shipped, were declined, or are being made with a date to it.

use super::{Facts, Item, Quoted};
use crate::backlog::model::{Reach, Status};
use crate::backlog::store::Change;
use crate::backlog::{quotes, reach};
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, digest_editions, digest_items, feedback, journal};
use crate::db::types::Ts;
use crate::digest::editions::Edition;
use crate::digest::model::{Both, SMALLEST_GROUP, Section, SeenBy, Standing};
use crate::digest::period::Window;
use crate::id;
use crate::journal::Subject;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The words of the journal that are told.
const TOLD: [&str; 4] = ["shipped", "declined", "accepted", "started"];

/// A word of the journal about a change.
struct Happened {
    id: i64,
    at: Ts,
    section: Section,
    change: Change,
}

/// The items a draft would have if nobody had touched it: what was done first, the newest first among its like.
pub fn fresh(c: &mut Conn, edition: &Edition, window: &Window) -> QueryResult<Vec<Item>> {
    let mut happened = happened(c, edition, window)?;
    happened.sort_by_key(|word| (word.section, std::cmp::Reverse(word.at)));
    let ids: Vec<i64> = happened.iter().map(|word| word.change.id).collect();
    let reach = reach::kept(c, &ids)?;
    let mut said = quotes::first_of(c, &ids, &reach)?;
    let topics = topics(c, &ids)?;
    let items = happened.into_iter().zip(1..).map(|(word, position)| {
        let reach = reach.get(&word.change.id).copied().unwrap_or_default();
        let quote = said.remove(&word.change.id).map(|quote| Quoted { text: quote.text, lang: quote.lang });
        let topic_id = topics.get(&word.change.id).copied();
        item(edition, word, position, reach, quote, topic_id)
    });
    Ok(items.collect())
}

fn item(
    edition: &Edition,
    word: Happened,
    position: i32,
    reach: Reach,
    quote: Option<Quoted>,
    topic_id: Option<i64>,
) -> Item {
    let Happened { id: event_id, at, section, change } = word;
    let text = match section {
        Section::Doing => Both::default(),
        _ => Both { en: change.outcome_en.unwrap_or_default(), ru: change.outcome_ru.unwrap_or_default() },
    };
    Item {
        id: id::new_id(),
        edition_id: edition.id,
        position,
        section,
        change_id: change.id,
        event_id: Some(event_id),
        at,
        facts: Facts {
            title: change.title,
            text,
            people: Some(reach.people).filter(|people| *people >= SMALLEST_GROUP),
            quote,
            // Nobody is promised a day that has passed.
            by: change.target_on.filter(|day| section == Section::Doing && *day >= edition.ends_on),
        },
        topic_id,
        seen_by: if change.public { SeenBy::Everyone } else { SeenBy::Asked },
        team_id: None,
        on_page: change.public,
        line_en: String::new(),
        line_ru: String::new(),
        dropped_at: None,
        dropped_by: None,
        drop_reason: None,
    }
}

/// The last telling word on each change in this time that still holds, and that no other edition of the series told.
fn happened(c: &mut Conn, edition: &Edition, window: &Window) -> QueryResult<Vec<Happened>> {
    let rows: Vec<(i64, Ts, String, Change)> = journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::subject.eq(Subject::Change).and(journal::event.eq_any(TOLD)))
        .filter(journal::at.ge(Ts::from(window.from)).and(journal::at.lt(Ts::from(window.until))))
        .filter(changes::archived_at.is_null().and(changes::merged_into.is_null()))
        .order((journal::at.desc(), journal::id.desc()))
        .select((journal::id, journal::at, journal::event, Change::as_select()))
        .load(c)?;
    let told = told(c, edition)?;
    let mut seen = HashSet::new();
    let holds = |(id, at, event, change): (i64, Ts, String, Change)| {
        let section = section(&event, &change).filter(|_| window.holds(*at) && !told.contains(&id))?;
        seen.insert(change.id).then_some(Happened { id, at, section, change })
    };
    Ok(rows.into_iter().filter_map(holds).collect())
}

/// Where a word of the journal belongs, if the change still stands there.
fn section(event: &str, change: &Change) -> Option<Section> {
    match (event, change.status) {
        ("shipped", Status::Shipped | Status::Verified) => Some(Section::Done),
        ("declined", Status::Declined) => Some(Section::Declined),
        ("accepted" | "started", Status::Accepted | Status::InProgress) if change.target_on.is_some() => {
            Some(Section::Doing)
        }
        _ => None,
    }
}

/// What other editions of the series have told, or are about to.
fn told(c: &mut Conn, edition: &Edition) -> QueryResult<HashSet<i64>> {
    let ids: Vec<Option<i64>> = digest_items::table
        .inner_join(digest_editions::table.on(digest_editions::id.eq(digest_items::edition_id)))
        .filter(digest_editions::series_id.eq(edition.series_id).and(digest_editions::id.ne(edition.id)))
        .filter(digest_editions::until_at.is_not_null())
        .filter(digest_editions::status.ne_all([Standing::Skipped, Standing::Stopped]))
        .filter(digest_items::dropped_at.is_null())
        .select(digest_items::event_id)
        .load(c)?;
    Ok(ids.into_iter().flatten().collect())
}

/// What most of the cases behind each change are about.
fn topics(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, i64>> {
    let rows: Vec<(i64, Option<i64>, Option<i64>, i64)> = change_cases::table
        .inner_join(cases::table.on(cases::id.eq(change_cases::case_id)))
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .filter(change_cases::change_id.eq_any(ids.to_vec()))
        .group_by((change_cases::change_id, cases::topic_id, feedback::topic_id))
        .select((change_cases::change_id, cases::topic_id, feedback::topic_id, count_star()))
        .load(c)?;
    let mut counted: HashMap<i64, HashMap<i64, i64>> = HashMap::new();
    for (change, sorted, said, n) in rows {
        if let Some(topic) = sorted.or(said) {
            *counted.entry(change).or_default().entry(topic).or_default() += n;
        }
    }
    // Of equals the one that has been there longer, so that it is the same each time.
    let most = |topics: HashMap<i64, i64>| topics.into_iter().max_by_key(|(topic, n)| (*n, -topic)).map(|(id, _)| id);
    Ok(counted.into_iter().filter_map(|(change, topics)| Some((change, most(topics)?))).collect())
}
