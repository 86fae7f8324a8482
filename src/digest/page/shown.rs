//! Which items stand on the page: whoever looks, and what they look for.

use super::super::items::{Facts, Item};
use super::super::model::{Audience, Section, SeenBy, Standing};
use super::super::period::Month;
use super::told;
use crate::db::Conn;
use crate::db::schema::{digest_editions, digest_items, digest_series};
use crate::db::search::stems;
use crate::db::types::Ts;
use crate::feedback::model::Voice;
use crate::web::viewer::Viewer;
use chrono_tz::Tz;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashSet;

/// As many as a company tells in ten years; what is older is let go.
const MOST: i64 = 5000;
/// Texts that are looked through at a time.
const BATCH: usize = 250;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looker {
    Guest,
    /// Signed in, and of this team.
    Employee(Option<i64>),
}

impl Looker {
    pub fn of(viewer: Option<&Viewer>) -> Looker {
        viewer.map_or(Looker::Guest, |viewer| Looker::Employee(viewer.team_id))
    }
}

/// What they look for; nothing given, everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Told to this voice.
    pub voice: Option<Voice>,
    pub month: Option<Month>,
    pub topic_id: Option<i64>,
    /// Stems of words that all have to be in it.
    pub words: Vec<String>,
    pub change_id: Option<i64>,
}

impl Filter {
    /// Looks for words as well.
    pub fn saying(mut self, typed: &str) -> Filter {
        self.words = stems(typed);
        self
    }
}

/// An item by what it is looked for.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Head {
    pub id: i64,
    pub change_id: i64,
    pub at: Ts,
    pub section: Section,
    pub topic_id: Option<i64>,
    audience: Audience,
}

impl Head {
    /// Whether it was told to this voice: a digest for everybody was.
    fn is_for(&self, voice: Voice) -> bool {
        match self.audience {
            Audience::Employees => voice == Voice::Employee,
            Audience::Customers => voice == Voice::Customer,
            Audience::Everybody | Audience::Contributors => true,
        }
    }

    pub fn month(&self, zone: Tz) -> Month {
        Month::of(self.at.with_timezone(&zone).date_naive())
    }
}

/// What may be looked for, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Newest first, each change once.
    pub heads: Vec<Head>,
    /// Months in which there is something, newest first.
    pub months: Vec<Month>,
    pub topics: HashSet<i64>,
    /// Whether some of it was told to one voice alone.
    pub voices: bool,
}

/// Everything that this filter lets through, for this reader.
pub fn find(c: &mut Conn, looker: Looker, filter: &Filter, zone: Tz) -> QueryResult<Shown> {
    let mut shown = arrange(visible(c, looker)?, filter, zone);
    if !filter.words.is_empty() {
        shown.heads = saying(c, shown.heads, &filter.words)?;
    }
    Ok(shown)
}

/// Items that stand on the page for them, newest first.
fn visible(c: &mut Conn, looker: Looker) -> QueryResult<Vec<Head>> {
    let rows = digest_items::table
        .inner_join(digest_editions::table.on(digest_editions::id.eq(digest_items::edition_id)))
        .inner_join(digest_series::table.on(digest_series::id.eq(digest_editions::series_id)))
        // Said in full, because only so SQLite sees that the index of the page serves it.
        .filter(sql::<Bool>("digest_items.on_page"))
        .filter(digest_items::dropped_at.is_null())
        .filter(digest_editions::status.eq(Standing::Sent))
        .order((digest_items::at.desc(), digest_items::id.desc()))
        .limit(MOST)
        .select((
            digest_items::id,
            digest_items::change_id,
            digest_items::at,
            digest_items::section,
            digest_items::topic_id,
            digest_series::audience,
        ));
    let seen_by = digest_items::seen_by;
    match looker {
        Looker::Guest => rows.filter(seen_by.eq(SeenBy::Everyone)).load(c),
        Looker::Employee(team) => {
            let team = team.unwrap_or_default();
            let own = seen_by.eq(SeenBy::Team).and(digest_items::team_id.assume_not_null().eq(team));
            rows.filter(seen_by.eq_any([SeenBy::Everyone, SeenBy::Employees]).or(own)).load(c)
        }
    }
}

