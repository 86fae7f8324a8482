//! The verbs of a case. Each runs inside one transaction: load, let the model decide, store, journal, mail.

use super::model::{Case, Outcome, Status, ToldHow};
use super::store::{self, Direction, Message, Scope};
use crate::app::App;
use crate::config::Promise;
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::{Feedback, addressee};
use crate::journal::{self, By, Event, Subject, day_of};
use crate::mail::letters::{Closure, Reply};
use crate::mail::outbox::{self, Mail, NewMail};
use crate::mail::transport::Outcome as Sent;
use crate::secret::{Purpose, Secret};
use crate::web::forms::clean;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The longest message in a conversation.
pub const MAX_MESSAGE: usize = 10_000;

/// What actions need of the product, to be moved into the writer.
#[derive(Clone)]
pub struct Desk {
    secret: Secret,
    public_url: String,
    promises: std::collections::BTreeMap<String, Promise>,
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
            promises: app.config.promises.clone(),
            now,
        }
    }

    /// Where the originator of this feedback follows it.
    pub fn tracking_url(&self, feedback_id: i64) -> Result<String> {
        Ok(format!("{}/t/{}", self.public_url, self.secret.token(Purpose::Track, feedback_id)?))
    }
}

/// Takes a case, gives it to somebody, or puts it back.
pub fn assign(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, owner: Option<i64>) -> Result<()> {
    let (mut case, _) = store::find(c, scope, reference)?;
    if case.owner_id == owner {
        return Ok(());
    }
    let person = match owner {
        Some(id) => Some(store::candidate(c, id)?.ok_or_else(|| Error::field("owner", "error-choice"))?),
        None => None,
    };
    case.assign(owner, person.as_ref().and_then(|p| p.team_id));
    store::save(c, &mut case, desk.now)?;
    let event = if owner == by.id { "taken" } else { "assigned" };
    note_event(c, desk, by, case.id, event, json!({"owner": person.map(|p| p.name)}))?;
    Ok(())
}

/// Answers the originator; with `wait` the clocks stop until they write back.
pub fn reply(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, text: &str, wait: bool) -> Result<()> {
    let text = message_text("text", text)?;
    let (mut case, said) = store::find(c, scope, reference)?;
    case.respond(wait, desk.now)?;
    store::save(c, &mut case, desk.now)?;
    let event = say(c, desk, by, &said, Direction::Outbound, "replied", json!({"wait": wait}), &text)?;
    let letter = Reply {
        reference: said.reference.clone(),
        title: said.title.clone(),
        message: text,
        author: author(c, by)?,
        tracking_url: desk.tracking_url(said.id)?,
    };
    mail_originator(c, desk, &said, event, "reply", &letter)?;
    Ok(())
}

/// A note among staff.
pub fn note(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, text: &str) -> Result<()> {
    let text = message_text("text", text)?;
    let (_, said) = store::find(c, scope, reference)?;
    say(c, desk, by, &said, Direction::Note, "noted", json!({}), &text)?;
    Ok(())
}

/// The outcome of a case or a change, in words for the originator.
#[derive(Clone, Debug)]
pub struct Decision {
    pub outcome: Outcome,
    pub text: String,
    /// The change it came through, if any: its reference and title.
    pub change: Option<(String, String)>,
}

/// Resolves a case, and those that were joined to it, and closes the loop with everybody who asked.
pub fn resolve(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, decision: &Decision) -> Result<()> {
    let decision = Decision { text: message_text("text", &decision.text)?, ..decision.clone() };
    let (case, said) = store::find(c, scope, reference)?;
    let joined = store::joined(c, case.id)?;
    resolve_one(c, desk, by, case, &said, &decision)?;
    for (case, said) in joined {
        if case.status.is_open() {
            resolve_one(c, desk, by, case, &said, &decision)?;
        }
    }
    Ok(())
}

/// Resolves one case and tells its originator: by mail, behind their code, or not at all, which is recorded as such.
pub fn resolve_one(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    mut case: Case,
    said: &Feedback,
    decision: &Decision,
) -> Result<()> {
    case.resolve(decision.outcome, &decision.text, desk.now)?;
    let facts = json!({
        "outcome": decision.outcome,
        "change": decision.change.as_ref().map(|(reference, _)| reference),
    });
    let event = say(c, desk, by, said, Direction::Outbound, "resolved", facts, &decision.text)?;
    let letter = closure_letter(c, desk, by, said, decision)?;
    let how = match mail_originator(c, desk, said, event, "closure", &letter)? {
        true => None,
        false if said.receipt_hash.is_some() => Some(ToldHow::Page),
        false => Some(ToldHow::NoAddress),
    };
    store::save(c, &mut case, desk.now)?;
    if let Some(how) = how {
        told(c, desk, case, said, how)?;
    }
    Ok(())
}

/// The closure mail as it will go out.
pub fn closure_letter(c: &mut Conn, desk: &Desk, by: By, said: &Feedback, decision: &Decision) -> Result<Closure> {
    Ok(Closure {
        reference: said.reference.clone(),
        own_words: said.text.clone(),
        outcome: decision.outcome.to_string(),
        change: decision.change.as_ref().map(|(_, title)| title.clone()),
        message: decision.text.clone(),
        author: author(c, by)?,
        tracking_url: desk.tracking_url(said.id)?,
    })
}

