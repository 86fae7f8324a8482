//! Taking mails to send them: one short transaction that leases what is due and holds back, before anything leaves,
//! what nobody wants any more and what has to wait.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::super::domains::{self, Candidate, Limits};
use super::super::thread::Thread;
use super::super::transport::Outcome;
use super::super::undeliverable;
use super::after;
use super::back::{Back, write_back};
use super::held;
use super::lease::{LEASE, Owner};
use super::{Mail, Status};
use crate::db::Conn;
use crate::db::dialect::skip_locked;
use crate::db::schema::{outbox, people, undeliverable as addresses};
use crate::db::types::{Ts, UtcTime};

/// Why a mail was held back, as its row says.
pub const DISABLED: &str = "the account is disabled";
pub const UNSUBSCRIBED: &str = "unsubscribed";
const NO_ADDRESS: &str = "there is no address any more";
/// Followed by what came back from the address.
pub const UNDELIVERABLE: &str = "the address takes no mail: ";

/// What a claim gave.
#[derive(Default)]
pub struct Claimed {
    /// To be sent by us, each with the conversation it stands in.
    pub mails: Vec<(Mail, Thread)>,
    /// Not to be sent any more, and why.
    pub suppressed: Vec<(Mail, Outcome)>,
    /// How many were due and have to wait: for their reader's pause to end, or for their turn at a domain.
    pub put_off: usize,
}

impl Claimed {
    /// How many rows were due.
    pub fn taken(&self) -> usize {
        self.mails.len() + self.suppressed.len() + self.put_off
    }
}

/// What becomes of a mail that is due.
enum Verdict {
    Suppress(Outcome),
    PutOff(DateTime<Utc>),
    Send,
}

