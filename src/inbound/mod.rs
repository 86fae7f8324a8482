//! Conversation by mail: what people write to us becomes a case or joins one.
//!
//! A mail is stored as it came, on disk, before anybody is told that we have it ([`store`]); a worker reads it
//! afterwards ([`process`]), and what cannot be read waits for a person to look. It comes by HTTP ([`hook`]), from
//! standard input ([`command`]) or out of a mailbox ([`imap`]).

pub mod automatic;
pub mod bounce;
mod brought;
mod carry_out;
pub mod command;
pub mod decide;
pub mod hook;
pub mod imap;
pub mod message;
mod pages;
pub mod process;
pub mod quoted;
pub mod store;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/hooks/inbound-mail").route(post().to(hook::receive)))
        .service(resource("/admin/inbound").route(get().to(pages::list)))
        .service(resource("/admin/inbound/{id}").route(get().to(pages::one)))
        .service(resource("/admin/inbound/{id}/raw").route(get().to(pages::raw)))
        .service(resource("/admin/inbound/{id}/reading").route(post().to(pages::read_again)))
        .service(resource("/admin/inbound/{id}/new-case").route(post().to(pages::open_case)))
        .service(resource("/admin/inbound/{id}/case").route(post().to(pages::put_to_case)));
}
