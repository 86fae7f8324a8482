//! What somebody has to do something about; pure.

use super::facts::Facts;
use crate::config::Config;
use crate::db::Outage;
use chrono::{DateTime, Duration, Utc};

/// A mail that is due is taken within seconds; so late, nobody takes them.
pub const MAIL_LATE: Duration = Duration::minutes(10);
/// The sweep looks every five seconds.
const SWEEP_LATE: Duration = Duration::minutes(5);
/// A job that fails once may have met a moment's trouble.
const FAILING: Duration = Duration::minutes(2);

crate::text_enum! {
    /// What can be wrong; the word is that of the metric and of the messages.
    pub enum Name {
        Database = "database",
        MailStopped = "mail_stopped",
        MailUnreachable = "mail_unreachable",
        MailLate = "mail_late",
        NoWorker = "no_worker",
        NodeGone = "node_gone",
        JobFailing = "job_failing",
        SweepLate = "sweep_late",
        BackupFailed = "backup_failed",
        BackupOld = "backup_old",
        MailboxUnread = "mailbox_unread",
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    pub name: Name,
    pub since: Option<DateTime<Utc>>,
    /// What was said about it, by a mail server or by the database.
    pub said: String,
    /// Where: a machine, a job, or what of the database.
    pub place: String,
}

impl Alarm {
    fn new(name: Name, since: Option<DateTime<Utc>>) -> Alarm {
        Alarm { name, since, said: String::new(), place: String::new() }
    }

    fn saying(self, said: impl ToString) -> Alarm {
        Alarm { said: said.to_string(), ..self }
    }

    fn at(self, place: impl ToString) -> Alarm {
        Alarm { place: place.to_string(), ..self }
    }
}

/// Everything that is wrong, the worst first.
pub fn alarms(facts: &Facts, outage: Option<Outage>, config: &Config, now: DateTime<Utc>) -> Vec<Alarm> {
    let mut found: Vec<Alarm> = outage.into_iter().map(unwell).collect();
    found.extend(mail(facts, now));
    found.extend(nodes(facts, now));
    found.extend(backups(facts, config, now));
    if let Some(error) = &facts.mailbox.error {
        found.push(Alarm::new(Name::MailboxUnread, facts.mailbox.failed_at).saying(error));
    }
    found
}

/// The database cannot work.
pub fn unwell(outage: Outage) -> Alarm {
    Alarm::new(Name::Database, None).at(outage.as_str())
}

fn mail(facts: &Facts, now: DateTime<Utc>) -> Vec<Alarm> {
    let stops = facts.alive(now).filter_map(|node| Some((node, node.state().mail?)));
    let mut found: Vec<Alarm> = Vec::new();
    for (node, stop) in stops {
        let name = match stop.needs_repair {
            true => Name::MailStopped,
            false if now - stop.since >= MAIL_LATE => Name::MailUnreachable,
            false => continue,
        };
        // Several nodes that meet the same server meet the same trouble.
        if !found.iter().any(|alarm| alarm.name == name) {
            found.push(Alarm::new(name, Some(stop.since)).saying(stop.reason).at(&node.host));
        }
    }
    if facts.mail_due.is_some_and(|due| now - due > MAIL_LATE) {
        found.push(Alarm::new(Name::MailLate, facts.mail_due));
    }
    found
}

fn nodes(facts: &Facts, now: DateTime<Utc>) -> Vec<Alarm> {
    let mut found = Vec::new();
    if !facts.alive(now).any(|node| node.state().works) {
        found.push(Alarm::new(Name::NoWorker, None));
    }
    let gone = facts.nodes.iter().filter(|node| node.is_gone(now));
    found.extend(gone.map(|node| Alarm::new(Name::NodeGone, Some(*node.seen_at)).at(&node.host)));
    for node in facts.alive(now) {
        for (name, job) in node.state().jobs {
            let failing = job.failing_since.filter(|since| now - *since >= FAILING);
            // What is wrong with a backup is said in other words.
            if let Some(since) = failing.filter(|_| name != crate::backups::JOB) {
                let said = job.error.unwrap_or_default();
                found.push(Alarm::new(Name::JobFailing, Some(since)).saying(said).at(&name));
            }
        }
    }
    let swept = facts.last_run("sweep", now);
    if facts.alert_due.is_some_and(|due| now - due > SWEEP_LATE) {
        found.push(Alarm::new(Name::SweepLate, swept.or(facts.alert_due)));
    }
    found
}

fn backups(facts: &Facts, config: &Config, now: DateTime<Utc>) -> Option<Alarm> {
    if !config.backup.enabled {
        return None;
    }
    let newest = facts.backups.iter().find(|backup| backup.is_scheduled() && backup.ended_at.is_some());
    if let Some(backup) = newest
        && let Some(error) = &backup.error
    {
        return Some(Alarm::new(Name::BackupFailed, backup.ended_at.map(|at| *at)).saying(error));
    }
    // One that is late may still come; one that has not come by the time of the next will not.
    let patience = Duration::hours(2 * i64::from(config.backup.every_hours));
    let last = facts.last_good.as_ref().and_then(|backup| backup.ended_at).map(|at| *at);
    let since = last.or_else(|| facts.nodes.iter().map(|node| *node.started_at).min())?;
    (now - since > patience).then(|| Alarm::new(Name::BackupOld, last))
}
