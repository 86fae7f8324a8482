//! The chair's buttons. Each goes back to the wall; what cannot be done is said there in words.

use super::{number, viewer, wall, wall_of};
use crate::cases::actions::Desk;
use crate::council::meeting::ruling::Typed;
use crate::council::meeting::{decide, run, seats, votes};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The item a button was pressed for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemForm {
    item: String,
}

/// Does something to a meeting in the viewer's name, and leads back to its wall.
async fn steer(
    page: &Page,
    path: &str,
    verb: impl FnOnce(&mut Conn, &Viewer, i64, DateTime<Utc>) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let (id, me, now) = (number(path)?, viewer(page)?, page.now);
    page.app.db.write(move |c| verb(c, &me, id, now)).await?;
    Ok(page.see_other(&wall_of(id)))
}

/// `POST …/room/start`: starts the meeting, or goes on with one that was ended too early.
pub async fn start(page: Page, path: Path<String>) -> Result<HttpResponse> {
    steer(&page, &path, |c, me, id, now| match run::start(c, me, id, now) {
        Err(Error::Conflict("error-meeting-is-over")) => run::resume(c, me, id, now),
        done => done,
    })
    .await
}

/// `POST …/room/chair`
pub async fn take_chair(page: Page, path: Path<String>) -> Result<HttpResponse> {
    steer(&page, &path, run::take_chair).await
}

/// `POST …/room/item`
pub async fn show(page: Page, path: Path<String>, Form(form): Form<ItemForm>) -> Result<HttpResponse> {
    let item = number(&form.item)?;
    steer(&page, &path, move |c, me, id, now| run::show(c, me, id, item, now)).await
}

/// `POST …/room/vote`
pub async fn open_vote(page: Page, path: Path<String>, Form(form): Form<ItemForm>) -> Result<HttpResponse> {
    let item = number(&form.item)?;
    steer(&page, &path, move |c, me, id, _| votes::open(c, me, id, item)).await
}

/// `POST …/room/tally`
pub async fn reveal(page: Page, path: Path<String>, Form(form): Form<ItemForm>) -> Result<HttpResponse> {
    let item = number(&form.item)?;
    steer(&page, &path, move |c, me, id, _| votes::reveal(c, me, id, item)).await
}

/// A decision and the item it is about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    pub item: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    due_on: String,
    #[serde(default)]
    quick_fix: Option<String>,
    #[serde(default)]
    quota_reason: String,
}

impl DecisionForm {
    pub fn typed(self) -> Typed {
        let DecisionForm { decision, reason, owner, due_on, quick_fix, quota_reason, .. } = self;
        Typed { decision, reason, owner, due_on, quick_fix, quota_reason }
    }
}

/// `POST …/room/decision`
pub async fn decide(page: Page, path: Path<String>, Form(form): Form<DecisionForm>) -> Result<HttpResponse> {
    let (item, typed) = (number(&form.item)?, form.typed());
    let kept = typed.clone();
    match steer(&page, &path, move |c, me, id, now| decide::decide(c, me, id, item, &typed, now)).await {
        Err(wrong @ Error::Invalid(_)) => wall::again(&page, number(&path)?, wrong, &kept).await,
        done => done,
    }
}

/// `POST …/room/ratification`
pub async fn ratify(page: Page, path: Path<String>, Form(form): Form<ItemForm>) -> Result<HttpResponse> {
    let (item, desk) = (number(&form.item)?, Desk::of(&page.app));
    steer(&page, &path, move |c, me, id, _| decide::ratify(c, &desk, me, id, item)).await
}

/// `POST …/room/seats/{member}/free`
pub async fn free(page: Page, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (meeting, member) = path.into_inner();
    let member = number(&member)?;
    steer(&page, &meeting, move |c, me, id, now| seats::free(c, me, id, member, now)).await
}

/// `POST …/room/end`: the minutes come next.
pub async fn end(page: Page, path: Path<String>) -> Result<HttpResponse> {
    steer(&page, &path, run::end).await?;
    Ok(page.see_other(&format!("/council/meetings/{}/minutes", number(&path)?)))
}
