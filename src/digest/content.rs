//! All that an edition can tell, loaded once, and what of it one reader gets. Who may read which item is decided here and
//! nowhere else.

use super::editions::{self, Edition};
use super::items::{self, Item, Quoted};
use super::model::{Answer, Both, Reader, SMALLEST_GROUP, Said, Section, SeenBy, Skip, Standing, is_done, quote};
use super::numbers;
use super::period::{Period, Window};
use crate::backlog::{quotes, reach};
use crate::db::Conn;
use crate::i18n::Lang;
use crate::mail::letters::{self, DigestItem, DigestNumbers};
use crate::web::Role;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

/// All that an edition can tell, in both languages.
#[derive(Clone, Debug)]
pub struct Content {
    pub period: Period,
    /// Who subscribed later does not get it.
    pub made_at: DateTime<Utc>,
    /// When what it tells happened.
    pub window: Window,
    pub intro: Both,
    pub ask: Both,
    /// In the order of the editor, without those that were dropped.
    pub items: Vec<Item>,
    pub numbers: DigestNumbers,
}

impl Content {
    /// The changes it tells of: those that are finished, and those that are being made.
    pub fn changes(&self) -> (Vec<i64>, Vec<i64>) {
        let (doing, finished): (Vec<&Item>, _) = self.items.iter().partition(|item| item.section == Section::Doing);
        let ids = |items: Vec<&Item>| items.into_iter().map(|item| item.change_id).collect();
        (ids(finished), ids(doing))
    }
}

/// What an edition tells: of a draft as things stand now, later as they were fixed.
pub fn load(c: &mut Conn, edition: &Edition, zone: Tz, now: DateTime<Utc>) -> QueryResult<Content> {
    let window = window(c, edition, zone, now)?;
    let mut items = items::current(c, edition, &window)?;
    items.retain(|item| item.dropped_at.is_none());
    let numbers = match edition.until_at {
        Some(_) => {
            take_back_quotes(c, &mut items)?;
            edition.numbers
        }
        None => numbers::count(c, edition.period(), &window, zone)?,
    };
    Ok(Content {
        period: edition.period(),
        made_at: edition.until(now),
        window,
        intro: Both { en: edition.intro_en.clone(), ru: edition.intro_ru.clone() },
        ask: Both { en: edition.ask_en.clone(), ru: edition.ask_ru.clone() },
        items,
        numbers: numbers.0,
    })
}

/// The stretch of time an edition draws on, less what earlier ones of its series have told.
pub fn window(c: &mut Conn, edition: &Edition, zone: Tz, now: DateTime<Utc>) -> QueryResult<Window> {
    let until = edition.until(now);
    let earlier = editions::earlier(c, edition.series_id, edition.period(), until)?;
    let told = earlier.iter().filter(|other| !matches!(other.status, Standing::Skipped | Standing::Stopped));
    Ok(told
        .map(|other| Window::of(other.period(), zone, other.until(now)))
        .fold(Window::of(edition.period(), zone, until), |window, earlier| window.without(&earlier)))
}

