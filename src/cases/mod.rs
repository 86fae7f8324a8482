//! Cases: the work of answering one piece of feedback, and what its originator sees of it.

pub mod actions;
pub mod model;
pub mod store;

use actix_web::web::ServiceConfig;
pub fn routes(_: &mut ServiceConfig) {}
