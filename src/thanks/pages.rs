//! The notes that wait for somebody's words.

use super::actions;
use super::store::{self, Whole};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "thanks/list";
/// Notes that are looked through.
const MOST: i64 = 500;
/// Sent notes stay in the list for so long.
const BACK: Duration = Duration::days(90);

/// A note as it was filled in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    #[serde(default)]
    text: String,
    version: i32,
}

/// `GET /thanks`
pub async fn list(page: Page) -> Result<HttpResponse> {
    let context = context(&page, None).await?;
    page.render(TEMPLATE, context)
}

/// `POST /thanks/{id}`
pub async fn save(page: Page, id: Path<String>, form: Form<Typed>) -> Result<HttpResponse> {
    let typed = form.0.clone();
    act(page, &id, form.0, "saved", move |c, _, viewer, id| actions::reword(c, viewer, id, typed.version, &typed.text))
        .await
}

/// `POST /thanks/{id}/sending`
pub async fn send(page: Page, id: Path<String>, form: Form<Typed>) -> Result<HttpResponse> {
    let typed = form.0.clone();
    act(page, &id, form.0, "thanks-flash-sent", move |c, desk, viewer, id| {
        actions::send(c, desk, viewer, id, typed.version, &typed.text)
    })
    .await
}

/// `POST /thanks/{id}/dropping`
pub async fn drop(page: Page, id: Path<String>, form: Form<Typed>) -> Result<HttpResponse> {
    let version = form.0.version;
    act(page, &id, form.0, "thanks-flash-dropped", move |c, _, viewer, id| actions::drop(c, viewer, id, version)).await
}

async fn act(
    page: Page,
    id: &str,
    typed: Typed,
    saying: &str,
    work: impl FnOnce(&mut Conn, &Desk, &Viewer, i64) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let (viewer, desk) = (page.viewer()?.clone(), Desk::of(&page.app));
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    match page.app.db.write(move |c| work(c, &desk, &viewer, id)).await {
        Ok(()) => Ok(page.see_other_saying("/thanks", saying)),
        Err(e) => {
            let context = context(&page, Some((id, typed.text.clone()))).await?;
            page.form_again(e, TEMPLATE, context, &typed)
        }
    }
}

async fn context(page: &Page, typed: Option<(i64, String)>) -> Result<Value> {
    let (viewer, since) = (page.viewer()?.clone(), page.now - BACK);
    let (drafts, sent) = page
        .app
        .db
        .read(move |c| {
            let own = |all: Vec<Whole>| all.into_iter().filter(|one| one.is_for(&viewer)).collect::<Vec<_>>();
            Ok((own(store::drafts(c, MOST)?), own(store::sent_since(c, since, MOST)?)))
        })
        .await?;
    let wrong = typed.as_ref().map(|(id, _)| *id);
    let text = |one: &Whole| match &typed {
        Some((id, text)) if *id == one.note.id => text.clone(),
        _ => one.note.text.clone(),
    };
    let drafts: Vec<Value> = drafts
        .iter()
        .map(|one| {
            json!({
                "id": one.note.id.to_string(),
                "version": one.note.version,
                "name": one.name,
                "lang": one.lang,
                "change": one.change,
                "what": one.news.text(page.lang),
                "words": one.words,
                "text": text(one),
                "due_at": one.note.due_at,
                "wrong": wrong == Some(one.note.id),
            })
        })
        .collect();
    let sent: Vec<Value> =
        sent.iter().map(|one| json!({"name": one.name, "change": one.change, "sent_at": one.note.sent_at})).collect();
    Ok(json!({"drafts": drafts, "sent": sent}))
}
