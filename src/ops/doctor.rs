//! `heard doctor`: looks at everything that has to be right, changes nothing unless told to, and says what to do about the
//! rest.

use super::{answer, blocking, setup, stored};
use crate::backlog::reach;
use crate::config::Config;
use crate::db::Location;
use crate::db::conn::Use;
use crate::db::inspect::Attached;
use crate::error::Result;
use crate::templates::Templates;
use chrono::{DateTime, Utc};
use clap::Args;
use diesel::Connection;
use serde::Serialize;
use serde_json::json;
use std::fmt::Display;
use std::io::Write;
use std::sync::Arc;

/// What `heard doctor` can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct DoctorArgs {
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// First count anew how many people stand behind each change, and keep that
    #[arg(long)]
    pub recount: bool,
}

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Ok,
    /// It works; somebody should know.
    Warn,
    /// It does not work, or will lose something.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub verdict: Verdict,
    pub says: String,
}

impl Check {
    pub fn ok(name: &'static str, says: impl Display) -> Check {
        Check { name, verdict: Verdict::Ok, says: says.to_string() }
    }

    pub fn warn(name: &'static str, says: impl Display) -> Check {
        Check { name, verdict: Verdict::Warn, says: says.to_string() }
    }

    pub fn fail(name: &'static str, says: impl Display) -> Check {
        Check { name, verdict: Verdict::Fail, says: says.to_string() }
    }

    /// Fails with all that was found, if anything.
    pub fn none_of(name: &'static str, found: &[String], otherwise: &str) -> Check {
        if found.is_empty() { Check::ok(name, otherwise) } else { Check::fail(name, found.join("; ")) }
    }
}

/// Looks at everything; false if something fails. Takes the settings as they were read, because they may be what fails.
pub async fn doctor(
    settings: Result<Config>,
    args: &DoctorArgs,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> Result<bool> {
    let checks = match settings {
        Ok(config) => {
            if args.recount {
                recount(&config).await?;
            }
            examine(&config, now).await?
        }
        Err(e) => vec![Check::fail("settings", e)],
    };
    let well = checks.iter().all(|check| check.verdict < Verdict::Fail);
    answer(out, args.json, &json!({ "ok": well, "checks": checks }), &lines(&checks))?;
    Ok(well)
}

async fn recount(config: &Config) -> Result<()> {
    let location = Location::parse(&config.database.url)?;
    let work = move || {
        let mut database = Attached::open(&location, Use::Write)?;
        database.conn.transaction(|c| Ok(reach::rebuild(c)?))
    };
    blocking(work).await
}

async fn examine(config: &Config, now: DateTime<Utc>) -> Result<Vec<Check>> {
    let location = Location::parse(&config.database.url)?;
    let mut checks = vec![setup::settings(config), setup::public_url(config), setup::disk(&location)];
    checks.extend(blocking(move || Ok(stored::checks(&location, now))).await?);
    match Templates::load(config.app.time_zone) {
        Ok(templates) => {
            checks.push(Check::ok("templates", "all of them load"));
            let templates = Arc::new(templates);
            checks.push(setup::mail(config, Arc::clone(&templates)).await);
            checks.push(setup::sending(config, templates).await);
        }
        Err(e) => checks.push(Check::fail("templates", e)),
    }
    checks.push(setup::messages());
    Ok(checks)
}

fn lines(checks: &[Check]) -> String {
    let line = |check: &Check| {
        let verdict = match check.verdict {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        format!("{verdict:<5}{:<12}{}\n", check.name, check.says)
    };
    checks.iter().map(line).collect()
}
