//! The series, as administrators set them up.

mod form;

use super::{Series, edit, rule};
use crate::cases::actions::Desk;
use crate::council::words;
use crate::error::{Error, Result};
use crate::sla;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::{Path, ServiceConfig, post, resource};
use form::SeriesForm;
use serde_json::{Value, json};

const LIST: &str = "digest/series";
const FORM: &str = "digest/series-form";
const HOME: &str = "/admin/digests";
/// So many dates are shown.
const PREVIEW: usize = 6;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource(HOME).get(list))
        .service(resource("/admin/digests/new").get(new).post(create))
        .service(resource("/admin/digests/{series}").get(show).post(save))
        .route("/admin/digests/{series}/closing", post().to(close))
        .route("/admin/digests/{series}/opening", post().to(reopen));
}

fn admin(page: &Page) -> Result<Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(viewer.clone())
}

/// GET /admin/digests
async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let desk = Desk::of(&page.app);
    let all = page.app.db.read(|c| Ok(super::all(c)?)).await?;
    let rows = all.iter().map(|series| row(&page, &desk, series)).collect::<Result<Vec<Value>>>()?;
    page.render(LIST, json!({"series": rows}))
}

fn row(page: &Page, desk: &Desk, series: &Series) -> Result<Value> {
    let zone = series.zone()?;
    let next = match series.closed_at {
        None => series.dates(desk, page.now.max(*series.since), 1)?.pop(),
        Some(_) => None,
    };
    Ok(json!({
        "id": series.id.to_string(),
        "name": series.name,
        "audience": series.audience,
        "rule": rule::in_words(page.lang, series.rule.as_deref()),
        "next": next.map(|date| words::when(page.lang, zone, date.at)),
        "closed_at": series.closed_at,
    }))
}

/// GET /admin/digests/new
async fn new(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let form = SeriesForm::usual(page.app.config.app.time_zone);
    shown(&page, None, &form, false).await
}

/// POST /admin/digests/new
async fn create(page: Page, form: Form<SeriesForm>) -> Result<HttpResponse> {
    let (by, now, form) = (admin(&page)?.by(), page.now, form.0);
    let wanted = match form.wanted(now) {
        Ok(_) if form.is_preview() => return shown(&page, None, &form, true).await,
        Ok(wanted) => wanted,
        Err(e) => return again(&page, None, &form, e).await,
    };
    match page.app.db.write(move |c| edit::add(c, by, wanted, now)).await {
        Ok(_) => Ok(page.see_other_saying(HOME, "saved")),
        Err(e) => again(&page, None, &form, e).await,
    }
}

/// GET /admin/digests/{series}
async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let series = page.app.db.read(move |c| Ok(super::find(c, id)?)).await?;
    shown(&page, Some(&series), &SeriesForm::of(&series), false).await
}

/// POST /admin/digests/{series}
async fn save(page: Page, id: Path<i64>, form: Form<SeriesForm>) -> Result<HttpResponse> {
    let (by, now, form, id) = (admin(&page)?.by(), page.now, form.0, *id);
    let series = page.app.db.read(move |c| Ok(super::find(c, id)?)).await?;
    let wanted = match form.wanted(now) {
        Ok(_) if form.is_preview() => return shown(&page, Some(&series), &form, true).await,
        Ok(wanted) => wanted,
        Err(e) => return again(&page, Some(&series), &form, e).await,
    };
    let version = form.version.parse().map_err(|_| Error::Conflict("error-series-changed"))?;
    match page.app.db.write(move |c| edit::change(c, by, id, version, wanted, now)).await {
        Ok(()) => Ok(page.see_other_saying(HOME, "saved")),
        Err(e) => again(&page, Some(&series), &form, e).await,
    }
}

/// POST /admin/digests/{series}/closing
async fn close(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (by, desk, id) = (admin(&page)?.by(), Desk::of(&page.app), *id);
    page.app.db.write(move |c| edit::close(c, &desk, by, id)).await?;
    Ok(page.see_other_saying(HOME, "series-closed"))
}

/// POST /admin/digests/{series}/opening
async fn reopen(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (by, now, id) = (admin(&page)?.by(), page.now, *id);
    page.app.db.write(move |c| edit::reopen(c, by, id, now)).await?;
    Ok(page.see_other_saying(HOME, "saved"))
}

async fn shown(page: &Page, series: Option<&Series>, form: &SeriesForm, previewed: bool) -> Result<HttpResponse> {
    let mut context = context(page, series, form).await?;
    context["form"] = json!(form);
    context["previewed"] = json!(previewed);
    page.render(FORM, context)
}

async fn again(page: &Page, series: Option<&Series>, form: &SeriesForm, wrong: Error) -> Result<HttpResponse> {
    page.form_again(wrong, FORM, context(page, series, form).await?, form)
}

async fn context(page: &Page, series: Option<&Series>, form: &SeriesForm) -> Result<Value> {
    let (calendars, teams) =
        page.app.db.read(|c| Ok((sla::store::choices(c)?, crate::people::teams::list(c)?))).await?;
    let calendars: Vec<Value> = calendars.into_iter().map(|(id, name)| choice(id, &name)).collect();
    let teams: Vec<Value> = teams.iter().map(|team| choice(team.id, &team.name)).collect();
    Ok(json!({
        "id": series.map(|series| series.id.to_string()),
        "closed": series.is_some_and(|series| series.closed_at.is_some()),
        "calendars": calendars,
        "teams": teams,
        "zones": chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect::<Vec<_>>(),
        "audiences": crate::digest::model::Audience::ALL,
        "oftens": rule::Often::ALL,
        "moves": crate::digest::model::Moves::ALL,
        "weekdays": form::WEEKDAYS,
        "previewed": false,
        "dates": dates(page, series, form),
    }))
}

fn choice(id: i64, name: &str) -> Value {
    json!({"id": id.to_string(), "name": name})
}

/// The next dates in words, with what was moved; none while something is wrong with the form.
fn dates(page: &Page, series: Option<&Series>, form: &SeriesForm) -> Vec<Value> {
    let (Ok(wanted), desk) = (form.wanted(page.now), Desk::of(&page.app)) else { return Vec::new() };
    let zone = wanted.zone;
    let Ok(wanted) = edit::previewed(series, wanted, page.now) else { return Vec::new() };
    let said = |at| words::when(page.lang, zone, at);
    let moved = |date: &crate::council::dates::Date| {
        (date.at != date.slot).then(|| crate::i18n::day(page.lang, zone, date.slot))
    };
    let dates = wanted.dates(&desk, page.now, PREVIEW).unwrap_or_default();
    dates.iter().map(|date| json!({"when": said(date.at), "instead_of": moved(date)})).collect()
}
