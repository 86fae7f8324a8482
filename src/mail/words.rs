//! The words of a mail: facts that were frozen when it was queued, in today's templates.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

use super::class::Class;
use super::outbox::Mail;
use super::{Mailer, message, plain};
use crate::error::{Error, Result};
use crate::i18n::{self, Arg, Lang};
use crate::templates;

/// The longest line that mail programs show beside a subject.
const LONGEST_PREHEADER: usize = 140;

/// A mail as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    /// What an inbox shows beside the subject.
    pub preheader: String,
    pub text: String,
    pub html: String,
}

/// What a mail says besides its facts, for this one reader.
struct Reader<'a> {
    lang: Lang,
    name: &'a str,
    /// Where they choose their mails.
    choice_url: Option<String>,
    can_reply: bool,
}

impl Mailer {
    /// The words of a mail of the outbox.
    pub fn render(&self, mail: &Mail) -> Result<Rendered> {
        let choice_url = self.ways.as_ref().map(|ways| ways.choice_url(mail.person_id)).transpose()?;
        let can_reply = self.reply_address(mail)?.is_some();
        let reader = Reader { lang: mail.lang, name: &mail.name, choice_url, can_reply };
        self.words(&mail.template, reader, mail.data.0.clone())
    }

    /// Its subject alone.
    pub fn subject(&self, mail: &Mail) -> Result<String> {
        let reader = Reader { lang: mail.lang, name: &mail.name, choice_url: None, can_reply: false };
        subject(&mail.template, mail.lang, &self.facts(&mail.template, reader, mail.data.0.clone())?)
    }

    /// A letter as it would go out, before it is queued.
    pub fn preview(&self, template: &str, lang: Lang, name: &str, letter: &impl Serialize) -> Result<Rendered> {
        let choice_url = self.ways.as_ref().map(|ways| ways.hidden_choice_url());
        let can_reply = self.replies.is_some() && Class::of(template).is_conversation();
        let reader = Reader { lang, name, choice_url, can_reply };
        self.words(template, reader, serde_json::to_value(letter).map_err(Error::internal)?)
    }

    fn words(&self, template: &str, reader: Reader<'_>, data: Value) -> Result<Rendered> {
        let lang = reader.lang;
        let mut facts = self.facts(template, reader, data)?;
        let subject = subject(template, lang, &facts)?;
        facts.insert("subject".into(), subject.as_str().into());
        let part = |name: &str| format!("emails/{template}/{name}");
        let mut context = templates::context(lang, Value::Object(facts))?;
        let preheader = message::one_line(&self.templates.text(&part("preheader"), &context)?, LONGEST_PREHEADER);
        if let Value::Object(facts) = context.data_mut() {
            facts.insert("preheader".into(), preheader.as_str().into());
        }
        Ok(Rendered {
            text: plain::flowed(&self.templates.text(&part("text"), &context)?),
            html: self.templates.html(&part("html"), &context)?,
            subject,
            preheader,
        })
    }

    /// The letter, and what every mail knows besides.
    fn facts(&self, template: &str, reader: Reader<'_>, data: Value) -> Result<Map<String, Value>> {
        let Value::Object(mut facts) = data else {
            return Err(Error::internal(format!("mail {template}: its data is not an object")));
        };
        facts.insert("to_name".into(), message::one_line(reader.name, message::LONGEST_NAME).into());
        facts.insert("product".into(), self.product.as_str().into());
        facts.insert("home_url".into(), self.ways.as_ref().map(|ways| ways.home_url()).into());
        facts.insert("template".into(), template.into());
        facts.insert("choice_url".into(), reader.choice_url.into());
        facts.insert("can_reply".into(), reader.can_reply.into());
        if let (Some(from), Some(to)) = (day(&facts, "starts_on"), day(&facts, "ends_on")) {
            facts.insert("period".into(), i18n::period(reader.lang, from, to).into());
        }
        Ok(facts)
    }
}

fn day(facts: &Map<String, Value>, name: &str) -> Option<NaiveDate> {
    facts.get(name)?.as_str()?.parse().ok()
}

/// `mail-<template>-subject`, or with `-<outcome>` or `-<why>` behind it where that decides; with every fact that is
/// a text or a number as its variable.
fn subject(template: &str, lang: Lang, facts: &Map<String, Value>) -> Result<String> {
    let args: Vec<(&str, Arg<'_>)> = facts
        .iter()
        .filter_map(|(name, value)| match value {
            Value::String(text) => Some((name.as_str(), text.as_str().into())),
            Value::Number(n) => n.as_f64().map(|n| (name.as_str(), n.into())),
            _ => None,
        })
        .collect();
    let plain = format!("mail-{template}-subject");
    let key = match facts.get("outcome").or(facts.get("why")).and_then(Value::as_str) {
        Some(outcome) => format!("{plain}-{outcome}"),
        None => plain,
    };
    i18n::lookup(lang, &key, &args).map_err(Error::internal)
}
