//! Mail: [`letters`] say what each mail holds, [`outbox`] keeps them from the transaction that causes them until they
//! are out, [`drain`] takes them from there to the [`transport`].

pub mod class;
pub mod dkim;
pub mod domains;
pub mod dns;
pub mod drain;
#[cfg(test)]
mod fake_server;
pub mod letters;
pub mod message;
pub mod outbox;
pub mod pages;
pub mod replies;
pub mod returned;
pub mod sender;
pub mod sending;
mod smtp;
pub mod thread;
pub mod transport;
pub mod undeliverable;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::db::Location;
use crate::error::{Error, Result};
use crate::i18n::{self, Arg, Lang};
use crate::templates::Templates;
use class::Class;
use dkim::{Record, Signer};
use domains::Limits;
use message::{Letter, List, Party};
use outbox::Mail;
use replies::Replies;
use sender::Sender;
use thread::{Origin, Thread};
use transport::{Outcome, Transport};

pub use sender::Stopped;
pub use smtp::stream::Connector;

/// Renders mails and hands them to the transport.
pub struct Mailer {
    templates: Arc<Templates>,
    transport: Transport,
    sender: Sender,
    limits: Limits,
    product: String,
    from: String,
    from_name: String,
    domain: String,
    signer: Signer,
    /// Where answers go; none where nobody can answer by mail.
    replies: Option<Replies>,
}

/// A mail as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// How our mails say who they are.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Behind the @ of what they come from.
    pub domain: String,
    /// The server they are handed to; none where they stay on this machine.
    pub relay: Option<String>,
    /// What the DNS has to say for the keys they are signed with.
    pub keys: Vec<Record>,
    /// What such an address looks like, if there is any.
    pub return_path: Option<String>,
    pub reply_to: Option<String>,
}

impl Mailer {
    /// Reads the mail settings; nothing is connected yet.
    pub fn new(config: &Config, templates: Arc<Templates>) -> Result<Mailer> {
        let wrong = |e: String| Error::internal(format!("settings: mail.from: {e}"));
        let domain = message::address(&config.mail.from).map_err(wrong)?.domain().to_owned();
        let data = match Location::parse(&config.database.url)? {
            Location::Sqlite(file) => file.parent().map(Path::to_owned).unwrap_or_default(),
            Location::Postgres(_) => "data".into(),
        };
        let transport = Transport::from_url(&config.mail.url, &data, &domain)?;
        Ok(Mailer {
            templates,
            limits: if transport.is_server() { Limits::of(&config.mail) } else { Limits::NONE },
            transport,
            sender: Sender::default(),
            product: config.app.name.clone(),
            from: config.mail.from.clone(),
            from_name: config.mail.from_name.clone(),
            signer: Signer::new(&config.mail, &domain)?,
            domain,
            replies: None,
        })
    }

    /// Lets people answer by mail.
    pub fn answered_at(self, replies: Replies) -> Mailer {
        Mailer { replies: Some(replies).filter(Replies::are_on), ..self }
    }

    /// Whether mail stays on this machine.
    pub fn is_local(&self) -> bool {
        self.transport.is_local()
    }

    /// Tries the way out without sending anything; says where it leads, or what stands in it.
    pub async fn check(&self) -> std::result::Result<String, String> {
        self.transport.check().await
    }

    /// Why nothing is being sent, and until when; for the admin's page.
    pub fn stopped(&self, now: DateTime<Utc>) -> Option<Stopped> {
        self.sender.stopped(now)
    }

    /// The same, and also while it is being found out whether mail flows again.
    pub fn alarm(&self) -> Option<Stopped> {
        self.sender.alarm()
    }

    /// How much may go to one domain.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The words of a mail: facts frozen when it was queued, in today's templates.
    pub fn render(&self, mail: &Mail) -> Result<Rendered> {
        self.words(&mail.template, mail.lang, &mail.name, mail.data.0.clone())
    }

    /// A letter as it would go out, before it is queued.
    pub fn preview(&self, template: &str, lang: Lang, name: &str, letter: &impl Serialize) -> Result<Rendered> {
        self.words(template, lang, name, serde_json::to_value(letter).map_err(Error::internal)?)
    }

    /// Its subject alone.
    pub fn subject(&self, mail: &Mail) -> Result<String> {
        subject(&mail.template, mail.lang, &self.facts(&mail.template, mail.lang, &mail.name, mail.data.0.clone())?)
    }

    fn words(&self, template: &str, lang: Lang, name: &str, data: Value) -> Result<Rendered> {
        let mut facts = self.facts(template, lang, name, data)?;
        let subject = subject(template, lang, &facts)?;
        facts.insert("subject".into(), subject.as_str().into());
        let (html, text) = (format!("emails/{template}/html"), format!("emails/{template}/text"));
        Ok(Rendered {
            text: self.templates.text(lang, &text, &facts)?,
            html: self.templates.html(lang, &html, &facts)?,
            subject,
        })
    }

