//! SQLite: the copy is a database file like the original, packed, without a write-ahead log.

use super::{Contents, Draft, Restored, about};
use crate::db::conn::Use;
use crate::db::inspect::{self, Attached};
use crate::db::presence::beside;
use crate::db::{Conn, Location, Presence, migrate};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// `VACUUM INTO` takes one snapshot: all that was committed before, nothing of what comes after.
pub fn copy(from: &Location, to: &Path) -> Result<Contents> {
    let mut source = Attached::open(from, Use::Write)?;
    diesel::sql_query("vacuum into $1").bind::<Text, _>(to.to_string_lossy()).execute(&mut source.conn)?;
    check(to, to)
}

pub fn restore(database: &Path, from: &Path, stamp: &str) -> Result<Restored> {
    refuse_unfinished(from)?;
    let draft = Draft::beside(database)?;
    let _alone = Presence::alone(database)?;
    copy_bytes(from, &draft.path)?;
    // What is checked is the very file that takes the place of the old one.
    let contents = check(&draft.path, from)?;
    let kept = set_aside(database, stamp)?;
    draft.publish(database)?;
    Ok(Restored { contents, kept })
}

/// A database that was copied while in use has its newest rows in a log beside it, which would be left behind.
fn refuse_unfinished(file: &Path) -> Result<()> {
    let log = beside(file, "-wal");
    match log.metadata() {
        Ok(found) if found.len() > 0 => Err(Error::internal(format!(
            "{} belongs to {}: that is a database in use, not a backup; make one with `heard backup`",
            log.display(),
            file.display()
        ))),
        _ => Ok(()),
    }
}

fn copy_bytes(from: &Path, to: &Path) -> Result<()> {
    let mut source = File::open(from).map_err(about(from))?;
    let mut target = File::create(to).map_err(about(to))?;
    io::copy(&mut source, &mut target).map_err(about(to))?;
    Ok(())
}

/// Reads all of a backup; `name` is what people know it by.
fn check(file: &Path, name: &Path) -> Result<Contents> {
    let refused = |why: String| Error::internal(format!("{} cannot be used: {why}", name.display()));
    let broken = |e: diesel::result::Error| refused(format!("it is not a whole SQLite database ({e})"));
    let mut c = open_still(file)?;
    let damage = inspect::thorough_damage(&mut c).map_err(broken)?;
    if let Some(first) = damage.first() {
        return Err(refused(format!("it is damaged ({first})")));
    }
    let steps = migrate::steps(&mut c)?;
    steps.refuse_newer().map_err(|e| refused(e.to_string()))?;
    if steps.done.is_empty() {
        return Err(refused("it is not a database of Heard".into()));
    }
    Ok(Contents {
        bytes: file.metadata().map_err(about(name))?.len(),
        rows: inspect::rows(&mut c)?,
        missing_steps: steps.missing,
    })
}

/// Opens a file that nobody writes to, without leaving anything beside it.
fn open_still(file: &Path) -> Result<Conn> {
    let path = percent_encode(file.as_os_str().as_bytes(), NON_ALPHANUMERIC);
    let c = SqliteConnection::establish(&format!("file:{path}?mode=ro&immutable=1"));
    c.map(Conn::Sqlite).map_err(|e| Error::internal(format!("{}: {e}", file.display())))
}

/// Keeps the old database under another name, its log with it. The old name goes on working until the new file takes
/// it, so that there is a whole database under it whenever the machine stops.
fn set_aside(database: &Path, stamp: &str) -> Result<Option<PathBuf>> {
    if !database.exists() {
        return clear(database).map(|()| None);
    }
    if let Err(e) = empty_log(database) {
        tracing::warn!(error = %e, "the old database is kept as it is");
    }
    let kept = beside(database, &format!(".before-restore-{stamp}"));
    super::refuse_existing(&kept)?;
    // Some file systems know no second name for a file; there it is without its name for a moment.
    std::fs::hard_link(database, &kept).or_else(|_| std::fs::rename(database, &kept)).map_err(about(&kept))?;
    let log = beside(database, "-wal");
    if log.exists() {
        std::fs::rename(&log, beside(&kept, "-wal")).map_err(about(&log))?;
    }
    clear(database)?;
    Ok(Some(kept))
}

/// Moves what is in the log into the file itself.
fn empty_log(database: &Path) -> Result<()> {
    let mut c = Conn::open(&Location::Sqlite(database.to_owned()), Use::Write)?;
    Ok(c.batch_execute("pragma wal_checkpoint(truncate)")?)
}

/// A log that is left over would be read as part of the new file.
fn clear(database: &Path) -> Result<()> {
    for suffix in ["-wal", "-shm"] {
        let left = beside(database, suffix);
        match std::fs::remove_file(&left) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(about(&left)(e)),
            _ => {}
        }
    }
    Ok(())
}
