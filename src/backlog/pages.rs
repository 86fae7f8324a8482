//! The pages of the backlog, for owners and everybody above them.

mod change;
mod form;
mod links;
mod list;
mod outcome;
mod raise;
mod row;
mod saved;
mod shown;
mod view;

use crate::error::{Error, Result};
use crate::id;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/changes", get().to(list::show))
        .route("/changes/views", post().to(saved::keep))
        .route("/changes/views/{id}/deletion", post().to(saved::delete))
        .route("/changes/bulk-link", post().to(links::bulk))
        .service(resource("/changes/new").get(form::new).post(form::create))
        .route("/changes/raise", post().to(raise::raise))
        .route("/changes/{change}", get().to(change::show))
        .service(resource("/changes/{change}/edit").get(form::edit).post(form::save))
        .route("/changes/{change}/cases", post().to(links::add))
        .route("/changes/{change}/cases/{case}/unlink", post().to(links::remove))
        .route("/cases/{case}/changes", post().to(links::add_change))
        .route("/changes/{change}/row", post().to(row::save))
        .route("/changes/{change}/status", post().to(outcome::advance))
        .service(resource("/changes/{change}/shipping").get(outcome::ship).post(outcome::shipped))
        .service(resource("/changes/{change}/declining").get(outcome::decline).post(outcome::declined));
}

/// Whoever works on the backlog.
fn staff(page: &Page) -> Result<Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer.clone())
}

/// A reference in an address, however it was typed.
fn reference(typed: &str) -> Result<String> {
    id::parse_reference(typed).ok_or(Error::NotFound)
}

fn address(reference: &str) -> String {
    format!("/changes/{reference}")
}
