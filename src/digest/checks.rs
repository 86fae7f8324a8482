//! What is looked at before a digest may be handed in. Nothing is fetched: addresses are judged by how they are written.

use super::content::Content;
use super::editions::Edition;
use super::items::Item;
use super::model::{Both, Section};
use crate::backlog::plan::is_web_address;
use crate::db::Conn;
use crate::db::schema::{change_cases, change_quotes, feedback, people};
use crate::i18n::Lang;
use crate::web::Role;
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Pages of ours that everybody can open; what begins like these too.
const OPEN_PAGES: [&str; 4] = ["/heard", "/feedback", "/track", "/mail"];

crate::text_enum! {
    /// What was found.
    pub enum Check {
        /// An address that cannot be opened by everybody.
        Link = "link",
        /// The name of somebody private in words that many read.
        Name = "name",
        /// An editor's words are missing in a language that is read.
        Translation = "translation",
        /// What was done is told in another language to some.
        Facts = "facts",
        Empty = "empty",
        /// Words that may not be shown to others, so they are left out.
        Quote = "quote",
        /// Too few people to be counted.
        Few = "few",
    }
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: Check,
    /// The digest cannot be handed in like this.
    pub blocks: bool,
    /// The change it is about; none for the words around the items.
    pub title: Option<String>,
    /// The address, the name, the language, the section.
    pub what: String,
}

/// Everything there is to look at; what blocks comes first.
pub fn run(c: &mut Conn, edition: &Edition, content: &Content, home: &str) -> QueryResult<Vec<Finding>> {
    let ids: Vec<i64> = content.items.iter().map(|item| item.change_id).collect();
    let languages = languages(c)?;
    let names = names(c, &ids)?;
    let withheld = withheld(c, content, &ids)?;
    let mut findings = around(edition, &languages, home);
    for item in &content.items {
        let named = names.get(&item.change_id).map(Vec::as_slice).unwrap_or_default();
        findings.extend(of_item(item, named, &languages, home));
        findings.extend(withheld.contains(&item.change_id).then(|| about(item, Check::Quote, false, "")));
    }
    findings.extend(empty(content));
    findings.sort_by_key(|finding| (!finding.blocks, finding.check));
    Ok(findings)
}

/// The words around the items.
fn around(edition: &Edition, languages: &BTreeSet<Lang>, home: &str) -> Vec<Finding> {
    let texts = [(&edition.intro_en, &edition.intro_ru), (&edition.ask_en, &edition.ask_ru)];
    let found = |(en, ru): (&String, &String)| {
        let both = Both { en: en.clone(), ru: ru.clone() };
        let links = bad_links(&both, home).into_iter().map(|link| (Check::Link, link));
        links.chain(untold(&both, languages).map(|lang| (Check::Translation, lang.to_string()))).collect::<Vec<_>>()
    };
    let finding = |(check, what)| Finding { check, blocks: true, title: None, what };
    texts.into_iter().flat_map(found).map(finding).collect()
}

fn of_item(item: &Item, names: &[String], languages: &BTreeSet<Lang>, home: &str) -> Vec<Finding> {
    let (line, text) = (item.line(), &item.facts.text);
    let mut findings = Vec::new();
    for link in bad_links(&line, home).into_iter().chain(bad_links(text, home)) {
        findings.push(about(item, Check::Link, true, &link));
    }
    for name in names.iter().filter(|name| [&line.en, &line.ru, &text.en, &text.ru].iter().any(|t| says(t, name))) {
        findings.push(about(item, Check::Name, true, name));
    }
    for lang in untold(&line, languages) {
        findings.push(about(item, Check::Translation, true, lang.as_str()));
    }
    for lang in untold(text, languages) {
        findings.push(about(item, Check::Facts, false, lang.as_str()));
    }
    if item.facts.people.is_none() {
        findings.push(about(item, Check::Few, false, ""));
    }
    findings
}

fn about(item: &Item, check: Check, blocks: bool, what: &str) -> Finding {
    Finding { check, blocks, title: Some(item.facts.title.clone()), what: what.to_owned() }
}

/// Languages that are read but not written, of words that are there in another one.
fn untold<'a>(both: &'a Both, languages: &'a BTreeSet<Lang>) -> impl Iterator<Item = Lang> + 'a {
    let written = both.has(Lang::En) || both.has(Lang::Ru);
    languages.iter().copied().filter(move |lang| written && !both.has(*lang))
}

fn empty(content: &Content) -> Vec<Finding> {
    let is_empty = |section: &&Section| !content.items.iter().any(|item| item.section == **section);
    let finding =
        |section: &Section| Finding { check: Check::Empty, blocks: false, title: None, what: section.to_string() };
    Section::ALL.iter().filter(is_empty).map(finding).collect()
}

