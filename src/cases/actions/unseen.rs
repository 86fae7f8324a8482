//! Nothing is overwritten unseen: whoever acts on a case says how far they have read it.

use crate::db::Conn;
use crate::db::dialect::lock_row;
use crate::db::schema::{journal, pending_replies};
use crate::error::{Error, Result};
use crate::journal::Actor;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// What [`unseen`] says when it refuses.
const MOVED_ON: &str = "error-case-moved-on";

/// How far somebody has read a case: the place of its last event, and the last reply that waited to go out. Pages carry
/// it as text: "17", or "17.4823" when a reply waited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub event: i32,
    pub pending: i64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pending {
            0 => write!(f, "{}", self.event),
            pending => write!(f, "{}.{pending}", self.event),
        }
    }
}

impl FromStr for Seen {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (event, pending) = text.split_once('.').unwrap_or((text, "0"));
        Ok(Seen { event: event.parse()?, pending: pending.parse()? })
    }
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

/// Refuses if another person or the originator did something on the case that `me` has not seen. What the system does
/// by itself does not count. Holds the case until the transaction ends, so that of two who act at once one is told.
/// Whoever did not say what they have seen, such as a list with a button, is not asked.
pub fn unseen(c: &mut Conn, case_id: i64, seen: Option<Seen>, me: i64) -> Result<()> {
    let Some(seen) = seen else { return Ok(()) };
    hold(c, case_id)?;
    if has_moved_on(c, case_id, seen, me)? { Err(Error::Conflict(MOVED_ON)) } else { Ok(()) }
}

/// Whether others did something on the case that `me` has not seen.
pub fn has_moved_on(c: &mut Conn, case_id: i64, seen: Seen, me: i64) -> QueryResult<bool> {
    Ok(acted(c, case_id, seen.event, me)? || is_answering(c, case_id, seen.pending, me)?)
}

fn hold(c: &mut Conn, case_id: i64) -> QueryResult<()> {
    let query = format!("select id from cases where id = $1{}", lock_row(c));
    diesel::sql_query(query).bind::<BigInt, _>(case_id).execute(c).map(|_| ())
}

fn acted(c: &mut Conn, case_id: i64, after: i32, me: i64) -> QueryResult<bool> {
    let another = journal::actor.eq(Actor::Person).and(journal::actor_id.is_null().or(journal::actor_id.ne(me)));
    let theirs = journal::table
        .filter(journal::subject_id.eq(case_id).and(journal::seq.gt(after)))
        .filter(journal::actor.eq(Actor::Originator).or(another.assume_not_null()));
    diesel::select(exists(theirs)).get_result(c)
}

/// Somebody else's reply is about to go out.
fn is_answering(c: &mut Conn, case_id: i64, after: i64, me: i64) -> QueryResult<bool> {
    let theirs = pending_replies::table
        .filter(pending_replies::case_id.eq(case_id).and(pending_replies::author_id.ne(me)))
        .filter(pending_replies::id.gt(after));
    diesel::select(exists(theirs)).get_result(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_carried_as_text() {
        for text in ["0", "17", "17.4823"] {
            assert_eq!(text.parse::<Seen>().map(|seen| seen.to_string()), Ok(text.to_owned()));
        }
        assert!(["", "x", "1.", "1.2.3"].iter().all(|text| text.parse::<Seen>().is_err()));
    }
}
