//! The same steps under the same names for both databases.

use super::{Conn, conn, inspect};
use crate::error::{Error, Result};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Where Diesel notes what is done.
pub(super) const NOTES: &str = "__diesel_schema_migrations";

/// Any number, as long as every node takes the same: nodes that start together take turns.
const LOCK: i64 = 7_215_004_091;

/// How long a node waits for another that brings the schema up to date.
const PATIENCE_MILLIS: u32 = 10 * 60 * 1000;

/// How the schema of a database stands to this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Versions that are applied and known.
    pub done: Vec<String>,
    /// Names of those still to be applied, in their order.
    pub missing: Vec<String>,
    /// Versions that are applied and that this program does not know: a newer one made them.
    pub unknown: Vec<String>,
}

impl Steps {
    /// Compares what is applied with what this program knows.
    pub fn compare(applied: &[String]) -> Result<Steps> {
        let known = known()?;
        let is_known = |version: &String| known.iter().any(|(v, _)| v == version);
        let (done, unknown) = applied.iter().cloned().partition(is_known);
        let missing = known.iter().filter(|(v, _)| !applied.contains(v)).map(|(_, name)| name.clone()).collect();
        Ok(Steps { done, missing, unknown })
    }

    /// Refuses what a newer program made: this one would read and write it wrongly.
    pub fn refuse_newer(&self) -> Result<()> {
        match self.unknown.as_slice() {
            [] => Ok(()),
            unknown => Err(Error::internal(format!(
                "the database is newer than this program, which does not know its schema step {}: \
                 start the newer version of heard, or restore a backup from before it",
                unknown.join(", ")
            ))),
        }
    }
}

/// Looks at a database without changing it.
pub fn steps(c: &mut Conn) -> Result<Steps> {
    let applied: Vec<Applied> = match inspect::has_table(c, NOTES)? {
        true => diesel::sql_query(format!("select version from {NOTES} order by version")).load(c)?,
        false => Vec::new(),
    };
    Steps::compare(&applied.into_iter().map(|a| a.version).collect::<Vec<_>>())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Applies the steps that are missing; returns their names. Each step is one transaction, or part of one.
pub fn up(c: &mut Conn) -> Result<Vec<String>> {
    locked(c, |c| {
        let before = steps(c)?;
        before.refuse_newer()?;
        match c {
            Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|_| ()),
            Conn::Pg(c) => c.run_pending_migrations(POSTGRES).map(|_| ()),
        }
        .map_err(failed)?;
        Ok(before.missing)
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

/// Version and name of every step, in order; both databases have the same, which a test makes sure of.
fn known() -> Result<Vec<(String, String)>> {
    let steps: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().map_err(failed)?;
    let mut known: Vec<_> = steps.iter().map(|s| (s.name().version().to_string(), s.name().to_string())).collect();
    known.sort();
    Ok(known)
}

fn failed(e: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::internal(format!("migration: {e}"))
}

/// Nodes that start together take turns. On SQLite all steps are one transaction: it is the lock, and is undone whole
/// when the process is killed.
fn locked<T>(c: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    match c {
        Conn::Pg(pg) => pg.batch_execute(&format!("select pg_advisory_lock({LOCK})"))?,
        Conn::Sqlite(lite) => {
            lite.batch_execute(&format!("pragma busy_timeout = {PATIENCE_MILLIS}"))?;
            AnsiTransactionManager::begin_transaction_sql(lite, "BEGIN IMMEDIATE")?;
        }
    }
    let done = work(c);
    match c {
        Conn::Pg(pg) => pg.batch_execute(&format!("select pg_advisory_unlock({LOCK})"))?,
        Conn::Sqlite(lite) => {
            match done {
                Ok(_) => AnsiTransactionManager::commit_transaction(lite)?,
                Err(_) => AnsiTransactionManager::rollback_transaction(lite)?,
            }
            lite.batch_execute(&format!("pragma busy_timeout = {}", conn::BUSY_MILLIS))?;
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::pg::Pg;

    #[test]
    fn both_databases_have_the_same_steps() -> Result<()> {
        let steps: Vec<Box<dyn Migration<Pg>>> = POSTGRES.migrations().map_err(failed)?;
        let mut names: Vec<String> = steps.iter().map(|s| s.name().to_string()).collect();
        names.sort();
        assert_eq!(names, known()?.into_iter().map(|(_, name)| name).collect::<Vec<_>>());
        Ok(())
    }

    #[test]
    fn what_a_newer_program_made_is_refused() -> Result<()> {
        let all: Vec<String> = known()?.into_iter().map(|(version, _)| version).collect();
        assert_eq!(Steps::compare(&[])?.missing.len(), all.len());
        assert!(Steps::compare(&all)?.refuse_newer().is_ok());
        let newer = Steps::compare(&[all, vec!["29990101000001".into()]].concat())?;
        assert!(newer.refuse_newer().is_err_and(|e| e.to_string().contains("29990101000001")));
        Ok(())
    }
}
