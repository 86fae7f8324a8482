//! What a database can be asked about itself; nothing here changes it.

use super::types::{Ts, UtcTime};
use super::{Conn, Location, Presence, conn};
use crate::error::{Error, Result};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;
use std::path::Path;

/// A database as it is: neither made nor brought up to date by being opened.
pub struct Attached {
    pub conn: Conn,
    // After the connection, so that it is closed before somebody may replace the file.
    _presence: Option<Presence>,
}

impl Attached {
    /// Opens a database that is there already.
    pub fn open(location: &Location, intent: conn::Use) -> Result<Attached> {
        let presence = match location {
            Location::Sqlite(path) if path.is_file() => Some(Presence::shared(path)?),
            Location::Sqlite(path) => {
                return Err(Error::internal(format!("there is no database at {} yet", path.display())));
            }
            Location::Postgres(_) => None,
        };
        Ok(Attached { conn: Conn::open(location, intent)?, _presence: presence })
    }
}

/// Rows by table.
pub type Rows = BTreeMap<String, i64>;

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = UtcTime)]
    at: Ts,
}

/// The tables that hold what people told us, by name. The search index is made from them and does not count.
pub fn tables(c: &mut Conn) -> QueryResult<Vec<String>> {
    let names = all_tables(c)?;
    Ok(names.into_iter().filter(|name| name != "search" && !name.starts_with("__")).collect())
}

pub(super) fn has_table(c: &mut Conn, name: &str) -> QueryResult<bool> {
    Ok(all_tables(c)?.iter().any(|table| table == name))
}

fn all_tables(c: &mut Conn) -> QueryResult<Vec<String>> {
    words(
        c,
        match c {
            // Of type "table" only: the search index is a virtual table with shadow tables of its own.
            Conn::Sqlite(_) => {
                "select name as word from pragma_table_list \
                 where schema = 'main' and type = 'table' and name not like 'sqlite!_%' escape '!' order by 1"
            }
            Conn::Pg(_) => {
                "select tablename::text as word from pg_tables where schemaname = current_schema() order by 1"
            }
        },
    )
}

/// Counts the rows of every table.
pub fn rows(c: &mut Conn) -> QueryResult<Rows> {
    let names = tables(c)?;
    let count = |table: String| {
        let counted: Number = diesel::sql_query(format!("select count(*) as n from \"{table}\"")).get_result(c)?;
        Ok((table, counted.n))
    };
    names.into_iter().map(count).collect()
}

/// Bytes the database takes on its disk.
pub fn size(c: &mut Conn) -> QueryResult<u64> {
    let query = match c {
        Conn::Sqlite(_) => {
            "select (select page_count from pragma_page_count) * (select page_size from pragma_page_size) as n"
        }
        Conn::Pg(_) => "select pg_database_size(current_database()) as n",
    };
    let size: Number = diesel::sql_query(query).get_result(c)?;
    Ok(size.n.unsigned_abs())
}

/// Bytes that are free on the disk of a file; none where that cannot be said.
pub fn free(file: &Path) -> Option<u64> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Reads all of a SQLite file and says what is wrong with it; slower than [`damage`], which spares the indexes.
pub(super) fn thorough_damage(c: &mut Conn) -> QueryResult<Vec<String>> {
    let said = words(c, "select integrity_check as word from pragma_integrity_check")?;
    Ok(said.into_iter().filter(|word| word != "ok").collect())
}

/// What is broken in the files of the database, as far as can be seen while it is in use.
pub fn damage(c: &mut Conn) -> QueryResult<Vec<String>> {
    match c {
        Conn::Sqlite(_) => {
            let mut found = words(c, "select quick_check as word from pragma_quick_check limit 10")?;
            found.retain(|word| word != "ok");
            let orphans = "select \"table\" || ' row ' || rowid || ' points to no ' || parent as word \
                           from pragma_foreign_key_check limit 10";
            found.extend(words(c, orphans)?);
            Ok(found)
        }
        Conn::Pg(_) => words(
            c,
            "select 'the index ' || indexrelid::regclass::text || ' is not valid' as word \
             from pg_index where not indisvalid",
        ),
    }
}

/// What is set in a way that can lose acknowledged writes. Opening a connection has already refused the worst.
pub fn risks(c: &mut Conn) -> QueryResult<Vec<String>> {
    match c {
        Conn::Sqlite(_) => Ok(Vec::new()),
        Conn::Pg(_) => words(
            c,
            "select name || ' is ' || setting as word from pg_settings \
             where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'",
        ),
    }
}

/// What the database server thinks the time is; none where there is no server.
pub fn server_time(c: &mut Conn) -> QueryResult<Option<Ts>> {
    match c {
        Conn::Sqlite(_) => Ok(None),
        Conn::Pg(_) => Ok(Some(diesel::sql_query("select now() as at").get_result::<Moment>(c)?.at)),
    }
}

fn words(c: &mut Conn, query: &str) -> QueryResult<Vec<String>> {
    Ok(diesel::sql_query(query).load::<Word>(c)?.into_iter().map(|word| word.word).collect())
}
