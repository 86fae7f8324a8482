//! What becomes of a mail with something wrong in it: it goes out harmless, or ends as failed and says why. The mails
//! beside it go out.

use super::many::huge_reply;
use super::*;

/// A change to a mail, and what comes of it: who it is to as the server sees it, or a word of the reason.
type Bad = (fn(&mut NewMail), std::result::Result<&'static str, &'static str>);

const BAD: [Bad; 21] = [
    (|mail| mail.name = "Ann\r\nBcc: eve@example.net".into(), Ok("<ann@example.com>")),
    (|mail| mail.name = "Ann\0Berg".into(), Ok("<ann@example.com>")),
    (|mail| mail.name = "\u{202e}\u{200b}\r\n".into(), Ok("To: ann@example.com")),
    (|mail| mail.name = "a".repeat(3000), Ok("<ann@example.com>")),
    (|mail| mail.name = "=?utf-8?q?Eve?=".into(), Ok("<ann@example.com>")),
    (|mail| mail.name = "Ann \"<eve@example.net>\" \\".into(), Ok("<ann@example.com>")),
    (|mail| mail.address = String::new(), Err("the address is not valid")),
    (|mail| mail.address = "ann".into(), Err("the address is not valid")),
    (|mail| mail.address = "@example.com".into(), Err("the address is not valid")),
    (|mail| mail.address = "ann@".into(), Err("the address is not valid")),
    (|mail| mail.address = "ann@exam ple.com".into(), Err("the address is not valid")),
    (|mail| mail.address = "ann@example.com>\r\nRCPT TO:<eve@example.net".into(), Err("the address is not valid")),
    (|mail| mail.address = format!("{}@example.com", "a".repeat(300)), Err("the address is not valid")),
    (|mail| mail.address = "анна@example.com".into(), Err("SMTPUTF8")),
    (|mail| mail.address = "ann@пример.рф".into(), Ok("ann@xn--e1afmkfd.xn--p1ai")),
    (|mail| mail.address = " ann@example.com\0".into(), Ok("ann@example.com")),
    (|mail| mail.data = json!({"reference": "F-7QK3M9X"}), Err("missing")),
    (|mail| mail.data = json!("no letter"), Err("not an object")),
    (|mail| mail.template = "no-such-letter", Err("no-such-letter")),
    (|mail| mail.data["own_words"] = json!("x".repeat(8_000_000)), Ok("To: Ann <ann@example.com>")),
    (
        |mail| {
            (mail.template, mail.data) =
                ("reply", json!(letters::Reply { message: "x".repeat(3_000_000), ..huge_reply() }))
        },
        Err("larger than"),
    ),
];

#[tokio::test]
async fn nothing_bad_gets_out_or_in_the_way() {
    let server = FakeServer::start(&[]).await;
    let post = Post::new(&server.url()).await;
    for (event, (spoil, _)) in (0..).zip(BAD) {
        post.enqueue(move |mail| {
            mail.event_id = event;
            spoil(mail);
        })
        .await;
    }
    post.enqueue(|mail| mail.event_id = 1000).await;
    for _ in 0..=outbox::MOST_RENDERINGS {
        post.drain().await;
        post.clock.advance(Duration::hours(3));
    }
    let rows = post.rows().await;
    for (event, (_, wanted)) in (0..).zip(BAD) {
        let row = rows.iter().find(|row| row.event_id == event).unwrap();
        match wanted {
            Ok(to) => {
                assert_eq!(row.status, Status::Sent, "{event} {to}: {:?}", row.reply);
                let seen = server.seen(|seen| to_of(&seen.mails, &row.message_id));
                assert!(seen.contains(to), "{event}: {seen}");
            }
            Err(reason) => {
                assert_eq!((row.status, row.attempts), (Status::Failed, outbox::MOST_RENDERINGS), "{event} {reason}");
                assert!(row.reply.as_deref().is_some_and(|reply| reply.contains(reason)), "{event}: {:?}", row.reply);
            }
        }
    }
    assert_eq!(rows.last().map(|row| row.status), Some(Status::Sent), "the one behind them goes out");
    assert!(
        server
            .seen(|seen| seen.mails.iter().all(|mail| !mail.contains("\nBcc:") && mail.matches("\nTo:").count() == 1))
    );
}

/// The To line of the mail with this id.
fn to_of(mails: &[String], id: &str) -> String {
    let mail = mails.iter().find(|mail| mail.contains(&format!("<{id}@example.org>")));
    let unfolded = mail.map(|mail| mail.replace("\r\n ", " ")).unwrap_or_default();
    unfolded.lines().find(|line| line.starts_with("To:")).unwrap_or_default().to_owned()
}
