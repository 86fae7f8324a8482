//! What is promised to whom: policies as administrators arrange them. What follows from them for a case is in `sla` and
//! `rules`.

pub mod model;
mod pages;
pub mod presets;
pub mod store;

use actix_web::web::{ServiceConfig, get, post};

/// All of them for administrators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/policies", get().to(pages::list))
        .route("/admin/policies", post().to(pages::add))
        .route("/admin/policies/new", get().to(pages::new))
        .route("/admin/policies/presets", post().to(pages::add_preset))
        .route("/admin/policies/{id}", get().to(pages::show))
        .route("/admin/policies/{id}", post().to(pages::change))
        .route("/admin/policies/{id}/place", post().to(pages::move_one))
        .route("/admin/policies/{id}/archive", post().to(pages::archive));
}
