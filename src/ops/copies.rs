//! `heard backup` and `heard restore`.

use super::{answer, blocking, size, stored};
use crate::backups;
use crate::clock::Clock;
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
    let target = target(config, &location, args.target.as_deref(), now);
    let file = target.clone();
    let contents = blocking(move || {
        let noted = note_begin(&location, &file, now);
        let made = backup::make(&location, &file);
        if let Some(id) = noted {
            note_end(&location, id, &made);
        }
        made
    })
    .await?;
    let text = format!("{}: checked, complete, {}\n{}", target.display(), size(contents.bytes), listed(&contents));
    answer(out, args.json, &json!({ "file": target, "contents": contents }), &text)
}

/// Writes down that a backup is made by hand. One that cannot be written down is made all the same: the disk may be
/// full, or the schema an older one.
fn note_begin(location: &Location, file: &Path, now: DateTime<Utc>) -> Option<i64> {
    let id = crate::id::new_id();
    let noted = Attached::open(location, Use::Write).and_then(|mut database| {
        let steps = migrate::steps(&mut database.conn)?;
        if !steps.missing.is_empty() || !steps.unknown.is_empty() {
            return Ok(false);
        }
        Ok(backups::store::begin(&mut database.conn, id, &by_hand(), &file.display().to_string(), now)?)
    });
    match noted {
        Ok(noted) => noted.then_some(id),
        Err(e) => {
            tracing::warn!(error = %e, "the backup could not be written down and is made all the same");
            None
        }
    }
}

fn note_end(location: &Location, id: i64, made: &Result<Contents>) {
    let made = backups::outcome(made);
    let noted = Attached::open(location, Use::Write).and_then(|mut database| {
        Ok(backups::store::end(&mut database.conn, id, &by_hand(), &made, Clock::System.now())?)
    });
    if let Err(e) = noted {
        tracing::warn!(error = %e, "the end of the backup could not be written down");
    }
}

/// The name of the node that a command is.
fn by_hand() -> String {
    format!("{}:{}:command", crate::mail::outbox::Owner::new().host(), std::process::id())
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

fn target(config: &Config, location: &Location, asked: Option<&Path>, now: DateTime<Utc>) -> PathBuf {
    let folder = match asked {
        Some(folder) if folder.is_dir() || folder.to_string_lossy().ends_with('/') => folder.to_owned(),
        Some(file) => return file.to_owned(),
        None => backups::folder(config, location),
    };
    folder.join(backups::file_name(location, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_goes_where_it_is_sent() -> Result<()> {
        let mut config = Config::from_parts(None, [])?;
        let now = "2026-11-23T08:09:10Z".parse().expect("a moment");
        let lite = Location::Sqlite("data/heard.db".into());
        let name = |asked: Option<&str>| target(&config, &lite, asked.map(Path::new), now).display().to_string();
        assert_eq!(name(None), "data/backups/heard-20261123-080910.db");
        assert_eq!(name(Some("/safe/")), "/safe/heard-20261123-080910.db");
        assert_eq!(name(Some("/safe.db")), "/safe.db");
        let pg = Location::Postgres("postgres://db/heard".into());
        assert_eq!(target(&config, &pg, None, now), Path::new("data/backups/heard-20261123-080910.dump"));
        config.backup.folder = "/mnt/safe".into();
        assert_eq!(target(&config, &pg, None, now), Path::new("/mnt/safe/heard-20261123-080910.dump"));
        Ok(())
    }
}
