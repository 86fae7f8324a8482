use super::*;
use mail_parser::{HeaderValue as Parsed, MessageParser};
use proptest::prelude::*;

fn letter<'a>(name: &'a str, subject: &'a str, text: &'a str) -> Letter<'a> {
    Letter {
        message_id: "<ob-7@example.org>",
        from: Party { name: "Heard", address: "heard@example.org" },
        to: Party { name, address: "ann@example.com" },
        reply_to: None,
        subject,
        text,
        html: text,
        date: "2026-11-23T10:00:00Z".parse().unwrap(),
        thread: &[],
        origin: Origin::Generated,
        list: None,
        entry: None,
    }
}

fn built(letter: &Letter<'_>) -> Result<Vec<u8>, String> {
    build(letter, &Signer::default())
}

fn header_names(bytes: &[u8]) -> Vec<String> {
    let parsed = MessageParser::default().parse(bytes).unwrap();
    let mut names: Vec<String> = parsed.headers().iter().map(|h| h.name().to_owned()).collect();
    names.sort();
    names
}

const PLAIN: [&str; 9] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
];

#[test]
fn a_digest_can_be_unsubscribed_from() {
    let list = List {
        id: "digest.example.org",
        unsubscribe: "https://example.org/unsubscribe/ABCDEFGHJKMNPQRSTVWXYZ0123",
        by_mail: None,
    };
    let letter = Letter {
        list: Some(list),
        thread: &["<ob-1@example.org>".to_owned()],
        reply_to: Some("desk@example.org"),
        ..letter("Ann", "Что изменилось", "Здравствуйте")
    };
    let bytes = built(&letter).unwrap();
    let parsed = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(parsed.subject(), Some("Что изменилось"));
    assert_eq!(parsed.body_text(0).as_deref(), Some("Здравствуйте"));
    assert_eq!(parsed.message_id(), Some("ob-7@example.org"));
    assert_eq!(parsed.references(), &Parsed::Text("ob-1@example.org".into()));
    let raw = String::from_utf8(bytes).unwrap().replace("\r\n ", " ");
    assert!(
        raw.contains("List-Unsubscribe: <https://example.org/unsubscribe/ABCDEFGHJKMNPQRSTVWXYZ0123>\r\n"),
        "{raw}"
    );
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{raw}");
    assert!(raw.contains("List-Id: <digest.example.org>\r\n"), "{raw}");
}

#[test]
fn an_answer_names_what_it_answers_and_who_wrote_it() {
    let ids = ["<ob-1@example.org>", "<their\r\nmail@x>", "<ж@x>", "no brackets", "<2@example.com>"].map(str::to_owned);
    let with = |thread: &[String], origin| {
        String::from_utf8(built(&Letter { thread, origin, ..letter("Ann", "Re: hi", "Hi") }).unwrap()).unwrap()
    };
    let typed = with(&ids, Origin::Typed);
    assert!(typed.contains("In-Reply-To: <2@example.com>\r\n"), "{typed}");
    assert!(typed.contains("References: <ob-1@example.org> <2@example.com>\r\n"), "{typed}");
    assert!(!typed.contains("Auto-Submitted"), "{typed}");
    assert!(with(&[], Origin::Reply).contains("Auto-Submitted: auto-replied\r\n"));
    assert!(!with(&ids[2..4], Origin::Reply).contains("References"));
    assert!(with(&vec![ids[0].clone(); 200], Origin::Typed).lines().all(|line| line.len() < 998));
}

#[test]
fn every_try_is_the_same_mail() {
    let letter = letter("Ann", "Hello", "Hello");
    assert_eq!(built(&letter), built(&letter));
}

#[test]
fn addresses() {
    assert_eq!(address("ann@почта.рф").unwrap().to_string(), "ann@xn--80a1acny.xn--p1ai");
    for bad in ["", "ann", "ann@", "аня@почта.рф", "a b@c.de", "ann@a\r\nb.com", "<a>@b.com"] {
        assert!(address(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn names_lose_what_cannot_be_seen() {
    assert_eq!(one_line(" Ann\r\nBcc: eve@x.org\0 \u{202e}evil ", 100), "Ann Bcc: eve@x.org evil");
    assert_eq!(one_line(&"x".repeat(300), 10), "xxxxxxxxxx…");
}

#[test]
fn what_is_far_too_large_is_refused() {
    let huge = "x".repeat(LARGEST);
    assert!(built(&letter("Ann", "Hello", &huge)).is_err());
}

pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\r".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n.\r\n".to_owned()),
        Just("\n.\n".to_owned()),
        Just("\0".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("=?utf-8?q?x?=".to_owned()),
        Just("\"<>,;:\\".to_owned()),
        Just("Bcc: eve@example.net".to_owned()),
        Just("x".repeat(1200)),
        Just("Я".repeat(900)),
        Just("👩‍👩‍👧".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_breaks_out(name in hostile(), subject in hostile(), text in hostile()) {
        let bytes = built(&letter(&name, &subject, &text)).unwrap();
        prop_assert_eq!(header_names(&bytes), PLAIN);
        let parsed = MessageParser::default().parse(&bytes).unwrap();
        prop_assert_eq!(parsed.parts.len(), 3);
        prop_assert_eq!(parsed.to().unwrap().iter().count(), 1);
        prop_assert_eq!(parsed.to().unwrap().first().unwrap().address.as_deref(), Some("ann@example.com"));
        let said = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        let meant = body_text(&text).replace("\r\n", "\n");
        prop_assert_eq!(said.trim_end_matches('\n'), meant.trim_end_matches('\n'));
        let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(parsed.subject().unwrap_or_default()), words(&one_line(&subject, LONGEST_SUBJECT)));
    }
}
