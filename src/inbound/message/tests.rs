use super::*;

const SAID: &str = "Здравствуйте! Заказ так и не пришёл.";

fn read_text(raw: &str) -> Incoming {
    read(raw.replace('\n', "\r\n").as_bytes()).unwrap()
}

#[test]
fn a_mail_says_who_wrote_what_to_whom() {
    let mail = read_text(
        "Return-Path: <ann@example.org>\nDelivered-To: feedback+abc@acme.org\nMessage-ID: <1@example.org>\nIn-Reply-To: <ob-7@acme.org>\nReferences: <a@b> <ob-7@acme.org>\nFrom: \"Ann Smith\" <Ann@Example.org>\nTo: Feedback <feedback@acme.org>, bob@acme.org\nCc: Team: carl@acme.org;\nSubject: Still\n slow\nDate: Mon, 23 Nov 2026 10:00:00 +0300\n\nIt is slow.\n",
    );
    assert_eq!(mail.from, Some(Party { name: "Ann Smith".into(), address: "ann@example.org".into() }));
    assert_eq!(mail.recipients, ["bob@acme.org", "carl@acme.org", "feedback+abc@acme.org", "feedback@acme.org"]);
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Still slow", "It is slow."));
    assert_eq!(mail.message_id.as_deref(), Some("1@example.org"));
    assert_eq!(mail.references, ["a@b", "ob-7@acme.org"]);
    assert_eq!(mail.date.map(|d| d.to_rfc3339()), Some("2026-11-23T07:00:00+00:00".into()));
}

#[test]
fn two_authors_are_none() {
    for from in ["From: a@b.c, d@e.f", "From: a@b.c\nFrom: d@e.f", "From: nobody", "Sender: a@b.c"] {
        assert_eq!(read_text(&format!("{from}\nTo: x@y.z\n\nhi\n")).from, None, "{from}");
    }
}

#[test]
fn russian_comes_through_in_every_encoding() {
    for label in ["koi8-r", "windows-1251", "iso-8859-5", "utf-8"] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (text, name) = (encoding.encode(SAID).0, encoding.encode("Анна Петрова").0);
        let mut raw = b"From: ".to_vec();
        raw.extend_from_slice(&name);
        raw.extend_from_slice(
            format!(" <anna@example.org>\r\nContent-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                .as_bytes(),
        );
        raw.extend_from_slice(&text);
        let mail = read(&raw).unwrap();
        assert_eq!(mail.text, SAID, "{label}");
        if label != "iso-8859-5" {
            assert_eq!(mail.from.map(|from| from.name), Some("Анна Петрова".into()), "{label}");
        }
    }
}

#[test]
fn files_come_along_and_html_becomes_text() {
    let mail = read_text(
        "From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html; charset=utf-8\n\n<p>Look:<img src=\"cid:1\"></p><script>x</script>\n--r\nContent-Type: image/png; name=\"shot.png\"\nContent-ID: <1>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n--m\nContent-Type: text/csv; charset=utf-8\nContent-Disposition: attachment; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.csv\n\na;b\n--m\nContent-Type: message/rfc822\n\nFrom: x@y.z\nSubject: inner\n\ninner words\n--m--\n",
    );
    assert_eq!(mail.text, "Look:");
    let files: Vec<(&str, &str)> = mail.attachments.iter().map(|f| (f.name.as_str(), f.media_type.as_str())).collect();
    assert_eq!(files, [("shot.png", "image/png"), ("отчёт.csv", "text/csv"), ("3.eml", "message/rfc822")]);
    assert_eq!(mail.attachments[0].bytes, b"\x89PNG\r\n\x1a\n");
    assert!(mail.attachments[2].bytes.starts_with(b"From: x@y.z"));
}

#[test]
fn a_report_says_what_became_of_a_mail() {
    let mail = read_text(
        "From: MAILER-DAEMON@b.c\nContent-Type: multipart/report; report-type=delivery-status; boundary=m\n\n--m\n\nSorry.\n--m\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; b.c\n\nFinal-Recipient: rfc822; a@b.c\nAction: failed\nStatus: 5.1.1\n--m--\n",
    );
    assert_eq!(mail.report.as_deref(), Some("delivery-status"));
    let [one] = &mail.deliveries[..] else { panic!("{:?}", mail.deliveries) };
    assert_eq!(
        (one.action.as_str(), one.status.as_str(), &one.recipients[..]),
        ("failed", "5.1.1", &["a@b.c".to_owned()][..])
    );
}

#[test]
fn hostile_mails_are_read_or_refused_quickly() {
    let nested = |n: usize| {
        let open: String =
            (0..n).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")).collect();
        format!("From: a@b.c\n{open}\nhi\n")
    };
    let inner = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let parts = format!("From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nhi\n".repeat(10_000));
    let long = format!("From: a@b.c\nSubject: {}\n\nhi\n", "x".repeat(1024 * 1024));
    let words = format!("From: a@b.c\nSubject: {}\n\nhi\n", "=?utf-8?Q?x?=".repeat(80_000));
    for (name, raw) in [("nested", nested(50)), ("inner", inner), ("parts", parts), ("long", long), ("words", words)] {
        let started = std::time::Instant::now();
        let _ = read(raw.as_bytes());
        assert!(started.elapsed().as_secs() < 5, "{name} took {:?}", started.elapsed());
    }
    assert_eq!(read(b"").err(), Some(Unreadable::NotAMail));
    assert_eq!(read(nested(200).as_bytes()).err(), Some(Unreadable::TooDeep));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(raw in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        proptest::prop_assert_ne!(read(&raw).err(), Some(Unreadable::Panicked));
    }

    #[test]
    fn no_pieces_of_mails_make_it_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        proptest::prop_assert_ne!(read(pieces.concat().as_bytes()).err(), Some(Unreadable::Panicked));
    }
}

const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r\n\r\n",
    "From: a@b.c",
    "Subject: ",
    "=?utf-8?B?",
    "=?utf-8?Q?=D0=",
    "?=",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=\"b",
    "--b",
    "--b--",
    "message/rfc822",
    "text/html",
    "Content-Transfer-Encoding: base64",
    "quoted-printable",
    "; charset=",
    "koi8-r",
    "utf-7",
    "+AGE",
    "\u{1b}$B",
    "<p>",
    "<blockquote>",
    "ж",
    "\0",
    "> ",
    "On Mon 10:00 a@b wrote:",
    "-- ",
    "References: <",
    ">",
    ";",
    "\"",
    "(",
    "filename*0*=x''%D0",
];
