//! The sample as it is written down in `config/demo.toml`.

use crate::backlog::model::Status as ChangeStatus;
use crate::cases::model::{Outcome, Status};
use crate::error::{Error, Result};
use crate::feedback::model::{Kind, Originator, Scores, Submission, Voice};
use crate::i18n::Lang;
use crate::web::viewer::Role;
use serde::Deserialize;

const FILE: &str = include_str!("../../config/demo.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub teams: Vec<Team>,
    pub people: Vec<Person>,
    pub topics: Vec<Topic>,
    pub contacts: Vec<Contact>,
    pub answers: Vec<SavedAnswer>,
    pub changes: Vec<Change>,
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    pub key: String,
    pub name: String,
}

/// Somebody who signs in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub team: Option<String>,
    pub lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub slug: String,
    pub name_en: String,
    pub name_ru: String,
}

/// A text that the whole house uses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedAnswer {
    pub name: String,
    pub body_en: String,
    pub body_ru: String,
}

/// Somebody who writes from outside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub key: String,
    pub name: String,
    pub email: String,
    pub lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub key: String,
    pub title: String,
    pub proposal: String,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    pub confidence: f64,
    /// Who proposes it and does the work.
    pub owner: String,
    pub status: ChangeStatus,
    pub public: bool,
    pub days_ago: i64,
    pub status_days_ago: i64,
    pub target_in_days: Option<i64>,
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    pub outcome_ru: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub key: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    pub topic: String,
    pub text: String,
    /// Person or contact; nobody if it is anonymous.
    pub by: Option<String>,
    #[serde(default)]
    pub anonymous: bool,
    /// A bot writes for a customer.
    #[serde(default)]
    pub machine: bool,
    /// The receipt code is printed with the sign-ins, so that the page behind it can be tried.
    #[serde(default)]
    pub receipt_printed: bool,
    pub days_ago: i64,
    /// Where the case stands when the story has been told.
    pub stage: Status,
    pub owner: Option<String>,
    pub change: Option<String>,
    pub affected: Option<String>,
    #[serde(default)]
    pub messages: Vec<Message>,
    pub outcome: Option<Outcome>,
    pub resolution: Option<String>,
    pub resolved_after: Option<i64>,
    pub helped: Option<bool>,
    /// Days from the resolution to the answer whether it helped.
    pub answered_after: Option<i64>,
    /// Why it did not help.
    #[serde(default)]
    pub why: String,
    pub nps: Option<i16>,
    pub enps: Option<i16>,
    pub csat: Option<i16>,
    pub ces: Option<i16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    pub from: From,
    pub days_after: i64,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    Owner,
    Originator,
    Note,
}

impl Sample {
    /// Reads the embedded file.
    pub fn read() -> Result<Sample> {
        toml::from_str(FILE).map_err(|e| Error::internal(format!("config/demo.toml: {e}")))
    }

    /// Feedback as its originator sends it. Employees are known by their address like everybody else, because their
    /// accounts are made in the same transaction.
    pub fn submission(&self, case: &Case) -> Result<Submission> {
        Ok(Submission {
            voice: case.voice,
            kind: case.kind,
            channel: case.channel.clone(),
            topic: Some(case.topic.clone()),
            title: None,
            text: case.text.clone(),
            affected: case.affected.clone(),
            scores: Scores { nps: case.nps, enps: case.enps, csat: case.csat, ces: case.ces },
            originator: self.originator(case)?,
            external_id: None,
            received_at: None,
            machine: case.machine,
        })
    }

    fn originator(&self, case: &Case) -> Result<Originator> {
        let Some(key) = case.by.as_ref().filter(|_| !case.anonymous) else { return Ok(Originator::Anonymous) };
        let contact = self.contacts.iter().find(|c| c.key == *key).map(|c| (&c.email, &c.name, c.lang));
        let person = || self.people.iter().find(|p| p.key == *key).map(|p| (&p.email, &p.name, p.lang));
        let (email, name, lang) = contact.or_else(person).ok_or_else(|| unknown(&case.key, key))?;
        Ok(Originator::Contact { email: email.clone(), name: name.clone(), lang })
    }

    /// The change a case is evidence for, by its place in the file.
    pub fn change_of(&self, case: &Case) -> Result<Option<usize>> {
        let Some(key) = &case.change else { return Ok(None) };
        let place = self.changes.iter().position(|change| change.key == *key);
        place.map(Some).ok_or_else(|| unknown(&case.key, key))
    }
}

impl Case {
    /// Whether the clocks stop after this message: the owner asks, and then it is the originator's turn.
    pub fn waits_after(&self, message: usize) -> bool {
        let asks = self.messages.get(message).is_some_and(|m| m.from == From::Owner && m.text.contains('?'));
        match self.messages.get(message + 1) {
            Some(next) => asks && next.from == From::Originator,
            None => self.stage == Status::Waiting,
        }
    }
}

/// The sample names something that is not in it.
pub fn unknown(place: &str, key: &str) -> Error {
    Error::internal(format!("config/demo.toml: {place} names {key}, which is not there"))
}
