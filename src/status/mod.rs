//! How the product is: what whoever runs it has to know, as a page, as metrics, and as alarms in plain words.

pub mod alarms;
pub mod facts;
mod health;
mod metrics;
mod pages;

use actix_web::web::{ServiceConfig, get};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(health::alive))
        .route("/readyz", get().to(health::ready))
        .route("/metrics", get().to(metrics::show))
        .route("/admin/status", get().to(pages::show));
}
