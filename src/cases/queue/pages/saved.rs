//! Keeping filters, and arranging those that are kept.

use super::super::filter::Asked;
use super::super::saved::{self, Kept, MOST, Saved};
use super::super::view::Ask;
use super::super::walk::{self, Count};
use super::BulkForm;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::web::Path;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "cases/filters";

/// What the viewer keeps, with counts. Together they look at no more cases than a few would: the more there are, the
/// earlier each says "12+".
pub fn counted(c: &mut Conn, ask: &Ask) -> QueryResult<Vec<(Saved, Count)>> {
    let kept = saved::list(c, ask.me, Kept::Cases)?;
    let share = kept.len().div_ceil(5) as i64;
    let counted = |kept: Saved| {
        let (view, filter) = kept.meaning();
        let n = walk::count(c, &ask.with(view, filter), share)?;
        Ok((kept, n))
    };
    kept.into_iter().map(counted).collect()
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeepForm {
    name: String,
    query: String,
}

/// `POST /cases/filters`
pub async fn keep(page: Page, form: Form<KeepForm>) -> Result<HttpResponse> {
    let me = staff(&page)?;
    let (now, KeepForm { name, query }) = (page.now, form.0);
    let asked = Asked::read(&query);
    let (typed, back) = (name.clone(), asked.filter().query(asked.view()));
    let first_page = Asked::read(&back);
    // Only what we know of an address is kept.
    let query = back.clone();
    match page.app.db.write(move |c| saved::keep(c, me, Kept::Cases, &name, &query, now)).await {
        Ok(()) => Ok(page.see_other_saying(&format!("/cases?{back}"), "queue-kept")),
        Err(e) => {
            let context = super::context(&page, &first_page, &BulkForm::default()).await?;
            let mut form = context["form"].clone();
            form["name"] = typed.into();
            page.form_again(e, super::TEMPLATE, context, form)
        }
    }
}

/// `GET /cases/filters`
pub async fn list(page: Page) -> Result<HttpResponse> {
    staff(&page)?;
    let context = context(&page, None).await?;
    page.render(TEMPLATE, context)
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RenameForm {
    name: String,
}

/// `POST /cases/filters/{id}`
pub async fn rename(page: Page, id: Path<i64>, form: Form<RenameForm>) -> Result<HttpResponse> {
    let (me, id, typed) = (staff(&page)?, *id, form.0.name.clone());
    match page.app.db.write(move |c| saved::rename(c, me, id, &form.0.name)).await {
        Ok(()) => Ok(page.see_other_saying("/cases/filters", "saved")),
        Err(Error::Invalid(wrong)) => {
            let context = context(&page, Some((id, &typed))).await?;
            page.form_again(Error::Invalid(wrong), TEMPLATE, context, json!({}))
        }
        Err(e) => Err(e),
    }
}

/// `POST /cases/filters/{id}/deletion`
pub async fn delete(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (me, id) = (staff(&page)?, *id);
    page.app.db.write(move |c| saved::delete(c, me, id)).await?;
    Ok(page.see_other_saying("/cases/filters", "queue-filter-deleted"))
}

fn staff(page: &Page) -> Result<i64> {
    let viewer = page.viewer()?;
    Scope::of(viewer)?;
    Ok(viewer.id)
}

/// Every filter of the viewer; `wrong` is the one whose new name cannot stand.
async fn context(page: &Page, wrong: Option<(i64, &str)>) -> Result<Value> {
    let me = staff(page)?;
    let kept = page.app.db.read(move |c| Ok(saved::list(c, me, Kept::Cases)?)).await?;
    let shown = |saved: &Saved| {
        let typed = wrong.filter(|(id, _)| *id == saved.id).map(|(_, typed)| typed);
        let name = typed.unwrap_or(&saved.name);
        json!({"id": saved.id.to_string(), "name": saved.name, "typed": name, "wrong": typed.is_some(), "query": saved.query})
    };
    Ok(json!({"saved": kept.iter().map(shown).collect::<Vec<_>>(), "most": MOST, "form": {}}))
}
