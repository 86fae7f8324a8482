//! Words chosen to stand for many: a part of what somebody said, at most three to a change, and nobody can be known by it.
//!
//! Named people are quoted without their name. Anonymous words are quoted when their author allowed it; when an
//! administrator did, only out of a group large enough to hide in. Whose voice it is is told out of such a group alone.

use super::actions::record;
use super::model::Reach;
use super::reach;
use super::similar::SMALLEST_GROUP;
use super::store;
use crate::cases;
use crate::cases::actions::Desk;
use crate::cases::quoting::{Standing, standing, standings};
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::db::schema::{change_quotes, feedback};
use crate::error::{Error, FieldError, Result};
use crate::feedback::model::Voice;
use crate::i18n::Lang;
use crate::journal::By;
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;

/// As many as a council reads before it decides.
pub const MOST: usize = 3;
pub const LONGEST: usize = 300;

/// A quote as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    pub text: String,
    pub lang: Lang,
    /// None where too few of a kind speak for anybody to hide among them.
    pub voice: Option<Voice>,
    /// Of the case it is from: only for those who may see that case anyway.
    #[serde(skip)]
    pub reference: String,
}

#[derive(Queryable)]
struct Row {
    change_id: i64,
    feedback_id: i64,
    text: String,
    lang: Lang,
    voice: Voice,
    anonymous: bool,
    reference: String,
}

/// The quotes of a change that may be shown now, in the order they were chosen.
pub fn of(c: &mut Conn, change_id: i64, reach: Reach) -> QueryResult<Vec<Quote>> {
    let reach = HashMap::from([(change_id, reach)]);
    Ok(all_of(c, &[change_id], &reach)?.into_iter().map(|(_, quote)| quote).collect())
}

/// The first quote of each of these changes that may be shown now.
pub fn first_of(c: &mut Conn, ids: &[i64], reach: &HashMap<i64, Reach>) -> QueryResult<HashMap<i64, Quote>> {
    // The last to be put in stays: the first.
    Ok(all_of(c, ids, reach)?.into_iter().rev().collect())
}

/// The quotes that may be shown now, with their change.
pub fn all_of(c: &mut Conn, ids: &[i64], reach: &HashMap<i64, Reach>) -> QueryResult<Vec<(i64, Quote)>> {
    let rows: Vec<Row> = change_quotes::table
        .inner_join(feedback::table.on(feedback::id.eq(change_quotes::feedback_id)))
        .filter(change_quotes::change_id.eq_any(ids.to_vec()))
        .order((change_quotes::change_id, change_quotes::position, change_quotes::feedback_id))
        .select((
            change_quotes::change_id,
            change_quotes::feedback_id,
            change_quotes::excerpt,
            feedback::lang,
            feedback::voice,
            feedback::anonymous,
            feedback::reference,
        ))
        .load(c)?;
    let anonymous: Vec<i64> = rows.iter().filter(|row| row.anonymous).map(|row| row.feedback_id).collect();
    let standings = standings(c, &anonymous)?;
    let standing = |row: &Row| standings.get(&row.feedback_id).copied().unwrap_or_default();
    let crowd = |row: &Row| group(row.voice, reach.get(&row.change_id).copied().unwrap_or_default());
    let allowed = |row: &Row| hindrance(row.anonymous, standing(row), crowd(row)).is_none();
    let quote = |row: Row| {
        let voice = Some(row.voice).filter(|_| crowd(&row) >= SMALLEST_GROUP);
        (row.change_id, Quote { text: row.text, lang: row.lang, voice, reference: row.reference })
    };
    Ok(rows.into_iter().filter(allowed).map(quote).collect())
}

/// How many people of this voice stand behind a change.
pub fn group(voice: Voice, reach: Reach) -> i64 {
    match voice {
        Voice::Employee => reach.employees,
        Voice::Customer => reach.customers,
    }
}

/// What keeps words from being quoted: the key of a message, or nothing.
pub fn hindrance(anonymous: bool, standing: Standing, group: i64) -> Option<&'static str> {
    match standing {
        _ if !anonymous => None,
        Standing::AllowedByAuthor => None,
        Standing::AllowedByAdmin if group >= SMALLEST_GROUP => None,
        Standing::AllowedByAdmin => Some("error-quote-small-group"),
        Standing::Refused => Some("error-quote-refused"),
        Standing::NotAsked | Standing::Asked => Some("error-quote-needs-consent"),
    }
}

