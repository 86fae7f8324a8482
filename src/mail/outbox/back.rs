//! Writing down what became of leased mails: many rows in one statement, each only if its lease is still ours.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::transport::Outcome;
use super::after::{self, after};
use super::lease::Owner;
use super::{Mail, Status};
use crate::db::Conn;
use crate::db::dialect::{Holds, appended, json_rows};
use crate::db::types::{Doc, JsonDoc};

/// Tries that a mail remembers: the first, and the newest of the others.
const MOST_TRIES: usize = 40;
/// Of what was said; the rest of a long answer is a link and an advertisement.
const LONGEST_SAID: usize = 500;

const COLUMNS: [(&str, Holds); 7] = [
    ("mail", Holds::Number),
    ("status", Holds::Text),
    ("attempts", Holds::Number),
    ("next_at", Holds::Moment),
    ("reply", Holds::Text),
    ("sent_at", Holds::Moment),
    ("tried", Holds::Json),
];

/// One try of a mail, as its row remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    pub at: DateTime<Utc>,
    /// One of [`Outcome::word`].
    pub outcome: String,
    pub said: String,
    /// The process that tried.
    pub node: String,
}

/// What a leased row becomes.
#[derive(Clone, Debug)]
pub struct Back {
    mail: i64,
    status: Status,
    attempts: i32,
    next_at: DateTime<Utc>,
    reply: Option<String>,
    sent_at: Option<DateTime<Utc>>,
    tried: Option<Try>,
}

impl Back {
    /// After a try. `jitter` is between 0 and 1 and spreads retries.
    pub fn after(mail: &Mail, outcome: &Outcome, owner: &Owner, now: DateTime<Utc>, jitter: f64) -> Back {
        let after = after(mail, outcome, now, jitter);
        let said = plain(outcome.said());
        Back {
            mail: mail.id,
            status: after.status,
            attempts: after.attempts,
            next_at: after.next_at,
            reply: Some(plain(&after.reply)),
            sent_at: (after.status == Status::Sent).then_some(now),
            tried: Some(Try { at: now, outcome: outcome.word().to_owned(), said, node: owner.node() }),
        }
    }

    /// Untried: due at that time as if it had not been taken.
    pub fn untried(mail: &Mail, due: DateTime<Utc>) -> Back {
        let attempts = mail.attempts - 1;
        let status = match attempts {
            _ if after::was_lost(mail) => Status::Unknown,
            0 if mail.reply.is_none() => Status::Queued,
            _ => Status::Retry,
        };
        let (mail, reply) = (mail.id, mail.reply.clone());
        Back { mail, status, attempts, next_at: due, reply, sent_at: None, tried: None }
    }

    /// Whether the mail's journey is over with it.
    pub fn is_over(&self) -> bool {
        matches!(self.status, Status::Sent | Status::Suppressed | Status::Failed)
    }

    fn as_json(&self) -> Value {
        json!({
            "mail": self.mail,
            "status": self.status,
            "attempts": self.attempts,
            "next_at": self.next_at.timestamp_micros(),
            "reply": self.reply,
            "sent_at": self.sent_at.map(|at| at.timestamp_micros()),
            "tried": self.tried,
        })
    }
}

/// Writes these rows; gives the ids of those whose lease was still ours.
pub fn write_back(c: &mut Conn, owner: &Owner, rows: &[Back]) -> QueryResult<HashSet<i64>> {
    #[derive(QueryableByName)]
    struct Written {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let update = format!(
        "update outbox set status = back.status, attempts = back.attempts, next_at = back.next_at, \
         reply = back.reply, sent_at = back.sent_at, leased_by = null, leased_until = null, \
         tries = case when back.tried is null then tries else {} end \
         from {} as back where outbox.id = back.mail and outbox.status = 'leased' and outbox.leased_by = $2 \
         returning outbox.id",
        appended(c, "tries", "back.tried", MOST_TRIES),
        json_rows(c, "$1", &COLUMNS)
    );
    let written: Vec<Written> = diesel::sql_query(update)
        .bind::<JsonDoc, _>(Doc(rows.iter().map(Back::as_json).collect()))
        .bind::<Text, _>(owner.to_string())
        .load(c)?;
    Ok(written.into_iter().map(|row| row.id).collect())
}

/// Records how one try ended, if the lease is still ours; true if the mail's journey is over with it.
pub fn finish(
    c: &mut Conn,
    mail: &Mail,
    owner: &Owner,
    outcome: &Outcome,
    now: DateTime<Utc>,
    jitter: f64,
) -> QueryResult<bool> {
    let back = Back::after(mail, outcome, owner, now, jitter);
    Ok(write_back(c, owner, std::slice::from_ref(&back))?.contains(&mail.id) && back.is_over())
}

/// What a server said may hold anything; PostgreSQL stores no NUL, and a finish must not fail for it.
fn plain(said: &str) -> String {
    said.chars().filter(|c| !c.is_control()).take(LONGEST_SAID).collect()
}
