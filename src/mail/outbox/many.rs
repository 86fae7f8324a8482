//! Queueing many mails at once, each with its own time.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::message;
use super::{NewMail, Status, without_nul};
use crate::db::Conn;
use crate::db::schema::outbox;
use crate::db::types::{Doc, Ts};
use crate::i18n::Lang;
use crate::{id, on_db};

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct Row {
    id: i64,
    message_id: String,
    person_id: i64,
    template: &'static str,
    event_id: i64,
    case_id: Option<i64>,
    lang: Lang,
    address: String,
    name: String,
    data: Doc,
    status: Status,
    attempts: i32,
    next_at: Ts,
    created_at: Ts,
}

/// Queues these mails, each due at its time; whoever has one from this event already gets no second. Returns how many
/// were queued.
pub fn enqueue_all(c: &mut Conn, mails: Vec<(NewMail, DateTime<Utc>)>, now: DateTime<Utc>) -> QueryResult<usize> {
    if mails.is_empty() {
        return Ok(0);
    }
    let rows: Vec<Row> = mails.into_iter().map(|(mail, due)| row(mail, due, now)).collect();
    let unique = (outbox::person_id, outbox::template, outbox::event_id);
    on_db!(c, |c| diesel::insert_into(outbox::table).values(&rows).on_conflict(unique).do_nothing().execute(c))
}

fn row(mail: NewMail, due: DateTime<Utc>, now: DateTime<Utc>) -> Row {
    let id = id::new_id();
    Row {
        id,
        message_id: format!("ob-{id}"),
        person_id: mail.person_id,
        template: mail.template,
        event_id: mail.event_id,
        case_id: mail.case_id,
        lang: mail.lang,
        address: mail.address.replace('\0', ""),
        name: message::one_line(&mail.name, message::LONGEST_NAME),
        data: Doc(without_nul(mail.data)),
        status: Status::Queued,
        attempts: 0,
        next_at: due.into(),
        created_at: now.into(),
    }
}
