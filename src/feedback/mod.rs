//! Intake: what employees and customers say, from whichever channel, with a receipt.

pub mod actions;
pub mod import;
pub mod model;
pub mod store;

use actix_web::web::ServiceConfig;
pub fn routes(_: &mut ServiceConfig) {}
