//! What else the same person told us.

use super::model::{Outcome, Status};
use super::store::{Scope, visible};
use crate::db::Conn;
use crate::db::schema::{cases, feedback};
use crate::db::types::Ts;
use diesel::prelude::*;

/// Other feedback of the same person.
#[derive(Clone, Debug, Queryable)]
pub struct HistoryRow {
    pub reference: String,
    pub title: String,
    pub status: Status,
    pub outcome: Option<Outcome>,
    pub received_at: Ts,
    pub scores: Scores,
}

/// The scores of one piece of feedback.
#[derive(Clone, Copy, Debug, Default, Queryable)]
pub struct Scores {
    pub nps: Option<i16>,
    pub enps: Option<i16>,
    pub csat: Option<i16>,
    pub ces: Option<i16>,
}

/// How far back scores are shown; the first of these are listed.
const MOST_HISTORY: i64 = 40;

/// What else this person told us, as far as the viewer may see it, newest first.
pub fn history(c: &mut Conn, person_id: i64, except: i64, scope: Scope) -> QueryResult<Vec<HistoryRow>> {
    cases::table
        .inner_join(feedback::table)
        .filter(feedback::person_id.eq(person_id))
        .filter(cases::id.ne(except))
        .filter(visible(scope))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .limit(MOST_HISTORY)
        .select((
            feedback::reference,
            feedback::title,
            cases::status,
            cases::outcome,
            feedback::received_at,
            (feedback::nps, feedback::enps, feedback::csat, feedback::ces),
        ))
        .load(c)
}
