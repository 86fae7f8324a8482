//! A fresh database in a folder of its own, and what every part needs in it.

use crate::Result;
use crate::options::Database;
use diesel::connection::SimpleConnection;
use heard::db::Conn;
use heard::db::conn::{Location, Use};
use heard::db::inspect::Attached;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the hook for inbound mail asks for.
pub const SECRET: &str = "only-for-torture";
/// Where people write to.
pub const ADDRESS: &str = "voice@heard.example";

pub struct Place {
    pub folder: PathBuf,
    pub database: Database,
    url: String,
    /// For the API.
    pub token: String,
}

impl Place {
    /// Makes the database through the product itself.
    pub fn make(folder: PathBuf, database: Database) -> Result<Place> {
        let mut place = Place::fresh(folder, database)?;
        place.run(&["migrate"], "")?;
        let admin = "admin@heard.example";
        let password = "a long password for torture\n";
        place.run(&["user", "add", admin, "--name", "Ada Admin", "--role", "admin", "--stdin"], password)?;
        let scope = ["--scope", "feedback:write"];
        let token = place.run(&[&["token", "create", "--email", admin, "--name", "load"][..], &scope].concat(), "")?;
        token.trim().clone_into(&mut place.token);
        Ok(place)
    }

    /// Where there is nothing yet.
    pub fn fresh(folder: PathBuf, database: Database) -> Result<Place> {
        std::fs::create_dir_all(folder.join("data"))?;
        let url = match database {
            Database::Sqlite => sqlite(&folder),
            Database::Postgres => fresh_postgres()?,
        };
        Ok(Place { folder, database, url, token: String::new() })
    }

    /// A SQLite database as some server left it, after the product has looked after it.
    pub fn reopen(folder: PathBuf) -> Result<Place> {
        let place = Place { url: sqlite(&folder), folder, database: Database::Sqlite, token: String::new() };
        place.run(&["migrate"], "")?;
        Ok(place)
    }

    /// The settings of every process on this database.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("HEARD__DATABASE__URL", self.url.clone()),
            ("HEARD__LIMITS__ENABLED", "false".into()),
            ("HEARD__MAIL__DOMAIN_PER_MINUTE", "0".into()),
            ("HEARD__MAIL__FROM", ADDRESS.into()),
            ("HEARD__INBOUND__ADDRESS", ADDRESS.into()),
            ("HEARD__INBOUND__SECRET", SECRET.into()),
        ]
    }

    /// A connection beside the servers. On SQLite it keeps the file's shared memory alive: while it is open, a server
    /// that starts again does not have to recover the log of the one that was killed. Hold it only where that is wanted.
    pub fn attach(&self) -> Result<Attached> {
        Ok(Attached::open(&Location::parse(&self.url)?, Use::Write)?)
    }

    /// Runs a command of the product; what it prints.
    pub fn run(&self, words: &[&str], input: &str) -> Result<String> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_heard"))
            .args(words)
            .envs(self.settings())
            .env("HEARD_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let ended = child.wait_with_output()?;
        if !ended.status.success() {
            return Err(format!("heard {}: {}", words.join(" "), ended.status).into());
        }
        Ok(String::from_utf8(ended.stdout)?)
    }
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}/data/heard.db", folder.display())
}

fn fresh_postgres() -> Result<String> {
    let server = std::env::var("HEARD_TEST_POSTGRES");
    let server = server.map_err(|_| "no PostgreSQL server: start this with tests/postgres --")?;
    let name = format!("heard_{}", heard::id::secret().to_lowercase());
    let mut c = Conn::open(&Location::parse(&server)?, Use::Write)?;
    c.batch_execute(&format!("create database {name}"))?;
    let (base, _) = server.rsplit_once('/').ok_or("the server's address names no database")?;
    Ok(format!("{base}/{name}"))
}
