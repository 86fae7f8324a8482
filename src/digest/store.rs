//! Rows of digests and what they are made of.

use super::model::{Answer, Reader, Said};
use crate::cases::model::Outcome;
use crate::db::Conn;
use crate::db::schema::{cases, changes, feedback, journal, people};
use crate::db::types::{Doc, Ts};
use crate::journal::Subject;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

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

pub fn reader(c: &mut Conn, id: i64) -> QueryResult<Reader> {
    people::table.find(id).select(Reader::as_select()).first(c)
}

pub fn reader_by_email(c: &mut Conn, email: &str) -> QueryResult<Reader> {
    people::table.filter(people::email.eq(email.trim().to_lowercase())).select(Reader::as_select()).first(c)
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
