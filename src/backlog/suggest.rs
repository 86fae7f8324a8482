//! Cases that say the same as a change and the cases already linked to it.

use super::store::Change;
use crate::cases::likeness::{closest, telling_stems};
use crate::cases::model::Status;
use crate::cases::store::{Scope, visible};
use crate::db::schema::{cases, change_cases, feedback};
use crate::db::types::Ts;
use crate::db::{Conn, search};
use crate::feedback::model::{Kind, Voice};
use crate::i18n::Lang;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// As many as somebody looks through at once; the next ones come when these are linked.
const SHOWN: usize = 20;
/// The newest linked cases tell what it is about.
const HEARD: i64 = 50;
/// The newest cases that share a word are compared.
const CANDIDATES: i32 = 500;
/// Words that are looked up: those that most of the linked cases use.
const WORDS: usize = 12;

/// A case that may belong to a change.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Suggested {
    pub reference: String,
    pub title: String,
    pub text: String,
    pub voice: Voice,
    pub kind: Kind,
    pub lang: Lang,
    pub status: Status,
    pub received_at: Ts,
}

/// The cases most like it that the viewer may see and that are not linked yet, best first.
pub fn cases(c: &mut Conn, scope: Scope, change: &Change) -> QueryResult<Vec<Suggested>> {
    let words = words(c, change)?;
    let candidates = search::sharing(c, &words, CANDIDATES)?;
    let linked = change_cases::table.filter(change_cases::change_id.eq(change.id)).select(change_cases::case_id);
    let rows: Vec<Suggested> = cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(candidates).and(cases::id.ne_all(linked)))
        .filter(cases::primary_id.is_null().and(cases::apart.eq(false)))
        .filter(cases::status.ne(Status::Resolved).and(cases::status.ne(Status::Closed)))
        .filter(visible(scope))
        .order(cases::id.desc())
        .select((
            feedback::reference,
            feedback::title,
            feedback::text,
            feedback::voice,
            feedback::kind,
            feedback::lang,
            cases::status,
            feedback::received_at,
        ))
        .load(c)?;
    Ok(closest(&words, rows, SHOWN, |row| (&row.title, &row.text)))
}

/// What it is about: the words of its title, then those that come up in most of the linked cases.
fn words(c: &mut Conn, change: &Change) -> QueryResult<Vec<String>> {
    let heard: Vec<(String, String)> = change_cases::table
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .filter(change_cases::change_id.eq(change.id))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .limit(HEARD)
        .select((feedback::title, feedback::text))
        .load(c)?;
    let mut uses: HashMap<String, usize> = HashMap::new();
    for (title, text) in &heard {
        for stem in telling_stems(&format!("{title} {text}")) {
            *uses.entry(stem).or_default() += 1;
        }
    }
    let mut common: Vec<(String, usize)> = uses.into_iter().filter(|(_, n)| *n > 1 || heard.len() == 1).collect();
    common.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let mut words = telling_stems(&format!("{} {}", change.title, change.problem));
    words.extend(common.into_iter().map(|(stem, _)| stem));
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    words.truncate(WORDS);
    Ok(words)
}
