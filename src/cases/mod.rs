//! Cases: the work of answering one piece of feedback, and what its originator sees of it.

pub mod actions;
pub mod answers;
pub mod authorities;
pub mod authority;
pub mod decisions;
pub mod badge;
pub mod later;
mod files;
mod history;
mod huddle;
pub mod likeness;
pub mod model;
pub mod money;
pub mod pages;
pub mod queue;
pub mod quoting;
pub mod reevaluate;
mod resolution;
pub mod similar;
pub mod staff;
pub mod standing;
pub mod root_causes;
pub mod store;
pub mod sweep;
pub mod timeline;
mod tracking;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(decisions::routes).configure(authorities::pages::routes).configure(root_causes::routes);
    // First: its paths would read as references.
    queue::routes(cfg);
    pages::routes(cfg);
    cfg.service(resource("/huddle").route(get().to(huddle::show)))
        .service(
            resource("/cases/{reference}/resolution")
                .route(get().to(resolution::form))
                .route(post().to(resolution::resolve)),
        )
        .service(resource("/cases/{reference}/files/{id}").route(get().to(files::for_staff)))
        .service(resource("/track").route(get().to(tracking::code_form)).route(post().to(tracking::code)))
        .service(resource("/t/{token}").route(get().to(tracking::page)))
        .service(resource("/t/{token}/files/{id}").route(get().to(files::for_originator)))
        .service(resource("/t/{token}/messages").route(post().to(tracking::write)))
        .service(resource("/t/{token}/answer").route(post().to(tracking::answer)))
        .service(resource("/t/{token}/quote").route(post().to(tracking::quote)))
        .service(resource("/t/{token}/escalation").route(post().to(tracking::escalate)))
        .service(resource("/t/{token}/link").route(post().to(tracking::send_link)));
}
