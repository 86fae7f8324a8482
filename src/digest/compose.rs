//! The council's page of one digest: what it tells, what an editor makes of it, and the way to its readers. What was sent
//! shows what became of it.

mod forms;
mod view;

use super::checks;
use super::content;
use super::draft::{self, Desk};
use super::editions::{self, Edition};
use super::items::edit::{self, Which};
use super::model::Both;
use super::period::Period;
use super::sending::job;
use super::sending::report::{self, Report};
use super::series::{self, Series};
use super::{items, store};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::forms::given;
use crate::web::{Form, Page, Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use forms::{Dropped, Edited, New, Nothing, Said, Worded};
use serde::Serialize;
use serde_json::{Value, json};

const PAGE: &str = "digest/edition";
const NEW: &str = "digest/new";

/// Where somebody works on a digest; the council and administrators may.
fn desk(page: &Page) -> Result<(Viewer, Desk)> {
    let viewer = page.viewer()?.clone();
    viewer.require(Role::Council)?;
    let by = viewer.by();
    Ok((viewer, Desk { by, zone: page.app.config.app.time_zone, now: page.now }))
}

fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::NotFound)
}

fn version(text: &str) -> Result<i32> {
    text.parse().map_err(|_| Error::Conflict("error-changed"))
}

/// `GET /digests/{id}`
pub async fn show(page: Page, id: Path<String>) -> Result<HttpResponse> {
    let context = context(&page, number(&id)?).await?;
    page.render(PAGE, context)
}

async fn context(page: &Page, id: i64) -> Result<Value> {
    let (viewer, desk) = desk(page)?;
    let home = page.app.config.http.url("");
    let seen = page.app.db.read(move |c| Ok(read(c, &desk, id, &home)?)).await?;
    Ok(view::edition(page, &viewer, &seen))
}

/// Everything the page of an edition shows.
struct Seen {
    edition: Edition,
    series: Series,
    content: content::Content,
    /// With those that were dropped.
    items: Vec<items::Item>,
    findings: Vec<checks::Finding>,
    history: Vec<store::Noted>,
    teams: Vec<crate::people::teams::Team>,
    topics: Vec<crate::people::topics::Topic>,
    public: Vec<i64>,
    may_approve: bool,
    report: Report,
}

fn read(c: &mut Conn, desk: &Desk, id: i64, home: &str) -> diesel::QueryResult<Seen> {
    let edition = editions::find(c, id)?;
    let content = content::load(c, &edition, desk.zone, desk.now)?;
    let findings = match edition.until_at {
        None => checks::run(c, &edition, &content, home)?,
        Some(_) => Vec::new(),
    };
    let items = items::current(c, &edition, &content.window)?;
    let changes: Vec<i64> = items.iter().map(|item| item.change_id).collect();
    Ok(Seen {
        series: series::find(c, edition.series_id)?,
        findings,
        history: store::history(c, id)?,
        teams: crate::people::teams::list(c)?,
        topics: crate::people::topics::list(c)?,
        public: store::public(c, &changes)?,
        may_approve: draft::may_approve(c, desk.by, &edition)?,
        report: report::of(c, &edition)?,
        items,
        content,
        edition,
    })
}

/// Says that it was done; or shows the page again with what is wrong and what was typed.
async fn done(page: &Page, id: i64, saved: Result<()>, to: &str, form: impl Serialize) -> Result<HttpResponse> {
    match saved {
        Ok(()) => Ok(page.see_other_saying(&format!("/digests/{id}{to}"), "saved")),
        Err(wrong @ Error::Invalid(_)) => {
            let context = view::typed(context(page, id).await?, &json!(form));
            page.form_again(wrong, PAGE, context, form)
        }
        Err(e) => Err(e),
    }
}

/// `GET /digests/new`
pub async fn new(page: Page) -> Result<HttpResponse> {
    let context = choices(&page).await?;
    page.render(NEW, context)
}

async fn choices(page: &Page) -> Result<Value> {
    desk(page)?;
    let all = page.app.db.read(|c| Ok(series::all(c)?)).await?;
    let open = all.iter().filter(|series| series.closed_at.is_none());
    let choice = |series: &Series| json!({"id": series.id.to_string(), "name": series.name});
    Ok(json!({"series": open.map(choice).collect::<Vec<_>>(), "form": New::default()}))
}

/// `POST /digests`
pub async fn make(page: Page, Form(form): Form<New>) -> Result<HttpResponse> {
    let (_, desk) = desk(&page)?;
    let made = match asked(&form) {
        Ok((series, period)) => page.app.db.write(move |c| draft::make(c, &desk, series, period)).await,
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(edition) => Ok(page.see_other_saying(&format!("/digests/{}", edition.id), "digest-made")),
        Err(wrong) => page.form_again(wrong, NEW, choices(&page).await?, &form),
    }
}

