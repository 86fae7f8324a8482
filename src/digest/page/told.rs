//! An item in the words of one language, as the page, its feeds and its frames show it.

use super::super::items::{Facts, Item};
use super::super::model::Section;
use super::shown::{self, Head};
use super::{PATH, list};
use crate::backlog::quotes::{self, Quote};
use crate::backlog::reach;
use crate::db::Conn;
use crate::db::schema::changes;
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::people::topics::Topic;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// An item as it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    #[serde(with = "crate::id::as_string")]
    pub change_id: i64,
    /// Of the change: "C-7QK3M9X".
    pub reference: String,
    pub section: Section,
    pub at: Ts,
    pub title: String,
    /// What was done, or why not; empty while it is being made.
    pub text: String,
    /// The editor's own sentence; may be empty.
    pub line: String,
    /// How many had asked; none where they are too few to be counted.
    pub people: Option<i64>,
    /// By when it is to be done.
    pub by: Option<NaiveDate>,
    /// Somebody's words that may still be shown.
    pub quote: Option<Quote>,
    pub topic: Option<String>,
    /// Where it stands alone.
    pub path: String,
}

/// These items in words.
pub fn all(c: &mut Conn, heads: &[Head], topics: &[Topic], lang: Lang) -> QueryResult<Vec<Told>> {
    let items = shown::items(c, heads)?;
    let ids: Vec<i64> = items.iter().map(|item| item.change_id).collect();
    let references: HashMap<i64, String> = changes::table
        .filter(changes::id.eq_any(&ids))
        .select((changes::id, changes::reference))
        .load_iter(c)?
        .collect::<QueryResult<_>>()?;
    let mut quotes = allowed(c, &items)?;
    let told = |item: Item| Told {
        change_id: item.change_id,
        path: references.get(&item.change_id).map_or_else(|| PATH.to_owned(), |at| format!("{PATH}?change={at}")),
        reference: references.get(&item.change_id).cloned().unwrap_or_default(),
        section: item.section,
        at: item.at,
        line: item.line().text(lang).to_owned(),
        text: item.facts.text.text(lang).to_owned(),
        people: item.facts.people,
        by: item.facts.by,
        quote: quotes.remove(&item.change_id),
        topic: topics.iter().find(|topic| Some(topic.id) == item.topic_id).map(|topic| list::name(topic, lang)),
        title: item.facts.title,
    };
    Ok(items.into_iter().map(told).collect())
}

/// The words that these items quote, as far as they may be shown now: whoever takes their leave back is not quoted any
/// more, however long ago a digest was sent.
fn allowed(c: &mut Conn, items: &[Item]) -> QueryResult<HashMap<i64, Quote>> {
    let quoting: HashMap<i64, &str> =
        items.iter().filter_map(|item| Some((item.change_id, item.facts.quote.as_ref()?.text.as_str()))).collect();
    let ids: Vec<i64> = quoting.keys().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let reach = reach::kept(c, &ids)?;
    let all = quotes::all_of(c, &ids, &reach)?;
    Ok(all.into_iter().filter(|(change, quote)| quoting.get(change) == Some(&quote.text.as_str())).collect())
}

/// Everything in which words are searched.
pub fn searched(facts: &Facts, lines: &[&str]) -> String {
    [&[facts.title.as_str(), &facts.text.en, &facts.text.ru], lines].concat().join("\n")
}
