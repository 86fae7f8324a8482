//! The shared EX + CX backlog: changes, the cases that are evidence for them, and their scores.

pub mod actions;
pub mod articles;
pub mod audience;
pub mod checklist;
pub mod evidence;
pub mod facts;
pub mod export;
pub mod inputs;
pub mod levers;
pub mod limits;
pub mod merging;
pub mod model;
pub mod moves;
mod pages;
pub mod plan;
pub mod preview;
pub mod proposal;
pub mod quick_fixes;
pub mod quotes;
pub mod ranking;
pub mod reach;
pub mod returning;
pub mod score;
pub mod similar;
pub mod store;
pub mod suggest;
pub mod talk;
pub mod views;
mod voices;
pub mod weights;

use actix_web::web::{ServiceConfig, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(pages::routes)
        .service(resource("/feedback/similar").get(similar::show).post(similar::look_up))
        .route("/me-too/{reference}", post().to(voices::add));
}
