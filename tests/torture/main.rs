//! Torture: the real server is killed again and again while it takes feedback in and mail out, and at the end everything
//! that was promised must be there, once.
//!
//!     cargo test --test torture -- --minutes 2
//!     tests/postgres -- cargo test --test torture -- --minutes 2
//!
//! `--help` lists the rest; docs/torture.md says what the tables mean. The exit code is 1 when a bar is broken.

mod copies;
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
mod power;
mod reaper;
mod restarts;
mod sink;
mod storm;
mod table;
mod trap;
mod words;

use clap::Parser;
use options::{Database, Options, Part};
use place::Place;
use std::path::Path;
use std::process::ExitCode;
use std::thread::ScopedJoinHandle;
use table::Report;

pub type Error = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    let options = Options::parse();
    let folder = std::env::temp_dir().join(format!("heard-torture-{}", std::process::id()));
    let reports = all(&options, &folder);
    let failed = reports.iter().filter(|report| !report.broken.is_empty()).count();
    if options.keep || failed > 0 {
        println!("\nDatabases, ledgers and logs: {}", folder.display());
    } else if let Err(e) = std::fs::remove_dir_all(&folder) {
        println!("{}: {e}", folder.display());
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {} passed; {failed} failed", reports.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn all(options: &Options, folder: &Path) -> Vec<Report> {
    let databases = options.databases(std::env::var("HEARD_TEST_POSTGRES").is_ok());
    let mut reports = Vec::new();
    for database in &databases {
        for part in options.parts() {
            let report = one(
                options,
                part,
                *database,
                &folder.join(format!("{}-{}", reports.len(), database.name())),
                databases.len(),
            );
            let report = report.unwrap_or_else(|e| Report::failed(database.name(), &e));
            report.print();
            reports.push(report);
        }
    }
    reports
}

fn one(options: &Options, part: Part, database: Database, folder: &Path, databases: usize) -> Result<Report> {
    if part == Part::Power {
        return copies::power_loss(folder, options);
    }
    let place = Place::make(folder.to_owned(), database)?;
    let nodes = if database == Database::Postgres { options.nodes } else { 1 };
    let goal = options.goal(part, databases);
    match part {
        Part::Intake => storm::run(&storm::INTAKE, &place, nodes, &goal, options.seed),
        Part::Inbound => storm::run(&storm::INBOUND, &place, nodes, &goal, options.seed),
        Part::Outbox => matrix::run(&place, options, databases),
        Part::Backup => copies::backups(&place, options),
        Part::Restarts => restarts::run(&place, options),
        Part::Judge | Part::All | Part::Power => planted::run(&place),
    }
}

fn joined<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err("a thread of the harness panicked".into()))
}
