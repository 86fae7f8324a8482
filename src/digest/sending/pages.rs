//! Pausing, resuming and stopping an edition, from its page; and what that page shows of it.

use super::control::{self, Order};
use super::report::Report;
use super::run;
use crate::digest::editions::Edition;
use crate::digest::model::Standing;
use crate::error::{Error, Result};
use crate::web::{Form, Page, Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OrderForm {
    order: String,
}

/// POST /digests/{id}/order
pub async fn order(page: Page, viewer: Viewer, id: Path<String>, Form(form): Form<OrderForm>) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let wanted: Order = form.order.parse().map_err(|_| Error::BadRequest("order".into()))?;
    let (by, now) = (viewer.by(), page.now);
    page.app.db.write(move |c| control::order(c, by, id, wanted, now)).await?;
    let said = match wanted {
        Order::Pause => "digest-flash-paused",
        Order::Resume => "digest-flash-resumed",
        Order::Stop => "digest-flash-stopped",
    };
    run::patiently(page.app.clone(), id).await?;
    Ok(page.see_other_saying(&format!("/digests/{id}"), said))
}

/// For the partial `digest/sending`.
pub fn shown(edition: &Edition, report: &Report) -> Value {
    let going = matches!(edition.status, Standing::Sending | Standing::Paused)
        || edition.status == Standing::Sent && report.waiting > 0;
    json!({
        "id": edition.id.to_string(),
        "status": edition.status,
        "why": edition.why,
        "queued_at": edition.queued_at,
        "report": report,
        "may_pause": going && edition.status != Standing::Paused,
        "may_resume": edition.status == Standing::Paused,
        "may_stop": going,
    })
}
