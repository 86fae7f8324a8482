//! This process among those that work on the same database: what it does, and how others hear of it. What one node
//! writes into table `nodes` the status page of every other shows.

pub mod jobs;
pub mod store;
pub mod traffic;

use crate::app::App;
use crate::clock::Clock;
use crate::error::Result;
use crate::mail::outbox::Owner;
use crate::mail::{Mailer, Stopped};
use chrono::{DateTime, Duration, Utc};
use jobs::{Job, Jobs, Progress};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use traffic::{Mails, Traffic};

/// How often a node says that it is there.
pub const BEAT: Duration = Duration::seconds(15);
/// Whoever has said nothing for so long is taken for gone.
pub const GONE: Duration = Duration::seconds(45);

/// This process.
pub struct Node {
    /// Also what its leases are signed with.
    pub owner: Owner,
    pub started_at: DateTime<Utc>,
    pub jobs: Jobs,
    pub traffic: Traffic,
    pub mails: Mails,
    works: AtomicBool,
    said: Mutex<Option<(DateTime<Utc>, Gist)>>,
}

/// What a node says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Whether it does the background work.
    pub works: bool,
    pub stopping: bool,
    pub jobs: BTreeMap<String, Job>,
    /// Why it sends no mail.
    pub mail: Option<MailStop>,
}

/// Why a node sends no mail, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailStop {
    pub since: DateTime<Utc>,
    /// When it will be tried again.
    pub until: DateTime<Utc>,
    pub reason: String,
    /// Waiting will not help: somebody has to repair the settings or the server.
    pub needs_repair: bool,
}

impl From<Stopped> for MailStop {
    fn from(stopped: Stopped) -> MailStop {
        let Stopped { reason, since, until, needs_repair, .. } = stopped;
        MailStop { since, until, reason, needs_repair }
    }
}

impl Node {
    pub fn new(clock: &Clock) -> Node {
        Node {
            owner: Owner::new(),
            started_at: clock.now(),
            jobs: Jobs::default(),
            traffic: Traffic::default(),
            mails: Mails::default(),
            works: AtomicBool::new(false),
            said: Mutex::default(),
        }
    }

    /// This process has begun to do the background work.
    pub fn begin_work(&self) {
        self.works.store(true, Ordering::Relaxed);
    }

    /// What there is to say now.
    pub fn state(&self, mailer: &Mailer, stopping: bool) -> State {
        let works = self.works.load(Ordering::Relaxed);
        State { works, stopping, jobs: self.jobs.snapshot(), mail: mailer.alarm().map(MailStop::from) }
    }
}

/// What others should hear of at once when it changes.
type Gist = (bool, Option<DateTime<Utc>>, Vec<(String, Option<DateTime<Utc>>, Option<Progress>)>);

impl State {
    fn gist(&self) -> Gist {
        let jobs = self.jobs.iter().map(|(name, job)| (name.clone(), job.failing_since, job.progress));
        (self.stopping, self.mail.as_ref().map(|stop| stop.since), jobs.collect())
    }
}

/// Says that this node is there and how it is. Also finds out whether the database takes changes again.
pub async fn beat(app: &App) -> Result<()> {
    let (now, started_at, id) = (app.clock.now(), app.node.started_at, app.node.owner.to_string());
    let state = app.node.state(&app.mailer, app.stopping());
    let gist = state.gist();
    app.db
        .write(move |c| {
            store::beat(c, &id, started_at, &state, now)?;
            Ok(store::tidy(c, now)?)
        })
        .await?;
    *app.node.said.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, gist));
    Ok(())
}

/// The same when it is time, when something has changed, or when the database could not be written.
pub async fn beat_if_due(app: &App) -> Result<()> {
    let now = app.clock.now();
    let gist = app.node.state(&app.mailer, app.stopping()).gist();
    let said = app.node.said.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let same = said.is_some_and(|(at, before)| (now - at).abs() < BEAT && before == gist);
    if same && app.db.outage().is_none() { Ok(()) } else { beat(app).await }
}

/// The machine in a node's name.
pub fn host_of(node: &str) -> &str {
    node.split(':').next().unwrap_or_default()
}
