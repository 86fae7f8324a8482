//! The first administrator, through the one-time link that is printed at start.

use super::{choice, langs, link_over};
use crate::error::{Error, Result};
use crate::people::model::NewPerson;
use crate::people::sign_in::{Browser, session_cookie};
use crate::people::{actions, password};
use crate::web::forms::Form;
use crate::web::limits::{Limit, check_address};
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;

const TEMPLATE: &str = "people/setup";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    name: String,
    email: String,
    #[serde(skip_serializing)]
    password: String,
    lang: String,
}

/// GET /setup/{token}
pub async fn form(page: Page, token: Path<String>) -> Result<HttpResponse> {
    let (page, token) = (page.unlisted(), token.into_inner());
    let now = page.now;
    match page.app.db.read(move |c| actions::check_setup(c, &token, now)).await {
        Ok(()) => {
            let form = Setup { lang: page.lang.to_string(), ..Setup::default() };
            page.render(TEMPLATE, json!({"form": form, "langs": langs()}))
        }
        Err(Error::NotFound) => link_over(&page),
        Err(e) => Err(e),
    }
}

/// POST /setup/{token}
pub async fn set_up(page: Page, req: HttpRequest, token: Path<String>, form: Form<Setup>) -> Result<HttpResponse> {
    check_address(&req, Limit::SignIn)?;
    let (page, form) = (page.unlisted(), form.0);
    match first_admin(&page, &req, token.into_inner(), &form).await {
        Ok(session) => {
            let mut response = page.see_other_saying("/admin/people", "people-setup-done");
            response.add_cookie(&session_cookie(&page.app, &session)).map_err(Error::internal)?;
            Ok(response)
        }
        Err(Error::NotFound) => link_over(&page),
        Err(e) => page.form_again(e, TEMPLATE, json!({"langs": langs()}), &form),
    }
}

async fn first_admin(page: &Page, req: &HttpRequest, token: String, form: &Setup) -> Result<String> {
    let new = NewPerson {
        name: form.name.clone(),
        email: form.email.clone(),
        role: Role::Admin,
        team_id: None,
        lang: choice("lang", &form.lang)?,
    };
    let new = new.checked()?;
    password::check("password", &form.password, &[&new.name, &new.email, &page.app.config.app.name])?;
    let hash = password::hash_soon(form.password.clone()).await?;
    let (browser, now) = (Browser::of(&page.app, req), page.now);
    page.app
        .db
        .write(move |c| {
            let person_id = actions::set_up(c, &token, new, hash, now)?;
            browser.enter(c, person_id, now)
        })
        .await
}
