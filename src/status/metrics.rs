//! GET /metrics, for Prometheus. docs/operating.md says what to watch.

use super::alarms::{self, Alarm, Name};
use super::facts::Facts;
use crate::app::App;
use crate::error::{Error, Result};
use crate::mail::outbox::Status;
use crate::web::viewer::app_of;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

type Labelled = Family<Vec<(String, String)>, Gauge>;

/// With the token, or from this machine where no token is set.
pub async fn show(req: HttpRequest) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    if !may_look(&app, &req) {
        return Err(Error::NotFound);
    }
    let now = app.clock.now();
    let mut registry = Registry::with_prefix("heard");
    // While the database is away this process still says what it knows: that, above all.
    let alarms = match app.db.read(move |c| Facts::gather(c, now)).await {
        Ok(facts) => {
            of_database(&mut registry, &facts, now);
            alarms::alarms(&facts, app.db.outage(), &app.config, now)
        }
        Err(e) => vec![alarms::unwell(e.outage().ok_or(e)?)],
    };
    of_process(&mut registry, &app, now);
    raised(&mut registry, &alarms);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(Error::internal)?;
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}

fn may_look(app: &App, req: &HttpRequest) -> bool {
    let token = &app.config.http.metrics_token;
    if token.is_empty() {
        return req.peer_addr().is_some_and(|a| a.ip().is_loopback()) && !req.headers().contains_key("x-forwarded-for");
    }
    let given = req.headers().get(AUTHORIZATION).and_then(|h| h.to_str().ok()).unwrap_or_default();
    crate::id::hash(given) == crate::id::hash(&format!("Bearer {token}"))
}

fn of_database(registry: &mut Registry, facts: &Facts, now: DateTime<Utc>) {
    let depth = labelled(registry, "outbox_mails", "Mails by state");
    for status in Status::ALL {
        set(&depth, "status", status, facts.mails(*status));
    }
    let age = |at: Option<DateTime<Utc>>| at.map_or(0, |at| (now - at).num_seconds().max(0));
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    gauge(registry, "outbox_oldest_seconds", "Age of the oldest mail that waits", age(facts.oldest_mail));
    gauge(registry, "outbox_overdue_seconds", "How long the oldest due mail has been due", age(facts.mail_due));
    gauge(registry, "inbound_quarantined", "Mails that came in and wait for an administrator", facts.quarantined);
    gauge(registry, "cases_with_deadline", "Cases whose next deadline is running", facts.cases_with_deadline);
    gauge(registry, "alerts_lag_seconds", "How long the oldest due look at a case has been due", age(facts.alert_due));
    gauge(registry, "database_bytes", "Size of the database", n(facts.database_bytes));
    gauge(registry, "nodes", "Processes that are there", facts.alive(now).count() as i64);
    let stopped = facts.alive(now).any(|node| node.state().mail.is_some());
    gauge(registry, "mail_stopped", "1 while a node sends no mail", i64::from(stopped));
    if let Some(swept) = facts.last_run("sweep", now) {
        gauge(registry, "sweep_age_seconds", "Time since deadlines were last looked at", age(Some(swept)));
    }
    if let Some(backup) = &facts.last_good {
        let help = "Time since the last backup that is good";
        gauge(registry, "backup_age_seconds", help, age(backup.ended_at.map(|at| *at)));
        gauge(registry, "backup_bytes", "Size of the last backup that is good", backup.bytes.unwrap_or(0));
    }
}

fn of_process(registry: &mut Registry, app: &App, now: DateTime<Utc>) {
    app.node.traffic.register(registry);
    app.node.mails.register(registry);
    let up = (now - app.node.started_at).num_seconds();
    gauge(registry, "process_seconds", "Time since this process started", up);
    let failures = labelled(registry, "job_failures", "Failures of each job since this process started");
    for (name, job) in app.node.jobs.snapshot() {
        set(&failures, "job", &name, i64::try_from(job.failures).unwrap_or(i64::MAX));
    }
}

fn raised(registry: &mut Registry, alarms: &[Alarm]) {
    let raised = labelled(registry, "alarm", "1 while somebody has to do something: /admin/status says what");
    for name in Name::ALL {
        set(&raised, "name", name, i64::from(alarms.iter().any(|alarm| alarm.name == *name)));
    }
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn labelled(registry: &mut Registry, name: &str, help: &str) -> Labelled {
    let family = Labelled::default();
    registry.register(name, help, family.clone());
    family
}

fn set(family: &Labelled, label: &str, value: impl ToString, n: i64) {
    family.get_or_create(&vec![(label.to_owned(), value.to_string())]).set(n);
}
