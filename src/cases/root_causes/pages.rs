//! Root causes: add, rename, order by number, archive.

use super::RootCause;
use crate::cases::root_causes;
use crate::error::{Error, Result};
use crate::people::topics::Wording;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "root-causes/list";
const ONE: &str = "root-causes/one";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RootCauseForm {
    name_en: String,
    name_ru: String,
    position: String,
    /// A box that is not ticked is not sent.
    #[serde(default)]
    archived: Option<String>,
}

impl RootCauseForm {
    fn wording(&self) -> Result<Wording> {
        let position = self.position.trim().parse().map_err(|_| Error::field("position", "error-number"))?;
        Ok(Wording { name_en: self.name_en.clone(), name_ru: self.name_ru.clone(), position })
    }
}

fn admin(page: &Page) -> Result<()> {
    page.viewer()?.require(Role::Admin)
}

/// GET /admin/root-causes
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let causes = listed(&page).await?;
    let last = causes.iter().map(|cause| cause.position).max().unwrap_or_default();
    let form = RootCauseForm { position: (last + 10).to_string(), ..RootCauseForm::default() };
    page.render(LIST, json!({"causes": rows(&causes), "form": form}))
}

/// POST /admin/root-causes
pub async fn add(page: Page, form: Form<RootCauseForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let added = match form.0.wording() {
        Ok(wording) => page.app.db.write(move |c| root_causes::add(c, wording)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(_) => Ok(page.see_other_saying("/admin/root-causes", "saved")),
        Err(e) => page.form_again(e, LIST, json!({"causes": rows(&listed(&page).await?)}), &form.0),
    }
}

/// GET /admin/root-causes/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let cause = page.app.db.read(move |c| Ok(root_causes::find(c, id)?)).await?;
    let form = RootCauseForm {
        name_en: cause.name_en,
        name_ru: cause.name_ru,
        position: cause.position.to_string(),
        archived: cause.archived_at.map(|_| "on".to_owned()),
    };
    page.render(ONE, json!({"id": id.to_string(), "form": form}))
}

/// POST /admin/root-causes/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<RootCauseForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (id, now, archived) = (*id, page.now, form.0.archived.is_some());
    let changed = match form.0.wording() {
        Ok(wording) => page.app.db.write(move |c| root_causes::change(c, id, wording, archived, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => Ok(page.see_other_saying("/admin/root-causes", "saved")),
        Err(e) => page.form_again(e, ONE, json!({"id": id.to_string()}), &form.0),
    }
}

async fn listed(page: &Page) -> Result<Vec<RootCause>> {
    page.app.db.read(|c| Ok(root_causes::list(c)?)).await
}

fn rows(causes: &[RootCause]) -> Vec<Value> {
    let row = |t: &RootCause| {
        json!({
            "id": t.id.to_string(),
            "name_en": t.name_en,
            "name_ru": t.name_ru,
            "position": t.position,
            "archived": t.archived_at.is_some(),
        })
    };
    causes.iter().map(row).collect()
}
