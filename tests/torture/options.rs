//! What is asked for on the command line, and how much of each part that makes.

use clap::{Parser, ValueEnum};
use std::time::Duration;

/// Kills the real server again and again while it works, and looks at what is left.
///
/// `cargo test --test torture -- --minutes 2` on SQLite; with `tests/postgres --` before it on PostgreSQL as well.
#[derive(Parser)]
#[command(name = "torture", disable_version_flag = true)]
pub struct Options {
    #[arg(long, value_enum, default_value = "all")]
    pub part: Part,
    /// Both, if there is a PostgreSQL server in HEARD_TEST_POSTGRES.
    #[arg(long, value_enum)]
    pub database: Option<Choice>,
    /// How long all of it takes together, about.
    #[arg(long, default_value_t = 2.0)]
    pub minutes: f64,
    /// Not by the clock: 100,000 submissions and 100 kills, 50 kills at each point, 10,000 mails.
    #[arg(long)]
    pub full: bool,
    /// Kills at each point, backups or power cuts, whatever time they take.
    #[arg(long)]
    pub kills: Option<usize>,
    /// Whatever is left to chance follows from it, as far as the machine's own timing allows.
    #[arg(long, default_value_t = 4)]
    pub seed: u64,
    /// Servers side by side on PostgreSQL.
    #[arg(long, default_value_t = 2)]
    pub nodes: usize,
    /// Leave databases, ledgers and logs where they are.
    #[arg(long)]
    pub keep: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Submissions, and the mails that acknowledge them.
    Intake,
    /// The way of a mail, killed at every step.
    Outbox,
    /// Mails that come in.
    Inbound,
    /// Backups under load, each restored; only when asked for.
    Backup,
    /// Rolling restarts of two servers under load; only when asked for.
    Restarts,
    /// The power goes under load; only when asked for, on SQLite, as root.
    Power,
    /// Whether the judge sees what it is there to see.
    Judge,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    Sqlite,
    Postgres,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }
}

/// When a part has done enough: all three.
#[derive(Clone, Copy, Default)]
pub struct Goal {
    pub time: Duration,
    pub acknowledged: u64,
    pub kills: usize,
}

impl Options {
    pub fn databases(&self, server: bool) -> Vec<Database> {
        match (self.database, server) {
            (Some(Choice::Sqlite), _) | (None, false) => vec![Database::Sqlite],
            (Some(Choice::Postgres), _) => vec![Database::Postgres],
            (Some(Choice::Both), _) | (None, true) => vec![Database::Sqlite, Database::Postgres],
        }
    }

    /// The parts in their order; the judge is looked at first, because nothing is worth anything without it.
    pub fn parts(&self) -> Vec<Part> {
        match self.part {
            Part::All => vec![Part::Judge, Part::Intake, Part::Outbox, Part::Inbound],
            one => vec![one],
        }
    }

    /// What one part is to reach on one of so many databases.
    pub fn goal(&self, part: Part, databases: usize) -> Goal {
        match (self.full, part) {
            (true, Part::Inbound) => Goal { acknowledged: 10_000, ..Goal::default() },
            (true, _) => Goal { acknowledged: 100_000, kills: 100, ..Goal::default() },
            (false, _) => Goal { time: self.share(databases), ..Goal::default() },
        }
    }

    /// Rounds through the kill points: so many, or as many as there is time for.
    pub fn rounds(&self, databases: usize) -> (usize, Duration) {
        match self.kills.or(self.full.then_some(50)) {
            Some(kills) => (kills, Duration::ZERO),
            None => (1, self.share(databases)),
        }
    }

    /// What starts and settles takes as long as the part itself.
    fn share(&self, databases: usize) -> Duration {
        let parts = self.parts().iter().filter(|part| **part != Part::Judge).count().max(1);
        Duration::from_secs_f64(self.minutes * 60.0 / (2 * parts * databases) as f64)
    }
}
