//! The small forms on the page of a change: its checklist, its discussion, its facts.

use super::change::{Typed, again};
use super::{address, reference, staff};
use crate::backlog::store::{self, Change};
use crate::backlog::{articles, checklist, facts, talk};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::journal::By;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

/// Does something to a change and goes back to that part of its page.
async fn act(
    page: &Page,
    change: &str,
    part: &str,
    typed: Typed,
    work: impl FnOnce(&mut Conn, &Desk, By, Change) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let (viewer, change) = (staff(page)?, reference(change)?);
    let (desk, name) = (Desk::of(&page.app), change.clone());
    let done = page.app.db.write(move |c| {
        let change = store::find(c, &name)?;
        work(c, &desk, viewer.by(), change)
    });
    match done.await {
        Ok(()) => Ok(page.see_other(&format!("{}#{part}", address(&change)))),
        Err(e) => again(page, &change, e, typed).await,
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepForm {
    step: String,
}

/// `POST /changes/{change}/steps`
pub async fn add_step(page: Page, path: Path<String>, Form(form): Form<StepForm>) -> Result<HttpResponse> {
    let typed = Typed { step: form.step.clone(), ..Typed::default() };
    act(&page, &path, "steps", typed, move |c, _, _, change| checklist::add(c, &change, &form.step)).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TickForm {
    /// done, open or gone
    state: String,
}

/// `POST /changes/{change}/steps/{step}`
pub async fn tick(page: Page, path: Path<(String, i64)>, Form(form): Form<TickForm>) -> Result<HttpResponse> {
    let (change, step) = path.into_inner();
    act(&page, &change, "steps", Typed::default(), move |c, desk, by, change| match form.state.as_str() {
        "done" => checklist::tick(c, desk, by, &change, step, true),
        "open" => checklist::tick(c, desk, by, &change, step, false),
        "gone" => checklist::remove(c, &change, step),
        _ => Err(Error::field("step", "error-choice")),
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteForm {
    note: String,
}

/// `POST /changes/{change}/notes`
pub async fn say(page: Page, path: Path<String>, Form(form): Form<NoteForm>) -> Result<HttpResponse> {
    let typed = Typed { note: form.note.clone(), ..Typed::default() };
    act(&page, &path, "talk", typed, move |c, desk, by, change| talk::say(c, desk, by, &change, &form.note)).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactForm {
    fact: String,
    fact_kind: facts::Kind,
    #[serde(default)]
    fact_url: String,
}

/// `POST /changes/{change}/facts`
pub async fn add_fact(page: Page, path: Path<String>, Form(form): Form<FactForm>) -> Result<HttpResponse> {
    let typed = Typed {
        fact: form.fact.clone(),
        fact_url: form.fact_url.clone(),
        fact_kind: form.fact_kind.to_string(),
        ..Typed::default()
    };
    act(&page, &path, "facts", typed, move |c, desk, by, change| {
        facts::add(c, desk, by, &change, form.fact_kind, &form.fact, &form.fact_url)
    })
    .await
}

/// `POST /changes/{change}/facts/{fact}/remove`
pub async fn remove_fact(page: Page, path: Path<(String, i64)>) -> Result<HttpResponse> {
    let (change, fact) = path.into_inner();
    act(&page, &change, "facts", Typed::default(), move |c, desk, by, change| facts::remove(c, desk, by, &change, fact))
        .await
}

/// `POST /changes/{change}/review`: somebody read the article again and it is right.
pub async fn review(page: Page, path: Path<String>) -> Result<HttpResponse> {
    act(&page, &path, "article", Typed::default(), articles::reviewed).await
}
