//! Sets of weights: add, change, put to use, delete.

use super::admin;
use super::fields::number;
use crate::backlog::weights::{self, WeightSet};
use crate::config::Weights;
use crate::error::{Error, Result};
use crate::i18n;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "backlog/weights";
const ONE: &str = "backlog/weight-set";
const PATH: &str = "/admin/weights";

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeightsForm {
    name: String,
    ex: String,
    cx: String,
}

impl WeightsForm {
    fn weights(&self) -> Result<Weights> {
        let mut wrong = Vec::new();
        let (ex, cx) = (number("ex", &self.ex, &mut wrong), number("cx", &self.cx, &mut wrong));
        match (ex, cx) {
            (Some(ex), Some(cx)) => Ok(Weights { ex, cx }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

/// `GET /admin/weights`
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let mut context = listed(&page).await?;
    context["form"] = json!(WeightsForm { ex: "1".into(), cx: "1".into(), ..WeightsForm::default() });
    page.render(LIST, context)
}

/// `POST /admin/weights`
pub async fn add(page: Page, Form(form): Form<WeightsForm>) -> Result<HttpResponse> {
    admin(&page)?;
    match keep(&page, None, &form).await {
        Ok(()) => Ok(page.see_other_saying(PATH, "saved")),
        Err(e) => page.form_again(e, LIST, listed(&page).await?, &form),
    }
}

/// `GET /admin/weights/{id}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let set = found(&page, *id).await?;
    let shown = |weight: f64| i18n::number(page.lang, weight);
    let form = WeightsForm { name: set.name.clone(), ex: shown(set.ex), cx: shown(set.cx) };
    page.render(ONE, json!({"id": set.id.to_string(), "in_use": set.in_use, "form": form}))
}

/// `POST /admin/weights/{id}`
pub async fn change(page: Page, id: Path<i64>, Form(form): Form<WeightsForm>) -> Result<HttpResponse> {
    admin(&page)?;
    match keep(&page, Some(*id), &form).await {
        Ok(()) => Ok(page.see_other_saying(PATH, "saved")),
        Err(e) => {
            let set = found(&page, *id).await?;
            page.form_again(e, ONE, json!({"id": set.id.to_string(), "in_use": set.in_use}), &form)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UseForm {
    /// Empty for the weights of the settings.
    set: String,
}

/// `POST /admin/weights/use`
pub async fn put_to_use(page: Page, Form(form): Form<UseForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = match form.set.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::NotFound)?),
    };
    page.app.db.write(move |c| weights::put_to_use(c, id)).await?;
    Ok(page.see_other_saying(PATH, "views-weights-put"))
}

/// `POST /admin/weights/{id}/deletion`
pub async fn delete(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    page.app.db.write(move |c| weights::delete(c, id)).await?;
    Ok(page.see_other_saying(PATH, "views-weights-deleted"))
}

async fn keep(page: &Page, id: Option<i64>, form: &WeightsForm) -> Result<()> {
    let (weights, name) = (form.weights()?, form.name.clone());
    let (by, now) = (page.viewer()?.by(), page.now);
    page.app.db.write(move |c| weights::keep(c, id, &name, weights, by, now).map(|_| ())).await
}

async fn found(page: &Page, id: i64) -> Result<WeightSet> {
    page.app.db.read(move |c| Ok(weights::find(c, id)?)).await
}

async fn listed(page: &Page) -> Result<Value> {
    let sets = page.app.db.read(|c| Ok(weights::list(c)?)).await?;
    let settings = page.app.config.priority;
    let row = |set: &WeightSet| json!({"id": set.id.to_string(), "name": set.name, "ex": set.ex, "cx": set.cx, "in_use": set.in_use});
    let own = !sets.iter().any(|set| set.in_use);
    Ok(json!({
        "sets": sets.iter().map(row).collect::<Vec<_>>(),
        "settings": {"ex": settings.ex, "cx": settings.cx, "in_use": own},
    }))
}
