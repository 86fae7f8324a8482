//! Choosing a password by link, and asking for such a link.

use super::link_over;
use crate::error::{Error, Result};
use crate::id;
use crate::people::model::{Purpose, clean_email};
use crate::people::store::Person;
use crate::people::{actions, password};
use crate::web::forms::Form;
use crate::web::limits::{Limit, check_address};
use crate::web::page::Page;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Forgotten {
    email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    password: String,
}

/// GET /password
pub async fn forgotten(page: Page) -> Result<HttpResponse> {
    page.render("people/password-forgotten", json!({"form": Forgotten::default(), "asked": false}))
}

/// POST /password: the same answer for every address.
pub async fn ask(page: Page, req: HttpRequest, form: Form<Forgotten>) -> Result<HttpResponse> {
    let (email, now, http) = (clean_email(&form.0.email), page.now, page.app.config.http.clone());
    check_address(&req, Limit::SignIn)?;
    page.app.limits.check(Limit::Account, &id::hash(&email))?;
    if email.is_empty() {
        let missing = Error::field("email", "error-required");
        return page.form_again(missing, "people/password-forgotten", json!({"asked": false}), &form.0);
    }
    page.app.db.write(move |c| actions::request_reset(c, &http, &email, now)).await?;
    page.render("people/password-forgotten", json!({"form": Forgotten::default(), "asked": true}))
}

/// GET /password/{token}
pub async fn form(page: Page, token: Path<String>) -> Result<HttpResponse> {
    let page = page.unlisted();
    match whose(&page, token.into_inner()).await {
        Ok((purpose, person)) => page.render("people/password", context(purpose, &person)),
        Err(Error::NotFound) => link_over(&page),
        Err(e) => Err(e),
    }
}

/// POST /password/{token}
pub async fn choose(page: Page, req: HttpRequest, token: Path<String>, form: Form<Chosen>) -> Result<HttpResponse> {
    check_address(&req, Limit::SignIn)?;
    let (page, token) = (page.unlisted(), token.into_inner());
    let (purpose, person) = match whose(&page, token.clone()).await {
        Err(Error::NotFound) => return link_over(&page),
        found => found?,
    };
    match save(&page, token, &person, form.0.password).await {
        Ok(()) => Ok(page.see_other_saying("/sign-in", "people-password-saved")),
        Err(Error::NotFound) => link_over(&page),
        Err(e) => page.form_again(e, "people/password", context(purpose, &person), json!({})),
    }
}

async fn whose(page: &Page, token: String) -> Result<(Purpose, Person)> {
    let now = page.now;
    page.app.db.read(move |c| actions::password_link(c, &token, now)).await
}

async fn save(page: &Page, token: String, person: &Person, typed: String) -> Result<()> {
    let own = [&person.name, person.email.as_deref().unwrap_or_default(), &page.app.config.app.name];
    password::check("password", &typed, &own)?;
    let (hash, now, http) = (password::hash_soon(typed).await?, page.now, page.app.config.http.clone());
    page.app.db.write(move |c| actions::choose_password(c, &http, &token, &hash, now)).await
}

fn context(purpose: Purpose, person: &Person) -> Value {
    json!({"purpose": purpose, "name": person.name, "email": person.email})
}
