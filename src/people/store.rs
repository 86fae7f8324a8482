//! Rows of people, their sessions and their one-time links.

use super::model::Purpose;
use crate::db::Conn;
use crate::db::dialect::lock_row;
use crate::db::schema::{links, people, sessions, teams};
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::id;
use crate::web::viewer::Role;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Somebody who can sign in, or a contact who cannot.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = people)]
pub struct Person {
    pub id: i64,
    pub email: Option<String>,
    pub name: String,
    pub lang: Lang,
    pub role: Role,
    pub team_id: Option<i64>,
    pub password_hash: Option<String>,
    pub created_at: Ts,
    pub disabled_at: Option<Ts>,
    pub digest_since: Option<Ts>,
    pub digest_ended_at: Option<Ts>,
}

impl Person {
    /// Whether they may sign in at all.
    pub fn is_active(&self) -> bool {
        self.disabled_at.is_none() && self.role > Role::Contact
    }

    /// Whether the digest goes to them.
    pub fn gets_digest(&self) -> bool {
        self.digest_since.is_some() && self.digest_ended_at.is_none()
    }
}

pub fn insert(c: &mut Conn, person: &Person) -> QueryResult<()> {
    diesel::insert_into(people::table).values(person).execute(c).map(|_| ())
}

pub fn person(c: &mut Conn, id: i64) -> QueryResult<Person> {
    people::table.find(id).select(Person::as_select()).first(c)
}

pub fn by_email(c: &mut Conn, email: &str) -> QueryResult<Option<Person>> {
    people::table.filter(people::email.eq(email)).select(Person::as_select()).first(c).optional()
}

/// Everybody who can or could sign in, with the name of their team, by name.
pub fn staff(c: &mut Conn) -> QueryResult<Vec<(Person, Option<String>)>> {
    people::table
        .left_join(teams::table)
        .filter(people::role.ne(Role::Contact))
        .order((people::name, people::id))
        .select((Person::as_select(), teams::name.nullable()))
        .load(c)
}

/// Those who may work cases, by name.
pub fn workers(c: &mut Conn) -> QueryResult<Vec<(i64, String)>> {
    people::table
        .filter(people::role.eq(Role::Owner).or(people::role.eq(Role::Council)).or(people::role.eq(Role::Admin)))
        .filter(people::disabled_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name))
        .load(c)
}

pub fn segment(c: &mut Conn, id: i64) -> QueryResult<Option<String>> {
    people::table.find(id).select(people::segment).first(c)
}

pub fn set_segment(c: &mut Conn, id: i64, segment: Option<&str>) -> QueryResult<usize> {
    diesel::update(people::table.find(id)).set(people::segment.eq(segment)).execute(c)
}

pub fn site(c: &mut Conn, id: i64) -> QueryResult<Option<String>> {
    people::table.find(id).select(people::site).first(c)
}

pub fn set_site(c: &mut Conn, id: i64, site: Option<&str>) -> QueryResult<usize> {
    diesel::update(people::table.find(id)).set(people::site.eq(site)).execute(c)
}

pub fn set_password_hash(c: &mut Conn, id: i64, hash: &str) -> QueryResult<usize> {
    diesel::update(people::table.find(id)).set(people::password_hash.eq(Some(hash))).execute(c)
}

pub fn set_lang(c: &mut Conn, id: i64, lang: Lang) -> QueryResult<usize> {
    diesel::update(people::table.find(id)).set(people::lang.eq(lang)).execute(c)
}

pub fn set_disabled(c: &mut Conn, id: i64, at: Option<DateTime<Utc>>) -> QueryResult<usize> {
    diesel::update(people::table.find(id)).set(people::disabled_at.eq(at.map(Ts::from))).execute(c)
}

/// Writes what administrators decide about a person.
pub fn save_membership(c: &mut Conn, person: &Person) -> QueryResult<usize> {
    diesel::update(people::table.find(person.id))
        .set((people::name.eq(&person.name), people::role.eq(person.role), people::team_id.eq(person.team_id)))
        .execute(c)
}

