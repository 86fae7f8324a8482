//! Rows of imports, and the batches they write: feedback, cases, journal, index, contacts, topics and the progress of the
//! import in one transaction, so that whatever happens an import goes on exactly behind its last batch.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::json;

use super::batch::Batch;
use super::contacts::{Known, People, contacts};
use super::mapping::Status;
use super::plan::{self, ExternalId, Plan, Written};
use super::prepare::{self, Ready};
use super::topics::{NewTopic, Topics};
use crate::db::schema::{cases, feedback, imports, journal as events, topics};
use crate::db::types::Ts;
use crate::db::{Conn, search};
use crate::error::{Error, Result};
use crate::feedback::assigning::Chooser;
use crate::feedback::store::{Feedback, OpenedCase, Topic};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::on_db;
use crate::rules::Rulebook;

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

/// What a batch is written with, beside its rows.
#[derive(Clone)]
pub(super) struct House {
    pub rules: Arc<Rulebook>,
    pub tz: Tz,
    pub now: DateTime<Utc>,
}

/// Writes a batch; call it inside `db.write`. A unique key that is taken under our hands (a reference that was drawn
/// before, a contact that just wrote to us) undoes it all: try again.
pub(super) fn write(c: &mut Conn, import_id: i64, batch: &Batch, topics_left: usize, house: &House) -> Result<Written> {
    let mut known = known(c, &batch.ready)?;
    let offered = topics_for(c, &batch.ready)?;
    let topics = Topics::new(&offered, topics_left);
    let plan = plan::plan(&batch.ready, &mut known, topics);
    let written = plan.outcome();
    go_on(c, import_id, batch, &written)?;
    insert(c, plan, &offered, house)?;
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

fn insert(c: &mut Conn, plan: Plan<'_>, offered: &[Topic], house: &House) -> QueryResult<()> {
    insert_topics(c, &plan.new_topics)?;
    let people = contacts(c, plan.add.iter().filter_map(|(row, _)| row.contact.as_ref()), house.now)?;
    let mut add = plan.add;
    // In the order of their keys, which suits the indexes, and leaves nothing of the file's order in anonymous rows.
    add.sort_unstable_by_key(|(row, _)| row.feedback.id);
    if add.is_empty() {
        return Ok(());
    }
    let said: Vec<Feedback> = add.iter().map(|(row, topic)| complete(row, *topic, &people)).collect();
    let words: Vec<(i64, &[String])> = add.iter().map(|(row, _)| (row.feedback.id, row.stems.as_slice())).collect();
    let slugs = plan.new_topics.iter().map(|new| (new.id, new.slug.as_str()));
    let slugs: HashMap<i64, &str> = slugs.chain(offered.iter().map(|old| (old.id, old.slug.as_str()))).collect();
    let rows = add.iter().map(|(row, topic)| Row {
        row,
        topic_id: *topic,
        topic: topic.and_then(|id| slugs.get(&id).copied()),
        segment: person_of(row, &people).and_then(|person| person.segment.as_deref()),
    });
    let (opened, given) = open(c, rows, house)?;
    let mut journal: Vec<&Event> = add.iter().map(|(row, _)| &row.event).chain(&given).collect();
    journal.sort_unstable_by_key(|event| event.id);
    on_db!(c, |c| diesel::insert_into(feedback::table).values(&said).execute(c))?;
    on_db!(c, |c| diesel::insert_into(cases::table).values(&opened).execute(c))?;
    on_db!(c, |c| diesel::insert_into(events::table).values(journal).execute(c))?;
    search::insert_all(c, &words)
}

/// A row with what rules ask for.
struct Row<'a> {
    row: &'a Ready,
    topic_id: Option<i64>,
    topic: Option<&'a str>,
    segment: Option<&'a str>,
}

/// The cases of a batch, with the events of those that rules gave to somebody.
fn open<'a>(
    c: &mut Conn,
    rows: impl Iterator<Item = Row<'a>>,
    house: &House,
) -> QueryResult<(Vec<OpenedCase>, Vec<Event>)> {
    let (mut opened, mut events) = (Vec::new(), Vec::new());
    let mut chooser = Chooser::new(house.now, house.tz);
    for Row { row, topic_id, topic, segment } in rows {
        let said = &row.feedback;
        let mut case = match (topic, segment) {
            (None, None) => row.case.clone(),
            _ => prepare::opened(&house.rules, said, topic, segment, row.status),
        };
        case.topic_id = topic_id;
        if row.status == Status::New {
            let given = chooser.give(c, &house.rules, &prepare::facts(said, topic, segment), &mut case)?;
            events.extend(given.map(|given| given.event(said.id, said.anonymous, house.now)));
        }
        opened.push(case);
    }
    Ok((opened, events))
}

/// The row with what only the database knows, and a reference drawn for this attempt.
fn complete(row: &Ready, topic_id: Option<i64>, people: &People) -> Feedback {
    let person_id = person_of(row, people).map(|person| person.id);
    Feedback { reference: id::reference('F'), topic_id, person_id, ..row.feedback.clone() }
}

fn person_of<'a>(row: &Ready, people: &'a People) -> Option<&'a Known> {
    people.get(&row.contact.as_ref()?.email)
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