    /// What the templates know besides the letter's own data.
    fn facts(&self, template: &str, lang: Lang, name: &str, data: Value) -> Result<Map<String, Value>> {
        let Value::Object(mut facts) = data else {
            return Err(Error::internal(format!("mail {template}: its data is not an object")));
        };
        facts.insert("to_name".into(), message::one_line(name, message::LONGEST_NAME).into());
        facts.insert("product".into(), self.product.as_str().into());
        facts.insert("template".into(), template.into());
        if let (Some(from), Some(to)) = (day(&facts, "starts_on"), day(&facts, "ends_on")) {
            facts.insert("period".into(), i18n::period(lang, from, to).into());
        }
        Ok(facts)
    }

    /// The finished bytes, or why there are none; a panic in a library is such a reason.
    fn prepare(&self, mail: &Mail, thread: &Thread, now: DateTime<Utc>) -> std::result::Result<Vec<u8>, String> {
        catch_unwind(AssertUnwindSafe(|| {
            let reply_to = self.reply_address(mail).map_err(|e| e.to_string())?;
            let words = self.render(mail).map_err(|e| e.to_string())?;
            let list_id = format!("{}.{}", mail.template, self.domain);
            let list = self.list(mail, &list_id).map_err(|e| e.to_string())?;
            let letter = Letter {
                message_id: &self.message_id(&mail.message_id),
                from: Party { name: &self.from_name, address: &self.from },
                to: Party { name: &mail.name, address: &mail.address },
                reply_to: reply_to.as_deref(),
                subject: &words.subject,
                text: &words.text,
                html: &words.html,
                date: now,
                thread: &thread.ids(|id| self.message_id(id)),
                origin: Origin::of(mail, thread),
                list,
            };
            message::build(&letter, &self.signer)
        }))
        .unwrap_or_else(|_| Err("rendering panicked".into()))
    }

    async fn send(&self, mail: &Mail, thread: &Thread, bytes: Vec<u8>) -> Outcome {
        let id = self.message_id(&mail.message_id);
        match self.envelope_sender(mail, thread) {
            Ok(from) => self.transport.send(&id, &from, &mail.address, bytes).await,
            Err(e) => Outcome::Unrenderable(e.to_string()),
        }
    }

    /// How our mails say who they are; for the admin's page.
    pub fn identity(&self) -> Identity {
        let example = "…";
        let own = |address: &String| self.is_own(address);
        Identity {
            domain: self.domain.clone(),
            relay: self.transport.host().map(str::to_owned),
            keys: self.signer.records(),
            return_path: self.replies.as_ref().and_then(|replies| replies.return_path_like(example)).filter(own),
            reply_to: self.replies.as_ref().and_then(|replies| replies.address_like(example)),
        }
    }

    fn reply_address(&self, mail: &Mail) -> Result<Option<String>> {
        match (&self.replies, mail.case_id) {
            (Some(replies), Some(case_id)) if Class::of(&mail.template).is_conversation() => {
                replies.address_for(case_id)
            }
            _ => Ok(None),
        }
    }

    /// How the reader ends mails of this kind: by one click, or by an empty mail where we can read it.
    fn list<'a>(&self, mail: &'a Mail, id: &'a str) -> Result<Option<List<'a>>> {
        let unsubscribe = mail.data.0.get("unsubscribe_url").and_then(Value::as_str);
        let (Some(unsubscribe), Class::List) = (unsubscribe, Class::of(&mail.template)) else { return Ok(None) };
        let replies = self.replies.as_ref();
        let by_mail = replies.map(|replies| replies.unsubscribe_address(mail.person_id)).transpose()?.flatten();
        Ok(Some(List { id, unsubscribe, by_mail }))
    }

    /// Where a mail server says that it could not deliver: an address that names this very mail. Nowhere for what answers
    /// a mail by itself, or two programs could go on for ever (RFC 3834).
    fn envelope_sender(&self, mail: &Mail, thread: &Thread) -> Result<String> {
        if Origin::of(mail, thread) == Origin::Reply {
            return Ok(String::new());
        }
        let named = self.replies.as_ref().map(|replies| replies.return_path(mail.id)).transpose()?.flatten();
        // Where there is no room for that, its case at least hears of it.
        let back = match named {
            Some(address) => Some(address),
            None => self.reply_address(mail)?,
        };
        Ok(back.filter(|address| self.is_own(address)).unwrap_or_else(|| self.from.clone()))
    }

    /// SPF looks at the domain of the envelope: it stays the one that the mail says it is from.
    fn is_own(&self, address: &str) -> bool {
        address.rsplit_once('@').is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(&self.domain))
    }

    fn message_id(&self, local: &str) -> String {
        format!("<{local}@{}>", self.domain)
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

#[cfg(test)]
mod tests;
