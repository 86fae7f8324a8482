//! What whoever runs the product is told: alarms first, in plain words and in time, then the figures.

use crate::both;
use crate::support::{Actor, World};
use chrono::Duration;
use diesel::prelude::*;
use heard::db::schema::{nodes, outbox};
use heard::db::types::Ts;
use heard::feedback::actions::submit;
use heard::feedback::model::{Kind, Originator, Submission, Voice};
use heard::i18n::Lang;
use heard::journal::By;
use heard::node;
use heard::schedule;
use heard::web::viewer::Role;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

async fn say(world: &World) {
    let anna = Originator::Contact { email: "anna@example.org".into(), name: "Anna".into(), lang: Lang::En };
    let said = Submission::new(Voice::Customer, Kind::Idea, "web", "A bench by the lift", anna);
    submit(&world.app, said, By::ORIGINATOR).await.unwrap();
}

/// A mail server that offers no encryption, which is no place for our mail.
async fn plain_server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 plain\r\n").await.unwrap();
            let mut line = String::new();
            while stream.read_line(&mut line).await.is_ok_and(|n| n > 0) {
                stream.write_all(b"250 plain\r\n").await.unwrap();
                line.clear();
            }
        }
    });
    port
}

/// A node that works and has said so.
async fn working(world: &World, settings: &[(&str, &str)]) -> World {
    let node = world.again(settings).await;
    node.app.node.begin_work();
    node::beat(&node.app).await.unwrap();
    node
}

async fn metrics(world: &World) -> String {
    let watched = world.again(&[("HEARD__HTTP__METRICS_TOKEN", "hush")]).await;
    watched.advance(world.now() - watched.now());
    let bearer = [("authorization", "Bearer hush")];
    watched.stranger().send(actix_web::http::Method::GET, "/metrics", &bearer, None).await.expect(200).body
}

fn has_line(metrics: &str, line: &str) {
    assert!(metrics.lines().any(|l| l == line), "{line} is not in\n{metrics}");
}

async fn page(who: &Actor) -> String {
    who.get("/admin/status").await.expect(200).body
}

both! {
    async fn a_stopped_sender_shows_within_a_minute_on_every_node(world: World) {
        let url = format!("smtp://127.0.0.1:{}?tls=required", plain_server().await);
        let sender = working(&world, &[("HEARD__MAIL__URL", &url)]).await;
        let ada = world.person("Ada", Role::Admin).await;
        assert!(page(&ada).await.contains("All is well."));
        say(&sender).await;
        schedule::drain(sender.app.clone(), sender.app.node.owner.clone()).await.unwrap();
        sender.advance(Duration::seconds(15));
        node::beat_if_due(&sender.app).await.unwrap();
        world.advance(Duration::seconds(30));

        let body = page(&ada).await;
        for words in ["No mail has been sent since 23 November 2026", "Check user, password and certificate", "STARTTLS"] {
            assert!(body.contains(words), "{words} is not in {body}");
        }
        let text = metrics(&world).await;
        has_line(&text, "heard_alarm{name=\"mail_stopped\"} 1");
        has_line(&text, "heard_mail_stopped 1");
        has_line(&text, "heard_outbox_mails{status=\"retry\"} 1");
        let russian = ada.send(actix_web::http::Method::GET, "/admin/status", &[], None).await;
        russian.expect(200);
        ada.set_cookie("lang", "ru");
        assert!(page(&ada).await.contains("Письма не уходят с 23 ноября 2026"));
    }
}

both! {
    async fn a_worker_that_vanishes_is_missed_within_a_minute(world: World) {
        let worker = working(&world, &[]).await;
        say(&worker).await;
        let ada = world.person("Ada", Role::Admin).await;
        assert!(page(&ada).await.contains("All is well."));
        world.advance(Duration::seconds(60));
        let body = page(&ada).await;
        assert!(body.contains("Nobody does the background work") && body.contains("has not been seen since"), "{body}");
        world.advance(Duration::minutes(10));
        let text = metrics(&world).await;
        has_line(&text, "heard_alarm{name=\"mail_late\"} 1");
        has_line(&text, "heard_alarm{name=\"no_worker\"} 1");
        has_line(&text, "heard_outbox_oldest_seconds 660");
        has_line(&text, "heard_outbox_overdue_seconds 660");
    }
}

