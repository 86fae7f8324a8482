//! Against a scripted server on a socket.

use rstest::rstest;

use super::super::fake_server::{FakeServer, Script, Secure};
use super::*;

const FROM: &str = "heard@example.org";
const TO: &str = "ann@example.com";
const MAIL: &[u8] = b"Subject: Hello\r\n\r\nHello\r\n.\r\n";

async fn send(url: &str) -> Outcome {
    Smtp::from_url(url, "example.org").unwrap().send(FROM, TO, MAIL).await
}

#[rstest]
#[case(&[], "Sent")]
#[case(&[("banner", "421 busy;close")], "Unreachable")]
#[case(&[("banner", "close")], "Unreachable")]
#[case(&[("banner", "554 go away")], "SenderStopped")]
#[case(&[("EHLO", "close")], "Unreachable")]
#[case(&[("AUTH", "535 5.7.8 wrong password")], "SenderStopped")]
#[case(&[("AUTH", "454 4.7.0 later")], "Unreachable")]
#[case(&[("EHLO", "250 no login here")], "SenderStopped")]
#[case(&[("MAIL", "close")], "Unreachable")]
#[case(&[("MAIL", "530 5.7.0 sign in first")], "SenderStopped")]
#[case(&[("RCPT", "450 4.2.0 greylisted")], "Retry")]
#[case(&[("RCPT", "550 5.1.1 no such user")], "Refused")]
#[case(&[("RCPT", "421 closing;close")], "Unreachable")]
#[case(&[("RCPT", "close")], "Retry")]
#[case(&[("DATA", "451 later")], "Retry")]
#[case(&[("DATA", "close")], "Retry")]
#[case(&[("DATA", "250 what?")], "Retry")]
#[case(&[(".", "451 4.3.0 disk full")], "Retry")]
#[case(&[(".", "552 5.3.4 too large")], "Failed")]
#[case(&[(".", "554 5.7.1 spam")], "Failed")]
#[case(&[(".", "close")], "Unknown")]
#[tokio::test]
async fn servers_answers(#[case] script: Script, #[case] outcome: &str) {
    let server = FakeServer::start(script).await;
    let got = format!("{:?}", send(&format!("smtp://me:pa%20ss@127.0.0.1:{}", server.port)).await);
    assert!(got.starts_with(outcome), "{got}");
}

#[tokio::test]
async fn a_check_signs_in_and_sends_nothing() {
    let server = FakeServer::start(&[]).await;
    let check = |port: u16| async move {
        Smtp::from_url(&format!("smtp://me:pass@127.0.0.1:{port}"), "example.org").unwrap().check().await
    };
    assert!(check(server.port).await.is_ok());
    let said = server.seen(|seen| seen.commands.join("\n"));
    assert!(said.contains("AUTH") && !said.contains("MAIL"), "{said}");
    let server = FakeServer::start(&[("AUTH", "535 5.7.8 wrong password")]).await;
    assert!(matches!(check(server.port).await, Err(Outcome::SenderStopped(why)) if why.contains("535")));
}

#[tokio::test]
async fn nobody_listens() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(matches!(send(&format!("smtp://127.0.0.1:{port}")).await, Outcome::Unreachable(_)));
}

#[tokio::test]
async fn a_loss_in_the_middle_of_the_mail_is_safe_to_repeat() {
    let server = FakeServer::start(&[("body", "close")]).await;
    // More than fits into the buffers between the two: the final dot cannot have left.
    let large = "Subject: x\r\n\r\n".to_owned() + &"0123456789\r\n".repeat(2_000_000);
    let smtp = Smtp::from_url(&server.url(), "example.org").unwrap();
    assert!(matches!(smtp.send(FROM, TO, large.as_bytes()).await, Outcome::Retry(_)));
}

#[tokio::test]
async fn dots_at_line_starts_arrive_as_they_were() {
    let server = FakeServer::start(&[]).await;
    assert_eq!(send(&server.url()).await, Outcome::Sent("250 ok".into()));
    assert_eq!(server.seen(|seen| seen.mails.clone()), ["Subject: Hello\r\n\r\nHello\r\n..\r\n\r\n"]);
}

#[tokio::test]
async fn a_connection_is_kept_and_a_no_does_not_cost_it() {
    let server = FakeServer::start(&[]).await;
    let smtp = Smtp::from_url(&server.url(), "example.org").unwrap();
    for _ in 0..3 {
        assert!(matches!(smtp.send(FROM, TO, MAIL).await, Outcome::Sent(_)));
    }
    assert_eq!(server.seen(|seen| (seen.connections, seen.mails.len())), (1, 3));
    let server = FakeServer::start(&[("RCPT", "550 5.1.1 nobody")]).await;
    let smtp = Smtp::from_url(&server.url(), "example.org").unwrap();
    for _ in 0..3 {
        assert!(matches!(smtp.send(FROM, TO, MAIL).await, Outcome::Refused(_)));
    }
    assert_eq!(server.seen(|seen| seen.connections), 1);
}

#[tokio::test]
async fn a_connection_closed_while_idle_costs_no_try() {
    let server = FakeServer::start(&[(".", "250 ok;close")]).await;
    let smtp = Smtp::from_url(&server.url(), "example.org").unwrap();
    for _ in 0..3 {
        assert!(matches!(smtp.send(FROM, TO, MAIL).await, Outcome::Sent(_)));
    }
    assert_eq!(server.seen(|seen| seen.connections), 3);
}

#[rstest]
#[case(Secure::StartTls, "smtp")]
#[case(Secure::FromTheStart, "smtps")]
#[tokio::test]
async fn only_a_trusted_certificate_will_do(#[case] secure: Secure, #[case] scheme: &str) {
    let server = FakeServer::start_secure(&[], secure).await;
    let url = format!("{scheme}://127.0.0.1:{}?tls=required", server.port);
    let got = send(&url).await;
    assert!(matches!(&got, Outcome::SenderStopped(why) if why.contains("certificate")), "{got:?}");
    assert!(server.seen(|seen| seen.mails.is_empty()));

    let file = std::env::temp_dir().join(format!("heard-ca-{}.pem", crate::id::secret()));
    std::fs::write(&file, &server.authority).unwrap();
    let got = send(&format!("{url}&ca={}", file.display())).await;
    assert!(matches!(got, Outcome::Sent(_)), "{got:?}");
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn without_starttls_nothing_is_sent_in_the_clear() {
    let server = FakeServer::start(&[]).await;
    let got = send(&format!("smtp://127.0.0.1:{}?tls=required", server.port)).await;
    assert!(matches!(&got, Outcome::SenderStopped(why) if why.contains("STARTTLS")), "{got:?}");
    assert!(server.seen(|seen| !seen.commands.iter().any(|line| line.starts_with("MAIL"))));
}

#[tokio::test(start_paused = true)]
async fn a_server_may_think_about_the_final_dot_for_long() {
    assert!(FINAL_DOT >= Duration::from_secs(600));
    let server = FakeServer::start(&[(".", "after 120 s")]).await;
    let began = tokio::time::Instant::now();
    assert_eq!(send(&server.url()).await, Outcome::Sent("250 at last".into()));
    assert!(began.elapsed() >= Duration::from_secs(120), "virtual time: nothing sleeps here");
    assert_eq!(server.seen(|seen| seen.mails.len()), 1);
}
