//! When the database cannot work: nothing typed is lost, nothing acknowledged is lost, and it goes on by itself.

use crate::both;
use crate::support::{Actor, Answer, World, fresh_postgres};
use actix_web::http::Method;
use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use heard::db::conn::Use;
use heard::db::schema::{cases, feedback, outbox};
use heard::db::{Conn, Location, Outage};
use heard::journal::By;
use heard::mail::outbox::Owner;
use heard::node;
use heard::people::token::Scope;
use heard::people::tokens;
use heard::schedule;
use heard::web::viewer::Role;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

const WORDS: &str = "The lift has been <stuck> since Monday.\r\nAnd nobody says why.";

async fn send(who: &Actor) -> Answer {
    let form = [
        ("text", WORDS),
        ("kind", "problem"),
        ("voice", "customer"),
        ("answer", "email"),
        ("email", "anna@example.org"),
    ];
    who.post("/feedback", &form).await
}

/// Refused for now, with every word given back and a way to send them again.
fn given_back(answer: Answer) {
    let page = answer
        .expect(503)
        .says("Nothing you wrote is lost")
        .says("&lt;stuck&gt; since Monday.")
        .says("And nobody says why.");
    assert_eq!(page.header("retry-after"), "5");
    for hidden in
        [r#"name="email" value="anna@example.org""#, r#"action="/feedback""#, r#"name="answer" value="email""#]
    {
        assert!(page.body.contains(hidden), "{hidden} is not in {}", page.body);
    }
}

async fn token(world: &World) -> String {
    let ada = world.person("Ada", Role::Admin).await;
    let (owner, now) = (ada.id, world.now());
    world.write(move |c| tokens::create_token(c, By::SYSTEM, owner, "test", &[Scope::FeedbackWrite], None, now)).await
}

async fn by_machine(who: &Actor, token: &str) -> Answer {
    let said = json!({"voice": "customer", "kind": "idea", "channel": "api", "text": "A bench by the lift"});
    who.json(Method::POST, "/api/v1/feedback", Some(token), &said).await
}

fn is_problem(answer: Answer) {
    let answer = answer.expect(503);
    assert_eq!((answer.header("content-type"), answer.header("retry-after")), ("application/problem+json", "5"));
    assert_eq!(answer.json()["status"], 503);
}

async fn ready(world: &World) -> (u16, String) {
    let answer = world.stranger().get("/readyz").await;
    (answer.status.as_u16(), answer.json()["cause"].as_str().unwrap_or_default().to_owned())
}

/// What was said, and whether each piece has its case and its mail.
async fn count(world: &World) -> usize {
    let counted: (i64, i64, i64) = world
        .read(|c| {
            Ok((
                feedback::table.count().get_result(c)?,
                cases::table.count().get_result(c)?,
                outbox::table.count().get_result(c)?,
            ))
        })
        .await;
    assert!(counted.0 == counted.1 && counted.1 == counted.2, "{counted:?}");
    counted.0 as usize
}

#[actix_web::test]
async fn a_file_that_may_not_grow_refuses_and_goes_on() {
    let world = World::sqlite().await;
    let anna = world.stranger();
    send(&anna).await.expect(200);
    world.write(|c| Ok(c.batch_execute("pragma max_page_count = 1")?)).await;
    let mut acknowledged = 1;
    let refused = loop {
        let answer = send(&anna).await;
        match answer.status.as_u16() {
            200 if acknowledged < 2000 => acknowledged += 1,
            _ => break answer,
        }
    };
    given_back(refused);
    assert_eq!(ready(&world).await, (503, "disk_full".to_owned()));
    anna.get("/healthz").await.expect(200);
    assert_eq!(count(&world).await, acknowledged);
    world.write(|c| Ok(c.batch_execute("pragma max_page_count = 1000000")?)).await;
    node::beat_if_due(&world.app).await.unwrap();
    assert_eq!(ready(&world).await, (200, String::new()));
    send(&anna).await.expect(200);
    assert_eq!(count(&world).await, acknowledged + 1);
}

#[actix_web::test]
async fn a_failing_group_takes_no_acknowledged_write_with_it() {
    let world = World::sqlite().await;
    send(&world.stranger()).await.expect(200);
    world.write(|c| Ok(c.batch_execute("pragma max_page_count = 1")?)).await;
    let many = (0..200).map(|_| {
        let anna = world.stranger();
        async move { send(&anna).await.status.as_u16() }
    });
    let answers = futures_util::future::join_all(many).await;
    assert!(answers.iter().all(|status| matches!(status, 200 | 503)), "{answers:?}");
    assert!(answers.contains(&503));
    assert_eq!(count(&world).await, 1 + answers.iter().filter(|status| **status == 200).count());
    let sound = world.read(|c| Ok(heard::db::inspect::damage(c)?)).await;
    assert_eq!(sound, Vec::<String>::new());
}

#[actix_web::test]
async fn a_read_only_file_is_still_shown() {
    let world = World::sqlite().await;
    let (anna, token) = (world.stranger(), token(&world).await);
    let ben = world.person("Ben", Role::Owner).await;
    send(&anna).await.expect(200);
    world.advance(Duration::minutes(2));
    world.write(|c| Ok(c.batch_execute("pragma query_only = on")?)).await;
    given_back(send(&anna).await);
    is_problem(by_machine(&anna, &token).await);
    assert_eq!(ready(&world).await, (503, "database_read_only".to_owned()));
    ben.get("/cases").await.expect(200);
    assert_eq!(count(&world).await, 1);
}

/// A small file system of its own, gone when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<SmallDisk> {
        let at = std::env::temp_dir().join("heard-tests").join(heard::id::secret());
        std::fs::create_dir_all(&at).unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at).output();
        mounted.is_ok_and(|done| done.status.success()).then_some(SmallDisk(at))
    }

    /// Takes all the room there is.
    fn fill(&self) -> PathBuf {
        let ballast = self.0.join("ballast");
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[actix_web::test]
async fn a_full_disk_refuses_until_there_is_room() {
    let Some(disk) = SmallDisk::mount(16) else { return eprintln!("no small disk: only root may mount one") };
    let world = World::at(&format!("sqlite://{}/heard.db", disk.0.display())).await;
    let (anna, token) = (world.stranger(), token(&world).await);
    let root = world.person("Root", Role::Admin).await;
    send(&anna).await.expect(200);
    let ballast = disk.fill();
    let (mut acknowledged, mut refused) = (1, 0);
    while refused < 5 {
        match send(&anna).await {
            answer if answer.status == 200 => acknowledged += 1,
            answer => {
                given_back(answer);
                refused += 1;
            }
        }
        assert!(acknowledged < 5000, "it never gets full");
    }
    is_problem(by_machine(&anna, &token).await);
    assert_eq!(ready(&world).await, (503, "disk_full".to_owned()));
    // A small write may still find a place; that is no reason to call it well.
    drop(node::beat_if_due(&world.app).await);
    assert_eq!(ready(&world).await, (503, "disk_full".to_owned()));
    root.get("/admin/status").await.expect(200).says("its disk is full");
    assert_eq!(count(&world).await, acknowledged);
    std::fs::remove_file(ballast).unwrap();
    node::beat_if_due(&world.app).await.unwrap();
    assert_eq!(ready(&world).await.0, 200);
    send(&anna).await.expect(200);
    assert_eq!(count(&world).await, acknowledged + 1);
}

fn server(url: &str) -> Conn {
    let (base, _) = url.rsplit_once('/').unwrap();
    Conn::open(&Location::Postgres(format!("{base}/postgres")), Use::Write).unwrap()
}

fn name(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}

#[actix_web::test]
async fn a_postgres_that_goes_away_is_waited_for() {
    let Some(url) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    let world = World::at(&url).await;
    let (anna, token) = (world.stranger(), token(&world).await);
    send(&anna).await.expect(200);
    let mut admin = server(&url);
    let gone = format!(
        "alter database {0} allow_connections false; \
         select pg_terminate_backend(pid) from pg_stat_activity where datname = '{0}'",
        name(&url)
    );
    admin.batch_execute(&gone).unwrap();
    given_back(send(&anna).await);
    is_problem(by_machine(&anna, &token).await);
    assert_eq!(ready(&world).await, (503, "database_gone".to_owned()));
    anna.get("/healthz").await.expect(200);
    assert_eq!(world.app.db.outage(), Some(Outage::Gone));
    admin.batch_execute(&format!("alter database {} allow_connections true", name(&url))).unwrap();
    // The pool looks for a connection by itself, at growing intervals.
    let since = std::time::Instant::now();
    while ready(&world).await.0 != 200 {
        assert!(since.elapsed().as_secs() < 30, "it does not come back");
    }
    send(&anna).await.expect(200);
    assert_eq!(count(&world).await, 2);
}

#[actix_web::test]
async fn a_read_only_postgres_is_still_shown() {
    let Some(url) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    World::at(&url).await;
    let world = World::with(&url, &[("HEARD__DATABASE__CONNECTIONS", "1")]).await;
    let (anna, ben) = (world.stranger(), world.person("Ben", Role::Owner).await);
    send(&anna).await.expect(200);
    world.advance(Duration::minutes(2));
    let set = |to: &'static str| {
        world.read(move |c| Ok(c.batch_execute(&format!("set default_transaction_read_only = {to}"))?))
    };
    set("on").await;
    given_back(send(&anna).await);
    assert_eq!(ready(&world).await, (503, "database_read_only".to_owned()));
    ben.get("/cases").await.expect(200);
    set("off").await;
    node::beat_if_due(&world.app).await.unwrap();
    assert_eq!(ready(&world).await.0, 200);
    assert_eq!(count(&world).await, 1);
}

