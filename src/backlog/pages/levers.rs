//! Levers: add, rename, order by number, archive.

use super::admin;
use crate::backlog::levers::{self, Lever};
use crate::error::{Error, Result};
use crate::people::topics::Wording;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "backlog/levers";
const ONE: &str = "backlog/lever";
const PATH: &str = "/admin/levers";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LeverForm {
    name_en: String,
    name_ru: String,
    position: String,
    /// A box that is not ticked is not sent.
    #[serde(default)]
    archived: Option<String>,
}

impl LeverForm {
    fn wording(&self) -> Result<Wording> {
        let position = self.position.trim().parse().map_err(|_| Error::field("position", "error-number"))?;
        Ok(Wording { name_en: self.name_en.clone(), name_ru: self.name_ru.clone(), position })
    }
}

/// `GET /admin/levers`
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let levers = listed(&page).await?;
    let last = levers.iter().map(|lever| lever.position).max().unwrap_or_default();
    let form = LeverForm { position: (last + 1).to_string(), ..LeverForm::default() };
    page.render(LIST, json!({"levers": rows(&page, &levers), "form": form}))
}

/// `POST /admin/levers`
pub async fn add(page: Page, Form(form): Form<LeverForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let added = match form.wording() {
        Ok(wording) => page.app.db.write(move |c| levers::add(c, wording)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(_) => Ok(page.see_other_saying(PATH, "saved")),
        Err(e) => page.form_again(e, LIST, json!({"levers": rows(&page, &listed(&page).await?)}), &form),
    }
}

/// `GET /admin/levers/{id}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let lever = page.app.db.read(move |c| Ok(levers::find(c, id)?)).await?;
    let form = LeverForm {
        name_en: lever.name_en,
        name_ru: lever.name_ru,
        position: lever.position.to_string(),
        archived: lever.archived_at.map(|_| "on".to_owned()),
    };
    page.render(ONE, json!({"id": id.to_string(), "form": form}))
}

/// `POST /admin/levers/{id}`
pub async fn change(page: Page, id: Path<i64>, Form(form): Form<LeverForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (id, now, archived) = (*id, page.now, form.archived.is_some());
    let changed = match form.wording() {
        Ok(wording) => page.app.db.write(move |c| levers::change(c, id, wording, archived, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => Ok(page.see_other_saying(PATH, "saved")),
        Err(e) => page.form_again(e, ONE, json!({"id": id.to_string()}), &form),
    }
}

async fn listed(page: &Page) -> Result<Vec<Lever>> {
    page.app.db.read(|c| Ok(levers::list(c)?)).await
}

fn rows(page: &Page, levers: &[Lever]) -> Vec<Value> {
    let row = |lever: &Lever| {
        json!({
            "id": lever.id.to_string(),
            "name": lever.name(page.lang),
            "position": lever.position,
            "archived": lever.archived_at.is_some(),
        })
    };
    levers.iter().map(row).collect()
}
