//! The tables at the end.

use crate::Result;
use crate::fleet::Fleet;
use crate::judge::Verdict;
use std::time::{Duration, Instant};

/// One part on one database.
pub struct Report {
    pub title: String,
    pub lines: Vec<(String, String)>,
    /// Which bars were broken, in words.
    pub broken: Vec<String>,
}

/// What a run was like, besides what the judge found.
pub struct Run {
    time: Duration,
    kills: usize,
    slowest_start: Duration,
    errors: usize,
    panics: usize,
}

impl Run {
    pub fn of(fleet: &Fleet, began: Instant, kills: usize) -> Result<Run> {
        Ok(Run {
            time: began.elapsed(),
            kills,
            slowest_start: fleet.slowest_start(),
            errors: fleet.logged("ERROR")?,
            panics: fleet.logged("panicked")?,
        })
    }
}

impl Report {
    pub fn of(title: String, run: &Run, verdict: Verdict) -> Report {
        let mails = &verdict.mails;
        let figure = |name: &str, n: usize| (name.to_owned(), n.to_string());
        let lines = vec![
            figure("acknowledged", verdict.acknowledged),
            figure("stored", verdict.stored),
            figure("lost", verdict.lost.len()),
            figure("there twice", verdict.doubled.len()),
            figure("half-written", usize::try_from(verdict.half_written).unwrap_or_default()),
            figure("incoming, waiting for a lease", verdict.unread),
            ("integrity".into(), if verdict.damage.is_empty() { "ok" } else { "BROKEN" }.into()),
            figure("mails due", mails.due),
            figure("mails delivered", mails.delivered),
            figure("mails lost", mails.lost),
            figure("mails stuck or given up", mails.stuck + mails.ended),
            figure("twice: killed before our 250", mails.twice_before_250),
            figure("twice: killed before its commit", mails.twice_before_commit),
            ("  at most so long after the 250".into(), format!("{} ms", mails.widest.as_millis())),
            figure("twice: otherwise", mails.twice_otherwise),
            figure("forged, bare CR or LF", mails.forged + mails.bare),
            figure("kills", run.kills),
            figure("errors in the servers' log", run.errors),
            figure("panics", run.panics),
            ("slowest start".into(), format!("{:.1} s", run.slowest_start.as_secs_f64())),
            ("time".into(), format!("{:.0} s", run.time.as_secs_f64())),
        ];
        let mut broken = verdict.broken;
        if verdict.acknowledged == 0 || run.kills == 0 {
            broken.push("too short: nothing was acknowledged, or nothing killed".into());
        }
        if run.panics > 0 {
            broken.push(format!("panics: {}", run.panics));
        }
        Report { title, lines, broken }
    }

    /// Of a part that could not be carried through.
    pub fn failed(database: &str, why: &crate::Error) -> Report {
        Report { title: database.to_owned(), lines: Vec::new(), broken: vec![why.to_string()] }
    }

    pub fn print(&self) {
        println!("\n{}", self.title);
        for (name, value) in &self.lines {
            println!("  {name:<34} {value:>10}");
        }
        for what in &self.broken {
            println!("  BROKEN: {what}");
        }
    }
}
