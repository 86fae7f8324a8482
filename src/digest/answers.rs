//! What readers of a digest answer: that something is not solved, and words about it. Both need that they got it: the link
//! in a mail carries who reads, and the mail in the outbox says what they were told.

pub mod by_mail;
pub mod pages;
pub mod ways;

use super::items::Item;
use crate::cases::actions::{self, Desk, note_event};
use crate::cases::model::Case;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{cases, change_cases, digest_answers, digest_items, feedback, outbox, people, topics};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result};
use crate::feedback::model::{Kind, Originator, Submission, Voice};
use crate::i18n::Lang;
use crate::journal::By;
use crate::mail::letters;
use crate::web::viewer::Role;
use actix_web::web::{ServiceConfig, get, post, resource};
use diesel::prelude::*;
use serde_json::{Value, json};

/// How words come in by the page.
pub const CHANNEL: &str = "digest";

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/digest/{token}/{item}").route(get().to(pages::show)))
        .service(resource("/digest/{token}/{item}/unsolved").route(post().to(pages::unsolved)))
        .service(resource("/digest/{token}/{item}/words").route(post().to(pages::words)));
}

/// Whoever answers.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Reader {
    pub id: i64,
    pub email: Option<String>,
    pub lang: Lang,
    pub role: Role,
    disabled_at: Option<Ts>,
}

impl Reader {
    /// As whom they speak.
    pub fn voice(&self) -> Voice {
        if self.role > Role::Contact { Voice::Employee } else { Voice::Customer }
    }

    /// Their words about something they were told.
    pub fn submission(&self, kind: Kind, channel: &str, text: &str, topic: Option<String>) -> Submission {
        let originator = Originator::Person { id: self.id };
        Submission { topic, ..Submission::new(self.voice(), kind, channel, text, originator) }
    }
}

/// Somebody who may answer; whoever was shut out may not.
pub fn reader(c: &mut Conn, id: i64) -> Result<Reader> {
    let reader: Reader = people::table.find(id).select(Reader::as_select()).first(c)?;
    if reader.disabled_at.is_some() { Err(Error::NotFound) } else { Ok(reader) }
}

/// An item that a mail told this reader.
pub fn item(c: &mut Conn, reader: &Reader, item_id: i64) -> Result<Item> {
    let item: Item = digest_items::table.find(item_id).select(Item::as_select()).first(c)?;
    let mail: Doc = outbox::table
        .filter(outbox::person_id.eq(reader.id).and(outbox::template.eq("digest")))
        .filter(outbox::event_id.eq(item.edition_id))
        .select(outbox::data)
        .first(c)?;
    if items_of(&mail.0).contains(&item.id) { Ok(item) } else { Err(Error::NotFound) }
}

/// The items that a letter holds.
pub fn items_of(letter: &Value) -> Vec<i64> {
    let of = |part: &str| letter.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    letters::Digest::PARTS
        .iter()
        .flat_map(|part| of(part))
        .filter_map(|item| item.get("item").and_then(Value::as_i64))
        .collect()
}

/// What this reader had said that led to the item, oldest first.
pub fn own_cases(c: &mut Conn, reader: &Reader, item: &Item) -> QueryResult<Vec<(Case, String)>> {
    cases::table
        .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
        .inner_join(change_cases::table.on(change_cases::case_id.eq(cases::id)))
        .filter(feedback::person_id.eq(reader.id).and(change_cases::change_id.eq(item.change_id)))
        .order((feedback::received_at, feedback::id))
        .select((Case::as_select(), feedback::text))
        .load(c)
}

/// Whether its originator can say now that it is not solved.
pub fn may_object(case: &Case) -> bool {
    !case.status.is_open()
}

/// "This is not solved": goes on with what this reader had said, as their no on its page does. Once: false if it goes on
/// already.
pub fn unsolved(c: &mut Conn, desk: &Desk, reader: &Reader, item: &Item, why: &str) -> Result<bool> {
    let mut reopened = false;
    for (case, _) in own_cases(c, reader, item)?.into_iter().filter(|(case, _)| may_object(case)) {
        // They say why on a page of its own: nobody has to ask whether they are sure.
        actions::answer(c, desk, case.id, false, why, true)?;
        link(c, desk, case.id, item.edition_id, Some(item))?;
        reopened = true;
    }
    Ok(reopened)
}

/// Says of a case that it answers a digest, on its timeline and for the report of the digest.
pub fn link(c: &mut Conn, desk: &Desk, case_id: i64, edition_id: i64, item: Option<&Item>) -> Result<()> {
    let row = (
        digest_answers::case_id.eq(case_id),
        digest_answers::edition_id.eq(edition_id),
        digest_answers::item_id.eq(item.map(|item| item.id)),
    );
    let fresh = Portable(diesel::insert_into(digest_answers::table).values(row).on_conflict_do_nothing()).execute(c)?;
    if fresh == 1 {
        let about = item.map(|item| item.facts.title.as_str()).unwrap_or_default();
        note_event(c, desk, By::SYSTEM, case_id, "answers_digest", json!({"item": about}))?;
    }
    Ok(())
}

/// What the item is about, as intake wants it: none where that topic is not on offer any more.
pub fn topic(c: &mut Conn, item: &Item) -> QueryResult<Option<String>> {
    let Some(id) = item.topic_id else { return Ok(None) };
    topics::table.find(id).filter(topics::archived_at.is_null()).select(topics::slug).first(c).optional()
}

/// The cases that answer a digest, newest first: reference and title.
pub fn of_edition(c: &mut Conn, edition_id: i64, most: i64) -> QueryResult<Vec<(String, String)>> {
    digest_answers::table
        .inner_join(feedback::table.on(feedback::id.eq(digest_answers::case_id)))
        .filter(digest_answers::edition_id.eq(edition_id))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .limit(most)
        .select((feedback::reference, feedback::title))
        .load(c)
}
