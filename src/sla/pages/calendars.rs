//! Calendars: when teams work, and on which dates they do otherwise.

mod form;
mod view;

use super::admin;
use crate::error::{Error, Result};
use crate::sla::holidays::Holidays;
use crate::sla::store::{self, Imported, Kept};
use crate::web::forms::{Form, query};
use crate::web::page::Page;
use crate::web::upload::Upload;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use form::{CalendarForm, ExceptionForm, HolidaysForm};
use serde_json::{Value, json};

const LIST: &str = "sla/calendars";
const ONE: &str = "sla/calendar";

/// GET /admin/calendars
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let (kept, teams) = page.app.db.read(|c| Ok((store::list(c)?, store::teams_by_calendar(c)?))).await?;
    let rows = kept.iter().map(|kept| view::row(&page, kept, teams.get(&kept.id))).collect::<Result<Vec<Value>>>()?;
    page.render(LIST, json!({"calendars": rows}))
}

/// GET /admin/calendars/new
pub async fn new(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let form = CalendarForm::usual(page.app.config.app.time_zone);
    let meaning = view::meaning(&page, &form.calendar()?, page.app.config.app.time_zone);
    page.render(ONE, view::new(&form, Some(meaning))?)
}

/// POST /admin/calendars
pub async fn add(page: Page, form: Form<CalendarForm>) -> Result<HttpResponse> {
    let (by, now) = (admin(&page)?, page.now);
    let added = match form.0.named() {
        Ok(named) => page.app.db.write(move |c| store::add(c, by, named, now)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(id) => said(&page, id, "saved").await,
        Err(e) => page.form_again(e, ONE, view::new(&form.0, None)?, &form.0),
    }
}

/// GET /admin/calendars/{id}
pub async fn show(page: Page, id: Path<i64>, req: HttpRequest) -> Result<HttpResponse> {
    admin(&page)?;
    let kept = found(&page, *id).await?;
    let mut context = view::shown(&page, &kept)?;
    context["imported"] = query::<view::Report>(&req).said();
    page.render(ONE, context)
}

/// POST /admin/calendars/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<CalendarForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let changed = match form.0.named() {
        Ok(named) => page.app.db.write(move |c| store::change(c, by, id, named, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => said(&page, id, "saved").await,
        Err(e) => again(&page, id, e, json!(form.0)).await,
    }
}

/// POST /admin/calendars/{id}/default
pub async fn make_default(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    page.app.db.write(move |c| store::make_default(c, by, id, now)).await?;
    said(&page, id, "saved").await
}

/// POST /admin/calendars/{id}/removal
pub async fn remove(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    page.app.db.write(move |c| store::remove(c, by, id, now)).await?;
    page.app.rules.refresh(&page.app.db).await?;
    Ok(page.see_other_saying("/admin/calendars", "sla-calendar-removed"))
}

/// POST /admin/calendars/{id}/exceptions
pub async fn except(page: Page, id: Path<i64>, form: Form<ExceptionForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let added = match form.0.exception() {
        Ok(exception) => page.app.db.write(move |c| store::except(c, by, id, exception, now)).await,
        Err(e) => Err(e),
    };
    match added {
        Ok(()) => said(&page, id, "saved").await,
        Err(e) => again(&page, id, e, json!(form.0)).await,
    }
}

/// POST /admin/calendars/{id}/exceptions/{on}/removal
pub async fn unexcept(page: Page, path: Path<(i64, String)>) -> Result<HttpResponse> {
    let (by, now) = (admin(&page)?, page.now);
    let (id, on) = path.into_inner();
    let on: NaiveDate = on.parse().map_err(|_| Error::NotFound)?;
    page.app.db.write(move |c| store::unexcept(c, by, id, on, now)).await?;
    said(&page, id, "sla-exception-removed").await
}

/// POST /admin/calendars/{id}/holidays
pub async fn import(page: Page, id: Path<i64>, upload: Upload<HolidaysForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let Upload { form, files } = upload;
    let done = match form.holidays(files, now.date_naive()) {
        Ok(Holidays { days, timed, odd }) => {
            let write = page.app.db.write(move |c| store::import(c, by, id, days, now)).await;
            write.map(|Imported { added, known }| view::Report { added: Some(added), known, timed, odd })
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(report) => {
            page.app.rules.refresh(&page.app.db).await?;
            Ok(page.see_other(&format!("/admin/calendars/{id}?{}", report.query()?)))
        }
        Err(e) => again(&page, id, e, json!(form)).await,
    }
}

async fn found(page: &Page, id: i64) -> Result<Kept> {
    page.app.db.read(move |c| store::find(c, id)).await
}

/// The page once more, with one of its forms as it was typed.
async fn again(page: &Page, id: i64, error: Error, typed: Value) -> Result<HttpResponse> {
    let mut context = view::shown(page, &found(page, id).await?)?;
    let mut form = context["form"].take();
    for (field, value) in typed.as_object().into_iter().flatten() {
        form[field] = value.clone();
    }
    page.form_again(error, ONE, context, form)
}

/// Back to the page; from here on this node counts by the new rules.
async fn said(page: &Page, id: i64, key: &str) -> Result<HttpResponse> {
    page.app.rules.refresh(&page.app.db).await?;
    Ok(page.see_other_saying(&format!("/admin/calendars/{id}"), key))
}
