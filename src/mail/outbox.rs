//! The outbox: a mail is a row written in the transaction that causes it. Facts are frozen in `data`; words are made
//! when the mail is sent or looked at.
//!
//! `queued → leased → sent | retry | unknown | suppressed | failed`. A lease is a short transaction that counts the
//! attempt before it is made; nothing is sent inside a transaction; a row is finished only by whoever still holds its
//! lease. One event, one person, one mail: the key (person, template, event) is unique.

mod after;
mod lease;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use serde_json::Value;

use super::message;
use super::thread::Thread;
use super::transport::Outcome;
use crate::db::Conn;
use crate::db::conn::MultiBackend;
use crate::db::dialect::{Portable, skip_locked};
use crate::db::schema::{outbox, people};
use crate::db::types::{Doc, Ts, UtcTime};
use crate::i18n::Lang;
use crate::id;

pub use after::{MOST_ATTEMPTS, MOST_RENDERINGS};
pub use lease::{LEASE, Owner};

crate::text_enum! {
    /// Where a mail is on its way.
    pub enum Status {
        Queued = "queued",
        Leased = "leased",
        Sent = "sent",
        Retry = "retry",
        /// The connection was lost when the server may have had it already: tried once more, much later.
        Unknown = "unknown",
        Suppressed = "suppressed",
        Failed = "failed",
    }
}

/// A mail to be written.
#[derive(Clone, Debug)]
pub struct NewMail {
    pub person_id: i64,
    /// The folder under `templates/emails/`.
    pub template: &'static str,
    /// What caused it: nobody gets two mails from one event and template.
    pub event_id: i64,
    pub case_id: Option<i64>,
    pub lang: Lang,
    pub address: String,
    pub name: String,
    /// One of [`super::letters`].
    pub data: Value,
}

/// A mail in the outbox.
#[derive(Clone, Debug, Queryable, Selectable, QueryableByName)]
#[diesel(table_name = outbox)]
pub struct Mail {
    pub id: i64,
    /// The part before the @, which stays the same for every try.
    pub message_id: String,
    pub person_id: i64,
    pub template: String,
    pub event_id: i64,
    pub case_id: Option<i64>,
    pub lang: Lang,
    pub address: String,
    pub name: String,
    pub data: Doc,
    pub status: Status,
    pub attempts: i32,
    pub next_at: Ts,
    /// What the server said last.
    pub reply: Option<String>,
    pub sent_at: Option<Ts>,
    pub created_at: Ts,
}

/// What a claim gave.
#[derive(Default)]
pub struct Claimed {
    /// To be sent by us, each with the conversation it stands in.
    pub mails: Vec<(Mail, Thread)>,
    /// Not to be sent any more, and why.
    pub suppressed: Vec<(Mail, Outcome)>,
}

/// Queues a mail; false if this person has it from this event already.
pub fn enqueue(c: &mut Conn, mail: &NewMail, now: DateTime<Utc>) -> QueryResult<bool> {
    let id = id::new_id();
    let row = (
        outbox::id.eq(id),
        outbox::message_id.eq(format!("ob-{id}")),
        outbox::person_id.eq(mail.person_id),
        outbox::template.eq(mail.template),
        outbox::event_id.eq(mail.event_id),
        outbox::case_id.eq(mail.case_id),
        outbox::lang.eq(mail.lang),
        outbox::address.eq(mail.address.replace('\0', "")),
        outbox::name.eq(message::one_line(&mail.name, message::LONGEST_NAME)),
        outbox::data.eq(Doc(without_nul(mail.data.clone()))),
        outbox::status.eq(Status::Queued),
        outbox::attempts.eq(0),
        outbox::next_at.eq(Ts::from(now)),
        outbox::created_at.eq(Ts::from(now)),
    );
    let insert = diesel::insert_into(outbox::table).values(row);
    let unique = (outbox::person_id, outbox::template, outbox::event_id);
    Portable(insert.on_conflict(unique).do_nothing()).execute(c).map(|rows| rows == 1)
}

