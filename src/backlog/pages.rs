//! The pages of the backlog, for owners and everybody above them.

mod articles;
mod board;
mod export;
mod levers;
mod limits;
mod matrix;
mod order;
mod roadmap;
mod score;
mod weights;
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
    arrangements(cfg);
    cfg.route("/changes", get().to(list::show))
        .route("/changes/export", get().to(export::download))
        .route("/changes/matrix", get().to(matrix::show))
        .route("/changes/board", get().to(board::show))
        .route("/changes/roadmap", get().to(roadmap::show))
        .route("/changes/order", get().to(order::show))
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
        .route("/changes/{change}/place", post().to(matrix::put))
        .route("/changes/{change}/column", post().to(board::put))
        .route("/changes/{change}/score", get().to(score::show))
        .route("/changes/{change}/rank", post().to(score::rank))
        .route("/changes/{change}/inputs", post().to(score::confirm))
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

/// What administrators arrange about the backlog.
fn arrangements(cfg: &mut ServiceConfig) {
    cfg.service(resource("/admin/levers").get(levers::list).post(levers::add))
        .service(resource("/admin/levers/{id}").get(levers::show).post(levers::change))
        .service(resource("/admin/weights").get(weights::list).post(weights::add))
        .route("/admin/weights/use", post().to(weights::put_to_use))
        .service(resource("/admin/weights/{id}").get(weights::show).post(weights::change))
        .route("/admin/weights/{id}/deletion", post().to(weights::delete))
        .service(resource("/admin/board").get(limits::show).post(limits::save));
}

/// Whoever works on the backlog.
fn staff(page: &Page) -> Result<Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer.clone())
}

fn admin(page: &Page) -> Result<()> {
    page.viewer()?.require(Role::Admin)
}

/// A reference in an address, however it was typed.
fn reference(typed: &str) -> Result<String> {
    id::parse_reference(typed).ok_or(Error::NotFound)
}

fn address(reference: &str) -> String {
    format!("/changes/{reference}")
}
