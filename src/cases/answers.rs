//! Saved answers: texts that come back again and again, in both languages, with places for what differs.

use super::store::Scope;
use crate::db::Conn;
use crate::db::schema::{saved_answers, teams};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::i18n::Lang;
use crate::id;
use crate::web::forms::{clean, clean_line};
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// What a text may leave open, written in braces.
pub const VARIABLES: [&str; 7] = ["name", "first_name", "reference", "title", "owner", "promised", "link"];
/// The originator's own link. Whoever holds it answers in their name, so staff never see it: it is filled in as the mail
/// is written.
pub const LINK: &str = "{link}";

const LONGEST_NAME: usize = 120;
const LONGEST_BODY: usize = 8_000;

/// A saved answer.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = saved_answers)]
pub struct SavedAnswer {
    pub id: i64,
    pub name: String,
    /// None: the whole house uses it.
    pub team_id: Option<i64>,
    pub body_en: String,
    pub body_ru: String,
    pub archived_at: Option<Ts>,
}

impl SavedAnswer {
    pub fn body(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.body_en,
            Lang::Ru => &self.body_ru,
        }
    }
}

/// What somebody says about one.
#[derive(Clone, Debug)]
pub struct Wording {
    pub name: String,
    pub team_id: Option<i64>,
    pub body_en: String,
    pub body_ru: String,
}

impl Wording {
    /// Every field that is wrong is named at once.
    fn checked(self) -> Result<Wording> {
        let mut wrong = Vec::new();
        let wording = Wording {
            name: checked("name", clean_line(&self.name), LONGEST_NAME, &mut wrong),
            body_en: body("body_en", &self.body_en, &mut wrong),
            body_ru: body("body_ru", &self.body_ru, &mut wrong),
            ..self
        };
        if wrong.is_empty() { Ok(wording) } else { Err(Error::Invalid(wrong)) }
    }
}

fn body(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let text = checked(field, clean(typed), LONGEST_BODY, wrong);
    if let Some(unknown) = unknown_variable(&text) {
        wrong.push(FieldError::new(field, "error-unknown-variable").with("name", unknown));
    }
    text
}

fn checked(field: &str, text: String, most: usize, wrong: &mut Vec<FieldError>) -> String {
    match text.chars().count() {
        0 => wrong.push(FieldError::new(field, "error-required")),
        n if n > most => wrong.push(FieldError::new(field, "error-too-long").with("max", most)),
        _ => {}
    }
    text
}

/// The first thing in braces on a line that we cannot fill in, with its braces.
fn unknown_variable(text: &str) -> Option<&str> {
    let braced = |(from, _): (usize, &str)| {
        let rest = &text[from..];
        let to = rest.find(['}', '\n']).filter(|to| rest.as_bytes()[*to] == b'}')?;
        Some(&rest[..=to])
    };
    let known = |found: &&str| VARIABLES.contains(&&found[1..found.len() - 1]);
    text.match_indices('{').filter_map(braced).find(|found| !known(found))
}

/// What differs from case to case.
#[derive(Clone, Debug)]
pub struct Facts {
    pub name: String,
    pub first_name: String,
    pub reference: String,
    pub title: String,
    pub owner: String,
    pub promised: String,
}

/// A text with its places filled in, but for [`LINK`]. What is filled in is not read again.
pub fn fill(text: &str, facts: &Facts) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, value) = variable(rest, facts).unwrap_or((1, "{"));
        filled.push_str(value);
        rest = &rest[length..];
    }
    filled.push_str(rest);
    filled
}

/// The variable a text begins with: its length and its value.
fn variable<'a>(text: &str, facts: &'a Facts) -> Option<(usize, &'a str)> {
    let end = text.find('}')?;
    let value = match &text[1..end] {
        "name" => &facts.name,
        "first_name" => &facts.first_name,
        "reference" => &facts.reference,
        "title" => &facts.title,
        "owner" => &facts.owner,
        "promised" => &facts.promised,
        _ => return None,
    };
    Some((end + 1, value))
}

/// Whether somebody may write and retire answers of this team; those of the house are the admins'.
pub fn may_edit(viewer: &Viewer, team_id: Option<i64>) -> bool {
    viewer.role >= Role::Admin || (viewer.role >= Role::Owner && team_id.is_some() && team_id == viewer.team_id)
}

