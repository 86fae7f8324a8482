//! The people that the rows of a batch name.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::prepare::Contact;
use crate::db::Conn;
use crate::db::schema::people;
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::id;
use crate::on_db;
use crate::web::viewer::Role;

/// People by their addresses.
pub(super) type People = HashMap<String, Known>;

/// Somebody who is in the database by now.
#[derive(Debug, Queryable)]
pub(super) struct Known {
    pub id: i64,
    pub segment: Option<String>,
}

/// The people with these addresses; new contacts for those we do not know. Whoever already has a name keeps it; the
/// segment is the one that was said last.
pub(super) fn contacts<'a>(
    c: &mut Conn,
    wanted: impl Iterator<Item = &'a Contact>,
    now: DateTime<Utc>,
) -> QueryResult<People> {
    let mut wanted = by_email(wanted);
    if wanted.is_empty() {
        return Ok(People::new());
    }
    let known: Vec<(Option<String>, Known)> = people::table
        .filter(people::email.eq_any(wanted.keys().copied()))
        .select((people::email, (people::id, people::segment)))
        .load(c)?;
    let mut found: People = known.into_iter().filter_map(|(email, known)| Some((email?, known))).collect();
    for (email, person) in &mut found {
        let said = wanted.remove(email.as_str()).and_then(|person| person.segment).map(str::to_owned);
        if said.is_some() && said != person.segment {
            diesel::update(people::table.find(person.id)).set(people::segment.eq(&said)).execute(c)?;
            person.segment = said;
        }
    }
    let new: Vec<NewContact<'_>> =
        wanted.into_iter().map(|(email, person)| NewContact::of(email, person, now)).collect();
    if !new.is_empty() {
        on_db!(c, |c| diesel::insert_into(people::table).values(&new).execute(c))?;
    }
    let known = |person: &NewContact<'_>| Known { id: person.id, segment: person.segment.map(str::to_owned) };
    found.extend(new.iter().map(|person| (person.email.to_owned(), known(person))));
    Ok(found)
}

/// What the rows of a batch say about one person.
struct Wanted<'a> {
    name: &'a str,
    lang: Lang,
    segment: Option<&'a str>,
}

/// Everybody once; of several rows of a person the first that has a name, and the segment that is said last.
fn by_email<'a>(contacts: impl Iterator<Item = &'a Contact>) -> BTreeMap<&'a str, Wanted<'a>> {
    let mut people: BTreeMap<&str, Wanted<'a>> = BTreeMap::new();
    for Contact { email, name, lang, segment } in contacts {
        let person = people.entry(email).or_insert(Wanted { name, lang: *lang, segment: None });
        if person.name.is_empty() {
            (person.name, person.lang) = (name, *lang);
        }
        person.segment = segment.as_deref().or(person.segment);
    }
    people
}

#[derive(Insertable)]
#[diesel(table_name = people)]
struct NewContact<'a> {
    id: i64,
    email: &'a str,
    name: &'a str,
    lang: Lang,
    role: Role,
    segment: Option<&'a str>,
    created_at: Ts,
}

impl<'a> NewContact<'a> {
    fn of(email: &'a str, Wanted { name, lang, segment }: Wanted<'a>, now: DateTime<Utc>) -> Self {
        Self { id: id::new_id(), email, name, lang, role: Role::Contact, segment, created_at: now.into() }
    }
}
