//! From the values of a row to a draft of feedback. Every field has its rule and its limit; all that is wrong with a row is
//! said at once. Defaults: kind `problem`, status `new`, not anonymous. Voice and text are required.
//!
//! An anonymous row keeps no contact even if the file has one: that is what anonymous means.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use validator::ValidateEmail;

use super::dates::Dates;
use super::{Field, clean};
use crate::feedback::model::{Kind, MAX_CHANNEL, MAX_EMAIL, MAX_TEXT, MAX_TITLE, MAX_TOPIC, Scores, Voice};
use crate::people::model::MAX_SEGMENT;

crate::text_enum! {
    /// Whether somebody still has to work on it.
    pub enum Status {
        New = "new",
        Closed = "closed",
    }
}

/// What one row says, checked but not stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub voice: Voice,
    pub kind: Kind,
    pub status: Status,
    pub channel: Option<String>,
    pub topic: Option<String>,
    pub title: Option<String>,
    pub text: String,
    pub affected: Option<String>,
    /// A language code, two or three letters.
    pub lang: Option<String>,
    pub received_at: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    pub contact: Contact,
    pub scores: Scores,
    pub anonymous: bool,
    /// A bot spoke for a customer.
    pub machine: bool,
}

impl Draft {
    /// A draft in which nothing was said yet; its voice is put in at the end.
    pub(super) fn empty() -> Self {
        Self {
            voice: Voice::Customer,
            kind: Kind::Problem,
            status: Status::New,
            channel: None,
            topic: None,
            title: None,
            text: String::new(),
            affected: None,
            lang: None,
            received_at: None,
            external_id: None,
            contact: Contact::default(),
            scores: Scores::default(),
            anonymous: false,
            machine: false,
        }
    }
}

/// How the person can be reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    pub email: Option<String>,
    pub name: Option<String>,
    pub locale: Option<String>,
    /// Which customers or employees they are one of.
    pub segment: Option<String>,
}

/// What is wrong with one field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    pub field: &'static str,
    pub message: String,
}

impl std::fmt::Display for RowProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// A draft that is being read, and what went wrong so far.
pub(super) struct Reading<'a> {
    dates: &'a Dates,
    /// Has no default: it must be said.
    voice: Option<Voice>,
    draft: Draft,
    problems: Vec<RowProblem>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(dates: &'a Dates) -> Self {
        Self { dates, voice: None, draft: Draft::empty(), problems: Vec::new() }
    }

    /// Takes a value that is not empty.
    pub(super) fn take(&mut self, field: Field, value: &str) {
        if let Err(message) = self.read(field, value) {
            self.problem(field, message);
        }
    }

    fn read(&mut self, field: Field, value: &str) -> Result<(), String> {
        let draft = &mut self.draft;
        match field {
            Field::Voice => self.voice = Some(word(value, Voice::ALL)?),
            Field::Kind => draft.kind = word(value, Kind::ALL)?,
            Field::Status => draft.status = word(value, Status::ALL)?,
            Field::Channel => draft.channel = Some(limited(clean::line(value).to_lowercase(), MAX_CHANNEL)?),
            Field::Topic => draft.topic = Some(limited(clean::line(value), MAX_TOPIC)?),
            Field::Title => draft.title = Some(line(value)?),
            Field::Text => draft.text = limited(value.to_owned(), MAX_TEXT)?,
            Field::Affected => draft.affected = Some(line(value)?),
            Field::Lang => draft.lang = Some(language(value)?),
            Field::ReceivedAt => draft.received_at = Some(self.dates.read(value)?),
            Field::ExternalId => draft.external_id = Some(line(value)?),
            Field::ContactEmail => draft.contact.email = Some(email(value)?),
            Field::ContactName => draft.contact.name = Some(line(value)?),
            Field::ContactLocale => draft.contact.locale = Some(language(value)?),
            Field::ContactSegment => {
                draft.contact.segment = Some(limited(clean::line(value).to_lowercase(), MAX_SEGMENT)?)
            }
            Field::Nps => draft.scores.nps = Some(score(value, 0, 10)?),
            Field::Enps => draft.scores.enps = Some(score(value, 0, 10)?),
            Field::Csat => draft.scores.csat = Some(score(value, 1, 5)?),
            Field::Ces => draft.scores.ces = Some(score(value, 1, 7)?),
            Field::Anonymous => draft.anonymous = yes_or_no(value)?,
            Field::Machine => draft.machine = yes_or_no(value)?,
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Draft, Vec<RowProblem>> {
        for (field, missing) in [(Field::Voice, self.voice.is_none()), (Field::Text, self.draft.text.is_empty())] {
            if missing && !self.problems.iter().any(|problem| problem.field == field.name()) {
                self.problem(field, "is empty".to_owned());
            }
        }
        if self.draft.machine && self.voice == Some(Voice::Employee) {
            self.problem(Field::Machine, "only a customer can be a machine".to_owned());
        }
        if self.draft.anonymous {
            self.draft.contact = Contact::default();
        }
        match self.voice {
            Some(voice) if self.problems.is_empty() => Ok(Draft { voice, ..self.draft }),
            _ => Err(self.problems),
        }
    }

    fn problem(&mut self, field: Field, message: String) {
        self.problems.push(RowProblem { field: field.name(), message });
    }
}

fn word<T: Copy + Display + FromStr>(value: &str, words: &[T]) -> Result<T, String> {
    value.to_ascii_lowercase().parse().map_err(|_| {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        format!("'{}' is not one of {}", excerpt(value), words.join(", "))
    })
}

fn line(value: &str) -> Result<String, String> {
    limited(clean::line(value), MAX_TITLE)
}

fn limited(value: String, max: usize) -> Result<String, String> {
    // Bytes are never fewer than characters: most values need no counting.
    if value.len() > max {
        let length = value.chars().count();
        if length > max {
            return Err(format!("has {length} characters, at most {max} are kept"));
        }
    }
    Ok(value)
}

/// The language of a locale: `ru`, `ru-RU` and `ru_RU.UTF-8` are `ru`.
fn language(value: &str) -> Result<String, String> {
    let code = value.split(['-', '_', '.']).next().unwrap_or_default();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_alphabetic());
    if is_code { Ok(code.to_ascii_lowercase()) } else { Err(format!("'{}' is not a language code", excerpt(value))) }
}

/// The message leaves the address out: reports are passed around, and the line number finds it.
fn email(value: &str) -> Result<String, String> {
    let is_address = value.validate_email() && value.len() <= MAX_EMAIL;
    if is_address { Ok(value.to_lowercase()) } else { Err("is not an e-mail address".to_owned()) }
}

/// A whole number on a scale; `9.0` is one, `9.5` is not.
fn score(value: &str, min: i16, max: i16) -> Result<i16, String> {
    let whole = value
        .split_once(['.', ','])
        .map_or(value, |(whole, rest)| if !rest.is_empty() && rest.bytes().all(|b| b == b'0') { whole } else { value });
    match whole.parse::<i16>() {
        Ok(score) if (min..=max).contains(&score) => Ok(score),
        _ => Err(format!("'{}' is not a whole number from {min} to {max}", excerpt(value))),
    }
}

fn yes_or_no(value: &str) -> Result<bool, String> {
    match value.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "да" => Ok(true),
        "false" | "no" | "n" | "0" | "нет" => Ok(false),
        _ => Err(format!("'{}' is neither yes nor no", excerpt(value))),
    }
}

/// Enough of a value to find it in the file, and no more.
pub(super) fn excerpt(value: &str) -> String {
    let mut short: String = value.chars().take(40).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    clean::line(&short)
}
