//! The same steps under the same names for both databases.

use super::Conn;
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number, as long as every node takes the same: nodes that start together take turns.
const LOCK: i64 = 7_215_004_091;

/// Applies the steps that are missing; returns their names. Each step is one transaction.
pub fn up(c: &mut Conn) -> Result<Vec<String>> {
    locked(c, |c| {
        let done = match c {
            Conn::Sqlite(c) => c.run_pending_migrations(SQLITE),
            Conn::Pg(c) => c.run_pending_migrations(POSTGRES),
        };
        Ok(done.map_err(failed)?.iter().map(ToString::to_string).collect())
    })
}

/// Takes every step back, which deletes all data; for tests.
pub fn down(c: &mut Conn) -> Result<()> {
    locked(c, |c| {
        match c {
            Conn::Sqlite(c) => c.revert_all_migrations(SQLITE),
            Conn::Pg(c) => c.revert_all_migrations(POSTGRES),
        }
        .map_err(failed)?;
        Ok(())
    })
}

fn failed(e: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::internal(format!("migration: {e}"))
}

fn locked<T>(c: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    if let Conn::Pg(c) = c {
        c.batch_execute(&format!("select pg_advisory_lock({LOCK})"))?;
    }
    let done = work(c);
    if let Conn::Pg(c) = c {
        c.batch_execute(&format!("select pg_advisory_unlock({LOCK})"))?;
    }
    done
}
