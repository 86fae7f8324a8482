//! The import of one file: batches are read ahead and written one after the other.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::batch::{Batch, Batches};
use super::mapping::{Mapper, Mapping};
use super::plan::Written;
use super::prepare::Preparer;
use super::report::{Outcome, Report};
use super::source::{Source, SourceError};
use super::store::{self, House, Import};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result, is_taken};

/// How often a batch is tried when a key is taken under our hands. A reference that was drawn before is met once in some
/// 30 batches with a million cases.
const ATTEMPTS: usize = 6;

/// How far an import has come; given after every batch that is safely stored.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub bytes: u64,
    pub total: u64,
}

/// Imports a file, or goes on with it. After every batch `on_batch` is asked whether to go on.
pub async fn import(
    app: &App,
    path: &Path,
    mapping: &Mapping,
    on_batch: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<Report> {
    let now = app.clock.now();
    let Opened { file, source, mapper } = open(app, path, mapping, now).await?;
    let import = begin(app, Import::new(source.sha256(), &file, now), now).await?;
    if import.finished_at.is_some() {
        return Ok(Report::of_earlier(&source, &file, &import));
    }
    let mut report = Report::new(&source, &file, Outcome::Finished, import.rows_done as u64);
    let total = source.total();
    let house = House { rules: app.rules.current(), tz: app.config.app.time_zone, now };
    let preparer = Preparer::new(mapper, app, import.id, source.sha256(), now)?;
    let mut batches = Batches::new(source, preparer, report.done_before).read_ahead();
    while let Some(batch) = batches.recv().await {
        let batch = Arc::new(batch.map_err(|e| cut_short(&report, &e))?);
        let written = write(app, import.id, &batch, report.topics_left(), &house).await?;
        report.count(&batch, written);
        if on_batch(Progress { bytes: batch.bytes, total }).is_break() {
            report.outcome = Outcome::Interrupted;
            return Ok(report);
        }
    }
    let ended = app.clock.now();
    app.db.write(move |c| Ok(store::finish(c, import.id, ended)?)).await?;
    Ok(report)
}

/// A file that can be read, with a mapping that fits it.
pub(super) struct Opened {
    pub file: String,
    pub source: Source,
    pub mapper: Mapper,
}

/// Opens a file and ties the mapping to it; what is wrong with either is said here, before anything is changed.
pub(super) async fn open(app: &App, path: &Path, mapping: &Mapping, now: DateTime<Utc>) -> Result<Opened> {
    let wrong = |e: &dyn std::fmt::Display| Error::internal(format!("{}: {e}", path.display()));
    let owned = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || Source::open(&owned)).await.map_err(Error::internal)?;
    let source = opened.map_err(|e| wrong(&e))?;
    let mapper = mapping.bind(source.columns(), app.config.app.time_zone, now).map_err(|e| wrong(&e))?;
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Opened { file, source, mapper })
}

/// The import of this file: a new one, or how far an earlier one came. One of which nothing was taken begins anew, so that
/// a mapping that did not fit can be put right.
async fn begin(app: &App, new: Import, now: DateTime<Utc>) -> Result<Import> {
    let begin = move |c: &mut Conn| {
        let Some(before) = store::find(c, &new.file_hash)? else {
            store::begin(c, &new)?;
            return Ok(new);
        };
        if before.took_nothing() {
            store::begin_anew(c, before.id, now)?;
            return Ok(Import { id: before.id, ..new });
        }
        Ok(before)
    };
    app.db.write(begin).await.map_err(|e| match e {
        Error::Db(e) if is_taken(&e) => Error::internal("this file has just begun to be imported by another process"),
        e => e,
    })
}

async fn write(app: &App, import_id: i64, batch: &Arc<Batch>, topics_left: usize, house: &House) -> Result<Written> {
    let mut attempt = 1;
    loop {
        let (batch, house) = (Arc::clone(batch), house.clone());
        match app.db.write(move |c| store::write(c, import_id, &batch, topics_left, &house)).await {
            Err(Error::Db(e)) if is_taken(&e) && attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

fn cut_short(report: &Report, e: &SourceError) -> Error {
    let Report { file, rows, .. } = report;
    Error::internal(format!("{file}: {e}; {rows} rows were read and stored before, run the same command to go on"))
}
