//! Reads a mailbox: whatever is unread there is stored, on disk, and only then marked as read. One node of several does
//! it at a time.

mod lease;
mod mailbox;

use super::hook::keep;
use super::store::{self, Source};
use crate::app::App;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::settings;
use crate::error::{Error, Result};
use crate::mail::outbox::Owner;
use actix_web::rt;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mailbox::{Fetched, Mailbox, Place};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const SETTING: &str = "imap_state";
/// How long the server is listened to before we look ourselves, which also keeps our lease.
const LISTEN: Duration = Duration::from_secs(60);
/// Waits after a failure, doubled each time up to the second.
const BACKOFF: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));
/// How often a node that does not hold the lease asks for it.
const ASK: Duration = Duration::from_secs(30);

/// How reading the mailbox goes, for the admin's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct State {
    /// When the mailbox was last looked through to its end.
    pub looked_at: Option<DateTime<Utc>>,
    /// What stood in the way last, and since when; none while all is well.
    pub error: Option<String>,
    pub failed_at: Option<DateTime<Utc>>,
}

/// Starts reading the mailbox that is set; ends with the process.
pub fn start(app: Data<App>) -> Result<()> {
    let url = app.config.inbound.imap_url.clone();
    if !url.is_empty() {
        let place = Place::from_url(&url).map_err(|e| Error::internal(format!("settings: inbound.imap_url: {e}")))?;
        rt::spawn(watch(app, place));
    }
    Ok(())
}

async fn watch(app: Data<App>, place: Place) {
    let owner = app.node.owner.clone();
    let mut wait = BACKOFF.0;
    while !app.stopping() {
        match lease::hold(&app, &owner).await {
            Ok(true) => {}
            Ok(false) => {
                rt::time::sleep(ASK).await;
                continue;
            }
            Err(e) => tracing::warn!(error = %e, "could not ask for the right to read the mailbox"),
        }
        let started = app.clock.now();
        let Err(e) = read(&app, &place, &owner).await else { continue };
        tracing::warn!(error = %e, "the mailbox cannot be read and will be tried again");
        // Whoever read for a while before it broke starts anew with a short wait.
        if (app.clock.now() - started).num_seconds() > 600 {
            wait = BACKOFF.0;
        }
        if let Err(e) = note_failure(&app, e.to_string()).await {
            tracing::error!(error = %e, "could not write down why the mailbox cannot be read");
        }
        rt::time::sleep(wait).await;
        wait = (wait * 2).min(BACKOFF.1);
    }
}

/// One connection for as long as it lasts.
async fn read(app: &App, place: &Place, owner: &Owner) -> Result<()> {
    let mut mailbox = Mailbox::open(place).await?;
    let poll = Duration::from_secs(app.config.inbound.poll_seconds);
    while !app.stopping() && lease::hold(app, owner).await? {
        take_all(app, &mut mailbox).await?;
        note(app, State { looked_at: Some(app.clock.now()), ..State::default() }).await?;
        mailbox = mailbox.wait(poll, LISTEN).await?;
    }
    mailbox.close().await
}

/// Takes everything that is unread; returns how many mails that were.
async fn take_all(app: &App, mailbox: &mut Mailbox) -> Result<usize> {
    let unread = mailbox.unread().await?;
    for uid in &unread {
        match mailbox.fetch(*uid).await? {
            Fetched::Mail(raw) => match keep(app, Source::Imap, raw, None).await {
                // An empty mail says nothing; everything else that stands in the way may go away.
                Ok(_) | Err(Error::BadRequest(_)) => {}
                Err(e) => return Err(e),
            },
            Fetched::TooLarge(head) => {
                let now = app.clock.now();
                app.db.write(move |c| Ok(store::take_apart(c, Source::Imap, &head, "too_large", now)?)).await?;
            }
            Fetched::Gone => continue,
        }
        mailbox.mark_read(*uid).await?;
    }
    Ok(unread.len())
}

/// Opens the mailbox, takes what is unread and leaves: for tests and scripts.
pub async fn once(app: &App) -> Result<usize> {
    let place = Place::from_url(&app.config.inbound.imap_url).map_err(Error::internal)?;
    let mut mailbox = Mailbox::open(&place).await?;
    let taken = take_all(app, &mut mailbox).await?;
    mailbox.close().await?;
    Ok(taken)
}

/// Lets another node read the mailbox at once.
pub async fn let_go(app: &App) -> Result<()> {
    lease::let_go(app, &app.node.owner).await
}

async fn note_failure(app: &App, error: String) -> Result<()> {
    let now = app.clock.now();
    let before = app.db.read(|c| Ok(state(c)?)).await?;
    note(app, State { error: Some(error), failed_at: before.failed_at.or(Some(now)), ..before }).await
}

async fn note(app: &App, state: State) -> Result<()> {
    let text = serde_json::to_string(&state).map_err(Error::internal)?;
    app.db
        .write(move |c| {
            let row = (settings::key.eq(SETTING), settings::value.eq(&text));
            let insert = diesel::insert_into(settings::table).values(row);
            let update = insert.on_conflict(settings::key).do_update().set(settings::value.eq(&text));
            Ok(Portable(update).execute(c)?)
        })
        .await
        .map(|_| ())
}

/// How reading goes.
pub fn state(c: &mut Conn) -> QueryResult<State> {
    let text: Option<String> = settings::table.find(SETTING).select(settings::value).first(c).optional()?;
    // What an older version wrote is as if nothing had been written.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
