//! The verbs of a case. Each runs inside one transaction: load, let the model decide, store, journal, mail.

mod close;
mod contact;
mod mailed;
mod mention;
mod merge;
mod notify;
mod talk;
mod unseen;
mod work;

pub use close::{Decision, answer, closure_letter, resolve, resolve_one, resolve_with_joined};
pub use contact::correct_contact;
pub use mailed::{mail_finished, mail_returned};
pub use mention::{first_name, watch};
pub use merge::{join, merge, unmerge};
pub use notify::{Why, notify_all, tell, tell_staff};
pub use talk::{
    Heard, Pending, add_files, dispatch, draft_reply, escalate, follow_up, follow_up_with, hear_back, note, pending,
    reply, send_link, take_back, tell_decision,
};
pub use unseen::{Seen, has_moved_on, unseen};
pub use work::{Marks, assign, choose_policy, classify, snooze, tag, tag_text, wake};

use super::model::Case;
use super::store::{self, Direction, Message};
use crate::app::App;
use crate::config::ReplyToClosed;
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::{Feedback, addressee};
use crate::journal::{self, By, Event, Subject, day_of};
use crate::mail::outbox::{self, NewMail};
use crate::rules::Rulebook;
use crate::secret::{Purpose, Secret};
use crate::sla::clock::Settled;
use crate::web::forms::clean;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::sync::Arc;

/// The longest message in a conversation.
pub const MAX_MESSAGE: usize = 10_000;

/// What actions need of the product, to be moved into the writer.
#[derive(Clone)]
pub struct Desk {
    secret: Secret,
    public_url: String,
    pub rules: Arc<Rulebook>,
    pub reply_to_closed: ReplyToClosed,
    /// In which amounts are counted.
    pub currency: Arc<str>,
    /// In which the house tells its days.
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

impl Desk {
    pub fn of(app: &App) -> Desk {
        Desk::at(app, app.clock.now())
    }

    /// The same at another moment, for history that is told again.
    pub fn at(app: &App, now: DateTime<Utc>) -> Desk {
        Desk {
            secret: app.secret.clone(),
            public_url: app.config.http.public_url.trim_end_matches('/').to_owned(),
            rules: app.rules.current(),
            reply_to_closed: app.config.cases.reply_to_closed,
            currency: app.config.cases.currency.as_str().into(),
            zone: app.config.app.time_zone,
            now,
        }
    }

    /// The same at a later moment.
    pub fn at_moment(&self, now: DateTime<Utc>) -> Desk {
        Desk { now, ..self.clone() }
    }

    /// The day it is now in the house.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// Where the originator of this feedback follows it.
    pub fn tracking_url(&self, feedback_id: i64) -> Result<String> {
        Ok(format!("{}/t/{}", self.public_url, self.secret.dated_token(Purpose::Track, feedback_id, self.now)?))
    }

    /// Where staff work on it.
    pub fn case_url(&self, reference: &str) -> String {
        self.url(&format!("/cases/{reference}"))
    }

    /// The public address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// Stores a case after something staff or the system did: writes down which promises were kept or broken by it, and
/// derives what is due next.
pub fn keep(c: &mut Conn, desk: &Desk, case: &mut Case) -> Result<()> {
    let terms = desk.rules.terms(case.policy_id, case.team_id);
    for (target, how) in case.settle(&terms, desk.now) {
        let event = match how {
            Settled::Met => format!("met_{target}"),
            Settled::Missed => format!("missed_{target}"),
        };
        note_event(c, desk, By::SYSTEM, case.id, &event, json!({}))?;
    }
    case.derive(&terms, desk.now);
    store::save(c, case, desk.now)
}

/// Stores a case after something its originator did. Of the anonymous only the day is kept, so nothing is written down
/// that would tell the moment: the sweep does that.
pub fn keep_for_originator(c: &mut Conn, desk: &Desk, said: &Feedback, case: &mut Case) -> Result<()> {
    if !said.anonymous {
        return keep(c, desk, case);
    }
    case.derive(&desk.rules.terms(case.policy_id, case.team_id), desk.now);
    store::save(c, case, day_of(desk.now))
}

/// What an anonymous originator does is kept to the day.
fn originator_time(said: &Feedback, now: DateTime<Utc>) -> DateTime<Utc> {
    if said.anonymous { day_of(now) } else { now }
}

/// What is written into a conversation.
struct Words<'a> {
    direction: Direction,
    event: &'a str,
    data: Value,
    text: &'a str,
    quoted: Option<String>,
}

/// Writes a message and its event, which share an id.
fn say(c: &mut Conn, desk: &Desk, by: By, said: &Feedback, words: Words<'_>) -> Result<i64> {
    let event = Event::new(by, Subject::Case, said.id, words.event, words.data, desk.now);
    let event = if said.anonymous && by == By::ORIGINATOR { event.timeless() } else { event };
    let message = Message {
        id: event.id,
        case_id: said.id,
        direction: words.direction,
        author_id: by.id,
        body: words.text.to_owned(),
        at: event.at,
        // Staff write Markdown; what originators write is shown as they typed it.
        markdown: by.id.is_some() && words.direction != Direction::Inbound,
        unverified_from: None,
        quoted: words.quoted,
    };
    let id = journal::append(c, event)?;
    store::add_message(c, &message)?;
    Ok(id)
}

fn append(c: &mut Conn, said: &Feedback, event: Event) -> Result<i64> {
    let timeless = said.anonymous && event.actor == journal::Actor::Originator;
    Ok(journal::append(c, if timeless { event.timeless() } else { event })?)
}

/// An event on the timeline of a case that needs no words.
pub fn note_event(c: &mut Conn, desk: &Desk, by: By, case_id: i64, event: &str, data: Value) -> Result<i64> {
    Ok(journal::append(c, Event::new(by, Subject::Case, case_id, event, data, desk.now))?)
}

fn author(c: &mut Conn, by: By) -> Result<Option<String>> {
    by.id.map(|id| store::person_name(c, id)).transpose().map_err(Error::from)
}

/// Queues a mail to the originator; false if there is nobody to write to.
fn mail_originator(
    c: &mut Conn,
    desk: &Desk,
    said: &Feedback,
    event_id: i64,
    template: &'static str,
    letter: &impl serde::Serialize,
) -> Result<bool> {
    let Some(person_id) = said.person_id else { return Ok(false) };
    let person = addressee(c, person_id)?;
    let Some(address) = person.email else { return Ok(false) };
    let mail = NewMail {
        person_id,
        template,
        event_id,
        case_id: Some(said.id),
        lang: person.lang,
        address,
        name: person.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, desk.now)?;
    Ok(true)
}

fn message_text(field: &str, typed: &str) -> Result<String> {
    let text = clean(typed);
    match text.chars().count() {
        0 => Err(Error::field(field, "error-required")),
        n if n > MAX_MESSAGE => {
            Err(Error::Invalid(vec![FieldError::new(field, "error-too-long").with("max", MAX_MESSAGE)]))
        }
        _ => Ok(text),
    }
}
