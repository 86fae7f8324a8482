//! What runs by itself: a table of jobs, each a shell around a function that takes `now`.

use crate::api::idempotency;
use crate::app::App;
use crate::backlog;
use crate::backups;
use crate::cases::{self, actions::Desk};
use crate::council;
use crate::db::Conn;
use crate::db::schema::{links, sessions};
use crate::db::types::Ts;
use crate::digest;
use crate::error::{Error, Result};
use crate::inbound;
use crate::mail::domains;
use crate::mail::drain::Drain;
use crate::mail::outbox::{self, Owner};
use crate::node;
use crate::thanks;
use actix_web::rt::{self, time};
use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use futures_util::FutureExt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration as StdDuration;
use tokio::task::JoinHandle;

/// Mails that came in, read in one go before the job looks around again.
const MAILS: usize = 500;
/// Mails sent before the log says how many.
const SENT: usize = 5000;
/// Cases or replies handled in one transaction, so that nobody waits long for the writer.
const BATCH: i64 = 500;
/// Jobs end by themselves so long after the process was told to stop, or are ended: a mail server that never answers
/// keeps nobody.
const LONGEST_STOP: StdDuration = StdDuration::from_secs(20);
/// How long giving things back may take when the database does not answer.
const LAST_WORDS: StdDuration = StdDuration::from_secs(3);
/// How often a node looks whether there is something new to say about itself.
const LOOK: StdDuration = StdDuration::from_secs(3);
/// A start is no time for a backup.
const SETTLE: StdDuration = StdDuration::from_secs(60);

/// The jobs of this process.
pub struct Running {
    app: Data<App>,
    tasks: Vec<JoinHandle<()>>,
}

/// Says that this process is there, and goes on saying so.
pub async fn announce(app: Data<App>) -> Result<Running> {
    let owner = app.node.owner.clone();
    app.db.write(move |c| Ok(node::store::succeed(c, &owner)?)).await?;
    node::beat(&app).await?;
    let mut running = Running { app, tasks: Vec::new() };
    running.every(LOOK, "node", |app| async move { node::beat_if_due(&app).await });
    Ok(running)
}

impl Running {
    /// Starts every job; they end when the process is told to stop.
    pub async fn work(&mut self) -> Result<()> {
        let owner = self.app.node.owner.clone();
        self.app.node.begin_work();
        // What a killed process of this machine was sending is due again at once.
        let own = owner.clone();
        self.app.db.write(move |c| Ok(outbox::release_stale(c, &own)?)).await?;
        self.every(StdDuration::from_secs(1), "outbox", move |app| drain(app, owner.clone()));
        self.every(StdDuration::from_secs(1), "replies", replies);
        self.every(StdDuration::from_secs(5), "sweep", sweep);
        self.every(StdDuration::from_secs(3), "rules", rules);
        self.every(StdDuration::from_secs(60), "changes", changes);
        self.every(StdDuration::from_secs(1), "inbound mail", inbound);
        inbound::imap::start(self.app.clone())?;
        self.every(StdDuration::from_secs(60), "rate limits", |app| async move {
            app.limits.forget_idle();
            Ok(())
        });
        self.every(StdDuration::from_secs(60), "council", council);
        self.every(StdDuration::from_secs(60), "digest", |app| async move { digest::sending::job::tick(&app).await });
        self.every(StdDuration::from_secs(60), "thanks", thanks);
        self.every(StdDuration::from_secs(3600), "tidy", tidy);
        self.start(time::interval_at(time::Instant::now() + SETTLE, SETTLE), backups::JOB, |app| async move {
            backups::run(&app).await.map(|_| ())
        });
        Ok(())
    }

    /// Waits for the jobs to end and gives back what they held, so that other nodes go on at once.
    pub async fn end(self) {
        let mut tasks = self.tasks;
        let all = futures_util::future::join_all(tasks.iter_mut());
        if time::timeout(self.app.left_of(LONGEST_STOP), all).await.is_err() {
            tracing::warn!("a job did not end in time and is broken off");
            tasks.iter().for_each(JoinHandle::abort);
        }
        match time::timeout(LAST_WORDS, give_back(&self.app)).await {
            Ok(Ok(())) => {}
            Ok(Err(e)) => tracing::warn!(error = %e, "what this process held is free when its leases run out"),
            Err(_) => tracing::warn!("what this process held is free when its leases run out"),
        }
    }

