//! One connection type over both databases, and how a connection is opened.

use super::presence;
use crate::config;
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};
use std::time::Duration;

/// A connection to whichever database is configured.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Where the data lives, read from `sqlite://path` or `postgres://…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    Sqlite(std::path::PathBuf),
    Postgres(String),
}

impl Location {
    /// Reads a database URL; the error names what was expected.
    pub fn parse(url: &str) -> Result<Location> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return match path {
                "" => Err(Error::internal("database.url: sqlite:// needs a path, as in sqlite://data/heard.db")),
                path => Ok(Location::Sqlite(path.into())),
            };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Location::Postgres(url.to_owned()));
        }
        Err(Error::internal("database.url: expected sqlite://path or postgres://user:password@host/name"))
    }
}

impl std::fmt::Display for Location {
    /// For people: without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Location::Sqlite(path) => write!(f, "{}", path.display()),
            Location::Postgres(url) => f.write_str(&config::without_password(url)),
        }
    }
}

/// What a connection is opened for: SQLite keeps readers from writing by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Read,
    Write,
}

impl Conn {
    /// Opens a connection. The derived `establish` would try each database in turn and hide why one failed.
    pub fn open(location: &Location, intent: Use) -> Result<Conn> {
        match location {
            Location::Postgres(url) => {
                let mut pg = PgConnection::establish(url).map_err(|e| Error::Unavailable(e.to_string()))?;
                pg.batch_execute("set time zone 'UTC'")?;
                presence::join(&mut pg)?;
                Ok(Conn::Pg(pg))
            }
            Location::Sqlite(path) => open_sqlite(&path.to_string_lossy(), intent).map(Conn::Sqlite),
        }
    }
}

/// How long SQLite waits for a lock that another process has.
pub(super) const BUSY_MILLIS: u32 = 5000;

fn open_sqlite(path: &str, intent: Use) -> Result<SqliteConnection> {
    let mut lite = SqliteConnection::establish(path).map_err(|e| Error::Unavailable(format!("{path}: {e}")))?;
    lite.batch_execute(&format!(
        "pragma busy_timeout = {BUSY_MILLIS}; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
    ))?;
    if intent == Use::Write {
        // A group of submissions dirties hundreds of pages: with the default of 1,000 every other commit would be
        // followed by a checkpoint and its own fsync, and with 2 MB of cache the indexes would be read again each time.
        lite.batch_execute("pragma wal_autocheckpoint = 4096; pragma cache_size = -65536")?;
    }
    if intent == Use::Read {
        lite.batch_execute("pragma query_only = on")?;
    }
    // Acknowledged means on disk: refuse to run on a file system or build that will not promise it.
    let promised = (pragma_text(&mut lite, "journal_mode")?, pragma_int(&mut lite, "synchronous")?);
    if promised != ("wal".to_owned(), 2) {
        return Err(Error::internal(format!("{path}: durable writes need WAL and synchronous=FULL, got {promised:?}")));
    }
    Ok(lite)
}

#[derive(QueryableByName)]
struct TextPragma {
    #[diesel(sql_type = diesel::sql_types::Text, column_name = "journal_mode")]
    value: String,
}

fn pragma_text(c: &mut SqliteConnection, name: &str) -> QueryResult<String> {
    diesel::sql_query(format!("pragma {name}")).get_result::<TextPragma>(c).map(|p| p.value)
}

#[derive(QueryableByName)]
struct IntPragma {
    #[diesel(sql_type = diesel::sql_types::Integer, column_name = "synchronous")]
    value: i32,
}

fn pragma_int(c: &mut SqliteConnection, name: &str) -> QueryResult<i32> {
    diesel::sql_query(format!("pragma {name}")).get_result::<IntPragma>(c).map(|p| p.value)
}

/// Hands connections to the pool.
pub struct Manager {
    pub location: Location,
    pub intent: Use,
}

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = Error;

    fn connect(&self) -> Result<Conn> {
        Conn::open(&self.location, self.intent)
    }

    fn is_valid(&self, c: &mut Conn) -> Result<()> {
        Ok(c.batch_execute("select 1")?)
    }

    fn has_broken(&self, c: &mut Conn) -> bool {
        // A connection left inside a transaction, by a panic for example, is not given to the next one.
        use diesel::connection::{Connection, TransactionManager};
        let inside = |depth: std::result::Result<Option<std::num::NonZeroU32>, _>| {
            !matches!(depth, Ok::<_, diesel::result::Error>(None))
        };
        match c {
            Conn::Pg(c) => inside(
                <PgConnection as Connection>::TransactionManager::transaction_manager_status_mut(c).transaction_depth(),
            ),
            Conn::Sqlite(c) => inside(
                <SqliteConnection as Connection>::TransactionManager::transaction_manager_status_mut(c)
                    .transaction_depth(),
            ),
        }
    }
}

/// How long a request waits for a free connection before it is told to come back.
pub const POOL_WAIT: Duration = Duration::from_secs(5);
