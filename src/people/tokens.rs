//! API tokens: made and taken back by administrators, shown once, stored as their hash.

use super::actions::{note, staff_member};
use super::model::checked_name;
use super::token::{PREFIX, Scope};
use crate::db::Conn;
use crate::db::schema::{api_tokens, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::id;
use crate::journal::By;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

/// A token as administrators see it.
#[derive(Clone, Debug, Queryable)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scopes: String,
    pub person: String,
    pub created_at: Ts,
    pub expires_at: Option<Ts>,
    pub last_used_at: Option<Ts>,
}

/// Makes a token that acts for a person; what is returned is shown once and kept only as its hash.
pub fn create_token(
    c: &mut Conn,
    by: By,
    person_id: i64,
    name: &str,
    scopes: &[Scope],
    expires: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<String> {
    let name = checked_name("name", name)?;
    if scopes.is_empty() {
        return Err(Error::field("scopes", "people-token-scopes-missing"));
    }
    if expires.is_some_and(|at| at <= now) {
        return Err(Error::field("expires", "error-date-past"));
    }
    if !staff_member(c, person_id)?.is_active() {
        return Err(Error::field("email", "error-person"));
    }
    let (token, scopes) = (format!("{PREFIX}{}", id::secret()), words(scopes));
    diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::id.eq(id::new_id()),
            api_tokens::person_id.eq(person_id),
            api_tokens::name.eq(&name),
            api_tokens::token_hash.eq(id::hash(&token)),
            api_tokens::scopes.eq(&scopes),
            api_tokens::created_at.eq(Ts::from(now)),
            api_tokens::expires_at.eq(expires.map(Ts::from)),
        ))
        .execute(c)?;
    note(c, by, person_id, "token_created", json!({"name": name, "scopes": scopes}), now)?;
    Ok(token)
}

fn words(scopes: &[Scope]) -> String {
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
}

/// Takes a token back; from the next request on it opens nothing.
pub fn revoke_token(c: &mut Conn, by: By, token_id: i64, now: DateTime<Utc>) -> Result<()> {
    let valid = api_tokens::table.find(token_id).filter(api_tokens::revoked_at.is_null());
    let (person_id, name): (i64, String) = valid.select((api_tokens::person_id, api_tokens::name)).first(c)?;
    diesel::update(api_tokens::table.find(token_id)).set(api_tokens::revoked_at.eq(Some(Ts::from(now)))).execute(c)?;
    note(c, by, person_id, "token_revoked", json!({"name": name}), now)?;
    Ok(())
}

/// The tokens that were not taken back, newest first.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Token>> {
    api_tokens::table
        .inner_join(people::table)
        .filter(api_tokens::revoked_at.is_null())
        .order((api_tokens::created_at.desc(), api_tokens::id.desc()))
        .select((
            api_tokens::id,
            api_tokens::name,
            api_tokens::scopes,
            people::name,
            api_tokens::created_at,
            api_tokens::expires_at,
            api_tokens::last_used_at,
        ))
        .load(c)
}
