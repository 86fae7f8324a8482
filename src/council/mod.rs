//! The council that decides: it meets by the calendar, its agenda fills itself from the backlog, it votes, decides and
//! signs its minutes.

pub mod meeting;
pub mod minutes;
pub mod model;
pub mod store;

use actix_web::web::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(meeting::pages::routes).configure(minutes::pages::routes);
}
