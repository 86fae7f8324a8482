//! The council that decides: it meets by the calendar, its agenda fills itself from the backlog, it votes, decides and
//! signs its minutes.

pub mod actions;
pub mod agenda;
pub mod calendar;
pub mod councils;
pub mod dates;
pub mod invite;
pub mod job;
pub mod mail;
pub mod members;
pub mod meeting;
pub mod minutes;
pub mod model;
mod pages;
pub mod quota;
pub mod report;
pub mod store;
pub mod words;

use actix_web::web::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(pages::routes).configure(meeting::pages::routes).configure(minutes::pages::routes);
}
