//! Intake: what employees and customers say, from whichever channel, with a receipt.

pub mod actions;
pub mod api;
pub mod assigning;
pub mod assignment;
pub mod import;
pub mod model;
pub mod opening;
pub mod pages;
pub mod store;

use actix_web::web::{self, ServiceConfig};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(assignment::routes);
    cfg.route("/", web::get().to(pages::new)).route("/feedback", web::post().to(pages::create));
}
