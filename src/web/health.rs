//! Is it alive, can it work, and what is it doing.

use super::viewer::app_of;
use crate::db::schema::{cases, inbound_mails, outbox};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::mail::outbox::Status;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use serde_json::json;

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/healthz", web::get().to(alive))
        .route("/readyz", web::get().to(ready))
        .route("/metrics", web::get().to(metrics));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// Ready while the database answers and nobody asked us to stop.
async fn ready(req: HttpRequest) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    if app.stopping() {
        return Err(Error::Unavailable("stopping".into()));
    }
    app.db.read(|c| Ok(diesel::sql_query("select 1").execute(c)?)).await?;
    Ok(HttpResponse::Ok().json(json!({"status": "ready"})))
}

/// For Prometheus: with the token, or from this machine where no token is set.
async fn metrics(req: HttpRequest) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    let token = &app.config.http.metrics_token;
    let allowed = if token.is_empty() {
        req.peer_addr().is_some_and(|a| a.ip().is_loopback()) && !req.headers().contains_key("x-forwarded-for")
    } else {
        let given = req.headers().get(AUTHORIZATION).and_then(|h| h.to_str().ok()).unwrap_or_default();
        crate::id::hash(given) == crate::id::hash(&format!("Bearer {token}"))
    };
    if !allowed {
        return Err(Error::NotFound);
    }
    let now = app.clock.now();
    let (depth, oldest, open, quarantined) = app
        .db
        .read(|c| {
            let depth: Vec<(Status, i64)> =
                outbox::table.group_by(outbox::status).select((outbox::status, count_star())).load(c)?;
            let waiting = outbox::table.filter(outbox::status.eq_any([Status::Queued, Status::Retry, Status::Leased]));
            let oldest: Option<Ts> = waiting.select(min(outbox::created_at)).first(c)?;
            let open: i64 = cases::table.filter(cases::next_due.is_not_null()).count().get_result(c)?;
            let quarantined: i64 =
                inbound_mails::table.filter(inbound_mails::status.eq("quarantined")).count().get_result(c)?;
            Ok((depth, oldest, open, quarantined))
        })
        .await?;
    let mut registry = Registry::with_prefix("heard");
    let by_status = Family::<Vec<(String, String)>, Gauge>::default();
    registry.register("outbox_mails", "Mails by state", by_status.clone());
    for (status, n) in depth {
        by_status.get_or_create(&vec![("status".to_owned(), status.to_string())]).set(n);
    }
    let age: Gauge = Gauge::default();
    age.set(oldest.map_or(0, |at| (now - *at).num_seconds()));
    registry.register("outbox_oldest_seconds", "Age of the oldest mail that waits", age);
    let due: Gauge = Gauge::default();
    due.set(open);
    registry.register("cases_with_deadline", "Cases whose next deadline is running", due);
    let waiting: Gauge = Gauge::default();
    waiting.set(quarantined);
    registry.register("inbound_quarantined", "Mails that came in and wait for an administrator", waiting);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(Error::internal)?;
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}
