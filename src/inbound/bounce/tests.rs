//! Reports as mail servers write them, and mails that look like reports.

use super::*;
use crate::config::Config;
use crate::inbound::automatic::{Automatic, recognise};
use crate::inbound::message::read;
use crate::mail::replies::Replies;
use crate::secret::Secret;
use Automatic::{AutoReply, Bounce as Returned, Notice};
use Kind::{Hard, Soft};

const ANNA: &str = "anna@example.org";

fn replies() -> Replies {
    let settings = [("HEARD__INBOUND__ADDRESS", "feedback@acme.org"), ("HEARD__MAIL__FROM", "heard@acme.org")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Replies::new(&Config::from_parts(None, settings).unwrap(), Secret::of(b"0123456789abcdef"))
}

/// The report with this name, sent to the return path of a mail of ours.
fn report(name: &str) -> Incoming {
    let file = format!("{}/src/inbound/bounce/tests/{name}.eml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let text = text.replace("{return}", &replies().return_path(42).unwrap().unwrap());
    read(text.replace('\n', "\r\n").as_bytes()).unwrap()
}

type Expected = (&'static str, Option<Automatic>, Option<(Kind, &'static str)>);

#[rustfmt::skip]
const REPORTS: [Expected; 48] = [
    ("postfix-unknown", Some(Returned), Some((Hard, "550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown in local recipient table"))),
    ("postfix-no-domain", Some(Returned), Some((Hard, "5.4.4 Host or domain name not found."))),
    ("postfix-null-mx", Some(Returned), Some((Hard, "nullMX"))),
    ("postfix-full", Some(Returned), Some((Soft, "552 5.2.2"))),
    ("postfix-gave-up", Some(Returned), Some((Soft, "4.4.1 connect to mx.example.org[192.0.2.7]:25: Connection timed out"))),
    ("postfix-delayed", Some(Notice), None),
    ("postfix-relayed", Some(Notice), None),
    ("postfix-policy", Some(Returned), Some((Soft, "blocked using"))),
    ("postfix-too-big", Some(Returned), Some((Soft, "Message size"))),
    ("postfix-forwarded", Some(Returned), Some((Hard, "5.1.1"))),
    ("postfix-sender-refused", Some(Returned), Some((Soft, "Sender address rejected"))),
    ("exim-unknown", Some(Returned), Some((Hard, "550 No Such User Here"))),
    ("exim-unrouteable", Some(Returned), Some((Hard, "Unrouteable address"))),
    ("exim-retry-timeout", Some(Returned), Some((Soft, "451 Temporary local problem"))),
    ("exim-delayed", Some(Notice), None),
    ("exim-old-words", Some(Returned), Some((Hard, "550 5.1.1 User unknown"))),
    ("exim-old-delayed", Some(Returned), None),
    ("office365-unknown", Some(Returned), Some((Hard, "5.1.10 RESOLVER.ADR.RecipientNotFound"))),
    ("office365-access-denied", Some(Returned), Some((Hard, "Access denied"))),
    ("office365-restricted", Some(Returned), Some((Soft, "5.7.133"))),
    ("exchange-unknown", Some(Returned), Some((Hard, "RecipNotFound"))),
    ("exchange-full", Some(Returned), Some((Soft, "mailbox full"))),
    ("exchange-disabled", Some(Returned), Some((Hard, "mailbox disabled"))),
    ("exchange-loop", Some(Returned), Some((Soft, "Hop count"))),
    ("exchange-delayed", Some(Notice), None),
    ("exchange-expanded", Some(Notice), None),
    ("gmail-unknown", Some(Returned), Some((Hard, "550-5.1.1 The email account that you tried to reach does not exist."))),
    ("gmail-over-quota", Some(Returned), Some((Soft, "out of storage"))),
    ("gmail-delay", Some(Notice), None),
    ("gmail-unauthenticated", Some(Returned), Some((Soft, "5.7.26"))),
    ("qmail-unknown", Some(Returned), Some((Hard, "<anna@example.org>: Sorry, no mailbox here by that name. (#5.1.1)"))),
    ("qmail-remote", Some(Returned), Some((Hard, "User unknown"))),
    ("qmail-full", Some(Returned), Some((Soft, "over quota"))),
    ("qmail-timeout", Some(Returned), Some((Soft, "#4.4.1"))),
    ("ses-unknown", Some(Returned), Some((Hard, "User unknown"))),
    ("ses-suppressed", Some(Returned), Some((Hard, "has suppressed sending"))),
    ("ses-soft", Some(Returned), Some((Soft, "Message expired"))),
    ("yahoo-words", Some(Returned), Some((Hard, "doesn't have a"))),
    ("sendmail-unknown", Some(Returned), Some((Hard, "User unknown"))),
    ("no-action-field", Some(Returned), Some((Hard, "nobody of that name"))),
    ("several-recipients", Some(Returned), None),
    ("russian-words", Some(Returned), Some((Hard, "user not found"))),
    ("words-say-nothing", Some(Returned), None),
    ("hostile-fields", Some(Returned), Some((Hard, "550 5.1.1 gone"))),
    ("auto-reply", Some(AutoReply), None),
    ("auto-reply-left", Some(Returned), None),
    ("read-receipt", Some(Notice), None),
    ("a-person", None, None),
];

#[test]
fn reports_say_what_became_of_the_mail() {
    for (name, what, expected) in REPORTS {
        let mail = report(name);
        let recognised = recognise(&mail, &replies());
        assert_eq!(recognised, what, "{name}");
        // Only what looks like a report is asked.
        let bounce = (recognised == Some(Returned)).then(|| judge(&mail, ANNA)).flatten();
        assert_eq!(bounce.as_ref().map(|bounce| bounce.kind), expected.map(|(kind, _)| kind), "{name}: {bounce:?}");
        if let (Some(bounce), Some((_, said))) = (bounce, expected) {
            assert!(bounce.said.contains(said), "{name}: {}", bounce.said);
            assert!(bounce.said.chars().count() <= 301 && !bounce.said.chars().any(char::is_control), "{name}");
        }
        let addressed = mail.recipients.iter().filter_map(|address| replies().returned_mail(address)).next();
        assert_eq!(addressed, Some(42), "{name} names the mail by its return path");
    }
}

#[test]
fn every_report_is_in_the_table() {
    let folder = format!("{}/src/inbound/bounce/tests", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), REPORTS.len());
}

#[test]
fn numbers_decide_before_words() {
    for (status, said, expected) in [
        ("5.1.1", "", Hard),
        ("5.2.2", "user unknown", Soft),
        ("5.7.1", "user unknown", Soft),
        ("4.1.1", "user unknown for now", Soft),
        ("5.0.0", "550 5.1.1 gone", Hard),
        ("5.5.0", "mailbox unavailable", Hard),
        ("", "no such user", Hard),
        ("", "try 192.0.2.7 later", Soft),
        ("5.3.0", "something else", Soft),
    ] {
        assert_eq!(kind(status, said), expected, "{status} {said}");
    }
}
