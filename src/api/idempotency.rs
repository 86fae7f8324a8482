//! `Idempotency-Key`: a request that is sent again changes nothing and gets the answer of the first one.
//!
//! The row is written first, in the transaction of the write itself: whoever comes second waits for the first and then
//! finds its answer, so that any number of equal requests at once make one row and get equal answers.
//!
//! Nothing in the row says who called or when: caller and key are hashed together, and of anonymous feedback the row
//! has a random id and a time kept to the day. Its receipt code is not stored: it follows, through our secret, from
//! the row's id, the key and the request, so only who sends both again sees it again, and only until the row is gone.

use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::idempotency;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::id;
use crate::journal::day_of;
use crate::secret::Secret;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use std::future::{Ready, ready};

/// The header. Short keys could be guessed, and with the request as well they open its answer.
const HEADER: &str = "idempotency-key";
const LENGTH: std::ops::RangeInclusive<usize> = 16..=200;
/// A day more than promised, because some rows know only their day.
const KEPT: Duration = Duration::hours(48);

/// The key of a request, if it has one.
pub struct Key(pub Option<String>);

impl FromRequest for Key {
    type Error = Error;
    type Future = Ready<Result<Key>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.headers().get(HEADER) {
            None => Ok(Key(None)),
            Some(value) => match value.to_str() {
                Ok(key) if LENGTH.contains(&key.len()) => Ok(Key(Some(key.to_owned()))),
                _ => Err(Error::field("Idempotency-Key", "error-idempotency-key")),
            },
        })
    }
}

/// A request that is to be done once.
#[derive(Clone, Debug)]
pub struct Once {
    operation: &'static str,
    key: String,
    request_hash: String,
    /// Caller, key and request: what its answer's secrets follow from.
    origin: String,
}

impl Once {
    /// `caller` keeps the keys of different callers apart; `request` is what must be equal when it is sent again.
    pub fn new(operation: &'static str, caller: &str, key: &str, request: &str) -> Once {
        let request_hash = id::hash(request);
        Once {
            operation,
            key: id::hash(&format!("{caller}\n{key}")),
            origin: format!("{caller}\n{key}\n{request_hash}"),
            request_hash,
        }
    }

    /// A secret for the answer that belongs to this row, the same whenever it is asked for.
    pub fn code(&self, secret: &Secret, row_id: i64) -> Result<String> {
        secret.derive(&format!("{row_id}\n{}", self.origin))
    }

    /// Stores the answer unless there is one: then that one is returned, if the request was the same.
    pub fn claim(&self, c: &mut Conn, answer: &NewAnswer<'_>) -> Result<Option<Stored>> {
        let row = (
            idempotency::id.eq(answer.row_id),
            idempotency::owner.eq(self.operation),
            idempotency::key.eq(&self.key),
            idempotency::request_hash.eq(&self.request_hash),
            idempotency::status.eq(answer.status),
            idempotency::body.eq(answer.body),
            idempotency::created_at.eq(Ts::from(answer.at)),
        );
        let first =
            Portable(diesel::insert_into(idempotency::table).values(row).on_conflict_do_nothing()).execute(c)?;
        if first == 1 {
            return Ok(None);
        }
        let stored: Stored = idempotency::table
            .filter(idempotency::owner.eq(self.operation))
            .filter(idempotency::key.eq(&self.key))
            .select(Stored::as_select())
            .first(c)?;
        match stored.request_hash == self.request_hash {
            true => Ok(Some(stored)),
            false => Err(Error::field("Idempotency-Key", "error-idempotency-reused")),
        }
    }
}

/// The answer of a request that is done now.
pub struct NewAnswer<'a> {
    pub row_id: i64,
    pub status: i16,
    /// Without anything that must not be kept.
    pub body: &'a str,
    pub at: DateTime<Utc>,
}

/// The key and time of a new row; of anonymous feedback they say nothing.
pub fn place(anonymous: bool, now: DateTime<Utc>) -> (i64, DateTime<Utc>) {
    if anonymous { (id::random_id(), day_of(now)) } else { (id::new_id(), now) }
}

/// The answer of a request that was done before.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = idempotency)]
pub struct Stored {
    #[diesel(column_name = id)]
    pub row_id: i64,
    pub request_hash: String,
    pub status: i16,
    pub body: String,
}

/// Removes answers that nobody asks for any more; to be run from time to time.
pub fn forget(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(idempotency::table.filter(idempotency::created_at.lt(Ts::from(now - KEPT)))).execute(c)
}
