//! Policies: their list in order, each one's form, and presets.

mod form;
mod view;

use super::presets::{self, Preset};
use super::store;
use crate::error::{Error, Result};
use crate::journal::By;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use actix_web::web::Path;
use form::PolicyForm;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "policies/list";
const ONE: &str = "policies/policy";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    direction: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    archived: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PresetForm {
    preset: String,
    team: String,
}

fn admin(page: &Page) -> Result<By> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(By::person(viewer.id))
}

/// GET /admin/policies
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let mut context = listed(&page).await?;
    context["form"] = json!(PresetForm::default());
    page.render(LIST, context)
}

/// GET /admin/policies/new
pub async fn new(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let mut context = alone(&page, None).await?;
    context["form"] = json!(PolicyForm::usual());
    page.render(ONE, context)
}

/// POST /admin/policies
pub async fn add(page: Page, form: Form<PolicyForm>) -> Result<HttpResponse> {
    let (by, now) = (admin(&page)?, page.now);
    let added = match form.0.draft() {
        Ok(draft) => page.app.db.write(move |c| store::add(c, by, draft, now)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(_) => done(&page, "/admin/policies", "saved").await,
        Err(e) => page.form_again(e, ONE, alone(&page, None).await?, &form.0),
    }
}

/// GET /admin/policies/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let (policy, _) = page.app.db.read(move |c| store::find(c, id)).await?;
    let mut context = alone(&page, Some(id)).await?;
    context["form"] = json!(PolicyForm::of(&policy));
    page.render(ONE, context)
}

/// POST /admin/policies/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<PolicyForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let changed = match form.0.draft() {
        Ok(draft) => page.app.db.write(move |c| store::change(c, by, id, draft, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => done(&page, "/admin/policies", "saved").await,
        Err(e) => page.form_again(e, ONE, alone(&page, Some(id)).await?, &form.0),
    }
}

/// POST /admin/policies/{id}/place
pub async fn move_one(page: Page, id: Path<i64>, form: Form<Move>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let up = match form.0.direction.as_str() {
        "up" => true,
        "down" => false,
        _ => return Err(Error::BadRequest("direction is up or down".into())),
    };
    match page.app.db.write(move |c| store::move_one(c, by, id, up, now)).await {
        Ok(()) => done(&page, "/admin/policies", "saved").await,
        Err(e) => page.form_again(e, LIST, listed(&page).await?, PresetForm::default()),
    }
}

/// POST /admin/policies/{id}/archive
pub async fn archive(page: Page, id: Path<i64>, form: Form<Archive>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let write = match form.0.archived.as_str() {
        "on" => store::archive,
        "off" => store::restore,
        _ => return Err(Error::BadRequest("archived is on or off".into())),
    };
    match page.app.db.write(move |c| write(c, by, id, now)).await {
        Ok(()) => done(&page, "/admin/policies", "saved").await,
        Err(e) => {
            let (policy, _) = page.app.db.read(move |c| store::find(c, id)).await?;
            page.form_again(e, ONE, alone(&page, Some(id)).await?, PolicyForm::of(&policy))
        }
    }
}

/// POST /admin/policies/presets
pub async fn add_preset(page: Page, form: Form<PresetForm>) -> Result<HttpResponse> {
    let (by, now) = (admin(&page)?, page.now);
    let added = match form.0.chosen() {
        Ok((preset, team)) => {
            let name = page.t(&format!("policies-preset-{preset}"), &[]);
            page.app.db.write(move |c| presets::add(c, by, preset, name, team, now)).await
        }
        Err(e) => Err(e),
    };
    match added {
        Ok(id) => done(&page, &format!("/admin/policies/{id}"), "policies-preset-added").await,
        Err(e) => page.form_again(e, LIST, listed(&page).await?, &form.0),
    }
}

impl PresetForm {
    fn chosen(&self) -> Result<(Preset, Option<i64>)> {
        let preset = self.preset.parse().map_err(|_| Error::field("preset", "error-choice"))?;
        let team = match self.team.as_str() {
            "" => None,
            typed => Some(typed.parse().map_err(|_| Error::field("team", "error-choice"))?),
        };
        Ok((preset, team))
    }
}

async fn listed(page: &Page) -> Result<Value> {
    let facts = page.app.db.read(view::Facts::read).await?;
    Ok(view::list(page, &facts))
}

/// What the page of one policy shows besides its form.
async fn alone(page: &Page, id: Option<i64>) -> Result<Value> {
    let read = move |c: &mut crate::db::Conn| {
        let found = id.map(|id| store::find(c, id)).transpose()?;
        Ok((found, crate::people::topics::list(c)?))
    };
    let (found, topics) = page.app.db.read(read).await?;
    Ok(view::one(page, found.as_ref(), &topics))
}

/// Goes on; from here on this node promises by the new rules.
async fn done(page: &Page, path: &str, key: &str) -> Result<HttpResponse> {
    page.app.rules.refresh(&page.app.db).await?;
    Ok(page.see_other_saying(path, key))
}
