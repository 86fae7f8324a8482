//! Reading ahead: the rows of a file in batches, each ready to be written, while the batch before is being written.

use tokio::sync::mpsc;

use super::prepare::{Preparer, Problem, Ready};
use super::source::{Source, SourceError};

/// Rows in one transaction. With 21 columns that is 21,000 values in a statement; SQLite takes 32,766.
pub(super) const ROWS: u64 = 1_000;
/// Long texts make a batch shorter, so that memory stays bounded.
const TEXT_BYTES: usize = 4 * 1024 * 1024;

/// Some rows of the file that are written together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// How many rows of the file come before it.
    pub start: u64,
    /// How many rows of the file it covers, good and bad.
    pub rows: u64,
    pub ready: Vec<Ready>,
    pub problems: Vec<Problem>,
    /// How much of the file has been read by its end.
    pub bytes: u64,
}

/// The rows of a file in batches, from behind the first `skip` rows on.
pub(super) struct Batches {
    source: Source,
    preparer: Preparer,
    start: u64,
    skip: u64,
}

impl Batches {
    pub(super) fn new(source: Source, preparer: Preparer, skip: u64) -> Self {
        Self { source, preparer, start: skip, skip }
    }

    /// Starts reading on a thread of its own, one batch ahead of whoever takes them.
    pub(super) fn read_ahead(self) -> mpsc::Receiver<Result<Batch, SourceError>> {
        let (ready, taken) = mpsc::channel(1);
        tokio::task::spawn_blocking(move || {
            for batch in self {
                if ready.blocking_send(batch).is_err() {
                    break; // told to stop
                }
            }
        });
        taken
    }

    fn read(&mut self) -> Result<Batch, SourceError> {
        for _ in 0..std::mem::take(&mut self.skip) {
            self.source.next().transpose()?;
        }
        let mut batch = Batch { start: self.start, ..Batch::default() };
        let mut text = 0;
        while batch.rows < ROWS && text < TEXT_BYTES {
            let Some(row) = self.source.next().transpose()? else { break };
            batch.rows += 1;
            match self.preparer.prepare(row) {
                Ok(ready) => {
                    text += ready.feedback.text.len();
                    batch.ready.push(ready);
                }
                Err(problem) => batch.problems.push(problem),
            }
        }
        self.start += batch.rows;
        batch.bytes = self.source.bytes_read();
        Ok(batch)
    }
}

impl Iterator for Batches {
    type Item = Result<Batch, SourceError>;

    /// Nothing follows an error: the source ends there too.
    fn next(&mut self) -> Option<Self::Item> {
        match self.read() {
            Ok(batch) if batch.rows == 0 => None,
            read => Some(read),
        }
    }
}
