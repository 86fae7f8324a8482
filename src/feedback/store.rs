//! Rows of feedback, the cases opened with it, topics and contacts.

use super::model::{Kind, Voice};
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{cases, feedback, people, topics};
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::id;
use crate::sla::clock::Clock;
use crate::web::viewer::Role;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// What was said, word for word.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = feedback, treat_none_as_default_value = false)]
pub struct Feedback {
    pub id: i64,
    pub reference: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    pub topic_id: Option<i64>,
    pub title: String,
    pub text: String,
    pub affected: Option<String>,
    pub lang: Lang,
    pub person_id: Option<i64>,
    pub anonymous: bool,
    pub receipt_hash: Option<String>,
    pub nps: Option<i16>,
    pub enps: Option<i16>,
    pub csat: Option<i16>,
    pub ces: Option<i16>,
    pub external_id: Option<String>,
    pub import_id: Option<i64>,
    pub received_at: Ts,
    pub created_at: Ts,
    /// A bot spoke for a customer: counted apart from people.
    pub machine: bool,
}

/// The case that is opened with a piece of feedback.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = cases, treat_none_as_default_value = false)]
pub struct OpenedCase {
    pub id: i64,
    pub status: String,
    pub owner_id: Option<i64>,
    pub team_id: Option<i64>,
    pub version: i32,
    pub respond_by: Ts,
    pub resolve_by: Ts,
    pub tell_by: Ts,
    pub next_due: Option<Ts>,
    pub reopened: i32,
    pub updated_at: Ts,
    pub topic_id: Option<i64>,
    pub policy_id: Option<i64>,
    pub clock: Clock,
    pub alert_at: Option<Ts>,
    pub apart: bool,
}

pub fn insert(c: &mut Conn, said: &Feedback, case: &OpenedCase) -> QueryResult<()> {
    diesel::insert_into(feedback::table).values(said).execute(c)?;
    diesel::insert_into(cases::table).values(case).execute(c)?;
    Ok(())
}

/// Whether a row was refused because its channel has given us this `external_id` before.
pub fn is_external_id_taken(e: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    // SQLite names the columns, PostgreSQL the index `feedback_external`.
    matches!(e, DatabaseError(UniqueViolation, said)
        if said.message().contains("external_id") || said.constraint_name() == Some("feedback_external"))
}

/// A person we may write to.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Addressee {
    pub id: i64,
    pub email: Option<String>,
    pub name: String,
    pub lang: Lang,
    /// What rules know them as: "business", "night shift".
    pub segment: Option<String>,
}

pub fn addressee(c: &mut Conn, person_id: i64) -> QueryResult<Addressee> {
    people::table.find(person_id).select(Addressee::as_select()).first(c)
}

/// The person with this address; a new contact if there is none. Whoever already has a name keeps it.
pub fn contact(c: &mut Conn, email: &str, name: &str, lang: Lang, now: DateTime<Utc>) -> QueryResult<Addressee> {
    let known = |c: &mut Conn| -> QueryResult<Option<Addressee>> {
        people::table.filter(people::email.eq(email)).select(Addressee::as_select()).first(c).optional()
    };
    if let Some(person) = known(c)? {
        return Ok(person);
    }
    let row = (
        people::id.eq(id::new_id()),
        people::email.eq(email),
        people::name.eq(name),
        people::lang.eq(lang),
        people::role.eq(Role::Contact),
        people::created_at.eq(Ts::from(now)),
    );
    // Two of their messages may arrive at once: whoever comes second finds the first.
    Portable(diesel::insert_into(people::table).values(row).on_conflict_do_nothing()).execute(c)?;
    known(c)?.ok_or(diesel::result::Error::NotFound)
}

/// Puts a person into a segment, if they are not in it already.
pub fn move_to_segment(c: &mut Conn, person: &mut Addressee, segment: String) -> QueryResult<()> {
    if person.segment.as_ref() != Some(&segment) {
        diesel::update(people::table.find(person.id)).set(people::segment.eq(&segment)).execute(c)?;
        person.segment = Some(segment);
    }
    Ok(())
}

/// Sends the digest to somebody from now on. Whoever has it keeps it; whoever ended it is never signed up again.
pub fn subscribe(c: &mut Conn, person_id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let never_asked = people::digest_since.is_null().and(people::digest_ended_at.is_null());
    diesel::update(people::table.find(person_id).filter(never_asked))
        .set(people::digest_since.eq(Ts::from(now)))
        .execute(c)
        .map(|_| ())
}

/// Something feedback can be about.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = topics)]
pub struct Topic {
    pub id: i64,
    pub slug: String,
    pub name_en: String,
    pub name_ru: String,
}

impl Topic {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Ru => &self.name_ru,
        }
    }
}

/// The topics on offer, in their order.
pub fn topics(c: &mut Conn) -> QueryResult<Vec<Topic>> {
    topics::table
        .filter(topics::archived_at.is_null())
        .order((topics::position, topics::id))
        .select(Topic::as_select())
        .load(c)
}

/// One topic, archived or not.
pub fn topic(c: &mut Conn, id: i64) -> QueryResult<Topic> {
    topics::table.find(id).select(Topic::as_select()).first(c)
}

pub fn topic_id(c: &mut Conn, slug: &str) -> QueryResult<Option<i64>> {
    topics::table
        .filter(topics::slug.eq(slug))
        .filter(topics::archived_at.is_null())
        .select(topics::id)
        .first(c)
        .optional()
}

pub fn topic_slug(c: &mut Conn, id: i64) -> QueryResult<String> {
    topics::table.find(id).select(topics::slug).first(c)
}

/// The feedback a receipt code stands for.
pub fn by_receipt(c: &mut Conn, code: &str) -> QueryResult<i64> {
    feedback::table.filter(feedback::receipt_hash.eq(id::hash(code))).select(feedback::id).first(c)
}