fn asked(form: &New) -> Result<(i64, Option<Period>)> {
    let series = form.series.trim().parse().map_err(|_| Error::field("series", "error-choice"))?;
    let day = |field: &str, typed: &str| typed.trim().parse().map_err(|_| Error::field(field, "error-date"));
    let period = match (given(&form.from), given(&form.to)) {
        (None, None) => None,
        _ => Some(Period::between(day("from", &form.from)?, day("to", &form.to)?)?),
    };
    Ok((series, period))
}

/// `POST /digests/{id}/words`
pub async fn reword(page: Page, id: Path<String>, Form(form): Form<Worded>) -> Result<HttpResponse> {
    let ((_, desk), id) = (desk(&page)?, number(&id)?);
    let version = version(&form.version)?;
    let both = |en: &str, ru: &str| Both { en: en.to_owned(), ru: ru.to_owned() };
    let wording = draft::Wording { intro: both(&form.intro_en, &form.intro_ru), ask: both(&form.ask_en, &form.ask_ru) };
    let saved = page.app.db.write(move |c| draft::reword(c, &desk, id, version, wording)).await;
    done(&page, id, saved, "#words", &form).await
}

fn which(path: &(String, String), typed: &str) -> Result<Which> {
    Ok(Which { edition: number(&path.0)?, version: version(typed)?, change: number(&path.1)? })
}

/// `POST /digests/{id}/items/{change}`
pub async fn change(page: Page, path: Path<(String, String)>, Form(form): Form<Edited>) -> Result<HttpResponse> {
    let (_, desk) = desk(&page)?;
    let which = which(&path, &form.version)?;
    let saved = match form.wanted() {
        Ok(wanted) => page.app.db.write(move |c| edit::change(c, &desk, which, wanted)).await,
        Err(wrong) => Err(wrong),
    };
    done(&page, which.edition, saved, &format!("#item-{}", which.change), form.of(which.change)).await
}

/// `POST /digests/{id}/items/{change}/place`: one up or down.
pub async fn place(page: Page, path: Path<(String, String)>, Form(form): Form<forms::Placed>) -> Result<HttpResponse> {
    let (_, desk) = desk(&page)?;
    let which = which(&path, &form.version)?;
    let up = form.to == "up";
    let saved = page.app.db.write(move |c| edit::step(c, &desk, which, up)).await;
    done(&page, which.edition, saved, &format!("#item-{}", which.change), json!({})).await
}

/// `POST /digests/{id}/items/{change}/dropping`
pub async fn drop(page: Page, path: Path<(String, String)>, Form(form): Form<Dropped>) -> Result<HttpResponse> {
    let (_, desk) = desk(&page)?;
    let which = which(&path, &form.version)?;
    let reason = form.reason.clone();
    let saved = page.app.db.write(move |c| edit::drop(c, &desk, which, &reason)).await;
    done(&page, which.edition, saved, &format!("#item-{}", which.change), form.of(which.change)).await
}

/// `POST /digests/{id}/items/{change}/return`
pub async fn take_back(page: Page, path: Path<(String, String)>, Form(form): Form<Nothing>) -> Result<HttpResponse> {
    let (_, desk) = desk(&page)?;
    let which = which(&path, &form.version)?;
    let saved = page.app.db.write(move |c| edit::take_back(c, &desk, which)).await;
    done(&page, which.edition, saved, &format!("#item-{}", which.change), json!({})).await
}

/// `POST /digests/{id}/submission`
pub async fn submit(page: Page, id: Path<String>, Form(form): Form<Nothing>) -> Result<HttpResponse> {
    let ((_, desk), id, version) = (desk(&page)?, number(&id)?, version(&form.version)?);
    let home = page.app.config.http.url("");
    let saved = page.app.db.write(move |c| draft::submit(c, &desk, id, version, &home)).await;
    done(&page, id, saved, "", json!({})).await
}

/// `POST /digests/{id}/approval`
pub async fn approve(page: Page, id: Path<String>, Form(form): Form<Nothing>) -> Result<HttpResponse> {
    let ((_, desk), id, version) = (desk(&page)?, number(&id)?, version(&form.version)?);
    let saved = page.app.db.write(move |c| draft::approve(c, &desk, id, version)).await;
    if saved.is_ok() {
        job::start(page.app.clone(), id).await?;
    }
    done(&page, id, saved, "", json!({})).await
}

/// `POST /digests/{id}/return`
pub async fn send_back(page: Page, id: Path<String>, Form(form): Form<Said>) -> Result<HttpResponse> {
    let ((_, desk), id, version) = (desk(&page)?, number(&id)?, version(&form.version)?);
    let note = form.note.clone();
    let saved = page.app.db.write(move |c| draft::send_back(c, &desk, id, version, &note)).await;
    done(&page, id, saved, "", &form).await
}

/// `POST /digests/{id}/end`: it is not sent.
pub async fn leave_out(page: Page, id: Path<String>, Form(form): Form<Dropped>) -> Result<HttpResponse> {
    let ((_, desk), id, version) = (desk(&page)?, number(&id)?, version(&form.version)?);
    let reason = form.reason.clone();
    let saved = page.app.db.write(move |c| draft::leave_out(c, &desk, id, version, &reason)).await;
    done(&page, id, saved, "", &form).await
}
