//! API tokens: `Authorization: Bearer hrd_…` acts for one person, within the scopes that were given to it.

use crate::app::App;
use crate::db::Conn;
use crate::db::schema::{api_tokens, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::journal::{By, day_of};
use crate::web::viewer::{Role, Viewer, app_of};
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// What a token begins with, so that it is known for one wherever it turns up.
pub const PREFIX: &str = "hrd_";

crate::text_enum! {
    /// What a token may do.
    pub enum Scope {
        FeedbackWrite = "feedback:write",
        FeedbackRead = "feedback:read",
        CasesRead = "cases:read",
        CasesWrite = "cases:write",
        ChangesRead = "changes:read",
        ChangesWrite = "changes:write",
    }
}

/// Reads the scopes of a token as they are stored: words with spaces between.
pub fn parse_scopes(stored: &str) -> Vec<Scope> {
    stored.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// Whoever calls the API: a person, through a token. As an extractor it answers 401 to everybody else.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub token_id: i64,
    /// The person the token acts for; `session_id` is the token's id.
    pub viewer: Viewer,
    scopes: Vec<Scope>,
}

impl Bearer {
    /// Refuses a token without this scope, such as `"cases:read"`.
    pub fn require(&self, scope: &str) -> Result<()> {
        if self.scopes.iter().any(|given| given.as_str() == scope) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// How the journal names the person behind the token.
    pub fn by(&self) -> By {
        self.viewer.by()
    }
}

impl FromRequest for Bearer {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Bearer>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = app_of(&req)?;
            let token = presented(&req).ok_or(Error::SignIn)?.to_owned();
            authenticate(&app, token).await
        })
    }
}

fn presented(req: &HttpRequest) -> Option<&str> {
    let header = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn authenticate(app: &App, token: String) -> Result<Bearer> {
    let now = app.clock.now();
    let found = app.db.read(move |c| Ok(find(c, &token, now)?)).await?;
    let (bearer, used_before) = found.ok_or(Error::SignIn)?;
    // The day is all that is kept of its use, which also spares a write on every call.
    if used_before.is_none_or(|at| at.0 < day_of(now)) {
        let token_id = bearer.token_id;
        app.db.write(move |c| Ok(mark_used(c, token_id, now)?)).await?;
    }
    Ok(bearer)
}

#[derive(Queryable)]
struct TokenRow {
    token_id: i64,
    scopes: String,
    last_used_at: Option<Ts>,
    expires_at: Option<Ts>,
    person_id: i64,
    name: String,
    email: Option<String>,
    role: Role,
    lang: Lang,
    team_id: Option<i64>,
}

fn find(c: &mut Conn, token: &str, now: DateTime<Utc>) -> QueryResult<Option<(Bearer, Option<Ts>)>> {
    let row: Option<TokenRow> = api_tokens::table
        .inner_join(people::table)
        .filter(api_tokens::token_hash.eq(id::hash(token)))
        .filter(api_tokens::revoked_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::role.ne(Role::Contact))
        .select((
            api_tokens::id,
            api_tokens::scopes,
            api_tokens::last_used_at,
            api_tokens::expires_at,
            people::id,
            people::name,
            people::email,
            people::role,
            people::lang,
            people::team_id,
        ))
        .first(c)
        .optional()?;
    Ok(row.filter(|row| row.expires_at.is_none_or(|at| *at > now)).map(TokenRow::into_bearer))
}

impl TokenRow {
    fn into_bearer(self) -> (Bearer, Option<Ts>) {
        let viewer = Viewer {
            id: self.person_id,
            session_id: self.token_id,
            name: self.name,
            email: self.email,
            role: self.role,
            lang: self.lang,
            team_id: self.team_id,
        };
        let scopes = parse_scopes(&self.scopes);
        (Bearer { token_id: self.token_id, viewer, scopes }, self.last_used_at)
    }
}

fn mark_used(c: &mut Conn, token_id: i64, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(api_tokens::table.find(token_id))
        .set(api_tokens::last_used_at.eq(Some(Ts::from(day_of(now)))))
        .execute(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_stored_as_words() {
        assert_eq!(parse_scopes("cases:read changes:write"), [Scope::CasesRead, Scope::ChangesWrite]);
        assert_eq!(parse_scopes("cases:all "), []);
    }
}