/// Whoever takes their leave back after the facts were fixed is not quoted any more.
fn take_back_quotes(c: &mut Conn, items: &mut [Item]) -> QueryResult<()> {
    let ids: Vec<i64> = items.iter().filter(|item| item.facts.quote.is_some()).map(|item| item.change_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let reach = reach::kept(c, &ids)?;
    let allowed: HashSet<(i64, String)> =
        quotes::all_of(c, &ids, &reach)?.into_iter().map(|(change, quote)| (change, quote.text)).collect();
    for item in items {
        let change = item.change_id;
        item.facts.quote.take_if(|quote| !allowed.contains(&(change, quote.text.clone())));
    }
    Ok(())
}

/// The letter of one reader, without the ways out of it; or why there is none. `said` are their own words with answers,
/// `told_elsewhere` what other digests told them already.
pub fn letter(
    content: &Content,
    reader: &Reader,
    said: &[Said],
    told_elsewhere: &HashSet<i64>,
) -> Result<letters::Digest, Skip> {
    reader.address(content.made_at)?;
    let lang = reader.lang;
    let mut letter = opened(content, lang);
    let asked = words(said);
    let news = |item: &&Item| !told_elsewhere.contains(&item.tells());
    let (own, others): (Vec<&Item>, Vec<&Item>) =
        content.items.iter().filter(news).partition(|item| asked.contains_key(&item.change_id));
    for item in own {
        put(&mut letter, item.section, told(item, lang, asked.get(&item.change_id).cloned()));
    }
    for said in said.iter().filter(|said| !told_elsewhere.contains(&said.case_id)) {
        if let Some((section, item)) = outcome(said) {
            put(&mut letter, section, item);
        }
    }
    for item in others.into_iter().filter(|item| may_read(item, reader)) {
        put(&mut letter, item.section, told(item, lang, None));
    }
    if letter.done.is_empty() && letter.declined.is_empty() && letter.doing.is_empty() {
        return Err(Skip::Empty);
    }
    Ok(letter)
}

crate::text_enum! {
    /// Why a reader gets an item, or does not.
    pub enum Why {
        /// They asked for it.
        Own = "own",
        Everyone = "everyone",
        Employees = "employees",
        Team = "team",
        /// It is for others.
        Hidden = "hidden",
    }
}

/// Why a reader gets an item, or does not.
pub fn why(item: &Item, reader: &Reader, said: &[Said]) -> Why {
    let asked = said.iter().any(|said| matches!(said.answer, Answer::Change(id) if id == item.change_id));
    match item.seen_by {
        _ if asked => Why::Own,
        _ if !may_read(item, reader) => Why::Hidden,
        SeenBy::Team => Why::Team,
        SeenBy::Employees => Why::Employees,
        SeenBy::Everyone | SeenBy::Asked => Why::Everyone,
    }
}

/// Whether something has an answer of its own, without a change.
pub fn is_outcome(said: &Said) -> bool {
    matches!(said.answer, Answer::Outcome(..))
}

/// The letter with everything in it, for those who make it.
pub fn whole(content: &Content, lang: Lang) -> letters::Digest {
    let mut letter = opened(content, lang);
    for item in &content.items {
        put(&mut letter, item.section, told(item, lang, None));
    }
    letter
}

/// A letter without items.
fn opened(content: &Content, lang: Lang) -> letters::Digest {
    letters::Digest {
        starts_on: content.period.first,
        ends_on: content.period.last,
        intro: content.intro.given(lang),
        numbers: content.numbers,
        ask: content.ask.given(lang),
        ..letters::Digest::default()
    }
}

/// Whether somebody who did not ask for it may read an item.
pub fn may_read(item: &Item, reader: &Reader) -> bool {
    let employed = reader.role != Role::Contact;
    match item.seen_by {
        SeenBy::Everyone => true,
        SeenBy::Employees => employed,
        SeenBy::Team => employed && item.team_id.is_some() && reader.team_id == item.team_id,
        SeenBy::Asked => false,
    }
}

fn put(letter: &mut letters::Digest, section: Section, item: DigestItem) {
    match section {
        Section::Done => letter.done.push(item),
        Section::Declined => letter.declined.push(item),
        Section::Doing => letter.doing.push(item),
    }
}

/// An item as it stands in a letter: with the reader's own words, else with somebody's that may be shown to others.
fn told(item: &Item, lang: Lang, own_words: Option<String>) -> DigestItem {
    let others = |quoted: &Quoted| quoted.text.clone();
    DigestItem {
        item: Some(item.id),
        tells: item.tells(),
        title: item.facts.title.clone(),
        line: item.line().given(lang),
        text: item.facts.text.text(lang).to_owned(),
        quote: item.facts.quote.as_ref().filter(|_| own_words.is_none()).map(others),
        own_words,
        people: item.facts.people.filter(|people| *people >= SMALLEST_GROUP),
        by: item.facts.by,
        ..DigestItem::default()
    }
}

/// What came of the reader's words by themselves, without a change.
fn outcome(said: &Said) -> Option<(Section, DigestItem)> {
    let Answer::Outcome(outcome, text) = &said.answer else { return None };
    let section = if is_done(*outcome) { Section::Done } else { Section::Declined };
    let item = DigestItem {
        tells: said.case_id,
        title: said.title.clone(),
        text: text.clone(),
        own_words: Some(quote(&said.words)),
        ..DigestItem::default()
    };
    Some((section, item))
}

/// The reader's words by change; whoever asked twice for one thing is quoted with what they said first.
fn words(said: &[Said]) -> HashMap<i64, String> {
    let mut words = HashMap::new();
    for said in said {
        if let Answer::Change(id) = said.answer {
            words.entry(id).or_insert_with(|| quote(&said.words));
        }
    }
    words
}

#[cfg(test)]
mod tests;