    fn every<F>(&mut self, period: StdDuration, name: &'static str, job: impl Fn(Data<App>) -> F + 'static)
    where
        F: Future<Output = Result<()>> + 'static,
    {
        self.start(time::interval(period), name, job);
    }

    fn start<F>(&mut self, mut tick: time::Interval, name: &'static str, job: impl Fn(Data<App>) -> F + 'static)
    where
        F: Future<Output = Result<()>> + 'static,
    {
        let app = self.app.clone();
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        self.tasks.push(rt::spawn(async move {
            loop {
                tokio::select! {
                    _ = tick.tick() => {}
                    () = app.stopped() => return,
                }
                once(&app, name, job(app.clone())).await;
            }
        }));
    }
}

/// Runs a job and notes how it went. A panic in it is a failure like any other: it comes again.
async fn once(app: &App, name: &'static str, job: impl Future<Output = Result<()>>) {
    app.node.jobs.begin(name, app.clock.now());
    let done = AssertUnwindSafe(job).catch_unwind().await;
    let done = done.unwrap_or_else(|_| Err(Error::internal("it panicked")));
    if let Err(e) = &done {
        tracing::error!(job = name, error = %e, "a job failed and will be tried again");
    }
    app.node.jobs.end(name, done.err().map(|e| e.to_string()), app.clock.now());
}

async fn give_back(app: &App) -> Result<()> {
    let (owner, now) = (app.node.owner.clone(), app.clock.now());
    inbound::imap::let_go(app).await?;
    app.db
        .write(move |c| {
            outbox::release(c, &owner, now)?;
            digest::sending::lease::release(c, &owner)?;
            Ok(node::store::leave(c, &owner.to_string())?)
        })
        .await
}

/// Sends what is due.
pub async fn drain(app: Data<App>, owner: Owner) -> Result<()> {
    let in_time = app.clone();
    let drain = Drain {
        db: &app.db,
        mailer: &app.mailer,
        clock: &app.clock,
        owner: &owner,
        stopping: &|| app.stopping(),
        on_finished: Arc::new(move |c, mail, sent, now| {
            cases::actions::mail_finished(c, &Desk::at(&in_time, now), mail, sent)
        }),
    };
    let drained = drain.run(SENT).await?;
    app.node.mails.count(&drained);
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

/// Brings back what was deferred until today.
pub async fn changes(app: Data<App>) -> Result<()> {
    loop {
        let desk = Desk::of(&app);
        let back = app.db.write(move |c| backlog::returning::sweep(c, &desk, BATCH)).await?;
        if back < BATCH as usize || app.stopping() {
            return Ok(());
        }
    }
}

/// Reads the mail that came in.
pub async fn inbound(app: Data<App>) -> Result<()> {
    let read = inbound::process::run(&app, MAILS).await?;
    if read > 0 {
        tracing::info!(read, "mail came in");
    }
    Ok(())
}

/// Plans meetings of the council, fills the next agenda, invites and reminds.
pub async fn council(app: Data<App>) -> Result<()> {
    let (desk, weights, zone) = (Desk::of(&app), app.config.priority, app.config.app.time_zone);
    let looking = desk.clone();
    let found = app.db.read(move |c| council::job::look(c, &looking, weights)).await?;
    app.db.write(move |c| council::job::step(c, &desk, found, zone)).await
}

/// Drafts thanks for ideas that shipped, and sends those whose time has come.
pub async fn thanks(app: Data<App>) -> Result<()> {
    loop {
        let desk = Desk::of(&app);
        let work = move |c: &mut Conn| {
            let drafted = thanks::draft::step(c, &desk, BATCH)?;
            Ok(drafted.max(thanks::actions::sweep(c, &desk, BATCH)?))
        };
        if app.db.write(work).await? < BATCH as usize || app.stopping() {
            return Ok(());
        }
    }
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
