//! GET /admin/status: first what is wrong and what to do about it, then the figures.

use super::alarms::{self, Alarm, Name};
use super::facts::Facts;
use crate::backups::store::Backup;
use crate::error::Result;
use crate::i18n::{self, Arg};
use crate::mail::outbox::Status;
use crate::node::jobs::Job;
use crate::node::store::Seen;
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Jobs that somebody may wait for, in the order of the page; others are there for support.
const WAITING: [Status; 4] = [Status::Queued, Status::Leased, Status::Retry, Status::Unknown];

pub async fn show(page: Page) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let now = page.now;
    let facts = page.app.db.read(move |c| Facts::gather(c, now)).await?;
    let alarms = alarms::alarms(&facts, page.app.db.outage(), &page.app.config, now);
    let depth = Status::ALL.iter().map(|status| json!({"status": status, "n": facts.mails(*status)}));
    page.render(
        "status/show",
        json!({
            "alarms": alarms.iter().map(|alarm| shown(&page, alarm)).collect::<Vec<_>>(),
            "waiting": WAITING.iter().map(|status| facts.mails(*status)).sum::<i64>(),
            "oldest_mail": facts.oldest_mail,
            "depth": depth.collect::<Vec<_>>(),
            "quarantined": facts.quarantined,
            "swept_at": facts.last_run("sweep", now),
            "database_bytes": facts.database_bytes,
            "backups_on": page.app.config.backup.enabled,
            "last_good": facts.last_good.as_ref().map(|backup| made(&facts, backup, now)),
            "backups": facts.backups.iter().map(|backup| made(&facts, backup, now)).collect::<Vec<_>>(),
            "nodes": facts.nodes.iter().map(|node| process(&page, node, now)).collect::<Vec<_>>(),
        }),
    )
}

/// What is wrong and what to do: two texts of its own for each alarm.
fn shown(page: &Page, alarm: &Alarm) -> Value {
    let zone = page.app.config.app.time_zone;
    let since = alarm.since.map(|at| i18n::date_time(page.lang, zone, at)).unwrap_or_default();
    let args: [(&str, Arg<'_>); 3] =
        [("since", since.into()), ("said", alarm.said.as_str().into()), ("place", place(page, alarm).into())];
    let text = |part: &str| page.t(&format!("alarm-{}-{part}", alarm.name), &args);
    json!({"name": alarm.name, "title": text("title"), "text": text("text"), "said": alarm.said})
}

fn place(page: &Page, alarm: &Alarm) -> String {
    match alarm.name {
        Name::JobFailing => job_name(page, &alarm.place),
        Name::Database => page.t(&format!("outage-{}", alarm.place), &[]),
        _ => alarm.place.clone(),
    }
}

fn job_name(page: &Page, job: &str) -> String {
    let key = format!("job-{}", job.replace(' ', "-"));
    if i18n::has(page.lang, &key) { page.t(&key, &[]) } else { job.to_owned() }
}

fn made(facts: &Facts, backup: &Backup, now: DateTime<Utc>) -> Value {
    let node = facts.nodes.iter().find(|node| node.id == backup.node);
    let running = backup.ended_at.is_none() && node.is_some_and(|node| !node.is_gone(now));
    let job = node.and_then(|node| node.state().jobs.remove(crate::backups::JOB));
    let state = match backup {
        _ if running => "running",
        backup if backup.is_good() => "good",
        backup if backup.error.is_some() => "failed",
        _ => "interrupted",
    };
    let rows = backup.contents.as_ref().and_then(|rows| rows.0.as_object());
    let count = |table: &str| rows.and_then(|rows| rows.get(table)?.as_i64());
    json!({
        "started_at": backup.started_at,
        "ended_at": backup.ended_at,
        "file": backup.file,
        "host": crate::node::host_of(&backup.node),
        "bytes": backup.bytes,
        "feedback": count("feedback"),
        "state": state,
        "percent": job.filter(|_| running).and_then(|job| job.progress).map(|progress| progress.percent()),
        "by_hand": !backup.is_scheduled(),
        "error": backup.error,
    })
}

fn process(page: &Page, node: &Seen, now: DateTime<Utc>) -> Value {
    let state = node.state();
    let jobs: Vec<Value> = state.jobs.iter().map(|(name, job)| doing(page, name, job)).collect();
    json!({
        "host": node.host,
        "version": node.version,
        "started_at": node.started_at,
        "seen_at": node.seen_at,
        "gone": node.is_gone(now),
        "here": node.id == page.app.node.owner.to_string(),
        "works": state.works,
        "stopping": state.stopping,
        "mail": state.mail.map(|stop| stop.reason),
        "jobs": jobs,
    })
}

fn doing(page: &Page, name: &str, job: &Job) -> Value {
    json!({
        "name": job_name(page, name),
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "running": job.running,
        "percent": job.progress.map(|progress| progress.percent()),
        "failing": job.failing_since.is_some(),
        "failed_at": job.failed_at,
        "error": job.error,
    })
}
