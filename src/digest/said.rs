//! What readers said that has an answer in a digest.

use super::content::Content;
use super::model::{Answer, Reader, Said};
use super::store;
use crate::cases::model::{Outcome, Status};
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, feedback};
use diesel::QueryResult;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// By reader, oldest first.
pub type SaidBy = HashMap<i64, Vec<Said>>;

/// What these readers said that has an answer in this digest. A case that a change answers is not told a second time.
pub fn said_by(c: &mut Conn, content: &Content, readers: &[Reader]) -> QueryResult<SaidBy> {
    let people: Vec<i64> = readers.iter().filter(|r| r.address(content.made_at).is_ok()).map(|r| r.id).collect();
    let mut said = SaidBy::new();
    if people.is_empty() {
        return Ok(said);
    }
    let mut told = HashSet::new();
    for (person, what) in about(c, &people, content)? {
        told.insert(what.case_id);
        said.entry(person).or_default().push(what);
    }
    for (person, case, at, what) in store::resolved(c, &people, content.window.from, content.window.until)? {
        if content.window.holds(*at) && !told.contains(&case) {
            said.entry(person).or_default().push(what);
        }
    }
    Ok(said)
}

/// What they said that led to one of the changes, oldest first. What was reopened since is not done to them, and what
/// they withdrew is not told; what is being made waits for them as they wait for it.
fn about(c: &mut Conn, people: &[i64], content: &Content) -> QueryResult<Vec<(i64, Said)>> {
    let (finished, doing) = content.changes();
    let answered = cases::status.eq_any([Status::Resolved, Status::Closed]);
    let rows: Vec<(i64, i64, i64, String, String)> = feedback::table
        .inner_join(cases::table.on(cases::id.eq(feedback::id)))
        .inner_join(change_cases::table.on(change_cases::case_id.eq(feedback::id)))
        .filter(feedback::person_id.eq_any(people.to_vec()))
        .filter(change_cases::change_id.eq_any(finished).and(answered).or(change_cases::change_id.eq_any(doing)))
        .filter(cases::outcome.is_null().or(cases::outcome.ne(Outcome::Withdrawn)))
        .order((feedback::received_at, feedback::id))
        .select((
            feedback::person_id.assume_not_null(),
            feedback::id,
            change_cases::change_id,
            feedback::title,
            feedback::text,
        ))
        .load(c)?;
    let said = |(person, case_id, change, title, words)| {
        (person, Said { case_id, title, words, answer: Answer::Change(change) })
    };
    Ok(rows.into_iter().map(said).collect())
}
