//! Mails as they came in, on disk before anybody is told that we have them.

use super::decide::{Returned, Thread};
use crate::db::Conn;
use crate::db::dialect::{Portable, skip_locked};
use crate::db::schema::{feedback, inbound_mails, outbox, people};
use crate::db::types::{Ts, UtcTime};
use crate::id;
use crate::web::viewer::Role;
use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

crate::text_enum! {
    /// How a mail came to us.
    pub enum Source {
        Hook = "hook",
        Command = "command",
        Imap = "imap",
    }
}

crate::text_enum! {
    /// What has become of a mail.
    pub enum Status {
        /// Waits to be read.
        New = "new",
        /// Opened a case or joined one.
        Done = "done",
        /// No person wrote it.
        Ignored = "ignored",
        /// Waits for an administrator.
        Quarantined = "quarantined",
    }
}

/// How long reading one mail may take before another node takes it for lost.
const LEASE: Duration = Duration::minutes(1);
/// A mail that was begun so often and never finished takes the process with it.
pub const MOST_ATTEMPTS: i32 = 5;

/// Where a mail was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    pub id: i64,
    /// False if we had it already.
    pub fresh: bool,
}

/// A mail to be read, the attempt counted.
#[derive(Clone, Copy, Debug, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = inbound_mails)]
pub struct Claimed {
    pub id: i64,
    pub status: Status,
    pub attempts: i32,
}

/// A mail in a list.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = inbound_mails)]
pub struct Line {
    #[serde(with = "id::as_string")]
    pub id: i64,
    pub source: Source,
    pub sender: String,
    pub subject: String,
    pub status: Status,
    pub reason: Option<String>,
    #[serde(skip)]
    pub case_id: Option<i64>,
    pub attempts: i32,
    pub received_at: Ts,
}

/// Keeps a mail; call it inside `db.write` and acknowledge only afterwards.
pub fn take(c: &mut Conn, source: Source, raw: &[u8], now: DateTime<Utc>) -> QueryResult<Stored> {
    let (id, digest) = (id::new_id(), digest(raw));
    let row = (
        inbound_mails::id.eq(id),
        inbound_mails::source.eq(source),
        inbound_mails::raw.eq(raw),
        inbound_mails::digest.eq(&digest),
        inbound_mails::sender.eq(""),
        inbound_mails::subject.eq(""),
        inbound_mails::status.eq(Status::New),
        inbound_mails::attempts.eq(0),
        inbound_mails::received_at.eq(Ts::from(now)),
        inbound_mails::next_at.eq(Ts::from(now)),
    );
    let insert = diesel::insert_into(inbound_mails::table).values(row);
    let fresh = Portable(insert.on_conflict(inbound_mails::digest).do_nothing()).execute(c)? == 1;
    let id = match fresh {
        true => id,
        false => inbound_mails::table.filter(inbound_mails::digest.eq(digest)).select(inbound_mails::id).first(c)?,
    };
    Ok(Stored { id, fresh })
}

/// Keeps what there is of a mail that cannot be taken, for an administrator to see.
pub fn take_apart(c: &mut Conn, source: Source, raw: &[u8], reason: &str, now: DateTime<Utc>) -> QueryResult<Stored> {
    let stored = take(c, source, raw, now)?;
    if stored.fresh {
        diesel::update(inbound_mails::table.find(stored.id))
            .set((inbound_mails::status.eq(Status::Quarantined), inbound_mails::reason.eq(Some(reason))))
            .execute(c)?;
    }
    Ok(stored)
}

/// What is the same in every copy of a mail, by whichever way it came: its Message-ID and body. Without a Message-ID, who
/// wrote what and when; servers on the way add headers of their own.
pub fn digest(raw: &[u8]) -> String {
    const SAID: [&[u8]; 4] = [b"from:", b"date:", b"subject:", b"to:"];
    let head = head(raw);
    let lines = || head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let is = |line: &[u8], name: &[u8]| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let mut hash = Sha256::new();
    match lines().skip_while(|line| !is(line, b"message-id:")).take(2).flat_map(in_brackets).next() {
        Some(id) => hash.update(id),
        None => lines().filter(|line| SAID.iter().any(|name| is(line, name))).for_each(|line| hash.update(line)),
    }
    hash.update(b"\n");
    // A pipe on this machine ends lines in its own way.
    raw[head.len()..].trim_ascii().split(|b| *b == b'\r').for_each(|piece| hash.update(piece));
    HEXLOWER.encode(&hash.finalize())
}