/// Addresses in a text that not everybody can open.
fn bad_links(both: &Both, home: &str) -> Vec<String> {
    let bad: BTreeSet<&str> =
        [&both.en, &both.ru].into_iter().flat_map(|text| links(text)).filter(|link| !opens(link, home)).collect();
    bad.into_iter().map(Into::into).collect()
}

/// What looks like an address.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '»' | '”' | '>');
    let begins = |c: char| matches!(c, '(' | '[' | '"' | '«' | '“' | '<');
    text.split_whitespace()
        .map(move |word| word.trim_start_matches(begins).trim_end_matches(ends))
        .filter(|word| word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:"))
}

/// Whether an address can be opened by whoever reads it.
fn opens(link: &str, home: &str) -> bool {
    if let Some(path) = link.strip_prefix(home.trim_end_matches('/')) {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let under = |page: &str| path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        return matches!(path, "" | "/") || OPEN_PAGES.iter().any(|page| under(page));
    }
    let host = link.split("://").nth(1).unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    let inner = ["localhost", "127.0.0.1"].iter().any(|own| host == *own || host.starts_with(&format!("{own}:")));
    is_web_address(link) && !inner && host.contains('.') && !host.ends_with('.') && !host.contains("..")
}

/// Whether a text says a name, as words of their own.
fn says(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(&name)
        .any(|(at, _)| apart(text[..at].chars().next_back()) && apart(text[at + name.len()..].chars().next()))
}

/// The languages of those who subscribed.
fn languages(c: &mut Conn) -> QueryResult<BTreeSet<Lang>> {
    let rows: Vec<(Lang, i64)> = people::table
        .filter(people::digest_since.is_not_null().and(people::digest_ended_at.is_null()))
        .filter(people::disabled_at.is_null())
        .group_by(people::lang)
        .select((people::lang, count_star()))
        .load(c)?;
    Ok(rows.into_iter().map(|(lang, _)| lang).collect())
}

/// The names of people from outside whose words led to these changes.
fn names(c: &mut Conn, changes: &[i64]) -> QueryResult<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String)> = change_cases::table
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .inner_join(people::table.on(feedback::person_id.eq(people::id.nullable())))
        .filter(change_cases::change_id.eq_any(changes.to_vec()))
        .filter(people::role.eq(Role::Contact).and(people::name.ne("")))
        .select((change_cases::change_id, people::name))
        .distinct()
        .load(c)?;
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for (change, name) in rows.into_iter().filter(|(_, name)| name.chars().count() > 2) {
        names.entry(change).or_default().push(name);
    }
    Ok(names)
}

/// The changes with words that were chosen to be quoted but may not be shown.
fn withheld(c: &mut Conn, content: &Content, changes: &[i64]) -> QueryResult<BTreeSet<i64>> {
    let chosen: Vec<(i64, i64)> = change_quotes::table
        .filter(change_quotes::change_id.eq_any(changes.to_vec()))
        .group_by(change_quotes::change_id)
        .select((change_quotes::change_id, count_star()))
        .load(c)?;
    let chosen: BTreeMap<i64, i64> = chosen.into_iter().collect();
    let without =
        content.items.iter().filter(|item| item.facts.quote.is_none() && chosen.contains_key(&item.change_id));
    Ok(without.map(|item| item.change_id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_judged_by_how_they_are_written() {
        let home = "https://heard.example.org";
        let bad = |text: &str| bad_links(&Both { en: text.into(), ru: String::new() }, home);
        for fine in [
            "See https://example.org/a?b=c.",
            "(https://heard.example.org/heard)",
            "https://heard.example.org/heard/2026-10",
            "No link: 10/12, a.b, e.g. this",
        ] {
            assert!(bad(fine).is_empty(), "{fine}");
        }
        for broken in [
            "https://heard.example.org/cases/F-1",
            "https://heard.example.org/heardless",
            "http://localhost:8080/x",
            "http://intranet/x",
            "https:///x",
            "www.example.org",
            "ftp://example.org",
            "https://example..org",
        ] {
            assert_eq!(bad(&format!("Look: {broken}, please")), [broken], "{broken}");
        }
    }

    #[test]
    fn a_name_is_found_as_words_of_its_own() {
        assert!(says("Thanks, ann KARLSSON!", "Ann Karlsson"));
        assert!(says("Спасибо, Анна", "анна"));
        assert!(!says("Annual report", "Ann"));
        assert!(!says("", "Ann"));
    }

    #[test]
    fn words_that_are_there_are_there_in_every_language_that_is_read() {
        let languages = BTreeSet::from([Lang::En, Lang::Ru]);
        let untold = |en: &str, ru: &str| -> Vec<Lang> {
            super::untold(&Both { en: en.into(), ru: ru.into() }, &languages).collect()
        };
        assert_eq!(untold("Hello", ""), [Lang::Ru]);
        assert_eq!(untold("", "Привет"), [Lang::En]);
        assert!(untold("", "").is_empty() && untold("Hello", "Привет").is_empty());
    }
}
