//! What an import says about itself, to people and to scripts. English, like the command line.

use std::io::{self, Write};

use super::batch::Batch;
use super::plan::Written;
use super::prepare::{Problem, Ready};
use super::source::{Format, Source};
use super::store::Import;
use super::topics;
use crate::feedback::model::shorten;
use serde::Serialize;

/// So many row errors are named; the rest is counted.
const NAMED: usize = 50;
const NAMED_IN_REHEARSAL: usize = 20;
const NAMED_TOPICS: usize = 20;
/// So many rows are shown as they would be taken.
const SAMPLE: usize = 5;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Finished,
    /// Stopped after a batch; the same command goes on from there.
    Interrupted,
    /// This very file was imported before. The counts are those of that time.
    AlreadyImported,
    /// Nothing was written.
    Rehearsed,
}

/// What became of the rows of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub file: String,
    pub format: &'static str,
    pub encoding: &'static str,
    pub outcome: Outcome,
    /// Rows that an earlier run, cut short, had done.
    pub done_before: u64,
    pub rows: u64,
    pub added: u64,
    /// Rows that were there already.
    pub skipped: u64,
    pub failed: u64,
    pub new_topics: Vec<String>,
    /// The first of the rows that failed.
    pub problems: Vec<Problem>,
    /// How the first rows would be taken; only of a rehearsal.
    pub sample: Vec<Sample>,
}

/// A row as it would be taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    pub line: u64,
    pub received_on: String,
    pub voice: &'static str,
    pub kind: &'static str,
    pub status: String,
    pub channel: String,
    pub topic: String,
    pub from: String,
    pub title: String,
}

impl Report {
    pub(super) fn new(source: &Source, file: &str, outcome: Outcome, done_before: u64) -> Self {
        let format = match source.format() {
            Format::Csv(_) => "CSV",
            Format::JsonArray => "JSON",
            Format::JsonLines => "JSON lines",
            Format::Xlsx => "XLSX",
        };
        Self {
            file: file.to_owned(),
            format,
            encoding: source.encoding(),
            outcome,
            done_before,
            rows: 0,
            added: 0,
            skipped: 0,
            failed: 0,
            new_topics: Vec::new(),
            problems: Vec::new(),
            sample: Vec::new(),
        }
    }

    /// What is known of an import that was finished before.
    pub(super) fn of_earlier(source: &Source, file: &str, import: &Import) -> Self {
        Self {
            rows: import.rows_done as u64,
            added: import.added as u64,
            skipped: import.skipped as u64,
            failed: import.failed as u64,
            ..Self::new(source, file, Outcome::AlreadyImported, 0)
        }
    }

    /// Takes a batch into account.
    pub(super) fn count(&mut self, batch: &Batch, written: Written) {
        self.rows += batch.rows;
        self.added += written.added;
        self.skipped += written.skipped;
        self.new_topics.extend(written.new_topics);
        self.fail(batch.problems.iter().cloned().chain(written.problems).collect());
    }

    /// How many more topics this import may make.
    pub(super) fn topics_left(&self) -> usize {
        topics::MAX_NEW.saturating_sub(self.new_topics.len())
    }

    /// Counts rows that failed and keeps the first of them.
    fn fail(&mut self, mut problems: Vec<Problem>) {
        self.failed += problems.len() as u64;
        // Those of one batch come from two places, each in the order of the file.
        problems.sort_by_key(|problem| problem.line);
        let room = self.named().saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }

    pub(super) fn show(&mut self, row: &Ready) {
        if self.sample.len() < SAMPLE {
            self.sample.push(Sample::of(row));
        }
    }

    fn named(&self) -> usize {
        if self.outcome == Outcome::Rehearsed { NAMED_IN_REHEARSAL } else { NAMED }
    }

    /// For people.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { file, format, encoding, rows, added, skipped, failed, .. } = self;
        match self.outcome {
            Outcome::AlreadyImported => {
                writeln!(out, "{file} is already imported, nothing was changed.")?;
                return writeln!(out, "That time: added {added}, already there {skipped}, with errors {failed}.");
            }
            _ => writeln!(out, "{file}: {format}, {encoding}")?,
        }
        if self.done_before > 0 {
            writeln!(out, "{} rows were done before; this run begins behind them.", self.done_before)?;
        }
        self.write_sample(out)?;
        self.write_problems(out)?;
        let would = if self.outcome == Outcome::Rehearsed { "Would add" } else { "Added" };
        writeln!(out, "{would} {added} of {rows} rows; already there {skipped}, with errors {failed}.")?;
        self.write_topics(out)?;
        match self.outcome {
            Outcome::Rehearsed => writeln!(out, "This was a rehearsal: nothing was changed."),
            Outcome::Interrupted => writeln!(out, "Stopped before the end. Run the same command again to go on."),
            _ => Ok(()),
        }
    }

    fn write_sample(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.sample.is_empty() {
            return Ok(());
        }
        let heads = ["line", "received", "voice", "kind", "status", "channel", "topic", "from", "title"];
        write_cells(out, heads.map(str::to_owned))?;
        self.sample.iter().try_for_each(|row| write_cells(out, row.cells()))
    }

    fn write_topics(&self, out: &mut dyn Write) -> io::Result<()> {
        let named = self.new_topics.iter().take(NAMED_TOPICS).map(String::as_str).collect::<Vec<_>>().join(", ");
        match (self.new_topics.len(), self.new_topics.len().saturating_sub(NAMED_TOPICS)) {
            (0, _) => Ok(()),
            (_, 0) => writeln!(out, "New topics: {named}."),
            (_, more) => writeln!(out, "New topics: {named} and {more} more."),
        }
    }

    fn write_problems(&self, out: &mut dyn Write) -> io::Result<()> {
        for Problem { line, message } in &self.problems {
            writeln!(out, "  line {line}: {message}")?;
        }
        match self.failed.saturating_sub(self.problems.len() as u64) {
            0 => Ok(()),
            more => writeln!(out, "  and {more} more rows with errors"),
        }
    }
}

impl Sample {
    fn of(row: &Ready) -> Self {
        let said = &row.feedback;
        let from = match &row.contact {
            Some(contact) => contact.email.clone(),
            None if said.anonymous => "anonymous".to_owned(),
            None => String::new(),
        };
        Self {
            line: row.line,
            received_on: said.received_at.format("%Y-%m-%d").to_string(),
            voice: said.voice.as_str(),
            kind: said.kind.as_str(),
            status: row.case.status.clone(),
            channel: said.channel.clone(),
            topic: row.topic.clone().unwrap_or_default(),
            from,
            title: said.title.clone(),
        }
    }

    fn cells(&self) -> [String; 9] {
        let Self { line, received_on, voice, kind, status, channel, topic, from, title } = self;
        [&line.to_string(), received_on, *voice, *kind, status, channel, topic, from, title].map(str::to_owned)
    }
}

/// A line of the table of samples; cells that are too long are cut.
fn write_cells(out: &mut dyn Write, cells: [String; 9]) -> io::Result<()> {
    const WIDTHS: [usize; 9] = [6, 10, 8, 9, 6, 12, 20, 20, 50];
    let line: Vec<String> =
        cells.iter().zip(WIDTHS).map(|(cell, width)| format!("{:<width$}", shorten(cell, width))).collect();
    writeln!(out, "  {}", line.join("  ").trim_end())
}
