//! Making and sending a digest. What it can tell is loaded once; each mail is one row of the outbox under a key that
//! no second run, restart or node can write again.

use super::editions::{self, Edition};
use super::model::{Decided, Skip};
use super::period::{Period, Window};
use super::readers::{Place, Readers, mail};
use super::series::EVERYBODY;
use super::store;
use crate::app::App;
use crate::backlog::model::{News, Status};
use crate::backlog::reach;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::journal::{self, By, Event, Subject};
use crate::mail::outbox::{self, NewMail};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the digest of a period can tell.
#[derive(Clone, Debug)]
pub struct Digest {
    pub period: Period,
    /// None until somebody sends it.
    pub row: Option<Edition>,
    /// What happened later is not in it, and who subscribed later does not get it.
    pub made_at: DateTime<Utc>,
    /// Newest first.
    pub decided: Arc<Vec<Decided>>,
    pub window: Window,
}

/// Loads what happened in a period. A digest that was begun is made again as it was then.
pub fn build(c: &mut Conn, zone: Tz, period: Period, now: DateTime<Utc>) -> QueryResult<Digest> {
    let row = editions::of_period(c, EVERYBODY, period)?;
    let made_at = row.as_ref().map_or(now, |row| row.until(now));
    let window = editions::earlier(c, EVERYBODY, period, made_at)?
        .iter()
        .map(|row| Window::of(row.period(), zone, row.until(now)))
        .fold(Window::of(period, zone, made_at), |window, earlier| window.without(&earlier));
    let mut changes: Vec<_> = store::decided(c, window.from, window.until)?;
    changes.retain(|(at, _)| window.holds(**at));
    let ids: Vec<i64> = changes.iter().map(|(_, change)| change.id).collect();
    let reach = reach::kept(c, &ids)?;
    let decided = changes.into_iter().map(|(_, change)| Decided {
        id: change.id,
        title: change.title,
        shipped: change.status != Status::Declined,
        public: change.public,
        news: News { en: change.outcome_en, ru: change.outcome_ru },
        reach: reach.get(&change.id).map_or(0, |reach| reach.people),
    });
    Ok(Digest { period, row, made_at, decided: Arc::new(decided.collect()), window })
}

/// The same, now, on the product's own database.
pub async fn of_period(app: &App, period: Period) -> Result<Digest> {
    let (zone, now) = (app.config.app.time_zone, app.clock.now());
    app.db.read(move |c| Ok(build(c, zone, period, now)?)).await
}

/// How many were left out, by reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Skips(BTreeMap<Skip, usize>);

impl Default for Skips {
    /// Nobody left out for being empty is worth saying too.
    fn default() -> Self {
        Skips(BTreeMap::from([(Skip::Empty, 0)]))
    }
}

impl Skips {
    pub fn add(&mut self, why: Skip) {
        *self.0.entry(why).or_default() += 1;
    }

    pub fn of(&self, why: Skip) -> usize {
        self.0.get(&why).copied().unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Skip, usize)> + '_ {
        self.0.iter().map(|(why, n)| (*why, *n))
    }
}

/// Who would get a digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub recipients: usize,
    #[serde(flatten)]
    pub skips: Skips,
}

/// Counts who would get a digest; sends nothing.
pub async fn audience(app: &App, digest: &Digest) -> Result<Counted> {
    let mut audience = Counted::default();
    let mut readers = Readers::of(app, digest);
    while let Some(batch) = readers.next().await? {
        for place in batch {
            match place.letter {
                Ok(_) => audience.recipients += 1,
                Err(why) => audience.skips.add(why),
            }
        }
    }
    Ok(audience)
}

/// What sending a digest did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub queued: usize,
    /// Had it from an earlier run.
    pub already: usize,
    #[serde(flatten)]
    pub skips: Skips,
}

/// Begins a digest: from now on what it tells stands fixed. A period that is not over has more to tell later.
pub async fn begin(app: &App, period: Period) -> Result<Digest> {
    let (zone, now) = (app.config.app.time_zone, app.clock.now());
    if period.is_open(now, zone) {
        return Err(Error::field("month", "error-digest-not-over"));
    }
    app.db
        .write(move |c| {
            editions::open(c, EVERYBODY, period, now)?;
            Ok(build(c, zone, period, now)?)
        })
        .await
}

/// Queues the mails of a digest that was begun. Run again after a crash, or beside itself, it goes on where nobody has
/// been yet.
pub async fn enqueue(app: &App, by: By, digest: &Digest) -> Result<Report> {
    let id = digest.row.as_ref().map(|row| row.id).ok_or_else(|| Error::internal("a digest nobody began"))?;
    let mut report = Report::default();
    let mut readers = Readers::of(app, digest);
    while let Some(batch) = readers.next().await? {
        let mut mails = Vec::with_capacity(batch.len());
        for Place { reader, letter } in batch {
            match letter {
                Ok(letter) => mails.push(mail(id, reader, &letter)?),
                Err(why) => report.skips.add(why),
            }
        }
        let (asked, queued) = (mails.len(), queue(app, mails).await?);
        report.queued += queued;
        report.already += asked - queued;
    }
    finish(app, by, id, digest.period, report.clone()).await?;
    Ok(report)
}

/// Begins and queues, or goes on with, the digest of a period.
pub async fn send(app: &App, by: By, period: Period) -> Result<Report> {
    let digest = begin(app, period).await?;
    enqueue(app, by, &digest).await
}

async fn queue(app: &App, mails: Vec<NewMail>) -> Result<usize> {
    if mails.is_empty() {
        return Ok(0);
    }
    let now = app.clock.now();
    app.db
        .write(move |c| {
            let mut queued = 0;
            for mail in &mails {
                queued += usize::from(outbox::enqueue(c, mail, now)?);
            }
            Ok(queued)
        })
        .await
}

/// The first to get to the end says so in the journal, for all runs together.
async fn finish(app: &App, by: By, id: i64, period: Period, report: Report) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |c| {
            if editions::finish(c, id, now)? {
                let facts = json!({
                    "from": period.first,
                    "to": period.last,
                    "mails": report.queued + report.already,
                    "skipped": report.skips,
                });
                journal::append(c, Event::new(by, Subject::Digest, id, "digest_sent", facts, now))?;
            }
            Ok(())
        })
        .await
}
