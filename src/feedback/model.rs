//! What was said: types and rules, without database or HTTP.

use crate::error::{Error, FieldError, Result};
use crate::i18n::Lang;
use crate::web::forms::{clean, clean_line};
use chrono::{DateTime, Duration, Utc};

crate::text_enum! {
    /// Whose voice it is: EX or CX.
    pub enum Voice {
        Employee = "employee",
        Customer = "customer",
    }
}

crate::text_enum! {
    pub enum Kind {
        Problem = "problem",
        Idea = "idea",
        Complaint = "complaint",
        Question = "question",
        Praise = "praise",
    }
}

/// The longest text anybody may send.
pub const MAX_TEXT: usize = 20_000;
/// The longest title; a derived one is shorter.
pub const MAX_TITLE: usize = 200;
/// The longest name of a channel.
pub const MAX_CHANNEL: usize = 40;
/// The longest name of a topic.
pub const MAX_TOPIC: usize = 100;
/// The longest e-mail address there can be (RFC 5321).
pub const MAX_EMAIL: usize = 254;
const DERIVED_TITLE: usize = 80;

/// Who gave the feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Originator {
    /// Somebody who is signed in.
    Person { id: i64 },
    /// Somebody with an e-mail address; becomes a contact if we do not know them.
    Contact { email: String, name: String, lang: Lang },
    /// Nobody knows who; they hold a receipt code.
    Anonymous,
}

/// Answers on the usual scales that came with the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// 0-10.
    pub nps: Option<i16>,
    /// 0-10.
    pub enps: Option<i16>,
    /// 1-5.
    pub csat: Option<i16>,
    /// 1-7.
    pub ces: Option<i16>,
}

impl Scores {
    fn check(&self) -> Vec<FieldError> {
        let scales = [
            ("scores.nps", self.nps, 0, 10),
            ("scores.enps", self.enps, 0, 10),
            ("scores.csat", self.csat, 1, 5),
            ("scores.ces", self.ces, 1, 7),
        ];
        let wrong = |&(_, score, min, max): &(&str, Option<i16>, i16, i16)| score.is_some_and(|s| s < min || s > max);
        scales
            .iter()
            .filter(|scale| wrong(scale))
            .map(|(field, _, min, max)| FieldError::new(field, "error-number-range").with("min", min).with("max", max))
            .collect()
    }
}

/// A piece of feedback as it comes in, from whichever channel.
#[derive(Clone, Debug)]
pub struct Submission {
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    pub topic: Option<String>,
    pub title: Option<String>,
    pub text: String,
    pub affected: Option<String>,
    pub scores: Scores,
    pub originator: Originator,
    pub external_id: Option<String>,
    /// When it was said, if that was not now.
    pub received_at: Option<DateTime<Utc>>,
    /// A bot spoke for a customer.
    pub machine: bool,
}

impl Submission {
    /// Words said now, with nothing else known about them.
    pub fn new(voice: Voice, kind: Kind, channel: &str, text: &str, originator: Originator) -> Submission {
        Submission {
            voice,
            kind,
            channel: channel.to_owned(),
            topic: None,
            title: None,
            text: text.to_owned(),
            affected: None,
            scores: Scores::default(),
            originator,
            external_id: None,
            received_at: None,
            machine: false,
        }
    }

