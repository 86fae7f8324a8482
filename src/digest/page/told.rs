//! An item in the words of one language, as the page, its feeds and its frames show it.

use super::super::items::Item;
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
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

/// What a digest froze of a change, as far as it is for everybody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    title: String,
    text: Both,
    people: Option<i64>,
    quote: Option<Frozen>,
    by: Option<NaiveDate>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Both {
    en: String,
    ru: String,
}

/// Somebody's words, as they were when the digest was written.
#[derive(Clone, Debug, Deserialize)]
struct Frozen {
    text: String,
}

impl Facts {
    fn of(facts: &Value) -> Facts {
        // What another version wrote in another form tells less.
        Facts::deserialize(facts).unwrap_or_default()
    }

    fn text(&self, lang: Lang) -> &str {
        in_language(lang, &self.text.en, &self.text.ru)
    }
}

/// The text of this language, or of the other where there is none.
fn in_language<'a>(lang: Lang, en: &'a str, ru: &'a str) -> &'a str {
    let (own, other) = if lang == Lang::Ru { (ru, en) } else { (en, ru) };
    if own.is_empty() { other } else { own }
}

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
    /// What was done, or why not.
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
        .load::<(i64, String)>(c)?
        .into_iter()
        .collect();
    let reach = reach::kept(c, &ids)?;
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let facts = Facts::of(&item.facts.0);
        let reach = reach.get(&item.change_id).copied().unwrap_or_default();
        let quote = match &facts.quote {
            Some(frozen) => quotes::of(c, item.change_id, reach)?.into_iter().find(|quote| quote.text == frozen.text),
            None => None,
        };
        let topic = topics.iter().find(|topic| Some(topic.id) == item.topic_id).map(|topic| list::name(topic, lang));
        let reference = references.get(&item.change_id).cloned().unwrap_or_default();
        all.push(told(&item, &facts, lang, reference, quote, topic));
    }
    Ok(all)
}

fn told(
    item: &Item,
    facts: &Facts,
    lang: Lang,
    reference: String,
    quote: Option<Quote>,
    topic: Option<String>,
) -> Told {
    Told {
        change_id: item.change_id,
        path: format!("{PATH}?change={reference}"),
        reference,
        section: item.section,
        at: item.at,
        title: facts.title.clone(),
        text: facts.text(lang).to_owned(),
        line: in_language(lang, &item.line_en, &item.line_ru).to_owned(),
        people: facts.people,
        by: facts.by,
        quote,
        topic,
    }
}

/// The title of an item.
pub fn title(facts: &Value) -> String {
    Facts::of(facts).title
}

/// What it says was done, or why not.
pub fn text(facts: &Value, lang: Lang) -> String {
    Facts::of(facts).text(lang).to_owned()
}

/// Everything in which words are searched.
pub fn searched(facts: &Value, lines: &[&str]) -> String {
    let facts = Facts::of(facts);
    [&[facts.title.as_str(), &facts.text.en, &facts.text.ru], lines].concat().join("\n")
}