/// Everything before the first empty line.
fn head(raw: &[u8]) -> &[u8] {
    let mut end = 0;
    for line in raw.split_inclusive(|b| *b == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        end += line.len();
    }
    &raw[..end]
}

fn in_brackets(line: &[u8]) -> Option<&[u8]> {
    let start = line.iter().position(|b| *b == b'<')?;
    let end = line[start..].iter().position(|b| *b == b'>')?;
    Some(&line[start..=start + end])
}

/// Takes the mail that waits longest and counts the attempt before it is made.
pub fn claim(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<Option<Claimed>> {
    let take = format!(
        "with due as materialized (select id from inbound_mails where status = 'new' and next_at <= $1 \
         order by next_at, id limit 1{}) \
         update inbound_mails set attempts = attempts + 1, next_at = $2 where id in (select id from due) \
         returning id, status, attempts",
        skip_locked(c)
    );
    diesel::sql_query(take)
        .bind::<UtcTime, _>(Ts::from(now))
        .bind::<UtcTime, _>(Ts::from(now + LEASE))
        .get_result(c)
        .optional()
}

/// One mail for an administrator who decides about it.
pub fn stored(c: &mut Conn, id: i64) -> QueryResult<Claimed> {
    inbound_mails::table.find(id).select(Claimed::as_select()).first(c)
}

/// The bytes of a mail.
pub fn raw(c: &mut Conn, id: i64) -> QueryResult<Vec<u8>> {
    inbound_mails::table.find(id).select(inbound_mails::raw).first(c)
}

/// Lets a mail be read again soon: something on our side was in the way.
pub fn put_back(c: &mut Conn, claimed: &Claimed, now: DateTime<Utc>) -> QueryResult<()> {
    let wait = Duration::seconds(10 * i64::from(claimed.attempts));
    diesel::update(ours(claimed)).set(inbound_mails::next_at.eq(Ts::from(now + wait))).execute(c).map(|_| ())
}

/// What became of a mail.
#[derive(Clone, Debug, Default)]
pub struct Finished {
    pub message_id: Option<String>,
    pub sender: String,
    pub subject: String,
    pub reason: Option<String>,
    pub case_id: Option<i64>,
}

/// Ends the reading of a mail; false if somebody else has ended it meanwhile, and then nothing of ours may be kept.
pub fn finish(
    c: &mut Conn,
    claimed: &Claimed,
    status: Status,
    end: &Finished,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let set = (
        inbound_mails::status.eq(status),
        inbound_mails::message_id.eq(end.message_id.as_deref()),
        inbound_mails::sender.eq(&end.sender),
        inbound_mails::subject.eq(&end.subject),
        inbound_mails::reason.eq(end.reason.as_deref()),
        inbound_mails::case_id.eq(end.case_id),
        inbound_mails::processed_at.eq(Some(Ts::from(now))),
    );
    diesel::update(ours(claimed)).set(set).execute(c).map(|rows| rows == 1)
}

/// The row, as it was when we took it.
#[diesel::dsl::auto_type]
fn ours(claimed: &Claimed) -> _ {
    let (id, status, attempts): (i64, Status, i32) = (claimed.id, claimed.status, claimed.attempts);
    let same: diesel::dsl::Eq<inbound_mails::status, Status> = inbound_mails::status.eq(status);
    inbound_mails::table.filter(inbound_mails::id.eq(id).and(same).and(inbound_mails::attempts.eq(attempts)))
}

/// Gives a mail that waits for an administrator, or was ignored, to the reader once more.
pub fn read_again(c: &mut Conn, id: i64, now: DateTime<Utc>) -> QueryResult<bool> {
    let waits = inbound_mails::status.eq(Status::Quarantined).or(inbound_mails::status.eq(Status::Ignored));
    diesel::update(inbound_mails::table.filter(inbound_mails::id.eq(id).and(waits)))
        .set((
            inbound_mails::status.eq(Status::New),
            inbound_mails::attempts.eq(0),
            inbound_mails::next_at.eq(Ts::from(now)),
        ))
        .execute(c)
        .map(|rows| rows == 1)
}

/// Mails in this state, the newest first, from before the id of the last one seen.
pub fn list(c: &mut Conn, status: Status, before: Option<i64>, most: i64) -> QueryResult<Vec<Line>> {
    inbound_mails::table
        .filter(inbound_mails::status.eq(status).and(inbound_mails::id.lt(before.unwrap_or(i64::MAX))))
        .order(inbound_mails::id.desc())
        .limit(most)
        .select(Line::as_select())
        .load(c)
}

/// One mail without its bytes.
pub fn find(c: &mut Conn, id: i64) -> QueryResult<Line> {
    inbound_mails::table.find(id).select(Line::as_select()).first(c)
}

/// How many wait for an administrator.
pub fn quarantined(c: &mut Conn) -> QueryResult<i64> {
    inbound_mails::table.filter(inbound_mails::status.eq(Status::Quarantined)).count().get_result(c)
}

/// How many mails of this sender became something since then.
pub fn count_from(c: &mut Conn, sender: &str, since: DateTime<Utc>) -> QueryResult<i64> {
    inbound_mails::table
        .filter(inbound_mails::sender.eq(sender).and(inbound_mails::received_at.gt(Ts::from(since))))
        .filter(inbound_mails::status.eq(Status::Done))
        .count()
        .get_result(c)
}

/// How many mails came to this case since then, people's or machines'.
pub fn count_about(c: &mut Conn, case_id: i64, status: Status, since: DateTime<Utc>) -> QueryResult<i64> {
    inbound_mails::table
        .filter(inbound_mails::case_id.eq(case_id).and(inbound_mails::received_at.gt(Ts::from(since))))
        .filter(inbound_mails::status.eq(status))
        .count()
        .get_result(c)
}

/// A case and the address of whoever it is from.
pub fn thread(c: &mut Conn, case_id: i64) -> QueryResult<Option<Thread>> {
    let originator: Option<Option<String>> = feedback::table
        .left_join(people::table)
        .filter(feedback::id.eq(case_id))
        .select(people::email.nullable())
        .first(c)
        .optional()?;
    Ok(originator.map(|email| Thread { case_id, originator: email.map(|email| email.to_lowercase()) }))
}

/// The case that a mail of ours was about; `local` is its Message-ID before the @.
pub fn case_of_mail(c: &mut Conn, local: &str) -> QueryResult<Option<i64>> {
    let Some(id) = local.strip_prefix("ob-").and_then(|id| id.parse::<i64>().ok()) else { return Ok(None) };
    let mail = outbox::table.find(id).filter(outbox::message_id.eq(local));
    Ok(mail.select(outbox::case_id).first::<Option<i64>>(c).optional()?.flatten())
}

/// A mail of ours that came back; none if it is gone.
pub fn sent_mail(c: &mut Conn, id: i64) -> QueryResult<Option<Returned>> {
    let mail = outbox::table.find(id).select((outbox::case_id, outbox::address));
    let found: Option<(Option<i64>, String)> = mail.first(c).optional()?;
    Ok(found.map(|(case_id, address)| Returned { mail_id: id, case_id, address }))
}

/// Whether this address belongs to one of our own people.
pub fn is_staff(c: &mut Conn, email: &str) -> QueryResult<bool> {
    let role: Option<Role> = people::table.filter(people::email.eq(email)).select(people::role).first(c).optional()?;
    Ok(role.is_some_and(|role| role > Role::Contact))
}

/// The reference of a case.
pub fn reference(c: &mut Conn, case_id: i64) -> QueryResult<String> {
    feedback::table.find(case_id).select(feedback::reference).first(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_known_whatever_was_added_on_the_way() {
        let mail = b"From: a@b.c\nMessage-ID:\n <1@b.c>\nSubject: x\n\nHello\nyou\n";
        let copy = b"Received: by mx\r\nFrom: a@b.c\r\nMessage-Id: <1@b.c>\r\n\r\nHello\r\nyou\r\n";
        assert_eq!(digest(mail), digest(copy));
        assert_ne!(digest(mail), digest(b"Message-ID: <1@b.c>\n\nAnother\n"));
        assert_ne!(digest(mail), digest(b"Message-ID: <2@b.c>\n\nHello\n"));
        let (one, other) = (b"From: a\nDate: 1\n\nHello", b"From: a\nDate: 2\n\nHello");
        assert_ne!(digest(one), digest(other));
        assert_eq!(digest(one), digest(b"X-Via: y\nFrom: a\nDate: 1\n\nHello"));
    }
}
