//! "We heard you": once a month everybody who subscribed is told what was done, what was decided against, and why.
//!
//! [`period`] says which days, [`model`] what goes into one person's digest, [`readers`] who gets one, [`actions`]
//! makes and queues them, [`command`] is `heard digest`, [`pages`] and [`preview`] are what the council sees. Whoever
//! wants no more of them says so among their other mails: [`crate::people::mails`].

pub mod actions;
pub mod answers;
pub mod command;
pub mod content;
pub mod editions;
pub mod items;
pub mod model;
pub mod page;
pub mod numbers;
pub mod pages;
pub mod period;
pub mod preview;
pub mod readers;
pub mod said;
pub mod sending;
pub mod series;
pub mod store;

use actix_web::web::{ServiceConfig, get, post, resource};

pub use command::{DigestArgs, command};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/digests").route(get().to(pages::list)).route(post().to(pages::send)))
        .route("/digests/preview", get().to(preview::show))
        .route("/digests/preview/html", get().to(preview::html))
        .route("/digests/{id}", get().to(pages::show))
        .route("/digests/{id}/order", post().to(sending::pages::order))
        .configure(series::pages::routes)
        .configure(page::routes)
        .configure(answers::routes);
}
