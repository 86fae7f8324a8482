//! What matches: the databases name candidates by their words, the order is made here and so is the same on both.

use crate::cases::store::{Scope, visible};
use crate::db::schema::{cases, changes, feedback};
use crate::db::types::Ts;
use crate::db::{Conn, search};
use crate::feedback::model::{Kind, Voice};
use diesel::prelude::*;
use std::cmp::Reverse;

/// More candidates than this are not looked at.
const CANDIDATES: i32 = 500;

/// A case or a change.
#[derive(Clone, Debug)]
pub struct Hit {
    pub id: i64,
    pub reference: String,
    pub address: String,
    pub title: String,
    pub text: String,
    pub status: String,
    /// Voice and kind of a case; a change has neither.
    pub voice: Option<Voice>,
    pub kind: Option<Kind>,
    pub at: Ts,
}

/// What was found, best first.
pub struct Found {
    pub hits: Vec<Hit>,
    /// There were more candidates than were looked at.
    pub cut: bool,
}

/// Everything the viewer may see that holds all words of the query.
pub fn find(c: &mut Conn, scope: Scope, query: &str) -> QueryResult<Found> {
    let candidates = search::find(c, query, CANDIDATES)?;
    let cut = candidates.len() == CANDIDATES as usize;
    let mut hits = of_cases(c, scope, &candidates)?;
    hits.extend(of_changes(c, &candidates)?);
    arrange(&mut hits, &search::stems(query));
    Ok(Found { hits, cut })
}

/// Those with all the words in the title first, then the newest.
fn arrange(hits: &mut [Hit], words: &[String]) {
    hits.sort_by_cached_key(|hit| {
        let title = search::stems(&hit.title);
        let in_title = words.iter().all(|word| title.iter().any(|stem| stem.starts_with(word.as_str())));
        (!in_title, Reverse((hit.at, hit.id)))
    });
}

fn of_cases(c: &mut Conn, scope: Scope, ids: &[i64]) -> QueryResult<Vec<Hit>> {
    type Row = (i64, String, String, String, String, Voice, Kind, Ts);
    let rows: Vec<Row> = cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(ids.to_vec()))
        .filter(visible(scope))
        .select((
            cases::id,
            feedback::reference,
            feedback::title,
            feedback::text,
            cases::status,
            feedback::voice,
            feedback::kind,
            feedback::received_at,
        ))
        .load(c)?;
    let hit = |(id, reference, title, text, status, voice, kind, at): Row| Hit {
        id,
        address: format!("/cases/{reference}"),
        reference,
        title,
        text,
        status,
        voice: Some(voice),
        kind: Some(kind),
        at,
    };
    Ok(rows.into_iter().map(hit).collect())
}

fn of_changes(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<Hit>> {
    type Row = (i64, String, String, String, String, Ts);
    let rows: Vec<Row> = changes::table
        .filter(changes::id.eq_any(ids.to_vec()))
        .select((
            changes::id,
            changes::reference,
            changes::title,
            changes::proposal,
            changes::status,
            changes::created_at,
        ))
        .load(c)?;
    let hit = |(id, reference, title, text, status, at): Row| Hit {
        id,
        address: format!("/changes/{reference}"),
        reference,
        title,
        text,
        status,
        voice: None,
        kind: None,
        at,
    };
    Ok(rows.into_iter().map(hit).collect())
}
