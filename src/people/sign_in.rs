//! Signing in: the same work and the same answer for whoever cannot, and a new session for whoever can.

use super::password;
use super::store::{self, Person};
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::web::viewer::{cookie_name, start_session};
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::USER_AGENT;
use chrono::{DateTime, Utc};

/// The person with this address and password, if they may sign in.
pub async fn authenticate(app: &App, email: String, password: String) -> Result<Option<Person>> {
    let person = app.db.read(move |c| Ok(store::by_email(c, &email)?)).await?.filter(Person::is_active);
    let stored = person.as_ref().and_then(|p| p.password_hash.clone());
    let right = password::verify(password.clone(), stored.clone()).await?;
    let Some(mut person) = person.filter(|_| right) else { return Ok(None) };
    if stored.as_deref().is_some_and(password::is_outdated) {
        let (id, hash) = (person.id, password::hash_soon(password).await?);
        person.password_hash = Some(hash.clone());
        app.db.write(move |c| Ok(store::set_password_hash(c, id, &hash)?)).await?;
    }
    Ok(Some(person))
}

/// What a browser shows of itself, for starting a session in it.
pub struct Browser {
    agent: String,
    /// The session it has; ended, so that none outlives the change of who is signed in.
    old: Option<String>,
}

impl Browser {
    pub fn of(app: &App, req: &HttpRequest) -> Browser {
        let agent = req.headers().get(USER_AGENT).and_then(|h| h.to_str().ok()).unwrap_or_default();
        Browser { agent: agent.to_owned(), old: session_token(app, req) }
    }

    /// Starts a session of this person in place of the one there was; returns the token for the cookie.
    pub fn enter(&self, c: &mut Conn, person_id: i64, now: DateTime<Utc>) -> Result<String> {
        if let Some(old) = &self.old {
            store::end_session_of(c, old)?;
        }
        Ok(start_session(c, person_id, &self.agent, now)?)
    }
}

/// Starts a session for somebody who gave their password; none if it was changed or they were locked meanwhile.
pub fn enter(c: &mut Conn, browser: &Browser, checked: &Person, now: DateTime<Utc>) -> Result<Option<String>> {
    let person = store::person(c, checked.id)?;
    if !person.is_active() || person.password_hash != checked.password_hash {
        return Ok(None);
    }
    browser.enter(c, person.id, now).map(Some)
}

/// The session token a browser sent.
pub fn session_token(app: &App, req: &HttpRequest) -> Option<String> {
    req.cookie(cookie_name(app.config.http.secure())).map(|cookie| cookie.value().to_owned())
}

/// The cookie that holds a session; it goes when the browser is closed.
pub fn session_cookie(app: &App, token: &str) -> Cookie<'static> {
    let secure = app.config.http.secure();
    Cookie::build(cookie_name(secure), token.to_owned())
        .path("/")
        .secure(secure)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}