/// Writes what people decide about themselves.
pub fn save_profile(c: &mut Conn, person: &Person) -> QueryResult<usize> {
    diesel::update(people::table.find(person.id))
        .set((
            people::name.eq(&person.name),
            people::lang.eq(person.lang),
            people::digest_since.eq(person.digest_since),
            people::digest_ended_at.eq(person.digest_ended_at),
        ))
        .execute(c)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The administrators who can sign in; they stay as they are until the transaction ends, so that two who remove each
/// other cannot both succeed.
pub fn lock_admins(c: &mut Conn) -> QueryResult<Vec<i64>> {
    let query = format!(
        "select id from people where role = 'admin' and disabled_at is null and password_hash is not null order by id{}",
        lock_row(c)
    );
    Ok(diesel::sql_query(query).load::<IdRow>(c)?.into_iter().map(|row| row.id).collect())
}

/// Whether anybody can administer the product yet.
pub fn has_admin(c: &mut Conn) -> QueryResult<bool> {
    let admins = people::table
        .filter(people::role.eq(Role::Admin))
        .filter(people::disabled_at.is_null())
        .filter(people::password_hash.is_not_null());
    Ok(admins.select(people::id).first::<i64>(c).optional()?.is_some())
}

/// A session as its owner sees it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: i64,
    pub agent: String,
    pub created_at: Ts,
    pub seen_at: Ts,
}

/// The sessions of a person that still work, latest first.
pub fn sessions(
    c: &mut Conn,
    person_id: i64,
    idle_since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::person_id.eq(person_id))
        .filter(sessions::seen_at.gt(Ts::from(idle_since)))
        .filter(sessions::expires_at.gt(Ts::from(now)))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .select(Session::as_select())
        .load(c)
}

/// Ends whatever session this token belongs to.
pub fn end_session_of(c: &mut Conn, token: &str) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(id::hash(token)))).execute(c)
}

/// Ends one session of a person.
pub fn end_session(c: &mut Conn, person_id: i64, id: i64) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person_id)).filter(sessions::id.eq(id))).execute(c)
}

/// Ends the sessions of a person, but for the one to keep.
pub fn end_sessions(c: &mut Conn, person_id: i64, keep: Option<i64>) -> QueryResult<usize> {
    // No session has the id 0.
    let others = sessions::table.filter(sessions::person_id.eq(person_id)).filter(sessions::id.ne(keep.unwrap_or(0)));
    diesel::delete(others).execute(c)
}

/// Makes a one-time link; returns its token, which is stored only as its hash.
pub fn insert_link(c: &mut Conn, purpose: Purpose, person_id: Option<i64>, now: DateTime<Utc>) -> QueryResult<String> {
    let token = id::secret();
    diesel::insert_into(links::table)
        .values((
            links::id.eq(id::new_id()),
            links::purpose.eq(purpose),
            links::token_hash.eq(id::hash(&token)),
            links::person_id.eq(person_id),
            links::created_at.eq(Ts::from(now)),
            links::expires_at.eq(Ts::from(now + purpose.life())),
        ))
        .execute(c)?;
    Ok(token)
}

/// A link that can still be used: what for and by whom.
pub fn open_link(c: &mut Conn, token: &str, now: DateTime<Utc>) -> QueryResult<Option<(Purpose, Option<i64>)>> {
    links::table
        .filter(links::token_hash.eq(id::hash(token)))
        .filter(links::used_at.is_null())
        .filter(links::expires_at.gt(Ts::from(now)))
        .select((links::purpose, links::person_id))
        .first(c)
        .optional()
}

/// Uses a link up; whoever comes second finds it used.
pub fn use_link(c: &mut Conn, token: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let open = links::table
        .filter(links::token_hash.eq(id::hash(token)))
        .filter(links::used_at.is_null())
        .filter(links::expires_at.gt(Ts::from(now)));
    Ok(diesel::update(open).set(links::used_at.eq(Some(Ts::from(now)))).execute(c)? == 1)
}

/// Whether somebody was sent such a link since then.
pub fn has_link_since(c: &mut Conn, purpose: Purpose, person_id: i64, since: DateTime<Utc>) -> QueryResult<bool> {
    let recent = links::table
        .filter(links::purpose.eq(purpose))
        .filter(links::person_id.eq(person_id))
        .filter(links::created_at.gt(Ts::from(since)));
    Ok(recent.select(links::id).first::<i64>(c).optional()?.is_some())
}

/// Takes back the links of a person, used or not.
pub fn drop_links_of(c: &mut Conn, person_id: i64) -> QueryResult<usize> {
    diesel::delete(links::table.filter(links::person_id.eq(person_id))).execute(c)
}

pub fn drop_setup_links(c: &mut Conn) -> QueryResult<usize> {
    diesel::delete(links::table.filter(links::purpose.eq(Purpose::Setup))).execute(c)
}

/// Forgets links that nobody can use any more.
pub fn drop_old_links(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(links::table.filter(links::expires_at.lt(Ts::from(now - Duration::days(1))))).execute(c)
}