    /// Cleans the texts and refuses what we cannot take, naming every field that is wrong.
    pub fn checked(mut self, now: DateTime<Utc>) -> Result<Submission> {
        self.text = clean(&self.text);
        self.title = self.title.map(|t| clean_line(&t)).filter(|t| !t.is_empty());
        self.affected = self.affected.map(|t| clean_line(&t)).filter(|t| !t.is_empty());
        self.channel = clean_line(&self.channel).to_lowercase();
        self.topic = self.topic.map(|t| clean_line(&t)).filter(|t| !t.is_empty());
        self.external_id = self.external_id.map(|t| clean_line(&t)).filter(|t| !t.is_empty());
        let mut wrong = self.scores.check();
        required("text", &self.text, MAX_TEXT, &mut wrong);
        required("channel", &self.channel, MAX_CHANNEL, &mut wrong);
        limited("title", self.title.as_deref(), MAX_TITLE, &mut wrong);
        limited("affected", self.affected.as_deref(), MAX_TITLE, &mut wrong);
        limited("topic", self.topic.as_deref(), MAX_TOPIC, &mut wrong);
        limited("external_id", self.external_id.as_deref(), MAX_TITLE, &mut wrong);
        if self.received_at.is_some_and(|at| at > now + Duration::days(1)) {
            wrong.push(FieldError::new("received_at", "error-future"));
        }
        if self.machine && self.voice != Voice::Customer {
            wrong.push(FieldError::new("machine", "error-machine-employee"));
        }
        if let Originator::Contact { email, name, .. } = &mut self.originator {
            *email = email.trim().to_lowercase();
            *name = clean_line(name);
            if !validator::ValidateEmail::validate_email(email) || email.len() > MAX_EMAIL {
                wrong.push(FieldError::new("email", "error-email"));
            }
            limited("name", Some(name), MAX_TITLE, &mut wrong);
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

fn required(field: &str, value: &str, max: usize, wrong: &mut Vec<FieldError>) {
    if value.is_empty() {
        wrong.push(FieldError::new(field, "error-required"));
    }
    limited(field, Some(value), max, wrong);
}

fn limited(field: &str, value: Option<&str>, max: usize, wrong: &mut Vec<FieldError>) {
    if value.is_some_and(|v| v.chars().count() > max) {
        wrong.push(FieldError::new(field, "error-too-long").with("max", max));
    }
}

/// A title from the words themselves: the first sentence, cut at a word if it is long.
pub fn derive_title(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    let end = line
        .char_indices()
        .find(|(at, c)| matches!(c, '.' | '!' | '?' | '…') && line[at + c.len_utf8()..].starts_with([' ', '\u{a0}']))
        .map_or(line.len(), |(at, c)| if c == '.' { at } else { at + c.len_utf8() });
    // "Hi." or "Здравствуйте!" says nothing yet.
    let sentence = if line[..end].chars().count() < 20 { line } else { &line[..end] };
    shorten(sentence.trim_end_matches('.'), DERIVED_TITLE)
}

/// A text on one line of at most `max` characters, cut between words.
pub fn shorten(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= max {
        return text;
    }
    let cut: String = text.chars().take(max - 1).collect();
    let whole = cut.rfind(' ').filter(|at| *at > cut.len() / 2).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '-', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_from_the_first_sentence() {
        assert_eq!(derive_title("Charged twice for one order. Then nobody called."), "Charged twice for one order");
        assert_eq!(derive_title("Hi. The parcel went to the wrong door."), "Hi. The parcel went to the wrong door");
        assert_eq!(
            derive_title("\n\nСделайте одно окно вместо пяти вкладок! Устали."),
            "Сделайте одно окно вместо пяти вкладок!"
        );
        assert_eq!(derive_title("version 2.5 is slow"), "version 2.5 is slow");
        let long = derive_title(&"слово ".repeat(40));
        assert!(long.chars().count() <= 80 && long.ends_with("слово…"), "{long}");
        assert_eq!(derive_title(&"x".repeat(300)).chars().count(), 80);
        assert_eq!(derive_title("  "), "");
    }

    fn submission() -> Submission {
        Submission {
            voice: Voice::Customer,
            kind: Kind::Complaint,
            channel: "web".into(),
            topic: None,
            title: None,
            text: "Late again".into(),
            affected: None,
            scores: Scores::default(),
            originator: Originator::Anonymous,
            external_id: None,
            received_at: None,
            machine: false,
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let now = DateTime::UNIX_EPOCH;
        let bad = Submission {
            text: " \u{0} ".into(),
            title: Some("x".repeat(201)),
            scores: Scores { nps: Some(11), ces: Some(0), ..Scores::default() },
            originator: Originator::Contact { email: "nobody".into(), name: String::new(), lang: Lang::En },
            received_at: Some(now + Duration::days(2)),
            ..submission()
        };
        let Err(Error::Invalid(wrong)) = bad.checked(now) else { panic!("refused") };
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["scores.nps", "scores.ces", "text", "title", "received_at", "email"]);
    }

    #[test]
    fn good_feedback_is_cleaned() -> Result<()> {
        let contact = Originator::Contact { email: " Ann@Example.ORG ".into(), name: "Ann\nB".into(), lang: Lang::En };
        let ok = Submission { originator: contact, title: Some(" ".into()), ..submission() }
            .checked(DateTime::UNIX_EPOCH)?;
        assert_eq!(ok.title, None);
        assert!(
            matches!(ok.originator, Originator::Contact { email, name, .. } if email == "ann@example.org" && name == "Ann B")
        );
        Ok(())
    }
}
