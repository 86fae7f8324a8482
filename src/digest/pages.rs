//! The council's pages: past digests, sending one, and how far it is.

use super::actions::{self, Digest};
use super::editions::{self, Edition};
use super::model::Skip;
use super::period::Period;
use super::preview::{Asked, period};
use super::sending;
use super::store;
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::journal::Event;
use crate::mail::outbox::Status as MailStatus;
use crate::web::{Form, Page, Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::time::Duration;

/// Past digests in the list.
const LISTED: i64 = 36;
/// A send that takes longer goes on while its page shows how far it is.
const PATIENCE: Duration = Duration::from_secs(2);

pub async fn list(page: Page, viewer: Viewer) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let (rows, mails, events) = page
        .app
        .db
        .read(|c| {
            let rows = editions::newest(c, LISTED)?;
            let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
            Ok((rows, store::mails(c, &ids)?, store::sent_events(c, &ids)?))
        })
        .await?;
    let digests: Vec<Value> = rows
        .iter()
        .map(|row| report(page.lang, row, mails.get(&row.id), events.iter().find(|e| e.subject_id == row.id)))
        .collect();
    let next = Period::last_month(page.now, page.app.config.app.time_zone);
    let prepared = rows.iter().any(|row| row.period() == next);
    page.render(
        "digest/list",
        json!({
            "digests": digests,
            "next": period(page.lang, next),
            "prepared": prepared,
            "form": Asked::default(),
        }),
    )
}

/// One digest that was sent, or is being sent.
pub async fn show(page: Page, viewer: Viewer, id: Path<String>) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let (row, report) = page
        .app
        .db
        .read(move |c| {
            let row = editions::find(c, id)?;
            let report = sending::report::of(c, &row)?;
            Ok((row, report))
        })
        .await?;
    let digest = json!({"id": id.to_string(), "period": period(page.lang, row.period()), "status": row.status, "queued_at": row.queued_at});
    page.render("digest/show", json!({"digest": digest, "sending": sending::pages::shown(&row, &report)}))
}

/// Which digest to send.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ToSend {
    #[serde(default)]
    month: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

pub async fn send(page: Page, viewer: Viewer, Form(form): Form<ToSend>) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let asked = Asked { month: form.month, from: form.from, to: form.to, ..Asked::default() };
    let begun = match asked.period(&page.app) {
        Ok(period) => actions::begin(&page.app, period).await,
        Err(wrong) => Err(wrong),
    };
    let digest = match begun {
        Ok(digest) => digest,
        Err(wrong) => return page.form_again(wrong, "digest/choose", json!({}), &asked),
    };
    let id = digest.row.as_ref().map(|row| row.id).ok_or(Error::NotFound)?;
    enqueue_patiently(page.app.clone(), &viewer, digest).await?;
    Ok(page.see_other_saying(&format!("/digests/{id}"), "digest-flash-sent"))
}

/// Waits for the end of a short send; a long one goes on by itself, and what a crash leaves undone can be sent again.
async fn enqueue_patiently(app: Data<App>, viewer: &Viewer, digest: Digest) -> Result<()> {
    let by = viewer.by();
    let run = actix_web::rt::spawn(async move {
        let done = actions::enqueue(&app, by, &digest).await.map(|_| ());
        done.inspect_err(|e| tracing::error!(error = %e, "a digest was not queued to the end"))
    });
    match tokio::time::timeout(PATIENCE, run).await {
        Ok(ended) => ended.map_err(Error::internal)?,
        Err(_) => Ok(()),
    }
}

/// What became of a digest: its mails as they stand now, and who was left out when it was queued.
fn report(lang: Lang, row: &Edition, mails: Option<&HashMap<MailStatus, i64>>, sent: Option<&Event>) -> Value {
    let count = |wanted: &[MailStatus]| -> i64 {
        mails.map_or(0, |mails| wanted.iter().filter_map(|status| mails.get(status)).sum())
    };
    let none = Map::new();
    let skipped = sent.and_then(|event| event.data.0.get("skipped")).and_then(Value::as_object).unwrap_or(&none);
    // In the order of the reasons, whatever the database did to the document.
    let skips: Vec<Value> =
        Skip::ALL.iter().filter_map(|why| Some(json!({"why": why, "n": skipped.get(why.as_str())?}))).collect();
    let empty = skipped.get(Skip::Empty.as_str()).and_then(Value::as_u64).unwrap_or_default();
    json!({
        "id": row.id.to_string(),
        "period": period(lang, row.period()),
        "begun_at": row.made_at,
        "queued_at": row.queued_at,
        "mails": count(MailStatus::ALL),
        "sent": count(&[MailStatus::Sent]),
        "waiting": count(&[MailStatus::Queued, MailStatus::Leased, MailStatus::Retry, MailStatus::Unknown]),
        "held_back": count(&[MailStatus::Suppressed]),
        "failed": count(&[MailStatus::Failed]),
        "empty": empty,
        "skips": skips,
    })
}