/// A change told in several digests stands once, as it was told last.
fn arrange(heads: Vec<Head>, filter: &Filter, zone: Tz) -> Shown {
    let mut shown =
        Shown { voices: heads.iter().any(|h| !Voice::ALL.iter().all(|v| h.is_for(*v))), ..Shown::default() };
    let mut seen = HashSet::new();
    for head in heads {
        if filter.voice.is_some_and(|voice| !head.is_for(voice)) || !seen.insert(head.change_id) {
            continue;
        }
        let month = head.month(zone);
        if shown.months.last() != Some(&month) {
            shown.months.push(month);
        }
        shown.topics.extend(head.topic_id);
        let wanted = filter.month.is_none_or(|wanted| wanted == month)
            && filter.topic_id.is_none_or(|topic| head.topic_id == Some(topic))
            && filter.change_id.is_none_or(|change| head.change_id == change);
        if wanted {
            shown.heads.push(head);
        }
    }
    shown
}

/// Those in whose words, as they are shown, all of these are. Only what is shown is searched: whoever searches learns
/// nothing that they could not read.
fn saying(c: &mut Conn, heads: Vec<Head>, words: &[String]) -> QueryResult<Vec<Head>> {
    let mut found = HashSet::new();
    for batch in heads.chunks(BATCH) {
        let ids: Vec<i64> = batch.iter().map(|head| head.id).collect();
        let rows: Vec<(i64, Facts, String, String)> = digest_items::table
            .filter(digest_items::id.eq_any(ids))
            .select((digest_items::id, digest_items::facts, digest_items::line_en, digest_items::line_ru))
            .load(c)?;
        for (id, facts, line_en, line_ru) in rows {
            let said: HashSet<String> = stems(&told::searched(&facts, &[&line_en, &line_ru])).into_iter().collect();
            if words.iter().all(|word| said.iter().any(|stem| stem.starts_with(word.as_str()))) {
                found.insert(id);
            }
        }
    }
    Ok(heads.into_iter().filter(|head| found.contains(&head.id)).collect())
}

/// These items whole, in the order of the heads.
pub fn items(c: &mut Conn, heads: &[Head]) -> QueryResult<Vec<Item>> {
    let ids: Vec<i64> = heads.iter().map(|head| head.id).collect();
    let mut rows: Vec<Item> =
        digest_items::table.filter(digest_items::id.eq_any(&ids)).select(Item::as_select()).load(c)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn head(id: i64, change_id: i64, at: &str, audience: Audience) -> Head {
        let at: DateTime<Utc> = format!("{at}T12:00:00Z").parse().unwrap_or_default();
        Head { id, change_id, at: at.into(), section: Section::Done, topic_id: Some(id % 2), audience }
    }

    fn ids(filter: &Filter) -> Vec<i64> {
        let heads = vec![
            head(4, 1, "2026-11-20", Audience::Customers),
            head(3, 2, "2026-11-02", Audience::Everybody),
            head(2, 1, "2026-10-20", Audience::Employees),
            head(1, 3, "2026-10-01", Audience::Everybody),
        ];
        arrange(heads, filter, Tz::UTC).heads.iter().map(|head| head.id).collect()
    }

    #[test]
    fn a_change_stands_once_as_it_was_told_last() {
        assert_eq!(ids(&Filter::default()), [4, 3, 1]);
        assert_eq!(ids(&Filter { voice: Some(Voice::Employee), ..Filter::default() }), [3, 2, 1]);
    }

    #[test]
    fn months_and_topics_narrow_it_down() -> Result<(), String> {
        assert_eq!(ids(&Filter { month: Some("2026-10".parse()?), ..Filter::default() }), [1]);
        assert_eq!(ids(&Filter { topic_id: Some(1), ..Filter::default() }), [3, 1]);
        assert_eq!(ids(&Filter { change_id: Some(2), ..Filter::default() }), [3]);
        Ok(())
    }
}
