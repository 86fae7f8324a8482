//! The pages of a running meeting: the wall, the chair's buttons on it, and the phones.

mod join;
mod person;
mod phone;
mod steering;
mod wall;
mod words;

use crate::error::{Error, Result};
use crate::web::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::web::{ServiceConfig, get, post, resource};

pub fn routes(cfg: &mut ServiceConfig) {
    let room = |path: &str| format!("/council/meetings/{{meeting}}/room{path}");
    cfg.route(&room(""), get().to(wall::show))
        .route(&room("/version"), get().to(wall::version))
        .route(&room("/code.svg"), get().to(wall::code))
        .route(&room("/start"), post().to(steering::start))
        .route(&room("/chair"), post().to(steering::take_chair))
        .route(&room("/item"), post().to(steering::show))
        .route(&room("/vote"), post().to(steering::open_vote))
        .route(&room("/tally"), post().to(steering::reveal))
        .route(&room("/decision"), post().to(steering::decide))
        .route(&room("/ratification"), post().to(steering::ratify))
        .route(&room("/seats/{member}/free"), post().to(steering::free))
        .route(&room("/end"), post().to(steering::end))
        .service(resource("/join").get(join::form).post(join::sit))
        .service(resource("/join/vote").get(phone::show).post(phone::cast))
        .route("/join/version", get().to(phone::version))
        .route("/join/leave", post().to(phone::leave));
}

/// Where the wall of a meeting is.
pub fn wall_of(meeting: i64) -> String {
    format!("/council/meetings/{meeting}/room")
}

/// Whoever may look on: who works on the backlog, and the council's own people whatever their role.
pub fn may_look_on(viewer: &Viewer, belongs: bool) -> Result<()> {
    if viewer.role >= Role::Owner || belongs { Ok(()) } else { Err(Error::NotFound) }
}

/// The number in an address; anything else is no meeting.
pub fn number(typed: &str) -> Result<i64> {
    typed.parse().map_err(|_| Error::NotFound)
}

fn viewer(page: &Page) -> Result<Viewer> {
    page.viewer().cloned()
}
