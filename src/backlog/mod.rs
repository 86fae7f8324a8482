//! The shared EX + CX backlog: changes, the cases that are evidence for them, and their scores.

pub mod actions;
pub mod model;
pub mod store;

use actix_web::web::ServiceConfig;
pub fn routes(_: &mut ServiceConfig) {}
