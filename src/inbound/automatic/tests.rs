use super::*;
use crate::config::Config;
use crate::inbound::message::read;
use crate::secret::{Purpose, Secret};
use rstest::rstest;

fn replies() -> Replies {
    let settings = [("HEARD__INBOUND__ADDRESS", "feedback@acme.org"), ("HEARD__MAIL__FROM", "heard@acme.org")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Replies::new(&Config::from_parts(None, settings).unwrap(), Secret::of(b"0123456789abcdef"))
}

fn recognised(headers: &str) -> Option<Automatic> {
    let mail = read(format!("{headers}\n\nI am away.\n").replace('\n', "\r\n").as_bytes()).unwrap();
    recognise(&mail, &replies())
}

#[rstest]
#[case("From: a@b.c\nAuto-Submitted: auto-replied", Automatic::AutoReply)]
#[case("From: a@b.c\nAuto-Submitted: auto-generated (vacation)", Automatic::Generated)]
#[case("From: a@b.c\nAuto-Submitted: auto-notified; owner-email=x", Automatic::Generated)]
#[case("From: a@b.c\nX-Autoreply: yes", Automatic::AutoReply)]
#[case("From: a@b.c\nX-Autorespond: Re", Automatic::AutoReply)]
#[case("From: a@b.c\nX-Auto-Response-Suppress: All", Automatic::AutoReply)]
#[case("From: a@b.c\nPrecedence: auto_reply", Automatic::AutoReply)]
#[case("From: a@b.c\nPrecedence: Bulk", Automatic::Bulk)]
#[case("From: a@b.c\nPrecedence: junk", Automatic::Bulk)]
#[case("From: a@b.c\nPrecedence: list", Automatic::List)]
#[case("From: a@b.c\nList-Id: <x.b.c>", Automatic::List)]
#[case("From: a@b.c\nList-Unsubscribe: <https://b.c>", Automatic::List)]
#[case("Return-Path: <>\nFrom: a@b.c", Automatic::AutoReply)]
#[case("From: MAILER-DAEMON@b.c", Automatic::Bounce)]
#[case("From: Mail Delivery Subsystem <x@b.c>", Automatic::Bounce)]
#[case("From: Postmaster@b.c", Automatic::Bounce)]
#[case("From: a@b.c\nX-Failed-Recipients: d@e.f", Automatic::Bounce)]
#[case("From: Mail Delivery System <x@b.c>\nContent-Type: multipart/report; boundary=b", Automatic::Bounce)]
#[case("From: a@b.c\nContent-Type: multipart/report; report-type=feedback-report; boundary=b", Automatic::SpamReport)]
#[case(
    "From: a@b.c\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b",
    Automatic::Notice
)]
#[case("From: a@b.c\nSubject: Automatic reply: Hello", Automatic::AutoReply)]
#[case("From: a@b.c\nSubject: Re: Out of Office", Automatic::AutoReply)]
#[case("From: a@b.c\nSubject: Автоответ: заявка", Automatic::AutoReply)]
#[case("From: heard@acme.org", Automatic::Own)]
#[case("From: Feedback <FEEDBACK@acme.org>", Automatic::Own)]
#[case("From: a@b.c\nMessage-ID: <ob-17@acme.org>", Automatic::Own)]
fn machines_are_recognised(#[case] headers: &str, #[case] what: Automatic) {
    assert_eq!(recognised(headers), Some(what));
}

#[rstest]
#[case("From: a@b.c\nAuto-Submitted: no")]
#[case("From: a@b.c\nAuto-Submitted: No; x=y")]
#[case("Return-Path: <a@b.c>\nFrom: a@b.c\nSubject: Out of order: the lift")]
#[case("From: a@b.c\nPrecedence: first-class")]
#[case("From: a@b.c\nSubject: Delivery failed: where is my parcel?")]
#[case("From: a@b.c\nMessage-ID: <ob-17@b.c>")]
fn people_are_not_taken_for_machines(#[case] headers: &str) {
    assert_eq!(recognised(headers), None);
}

#[test]
fn reply_addresses_name_their_case_and_no_other() {
    let replies = replies();
    let address = replies.address_for(42).unwrap().unwrap();
    assert!(address.split('@').next().is_some_and(|local| local.len() <= 64), "{address}");
    assert_eq!(replies.case_of(&address.to_uppercase()), Some(42));
    assert!(replies.is_intake(&address) && replies.is_intake("Feedback@ACME.org") && !replies.is_intake("x@acme.org"));
    let track = Secret::of(b"0123456789abcdef").token(Purpose::Track, 42).unwrap();
    let other = Replies::new(&Config::from_parts(None, []).unwrap(), Secret::of(b"another key"));
    assert_eq!(replies.case_of(&format!("feedback+{track}@acme.org")), None, "a link to a page is no reply address");
    assert_eq!((other.case_of(&address), other.address_for(42).unwrap()), (None, None));
    for wrong in ["feedback+@acme.org", "feedback+0000@acme.org", &address.replace("acme", "evil"), &address[1..]] {
        assert_eq!(replies.case_of(wrong), None, "{wrong}");
    }
}