/// Takes up to `most` mails that are due and counts the attempt. Rows whose lease ran out are due again.
pub fn claim(c: &mut Conn, owner: &Owner, limits: Limits, now: DateTime<Utc>, most: usize) -> QueryResult<Claimed> {
    expire(c, now)?;
    let mut mails = take(c, owner, now, most)?;
    let readers = readers(c, &mails)?;
    follow(c, &mut mails, &readers)?;
    let verdicts = verdicts(c, &mails, &readers, limits, now)?;
    let mut claimed = Claimed::default();
    let mut back = Vec::new();
    for (mail, verdict) in mails.into_iter().zip(verdicts) {
        match verdict {
            Verdict::Suppress(outcome) => {
                back.push(Back::after(&mail, &outcome, owner, now, 0.0));
                claimed.suppressed.push((mail, outcome));
            }
            Verdict::PutOff(until) => {
                back.push(Back::untried(&mail, until));
                claimed.put_off += 1;
            }
            Verdict::Send => {
                let thread = Thread::before(c, &mail)?;
                claimed.mails.push((mail, thread));
            }
        }
    }
    write_back(c, owner, &back)?;
    Ok(claimed)
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

/// At the end: what this process still has leased was broken off while it was being sent, and may have arrived. It rests
/// like every mail whose connection was lost, and then is anybody's. Returns how many.
pub fn release(c: &mut Conn, owner: &Owner, now: DateTime<Utc>) -> QueryResult<usize> {
    let ours = outbox::status.eq(Status::Leased).and(outbox::leased_by.eq(owner.to_string()));
    diesel::update(outbox::table.filter(ours))
        .set((
            outbox::status.eq(Status::Unknown),
            outbox::leased_by.eq(None::<String>),
            outbox::next_at.eq(Ts::from(now + after::REST)),
            outbox::reply.eq(format!("{}the process ended", after::LOST)),
        ))
        .execute(c)
}

/// Rows that their owner is just finishing are left alone: two transactions waiting for each other would both fail.
fn expire(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    let expire = format!(
        "update outbox set status = 'retry', leased_by = null where id in \
         (select id from outbox where status = 'leased' and leased_until <= $1{})",
        skip_locked(c)
    );
    diesel::sql_query(expire).bind::<UtcTime, _>(Ts::from(now)).execute(c)
}

fn take(c: &mut Conn, owner: &Owner, now: DateTime<Utc>, most: usize) -> QueryResult<Vec<Mail>> {
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
    Ok(mails)
}

/// Read in the transaction of the claim, so that an opt-out reaches mails already queued.
fn verdicts(
    c: &mut Conn,
    mails: &[Mail],
    readers: &HashMap<i64, Reader>,
    limits: Limits,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Verdict>> {
    let stopped = stopped_addresses(c, mails)?;
    let halted: HashMap<i64, bool> = held::halted(c, mails)?.into_iter().collect();
    let mut verdicts: Vec<Verdict> = mails
        .iter()
        .map(|mail| match readers.get(&mail.person_id) {
            _ if mail.is_digest() && halted.contains_key(&mail.event_id) => match halted[&mail.event_id] {
                true => Verdict::Suppress(Outcome::Suppressed(held::STOPPED.into())),
                false => Verdict::PutOff(held::held_from(*mail.next_at)),
            },
            Some(reader) => reader.verdict(mail, stopped.get(&undeliverable::normal(&mail.address)), now),
            None => Verdict::Send,
        })
        .collect();
    let would_go = mails.iter().zip(&verdicts).filter(|(_, verdict)| matches!(verdict, Verdict::Send));
    let candidates: Vec<Candidate<'_>> =
        would_go.map(|(mail, _)| Candidate { id: mail.id, address: &mail.address, template: &mail.template }).collect();
    let later = domains::admit(c, limits, now, &candidates)?;
    for (mail, verdict) in mails.iter().zip(&mut verdicts) {
        if let Some(until) = later.get(&mail.id) {
            *verdict = Verdict::PutOff(*until);
        }
    }
    Ok(verdicts)
}

/// What a person chose, as far as mail goes.
#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Reader {
    id: i64,
    email: Option<String>,
    disabled_at: Option<Ts>,
    digest_ended_at: Option<Ts>,
    received_ended_at: Option<Ts>,
    notice_ended_at: Option<Ts>,
    mail_paused_until: Option<Ts>,
}

impl Reader {
    fn verdict(&self, mail: &Mail, undeliverable: Option<&String>, now: DateTime<Utc>) -> Verdict {
        if self.disabled_at.is_some() {
            return Verdict::Suppress(Outcome::Suppressed(DISABLED.into()));
        }
        if self.email.is_none() && mail.is_digest() {
            return Verdict::Suppress(Outcome::Suppressed(NO_ADDRESS.into()));
        }
        if let Some(said) = undeliverable.filter(|_| !opens_the_door(&mail.template)) {
            return Verdict::Suppress(Outcome::Refused(format!("{UNDELIVERABLE}{said}")));
        }
        let ended = match mail.template.as_str() {
            "digest" => self.digest_ended_at,
            "received" => self.received_ended_at,
            "notice" => self.notice_ended_at,
            _ => return Verdict::Send,
        };
        match self.mail_paused_until {
            _ if ended.is_some() => Verdict::Suppress(Outcome::Suppressed(UNSUBSCRIBED.into())),
            Some(until) if *until > now => Verdict::PutOff(*until),
            _ => Verdict::Send,
        }
    }
}

/// Without these nobody gets in to put their address right; whoever asks for one is asked to wait for it.
fn opens_the_door(template: &str) -> bool {
    matches!(template, "password" | "invitation")
}

/// A digest goes to the address its reader has now: between queueing and leaving lie days.
fn follow(c: &mut Conn, mails: &mut [Mail], readers: &HashMap<i64, Reader>) -> QueryResult<()> {
    for mail in mails.iter_mut().filter(|mail| mail.is_digest()) {
        let now = readers.get(&mail.person_id).and_then(|reader| reader.email.as_ref());
        if let Some(email) = now.filter(|email| **email != mail.address) {
            mail.address.clone_from(email);
            diesel::update(outbox::table.find(mail.id)).set(outbox::address.eq(email)).execute(c)?;
        }
    }
    Ok(())
}

fn readers(c: &mut Conn, mails: &[Mail]) -> QueryResult<HashMap<i64, Reader>> {
    let ids: HashSet<i64> = mails.iter().map(|mail| mail.person_id).collect();
    let readers: Vec<Reader> = people::table.filter(people::id.eq_any(ids)).select(Reader::as_select()).load(c)?;
    Ok(readers.into_iter().map(|reader| (reader.id, reader)).collect())
}

/// Addresses among these that mail does not reach, and what came back from them.
fn stopped_addresses(c: &mut Conn, mails: &[Mail]) -> QueryResult<HashMap<String, String>> {
    let normal: HashSet<String> = mails.iter().map(|mail| undeliverable::normal(&mail.address)).collect();
    let stopped: Vec<(String, String)> = addresses::table
        .filter(addresses::address.eq_any(normal).and(addresses::stopped_at.is_not_null()))
        .select((addresses::address, addresses::said))
        .load(c)?;
    Ok(stopped.into_iter().collect())
}
