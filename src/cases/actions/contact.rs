//! A wrong address: whoever works on a case corrects it, and what came back goes out again.
//!
//! The correction concerns this case alone. A person is known by their address, and their other cases may be none of the
//! reader's business, so the case moves to the person of the new address; nobody else's mail is led anywhere.

use super::super::standing::{self, Speaker};
use super::super::store::{self, Scope};
use super::{Desk, note_event};
use crate::db::Conn;
use crate::db::schema::{feedback, outbox as rows, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::feedback::model::MAX_EMAIL;
use crate::feedback::store::{Addressee, addressee, contact, move_to_segment};
use crate::journal::By;
use crate::mail::message;
use crate::mail::outbox::{self, CANCELLED, DISABLED, Mail, NewMail, Status, UNSUBSCRIBED};
use crate::mail::returned::CORRECTED;
use crate::mail::undeliverable;
use crate::web::viewer::Role;
use diesel::prelude::*;
use serde_json::json;

/// Mails of a conversation, which go out again.
const SENT_AGAIN: [&str; 3] = ["received", "reply", "closure"];

/// What was held back for these reasons nobody waits for.
const UNWANTED: [&str; 3] = [CANCELLED, UNSUBSCRIBED, DISABLED];

/// Gives the originator of a case another address, and sends them what did not reach the old one. What is known about
/// the old address stays.
pub fn correct_contact(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, typed: &str) -> Result<()> {
    let email = checked(typed)?;
    let (case, said) = store::find(c, scope, reference)?;
    let old = addressee(c, said.person_id.ok_or(Error::NotFound)?)?;
    let new = person_at(c, desk, &old, &email)?;
    let speaker = Speaker::of(c, said.id)?;
    diesel::update(feedback::table.find(said.id)).set(feedback::person_id.eq(new.id)).execute(c)?;
    standing::replaced(c, said.id, speaker)?;
    let mails = send_again(c, desk, said.id, old.id, &new)?;
    note_event(c, desk, by, case.id, "contact_corrected", json!({"mails": mails})).map(|_| ())
}

fn checked(typed: &str) -> Result<String> {
    let email = typed.trim().to_lowercase();
    let valid = validator::ValidateEmail::validate_email(&email) && message::address(&email).is_ok();
    match email.len() {
        0 => Err(Error::field("email", "error-required")),
        1..=MAX_EMAIL if valid => Ok(email),
        _ => Err(Error::field("email", "error-email")),
    }
}

/// The contact of the new address. Accounts stay out of it: their address is how people sign in.
fn person_at(c: &mut Conn, desk: &Desk, old: &Addressee, email: &str) -> Result<Addressee> {
    let wrong = |key: &str| Err(Error::field("email", key));
    let before = old.email.as_deref().unwrap_or_default();
    if undeliverable::normal(before) == undeliverable::normal(email) {
        return wrong("contact-same");
    }
    if role(c, old.id)? > Role::Contact {
        return wrong("contact-has-account");
    }
    if undeliverable::find(c, before)?.is_none() {
        return wrong("contact-is-reached");
    }
    if undeliverable::find(c, email)?.is_some_and(|known| known.stopped_at.is_some()) {
        return wrong("contact-not-reached-either");
    }
    let known: Option<i64> = people::table.filter(people::email.eq(email)).select(people::id).first(c).optional()?;
    let mut new = contact(c, email, &old.name, old.lang, desk.now)?;
    if role(c, new.id)? > Role::Contact {
        return wrong("contact-is-account");
    }
    if known.is_none() {
        keep_wishes(c, old.id, new.id)?;
        if let Some(segment) = old.segment.clone() {
            move_to_segment(c, &mut new, segment)?;
        }
    }
    Ok(new)
}

fn role(c: &mut Conn, person: i64) -> QueryResult<Role> {
    people::table.find(person).select(people::role).first(c)
}

/// It is the same human: what they did not want before they do not want now.
fn keep_wishes(c: &mut Conn, from: i64, to: i64) -> QueryResult<usize> {
    let columns =
        (people::digest_ended_at, people::received_ended_at, people::notice_ended_at, people::mail_paused_until);
    let (digest, received, notice, paused): (Option<Ts>, Option<Ts>, Option<Ts>, Option<Ts>) =
        people::table.find(from).select(columns).first(c)?;
    let wishes = (
        people::digest_ended_at.eq(digest),
        people::received_ended_at.eq(received),
        people::notice_ended_at.eq(notice),
        people::mail_paused_until.eq(paused),
    );
    diesel::update(people::table.find(to)).set(wishes).execute(c)
}

/// The same facts to another person: one event, one person, one mail still holds. What waits for the old address is not
/// sent there any more. Returns how many go out.
fn send_again(c: &mut Conn, desk: &Desk, case_id: i64, old: i64, new: &Addressee) -> Result<usize> {
    let unread: Vec<Mail> = rows::table
        .filter(rows::case_id.eq(case_id).and(rows::person_id.eq(old)).and(rows::template.eq_any(SENT_AGAIN)))
        .filter(rows::status.eq_any([Status::Queued, Status::Retry, Status::Suppressed, Status::Failed]))
        .filter(rows::reply.is_null().or(rows::reply.ne_all(UNWANTED.map(Some))))
        .order(rows::id)
        .select(Mail::as_select())
        .load(c)?;
    let waiting = |mail: &&Mail| matches!(mail.status, Status::Queued | Status::Retry);
    let waiting: Vec<i64> = unread.iter().filter(waiting).map(|mail| mail.id).collect();
    diesel::update(rows::table.filter(rows::id.eq_any(waiting)))
        .set((rows::status.eq(Status::Suppressed), rows::reply.eq(Some(CORRECTED))))
        .execute(c)?;
    let mut sent = 0;
    for mail in unread {
        let Some(template) = SENT_AGAIN.into_iter().find(|name| *name == mail.template) else { continue };
        let again = NewMail {
            person_id: new.id,
            template,
            event_id: mail.event_id,
            case_id: Some(case_id),
            lang: new.lang,
            address: new.email.clone().unwrap_or_default(),
            name: new.name.clone(),
            data: mail.data.0,
        };
        sent += usize::from(outbox::enqueue(c, &again, desk.now)?);
    }
    Ok(sent)
}
