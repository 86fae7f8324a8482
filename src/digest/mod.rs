//! "We heard you": everybody who subscribed is told what was done, what was decided against, and why.
//!
//! [`period`] says which days, [`items`] what there is to tell, [`content`] what of it one person reads, [`said`] what they
//! had said themselves, [`numbers`] what it came to. [`series`] come again and again, [`editions`] are one digest each:
//! [`draft`] is its life until somebody approves it, [`checks`] what stands in its way, [`compose`], [`preview`] and
//! [`pages`] where the council works on it, [`sending`] how it reaches its readers, [`page`] and [`answers`] what they can
//! do with it. [`command`] is `heard digest`. Whoever wants no more of them says so among their other mails:
//! [`crate::people::mails`].

pub mod answers;
pub mod checks;
pub mod command;
pub mod compose;
pub mod content;
pub mod draft;
pub mod editions;
pub mod items;
pub mod model;
pub mod numbers;
pub mod page;
pub mod pages;
pub mod period;
pub mod preview;
pub mod said;
pub mod sending;
pub mod series;
pub mod store;

use actix_web::web::{ServiceConfig, get, post, resource};

pub use command::{DigestArgs, command};

pub fn routes(cfg: &mut ServiceConfig) {
    // Their words come before the ids of digests.
    cfg.configure(series::pages::routes).configure(page::routes).configure(answers::routes);
    cfg.service(resource("/digests").route(get().to(pages::list)).route(post().to(compose::make)))
        .route("/digests/new", get().to(compose::new))
        .route("/digests/{id}", get().to(compose::show))
        .route("/digests/{id}/words", post().to(compose::reword))
        .route("/digests/{id}/items/{change}", post().to(compose::change))
        .route("/digests/{id}/items/{change}/place", post().to(compose::place))
        .route("/digests/{id}/items/{change}/dropping", post().to(compose::drop))
        .route("/digests/{id}/items/{change}/return", post().to(compose::take_back))
        .route("/digests/{id}/submission", post().to(compose::submit))
        .route("/digests/{id}/approval", post().to(compose::approve))
        .route("/digests/{id}/return", post().to(compose::send_back))
        .route("/digests/{id}/end", post().to(compose::leave_out))
        .route("/digests/{id}/order", post().to(sending::pages::order))
        .route("/digests/{id}/preview", get().to(preview::show))
        .route("/digests/{id}/preview/html", get().to(preview::html))
        .route("/digests/{id}/test", post().to(preview::test));
}
