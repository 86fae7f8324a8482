//! Who has the database open. A restore replaces all of it, so it has to be alone; everybody else holds a shared lock
//! for as long as they are connected. The operating system, or PostgreSQL, drops the lock of a process that is killed.

use super::conn::Conn;
use crate::error::{Error, Result};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The advisory lock on PostgreSQL: any number, as long as every node takes the same.
pub(super) const LOCK: i64 = 7_215_004_092;

const RESTORING: &str = "a restore is under way in this database; try again when it is done";
const IN_USE: &str = "the database is in use: stop every `heard` that works on it, then restore";

/// A lock on `<database>.lock`; let go when dropped. The file stays: removing it would let two hold two locks.
pub struct Presence(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

impl Presence {
    /// Says that this process uses a SQLite file.
    pub fn shared(database: &Path) -> Result<Presence> {
        let file = lock_file(database)?;
        held(file.try_lock_shared(), RESTORING)?;
        Ok(Presence(file))
    }

    /// Keeps everybody else out of a SQLite file.
    pub fn alone(database: &Path) -> Result<Presence> {
        let file = lock_file(database)?;
        held(file.try_lock(), IN_USE)?;
        Ok(Presence(file))
    }
}

/// A path beside a database that begins with its whole name: `heard.db` and `-wal` make `heard.db-wal`.
pub(super) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn lock_file(database: &Path) -> Result<File> {
    let path = beside(database, ".lock");
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| Error::internal(format!("{}: {e}", path.display())))
}

fn held(tried: std::result::Result<(), TryLockError>, taken: &str) -> Result<()> {
    tried.map_err(|e| match e {
        TryLockError::WouldBlock => Error::Unavailable(taken.into()),
        TryLockError::Error(e) => Error::internal(format!("the database cannot be locked: {e}")),
    })
}

#[derive(QueryableByName)]
struct Session {
    #[diesel(sql_type = Bool)]
    joined: bool,
    #[diesel(sql_type = Bool)]
    durable: bool,
}

/// Says that a PostgreSQL session uses the database, and refuses one that would acknowledge what is not on disk.
pub(super) fn join(pg: &mut PgConnection) -> Result<()> {
    let session: Session = diesel::sql_query(format!(
        "select pg_try_advisory_lock_shared({LOCK}) as joined, current_setting('synchronous_commit') <> 'off' as durable"
    ))
    .get_result(pg)?;
    if !session.durable {
        return Err(Error::internal("durable writes need PostgreSQL's synchronous_commit, which is off for this user"));
    }
    if session.joined { Ok(()) } else { Err(Error::Unavailable(RESTORING.into())) }
}

#[derive(QueryableByName)]
struct Tried {
    #[diesel(sql_type = Bool)]
    alone: bool,
}

/// Keeps every other session of ours out of a PostgreSQL database until this one ends.
pub(super) fn shut_others_out(c: &mut Conn) -> Result<()> {
    let tried: Tried = diesel::sql_query(format!("select pg_try_advisory_lock({LOCK}) as alone")).get_result(c)?;
    if tried.alone { Ok(()) } else { Err(Error::Unavailable(IN_USE.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_be_there_or_one_alone() -> Result<()> {
        let database = std::env::temp_dir().join(format!("heard-presence-{}.db", crate::id::secret()));
        let (one, two) = (Presence::shared(&database)?, Presence::shared(&database)?);
        assert!(Presence::alone(&database).is_err_and(|e| e.to_string().contains("in use")));
        drop((one, two));
        let alone = Presence::alone(&database)?;
        assert!(Presence::shared(&database).is_err_and(|e| e.to_string().contains("restore is under way")));
        drop(alone);
        Presence::shared(&database).map(|_| ())
    }
}