fn told(c: &mut Conn, desk: &Desk, mut case: Case, said: &Feedback, how: ToldHow) -> Result<()> {
    case.told(how, desk.now);
    store::save(c, &mut case, desk.now)?;
    append(c, said, Event::new(By::SYSTEM, Subject::Case, case.id, "told", json!({"how": how}), desk.now))?;
    Ok(())
}

/// The outbox reports the fate of a mail: a closure mail that was taken proves that the originator was told.
pub fn mail_finished(c: &mut Conn, mail: &Mail, sent: &Sent, now: DateTime<Utc>) -> Result<()> {
    let (Some(case_id), "closure") = (mail.case_id, mail.template.as_str()) else { return Ok(()) };
    let how = match sent {
        Sent::Sent(_) => ToldHow::Mail,
        Sent::Refused(_) => ToldHow::Bounced,
        Sent::Suppressed(_) => ToldHow::OptedOut,
        _ => return Ok(()),
    };
    let (mut case, said) = store::by_id(c, case_id)?;
    if case.status != Status::Resolved {
        return Ok(());
    }
    case.told(how, now);
    store::save(c, &mut case, now)?;
    append(c, &said, Event::new(By::SYSTEM, Subject::Case, case_id, "told", json!({"how": how}), now))?;
    Ok(())
}

/// The originator writes.
pub fn hear_back(c: &mut Conn, desk: &Desk, feedback_id: i64, text: &str) -> Result<()> {
    let text = message_text("text", text)?;
    let (mut case, said) = store::by_id(c, feedback_id)?;
    let now = originator_time(&said, desk.now);
    case.hear_back(now);
    store::save(c, &mut case, now)?;
    say(c, desk, By::ORIGINATOR, &said, Direction::Inbound, "wrote", json!({}), &text)?;
    Ok(())
}

/// "Did this solve it?" Yes confirms; no reopens with the reason.
pub fn answer(c: &mut Conn, desk: &Desk, feedback_id: i64, helped: bool, why: &str) -> Result<()> {
    let (mut case, said) = store::by_id(c, feedback_id)?;
    let now = originator_time(&said, desk.now);
    if helped {
        case.confirm(now)?;
        store::save(c, &mut case, now)?;
        let event = Event::new(By::ORIGINATOR, Subject::Case, case.id, "confirmed", json!({}), now);
        append(c, &said, event)?;
        return Ok(());
    }
    let why = message_text("why", why)?;
    let promise = desk.promises.get(said.kind.as_str()).copied();
    case.reopen(promise.ok_or_else(|| Error::internal("a kind without a promise"))?, now)?;
    store::save(c, &mut case, now)?;
    say(c, desk, By::ORIGINATOR, &said, Direction::Inbound, "reopened", json!({}), &why)?;
    Ok(())
}

/// Joins a case to another that says the same: they are answered together, each in their own words.
pub fn join(c: &mut Conn, desk: &Desk, feedback_id: i64, primary_id: i64) -> Result<()> {
    let (mut case, said) = store::by_id(c, feedback_id)?;
    let (primary, about) = store::by_id(c, primary_id)?;
    case.primary_id = Some(primary.primary_id.unwrap_or(primary.id));
    case.owner_id = primary.owner_id;
    case.team_id = primary.team_id;
    let now = originator_time(&said, desk.now);
    store::save(c, &mut case, now)?;
    let to = json!({"to": about.reference});
    append(c, &said, Event::new(By::ORIGINATOR, Subject::Case, case.id, "joined", to, now))?;
    Ok(())
}

/// What an anonymous originator does is kept to the day.
fn originator_time(said: &Feedback, now: DateTime<Utc>) -> DateTime<Utc> {
    if said.anonymous { day_of(now) } else { now }
}

/// Writes a message and its event, which share an id.
#[allow(clippy::too_many_arguments)]
fn say(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    said: &Feedback,
    direction: Direction,
    event: &str,
    data: Value,
    text: &str,
) -> Result<i64> {
    let event = Event::new(by, Subject::Case, said.id, event, data, desk.now);
    let event = if said.anonymous && by == By::ORIGINATOR { event.timeless() } else { event };
    let message =
        Message { id: event.id, case_id: said.id, direction, author_id: by.id, body: text.to_owned(), at: event.at };
    let id = journal::append(c, event)?;
    store::add_message(c, &message)?;
    Ok(id)
}

fn append(c: &mut Conn, said: &Feedback, event: Event) -> Result<i64> {
    let timeless = said.anonymous && event.actor == journal::Actor::Originator;
    Ok(journal::append(c, if timeless { event.timeless() } else { event })?)
}

/// An event on the timeline of a case that needs no words.
pub fn note_event(c: &mut Conn, desk: &Desk, by: By, case_id: i64, event: &str, data: Value) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Case, case_id, event, data, desk.now))?;
    Ok(())
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
