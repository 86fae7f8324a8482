//! Who calls, and which state of a thing they have seen.

use crate::db::Conn;
use crate::db::dialect::lock_row;
use crate::error::{Error, Result};
use crate::people::token::Bearer;
use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, ETAG, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use serde::Serialize;
use std::future::{Future, Ready, ready};
use std::pin::Pin;

/// Somebody with a token, or nobody in particular. A token that is no good is refused, not overlooked.
pub struct Caller(pub Option<Bearer>);

impl FromRequest for Caller {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Caller>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !req.headers().contains_key(AUTHORIZATION) {
            return Box::pin(ready(Ok(Caller(None))));
        }
        let bearer = Bearer::from_request(req, payload);
        Box::pin(async move { Ok(Caller(Some(bearer.await?))) })
    }
}

/// The versions a caller knows (`If-Match`), if they care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen(Option<Vec<i32>>);

impl FromRequest for Seen {
    type Error = Error;
    type Future = Ready<Result<Seen>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let given = req.headers().get_all(IF_MATCH).filter_map(|h| h.to_str().ok()).collect::<Vec<_>>().join(",");
        ready(Ok(Seen::read(&given)))
    }
}

impl Seen {
    fn read(header: &str) -> Seen {
        let tags = header.trim();
        if tags.is_empty() || tags == "*" {
            return Seen(None);
        }
        // What is no version of ours matches none.
        Seen(Some(tags.split(',').filter_map(|tag| tag.trim().trim_matches('"').parse().ok()).collect()))
    }

    /// Holds the row until the transaction ends; refuses when it has another version than the caller saw.
    pub fn check(&self, c: &mut Conn, table: Versioned, id: i64) -> Result<()> {
        let Some(versions) = &self.0 else { return Ok(()) };
        let (name, changed) = match table {
            Versioned::Cases => ("cases", "error-case-changed"),
            Versioned::Changes => ("changes", "error-change-changed"),
        };
        let query = format!("select version from {name} where id = {id}{}", lock_row(c));
        let row: VersionRow = diesel::sql_query(query).get_result(c)?;
        if versions.contains(&row.version) { Ok(()) } else { Err(Error::Conflict(changed)) }
    }
}

/// What has versions.
#[derive(Clone, Copy, Debug)]
pub enum Versioned {
    Cases,
    Changes,
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = Integer)]
    version: i32,
}

/// An answer that says which version it shows.
pub fn versioned(version: i32, body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((ETAG, format!("\"{version}\""))).json(body)
}

/// An id as it came over the wire.
pub fn parse_id(field: &str, text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::field(field, "error-choice"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_is_read_as_versions() {
        assert_eq!(Seen::read(""), Seen(None));
        assert_eq!(Seen::read("*"), Seen(None));
        assert_eq!(Seen::read("\"3\", \"4\""), Seen(Some(vec![3, 4])));
        assert_eq!(Seen::read("W/\"3\""), Seen(Some(vec![])));
    }
}
