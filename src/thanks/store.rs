//! Rows of notes, and who may see them.

use crate::backlog::model::{News, Status as ChangeStatus};
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{changes, feedback, people, teams, thank_notes};
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

crate::text_enum! {
    /// What became of a note.
    pub enum Status {
        Draft = "draft",
        Sent = "sent",
        Dropped = "dropped",
    }
}

/// A personal word to somebody whose idea shipped.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = thank_notes)]
pub struct Note {
    pub id: i64,
    pub change_id: i64,
    pub case_id: i64,
    pub person_id: i64,
    /// Whose lead may change the words; none: the council.
    pub team_id: Option<i64>,
    pub text: String,
    pub status: Status,
    /// Then it goes out as it is.
    pub due_at: Ts,
    pub edited_by: Option<i64>,
    pub sent_at: Option<Ts>,
    pub created_at: Ts,
    pub version: i32,
}

/// A note with what it is about.
#[derive(Clone, Debug)]
pub struct Whole {
    pub note: Note,
    /// Who leads the team now.
    pub lead_id: Option<i64>,
    pub name: String,
    pub email: Option<String>,
    pub lang: Lang,
    pub disabled: bool,
    /// What they had said.
    pub words: String,
    pub change: String,
    pub change_status: ChangeStatus,
    pub news: News,
}

impl Whole {
    /// The lead of the team, or the council where nobody leads it; nobody writes their own thanks.
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        viewer.id != self.note.person_id
            && match self.lead_id.filter(|lead| *lead != self.note.person_id) {
                Some(lead) => lead == viewer.id,
                None => viewer.role >= Role::Council,
            }
    }
}

type Row = (
    Note,
    Option<i64>,
    (String, Option<String>, Lang, Option<Ts>),
    String,
    (String, ChangeStatus, Option<String>, Option<String>),
);

fn whole((note, lead_id, (name, email, lang, disabled), words, (change, change_status, en, ru)): Row) -> Whole {
    Whole {
        note,
        lead_id,
        name,
        email,
        lang,
        disabled: disabled.is_some(),
        words,
        change,
        change_status,
        news: News { en, ru },
    }
}

macro_rules! whole_notes {
    () => {
        thank_notes::table
            .inner_join(people::table.on(people::id.eq(thank_notes::person_id)))
            .inner_join(feedback::table.on(feedback::id.eq(thank_notes::case_id)))
            .inner_join(changes::table.on(changes::id.eq(thank_notes::change_id)))
            .left_join(teams::table.on(teams::id.nullable().eq(thank_notes::team_id)))
            .select((
                Note::as_select(),
                teams::lead_id.nullable(),
                (people::name, people::email, people::lang, people::disabled_at),
                feedback::text,
                (changes::title, changes::status, changes::outcome_en, changes::outcome_ru),
            ))
    };
}

/// One note, whole.
pub fn find(c: &mut Conn, id: i64) -> QueryResult<Whole> {
    whole_notes!().filter(thank_notes::id.eq(id)).first(c).map(whole)
}

/// Notes that wait, those that go out soonest first.
pub fn drafts(c: &mut Conn, most: i64) -> QueryResult<Vec<Whole>> {
    let rows: Vec<Row> = whole_notes!()
        .filter(thank_notes::status.eq(Status::Draft))
        .order((thank_notes::due_at, thank_notes::id))
        .limit(most)
        .load(c)?;
    Ok(rows.into_iter().map(whole).collect())
}

/// Notes that were sent since then, newest first.
pub fn sent_since(c: &mut Conn, since: DateTime<Utc>, most: i64) -> QueryResult<Vec<Whole>> {
    let rows: Vec<Row> = whole_notes!()
        .filter(thank_notes::status.eq(Status::Sent).and(thank_notes::sent_at.ge(Some(Ts::from(since)))))
        .order((thank_notes::sent_at.desc(), thank_notes::id.desc()))
        .limit(most)
        .load(c)?;
    Ok(rows.into_iter().map(whole).collect())
}

/// Keeps a draft; false if this person has a note about the change already.
pub fn insert(c: &mut Conn, note: &Note) -> QueryResult<bool> {
    let added = diesel::insert_into(thank_notes::table).values(note).on_conflict_do_nothing();
    Ok(Portable(added).execute(c)? == 1)
}

/// Drafts whose time has come.
pub fn due(c: &mut Conn, now: DateTime<Utc>, most: i64) -> QueryResult<Vec<i64>> {
    thank_notes::table
        .filter(thank_notes::status.eq(Status::Draft).and(thank_notes::due_at.le(Ts::from(now))))
        .order((thank_notes::due_at, thank_notes::id))
        .limit(most)
        .select(thank_notes::id)
        .load(c)
}

/// Stores what became of a draft, unless somebody else was faster.
pub fn save(c: &mut Conn, note: &Note) -> QueryResult<bool> {
    let draft = thank_notes::table
        .find(note.id)
        .filter(thank_notes::status.eq(Status::Draft).and(thank_notes::version.eq(note.version)));
    let set = (
        thank_notes::text.eq(&note.text),
        thank_notes::status.eq(note.status),
        thank_notes::edited_by.eq(note.edited_by),
        thank_notes::sent_at.eq(note.sent_at),
        thank_notes::version.eq(note.version + 1),
    );
    Ok(diesel::update(draft).set(set).execute(c)? == 1)
}
