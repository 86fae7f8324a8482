//! Is it alive, and can it work: for load balancers and supervisors.

use crate::app::App;
use crate::db::Outage;
use crate::error::{Error, Result};
use crate::web::viewer::app_of;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde_json::json;
use std::time::Duration;

/// Who asks wants to know now.
const PATIENCE: Duration = Duration::from_secs(2);

/// GET /healthz: the process answers; there is no reason to kill it.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// GET /readyz: ready while the database works and nobody asked us to stop. Says why not, and nothing else about us.
pub async fn ready(req: HttpRequest) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    let (cause, says) = if app.stopping() {
        ("stopping", "this process has been told to stop".to_owned())
    } else {
        match outage(&app).await? {
            Some(outage) => (outage.as_str(), outage.to_string()),
            None => return Ok(HttpResponse::Ok().json(json!({"status": "ready"}))),
        }
    };
    let mut answer = HttpResponse::ServiceUnavailable();
    Ok(answer.insert_header((RETRY_AFTER, 5)).json(json!({"status": "unavailable", "cause": cause, "says": says})))
}

async fn outage(app: &App) -> Result<Option<Outage>> {
    let asked = app.db.read(|c| Ok(diesel::sql_query("select 1").execute(c)?));
    match tokio::time::timeout(PATIENCE, asked).await {
        Err(_) | Ok(Err(Error::Unavailable(_))) => Ok(Some(Outage::Gone)),
        Ok(Err(Error::Outage(outage))) => Ok(Some(outage)),
        Ok(Err(e)) => Err(e),
        // It can be read; whether it can be written, the last write knows.
        Ok(Ok(_)) => Ok(app.db.outage()),
    }
}
