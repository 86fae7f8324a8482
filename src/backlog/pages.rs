//! The pages of the backlog, for owners and everybody above them.

mod articles;
mod change;
mod fields;
mod form;
mod links;
mod list;
mod merging;
mod outcome;
mod parts;
mod quotes;
mod raise;
mod row;
mod saved;
mod shown;
mod view;
mod work;

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
        .route("/changes/articles", get().to(articles::show))
        .route("/changes/{change}", get().to(change::show))
        .service(resource("/changes/{change}/edit").get(form::edit).post(form::save))
        .route("/changes/{change}/cases", post().to(links::add))
        .route("/changes/{change}/cases/{case}/unlink", post().to(links::remove))
        .route("/cases/{case}/changes", post().to(links::add_change))
        .route("/changes/{change}/row", post().to(row::save))
        .route("/changes/{change}/status", post().to(outcome::advance))
        .service(resource("/changes/{change}/shipping").get(outcome::ship).post(outcome::shipped))
        .service(resource("/changes/{change}/declining").get(outcome::decline).post(outcome::declined))
        .service(resource("/changes/{change}/deferring").get(outcome::defer).post(outcome::deferred))
        .configure(parts_of_one);
}

/// The small forms on the page of a change.
fn parts_of_one(cfg: &mut ServiceConfig) {
    cfg.route("/changes/{change}/steps", post().to(work::add_step))
        .route("/changes/{change}/steps/{step}", post().to(work::tick))
        .route("/changes/{change}/notes", post().to(work::say))
        .route("/changes/{change}/facts", post().to(work::add_fact))
        .route("/changes/{change}/facts/{fact}/remove", post().to(work::remove_fact))
        .route("/changes/{change}/review", post().to(work::review))
        .route("/changes/{change}/suggestions", get().to(merging::suggestions))
        .route("/changes/{change}/cases/{case}/quote", post().to(quotes::choose))
        .route("/changes/{change}/cases/{case}/quote/ask", post().to(quotes::ask))
        .route("/changes/{change}/cases/{case}/quote/allow", post().to(quotes::allow))
        .route("/changes/{change}/merge", post().to(merging::merge))
        .route("/changes/{change}/unmerge", post().to(merging::unmerge))
        .route("/changes/{change}/copy", post().to(merging::duplicate))
        .route("/changes/{change}/archive", post().to(merging::archive))
        .service(resource("/changes/{change}/split").get(merging::choose).post(merging::split));
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