/// Takes up to `most` mails that are due and counts the attempt. Rows whose lease ran out are due again.
pub fn claim(c: &mut Conn, owner: &Owner, now: DateTime<Utc>, most: usize) -> QueryResult<Claimed> {
    expire(c, now)?;
    // MATERIALIZED: evaluated once, or PostgreSQL might lock more rows than it claims.
    let take = format!(
        "with due as materialized (select id from outbox where status in ('queued', 'retry', 'unknown') \
         and next_at <= $1 order by next_at, id limit $2{}) \
         update outbox set status = 'leased', attempts = attempts + 1, leased_by = $3, leased_until = $4 \
         where id in (select id from due) returning *",
        skip_locked(c)
    );
    let mut mails: Vec<Mail> = diesel::sql_query(take)
        .bind::<UtcTime, _>(Ts::from(now))
        .bind::<BigInt, _>(i64::try_from(most).unwrap_or(i64::MAX))
        .bind::<Text, _>(owner.to_string())
        .bind::<UtcTime, _>(Ts::from(now + LEASE))
        .load(c)?;
    mails.sort_by_key(|mail| (mail.next_at, mail.id));
    let unwanted = unwanted(c, &mails)?;
    let mut claimed = Claimed::default();
    for mail in mails {
        match unwanted.get(&mail.id) {
            Some(why) => {
                let outcome = Outcome::Suppressed((*why).to_owned());
                finish(c, &mail, owner, &outcome, now, 0.0)?;
                claimed.suppressed.push((mail, outcome));
            }
            None => {
                let thread = Thread::before(c, &mail)?;
                claimed.mails.push((mail, thread));
            }
        }
    }
    Ok(claimed)
}

/// Records how a try ended, if the lease is still ours; true if the mail's journey is over with it. `jitter` is between
/// 0 and 1 and spreads retries.
pub fn finish(
    c: &mut Conn,
    mail: &Mail,
    owner: &Owner,
    outcome: &Outcome,
    now: DateTime<Utc>,
    jitter: f64,
) -> QueryResult<bool> {
    let after = after::after(mail, outcome, now, jitter);
    let rows = diesel::update(outbox::table.filter(ours(mail.id, owner)))
        .set((
            outbox::status.eq(after.status),
            outbox::attempts.eq(after.attempts),
            outbox::next_at.eq(Ts::from(after.next_at)),
            outbox::reply.eq(Some(after.reply)),
            outbox::sent_at.eq((after.status == Status::Sent).then(|| Ts::from(now))),
            outbox::leased_by.eq(None::<String>),
            outbox::leased_until.eq(None::<Ts>),
        ))
        .execute(c)?;
    Ok(rows == 1 && matches!(after.status, Status::Sent | Status::Suppressed | Status::Failed))
}

/// Gives a claimed mail back untried.
pub fn put_back(c: &mut Conn, mail: &Mail, owner: &Owner) -> QueryResult<()> {
    diesel::update(outbox::table.filter(ours(mail.id, owner)))
        .set((
            outbox::status.eq(Status::Retry),
            outbox::attempts.eq(outbox::attempts - 1),
            outbox::leased_by.eq(None::<String>),
            outbox::leased_until.eq(None::<Ts>),
        ))
        .execute(c)
        .map(|_| ())
}

/// At start: what an earlier process of this machine had leased when it died is due at once. Returns how many.
pub fn release_stale(c: &mut Conn, owner: &Owner) -> QueryResult<usize> {
    let leases: Vec<String> = outbox::table
        .filter(outbox::status.eq(Status::Leased).and(outbox::leased_by.is_not_null()))
        .select(outbox::leased_by.assume_not_null())
        .distinct()
        .load(c)?;
    let dead: Vec<String> = leases.into_iter().filter(|lease| owner.outlived(lease)).collect();
    diesel::update(outbox::table.filter(outbox::status.eq(Status::Leased).and(outbox::leased_by.eq_any(dead))))
        .set((outbox::status.eq(Status::Retry), outbox::leased_by.eq(None::<String>)))
        .execute(c)
}

