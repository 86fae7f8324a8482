//! The conversation a mail stands in: which mails it answers, and how it says that a program wrote it. So the reader's
//! mail program shows one thread, and other people's programs do not answer ours.

use diesel::prelude::*;
use serde_json::Value;

use super::class::Class;
use super::outbox::Mail;
use crate::db::Conn;
use crate::db::schema::{inbound_mails, outbox};

/// Message-IDs of theirs that are named: the newest, as many as fit into a header.
const MOST_NAMED: i64 = 5;

/// What went before a mail about the same case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Our first mail to this person: the part before the @.
    pub first: Option<String>,
    /// Message-IDs of mails of theirs, without angle brackets, the newest last.
    pub theirs: Vec<String>,
}

/// How a mail came about, which decides what it says in Auto-Submitted (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody typed it.
    Typed,
    /// It answers a mail by itself.
    Reply,
    Generated,
}

impl Thread {
    /// The thread of a mail, as it was when the mail was queued: every try says the same.
    pub fn before(c: &mut Conn, mail: &Mail) -> QueryResult<Thread> {
        let class = Class::of(&mail.template);
        let (Some(case_id), true) = (mail.case_id, class.is_threaded()) else { return Ok(Thread::default()) };
        let about = outbox::case_id.eq(case_id).and(outbox::person_id.eq(mail.person_id)).and(outbox::id.lt(mail.id));
        let first = outbox::table.filter(about).order(outbox::id).select(outbox::message_id).first(c).optional()?;
        if !class.is_conversation() {
            return Ok(Thread { first, theirs: Vec::new() });
        }
        // A reason is noted where somebody else wrote, or a machine.
        let mut theirs: Vec<String> = inbound_mails::table
            .filter(inbound_mails::case_id.eq(case_id).and(inbound_mails::status.eq("done")))
            .filter(inbound_mails::reason.is_null().and(inbound_mails::message_id.is_not_null()))
            .filter(inbound_mails::id.lt(mail.id))
            .order(inbound_mails::id.desc())
            .limit(MOST_NAMED)
            .select(inbound_mails::message_id.assume_not_null())
            .load(c)?;
        theirs.reverse();
        Ok(Thread { first, theirs })
    }

    /// Every Message-ID of the thread with angle brackets, the one that is answered last; `own` completes one of ours.
    pub(super) fn ids(&self, own: impl Fn(&str) -> String) -> Vec<String> {
        let first = self.first.as_deref().map(own);
        first.into_iter().chain(self.theirs.iter().map(|id| format!("<{id}>"))).collect()
    }
}

impl Origin {
    pub(super) fn of(mail: &Mail, thread: &Thread) -> Origin {
        let says = |name: &str| mail.data.0.get(name).is_some_and(|value| !matches!(value, Value::Null));
        match mail.template.as_str() {
            "reply" => Origin::Typed,
            // One that a change brings about is the same for everybody who asked for it.
            "closure" if says("author") && !says("change") => Origin::Typed,
            "received" if !thread.theirs.is_empty() => Origin::Reply,
            _ => Origin::Generated,
        }
    }

    /// The value of Auto-Submitted, if there is to be one.
    pub(super) fn header(self) -> Option<&'static str> {
        match self {
            Origin::Typed => None,
            Origin::Reply => Some("auto-replied"),
            Origin::Generated => Some("auto-generated"),
        }
    }
}
