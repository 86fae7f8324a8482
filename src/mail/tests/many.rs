//! Many mails at once: side by side, with poison among them.

use super::*;
use crate::mail::letters;

pub(super) fn huge_reply() -> letters::Reply {
    letters::Reply {
        reference: "F-7QK3M9X".into(),
        title: "Slow".into(),
        message: "x".repeat(30_000_000),
        author: None,
        markdown: false,
        files: 0,
        tracking_url: "https://heard.example.org/t/abc".into(),
    }
}

/// What no template, no library and no server can take, each kind once or more.
fn poison(event: i64, mail: &mut NewMail) {
    match event {
        30 => mail.data = json!({"reference": "F-0000000"}),
        31 => mail.data = json!(["no object"]),
        32 => mail.template = "no-such-template",
        33 => mail.data["promised_by"] = json!(null),
        90 => mail.address = "not an address".into(),
        91 => mail.address = "ann@".into(),
        92 => mail.address = "ann\r\nRCPT TO:<eve@example.net>@example.com".into(),
        200 => (mail.template, mail.data) = ("reply", json!(huge_reply())),
        201 => mail.data = json!({}),
        202 => mail.address = "анна@example.com".into(),
        // Looks bad and is harmless.
        500 => mail.name = format!("Ann\r\nBcc: eve@example.net\0{}", "x".repeat(3000)),
        501 => mail.data["own_words"] = json!("nothing\0\r\n.\r\n"),
        _ => {}
    }
}

#[tokio::test]
async fn poison_fails_alone() {
    const POISON: [i64; 10] = [30, 31, 32, 33, 90, 91, 92, 200, 201, 202];
    for mut post in Post::each("local:").await {
        let server = FakeServer::start(&[]).await;
        post.leading_to(&server.url());
        post.enqueue_many(1..=1000, poison).await;
        post.drain().await;
        let sent = post.rows().await.iter().filter(|row| row.status == Status::Sent).count();
        assert_eq!(sent, 990, "at once");
        for _ in 0..5 {
            post.clock.advance(Duration::hours(7));
            post.drain().await;
        }
        let rows = post.rows().await;
        let bad: Vec<i64> = rows.iter().filter(|row| row.status != Status::Sent).map(|row| row.event_id).collect();
        let over = |row: &&Mail| matches!(row.status, Status::Failed | Status::Suppressed);
        assert!(bad.iter().all(|event| POISON.contains(event)), "{bad:?}");
        assert_eq!(rows.iter().filter(over).count(), bad.len(), "none waits for ever");
        assert_eq!(server.seen(|seen| seen.mails.len()) + bad.len(), 1000);
        assert!(server.seen(|seen| !seen.mails.iter().any(|mail| mail.contains("\nBcc:"))));
        assert!(server.seen(|seen| !seen.commands.iter().any(|line| line.contains("eve@"))));
    }
}

#[tokio::test]
async fn drains_beside_each_other_send_each_mail_once() {
    for mut post in Post::each("local:").await {
        let server = FakeServer::start(&[]).await;
        post.leading_to(&server.url());
        for _ in 0..5 {
            post.enqueue_many(1..=240, |_, _| {}).await;
        }
        let owners: Vec<Owner> = (0..12).map(|_| Owner::new()).collect();
        let stopping: &dyn Fn() -> bool = &|| false;
        let drains = owners.iter().map(|owner| {
            let Post { db, mailer, clock, .. } = &post;
            let drain = Drain { db, mailer, clock, owner, stopping, on_finished: Arc::new(remember) };
            async move { drain.run(1000).await.unwrap().sent }
        });
        let sent: usize = futures_util::future::join_all(drains).await.into_iter().sum();
        assert_eq!((sent, server.seen(|seen| seen.mails.len())), (240, 240));
        assert_eq!(post.finished().await.len(), 240, "each is told once");
    }
}

#[tokio::test]
async fn a_drain_that_is_stopped_gives_back_what_it_holds() {
    for mut post in Post::each("local:").await {
        let server = FakeServer::start(&[(".", "hold")]).await;
        post.leading_to(&server.url());
        post.enqueue_many(1..=50, |_, _| {}).await;
        let stop = std::cell::Cell::new(false);
        let stopping: &dyn Fn() -> bool = &|| stop.get();
        let Post { db, mailer, clock, owner, .. } = &post;
        let drain = Drain { db, mailer, clock, owner, stopping, on_finished: Arc::new(remember) };
        let meanwhile = async {
            server.holding().await;
            stop.set(true);
            server.let_go();
        };
        let (drained, ()) = futures_util::join!(drain.run(1000), meanwhile);
        assert_eq!(drained.unwrap().sent, 1, "the try under way ended");
        let rows = post.rows().await;
        assert!(rows.iter().all(|row| row.status != Status::Leased));
        assert_eq!(rows.iter().filter(|row| row.status == Status::Queued && row.attempts == 0).count(), 49);
    }
}
