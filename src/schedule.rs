//! What runs by itself: a table of jobs, each a shell around a function that takes `now`.

use crate::api::idempotency;
use crate::app::App;
use crate::cases::{self, actions::Desk};
use crate::db::schema::{links, sessions};
use crate::db::types::Ts;
use crate::error::Result;
use crate::inbound;
use crate::mail::domains;
use crate::mail::drain::Drain;
use crate::mail::outbox::{Owner, release_stale};
use actix_web::rt;
use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration as StdDuration;

/// Mails that came in, read in one go before the job looks around again.
const MAILS: usize = 500;
/// Mails sent before the log says how many.
const SENT: usize = 5000;
/// Cases or replies handled in one transaction, so that nobody waits long for the writer.
const BATCH: i64 = 500;

/// Starts every job; they end with the process.
pub async fn start(app: Data<App>) -> Result<()> {
    let owner = Owner::new();
    let own = owner.clone();
    // What a killed process of this machine was sending is due again at once.
    app.db.write(move |c| Ok(release_stale(c, &own)?)).await?;
    every(StdDuration::from_secs(1), "outbox", app.clone(), move |app| drain(app, owner.clone()));
    every(StdDuration::from_secs(1), "replies", app.clone(), replies);
    every(StdDuration::from_secs(5), "sweep", app.clone(), sweep);
    every(StdDuration::from_secs(3), "rules", app.clone(), rules);
    every(StdDuration::from_secs(1), "inbound mail", app.clone(), inbound);
    inbound::imap::start(app.clone())?;
    every(StdDuration::from_secs(60), "rate limits", app.clone(), |app| async move {
        app.limits.forget_idle();
        Ok(())
    });
    every(StdDuration::from_secs(3600), "tidy", app, tidy);
    Ok(())
}

/// Sends what is due.
pub async fn drain(app: Data<App>, owner: Owner) -> Result<()> {
    let in_time = app.clone();
    let drain = Drain {
        db: &app.db,
        mailer: &app.mailer,
        clock: &app.clock,
        owner: &owner,
        on_finished: Arc::new(move |c, mail, sent, now| {
            cases::actions::mail_finished(c, &Desk::at(&in_time, now), mail, sent)
        }),
    };
    let drained = drain.run(SENT).await?;
    if drained != Default::default() {
        tracing::info!(sent = drained.sent, waiting = drained.waiting, failed = drained.failed, "mail");
    }
    Ok(())
}

/// Sends the replies that nobody took back.
pub async fn replies(app: Data<App>) -> Result<()> {
    let desk = Desk::of(&app);
    app.db.write(move |c| cases::actions::dispatch(c, &desk, BATCH)).await.map(|_| ())
}

/// Looks at every case whose time has come, in short transactions.
pub async fn sweep(app: Data<App>) -> Result<()> {
    loop {
        let desk = Desk::of(&app);
        let looked = app.db.write(move |c| cases::sweep::sweep(c, &desk, BATCH)).await?;
        if looked < BATCH as usize || app.stopping() {
            return Ok(());
        }
    }
}

/// Takes over rules that were changed on any node, and lets open cases follow them.
pub async fn rules(app: Data<App>) -> Result<()> {
    app.rules.refresh(&app.db).await?;
    while !app.stopping() {
        let desk = Desk::of(&app);
        if app.db.write(move |c| cases::reevaluate::step(c, &desk, BATCH)).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads the mail that came in.
pub async fn inbound(app: Data<App>) -> Result<()> {
    let read = inbound::process::run(&app, MAILS).await?;
    if read > 0 {
        tracing::info!(read, "mail came in");
    }
    Ok(())
}

/// Forgets what nobody can use any more.
pub async fn tidy(app: Data<App>) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |c| {
            diesel::delete(sessions::table.filter(sessions::expires_at.lt(Ts::from(now)))).execute(c)?;
            diesel::delete(links::table.filter(links::expires_at.lt(Ts::from(now - Duration::days(7))))).execute(c)?;
            idempotency::forget(c, now)?;
            domains::forget(c, now)?;
            cases::staff::forget(c, now)?;
            Ok(())
        })
        .await
}

fn every<F>(period: StdDuration, name: &'static str, app: Data<App>, job: impl Fn(Data<App>) -> F + 'static)
where
    F: Future<Output = Result<()>> + 'static,
{
    rt::spawn(async move {
        let mut tick = rt::time::interval(period);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while !app.stopping() {
            tick.tick().await;
            if let Err(e) = job(app.clone()).await {
                tracing::error!(job = name, error = %e, "a job failed and will be tried again");
            }
        }
    });
}
