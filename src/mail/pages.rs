//! The outbox for admins: what was written to whom, how far it got, and, where no server is set, the local mailbox.

use super::outbox::{self, Mail};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::web::forms::query;
use crate::web::paging::{self, Cursor};
use crate::web::viewer::{Role, Viewer};
use crate::web::{Form, Page};
use actix_web::web::{Path, ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

const PAGE: usize = 50;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/outbox").route(get().to(list)))
        .service(resource("/outbox/{id}").route(get().to(one)))
        .service(resource("/outbox/{id}/html").route(get().to(html)))
        .service(resource("/outbox/{id}/retry").route(post().to(retry)));
}

#[derive(Default, Deserialize)]
struct ListQuery {
    after: Option<String>,
}

async fn list(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let query: ListQuery = query(&req);
    let before = query.after.as_deref().map(Cursor::decode).transpose()?.map(|place| (Ts::from(place.at), place.id));
    let mails = page.app.db.read(move |c| Ok(outbox::newest(c, before, PAGE as i64 + 1)?)).await?;
    let (mails, next) = paging::split(mails, PAGE, |mail| Cursor { at: *mail.created_at, id: mail.id });
    let stopped = page.app.mailer.stopped(page.now).map(|stopped| stopped.reason);
    page.render(
        "outbox/list",
        json!({
            "mails": mails.iter().map(|mail| line(&page, mail)).collect::<Vec<_>>(),
            "local": page.app.mailer.is_local(),
            "stopped": stopped,
            "next": next.map(|next| format!("/outbox?after={next}")),
            "previous": query.after.is_some().then_some("/outbox"),
        }),
    )
}

fn line(page: &Page, mail: &Mail) -> Value {
    // A mail that cannot be rendered is shown all the same: its state says why.
    let subject = page.app.mailer.render(mail).map_or_else(|e| e.to_string(), |words| words.subject);
    json!({
        "id": mail.id.to_string(),
        "subject": subject,
        "to": mail.address,
        "status": mail.status,
        "created_at": mail.created_at,
        "sent_at": mail.sent_at,
        "reply": mail.reply,
        "attempts": mail.attempts,
    })
}

async fn one(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let mail = page.app.db.read(move |c| Ok(outbox::find(c, *id)?)).await?;
    let words = page.app.mailer.render(&mail)?;
    page.render(
        "outbox/mail",
        json!({"mail": line(&page, &mail), "subject": words.subject, "text": words.text, "failed": mail.status == outbox::Status::Failed}),
    )
}

/// The HTML part alone, for a frame in which nothing can run.
async fn html(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let mail = page.app.db.read(move |c| Ok(outbox::find(c, *id)?)).await?;
    let words = page.app.mailer.render(&mail)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("x-mail-frame", "1"))
        .body(words.html))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn retry(page: Page, viewer: Viewer, id: Path<i64>, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Admin)?;
    let (mail, now) = (*id, page.now);
    match page.app.db.write(move |c| Ok(outbox::retry_failed(c, mail, now)?)).await? {
        true => Ok(page.see_other_saying(&format!("/outbox/{mail}"), "mail-will-be-tried")),
        false => Err(Error::NotFound),
    }
}
