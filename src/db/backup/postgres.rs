//! PostgreSQL: `pg_dump` and `pg_restore`, which have to be on PATH. A password goes to them by environment, because
//! everybody on a machine can read the command lines.

use super::{Contents, Restored, about};
use crate::db::conn::Use;
use crate::db::inspect;
use crate::db::migrate::{self, NOTES, Steps};
use crate::db::{Conn, Location, presence};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use percent_encoding::percent_decode_str;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

#[derive(QueryableByName)]
struct Snapshot {
    #[diesel(sql_type = Text)]
    id: String,
}

/// Counts and dumps in one snapshot, so that the counts are those of the dump.
pub fn dump(location: &Location, url: &str, to: &Path) -> Result<Contents> {
    let mut c = Conn::open(location, Use::Read)?;
    c.batch_execute("begin isolation level repeatable read, read only")?;
    let snapshot: Snapshot = diesel::sql_query("select pg_export_snapshot() as id").get_result(&mut c)?;
    let steps = migrate::steps(&mut c)?;
    let rows = inspect::rows(&mut c)?;
    let address = Address::of(url)?;
    run(address.client("pg_dump").args(["--format=custom", "--no-owner", "--no-privileges"]).args([
        OsStr::new(&format!("--snapshot={}", snapshot.id)),
        OsStr::new("--file"),
        to.as_os_str(),
    ]))?;
    steps_in(to, to)?;
    Ok(Contents { bytes: to.metadata().map_err(about(to))?.len(), rows, missing_steps: steps.missing })
}

/// Fills an empty database; one that holds rows is not touched.
pub fn restore(location: &Location, url: &str, from: &Path) -> Result<Restored> {
    let bytes = from.metadata().map_err(about(from))?.len();
    let steps = steps_in(from, from)?;
    let mut c = Conn::open(location, Use::Write)?;
    presence::shut_others_out(&mut c)?;
    refuse_rows(&mut c)?;
    let address = Address::of(url)?;
    let options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"];
    run(address.client("pg_restore").args(options).arg(from))?;
    let contents = Contents { bytes, rows: inspect::rows(&mut c)?, missing_steps: steps.missing };
    Ok(Restored { contents, kept: None })
}

/// Tables that are not empty when they are made. Nobody changes them before there are people.
const BEGUN: &[&str] = &["authorities", "calendars", "digest_series", "levers", "policies"];

fn refuse_rows(c: &mut Conn) -> Result<()> {
    let filled = |(table, n): &(String, i64)| *n > 0 && !BEGUN.contains(&table.as_str());
    let full: Vec<String> = inspect::rows(c)?.into_iter().filter(filled).map(|(table, _)| table).collect();
    if full.is_empty() {
        return Ok(());
    }
    Err(Error::internal(format!(
        "the database holds rows already (in {}), and a restore into PostgreSQL replaces none: \
         make an empty database with `createdb`, let database.url name it, and restore into that",
        full.join(", ")
    )))
}

/// The schema steps a dump holds, read without restoring it.
fn steps_in(file: &Path, name: &Path) -> Result<Steps> {
    let refused = |why: String| Error::internal(format!("{} cannot be used: {why}", name.display()));
    let mut read = Command::new("pg_restore");
    read.args(["--data-only", "--file=-", "--table", NOTES]).arg(file);
    let script = run(&mut read).map_err(|e| refused(e.to_string()))?;
    let rows = script.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
    let applied: Vec<String> = rows.filter_map(|row| row.split('\t').next()).map(str::to_owned).collect();
    let steps = Steps::compare(&applied)?;
    steps.refuse_newer().map_err(|e| refused(e.to_string()))?;
    if steps.done.is_empty() { Err(refused("it is not a dump of Heard".into())) } else { Ok(steps) }
}

/// Runs a program of PostgreSQL and returns what it printed.
fn run(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Error::internal(format!(
            "{program} is not on PATH: install PostgreSQL's client programs (Debian: postgresql-client), \
             or use pg_dump and pg_restore where the database runs"
        )),
        _ => Error::internal(format!("{program}: {e}")),
    })?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(Error::internal(format!("{program}: {}", said.trim())));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// A database URL, and its password apart from it.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    url: String,
    password: Option<String>,
}

impl Address {
    /// By hand, because libpq's URLs may name several hosts, which no URL library takes.
    fn of(url: &str) -> Result<Address> {
        let wrong = || Error::internal("database.url: expected postgres://user:password@host/name");
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        if rest.split_once('?').is_some_and(|(_, query)| query.split('&').any(|p| p.starts_with("password="))) {
            return Err(Error::internal(
                "database.url: put the password before the host, not behind the question mark",
            ));
        }
        let end = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let Some((user, host)) = authority.rsplit_once('@') else {
            return Ok(Address { url: url.to_owned(), password: None });
        };
        let (user, password) = user.split_once(':').map_or((user, None), |(user, password)| (user, Some(password)));
        Ok(Address {
            url: format!("{scheme}://{user}@{host}{path}"),
            password: password.map(|p| percent_decode_str(p).decode_utf8_lossy().into_owned()),
        })
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("--no-password").arg("--dbname").arg(&self.url);
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_never_reaches_the_command_line() -> Result<()> {
        let address = Address::of("postgres://heard:h%40sh@one,two:5433/heard?sslmode=require")?;
        assert_eq!(address.url, "postgres://heard@one,two:5433/heard?sslmode=require");
        assert_eq!(address.password.as_deref(), Some("h@sh"));
        let shown = format!("{:?}", address.client("pg_dump").get_args().collect::<Vec<_>>());
        assert!(!shown.contains("h@sh") && !shown.contains("h%40sh"), "{shown}");
        assert_eq!(Address::of("postgres:///heard")?.password, None);
        assert!(Address::of("postgres://one/heard?user=me&password=hush").is_err());
        Ok(())
    }
}
