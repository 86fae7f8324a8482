//! Which headers a mail has is decided by its class: exactly these, in every letter, and all of them signed.

use super::*;
use crate::mail::gallery;
use crate::mail::samples::{self, Sample};
use crate::secret::Secret;
use std::collections::BTreeSet;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/mail/dkim/tests");
const ALWAYS: [&str; 9] = [
    "Content-Type",
    "DKIM-Signature",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
];
/// Servers on the way may look at these; nobody reads anything into them.
const UNSIGNED: [&str; 2] = ["DKIM-Signature", "X-Auto-Response-Suppress"];

fn mailer(from: &str, intake: &str) -> Mailer {
    let env = [
        ("HEARD__MAIL__FROM", from.to_owned()),
        ("HEARD__INBOUND__ADDRESS", intake.to_owned()),
        ("HEARD__MAIL__DKIM_RSA_KEY", format!("{KEYS}/rsa.pem")),
        ("HEARD__MAIL__DKIM_ED25519_KEY", format!("{KEYS}/ed25519.pem")),
    ];
    let config = Config::from_parts(None, env.map(|(k, v)| (k.to_owned(), v))).unwrap();
    let templates = Arc::new(Templates::load(config.app.time_zone).unwrap());
    Mailer::new(&config, templates).unwrap().answered_at(Replies::new(&config, Secret::of(&[7; 32])))
}

/// Every header with its value, folded lines joined.
fn headers(mail: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8(mail.to_vec()).unwrap().replace("\r\n\t", " ").replace("\r\n ", " ");
    let head = text.split("\r\n\r\n").next().unwrap();
    head.lines().map(|line| line.split_once(": ").unwrap()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}

fn threads() -> [Thread; 2] {
    let answered = Thread { first: Some("ob-1".into()), theirs: vec!["theirs@example.org".into()] };
    [Thread::default(), answered]
}

fn letters() -> Vec<Sample> {
    samples::all(Lang::En, "https://heard.example.org").unwrap()
}

/// A row of the outbox about a case, with this letter in it.
fn row(sample: &Sample) -> Mail {
    Mail { id: 1, case_id: Some(5), name: "Ann\r\nBcc: eve@example.net".into(), ..gallery::row(sample, Lang::En) }
}

/// What a letter of this class says besides what all say.
fn beside(template: &str, class: Class, data: &Value, thread: &Thread) -> Vec<&'static str> {
    let mut names = Vec::new();
    let typed = template == "reply" || template == "closure" && data["author"].is_string() && data["change"].is_null();
    if !typed {
        names.push("Auto-Submitted");
    }
    if class.is_conversation() {
        names.push("Reply-To");
    }
    if class.is_threaded() && *thread != Thread::default() {
        names.extend(["In-Reply-To", "References"]);
    }
    if class == Class::List {
        names.extend(["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]);
    }
    names
}

#[test]
fn every_letter_has_the_headers_of_its_class_and_no_others() {
    let mailer = mailer("heard@example.org", "feedback@example.org");
    let now = "2026-11-23T10:00:00Z".parse().unwrap();
    for sample in letters() {
        let (template, class) = (sample.template, sample.class);
        for thread in threads() {
            // As `Thread::before` leaves it.
            let thread = if class.is_threaded() { thread } else { Thread::default() };
            let headers = headers(&mailer.prepare(&row(&sample), &thread, now).unwrap());
            let names: BTreeSet<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
            let expected: BTreeSet<&str> =
                ALWAYS.into_iter().chain(beside(template, class, &sample.data, &thread)).collect();
            assert_eq!(names, expected, "{template} {thread:?}");
            signs_all(template, &headers);
        }
    }
}

/// Two signatures, each over every header that says something, and over each once.
fn signs_all(template: &str, headers: &[(String, String)]) {
    let signatures: Vec<&str> =
        headers.iter().filter(|(name, _)| name == "DKIM-Signature").map(|(_, value)| value.as_str()).collect();
    assert_eq!(signatures.len(), 2, "{template}");
    let wanted: BTreeSet<&str> =
        headers.iter().map(|(name, _)| name.as_str()).filter(|name| !UNSIGNED.contains(name)).collect();
    for signature in signatures {
        let signed = signature.split("; ").find_map(|tag| tag.strip_prefix("h=")).unwrap().replace(' ', "");
        let signed: Vec<&str> = signed.split(':').collect();
        assert_eq!(signed.iter().copied().collect::<BTreeSet<_>>(), wanted, "{template}");
        assert_eq!(signed.len(), wanted.len(), "{template}");
    }
}

#[test]
fn what_each_class_says_about_itself() {
    let mailer = mailer("heard@example.org", "feedback@example.org");
    let now = "2026-11-23T10:00:00Z".parse().unwrap();
    let built = |template: &str, thread: &Thread| {
        let mail = row(&letters().into_iter().find(|sample| sample.template == template).unwrap());
        let headers = headers(&mailer.prepare(&mail, thread, now).unwrap());
        (headers, mailer.envelope_sender(&mail, thread).unwrap())
    };
    let [alone, answered] = threads();
    let said = |headers: &[(String, String)], name: &str| {
        headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    };
    let back = mailer.replies.as_ref().unwrap().return_path(1).unwrap().unwrap();
    for template in ["received", "reply", "closure", "notice", "digest", "password", "invitation", "link", "test"] {
        assert_eq!(built(template, &alone).1, back, "{template}");
    }
    let (received, from) = built("received", &answered);
    assert_eq!((said(&received, "Auto-Submitted").as_deref(), from.as_str()), (Some("auto-replied"), ""));
    assert_eq!(said(&received, "In-Reply-To").as_deref(), Some("<theirs@example.org>"));
    assert_eq!(said(&received, "References").as_deref(), Some("<ob-1@example.org> <theirs@example.org>"));
    assert!(said(&received, "Reply-To").unwrap().starts_with("feedback+"));
    let (digest, _) = built("digest", &alone);
    assert_eq!(said(&digest, "Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(said(&digest, "List-Id").as_deref(), Some("<digest.example.org>"));
    assert_eq!(said(&digest, "List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let ways_out = said(&digest, "List-Unsubscribe").unwrap();
    assert!(ways_out.starts_with("<https://") && ways_out.contains(">, <mailto:feedback+u-"), "{ways_out}");
    assert!(ways_out.ends_with("@example.org?subject=unsubscribe>"), "{ways_out}");
}

#[test]
fn without_an_address_of_ours_mail_comes_back_as_it_did() {
    let mail = row(&letters().into_iter().find(|sample| sample.template == "reply").unwrap());
    let back = |from: &str, intake: &str| mailer(from, intake).envelope_sender(&mail, &Thread::default()).unwrap();
    assert_eq!(back("heard@example.org", ""), "heard@example.org");
    assert_eq!(back("heard@example.org", "feedback@elsewhere.org"), "heard@example.org");
    assert!(back("heard@EXAMPLE.org", "feedback@example.org").starts_with("feedback+b-"));
    // No room for a token of a mail; the one of its case is shorter.
    let long = back("heard@example.org", "feedback-of-example-abcd@example.org");
    assert!(long.starts_with("feedback-of-example-abcd+") && !long.contains("+b-"), "{long}");
}
