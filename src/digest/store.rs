//! Rows of digests and what they are made of.

use super::model::{Answer, Reader, Said};
use crate::backlog::store::Change;
use crate::cases::model::{Outcome, Status};
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, feedback, journal, outbox, people};
use crate::db::types::{Doc, Ts};
use crate::journal::{Event, Subject};
use crate::mail::outbox::Status as MailStatus;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashMap;

/// How far the mails of these digests are.
pub fn mails(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, HashMap<MailStatus, i64>>> {
    // Said in full, because only so SQLite sees that the index of digests serves it.
    let rows: Vec<(i64, MailStatus, i64)> = outbox::table
        .filter(diesel::dsl::sql::<Bool>("outbox.template = 'digest'"))
        .filter(outbox::event_id.eq_any(ids.to_vec()))
        .group_by((outbox::event_id, outbox::status))
        .select((outbox::event_id, outbox::status, diesel::dsl::count_star()))
        .load(c)?;
    let mut mails: HashMap<i64, HashMap<MailStatus, i64>> = HashMap::new();
    for (id, status, n) in rows {
        mails.entry(id).or_default().insert(status, n);
    }
    Ok(mails)
}

/// A word of the journal on a digest, and whose it is.
#[derive(Clone, Debug, Queryable)]
pub struct Noted {
    pub at: Ts,
    pub by: Option<String>,
    pub event: String,
    pub data: Doc,
}

/// The last things that happened to a digest, newest first.
pub fn history(c: &mut Conn, id: i64) -> QueryResult<Vec<Noted>> {
    journal::table
        .left_join(people::table.on(people::id.nullable().eq(journal::actor_id)))
        .filter(journal::subject_id.eq(id).and(journal::subject.eq(Subject::Digest)))
        .order(journal::seq.desc())
        .limit(30)
        .select((journal::at, people::name.nullable(), journal::event, journal::data))
        .load(c)
}

/// Those of these changes that are public.
pub fn public(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<i64>> {
    changes::table.filter(changes::id.eq_any(ids.to_vec()).and(changes::public.eq(true))).select(changes::id).load(c)
}

/// The journal's word on digests that were sent.
pub fn sent_events(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<Event>> {
    journal::table
        .filter(journal::subject_id.eq_any(ids.to_vec()))
        .filter(journal::subject.eq(Subject::Digest).and(journal::event.eq("digest_sent")))
        .select(Event::as_select())
        .load(c)
}

/// Changes that were shipped or declined in this time, and when, newest first.
pub fn decided(c: &mut Conn, from: DateTime<Utc>, until: DateTime<Utc>) -> QueryResult<Vec<(Ts, Change)>> {
    journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::event.eq_any(["shipped", "declined"]).and(journal::subject.eq(Subject::Change)))
        .filter(journal::at.ge(Ts::from(from)).and(journal::at.lt(Ts::from(until))))
        .order((journal::at.desc(), journal::id.desc()))
        .select((journal::at, Change::as_select()))
        .load(c)
}

/// The next of those who ever subscribed, in the order of their ids.
pub fn readers(c: &mut Conn, after: i64, most: i64) -> QueryResult<Vec<Reader>> {
    people::table
        .filter(people::id.gt(after).and(people::digest_since.is_not_null()))
        .order(people::id)
        .limit(most)
        .select(Reader::as_select())
        .load(c)
}

pub fn reader(c: &mut Conn, id: i64) -> QueryResult<Reader> {
    people::table.find(id).select(Reader::as_select()).first(c)
}

pub fn reader_by_email(c: &mut Conn, email: &str) -> QueryResult<Reader> {
    people::table.filter(people::email.eq(email.trim().to_lowercase())).select(Reader::as_select()).first(c)
}

/// What these people said that led to one of these changes, oldest first. Not what was reopened since, or withdrawn:
/// to them it is not done.
pub fn said_for(c: &mut Conn, people: &[i64], changes: &[i64]) -> QueryResult<Vec<(i64, i64, Said)>> {
    let rows: Vec<(i64, i64, i64, String, String)> = feedback::table
        .inner_join(cases::table.on(cases::id.eq(feedback::id)))
        .inner_join(change_cases::table.on(change_cases::case_id.eq(feedback::id)))
        .filter(feedback::person_id.eq_any(people.to_vec()))
        .filter(change_cases::change_id.eq_any(changes.to_vec()))
        .filter(cases::status.eq_any([Status::Resolved, Status::Closed]))
        .filter(cases::outcome.ne(Outcome::Withdrawn))
        .order((feedback::received_at, feedback::id))
        .select((
            feedback::person_id.assume_not_null(),
            feedback::id,
            change_cases::change_id,
            feedback::title,
            feedback::text,
        ))
        .load(c)?;
    let said = |(person, id, change, title, words)| {
        (person, id, Said { case_id: id, title, words, answer: Answer::Change(change) })
    };
    Ok(rows.into_iter().map(said).collect())
}

/// What these people said that was resolved in this time, and when, oldest first. The case tells it as it stands now:
/// what was reopened since is no news.
pub fn resolved(
    c: &mut Conn,
    people: &[i64],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Vec<(i64, i64, Ts, Said)>> {
    let rows: Vec<(i64, i64, Ts, String, String, Outcome, String)> = feedback::table
        .inner_join(cases::table.on(cases::id.eq(feedback::id)))
        .filter(feedback::person_id.eq_any(people.to_vec()))
        .filter(cases::resolved_at.ge(Ts::from(from)).and(cases::resolved_at.lt(Ts::from(until))))
        .filter(cases::outcome.ne(Outcome::Withdrawn).and(cases::resolution.is_not_null()))
        .order((cases::resolved_at, feedback::id))
        .select((
            feedback::person_id.assume_not_null(),
            feedback::id,
            cases::resolved_at.assume_not_null(),
            feedback::title,
            feedback::text,
            cases::outcome.assume_not_null(),
            cases::resolution.assume_not_null(),
        ))
        .load(c)?;
    let said = |(person, id, at, title, words, outcome, text)| {
        (person, id, at, Said { case_id: id, title, words, answer: Answer::Outcome(outcome, text) })
    };
    Ok(rows.into_iter().map(said).collect())
}
