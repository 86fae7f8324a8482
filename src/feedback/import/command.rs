//! `heard import`: the arguments, the progress bar, Ctrl-C.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::mapping::{Mapping, MappingError};
use super::rehearsal::rehearse;
use super::report::{Outcome, Report};
use super::run::{Progress, import};
use crate::app::App;
use crate::error::{Error, Result};

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Import feedback from a file: CSV with any delimiter, JSON, JSON lines or XLSX, in any usual encoding.
///
/// Columns that are called like fields are taken as they are; otherwise say which column is which field. Running the same
/// command again adds nothing, or goes on where it was stopped. Imported feedback sends no mail.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// The file to import.
    pub file: PathBuf,
    /// A mapping file (TOML): [map] "column" = "field", [set] field = "value with {column}", [values.field] word = word.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Take a field from a column; may be repeated.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Give a field the same value in every row, or one made of columns: 'title={Product}: {Issue}'; may be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// How dates are written, if that is not clear from them, such as '%d.%m.%Y'; may be repeated.
    #[arg(long, value_name = "FORMAT")]
    pub date_format: Vec<String>,
    /// Show what would happen and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Write the report as JSON.
    #[arg(long)]
    pub json: bool,
}

impl ImportArgs {
    /// The mapping that was said: the file, and over it the command line.
    fn mapping(&self) -> Result<Mapping> {
        let wrong = |e: MappingError| Error::internal(e);
        let mut mapping = match &self.mapping {
            None => Mapping::default(),
            Some(path) => {
                let named = |e: &dyn std::fmt::Display| Error::internal(format!("{}: {e}", path.display()));
                let text = std::fs::read_to_string(path).map_err(|e| named(&e))?;
                Mapping::from_toml(&text).map_err(|e| named(&e))?
            }
        };
        self.map.iter().try_for_each(|argument| mapping.map(argument)).map_err(wrong)?;
        self.set.iter().try_for_each(|argument| mapping.set(argument)).map_err(wrong)?;
        self.date_format.iter().try_for_each(|format| mapping.date_format(format)).map_err(wrong)?;
        Ok(mapping)
    }
}

/// Runs the command and writes its report. An error means that the file or the mapping cannot be used and nothing was
/// changed, or that the database failed; rows that are wrong are in the report.
pub async fn command(app: &App, args: ImportArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let mapping = args.mapping()?;
    let report = match args.dry_run {
        true => rehearse(app, &args.file, &mapping).await?,
        false => import_watched(app, &args, &mapping).await?,
    };
    write_report(&report, args.json, out).map_err(Error::internal)?;
    Ok(match report.outcome {
        Outcome::Interrupted => ExitCode::from(INTERRUPTED),
        _ => ExitCode::SUCCESS,
    })
}

/// The import with a progress bar, until it is done or Ctrl-C is pressed: the batch at hand is finished first.
async fn import_watched(app: &App, args: &ImportArgs, mapping: &Mapping) -> Result<Report> {
    let pressed = Arc::new(AtomicBool::new(false));
    let listening = tokio::spawn(notice_ctrl_c(Arc::clone(&pressed)));
    // Drawn to stderr, and only if that is a terminal.
    let bar = ProgressBar::no_length().with_style(style()?);
    let on_batch = |Progress { bytes, total }| {
        bar.set_length(total);
        bar.set_position(bytes);
        if pressed.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let report = import(app, &args.file, mapping, &on_batch).await;
    bar.finish_and_clear();
    listening.abort();
    report
}

async fn notice_ctrl_c(pressed: Arc<AtomicBool>) {
    match tokio::signal::ctrl_c().await {
        Ok(()) => pressed.store(true, Ordering::Relaxed),
        Err(e) => {
            tracing::warn!(error = %e, "Ctrl-C cannot be heard: it will cut the import short, which loses nothing")
        }
    }
}

fn style() -> Result<ProgressStyle> {
    ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} left").map_err(Error::internal)
}

fn write_report(report: &Report, json: bool, out: &mut dyn Write) -> std::io::Result<()> {
    if !json {
        return report.write_text(out);
    }
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}
