//! A digest looked at or sent by whoever runs the server: written, approved and sent in one go.

use super::letters::{Place, Telling};
use super::{audience, run};
use crate::app::App;
use crate::db::Conn;
use crate::db::schema::digest_editions as rows;
use crate::db::types::Ts;
use crate::digest::editions::{self, Edition};
use crate::digest::model::{Reader, Skip, Standing};
use crate::digest::period::Period;
use crate::digest::series::Series;
use crate::digest::{content, items, numbers};
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Readers at a time.
const BATCH: i64 = 500;

/// How many were left out, by reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Skips(BTreeMap<Skip, i64>);

impl Default for Skips {
    /// Nobody left out for being empty is worth saying too.
    fn default() -> Self {
        Skips(BTreeMap::from([(Skip::Empty, 0)]))
    }
}

impl Skips {
    fn of_edition(edition: &Edition) -> Skips {
        let mut skips = Skips::default();
        for why in Skip::ALL {
            if let Some(n) = edition.skips.0.get(why.as_str()).and_then(Value::as_i64) {
                skips.0.insert(*why, n);
            }
        }
        skips
    }

    pub fn of(&self, why: Skip) -> i64 {
        self.0.get(&why).copied().unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Skip, i64)> + '_ {
        self.0.iter().map(|(why, n)| (*why, *n))
    }
}

/// What sending did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub queued: i64,
    /// Had it from an earlier run.
    pub already: i64,
    #[serde(flatten)]
    pub skips: Skips,
}

/// Who would get a digest, and the first letter in each language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Looked {
    pub recipients: i64,
    #[serde(flatten)]
    pub skips: Skips,
    #[serde(skip)]
    pub firsts: Vec<Place>,
}

/// Writes the digest of these days, if nobody has, and sends it. Run again it goes on where nobody has been yet.
pub async fn send(app: &App, series: &Series, period: Period) -> Result<Report> {
    let (zone, now, series_id) = (app.config.app.time_zone, app.clock.now(), series.id);
    if period.is_open(now, zone) {
        return Err(Error::field("month", "error-digest-not-over"));
    }
    let begun = app.db.write(move |c| begin(c, series_id, period, zone, now)).await?;
    run::run(app, begun.id).await?;
    let done = app.db.read(move |c| Ok(editions::find(c, begun.id)?)).await?;
    let (queued, skips) = (done.recipients - begun.recipients, Skips::of_edition(&done));
    Ok(Report { queued, already: begun.recipients, skips })
}

/// What a digest of these days would be; nothing is written or sent.
pub async fn look(app: &App, series: &Series, period: Period) -> Result<Looked> {
    let telling = Arc::new(telling(app, series, period).await?);
    let (mut looked, mut after) = (Looked::default(), i64::MIN);
    loop {
        let (telling, series) = (Arc::clone(&telling), series.clone());
        let places = app
            .db
            .read(move |c| {
                let readers = audience::next(c, &series, after, BATCH)?;
                telling.places(c, readers)
            })
            .await?;
        let Some(last) = places.last() else { return Ok(looked) };
        after = last.reader.id;
        places.into_iter().for_each(|place| looked.add(place));
    }
}

/// What one person would get.
pub async fn place(app: &App, series: &Series, period: Period, reader: Reader) -> Result<Place> {
    let telling = telling(app, series, period).await?;
    let places = app.db.read(move |c| telling.places(c, vec![reader])).await?;
    places.into_iter().next().ok_or(Error::NotFound)
}

impl Looked {
    fn add(&mut self, place: Place) {
        match &place.letter {
            Err(why) => *self.skips.0.entry(*why).or_default() += 1,
            Ok(_) => {
                self.recipients += 1;
                if !self.firsts.iter().any(|first| first.reader.lang == place.reader.lang) {
                    self.firsts.push(place);
                }
            }
        }
    }
}

async fn telling(app: &App, series: &Series, period: Period) -> Result<Telling> {
    let (series, zone, now) = (series.clone(), app.config.app.time_zone, app.clock.now());
    app.db
        .read(move |c| {
            let there = editions::of_period(c, series.id, period)?;
            let edition = there.unwrap_or_else(|| Edition::draft(series.id, period, now));
            Telling::load(c, &edition, &series, zone, now)
        })
        .await
}

/// The edition of these days, being sent; whatever stage it was at, as long as it can be sent at all.
fn begin(c: &mut Conn, series: i64, period: Period, zone: Tz, now: DateTime<Utc>) -> Result<Edition> {
    editions::make(c, Edition::draft(series, period, now))?;
    let edition = editions::of_period(c, series, period)?.ok_or(Error::NotFound)?;
    match edition.status {
        Standing::Draft | Standing::Submitted | Standing::Approved => {
            fix(c, &edition, zone, now)?;
            Ok(editions::find(c, edition.id)?)
        }
        Standing::Sending | Standing::Sent | Standing::Skipped => Ok(edition),
        Standing::Paused | Standing::Stopped => Err(Error::Conflict("error-digest-moved-on")),
    }
}

/// From now on what it tells stands fixed.
fn fix(c: &mut Conn, edition: &Edition, zone: Tz, now: DateTime<Utc>) -> Result<()> {
    let row = rows::table.find(edition.id);
    if edition.until_at.is_none() {
        let window = content::window(c, edition, zone, now)?;
        items::refresh(c, edition, &window)?;
        let numbers = numbers::count(c, edition.period(), &window, zone)?;
        let set = (rows::until_at.eq(Some(Ts::from(now))), rows::numbers.eq(numbers));
        diesel::update(row).set(set).execute(c)?;
    }
    diesel::update(row).set((rows::status.eq(Standing::Sending), rows::version.eq(rows::version + 1))).execute(c)?;
    Ok(())
}
