//! `heard backup` and `heard restore`.

use super::{answer, blocking, size, stored};
use crate::config::Config;
use crate::db::backup::{self, Contents, Restored};
use crate::db::conn::Use;
use crate::db::inspect::Attached;
use crate::db::{Location, migrate};
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use clap::Args;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What `heard backup` can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct BackupArgs {
    /// The file to write, or the folder to write it into; without it, `backups` beside the database
    pub target: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// What `heard restore` can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct RestoreArgs {
    /// A file that `heard backup` has written
    pub file: PathBuf,
    /// Replace the database that is there; it is kept under another name
    #[arg(long)]
    pub yes: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Copies the whole database, while servers go on working, and checks the copy.
pub async fn backup(config: &Config, args: &BackupArgs, now: DateTime<Utc>, out: &mut dyn Write) -> Result<()> {
    let location = Location::parse(&config.database.url)?;
    let target = target(&location, args.target.as_deref(), now);
    let file = target.clone();
    let contents = blocking(move || backup::make(&location, &file)).await?;
    let text = format!("{}: checked, complete, {}\n{}", target.display(), size(contents.bytes), listed(&contents));
    answer(out, args.json, &json!({ "file": target, "contents": contents }), &text)
}

/// Puts a backup in the place of the database, which nobody may be using.
pub async fn restore(config: &Config, args: &RestoreArgs, now: DateTime<Utc>, out: &mut dyn Write) -> Result<()> {
    let location = Location::parse(&config.database.url)?;
    refuse_unasked(&location, args)?;
    let (place, file) = (location.to_string(), args.file.clone());
    let (restored, waiting) = blocking(move || {
        let restored = backup::restore(&location, &file, &stamp(now))?;
        Ok((restored, waiting_mails(&location)?))
    })
    .await?;
    let text = said(&place, &restored, waiting);
    answer(out, args.json, &json!({ "database": place, "restored": restored, "waiting_mails": waiting }), &text)
}

/// PostgreSQL needs no question: there a restore never replaces anything.
fn refuse_unasked(location: &Location, args: &RestoreArgs) -> Result<()> {
    match location {
        Location::Sqlite(path) if path.exists() && !args.yes => Err(Error::internal(format!(
            "{} is there already. With --yes the backup takes its place, and it is kept beside it under another name",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// A backup knows nothing of the mails that went out after it was made.
fn waiting_mails(location: &Location) -> Result<i64> {
    let mut database = Attached::open(location, Use::Read)?;
    // What an older schema calls a mail is not ours to guess.
    let steps = migrate::steps(&mut database.conn)?;
    if steps.missing.is_empty() { Ok(stored::waiting_mails(&mut database.conn)?) } else { Ok(0) }
}

fn said(place: &str, restored: &Restored, waiting: i64) -> String {
    let mut text = format!("{place}: restored\n{}", listed(&restored.contents));
    if let Some(kept) = &restored.kept {
        text += &format!("The database that was there is kept as {}\n", kept.display());
    }
    if !restored.contents.missing_steps.is_empty() {
        text += "The backup is of an older version; the next start brings its schema up to date.\n";
    }
    if waiting > 0 {
        text += &format!(
            "{waiting} mails wait in its outbox, and those that went out after the backup was made would go out \
             again: `heard serve --no-workers` lets you look at /outbox first.\n"
        );
    }
    text
}

fn listed(contents: &Contents) -> String {
    contents.rows.iter().filter(|(_, n)| **n > 0).map(|(table, n)| format!("{n:>10} {table}\n")).collect()
}

fn stamp(now: DateTime<Utc>) -> String {
    now.format("%Y%m%d-%H%M%S").to_string()
}

fn target(location: &Location, asked: Option<&Path>, now: DateTime<Utc>) -> PathBuf {
    let folder = match asked {
        Some(folder) if folder.is_dir() || folder.to_string_lossy().ends_with('/') => folder.to_owned(),
        Some(file) => return file.to_owned(),
        None => match location {
            Location::Sqlite(database) => database.with_file_name("backups"),
            Location::Postgres(_) => "data/backups".into(),
        },
    };
    folder.join(format!("heard-{}.{}", stamp(now), backup::extension(location)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_goes_where_it_is_sent() {
        let now = "2026-11-23T08:09:10Z".parse().expect("a moment");
        let lite = Location::Sqlite("data/heard.db".into());
        let name = |asked: Option<&str>| target(&lite, asked.map(Path::new), now).display().to_string();
        assert_eq!(name(None), "data/backups/heard-20261123-080910.db");
        assert_eq!(name(Some("/safe/")), "/safe/heard-20261123-080910.db");
        assert_eq!(name(Some("/safe.db")), "/safe.db");
        let pg = Location::Postgres("postgres://db/heard".into());
        assert_eq!(target(&pg, None, now), Path::new("data/backups/heard-20261123-080910.dump"));
    }
}