both! {
    async fn a_mail_that_waits_is_late_after_ten_minutes_and_one_that_may_wait_is_not(world: World) {
        let worker = working(&world, &[]).await;
        say(&worker).await;
        let ada = world.person("Ada", Role::Admin).await;
        for (minutes, late) in [(9, false), (2, true)] {
            worker.advance(Duration::minutes(minutes));
            node::beat(&worker.app).await.unwrap();
            world.advance(Duration::minutes(minutes));
            assert_eq!(page(&ada).await.contains("Mail has been waiting to go out since"), late);
        }
        let later = Ts::from(world.now() + Duration::hours(1));
        world.write(move |c| Ok(diesel::update(outbox::table).set(outbox::next_at.eq(later)).execute(c)?)).await;
        assert!(page(&ada).await.contains("All is well."));
    }
}

both! {
    async fn nodes_are_listed_with_their_jobs_and_tidied_away(world: World) {
        let worker = working(&world, &[]).await;
        let now = worker.now();
        worker.app.node.jobs.begin("sweep", now);
        worker.app.node.jobs.end("sweep", Some("no room".into()), now);
        node::beat_if_due(&worker.app).await.unwrap();
        let ada = world.person("Ada", Role::Admin).await;
        let body = page(&ada).await;
        assert!(body.contains("Watch deadlines") && body.contains("no room"), "{body}");
        assert!(body.contains("All is well."), "one failure is no alarm");
        world.advance(Duration::minutes(2));
        worker.advance(Duration::minutes(2));
        node::beat(&worker.app).await.unwrap();
        assert!(page(&ada).await.contains("“Watch deadlines” has failed since"));

        let dead = format!("{}:4194999:X", worker.app.node.owner.host());
        let id = dead.clone();
        world.write(move |c| Ok(node::store::beat(c, &id, now, &node::State::default(), now)?)).await;
        let owner = worker.app.node.owner.clone();
        let left: Vec<String> = world
            .write(move |c| {
                node::store::succeed(c, &owner)?;
                Ok(nodes::table.select(nodes::id).load(c)?)
            })
            .await;
        assert!(!left.contains(&dead), "whoever starts on the machine of one that was killed takes its place");

        let newcomer = world.again(&[]).await;
        newcomer.advance(Duration::hours(3));
        node::beat(&newcomer.app).await.unwrap();
        let left: i64 = world.read(|c| Ok(nodes::table.count().get_result(c)?)).await;
        assert_eq!(left, 1, "who has not been seen for an hour is forgotten");
    }
}

both! {
    async fn only_admins_see_it(world: World) {
        world.stranger().get("/admin/status").await.expect(303);
        for role in [Role::Employee, Role::Owner, Role::Council] {
            world.person(role.as_str(), role).await.get("/admin/status").await.expect(403);
        }
        let ada = world.person("Ada", Role::Admin).await;
        ada.get("/admin/people").await.expect(200).says("href=\"/admin/status\"");
        world.stranger().get("/metrics").await.expect(404);
    }
}

both! {
    async fn metrics_hold_figures_and_nobody(world: World) {
        say(&world).await;
        let ada = world.person("Ada", Role::Admin).await;
        page(&ada).await;
        let text = metrics(&world).await;
        for name in ["heard_database_bytes ", "heard_cases_with_deadline 1", "heard_inbound_quarantined 0", "# EOF"] {
            assert!(text.contains(name), "{name} is not in\n{text}");
        }
        assert!(!text.contains('@') && !text.contains("Anna") && !text.contains("bench"), "{text}");
    }
}

#[actix_web::test]
async fn requests_are_counted_by_class() {
    let world = World::sqlite().await;
    world.stranger().get("/healthz").await.expect(200);
    world.stranger().get("/nowhere").await.expect(404);
    let traffic = &world.app.node.traffic;
    assert_eq!(traffic.under_way(), 0, "what was answered is over");
    let mut registry = prometheus_client::registry::Registry::default();
    traffic.register(&mut registry);
    let mut text = String::new();
    prometheus_client::encoding::text::encode(&mut text, &registry).unwrap();
    for line in ["http_request_seconds_count{class=\"2xx\"} 1", "http_request_seconds_count{class=\"4xx\"} 1"] {
        has_line(&text, line);
    }
}
