//! The owner's queue, the page a case owner lives in: views, filters of one's own, and steps on many cases at once.

pub mod bulk;
pub mod filter;
pub mod pages;
pub mod promised;
pub mod saved;
pub mod tally;
pub mod view;
pub mod walk;

pub use filter::Filter;
pub use tally::counts;
pub use view::{Ask, Row, View, rows};
pub use walk::{Found, Spot, list, list_within};

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/cases").route(get().to(pages::show)))
        .service(resource("/cases/counts").route(get().to(pages::counts)))
        .service(resource("/cases/bulk").route(post().to(pages::bulk::take)))
        .service(resource("/cases/bulk/undo").route(post().to(pages::bulk::undo)))
        .service(resource("/cases/filters").route(get().to(pages::saved::list)).route(post().to(pages::saved::keep)))
        .service(resource("/cases/filters/{id}").route(post().to(pages::saved::rename)))
        .service(resource("/cases/filters/{id}/deletion").route(post().to(pages::saved::delete)));
}
