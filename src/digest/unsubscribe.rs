//! The way out, in every digest: a page with one button for people, and the one-click POST of RFC 8058 for mail
//! programs, which send no cookie and want no redirect. Opening the link changes nothing.

use super::{actions, store};
use crate::app::App;
use crate::error::Result;
use crate::secret::Purpose;
use crate::web::Page;
use crate::web::forms;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// Asks.
pub async fn ask(page: Page, token: Path<String>) -> Result<HttpResponse> {
    let person = page.app.secret.open(Purpose::Unsubscribe, &token)?;
    answer_page(page, person, false).await
}

/// Ends the digests, or takes that back, and says so.
pub async fn answer(req: HttpRequest, page: Page, token: Path<String>, body: Payload) -> Result<HttpResponse> {
    let person = page.app.secret.open(Purpose::Unsubscribe, &token)?;
    let undo = wants_undo(&req, &forms::body(body.into_inner()).await?);
    let now = page.app.clock.now();
    page.app
        .db
        .write(move |c| match undo {
            true => actions::resubscribe(c, person, now),
            false => actions::unsubscribe(c, person, now),
        })
        .await?;
    answer_page(page, person, true).await
}

/// Only our own page asks for it; whatever else comes, in whichever encoding, is a mail program's one click.
fn wants_undo(req: &HttpRequest, body: &[u8]) -> bool {
    let kind = req.headers().get(CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded") && body == b"undo=1"
}

async fn answer_page(mut page: Page, person_id: i64, answered: bool) -> Result<HttpResponse> {
    let reader = reader(&page.app, person_id).await?;
    // The language of the mail they come from.
    page.lang = reader.lang;
    let path = page.app.secret.token(Purpose::Unsubscribe, person_id)?;
    let context = json!({
        "path": format!("/unsubscribe/{path}"),
        "email": reader.email,
        "ended": reader.digest_ended_at.is_some(),
        "answered": answered,
    });
    page.unlisted().render("digest/unsubscribe", context)
}

async fn reader(app: &App, person_id: i64) -> Result<super::model::Reader> {
    app.db.read(move |c| Ok(store::reader(c, person_id)?)).await
}
