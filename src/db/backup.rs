//! Copies of a whole database that can be trusted: a file gets its name only when it is complete, checked and on disk.

mod postgres;
mod sqlite;

use super::Location;
use super::inspect::Rows;
use crate::error::{Error, Result};
use serde::Serialize;
use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A draft that nobody has written to for so long is nobody's.
const ABANDONED: Duration = Duration::from_secs(6 * 3600);

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    pub bytes: u64,
    /// By table.
    pub rows: Rows,
    /// Schema steps that are newer than the backup; they are taken when a server next opens it.
    pub missing_steps: Vec<String>,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    pub contents: Contents,
    /// Where the database that was there before is now.
    pub kept: Option<PathBuf>,
}

/// How the name of a backup ends.
pub fn extension(location: &Location) -> &'static str {
    match location {
        Location::Sqlite(_) => "db",
        Location::Postgres(_) => "dump",
    }
}

/// Copies the database as it is now into a new file, while others go on reading and writing it.
pub fn make(from: &Location, to: &Path) -> Result<Contents> {
    refuse_existing(to)?;
    let draft = Draft::beside(to)?;
    let contents = match from {
        Location::Sqlite(_) => sqlite::copy(from, &draft.path)?,
        Location::Postgres(url) => postgres::dump(from, url, &draft.path)?,
    };
    refuse_existing(to)?;
    draft.publish(to)?;
    Ok(contents)
}

/// How much of a backup that is being made has been written.
pub fn drafted(to: &Path) -> u64 {
    let name = draft_prefix(to);
    let drafts = drafts_in(folder_of(to)).unwrap_or_default();
    drafts
        .iter()
        .filter(|(file, _)| file.file_name().is_some_and(|f| f.to_string_lossy().starts_with(&name)))
        .map(|(_, about)| about.len())
        .sum()
}

/// Removes what backups that were killed have left in the folder of this one.
pub fn sweep_drafts(to: &Path) -> Result<()> {
    let folder = folder_of(to);
    for (file, about_it) in drafts_in(folder).map_err(about(folder))? {
        let untouched = about_it.modified().ok().and_then(|at| at.elapsed().ok());
        if untouched.is_some_and(|so_long| so_long > ABANDONED) {
            std::fs::remove_file(&file).map_err(about(&file))?;
        }
    }
    Ok(())
}

fn drafts_in(folder: &Path) -> io::Result<Vec<(PathBuf, std::fs::Metadata)>> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".heard-") && name.ends_with(".part") {
            found.push((entry.path(), entry.metadata()?));
        }
    }
    Ok(found)
}

fn draft_prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Puts a backup in the place of the database, which nobody may be using. `stamp` becomes part of the name under which
/// the file that was there is kept.
pub fn restore(to: &Location, from: &Path, stamp: &str) -> Result<Restored> {
    match to {
        Location::Sqlite(path) => sqlite::restore(path, from, stamp),
        Location::Postgres(url) => postgres::restore(to, url, from),
    }
}

fn refuse_existing(file: &Path) -> Result<()> {
    match file.symlink_metadata() {
        Ok(_) => Err(Error::internal(format!("{} is there already; a backup never replaces a file", file.display()))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(about(file)(e)),
    }
}

/// A file on its way: readable by us alone, and gone unless it is published.
struct Draft {
    path: PathBuf,
    published: bool,
}

impl Draft {
    /// In the folder of the file it is to become, which is made if need be: a rename does not cross file systems.
    fn beside(target: &Path) -> Result<Draft> {
        let folder = folder_of(target);
        std::fs::create_dir_all(folder).map_err(about(folder))?;
        if target.file_name().is_none() {
            return Err(Error::internal(format!("{}: no file name", target.display())));
        }
        let path = folder.join(format!("{}{}.part", draft_prefix(target), crate::id::secret()));
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(about(&path))?;
        Ok(Draft { path, published: false })
    }

    /// Gives the file its name once all of it is on disk; the name itself is on disk when this returns.
    fn publish(mut self, target: &Path) -> Result<()> {
        let settle = || -> io::Result<()> {
            let file = File::open(&self.path)?;
            file.set_permissions(Permissions::from_mode(0o600))?;
            file.sync_all()?;
            std::fs::rename(&self.path, target)?;
            File::open(folder_of(target))?.sync_all()
        };
        settle().map_err(about(target))?;
        self.published = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.published
            && let Err(e) = std::fs::remove_file(&self.path)
            && e.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(file = %self.path.display(), error = %e, "half a file could not be removed");
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Names the file in the error.
fn about(file: &Path) -> impl Fn(io::Error) -> Error {
    move |e| Error::internal(format!("{}: {e}", file.display()))
}
