//! Mail: [`letters`] say what each mail holds, [`outbox`] keeps them from the transaction that causes them until they
//! are out, [`drain`] takes them from there to the [`transport`].

pub mod class;
pub mod dkim;
pub mod domains;
pub mod dns;
pub mod drain;
pub mod entry;
#[cfg(test)]
mod fake_server;
pub mod gallery;
pub mod letters;
pub mod message;
pub mod outbox;
pub mod pages;
mod plain;
pub mod replies;
pub mod returned;
pub mod samples;
pub mod sender;
pub mod sending;
mod smtp;
pub mod thread;
pub mod transport;
pub mod undeliverable;
pub mod ways;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::config::Config;
use crate::db::Location;
use crate::error::{Error, Result};
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
use ways::Ways;

pub use sender::Stopped;
pub use smtp::stream::Connector;
pub use words::Rendered;

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
    /// Where readers choose their mails; none where there are no pages.
    ways: Option<Ways>,
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
            ways: None,
        })
    }

    /// Lets people answer by mail.
    pub fn answered_at(self, replies: Replies) -> Mailer {
        Mailer { replies: Some(replies).filter(Replies::are_on), ..self }
    }

    /// Lets people choose which mails they get.
    pub fn chosen_at(self, ways: Ways) -> Mailer {
        Mailer { ways: Some(ways), ..self }
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

    /// Why nothing was sent last, also while it is being found out whether mail flows again.
    pub fn alarm(&self) -> Option<Stopped> {
        self.sender.alarm()
    }

    /// How much may go to one domain.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The finished bytes, or why there are none; a panic in a library is such a reason.
    fn prepare(&self, mail: &Mail, thread: &Thread, now: DateTime<Utc>) -> std::result::Result<Vec<u8>, String> {
        catch_unwind(AssertUnwindSafe(|| {
            let reply_to = match mail.of_its_own("reply_to") {
                Some(own) => Some(own.to_owned()),
                None => self.reply_address(mail).map_err(|e| e.to_string())?,
            };
            let words = self.render(mail).map_err(|e| e.to_string())?;
            let list_id = format!("{}.{}", mail.template, self.domain);
            let list = self.list(mail, &list_id).map_err(|e| e.to_string())?;
            let name = mail.of_its_own("from_name").unwrap_or(&self.from_name);
            let from = Party { name, address: &self.from };
            let entry = entry::of(mail, from, &self.domain, now).map_err(|e| e.to_string())?;
            let letter = Letter {
                message_id: &self.message_id(&mail.message_id),
                from,
                to: Party { name: &mail.name, address: &mail.address },
                reply_to: reply_to.as_deref(),
                subject: &words.subject,
                text: &words.text,
                html: &words.html,
                date: now,
                thread: &thread.ids(|id| self.message_id(id)),
                origin: Origin::of(mail, thread),
                list,
                entry: entry.as_ref().map(|(method, text)| (*method, text.as_str())),
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
            (Some(replies), None) if Class::of(&mail.template) == Class::List => replies.digest_address(mail.id),
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

impl Mail {
    /// What a digest says of itself instead of what all mails say, where its series has such words.
    fn of_its_own(&self, what: &str) -> Option<&str> {
        let said = self.data.0.get(what).filter(|_| Class::of(&self.template) == Class::List);
        said.and_then(Value::as_str).filter(|said| !said.is_empty())
    }
}

#[cfg(test)]
mod tests;