both! {
    async fn a_clock_that_jumps_sends_nothing_twice(world: World) {
        for n in 0..5 {
            send(&world.stranger()).await.expect(200);
            let jump = [Duration::days(1), Duration::hours(-1), Duration::hours(-23), Duration::days(1), Duration::hours(-1)][n];
            for _ in 0..2 {
                schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
                schedule::replies(world.app.clone()).await.unwrap();
                schedule::sweep(world.app.clone()).await.unwrap();
                schedule::tidy(world.app.clone()).await.unwrap();
                world.advance(jump);
            }
        }
        world.advance(Duration::days(2));
        schedule::drain(world.app.clone(), Owner::new()).await.unwrap();
        let receipts: Vec<(i64, i32, String)> = world
            .read(|c| {
                let sent = outbox::table.filter(outbox::template.eq("received"));
                Ok(sent.select((outbox::event_id, outbox::attempts, outbox::message_id)).load(c)?)
            })
            .await;
        assert_eq!(receipts.len(), 5, "one for each piece of feedback");
        assert!(receipts.iter().all(|(_, attempts, _)| *attempts == 1), "{receipts:?}");
        let waiting: i64 = world
            .read(|c| Ok(outbox::table.filter(outbox::sent_at.is_null()).count().get_result(c)?))
            .await;
        assert_eq!(waiting, 0);
    }
}
