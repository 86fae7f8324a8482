//! Pausing, stopping and resuming. What counts is the word on the edition: from the moment it is written the outbox lets
//! none of its mails out. Taking the queued ones back is tidying, done in small transactions.

use crate::app::App;
use crate::db::Conn;
use crate::db::schema::digest_editions as rows;
use crate::db::types::Ts;
use crate::digest::editions::{self, Edition};
use crate::digest::model::Standing;
use crate::error::{Error, Result};
use crate::journal::{self, By, Event, Subject};
use crate::mail::outbox::held;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

/// Why an edition was stopped, or not sent at all, as its row says.
pub const BY_HAND: &str = "by_hand";
pub const SERIES_CLOSED: &str = "series_closed";
/// Mails taken back or let go in one transaction.
const BATCH: usize = 1000;

crate::text_enum! {
    /// What somebody does to an edition that is being sent.
    pub enum Order {
        Pause = "pause",
        Resume = "resume",
        Stop = "stop",
    }
}

/// Does it, for whoever pressed the button.
pub fn order(c: &mut Conn, by: By, id: i64, order: Order, now: DateTime<Utc>) -> Result<()> {
    let edition = editions::find(c, id)?;
    match (order, edition.status) {
        (Order::Pause, Standing::Sending | Standing::Sent) => set(c, by, &edition, Standing::Paused, None, now),
        (Order::Resume, Standing::Paused) => set(c, by, &edition, Standing::Sending, None, now),
        (Order::Stop, Standing::Sending | Standing::Sent | Standing::Paused) => {
            set(c, by, &edition, Standing::Stopped, Some(BY_HAND), now)
        }
        // Pressed twice.
        (Order::Pause, Standing::Paused) | (Order::Resume, Standing::Sending) | (Order::Stop, Standing::Stopped) => {
            Ok(())
        }
        _ => Err(Error::Conflict("error-digest-moved-on")),
    }
}

/// The series was closed: what is being sent stops, what was being written is not sent.
pub fn end_all(c: &mut Conn, by: By, series_id: i64, now: DateTime<Utc>) -> Result<()> {
    let open = rows::table
        .filter(rows::series_id.eq(series_id))
        .filter(rows::status.ne_all([Standing::Sent, Standing::Stopped, Standing::Skipped]))
        .select(Edition::as_select())
        .load(c)?;
    for edition in open {
        let under_way = matches!(edition.status, Standing::Sending | Standing::Paused);
        let status = if under_way { Standing::Stopped } else { Standing::Skipped };
        set(c, by, &edition, status, Some(SERIES_CLOSED), now)?;
    }
    Ok(())
}

fn set(c: &mut Conn, by: By, edition: &Edition, to: Standing, why: Option<&str>, now: DateTime<Utc>) -> Result<()> {
    let row = rows::table.find(edition.id).filter(rows::status.eq(edition.status));
    let set = (
        rows::status.eq(to),
        rows::why.eq(why),
        rows::runner.eq(None::<String>),
        rows::runner_until.eq(None::<Ts>),
        rows::version.eq(rows::version + 1),
    );
    if diesel::update(row).set(set).execute(c)? == 0 {
        return Err(Error::Conflict("error-digest-moved-on"));
    }
    let event = Event::new(by, Subject::Digest, edition.id, &format!("digest_{to}"), json!({"why": why}), now);
    journal::append(c, event)?;
    Ok(())
}

/// Brings the queued mails of an edition in line with what was ordered.
pub async fn tidy(app: &App, id: i64) -> Result<()> {
    loop {
        let now = app.clock.now();
        let moved = app.db.write(move |c| {
            Ok(match editions::find(c, id)?.status {
                Standing::Paused => held::hold(c, id, now, BATCH)?,
                Standing::Stopped => held::end(c, id, now, BATCH)?,
                _ => held::let_go(c, id, now, BATCH)?,
            })
        });
        if moved.await? < BATCH || app.stopping() {
            return Ok(());
        }
    }
}
