//! Torture: the real server is killed again and again while it takes feedback in and mail out, and at the end everything
//! that was promised must be there, once.
//!
//!     cargo test --test torture -- --minutes 2
//!     tests/postgres -- cargo test --test torture -- --minutes 2
//!
//! `--help` lists the rest; docs/torture.md says what the tables mean. The exit code is 1 when a bar is broken.

mod evidence;
mod fleet;
mod http;
mod inbound;
mod judge;
mod ledger;
mod load;
mod matrix;
mod options;
mod place;
mod planted;
mod reaper;
mod sink;
mod storm;
mod table;
mod trap;
mod words;

use clap::{Parser, ValueEnum};
use options::{Database, Options, Part};
use place::Place;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::Report;

pub type Error = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    let options = Options::parse();
    let folder = std::env::temp_dir().join(format!("heard-torture-{}", std::process::id()));
    let well = match all(&options, &folder) {
        Ok(reports) => reports.iter().all(|report| report.broken.is_empty()),
        Err(e) => {
            println!("torture: {e}");
            false
        }
    };
    if options.keep || !well {
        println!("\nDatabases, ledgers and logs: {}", folder.display());
    } else if let Err(e) = std::fs::remove_dir_all(&folder) {
        println!("{}: {e}", folder.display());
    }
    println!("\n{}", if well { "Every bar holds." } else { "A bar is BROKEN." });
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn all(options: &Options, folder: &Path) -> Result<Vec<Report>> {
    let server = std::env::var("HEARD_TEST_POSTGRES").ok();
    let databases = options.databases(server.as_deref());
    let mut reports = Vec::new();
    for database in &databases {
        for part in options.parts() {
            let place = Place::make(within(folder, *database, part), *database, server.as_deref())?;
            let report = one(options, part, &place, databases.len())?;
            report.print();
            reports.push(report);
        }
    }
    Ok(reports)
}

fn one(options: &Options, part: Part, place: &Place, databases: usize) -> Result<Report> {
    let nodes = if place.database == Database::Postgres { options.nodes } else { 1 };
    let goal = options.goal(part, databases);
    match part {
        Part::Judge | Part::All => planted::run(place),
        Part::Intake => storm::run(&storm::INTAKE, place, nodes, &goal, options.seed),
        Part::Outbox => matrix::run(place, options, databases),
        Part::Inbound => storm::run(&storm::INBOUND, place, nodes, &goal, options.seed),
    }
}

fn within(folder: &Path, database: Database, part: Part) -> PathBuf {
    let part = part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    folder.join(format!("{}-{part}", database.name().to_lowercase()))
}
