//! What becomes of a mail for everything a mail server may do, on each database.

use super::*;
use crate::mail::fake_server::Script;
use crate::mail::undeliverable;

/// What a server does; the state of the mail, how many tries it was charged, and the points its address has then.
type Behaviour = (Script, Status, i32, i32);

const BEHAVIOURS: &[Behaviour] = &[
    (&[], Status::Sent, 1, 0),
    (&[(".", "250 ok;close")], Status::Sent, 1, 0),
    // Nobody's fault but the server's or ours: no mail pays for it.
    (&[("banner", "421 busy;close")], Status::Retry, 0, 0),
    (&[("banner", "close")], Status::Retry, 0, 0),
    (&[("banner", "554 go away")], Status::Retry, 0, 0),
    (&[("EHLO", "close")], Status::Retry, 0, 0),
    (&[("EHLO", "502 what?")], Status::Retry, 0, 0),
    (&[("EHLO", "250 no login here")], Status::Retry, 0, 0),
    (&[("AUTH", "535 5.7.8 wrong password")], Status::Retry, 0, 0),
    (&[("AUTH", "530 5.7.0 not without TLS")], Status::Retry, 0, 0),
    (&[("AUTH", "454 4.7.0 later")], Status::Retry, 0, 0),
    (&[("MAIL", "421 closing;close")], Status::Retry, 0, 0),
    (&[("MAIL", "close")], Status::Retry, 0, 0),
    (&[("MAIL", "550 5.7.1 not your address")], Status::Retry, 0, 0),
    (&[("RCPT", "421 closing;close")], Status::Retry, 0, 0),
    (&[(".", "421 closing;close")], Status::Retry, 0, 0),
    // Not now.
    (&[("MAIL", "451 4.3.0 later")], Status::Retry, 1, 0),
    (&[("RCPT", "450 4.2.0 greylisted")], Status::Retry, 1, 0),
    (&[("RCPT", "451 4.3.0 later")], Status::Retry, 1, 0),
    (&[("RCPT", "452 4.2.2 full")], Status::Retry, 1, 0),
    (&[("RCPT", "close")], Status::Retry, 1, 0),
    (&[("DATA", "451 later")], Status::Retry, 1, 0),
    (&[("DATA", "close")], Status::Retry, 1, 0),
    (&[("DATA", "250 what?")], Status::Retry, 1, 0),
    (&[(".", "451 4.3.0 disk full")], Status::Retry, 1, 0),
    (&[(".", "452 4.3.1 no room")], Status::Retry, 1, 0),
    // Never, and nobody is there.
    (&[("RCPT", "550 5.1.1 no such user")], Status::Suppressed, 1, 10),
    (&[("RCPT", "550 no such user")], Status::Suppressed, 1, 10),
    (&[("RCPT", "551 not here")], Status::Suppressed, 1, 10),
    (&[("RCPT", "553 5.1.3 what an address")], Status::Suppressed, 1, 10),
    (&[("RCPT", "550 5.2.1 disabled")], Status::Suppressed, 1, 10),
    // Never, for a reason that somebody has to look at.
    (&[("RCPT", "552 5.2.2 full")], Status::Failed, 1, 5),
    (&[("RCPT", "554 5.7.1 relay denied")], Status::Failed, 1, 0),
    (&[("MAIL", "552 5.3.4 too large")], Status::Failed, 1, 0),
    (&[("DATA", "554 no")], Status::Failed, 1, 0),
    (&[(".", "552 5.3.4 too large")], Status::Failed, 1, 0),
    (&[(".", "554 5.7.1 spam")], Status::Failed, 1, 0),
    // It may have arrived.
    (&[(".", "close")], Status::Unknown, 1, 0),
    (&[(".", "what is this?;close")], Status::Unknown, 1, 0),
];

#[tokio::test]
async fn each_has_its_state() {
    for mut post in Post::each("local:").await {
        for (n, (script, status, attempts, points)) in BEHAVIOURS.iter().enumerate() {
            let server = FakeServer::start(script).await;
            post.leading_to(&format!("smtp://me:secret@127.0.0.1:{}", server.port));
            let (event, address) = (n as i64 + 1, format!("ann{n}@example.com"));
            let to = address.clone();
            post.enqueue(move |mail| (mail.event_id, mail.address) = (event, to)).await;
            post.drain().await;
            let row = post.rows().await.pop().unwrap();
            assert_eq!((row.status, row.attempts), (*status, *attempts), "{script:?}: {:?}", row.reply);
            let known = post.change(move |c| undeliverable::find(c, &address)).await;
            assert_eq!(known.map_or(0, |known| known.points), *points, "{script:?}");
            let tries = post.change(move |c| outbox::tries(c, row.id)).await;
            assert_eq!(tries.len(), 1, "{script:?}: {tries:?}");
            // The next one begins anew.
            post.change(|c| sender::write(c, None)).await;
            post.change(|c| diesel::update(rows::table).set(rows::status.eq(Status::Sent)).execute(c)).await;
        }
    }
}

#[tokio::test]
async fn ten_minutes_with_a_wrong_password() {
    for mut post in Post::each("local:").await {
        let server = FakeServer::start(&[("AUTH", "535 5.7.8 wrong password")]).await;
        post.leading_to(&format!("smtp://me:secret@127.0.0.1:{}", server.port));
        post.enqueue_many(1..=100, |_, _| {}).await;
        for _ in 0..600 {
            post.drain().await;
            post.clock.advance(Duration::seconds(1));
        }
        let logins = server.seen(|seen| seen.commands.iter().filter(|line| line.starts_with("AUTH")).count());
        assert!((2..=20).contains(&logins), "{logins}");
        assert!(post.rows().await.iter().all(|row| row.attempts == 0 && row.status != Status::Failed));
    }
}

/// A server that takes its time holds up neither the database nor anybody who writes.
#[tokio::test]
async fn nothing_is_sent_inside_a_transaction() {
    for mut post in Post::each("local:").await {
        let server = FakeServer::start(&[(".", "hold")]).await;
        post.leading_to(&server.url());
        post.enqueue(|_| {}).await;
        let meanwhile = async {
            server.holding().await;
            post.change(|c| sender::write(c, None)).await;
            let idle = "select count(*) as n from pg_stat_activity where datname = current_database() \
                        and state = 'idle in transaction'";
            if matches!(post.db.location(), Location::Postgres(_)) {
                // The next claim may be under way: that one ends by itself, one held around a mail would not.
                let mut open = 1;
                for _ in 0..1_000 {
                    open = post.change(move |c| diesel::sql_query(idle).load::<Count>(c)).await[0].n;
                    if open == 0 {
                        break;
                    }
                }
                assert_eq!(open, 0);
            }
            server.let_go();
        };
        let (drained, ()) = futures_util::join!(post.drain(), meanwhile);
        assert_eq!(drained.sent, 1);
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}
