//! What whoever runs the product does from the command line: copy it, put a copy back, bring its schema up to date,
//! look after its health.

mod copies;
mod doctor;
mod setup;
mod stored;

pub use copies::{BackupArgs, RestoreArgs, backup, restore};
pub use doctor::{DoctorArgs, doctor};

use crate::config::Config;
use crate::db;
use crate::error::{Error, Result};
use clap::Args;
use serde::Serialize;
use serde_json::json;
use std::io::Write;

/// What `heard migrate` can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct MigrateArgs {
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Takes the schema steps that are missing and names them. A server does the same when it starts.
pub async fn migrate(config: &Config, args: &MigrateArgs, out: &mut dyn Write) -> Result<()> {
    let settings = config.database.clone();
    let steps = blocking(move || db::bring_up_to_date(&settings)).await?;
    let mut text: String = steps.iter().map(|step| format!("applied {step}\n")).collect();
    if steps.is_empty() {
        text = "The schema is up to date.\n".into();
    }
    answer(out, args.json, &json!({ "applied": steps }), &text)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// Says the same to a script or to a person.
fn answer(out: &mut dyn Write, as_json: bool, json: &impl Serialize, text: &str) -> Result<()> {
    if as_json {
        serde_json::to_writer_pretty(&mut *out, json).map_err(Error::internal)?;
        return writeln!(out).map_err(Error::internal);
    }
    out.write_all(text.as_bytes()).map_err(Error::internal)
}

/// A size in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