/// At the end: what this process still has leased is due at once, for any other. Returns how many.
pub fn release(c: &mut Conn, owner: &Owner) -> QueryResult<usize> {
    let ours = outbox::status.eq(Status::Leased).and(outbox::leased_by.eq(owner.to_string()));
    diesel::update(outbox::table.filter(ours))
        .set((outbox::status.eq(Status::Retry), outbox::leased_by.eq(None::<String>)))
        .execute(c)
}

/// Tries a failed mail once more, from the start; false if it is not one.
pub fn retry_failed(c: &mut Conn, id: i64, now: DateTime<Utc>) -> QueryResult<bool> {
    diesel::update(outbox::table.filter(outbox::id.eq(id).and(outbox::status.eq(Status::Failed))))
        .set((outbox::status.eq(Status::Queued), outbox::attempts.eq(0), outbox::next_at.eq(Ts::from(now))))
        .execute(c)
        .map(|rows| rows == 1)
}

/// One mail.
pub fn find(c: &mut Conn, id: i64) -> QueryResult<Mail> {
    outbox::table.find(id).select(Mail::as_select()).first(c)
}

/// The newest mails, from before the (time, id) of the last one seen.
pub fn newest(c: &mut Conn, before: Option<(Ts, i64)>, most: i64) -> QueryResult<Vec<Mail>> {
    let mut query = outbox::table.select(Mail::as_select()).into_boxed();
    if let Some((at, id)) = before {
        // The form both databases answer from the index.
        query = query.filter(outbox::created_at.le(at)).filter(outbox::created_at.lt(at).or(outbox::id.lt(id)));
    }
    query.order((outbox::created_at.desc(), outbox::id.desc())).limit(most).load(c)
}

/// The row, as long as this process holds its lease.
fn ours(id: i64, owner: &Owner) -> Box<dyn BoxableExpression<outbox::table, MultiBackend, SqlType = Nullable<Bool>>> {
    let leased = outbox::id.eq(id).and(outbox::status.eq(Status::Leased));
    Box::new(leased.and(outbox::leased_by.eq(owner.to_string())))
}

/// PostgreSQL stores no NUL, and a mail must not undo the transaction that causes it.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) => text.replace('\0', "").into(),
        Value::Array(items) => items.into_iter().map(without_nul).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, without_nul(field))).collect(),
        other => other,
    }
}

fn expire(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    let expired = outbox::table.filter(outbox::status.eq(Status::Leased).and(outbox::leased_until.le(Ts::from(now))));
    diesel::update(expired).set((outbox::status.eq(Status::Retry), outbox::leased_by.eq(None::<String>))).execute(c)
}

/// Which of these nobody wants any more: read after the claim, so that an opt-out reaches mails already queued.
fn unwanted(c: &mut Conn, mails: &[Mail]) -> QueryResult<HashMap<i64, &'static str>> {
    let ids: Vec<i64> = mails.iter().map(|mail| mail.person_id).collect();
    let people: HashMap<i64, (Option<Ts>, Option<Ts>)> = people::table
        .filter(people::id.eq_any(ids))
        .select((people::id, people::disabled_at, people::digest_ended_at))
        .load::<(i64, Option<Ts>, Option<Ts>)>(c)?
        .into_iter()
        .map(|(id, disabled, ended)| (id, (disabled, ended)))
        .collect();
    let why = |mail: &Mail| match people.get(&mail.person_id) {
        Some((Some(_), _)) => Some("the account is disabled"),
        Some((_, Some(_))) if mail.template == "digest" => Some("unsubscribed"),
        _ => None,
    };
    Ok(mails.iter().filter_map(|mail| why(mail).map(|why| (mail.id, why))).collect())
}
