//! Rows of imports, and the batches they write: feedback, cases, journal, index, contacts, topics and the progress of the
//! import in one transaction, so that whatever happens an import goes on exactly behind its last batch.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::json;

use super::batch::Batch;
use super::plan::{self, ExternalId, Plan, Written};
use super::prepare::{Contact, Ready};
use super::topics::{NewTopic, Topics};
use crate::db::schema::{cases, feedback, imports, journal as events, people, topics};
use crate::db::types::Ts;
use crate::db::{Conn, search};
use crate::error::{Error, Result};
use crate::feedback::store::{Feedback, OpenedCase, Topic};
use crate::i18n::Lang;
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::on_db;
use crate::web::viewer::Role;

/// How far the import of one file has come.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub(super) struct Import {
    pub id: i64,
    pub file_hash: String,
    pub name: String,
    pub rows_done: i64,
    pub added: i64,
    pub skipped: i64,
    pub failed: i64,
    pub started_at: Ts,
    pub finished_at: Option<Ts>,
}

impl Import {
    pub(super) fn new(file_hash: &str, name: &str, now: DateTime<Utc>) -> Self {
        Self {
            id: id::new_id(),
            file_hash: file_hash.to_owned(),
            name: name.to_owned(),
            rows_done: 0,
            added: 0,
            skipped: 0,
            failed: 0,
            started_at: now.into(),
            finished_at: None,
        }
    }

    pub(super) fn took_nothing(&self) -> bool {
        self.added + self.skipped == 0
    }
}

/// The import of the file with this hash, if there was one.
pub(super) fn find(c: &mut Conn, file_hash: &str) -> QueryResult<Option<Import>> {
    imports::table.filter(imports::file_hash.eq(file_hash)).select(Import::as_select()).first(c).optional()
}

/// Enters a file that is imported for the first time.
pub(super) fn begin(c: &mut Conn, import: &Import) -> QueryResult<()> {
    diesel::insert_into(imports::table).values(import).execute(c).map(|_| ())
}

/// Lets an import of which nothing was taken begin anew: its mapping was wrong.
pub(super) fn begin_anew(c: &mut Conn, id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let counts = (imports::rows_done.eq(0), imports::failed.eq(0));
    let times = (imports::started_at.eq(Ts::from(now)), imports::finished_at.eq(None::<Ts>));
    diesel::update(imports::table.find(id)).set((counts, times)).execute(c).map(|_| ())
}

/// The whole file is in.
pub(super) fn finish(c: &mut Conn, id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let row = imports::table.find(id);
    diesel::update(row).set(imports::finished_at.eq(Some(Ts::from(now)))).execute(c)?;
    let Import { name, added, skipped, failed, .. } = row.select(Import::as_select()).first(c)?;
    let data = json!({"file": name, "added": added, "skipped": skipped, "failed": failed});
    journal::append(c, Event::new(By::IMPORT, Subject::Import, id, "imported", data, now)).map(|_| ())
}

/// Writes a batch; call it inside `db.write`. A unique key that is taken under our hands (a reference that was drawn
/// before, a contact that just wrote to us) undoes it all: try again.
pub(super) fn write(
    c: &mut Conn,
    import_id: i64,
    batch: &Batch,
    topics_left: usize,
    now: DateTime<Utc>,
) -> Result<Written> {
    let mut known = known(c, &batch.ready)?;
    let topics = Topics::new(&topics_for(c, &batch.ready)?, topics_left);
    let plan = plan::plan(&batch.ready, &mut known, topics);
    let written = plan.outcome();
    go_on(c, import_id, batch, &written)?;
    insert(c, plan, now)?;
    Ok(written)
}

/// Which of these rows are there already.
pub(super) fn known(c: &mut Conn, rows: &[Ready]) -> QueryResult<HashSet<ExternalId>> {
    let mut by_channel: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Ready { feedback, .. } in rows {
        if let Some(id) = &feedback.external_id {
            by_channel.entry(&feedback.channel).or_default().push(id);
        }
    }
    let mut known = HashSet::new();
    for (channel, ids) in by_channel {
        let found: Vec<Option<String>> = feedback::table
            .filter(feedback::channel.eq(channel))
            .filter(feedback::external_id.eq_any(ids))
            .select(feedback::external_id)
            .load(c)?;
        known.extend(found.into_iter().flatten().map(|id| (channel.to_owned(), id)));
    }
    Ok(known)
}

/// The topics that exist, archived ones too: they are what the past was about. Not looked up when no row has a topic.
pub(super) fn topics_for(c: &mut Conn, rows: &[Ready]) -> QueryResult<Vec<Topic>> {
    if rows.iter().all(|row| row.topic.is_none()) {
        return Ok(Vec::new());
    }
    topics::table.select(Topic::as_select()).load(c)
}

