//! Topics: add, rename, order by number, archive.

use super::admin;
use crate::error::{Error, Result};
use crate::people::topics::{self, Topic, Wording};
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "people/topics";
const ONE: &str = "people/topic";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TopicForm {
    name_en: String,
    name_ru: String,
    position: String,
    /// A box that is not ticked is not sent.
    #[serde(default)]
    archived: Option<String>,
}

impl TopicForm {
    fn wording(&self) -> Result<Wording> {
        let position = self.position.trim().parse().map_err(|_| Error::field("position", "error-number"))?;
        Ok(Wording { name_en: self.name_en.clone(), name_ru: self.name_ru.clone(), position })
    }
}

/// GET /admin/topics
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let topics = listed(&page).await?;
    let last = topics.iter().map(|topic| topic.position).max().unwrap_or_default();
    let form = TopicForm { position: (last + 10).to_string(), ..TopicForm::default() };
    page.render(LIST, json!({"topics": rows(&topics), "form": form}))
}

/// POST /admin/topics
pub async fn add(page: Page, form: Form<TopicForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let added = match form.0.wording() {
        Ok(wording) => page.app.db.write(move |c| topics::add(c, wording)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(_) => Ok(page.see_other_saying("/admin/topics", "saved")),
        Err(e) => page.form_again(e, LIST, json!({"topics": rows(&listed(&page).await?)}), &form.0),
    }
}

/// GET /admin/topics/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let topic = page.app.db.read(move |c| Ok(topics::find(c, id)?)).await?;
    let form = TopicForm {
        name_en: topic.name_en,
        name_ru: topic.name_ru,
        position: topic.position.to_string(),
        archived: topic.archived_at.map(|_| "on".to_owned()),
    };
    page.render(ONE, json!({"id": id.to_string(), "form": form}))
}

/// POST /admin/topics/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<TopicForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (id, now, archived) = (*id, page.now, form.0.archived.is_some());
    let changed = match form.0.wording() {
        Ok(wording) => page.app.db.write(move |c| topics::change(c, id, wording, archived, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => Ok(page.see_other_saying("/admin/topics", "saved")),
        Err(e) => page.form_again(e, ONE, json!({"id": id.to_string()}), &form.0),
    }
}

async fn listed(page: &Page) -> Result<Vec<Topic>> {
    page.app.db.read(|c| Ok(topics::list(c)?)).await
}

fn rows(topics: &[Topic]) -> Vec<Value> {
    let row = |t: &Topic| {
        json!({
            "id": t.id.to_string(),
            "name_en": t.name_en,
            "name_ru": t.name_ru,
            "slug": t.slug,
            "position": t.position,
            "archived": t.archived_at.is_some(),
        })
    };
    topics.iter().map(row).collect()
}