/// Chooses a part of what was said; of the same words once more, another part.
pub fn choose(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str, excerpt: &str) -> Result<()> {
    let change = store::find(c, change)?;
    change.must_be_active()?;
    let (case, said) = cases::store::find(c, scope, case)?;
    if super::evidence::link_of(c, change.id, case.id)?.is_none() {
        return Err(Error::NotFound);
    }
    let reach = reach::kept(c, &[change.id])?.remove(&change.id).unwrap_or_default();
    if let Some(key) = hindrance(said.anonymous, standing(c, said.id)?, group(said.voice, reach)) {
        return Err(Error::field("excerpt", key));
    }
    let excerpt = part_of(&said.text, excerpt)?;
    diesel::delete(change_quotes::table.find((change.id, said.id))).execute(c)?;
    let of_change = change_quotes::table.filter(change_quotes::change_id.eq(change.id));
    if of_change.count().get_result::<i64>(c)? >= MOST as i64 {
        return Err(Error::field("excerpt", "error-quotes-enough"));
    }
    let last: Option<i32> = of_change.select(diesel::dsl::max(change_quotes::position)).first(c)?;
    let row = (
        change_quotes::change_id.eq(change.id),
        change_quotes::feedback_id.eq(said.id),
        change_quotes::position.eq(last.unwrap_or(0) + 1),
        change_quotes::excerpt.eq(excerpt),
        change_quotes::chosen_by.eq(by.id),
    );
    diesel::insert_into(change_quotes::table).values(row).execute(c)?;
    record(c, desk, by, &change, "quoted", json!({}))
}

/// Takes a quote back.
pub fn take_back(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    change.must_be_active()?;
    let (_, said) = cases::store::find(c, scope, case)?;
    if diesel::delete(change_quotes::table.find((change.id, said.id))).execute(c)? == 1 {
        record(c, desk, by, &change, "unquoted", json!({}))?;
    }
    Ok(())
}

/// What was typed, if it is what was said: pieces of it in their order, with … for what is left out.
fn part_of(said: &str, excerpt: &str) -> Result<String> {
    let (said, excerpt) = (clean_line(said), clean_line(&excerpt.replace("...", "…")));
    let pieces: Vec<&str> = excerpt.split('…').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if pieces.is_empty() {
        return Err(Error::field("excerpt", "error-required"));
    }
    if excerpt.chars().count() > LONGEST {
        return Err(Error::Invalid(vec![FieldError::new("excerpt", "error-too-long").with("max", LONGEST)]));
    }
    let mut rest = said.as_str();
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return Err(Error::field("excerpt", "error-quote-word-for-word")) };
        rest = &rest[at + piece.len()..];
    }
    Ok(excerpt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_word_for_word_and_may_leave_out() {
        let said = "Каждый звонок ищу клиента\nв пяти вкладках. Ирина знает. Клиент ждёт.";
        let said_of = |excerpt: &str| part_of(said, excerpt).ok();
        assert_eq!(said_of("ищу клиента в пяти  вкладках").as_deref(), Some("ищу клиента в пяти вкладках"));
        assert_eq!(said_of("вкладках. ... Клиент ждёт").as_deref(), Some("вкладках. … Клиент ждёт"));
        for bad in ["ищу в шести вкладках", "Клиент ждёт … вкладках", "…", " "] {
            assert_eq!(said_of(bad), None, "{bad}");
        }
        assert!(part_of(&"a".repeat(400), &"a".repeat(301)).is_err());
    }

    #[test]
    fn anonymous_words_need_leave_and_an_admins_leave_needs_a_crowd() {
        assert_eq!(hindrance(false, Standing::NotAsked, 1), None);
        assert_eq!(hindrance(true, Standing::AllowedByAuthor, 1), None);
        assert_eq!(hindrance(true, Standing::AllowedByAdmin, 5), None);
        for (standing, group) in
            [(Standing::AllowedByAdmin, 4), (Standing::Refused, 9), (Standing::Asked, 9), (Standing::NotAsked, 9)]
        {
            assert!(hindrance(true, standing, group).is_some());
        }
    }
}
