//! Backups that are made by themselves: at their hour one node copies the whole database, checks the copy, writes down
//! what it holds, and only then lets an old one go.

pub mod model;
pub mod store;

use crate::app::App;
use crate::config::Config;
use crate::db::Location;
use crate::db::backup;
use crate::db::inspect;
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::Backup;

/// The name of the job.
pub const JOB: &str = "backup";
/// How often somebody who looks sees that it goes on.
const LOOK: Duration = Duration::from_secs(2);

/// Where backups go that nobody sends elsewhere.
pub fn folder(config: &Config, location: &Location) -> PathBuf {
    match (config.backup.folder.as_str(), location) {
        ("", Location::Sqlite(database)) => database.with_file_name("backups"),
        ("", Location::Postgres(_)) => "data/backups".into(),
        (folder, _) => folder.into(),
    }
}

/// The name of a backup that is begun now.
pub fn file_name(location: &Location, now: DateTime<Utc>) -> String {
    format!("heard-{}.{}", now.format("%Y%m%d-%H%M%S"), backup::extension(location))
}

/// Makes the backup that is due, if one is and no other node makes it; true if one was made.
pub async fn run(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some(slot) = model::slot(&app.config.backup, app.config.app.time_zone, now) else { return Ok(false) };
    if !app.config.backup.enabled {
        return Ok(false);
    }
    let location = app.db.location().clone();
    // Whole, so that it is found again when the process is started from elsewhere.
    let folder = std::path::absolute(folder(&app.config, &location)).map_err(Error::internal)?;
    let file = folder.join(file_name(&location, now));
    let (id, node, shown) = (slot.timestamp(), app.node.owner.to_string(), file.display().to_string());
    let claimed = {
        let node = node.clone();
        app.db.write(move |c| Ok(store::claim(c, slot, &node, &shown, now)?)).await?
    };
    if !claimed {
        return Ok(false);
    }
    tracing::info!("a backup begins");
    let made = copy(app, location, file).await;
    let (ended, outcome) = (app.clock.now(), outcome(&made));
    app.db.write(move |c| Ok(store::end(c, id, &node, &outcome, ended)?)).await?;
    let made = made?;
    tracing::info!(bytes = made.bytes, "a backup was made and checked");
    let_go(app).await?;
    Ok(true)
}

/// What is written down of it.
pub fn outcome(made: &Result<backup::Contents>) -> std::result::Result<backup::Contents, String> {
    match made {
        Ok(contents) => Ok(contents.clone()),
        Err(e) => Err(e.to_string()),
    }
}

async fn copy(app: &App, location: Location, file: PathBuf) -> Result<backup::Contents> {
    let size = app.db.read(|c| Ok(inspect::size(c)?)).await?;
    let target = file.clone();
    let mut copying = tokio::task::spawn_blocking(move || {
        backup::sweep_drafts(&target)?;
        backup::make(&location, &target)
    });
    loop {
        match tokio::time::timeout(LOOK, &mut copying).await {
            Ok(made) => return made.map_err(Error::internal)?,
            Err(_) => app.node.jobs.progress(JOB, backup::drafted(&file), size),
        }
    }
}

/// Removes what newer good backups have replaced, each file before its row.
async fn let_go(app: &App) -> Result<()> {
    let (node, keep) = (app.node.owner.to_string(), app.config.backup.keep);
    let old = app.db.read(move |c| Ok(store::outlived(c, &node, keep)?)).await?;
    for backup in old {
        remove(&backup)?;
        app.db.write(move |c| Ok(store::forget(c, backup.id)?)).await?;
    }
    let now = app.clock.now();
    app.db.write(move |c| Ok(store::tidy(c, now)?)).await
}

fn remove(backup: &Backup) -> Result<()> {
    let file = Path::new(&backup.file);
    let ours = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("heard-"));
    if !ours {
        return Err(Error::internal(format!("{} is not named like a backup and stays", file.display())));
    }
    match std::fs::remove_file(file) {
        Err(e) if e.kind() != ErrorKind::NotFound => {
            Err(Error::internal(format!("an old backup, {}, cannot be removed: {e}", file.display())))
        }
        _ => Ok(()),
    }
}
