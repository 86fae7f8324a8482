//! One mail: its state in plain words, every try of it, and what can be done about it.

use super::line;
use crate::error::Result;
use crate::i18n;
use crate::mail::outbox::{self, CANCELLED, DISABLED, Mail, Status, Try, UNDELIVERABLE, UNSUBSCRIBED};
use crate::mail::returned::CORRECTED;
use crate::web::viewer::{Role, Viewer};
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use serde_json::{Value, json};

/// A form that says all by being sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// GET /outbox/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let (mail, tries) = page.app.db.read(move |c| Ok((outbox::find(c, *id)?, outbox::tries(c, *id)?))).await?;
    let words = page.app.mailer.render(&mail);
    let shown = line(&page, &mail);
    page.render(
        "outbox/mail",
        json!({
            "subject": shown["subject"],
            "mail": shown,
            "explained": explained(&page, &mail, &tries),
            "tries": tries.iter().rev().map(|one| tried(&page, one)).collect::<Vec<_>>(),
            "text": words.as_ref().ok().map(|words| &words.text),
            "unreadable": words.as_ref().err().map(ToString::to_string),
            "waits": is_under_way(&mail),
            "can_retry": mail.can_be_retried(),
            "can_cancel": mail.can_be_cancelled(),
        }),
    )
}

/// The HTML part alone, for a frame in which nothing can run.
pub async fn html(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let mail = page.app.db.read(move |c| Ok(outbox::find(c, *id)?)).await?;
    let words = page.app.mailer.render(&mail)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("x-mail-frame", "1"))
        .body(words.html))
}

/// POST /outbox/{id}/retry
pub async fn retry(page: Page, viewer: Viewer, id: Path<i64>, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Admin)?;
    let (id, now) = (*id, page.now);
    page.app.db.write(move |c| outbox::retry(c, id, now)).await?;
    Ok(page.see_other_saying(&format!("/outbox/{id}"), "mail-will-be-tried"))
}

/// POST /outbox/{id}/cancellation
pub async fn cancel(page: Page, viewer: Viewer, id: Path<i64>, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Admin)?;
    let (id, now) = (*id, page.now);
    page.app.db.write(move |c| outbox::cancel(c, id, now)).await?;
    Ok(page.see_other_saying(&format!("/outbox/{id}"), "mail-cancelled"))
}

fn is_under_way(mail: &Mail) -> bool {
    matches!(mail.status, Status::Queued | Status::Leased)
}

/// The state in a sentence.
fn explained(page: &Page, mail: &Mail, tries: &[Try]) -> String {
    let twice = tries.iter().any(|one| one.outcome == "unknown");
    let reply = mail.reply.as_deref().unwrap_or_default();
    let key = match mail.status {
        Status::Queued if *mail.next_at > page.now => "outbox-is-put-off",
        Status::Queued => "outbox-is-queued",
        Status::Leased => "outbox-is-leased",
        Status::Sent if twice => "outbox-is-sent-twice",
        Status::Sent if page.app.mailer.is_local() => "outbox-is-kept",
        Status::Sent => "outbox-is-sent",
        Status::Retry => "outbox-is-retry",
        Status::Unknown => "outbox-is-unknown",
        Status::Failed if twice => "outbox-is-failed-unknown",
        Status::Failed => "outbox-is-failed",
        Status::Suppressed => match reply {
            DISABLED => "outbox-is-disabled",
            UNSUBSCRIBED => "outbox-is-unsubscribed",
            CANCELLED => "outbox-is-cancelled",
            _ => "outbox-is-undeliverable",
        },
    };
    page.t(key, &[])
}

/// What is written in a row: our own words in the reader's language, a server's as they are.
pub fn in_words(page: &Page, reply: &str) -> String {
    match reply {
        DISABLED => page.t("outbox-reply-disabled", &[]),
        UNSUBSCRIBED => page.t("outbox-reply-unsubscribed", &[]),
        CANCELLED => page.t("outbox-reply-cancelled", &[]),
        CORRECTED => page.t("outbox-reply-corrected", &[]),
        other => match other.strip_prefix(UNDELIVERABLE) {
            Some(said) => format!("{} {said}", page.t("outbox-reply-undeliverable", &[])),
            None => other.to_owned(),
        },
    }
}

fn tried(page: &Page, one: &Try) -> Value {
    let key = format!("outbox-try-{}", one.outcome);
    // A newer version may know more words than this one.
    let outcome = if i18n::has(page.lang, &key) { page.t(&key, &[]) } else { one.outcome.clone() };
    json!({"at": one.at, "outcome": outcome, "said": in_words(page, &one.said), "node": one.node})
}
