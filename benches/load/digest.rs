//! A digest of twelve months for 100,000 readers, from all the cases there are: how long it takes until every mail is
//! queued, what memory that takes, and how pages answer meanwhile.

use super::client::{self, Answers, Load};
use actix_web::web::Data;
use chrono::{Days, Months};
use diesel::prelude::*;
use diesel::sql_query;
use heard::app::App;
use heard::db::schema::journal;
use heard::db::types::{Doc, Ts};
use heard::digest::period::Period;
use heard::digest::sending::by_hand;
use heard::digest::series::{self, EVERYBODY};
use heard::error::{Error, Result};
use std::time::{Duration, Instant};

const READERS: i64 = 100_000;
const CHANGES: i64 = 100;

pub async fn measure(app: &Data<App>, port: u16, cookie: &str) -> Result<()> {
    let began = Instant::now();
    people_and_changes(app).await?;
    words_of_the_journal(app).await?;
    println!("\ndigest: {READERS} readers, {CHANGES} changes, prepared in {:.0} s", began.elapsed().as_secs_f64());
    let page = |time| {
        let load = Load { port, request: client::get("/cases?view=open", cookie), connections: 1, time };
        actix_web::rt::spawn(client::run(load))
    };
    let _warm = answered(page(Duration::from_secs(1)).await)?;
    let idle = answered(page(Duration::from_secs(5)).await)?;
    let (before, today) = (memory(), app.clock.now().date_naive());
    let series = app.db.read(|c| Ok(series::find(c, EVERYBODY)?)).await?;
    let period = Period::between(today - Months::new(12), today - Days::new(1))?;
    let meanwhile = page(Duration::from_secs(15));
    let began = Instant::now();
    let report = by_hand::send(app, &series, period).await?;
    let took = began.elapsed();
    let busy = answered(meanwhile.await)?;
    let rate = report.queued as f64 / took.as_secs_f64();
    println!("queued: {} mails in {:.1} s, {rate:.0} a second", report.queued, took.as_secs_f64());
    println!("memory: {} MB before, at most {} MB", before, peak());
    println!(
        "page p50 / p99: idle {:.2} / {:.2} ms, meanwhile {:.2} / {:.2} ms",
        idle.p50, idle.p99, busy.p50, busy.p99
    );
    Ok(())
}

fn answered<E: std::error::Error + Send + Sync + 'static>(run: std::result::Result<Answers, E>) -> Result<Answers> {
    run.map_err(Error::internal)
}

/// Everybody has said ten things, two of which a change answers. A third of the changes is for everyone to read.
async fn people_and_changes(app: &Data<App>) -> Result<()> {
    let steps = [
        format!(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < {READERS}) \
             insert into people (id, email, name, lang, role, created_at, digest_since) \
             select i, 'reader' || i || '@example.org', 'Reader ' || i, case when i % 2 = 0 then 'ru' else 'en' end, \
             'contact', created_at, created_at from n, people where people.email = 'load@heard.example'"
        ),
        format!("update feedback set person_id = 1 + (id / 4096) % {READERS} where not anonymous"),
        format!(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < {CHANGES}) \
             insert into changes (id, reference, title, proposal, ex, cx, effort, confidence, status, public, version, \
             created_by, created_at, status_at, updated_at, problem, kind, quick_fix, outcome_en, outcome_ru) \
             select i, 'C-' || substr(cast(10000000 + i as text), 2), 'One window instead of five tabs, number ' || i, \
             'Everything about a customer in one place.', 3, 3, 1, 0.8, \
             case when i % 5 = 0 then 'declined' else 'shipped' end, i % 3 = 0, 1, people.id, people.created_at, \
             people.created_at, people.created_at, '', 'change', 1 = 0, \
             'Since this month everything about a customer stands in one window.', \
             'С этого месяца всё о клиенте видно в одном окне.' from n, people where people.email = 'load@heard.example'"
        ),
        format!(
            "insert into change_cases (change_id, case_id, linked_at) \
             select (id / 20480) % {CHANGES} + 1, id, updated_at from cases where (id / 4096) % 5 = 0"
        ),
        "update cases set status = 'closed', outcome = 'solved', resolution = 'Done.', resolved_at = updated_at, \
         told_at = updated_at where id in (select case_id from change_cases)"
            .to_owned(),
    ];
    for step in steps {
        app.db.write(move |c| Ok(sql_query(&step).execute(c)?)).await?;
    }
    Ok(())
}

/// The changes were decided one after the other, over the twelve months.
async fn words_of_the_journal(app: &Data<App>) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |c| {
            for n in 1..=CHANGES {
                let event = if n % 5 == 0 { "declined" } else { "shipped" };
                let row = (
                    journal::id.eq(n),
                    journal::at.eq(Ts::from(now - chrono::Duration::days(2 + n * 360 / CHANGES))),
                    journal::actor.eq("system"),
                    journal::subject.eq("change"),
                    journal::subject_id.eq(n),
                    journal::seq.eq(1_000_000 + n as i32),
                    journal::event.eq(event),
                    journal::data.eq(Doc(serde_json::json!({}))),
                );
                diesel::insert_into(journal::table).values(row).execute(c)?;
            }
            Ok(())
        })
        .await
}

/// Resident memory of this process in megabytes; 0 where the system does not say.
fn memory() -> u64 {
    said("VmRSS:")
}

fn peak() -> u64 {
    said("VmHWM:")
}

fn said(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|said| said.strip_prefix(line));
    found.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() / 1024
}
