//! "You said, we did": what sent digests told, for whoever comes by. Guests read what everyone may read, employees who are
//! signed in also what is meant for them. [`shown`] finds it, [`told`] puts it into words, [`list`] is the page,
//! [`wall`] the same on a large screen; [`feeds`] and [`embed`] carry the public part elsewhere.

pub mod clicks;
pub mod embed;
pub mod feeds;
pub mod list;
pub mod share;
pub mod shown;
pub mod told;
pub mod wall;
pub mod withdrawal;

use actix_web::web::{ServiceConfig, get, post, resource};

/// Where it is.
pub const PATH: &str = "/heard";

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource(PATH).route(get().to(list::show)))
        .service(resource("/heard/feed.atom").route(get().to(feeds::atom)))
        .service(resource("/heard/feed.json").route(get().to(feeds::json)))
        .service(resource("/heard/embed").route(get().to(embed::show)))
        .service(resource("/heard/share").route(get().to(share::show)))
        .service(resource("/heard/wall").route(get().to(wall::show)))
        .service(resource("/heard/from/{edition}").route(get().to(clicks::count)))
        .service(resource("/heard/changes/{change}/withdrawal").route(post().to(withdrawal::withdraw)))
        .service(resource("/heard/changes/{change}/return").route(post().to(withdrawal::put_back)));
}
