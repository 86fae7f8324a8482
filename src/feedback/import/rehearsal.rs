//! `--dry-run`: everything an import does but the writing.

use std::collections::HashSet;
use std::path::Path;

use super::batch::{Batch, Batches};
use super::mapping::Mapping;
use super::plan::{self, ExternalId};
use super::prepare::Preparer;
use super::report::{Outcome, Report};
use super::run::{Opened, open};
use super::store;
use super::topics::{NewTopic, Topics};
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::Topic;

/// Shows what importing this file would do; changes nothing.
pub async fn rehearse(app: &App, path: &Path, mapping: &Mapping) -> Result<Report> {
    let now = app.clock.now();
    let Opened { file, source, mapper } = open(app, path, mapping, now).await?;
    let hash = source.sha256().to_owned();
    let before = app.db.read(move |c| Ok(store::find(c, &hash)?)).await?.filter(|import| !import.took_nothing());
    if let Some(import) = before.as_ref().filter(|import| import.finished_at.is_some()) {
        return Ok(Report::of_earlier(&source, &file, import));
    }
    let done_before = before.map_or(0, |import| import.rows_done as u64);
    let mut report = Report::new(&source, &file, Outcome::Rehearsed, done_before);
    // The number of the import is never stored.
    let preparer = Preparer::new(mapper, app, 0, source.sha256(), now)?;
    let mut batches = Batches::new(source, preparer, done_before).read_ahead();
    let mut earlier = Earlier::default();
    while let Some(batch) = batches.recv().await {
        let batch = batch.map_err(|e| Error::internal(format!("{file}: {e}")))?;
        (report, earlier) = app.db.read(move |c| rehearse_batch(c, &batch, report, earlier)).await?;
    }
    Ok(report)
}

/// What the batches before would have left in the database.
#[derive(Default)]
struct Earlier {
    known: HashSet<ExternalId>,
    topics: Vec<Topic>,
}

fn rehearse_batch(c: &mut Conn, batch: &Batch, mut report: Report, mut earlier: Earlier) -> Result<(Report, Earlier)> {
    earlier.known.extend(store::known(c, &batch.ready)?);
    let mut topics = store::topics_for(c, &batch.ready)?;
    topics.extend(earlier.topics.iter().cloned());
    let plan = plan::plan(&batch.ready, &mut earlier.known, Topics::new(&topics, report.topics_left()));
    earlier.topics.extend(plan.new_topics.iter().map(NewTopic::as_topic));
    plan.add.iter().for_each(|(row, _)| report.show(row));
    report.count(batch, plan.outcome());
    Ok((report, earlier))
}
