//! What a server's answer means for the mail and for the sender: pure functions.

use std::error::Error as _;

use super::super::transport::Outcome;

/// How far the conversation about a mail had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Mail,
    Rcpt,
    /// DATA itself, and the answer to the final dot.
    Data,
}

/// Anything but the answer we hoped for.
#[derive(Debug)]
pub enum Trouble {
    /// A negative reply.
    Reply(u16, String),
    /// No reply: closed, timed out, or not SMTP.
    Lost(String),
}

impl From<lettre::transport::smtp::Error> for Trouble {
    fn from(e: lettre::transport::smtp::Error) -> Self {
        let text = e.source().map_or_else(|| e.to_string(), ToString::to_string);
        match e.status() {
            Some(code) => Trouble::Reply(code.into(), text),
            None => Trouble::Lost(text),
        }
    }
}

/// What happens to the mail. A loss before the final dot is safe to repeat; the caller knows the one that is not.
pub fn verdict(stage: Stage, trouble: Trouble) -> Outcome {
    let (code, text) = match trouble {
        Trouble::Lost(why) => return Outcome::Retry(why),
        Trouble::Reply(code, text) => (code, text),
    };
    let reply = format!("{code} {text}");
    match (stage, code) {
        (_, 421) => Outcome::Unreachable(reply),
        (_, 530 | 534 | 535 | 538) => Outcome::SenderStopped(reply),
        (_, ..500) => Outcome::Retry(reply),
        (Stage::Mail, 552) => Outcome::Failed(reply),
        // The server will not hear of our own address, whoever the mail is for.
        (Stage::Mail, _) => Outcome::SenderStopped(reply),
        (Stage::Rcpt, _) if is_about_the_address(code, &text) => Outcome::Refused(reply),
        (Stage::Rcpt | Stage::Data, _) => Outcome::Failed(reply),
    }
}

/// 5.1.x and 5.2.1 say that nobody is there; 5.2.2 is a full mailbox and 5.7.x a policy, which another day may change.
fn is_about_the_address(code: u16, text: &str) -> bool {
    match text.split_whitespace().next().filter(|word| word.starts_with("5.")) {
        Some(enhanced) => enhanced.starts_with("5.1.") || enhanced == "5.2.1",
        None => matches!(code, 550 | 551 | 553),
    }
}

/// The banner, EHLO or AUTH was answered with "no", or not at all.
pub fn greeting(e: lettre::transport::smtp::Error) -> Outcome {
    let by_us = e.is_client();
    match Trouble::from(e) {
        Trouble::Reply(code @ 500.., text) => Outcome::SenderStopped(format!("{code} {text}")),
        Trouble::Reply(code, text) => Outcome::Unreachable(format!("{code} {text}")),
        Trouble::Lost(why) if by_us => Outcome::SenderStopped(why),
        Trouble::Lost(why) => Outcome::Unreachable(why),
    }
}

/// STARTTLS was refused or the handshake failed.
pub fn start_tls(e: &lettre::transport::smtp::Error) -> Outcome {
    let mut cause = e.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref() {
            return handshake(io);
        }
        cause = inner.source();
    }
    if e.is_permanent() { Outcome::SenderStopped(e.to_string()) } else { Outcome::Unreachable(e.to_string()) }
}

/// rustls reports what it does not accept, a certificate above all, as invalid data; other errors are the network's.
pub fn handshake(e: &std::io::Error) -> Outcome {
    match e.kind() {
        std::io::ErrorKind::InvalidData => Outcome::SenderStopped(format!("TLS: {e}")),
        _ => Outcome::Unreachable(format!("TLS: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Stage::Mail, 421, "closing", "Unreachable")]
    #[case(Stage::Mail, 451, "4.3.0 later", "Retry")]
    #[case(Stage::Mail, 530, "5.7.0 authentication required", "SenderStopped")]
    #[case(Stage::Mail, 552, "5.3.4 too big", "Failed")]
    #[case(Stage::Mail, 553, "5.7.1 sender not owned", "SenderStopped")]
    #[case(Stage::Rcpt, 450, "4.2.0 greylisted", "Retry")]
    #[case(Stage::Rcpt, 452, "4.5.3 too many", "Retry")]
    #[case(Stage::Rcpt, 550, "5.1.1 no such user", "Refused")]
    #[case(Stage::Rcpt, 550, "no such user", "Refused")]
    #[case(Stage::Rcpt, 550, "5.2.1 disabled", "Refused")]
    #[case(Stage::Rcpt, 552, "5.2.2 full", "Failed")]
    #[case(Stage::Rcpt, 554, "5.7.1 relay denied", "Failed")]
    #[case(Stage::Rcpt, 550, "5.7.1 blocked", "Failed")]
    #[case(Stage::Data, 451, "later", "Retry")]
    #[case(Stage::Data, 552, "too big", "Failed")]
    #[case(Stage::Data, 554, "5.7.1 spam", "Failed")]
    fn the_table(#[case] stage: Stage, #[case] code: u16, #[case] text: &str, #[case] outcome: &str) {
        let shown = format!("{:?}", verdict(stage, Trouble::Reply(code, text.into())));
        assert!(shown.starts_with(outcome), "{shown}");
    }
}
