//! Open cases that say the same as one at hand, so that they are answered together.

use super::likeness::{closest, telling_stems};
use super::model::{Case, Status};
use super::store::{Scope, visible};
use crate::db::schema::{cases, feedback};
use crate::db::types::Ts;
use crate::db::{Conn, search};
use crate::feedback::store::Feedback;
use diesel::prelude::*;

/// As many as somebody compares.
const SHOWN: usize = 5;
/// Cases that are compared; the newest that share a word.
const CANDIDATES: i32 = 200;
/// The words that are looked up: those of the title come first, and more would find everything.
const WORDS: usize = 8;

/// A case that may be about the same.
#[derive(Clone, Debug, Queryable)]
pub struct Similar {
    pub reference: String,
    pub title: String,
    text: String,
    pub status: Status,
    pub received_at: Ts,
    pub anonymous: bool,
}

/// The open cases most like this one that the viewer may see, best first.
pub fn similar(c: &mut Conn, scope: Scope, case: &Case, said: &Feedback) -> QueryResult<Vec<Similar>> {
    let typed = telling_stems(&format!("{} {}", said.title, said.text));
    let words = &typed[..typed.len().min(WORDS)];
    let candidates = search::sharing(c, words, CANDIDATES)?;
    let rows: Vec<Similar> = cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(candidates).and(cases::id.ne(case.id)))
        .filter(cases::primary_id.is_null().and(cases::apart.eq(case.apart)))
        .filter(cases::status.ne(Status::Resolved).and(cases::status.ne(Status::Closed)))
        .filter(visible(scope))
        .order(cases::id.desc())
        .select((
            feedback::reference,
            feedback::title,
            feedback::text,
            cases::status,
            feedback::received_at,
            feedback::anonymous,
        ))
        .load(c)?;
    Ok(closest(&typed, rows, SHOWN, |row| (&row.title, &row.text)))
}
