//! Thanks: an employee whose idea shipped gets a personal note. Whoever leads their team may put it into words of their
//! own, send it or drop it; left alone it goes out after three working days. Nothing is ever written to somebody who did
//! not give their name. [`team`] is what a team sees of its ideas.

pub mod actions;
pub mod draft;
pub mod pages;
pub mod store;
pub mod team;

use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/thanks").route(get().to(pages::list)))
        .service(resource("/thanks/{id}").route(post().to(pages::save)))
        .service(resource("/thanks/{id}/sending").route(post().to(pages::send)))
        .service(resource("/thanks/{id}/dropping").route(post().to(pages::drop)))
        .service(resource("/team").route(get().to(team::show)));
}
