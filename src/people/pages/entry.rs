//! Signing in and out, and the language of the pages.

use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::people::model::{clean_email, is_local, next_path};
use crate::people::sign_in::{self, Browser, authenticate, session_cookie, session_token};
use crate::people::store;
use crate::web::forms::{Form, query};
use crate::web::limits::{Limit, check_address};
use crate::web::page::Page;
use crate::web::viewer::{Role, cookie_name};
use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    email: String,
    #[serde(skip_serializing)]
    password: String,
    /// Where the reader was going, base64url.
    #[serde(default)]
    next: String,
}

/// GET /sign-in
pub async fn form(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let next = query::<Wanted>(&req).next;
    match &page.viewer {
        Some(viewer) => Ok(page.see_other(&destination(&next, viewer.role))),
        None => page.render("people/sign-in", json!({"form": SignIn { next, ..SignIn::default() }})),
    }
}

/// POST /sign-in
pub async fn sign_in(page: Page, req: HttpRequest, form: Form<SignIn>) -> Result<HttpResponse> {
    let form = form.0;
    let email = clean_email(&form.email);
    check_address(&req, Limit::SignIn)?;
    page.app.limits.check(Limit::Account, &id::hash(&email))?;
    let again =
        |form: &SignIn| page.form_again(Error::field("email", "error-credentials"), "people/sign-in", json!({}), form);
    let Some(person) = authenticate(&page.app, email, form.password.clone()).await? else { return again(&form) };
    let (browser, now, role) = (Browser::of(&page.app, &req), page.now, person.role);
    let started = page.app.db.write(move |c| sign_in::enter(c, &browser, &person, now)).await?;
    let Some(token) = started else { return again(&form) };
    let mut response = page.see_other(&destination(&form.next, role));
    response.add_cookie(&session_cookie(&page.app, &token)).map_err(Error::internal)?;
    Ok(response)
}

/// Where a reader was going, else where their work is.
fn destination(next: &str, role: Role) -> String {
    let home = if role >= Role::Owner { "/cases" } else { "/" };
    next_path(next).unwrap_or_else(|| home.to_owned())
}

/// POST /sign-out
pub async fn sign_out(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    if let Some(token) = session_token(&page.app, &req) {
        page.app.db.write(move |c| Ok(store::end_session_of(c, &token)?)).await?;
    }
    let mut response = page.see_other_saying("/sign-in", "people-signed-out");
    let mut gone = Cookie::new(cookie_name(page.app.config.http.secure()), "");
    gone.set_path("/");
    gone.set_secure(page.app.config.http.secure());
    response.add_removal_cookie(&gone).map_err(Error::internal)?;
    Ok(response)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    lang: Lang,
    /// The page the reader is on.
    #[serde(default)]
    back: String,
}

/// POST /lang
pub async fn language(page: Page, form: Form<Language>) -> Result<HttpResponse> {
    let lang = form.0.lang;
    if let Some(viewer) = page.viewer.as_ref().filter(|viewer| viewer.lang != lang) {
        let person_id = viewer.id;
        page.app.db.write(move |c| Ok(store::set_lang(c, person_id, lang)?)).await?;
    }
    let back = if is_local(&form.0.back) { form.0.back.as_str() } else { "/" };
    let mut response = page.see_other(back);
    response.add_cookie(&page.language_cookie(lang)).map_err(Error::internal)?;
    Ok(response)
}
