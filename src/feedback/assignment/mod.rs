//! The rules by which new cases are given away, as administrators arrange them: in which order, tried before they are
//! saved, and refused when they could never do anything. What a rule does is in [`super::assigning`].

mod actions;
mod form;
pub mod model;
mod pages;
mod store;
mod trial;

pub use actions::{archive, move_up_or_down, save};

use actix_web::web::{ServiceConfig, get, post};

/// All of them for administrators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/assignment", get().to(pages::list))
        .route("/admin/assignment/new", get().to(pages::new))
        .route("/admin/assignment/new", post().to(pages::create))
        .route("/admin/assignment/{id}", get().to(pages::show))
        .route("/admin/assignment/{id}", post().to(pages::change))
        .route("/admin/assignment/{id}/place", post().to(pages::place))
        .route("/admin/assignment/{id}/archive", post().to(pages::archive));
}