/// Moves the import on, if it still stands where this batch begins: nobody else imports the same file meanwhile.
fn go_on(c: &mut Conn, import_id: i64, batch: &Batch, written: &Written) -> Result<()> {
    let failed = batch.problems.len() + written.problems.len();
    let row = imports::table.find(import_id).filter(imports::rows_done.eq(batch.start as i64));
    let moved = diesel::update(row)
        .set((
            imports::rows_done.eq(imports::rows_done + batch.rows as i64),
            imports::added.eq(imports::added + written.added as i64),
            imports::skipped.eq(imports::skipped + written.skipped as i64),
            imports::failed.eq(imports::failed + failed as i64),
        ))
        .execute(c)?;
    match moved {
        1 => Ok(()),
        _ => Err(Error::internal("this file is being imported by another process; nothing was imported twice")),
    }
}

fn insert(c: &mut Conn, plan: Plan<'_>, now: DateTime<Utc>) -> QueryResult<()> {
    insert_topics(c, &plan.new_topics)?;
    let people = contacts(c, plan.add.iter().filter_map(|(row, _)| row.contact.as_ref()), now)?;
    let mut add = plan.add;
    // In the order of their keys, which suits the indexes, and leaves nothing of the file's order in anonymous rows.
    add.sort_unstable_by_key(|(row, _)| row.feedback.id);
    if add.is_empty() {
        return Ok(());
    }
    let said: Vec<Feedback> = add.iter().map(|(row, topic)| complete(row, *topic, &people)).collect();
    let opened: Vec<OpenedCase> =
        add.iter().map(|(row, topic)| OpenedCase { topic_id: *topic, ..row.case.clone() }).collect();
    let mut journal: Vec<&Event> = add.iter().map(|(row, _)| &row.event).collect();
    journal.sort_unstable_by_key(|event| event.id);
    let words: Vec<(i64, &[String])> = add.iter().map(|(row, _)| (row.feedback.id, row.stems.as_slice())).collect();
    on_db!(c, |c| diesel::insert_into(feedback::table).values(&said).execute(c))?;
    on_db!(c, |c| diesel::insert_into(cases::table).values(&opened).execute(c))?;
    on_db!(c, |c| diesel::insert_into(events::table).values(journal).execute(c))?;
    search::insert_all(c, &words)
}

/// The row with what only the database knows, and a reference drawn for this attempt.
fn complete(row: &Ready, topic_id: Option<i64>, people: &HashMap<String, i64>) -> Feedback {
    let person_id = row.contact.as_ref().and_then(|contact| people.get(&contact.email).copied());
    Feedback { reference: id::reference('F'), topic_id, person_id, ..row.feedback.clone() }
}

fn insert_topics(c: &mut Conn, new: &[NewTopic]) -> QueryResult<()> {
    if new.is_empty() {
        return Ok(());
    }
    let last: Option<i32> = topics::table.select(max(topics::position)).first(c)?;
    let rows: Vec<_> = (last.unwrap_or(0) + 1..)
        .zip(new)
        .map(|(position, topic)| {
            (
                topics::id.eq(topic.id),
                topics::slug.eq(&topic.slug),
                topics::name_en.eq(&topic.name),
                topics::name_ru.eq(&topic.name),
                topics::position.eq(position),
            )
        })
        .collect();
    on_db!(c, |c| diesel::insert_into(topics::table).values(rows).execute(c)).map(|_| ())
}

/// The people with these addresses; new contacts for those we do not know. Whoever already has a name keeps it.
fn contacts<'a>(
    c: &mut Conn,
    wanted: impl Iterator<Item = &'a Contact>,
    now: DateTime<Utc>,
) -> QueryResult<HashMap<String, i64>> {
    let mut wanted = by_email(wanted);
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let known: Vec<(Option<String>, i64)> = people::table
        .filter(people::email.eq_any(wanted.keys().copied()))
        .select((people::email, people::id))
        .load(c)?;
    let mut ids: HashMap<String, i64> = known.into_iter().filter_map(|(email, id)| Some((email?, id))).collect();
    wanted.retain(|email, _| !ids.contains_key(*email));
    let new: Vec<NewContact<'_>> = wanted.into_values().map(|contact| NewContact::of(contact, now)).collect();
    if !new.is_empty() {
        on_db!(c, |c| diesel::insert_into(people::table).values(&new).execute(c))?;
    }
    ids.extend(new.iter().map(|person| (person.email.to_owned(), person.id)));
    Ok(ids)
}

/// Everybody once; of several rows of a person the first that has a name.
fn by_email<'a>(contacts: impl Iterator<Item = &'a Contact>) -> BTreeMap<&'a str, &'a Contact> {
    let mut people: BTreeMap<&str, &Contact> = BTreeMap::new();
    for contact in contacts {
        let person = people.entry(&contact.email).or_insert(contact);
        if person.name.is_empty() {
            *person = contact;
        }
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
    created_at: Ts,
}

impl<'a> NewContact<'a> {
    fn of(contact: &'a Contact, now: DateTime<Utc>) -> Self {
        let Contact { email, name, lang } = contact;
        Self { id: id::new_id(), email, name, lang: *lang, role: Role::Contact, created_at: now.into() }
    }
}
