//! The pages of councils: everybody who works on cases reads them, chairs and administrators change them.

mod actions;
mod agenda;
mod edit;
mod feed;
mod home;
mod report;
mod seats;

use crate::error::{Error, Result};
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::web::{ServiceConfig, get, post, resource};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/council", get().to(home::list))
        .service(resource("/council/new").get(edit::new).post(edit::create))
        .route("/council/calendar/{token}.ics", get().to(feed::calendar))
        .route("/council/actions/{action}", post().to(actions::finish))
        .route("/council/meetings/{meeting}", get().to(agenda::show))
        .route("/council/meetings/{meeting}/items", post().to(agenda::add))
        .route("/council/meetings/{meeting}/items/{item}/place", post().to(agenda::shift))
        .route("/council/meetings/{meeting}/items/{item}/removal", post().to(agenda::remove))
        .route("/council/meetings/{meeting}/items/{item}/return", post().to(agenda::restore))
        .route("/council/meetings/{meeting}/items/{item}/questions", post().to(agenda::ask))
        .route("/council/meetings/{meeting}/freeze", post().to(agenda::freeze))
        .route("/council/meetings/{meeting}/filling", post().to(agenda::fill))
        .route("/council/meetings/{meeting}/time", post().to(agenda::reschedule))
        .route("/council/meetings/{meeting}/cancellation", post().to(agenda::cancel))
        .route("/council/{council}", get().to(home::show))
        .service(resource("/council/{council}/edit").get(edit::edit).post(edit::save))
        .route("/council/{council}/actions", get().to(actions::list))
        .route("/council/{council}/report", get().to(report::show))
        .route("/council/{council}/closing", post().to(edit::close))
        .route("/council/{council}/meetings", post().to(home::call))
        .route("/council/{council}/calendar", post().to(feed::renew))
        .service(resource("/council/{council}/members").get(seats::list).post(seats::seat))
        .service(resource("/council/{council}/members/{person}").get(seats::show).post(seats::change))
        .route("/council/{council}/members/{person}/leaving", post().to(seats::unseat));
}

/// Whoever may read what a council does.
fn staff(page: &Page) -> Result<Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer.clone())
}

fn home(council_id: i64) -> String {
    format!("/council/{council_id}")
}

fn meeting_path(meeting_id: i64) -> String {
    format!("/council/meetings/{meeting_id}")
}

/// Rows to choose from.
fn choices(rows: Vec<(i64, String)>) -> Value {
    rows.into_iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect()
}

/// What was chosen of a list; nothing chosen is none.
fn chosen(field: &str, typed: &str) -> Result<Option<i64>> {
    match typed.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::field(field, "error-choice")),
    }
}

/// A day and a time as forms send them.
fn moment(day: &str, time: &str, zone: Tz) -> Result<DateTime<Utc>> {
    let day: NaiveDate = day.trim().parse().map_err(|_| Error::field("day", "error-date"))?;
    Ok(super::dates::at_wall(day, clock(time)?, zone))
}

/// "10:00"; browsers may add seconds.
fn clock(typed: &str) -> Result<NaiveTime> {
    let typed = typed.trim();
    let read = |form| NaiveTime::parse_from_str(typed, form).ok();
    read("%H:%M").or_else(|| read("%H:%M:%S")).ok_or_else(|| Error::field("time", "error-time"))
}
