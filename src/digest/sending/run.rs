//! Queueing the mails of one edition, batch by batch.

use super::hour::Hour;
use super::lease::{self, Reached};
use super::letters::{Place, Telling, mail};
use super::{audience, control};
use crate::app::App;
use crate::db::Conn;
use crate::digest::editions::Edition;
use crate::digest::model::{Skip, Standing};
use crate::digest::series::{self, Series};
use crate::error::{Error, Result};
use crate::journal::{self, By, Event, Subject};
use crate::mail::outbox::{self, NewMail, Owner};
use crate::mail::ways::Ways;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Readers at a time.
const BATCH: i64 = 500;
/// A send that takes longer goes on while its page shows how far it is.
const PATIENCE: Duration = Duration::from_secs(2);
/// Why nothing was sent.
pub const NOTHING: &str = "nothing";
pub const NOBODY: &str = "nobody";

/// What a run goes by; the same from its first batch to its last.
#[derive(Clone)]
struct Run {
    series: Arc<Series>,
    telling: Arc<Telling>,
    owner: Owner,
    hour: Hour,
    ways: Ways,
}

/// Readers that were gone through, and what that gave.
struct Batch {
    last: i64,
    mails: Vec<(NewMail, DateTime<Utc>)>,
    skipped: Vec<Skip>,
}

/// Goes on with an edition that is being sent, to its end, unless another process is at it.
pub async fn run(app: &App, id: i64) -> Result<()> {
    batches(app, id, usize::MAX).await
}

/// The same for so many batches.
pub async fn batches(app: &App, id: i64, most: usize) -> Result<()> {
    // What a pause had taken back.
    control::tidy(app, id).await?;
    let Some((mut edition, run)) = begin(app, id).await? else { return Ok(()) };
    for _ in 0..most {
        match step(app, &run, edition).await? {
            Some(next) if !app.stopping() => edition = next,
            _ => return Ok(()),
        }
    }
    Ok(())
}

/// The same in the background, for somebody who waits a moment for the answer.
pub async fn patiently(app: Data<App>, id: i64) -> Result<()> {
    let run = actix_web::rt::spawn(async move {
        let done = run(&app, id).await;
        done.inspect_err(|e| tracing::error!(digest = id, error = %e, "a digest was not queued to the end"))
    });
    match tokio::time::timeout(PATIENCE, run).await {
        Ok(ended) => ended.map_err(Error::internal)?,
        Err(_) => Ok(()),
    }
}

async fn begin(app: &App, id: i64) -> Result<Option<(Edition, Run)>> {
    let (owner, now) = (app.node.owner.clone(), app.clock.now());
    let (by, zone) = (owner.clone(), app.config.app.time_zone);
    let Some(edition) = app.db.write(move |c| Ok(lease::take(c, id, &by, now)?)).await? else { return Ok(None) };
    let (edition, series, telling) = app
        .db
        .read(move |c| {
            let series = series::find(c, edition.series_id)?;
            let telling = Telling::load(c, &edition, &series, zone, now)?;
            Ok((edition, series, telling))
        })
        .await?;
    let hour = Hour::of(&series, edition.send_at.map_or(now, |at| *at))?;
    Ok(Some((
        edition,
        Run { series: Arc::new(series), telling: Arc::new(telling), owner, hour, ways: app.ways.clone() },
    )))
}

/// One batch; gives the edition as it is then, or none at the end or where it is ours no more.
async fn step(app: &App, run: &Run, edition: Edition) -> Result<Option<Edition>> {
    let (reading, from) = (run.clone(), edition.clone());
    let now = app.clock.now();
    let batch = app
        .db
        .read(move |c| {
            let readers = audience::next(c, &reading.series, from.cursor_id.unwrap_or(i64::MIN), BATCH)?;
            let Some(last) = readers.last().map(|reader| reader.id) else { return Ok(None) };
            let places = reading.telling.places(c, readers)?;
            batch(&reading, &from, last, places, now).map(Some)
        })
        .await?;
    let (run, now) = (run.clone(), app.clock.now());
    app.db
        .write(move |c| match batch {
            Some(batch) => queue(c, &run, edition, batch, now),
            None => finish(c, &run, &edition, now),
        })
        .await
}

fn batch(run: &Run, from: &Edition, last: i64, places: Vec<Place>, now: DateTime<Utc>) -> Result<Batch> {
    let (ways, id) = (&run.ways, from.id);
    let mut batch = Batch { last, mails: Vec::with_capacity(places.len()), skipped: Vec::new() };
    for Place { reader, letter } in places {
        match letter {
            Ok(letter) => {
                let due = run.hour.of_reader(reader.zone.as_deref());
                batch.mails.push((mail(ways, id, reader, letter, now)?, due));
            }
            Err(why) => batch.skipped.push(why),
        }
    }
    Ok(batch)
}

/// The mails, and how far that is, in one transaction.
fn queue(c: &mut Conn, run: &Run, edition: Edition, batch: Batch, now: DateTime<Utc>) -> Result<Option<Edition>> {
    if !lease::keep(c, &edition, &run.owner, now)? {
        return Ok(None);
    }
    let mails = batch.mails.into_iter().map(|(mail, due)| (mail, due.max(now))).collect();
    let queued = i64::try_from(outbox::enqueue_all(c, mails, now)?).map_err(Error::internal)?;
    let reached = Reached {
        last: batch.last,
        recipients: edition.recipients + queued,
        skips: counted(&edition.skips.0, &batch.skipped),
    };
    lease::reach(c, edition.id, &reached)?;
    Ok(Some(Edition {
        cursor_id: Some(reached.last),
        recipients: reached.recipients,
        skips: crate::db::types::Doc(reached.skips),
        ..edition
    }))
}

/// How many were left out by now, by reason.
fn counted(before: &Value, more: &[Skip]) -> Value {
    let mut skips = before.as_object().cloned().unwrap_or_default();
    for why in more {
        let n = skips.get(why.as_str()).and_then(Value::as_i64).unwrap_or_default();
        skips.insert(why.to_string(), json!(n + 1));
    }
    Value::Object(skips)
}

/// Everybody was gone through. The journal says so once, however often it was paused and went on.
fn finish(c: &mut Conn, run: &Run, edition: &Edition, now: DateTime<Utc>) -> Result<Option<Edition>> {
    if !lease::keep(c, edition, &run.owner, now)? {
        return Ok(None);
    }
    let (status, why) = match (edition.recipients, edition.cursor_id) {
        (0, None) => (Standing::Skipped, Some(NOBODY)),
        (0, _) => (Standing::Skipped, Some(NOTHING)),
        _ => (Standing::Sent, None),
    };
    lease::end(c, edition.id, status, why, edition.queued_at.map_or(now, |at| *at))?;
    if edition.queued_at.is_none() {
        let facts = json!({
            "from": edition.starts_on,
            "to": edition.ends_on,
            "mails": edition.recipients,
            "skipped": edition.skips.0,
            "why": why,
        });
        let event = if status == Standing::Sent { "digest_sent" } else { "digest_skipped" };
        journal::append(c, Event::new(By::SYSTEM, Subject::Digest, edition.id, event, facts, now))?;
    }
    Ok(None)
}
