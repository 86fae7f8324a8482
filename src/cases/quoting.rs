//! Whether anonymous words may be quoted: its author says so on the page they follow it by, or an administrator, unless
//! the author said no.

use super::actions::Desk;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{journal, quote_consents};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::journal::{By, Event, Subject, append, day_of};
use crate::web::viewer::{Role, Viewer};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;

crate::text_enum! {
    /// Who allowed it.
    pub enum GivenBy {
        Author = "author",
        Admin = "admin",
    }
}

/// How it stands with the words of one piece of anonymous feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    NotAsked,
    /// The author finds the question on their page.
    Asked,
    AllowedByAuthor,
    AllowedByAdmin,
    Refused,
}

impl Standing {
    pub fn allows(self) -> bool {
        matches!(self, Standing::AllowedByAuthor | Standing::AllowedByAdmin)
    }
}

const ASKED: &str = "quote_asked";
const REFUSED: &str = "quote_refused";
const ALLOWED: &str = "quote_allowed";

/// How it stands with each of these; what is left out was never asked.
pub fn standings(c: &mut Conn, feedback_ids: &[i64]) -> QueryResult<HashMap<i64, Standing>> {
    let words: Vec<(i64, String)> = journal::table
        .filter(journal::subject_id.eq_any(feedback_ids.to_vec()).and(journal::subject.eq(Subject::Case)))
        .filter(journal::event.eq_any([ASKED, REFUSED]))
        .order(journal::seq)
        .select((journal::subject_id, journal::event))
        .load(c)?;
    let given: Vec<(i64, GivenBy)> = quote_consents::table
        .filter(quote_consents::feedback_id.eq_any(feedback_ids.to_vec()))
        .select((quote_consents::feedback_id, quote_consents::given_by))
        .load(c)?;
    let mut standings = HashMap::new();
    for (id, word) in words {
        standings.insert(id, if word == ASKED { Standing::Asked } else { Standing::Refused });
    }
    for (id, by) in given {
        let allowed = if by == GivenBy::Author { Standing::AllowedByAuthor } else { Standing::AllowedByAdmin };
        standings.insert(id, allowed);
    }
    Ok(standings)
}

/// The same for one.
pub fn standing(c: &mut Conn, feedback_id: i64) -> QueryResult<Standing> {
    Ok(standings(c, &[feedback_id])?.remove(&feedback_id).unwrap_or_default())
}

/// Puts the question on the author's page; once is enough.
pub fn ask(c: &mut Conn, desk: &Desk, by: By, said: &Feedback) -> Result<()> {
    if said.anonymous && standing(c, said.id)? == Standing::NotAsked {
        append(c, Event::new(by, Subject::Case, said.id, ASKED, json!({}), desk.now))?;
    }
    Ok(())
}

/// The author's answer, which may change; only its day is kept.
pub fn answer(c: &mut Conn, desk: &Desk, said: &Feedback, yes: bool) -> Result<()> {
    let before = standing(c, said.id)?;
    if !said.anonymous || before == Standing::NotAsked {
        return Err(Error::NotFound);
    }
    if before == (if yes { Standing::AllowedByAuthor } else { Standing::Refused }) {
        return Ok(());
    }
    diesel::delete(quote_consents::table.find(said.id)).execute(c)?;
    if yes {
        give(c, said.id, GivenBy::Author, None, day_of(desk.now).into())?;
    }
    let word = if yes { ALLOWED } else { REFUSED };
    append(c, Event::new(By::ORIGINATOR, Subject::Case, said.id, word, json!({}), desk.now).timeless())?;
    Ok(())
}

/// An administrator answers for an author who cannot be asked or did not answer.
pub fn allow(c: &mut Conn, desk: &Desk, viewer: &Viewer, said: &Feedback) -> Result<()> {
    viewer.require(Role::Admin)?;
    match standing(c, said.id)? {
        Standing::Refused => Err(Error::Conflict("error-quote-refused")),
        standing if standing.allows() || !said.anonymous => Ok(()),
        _ => {
            give(c, said.id, GivenBy::Admin, Some(viewer.id), desk.now.into())?;
            append(c, Event::new(viewer.by(), Subject::Case, said.id, ALLOWED, json!({}), desk.now))?;
            Ok(())
        }
    }
}

fn give(c: &mut Conn, feedback_id: i64, by: GivenBy, admin: Option<i64>, at: Ts) -> QueryResult<()> {
    let row = (
        quote_consents::feedback_id.eq(feedback_id),
        quote_consents::given_by.eq(by),
        quote_consents::admin_id.eq(admin),
        quote_consents::given_at.eq(at),
    );
    Portable(diesel::insert_into(quote_consents::table).values(row).on_conflict_do_nothing()).execute(c).map(|_| ())
}
