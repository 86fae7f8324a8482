//! Views of the backlog that people keep under a name.

use super::list::{self, PATH};
use super::staff;
use crate::backlog::views::Filter;
use crate::backlog::views::filter::Asked;
use crate::cases::queue::saved::{self, Kept, Saved};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub fn list(c: &mut Conn, person_id: i64) -> QueryResult<Vec<Saved>> {
    saved::list(c, person_id, Kept::Changes)
}

/// Links to what is kept.
pub fn shown(kept: &[Saved], filter: &Filter) -> Vec<Value> {
    let here = filter.query();
    let link = |saved: &Saved| {
        let href = Asked::read(&saved.query).filter().address(PATH);
        json!({"id": saved.id.to_string(), "name": saved.name, "href": href, "current": saved.query == here})
    };
    kept.iter().map(link).collect()
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeepForm {
    name: String,
    query: String,
}

/// `POST /changes/views`
pub async fn keep(page: Page, Form(form): Form<KeepForm>) -> Result<HttpResponse> {
    let me = staff(&page)?.id;
    let asked = Asked::read(&form.query);
    // Only what we know of an address is kept.
    let (query, name, now) = (asked.filter().query(), form.name.clone(), page.now);
    match page.app.db.write(move |c| saved::keep(c, me, Kept::Changes, &name, &query, now)).await {
        Ok(()) => Ok(page.see_other_saying(&asked.filter().address(PATH), "queue-kept")),
        Err(e @ Error::Invalid(_)) => list::again(&page, &asked, e, json!({"name": form.name})).await,
        Err(e) => Err(e),
    }
}

/// `POST /changes/views/{id}/deletion`
pub async fn delete(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (me, id) = (staff(&page)?.id, *id);
    page.app.db.write(move |c| saved::delete(c, me, id)).await?;
    Ok(page.see_other_saying(PATH, "queue-filter-deleted"))
}
