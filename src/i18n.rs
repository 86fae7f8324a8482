//! The words people read: Fluent messages from `config/locales/{en,ru}/*.ftl`, dates and numbers in the reader's way.
//!
//! A message that is missing, or lacks one of its variables, fails a debug build and shows its key in a release build.
//! Numbers given as numbers choose the plural form and are grouped ("1,234"); what must not be grouped (a year) is
//! given as text.

mod format;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Arg;
pub use format::{calendar_date, date, date_time, day, duration, file_size, number, period};

type Messages = FluentBundle<FluentResource>;

#[derive(rust_embed::Embed)]
#[folder = "config/locales"]
struct Files;

static ENGLISH: LazyLock<Messages> = LazyLock::new(|| messages(Lang::En));
static RUSSIAN: LazyLock<Messages> = LazyLock::new(|| messages(Lang::Ru));

crate::text_enum! {
    /// A language the product speaks.
    pub enum Lang {
        En = "en",
        Ru = "ru",
    }
}

impl Lang {
    /// The language a text is written in: Russian as soon as a third of its letters are Cyrillic, because Russian texts
    /// quote Latin product names and English ones hardly ever the reverse.
    pub fn of_text(text: &str) -> Self {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        let (all, cyrillic) = letters.fold((0usize, 0usize), |(all, cyrillic), c| {
            (all + 1, cyrillic + usize::from(('\u{400}'..='\u{52f}').contains(&c)))
        });
        if cyrillic > 0 && cyrillic * 3 >= all { Self::Ru } else { Self::En }
    }

    /// The best language of an `Accept-Language` header that the product speaks, if any.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best = None;
        for (lang, weight) in header.split(',').filter_map(weighted_language) {
            if weight > 0.0 && best.is_none_or(|(_, top)| weight > top) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }

    fn messages(self) -> &'static Messages {
        match self {
            Self::En => &ENGLISH,
            Self::Ru => &RUSSIAN,
        }
    }
}

/// A message in the reader's language.
pub fn t(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    lookup(lang, key, args).unwrap_or_else(|error| {
        tracing::error!(key, lang = lang.as_str(), %error, "message cannot be shown");
        debug_assert!(false, "{error}");
        key.to_owned()
    })
}

/// A message in the reader's language, or what is wrong with it.
pub fn lookup(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, String> {
    let wrong = |what: &dyn std::fmt::Debug| format!("message {key} ({lang}): {what:?}");
    let bundle = lang.messages();
    let message = bundle.get_message(key).and_then(|m| m.value()).ok_or_else(|| wrong(&"there is none"))?;
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(message, Some(&args), &mut errors);
    if errors.is_empty() { Ok(text.into_owned()) } else { Err(wrong(&errors)) }
}

/// Whether there is such a message.
pub fn has(lang: Lang, key: &str) -> bool {
    lang.messages().get_message(key).is_some_and(|m| m.value().is_some())
}

/// What is wrong with the message files: those that cannot be read, and messages that a language lacks.
pub fn gaps() -> Vec<String> {
    let mut gaps = Vec::new();
    let mut keys: Vec<(Lang, BTreeSet<String>)> = Vec::new();
    for lang in Lang::ALL {
        let texts: Vec<(Cow<'static, str>, String)> = texts(*lang).collect();
        let unreadable = |(_, text): &&(_, String)| FluentResource::try_new(text.clone()).is_err();
        gaps.extend(texts.iter().filter(unreadable).map(|(name, _)| format!("{name} cannot be read")));
        keys.push((*lang, texts.iter().flat_map(|(_, text)| text.lines()).filter_map(key_of).collect()));
    }
    let all: BTreeSet<String> = keys.iter().flat_map(|(_, keys)| keys.clone()).collect();
    for (lang, keys) in keys {
        gaps.extend(all.difference(&keys).map(|key| format!("{lang} lacks {key}")));
    }
    gaps
}

/// Messages begin at the start of a line, their further lines do not.
fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') && !key.contains(' ');
    is_key.then(|| key.to_owned())
}

fn texts(lang: Lang) -> impl Iterator<Item = (Cow<'static, str>, String)> {
    Files::iter().filter(move |name| name.starts_with(&format!("{lang}/"))).filter_map(|name| {
        let file = Files::get(&name)?;
        let text = String::from_utf8_lossy(&file.data).into_owned();
        Some((name, text))
    })
}

fn messages(lang: Lang) -> Messages {
    // The default, "undetermined", is never needed: both words are languages.
    let id: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| grouped(Lang::En, value),
        Lang::Ru => |value, _| grouped(Lang::Ru, value),
    }));
    for (name, text) in texts(lang) {
        // What can be read of a broken file is used; the tests parse every file and tell what cannot.
        let resource =
            FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| report(resource, &name, &errors));
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file = %name, ?errors, "messages that stand in another file already");
        }
    }
    bundle
}

fn report(resource: FluentResource, name: &str, errors: &dyn std::fmt::Debug) -> FluentResource {
    tracing::error!(file = name, ?errors, "message file cannot be read");
    resource
}

fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(number(lang, n.value)),
        _ => None,
    }
}

fn weighted_language(part: &str) -> Option<(Lang, f32)> {
    let mut pieces = part.split(';').map(str::trim);
    let primary = pieces.next()?.split('-').next()?.to_ascii_lowercase();
    let lang = primary.parse().ok()?;
    let weight = pieces.find_map(|p| p.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
    Some((lang, weight))
}

#[cfg(test)]
mod tests;
