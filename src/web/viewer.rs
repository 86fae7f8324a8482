//! Who is looking: the signed-in person behind a session cookie.

use crate::app::App;
use crate::db::Conn;
use crate::db::schema::{people, sessions};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::journal::By;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use std::future::Future;
use std::pin::Pin;

crate::text_enum! {
    /// What a person may do; each role may do what those before it may.
    pub enum Role {
        /// Somebody who wrote to us: gets mail, cannot sign in.
        Contact = "contact",
        /// Gives feedback and follows it.
        Employee = "employee",
        /// Works cases of their team and the backlog.
        Owner = "owner",
        /// Decides about changes, sees every case, sends digests.
        Council = "council",
        /// Runs the product.
        Admin = "admin",
    }
}

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub id: i64,
    pub session_id: i64,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    pub lang: Lang,
    pub team_id: Option<i64>,
}

impl Viewer {
    /// Refuses whoever has less than this role.
    pub fn require(&self, role: Role) -> Result<()> {
        if self.role >= role { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// How the journal names this person.
    pub fn by(&self) -> By {
        By::person(self.id)
    }
}

/// A session ends after this long without a request…
pub const IDLE: Duration = Duration::minutes(30);
/// …and after this long in any case.
pub const LONGEST: Duration = Duration::hours(12);

/// Starts a session; returns the token for the cookie, which is stored only as its hash.
pub fn start_session(c: &mut Conn, person_id: i64, agent: &str, now: DateTime<Utc>) -> QueryResult<String> {
    let token = id::secret();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id::new_id()),
            sessions::token_hash.eq(id::hash(&token)),
            sessions::person_id.eq(person_id),
            sessions::agent.eq(agent.chars().take(200).collect::<String>()),
            sessions::created_at.eq(Ts::from(now)),
            sessions::seen_at.eq(Ts::from(now)),
            sessions::expires_at.eq(Ts::from(now + LONGEST)),
        ))
        .execute(c)?;
    Ok(token)
}

#[derive(Queryable)]
struct SessionRow {
    session_id: i64,
    seen_at: Ts,
    person_id: i64,
    name: String,
    email: Option<String>,
    role: Role,
    lang: Lang,
    team_id: Option<i64>,
}

/// The person behind a session token, and whether the session should be marked as seen.
pub fn find_viewer(c: &mut Conn, token: &str, now: DateTime<Utc>) -> QueryResult<Option<(Viewer, bool)>> {
    let row: Option<SessionRow> = sessions::table
        .inner_join(people::table)
        .filter(sessions::token_hash.eq(id::hash(token)))
        .filter(sessions::expires_at.gt(Ts::from(now)))
        .filter(sessions::seen_at.gt(Ts::from(now - IDLE)))
        .filter(people::disabled_at.is_null())
        .select((
            sessions::id,
            sessions::seen_at,
            people::id,
            people::name,
            people::email,
            people::role,
            people::lang,
            people::team_id,
        ))
        .first(c)
        .optional()?;
    Ok(row.map(|row| {
        // Once a minute is enough to keep a session alive, and spares a write on every page.
        let stale = now - *row.seen_at > Duration::minutes(1);
        let viewer = Viewer {
            id: row.person_id,
            session_id: row.session_id,
            name: row.name,
            email: row.email,
            role: row.role,
            lang: row.lang,
            team_id: row.team_id,
        };
        (viewer, stale)
    }))
}

/// The name of the session cookie: with HTTPS browsers then refuse it from anybody else.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-heard" } else { "heard" }
}

/// Looks up whoever is signed in, if anybody.
pub async fn signed_in(app: &App, req: &HttpRequest) -> Result<Option<Viewer>> {
    let Some(cookie) = req.cookie(cookie_name(app.config.http.secure())) else { return Ok(None) };
    let (token, now) = (cookie.value().to_owned(), app.clock.now());
    let Some((viewer, stale)) = app.db.look_up(move |c| Ok(find_viewer(c, &token, now)?)).await? else {
        return Ok(None);
    };
    if stale {
        touch(app, viewer.session_id, now).await?;
    }
    Ok(Some(viewer))
}

/// Keeps a session alive. A database that takes no changes can still be read.
async fn touch(app: &App, session_id: i64, now: DateTime<Utc>) -> Result<()> {
    let seen = sessions::seen_at.eq(Ts::from(now));
    let touched = app.db.write(move |c| Ok(diesel::update(sessions::table.find(session_id)).set(seen).execute(c)?));
    match touched.await {
        Err(e) if e.outage().is_none() => Err(e),
        _ => Ok(()),
    }
}

impl FromRequest for Viewer {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Viewer>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = app_of(&req)?;
            signed_in(&app, &req).await?.ok_or(Error::SignIn)
        })
    }
}

/// The product behind a request.
pub fn app_of(req: &HttpRequest) -> Result<web::Data<App>> {
    req.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::internal("the app is not mounted"))
}
