//! Teams: add and rename.

use super::admin;
use crate::error::Result;
use crate::people::teams;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "people/teams";
const ONE: &str = "people/team";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TeamForm {
    name: String,
}

/// GET /admin/teams
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let teams = listed(&page).await?;
    page.render(LIST, json!({"teams": teams, "form": TeamForm::default()}))
}

/// POST /admin/teams
pub async fn add(page: Page, form: Form<TeamForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (name, now) = (form.0.name.clone(), page.now);
    match page.app.db.write(move |c| teams::add(c, &name, now)).await {
        Ok(_) => Ok(page.see_other_saying("/admin/teams", "saved")),
        Err(e) => page.form_again(e, LIST, json!({"teams": listed(&page).await?}), &form.0),
    }
}

/// GET /admin/teams/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let name = page.app.db.read(move |c| Ok(teams::name(c, id)?)).await?;
    page.render(ONE, json!({"id": id.to_string(), "form": TeamForm { name }}))
}

/// POST /admin/teams/{id}
pub async fn rename(page: Page, id: Path<i64>, form: Form<TeamForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (id, name) = (*id, form.0.name.clone());
    match page.app.db.write(move |c| teams::rename(c, id, &name)).await {
        Ok(()) => Ok(page.see_other_saying("/admin/teams", "saved")),
        Err(e) => page.form_again(e, ONE, json!({"id": id.to_string()}), &form.0),
    }
}

async fn listed(page: &Page) -> Result<Vec<Value>> {
    let teams = page.app.db.read(|c| Ok(teams::list(c)?)).await?;
    Ok(teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name, "members": t.members})).collect())
}
