//! What is looked at, in one read.

use crate::backups::store::{self as backups, Backup};
use crate::db::Conn;
use crate::db::inspect;
use crate::db::schema::{cases, outbox as mails};
use crate::db::types::Ts;
use crate::error::Result;
use crate::inbound::{self, imap};
use crate::mail::outbox::{self, Status};
use crate::node::store::{self as nodes, Seen};
use chrono::{DateTime, Utc};
use diesel::dsl::min;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::BTreeMap;

/// Backups that are listed.
const LISTED: i64 = 10;

/// How the product is.
#[derive(Debug)]
pub struct Facts {
    /// Mails by state.
    pub depth: BTreeMap<Status, i64>,
    /// When the oldest mail that waits was written.
    pub oldest_mail: Option<DateTime<Utc>>,
    /// When the mail that has been due for longest was due.
    pub mail_due: Option<DateTime<Utc>>,
    pub quarantined: i64,
    pub cases_with_deadline: i64,
    /// Since when the sweep should have looked at a case.
    pub alert_due: Option<DateTime<Utc>>,
    pub database_bytes: u64,
    pub backups: Vec<Backup>,
    pub last_good: Option<Backup>,
    pub nodes: Vec<Seen>,
    /// How reading the mailbox goes.
    pub mailbox: imap::State,
}

impl Facts {
    pub fn gather(c: &mut Conn, now: DateTime<Utc>) -> Result<Facts> {
        // As literals, or SQLite could not tell that its indexes of the few that wait will do.
        let untaken = || mails::table.filter(sql::<Bool>("status in ('queued', 'retry', 'unknown')"));
        let leased = mails::table.filter(sql::<Bool>("status = 'leased'"));
        let oldest: Option<Ts> = untaken().select(min(mails::created_at)).first(c)?;
        let oldest_leased: Option<Ts> = leased.select(min(mails::created_at)).first(c)?;
        let due = untaken().filter(mails::next_at.le(Ts::from(now)));
        let late = cases::table.filter(cases::alert_at.le(Ts::from(now)));
        Ok(Facts {
            depth: outbox::counts(c)?,
            oldest_mail: oldest.into_iter().chain(oldest_leased).min().map(|at| *at),
            mail_due: due.select(min(mails::next_at)).first::<Option<Ts>>(c)?.map(|at| *at),
            quarantined: inbound::store::quarantined(c)?,
            cases_with_deadline: cases::table.filter(cases::next_due.is_not_null()).count().get_result(c)?,
            alert_due: late.select(min(cases::alert_at)).first::<Option<Ts>>(c)?.map(|at| *at),
            database_bytes: inspect::size(c)?,
            backups: backups::newest(c, LISTED)?,
            last_good: backups::last_good(c)?,
            nodes: nodes::all(c)?,
            mailbox: imap::state(c)?,
        })
    }

    /// Nodes that are there.
    pub fn alive(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Seen> {
        self.nodes.iter().filter(move |node| !node.is_gone(now))
    }

    /// When a job last ended on any node that is there.
    pub fn last_run(&self, job: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.alive(now).filter_map(|node| node.state().jobs.get(job)?.ended_at).max()
    }

    /// How many mails are in a state.
    pub fn mails(&self, status: Status) -> i64 {
        self.depth.get(&status).copied().unwrap_or(0)
    }
}
