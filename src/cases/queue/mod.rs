//! The owner's queue: saved views, what is due first on top.

pub mod pages;
pub mod view;

pub use view::{Ask, Row, View, list};

use actix_web::web::{ServiceConfig, get, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/cases").route(get().to(pages::show)));
}
