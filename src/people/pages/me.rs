//! One's own name, language, password and devices.

use super::{choice, langs};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::people::model::Profile;
use crate::people::sign_in::{Browser, session_cookie};
use crate::people::store::{self, Person, Session};
use crate::people::{actions, agent, password};
use crate::web::forms::Form;
use crate::web::limits::Limit;
use crate::web::page::Page;
use crate::web::viewer::IDLE;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "people/me";
const PATH: &str = "/me/sessions";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileForm {
    name: String,
    lang: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    current: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The id of a session, or "others".
    end: String,
}

/// GET /me/sessions
pub async fn show(page: Page) -> Result<HttpResponse> {
    let (person, sessions) = load(&page).await?;
    page.render(TEMPLATE, context(&page, &sessions, profile_of(&person)))
}

/// POST /me/sessions: ends one session, or all others.
pub async fn end_sessions(page: Page, form: Form<Ended>) -> Result<HttpResponse> {
    let (me, here) = (page.viewer()?.id, page.viewer()?.session_id);
    let end = form.0.end;
    let ended = page.app.db.write(move |c| match end.parse::<i64>() {
        Ok(session) => Ok(store::end_session(c, me, session)?),
        Err(_) if end == "others" => Ok(store::end_sessions(c, me, Some(here))?),
        Err(_) => Err(Error::NotFound),
    });
    ended.await?;
    Ok(page.see_other_saying(PATH, "people-sessions-ended"))
}

/// POST /me/profile
pub async fn save_profile(page: Page, form: Form<ProfileForm>) -> Result<HttpResponse> {
    match store_profile(&page, &form.0).await {
        Ok(lang) => {
            let mut response = page.see_other_saying(PATH, "saved");
            response.add_cookie(&page.language_cookie(lang)).map_err(Error::internal)?;
            Ok(response)
        }
        Err(e) => {
            let (_, sessions) = load(&page).await?;
            page.form_again(e, TEMPLATE, context(&page, &sessions, Value::Null), &form.0)
        }
    }
}

async fn store_profile(page: &Page, form: &ProfileForm) -> Result<Lang> {
    let (me, lang) = (page.viewer()?.id, choice("lang", &form.lang)?);
    let profile = Profile { name: form.name.clone(), lang };
    page.app.db.write(move |c| actions::save_profile(c, me, &profile)).await?;
    Ok(lang)
}

/// POST /me/password: the other devices are signed out, this one gets a new session.
pub async fn save_password(page: Page, req: HttpRequest, form: Form<PasswordForm>) -> Result<HttpResponse> {
    match change_password(&page, &req, form.0).await {
        Ok(session) => {
            let mut response = page.see_other_saying(PATH, "people-password-changed");
            response.add_cookie(&session_cookie(&page.app, &session)).map_err(Error::internal)?;
            Ok(response)
        }
        Err(e) => {
            let (person, sessions) = load(&page).await?;
            page.form_again(e, TEMPLATE, context(&page, &sessions, Value::Null), profile_of(&person))
        }
    }
}

async fn change_password(page: &Page, req: &HttpRequest, form: PasswordForm) -> Result<String> {
    let (viewer, app, now) = (page.viewer()?, &page.app, page.now);
    let email = viewer.email.as_deref().unwrap_or_default();
    app.limits.check(Limit::SignIn, &format!("password {}", viewer.id))?;
    let me = viewer.id;
    let person = app.db.read(move |c| Ok(store::person(c, me)?)).await?;
    if !password::verify(form.current, person.password_hash).await? {
        return Err(Error::field("current", "people-password-wrong"));
    }
    password::check("password", &form.password, &[&person.name, email, &app.config.app.name])?;
    let (hash, browser) = (password::hash_soon(form.password).await?, Browser::of(app, req));
    let (by, http) = (viewer.by(), app.config.http.clone());
    let renewed = app.db.write(move |c| {
        actions::set_password_hash(c, &http, by, me, &hash, now)?;
        browser.enter(c, me, now)
    });
    renewed.await
}

async fn load(page: &Page) -> Result<(Person, Vec<Session>)> {
    let (me, now) = (page.viewer()?.id, page.now);
    page.app.db.read(move |c| Ok((store::person(c, me)?, store::sessions(c, me, now - IDLE, now)?))).await
}

fn profile_of(person: &Person) -> Value {
    json!(ProfileForm { name: person.name.clone(), lang: person.lang.to_string() })
}

fn context(page: &Page, sessions: &[Session], form: Value) -> Value {
    let here = page.viewer.as_ref().map(|viewer| viewer.session_id);
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| {
            json!({
                "id": session.id.to_string(),
                "browser": agent::describe(&session.agent),
                "since": session.created_at,
                "seen": session.seen_at,
                "here": Some(session.id) == here,
            })
        })
        .collect();
    let email = page.viewer.as_ref().and_then(|viewer| viewer.email.clone());
    json!({"form": form, "email": email, "langs": langs(), "several": sessions.len() > 1, "sessions": sessions})
}
