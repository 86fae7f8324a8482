//! The form of a rule, and rules in plain words.

use super::model::Wanted;
use crate::error::{Error, FieldError, Result};
use crate::feedback::model::{Kind, MAX_CHANNEL, Voice};
use crate::feedback::store::Topic;
use crate::i18n::{self, Lang};
use crate::people::model::{checked_name, checked_segment};
use crate::rules::Criteria;
use crate::web::forms::clean_line;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A rule as it is typed. Nothing chosen means that it does not matter.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleForm {
    name: String,
    voice: String,
    kind: String,
    channel: String,
    pub topic: String,
    lang: String,
    segment: String,
    team: String,
    person: String,
    /// A box that is not ticked is not sent.
    by_load: Option<String>,
    /// `try` shows what it would have done, `save` saves it.
    #[serde(skip_serializing)]
    pub step: String,
}

impl RuleForm {
    pub fn of(wanted: &Wanted) -> RuleForm {
        let Criteria { voice, kind, channel, topic, lang, segment, .. } = wanted.criteria.clone();
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        RuleForm {
            name: wanted.name.clone(),
            voice: voice.unwrap_or_default(),
            kind: kind.unwrap_or_default(),
            channel: channel.unwrap_or_default(),
            topic: topic.unwrap_or_default(),
            lang: lang.unwrap_or_default(),
            segment: segment.unwrap_or_default(),
            team: id(wanted.team_id),
            person: id(wanted.person_id),
            by_load: wanted.by_load.then(|| "on".to_owned()),
            step: String::new(),
        }
    }

    /// The rule, or every field that is wrong: what nothing can match is no choice.
    pub fn wanted(&self) -> Result<Wanted> {
        let mut wrong = Vec::new();
        let mut keep = |e: Error| match e {
            Error::Invalid(fields) => wrong.extend(fields),
            _ => wrong.push(FieldError::new("name", "error-unreadable")),
        };
        let mut wanted = Wanted {
            name: checked_name("name", &self.name).map_err(&mut keep).unwrap_or_default(),
            criteria: Criteria {
                segment: checked_segment("segment", &self.segment).map_err(&mut keep).unwrap_or_default(),
                ..Criteria::default()
            },
            team_id: None,
            person_id: None,
            by_load: self.by_load.is_some(),
        };
        wanted.criteria.voice = word::<Voice>("voice", &self.voice, &mut wrong);
        wanted.criteria.kind = word::<Kind>("kind", &self.kind, &mut wrong);
        wanted.criteria.lang = word::<Lang>("lang", &self.lang, &mut wrong);
        wanted.criteria.topic = Some(self.topic.clone()).filter(|slug| !slug.is_empty());
        wanted.criteria.channel = channel(&self.channel, &mut wrong);
        wanted.team_id = chosen("team", &self.team, &mut wrong);
        wanted.person_id = chosen("person", &self.person, &mut wrong);
        if wrong.is_empty() { Ok(wanted) } else { Err(Error::Invalid(wrong)) }
    }
}

fn chosen<T: FromStr>(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> Option<T> {
    let read = (!typed.is_empty()).then(|| typed.parse().ok());
    if matches!(read, Some(None)) {
        wrong.push(FieldError::new(field, "error-choice"));
    }
    read.flatten()
}

fn word<T: FromStr + ToString>(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    chosen::<T>(field, typed, wrong).map(|word| word.to_string())
}

fn channel(typed: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    let channel = clean_line(typed).to_lowercase();
    if channel.chars().count() > MAX_CHANNEL {
        wrong.push(FieldError::new("channel", "error-too-long").with("max", MAX_CHANNEL));
    }
    Some(channel).filter(|channel| !channel.is_empty())
}

/// Which cases a rule is for: "Customer, Complaint, in Russian".
pub fn which(lang: Lang, criteria: &Criteria, topics: &[Topic]) -> String {
    let say = |key: String| i18n::t(lang, &key, &[]);
    let with = |key: &str, what: String| i18n::t(lang, key, &[("what", what.into())]);
    let topic = |slug: &String| match topics.iter().find(|topic| topic.slug == *slug) {
        Some(topic) => topic.name(lang).to_owned(),
        None => slug.clone(),
    };
    let channel = |channel: &String| {
        let key = format!("channel-{channel}");
        if i18n::has(lang, &key) { say(key) } else { channel.clone() }
    };
    let words = [
        criteria.voice.as_ref().map(|voice| say(format!("voice-{voice}"))),
        criteria.kind.as_ref().map(|kind| say(format!("kind-{kind}"))),
        criteria.topic.as_ref().map(|slug| with("rules-about", topic(slug))),
        criteria.channel.as_ref().map(|word| with("rules-channel", channel(word))),
        criteria.lang.as_ref().map(|code| say(format!("rules-in-{code}"))),
        criteria.segment.as_ref().map(|segment| with("rules-segment", segment.clone())),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() { say("rules-everything".to_owned()) } else { words.join(", ") }
}

/// Who gets them: "Support, whoever has the fewest open cases".
pub fn whom(lang: Lang, team: Option<&str>, person: Option<&str>, by_load: bool) -> String {
    let arg = |name: &str| name.to_owned();
    match (team, person) {
        (Some(team), None) if by_load => i18n::t(lang, "rules-to-fewest", &[("team", arg(team).into())]),
        (Some(team), Some(person)) => {
            i18n::t(lang, "rules-to-both", &[("team", arg(team).into()), ("person", arg(person).into())])
        }
        (team, person) => person.or(team).map(arg).unwrap_or_default(),
    }
}
