//! What administrators arrange about promises: when teams work.

pub mod calendars;
mod hours;

use crate::error::Result;
use crate::journal::By;
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::web::{ServiceConfig, get, post};

/// All of them for administrators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/calendars", get().to(calendars::list))
        .route("/admin/calendars", post().to(calendars::add))
        .route("/admin/calendars/new", get().to(calendars::new))
        .route("/admin/calendars/{id}", get().to(calendars::show))
        .route("/admin/calendars/{id}", post().to(calendars::change))
        .route("/admin/calendars/{id}/default", post().to(calendars::make_default))
        .route("/admin/calendars/{id}/removal", post().to(calendars::remove))
        .route("/admin/calendars/{id}/exceptions", post().to(calendars::except))
        .route("/admin/calendars/{id}/exceptions/{on}/removal", post().to(calendars::unexcept))
        .route("/admin/calendars/{id}/holidays", post().to(calendars::import));
}

/// The viewer, who must be an administrator.
fn admin(page: &Page) -> Result<By> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(By::person(viewer.id))
}
