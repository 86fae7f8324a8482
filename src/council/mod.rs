//! The council that decides: it meets by the calendar, its agenda fills itself from the backlog, it votes, decides and
//! signs its minutes.

pub mod agenda;
pub mod calendar;
pub mod councils;
pub mod dates;
pub mod invite;
pub mod members;
pub mod model;
pub mod store;

use actix_web::web::ServiceConfig;

pub fn routes(_cfg: &mut ServiceConfig) {}