/// The answers somebody may use: those of the house and of their team, by name; admins see every one.
pub fn list(c: &mut Conn, viewer: &Viewer) -> QueryResult<Vec<(SavedAnswer, Option<String>)>> {
    let rows: Vec<(SavedAnswer, Option<String>)> = saved_answers::table
        .left_join(teams::table.on(teams::id.nullable().eq(saved_answers::team_id)))
        .order((saved_answers::name, saved_answers::id))
        .select((SavedAnswer::as_select(), teams::name.nullable()))
        .load(c)?;
    let theirs = |answer: &SavedAnswer| answer.team_id.is_none() || answer.team_id == viewer.team_id;
    Ok(rows.into_iter().filter(|(answer, _)| viewer.role >= Role::Admin || theirs(answer)).collect())
}

/// Names of the answers on offer in the reply form, by name.
pub fn offered(c: &mut Conn, scope: Scope) -> QueryResult<Vec<(i64, String)>> {
    saved_answers::table
        .filter(saved_answers::archived_at.is_null())
        .filter(saved_answers::team_id.is_null().or(saved_answers::team_id.eq(scope.team()).assume_not_null()))
        .order((saved_answers::name, saved_answers::id))
        .select((saved_answers::id, saved_answers::name))
        .load(c)
}

/// One of those on offer.
pub fn find_offered(c: &mut Conn, scope: Scope, id: i64) -> QueryResult<SavedAnswer> {
    saved_answers::table
        .find(id)
        .filter(saved_answers::archived_at.is_null())
        .filter(saved_answers::team_id.is_null().or(saved_answers::team_id.eq(scope.team()).assume_not_null()))
        .select(SavedAnswer::as_select())
        .first(c)
}

/// One that somebody may edit.
pub fn find(c: &mut Conn, viewer: &Viewer, id: i64) -> QueryResult<SavedAnswer> {
    let answer: SavedAnswer = saved_answers::table.find(id).select(SavedAnswer::as_select()).first(c)?;
    if may_edit(viewer, answer.team_id) { Ok(answer) } else { Err(diesel::result::Error::NotFound) }
}

/// Keeps a new one.
pub fn add(c: &mut Conn, viewer: &Viewer, wording: Wording, now: DateTime<Utc>) -> Result<i64> {
    let (id, wording) = (id::new_id(), allowed(c, viewer, wording)?);
    diesel::insert_into(saved_answers::table)
        .values((
            saved_answers::id.eq(id),
            saved_answers::name.eq(wording.name),
            saved_answers::team_id.eq(wording.team_id),
            saved_answers::body_en.eq(wording.body_en),
            saved_answers::body_ru.eq(wording.body_ru),
            saved_answers::updated_at.eq(Ts::from(now)),
        ))
        .execute(c)
        .map_err(taken)?;
    Ok(id)
}

/// Changes the words, whose it is, and whether it is on offer.
pub fn change(
    c: &mut Conn,
    viewer: &Viewer,
    id: i64,
    wording: Wording,
    archived: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let (before, wording) = (find(c, viewer, id)?, allowed(c, viewer, wording)?);
    let archived_at = if archived { before.archived_at.or(Some(now.into())) } else { None };
    diesel::update(saved_answers::table.find(id))
        .set((
            saved_answers::name.eq(wording.name),
            saved_answers::team_id.eq(wording.team_id),
            saved_answers::body_en.eq(wording.body_en),
            saved_answers::body_ru.eq(wording.body_ru),
            saved_answers::archived_at.eq(archived_at),
            saved_answers::updated_at.eq(Ts::from(now)),
        ))
        .execute(c)
        .map_err(taken)?;
    Ok(())
}

fn allowed(c: &mut Conn, viewer: &Viewer, wording: Wording) -> Result<Wording> {
    let wording = wording.checked()?;
    let known = match wording.team_id {
        Some(id) => diesel::select(diesel::dsl::exists(teams::table.find(id))).get_result(c)?,
        None => true,
    };
    if known && may_edit(viewer, wording.team_id) { Ok(wording) } else { Err(Error::field("team", "error-choice")) }
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_variables_are_named() {
        assert_eq!(unknown_variable("Hello {first_name}, {link}"), None);
        assert_eq!(unknown_variable("Hello {Name}"), Some("{Name}"));
        assert_eq!(unknown_variable("{name} {} x"), Some("{}"));
        assert_eq!(unknown_variable("{name\n} {ё}"), Some("{ё}"));
        assert_eq!(unknown_variable("a { b"), None, "a brace that is never closed is a brace");
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let facts = Facts {
            name: "{title} Berg".into(),
            first_name: "Anna".into(),
            reference: "F-1".into(),
            title: "T".into(),
            owner: "Marta".into(),
            promised: "Friday".into(),
        };
        let text = "{first_name} {name}: {reference}, {owner}, {promised} {link} { x";
        assert_eq!(fill(text, &facts), "Anna {title} Berg: F-1, Marta, Friday {link} { x");
    }
}
