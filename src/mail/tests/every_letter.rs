//! Every mail, in both languages, with every kind of text.

use super::*;

/// One of each, filled with this text.
pub(super) fn letters_saying(said: &str) -> Vec<(&'static str, Value)> {
    let url = || "https://heard.example.org/t/abc".to_owned();
    let (text, some) = (|| said.to_owned(), || Some(said.to_owned()));
    let at = "2026-11-30T12:00:00Z".parse().unwrap();
    let item = || letters::DigestItem { title: text(), text: text(), own_words: some(), people: Some(12) };
    let mut all = vec![
        (
            "received",
            json!(letters::Received { reference: text(), own_words: text(), promised_by: text(), tracking_url: url() }),
        ),
        (
            "reply",
            json!(letters::Reply {
                reference: text(),
                title: text(),
                message: text(),
                author: some(),
                markdown: true,
                files: 2,
                tracking_url: url()
            }),
        ),
        (
            "reply",
            json!(letters::Reply {
                reference: text(),
                title: text(),
                message: text(),
                author: None,
                markdown: false,
                files: 0,
                tracking_url: url()
            }),
        ),
        ("link", json!(letters::Link { reference: text(), title: text(), tracking_url: url() })),
        ("invitation", json!(letters::Invitation { invited_by: some(), link_url: url(), expires_at: at })),
        ("invitation", json!(letters::Invitation { invited_by: None, link_url: url(), expires_at: at })),
        ("password", json!(letters::Password { link_url: url(), expires_at: at })),
        ("test", json!(letters::Test { asked_at: at, page_url: url() })),
    ];
    for why in
        ["wrote", "reopened", "escalated", "mentioned", "warned", "missed", "raised", "asked", "decided", "returned"]
    {
        let item = |words: String| letters::NoticeItem { reference: text(), title: text(), text: words, url: url() };
        let items = vec![item(text()), item(String::new())];
        all.push(("notice", json!(letters::Notice { why: why.to_owned(), items })));
    }
    for outcome in ["solved", "partly", "not_possible", "no_fault", "duplicate", "withdrawn"] {
        let closure = letters::Closure {
            reference: text(),
            own_words: text(),
            outcome: outcome.to_owned(),
            change: some(),
            message: text(),
            markdown: outcome != "partly",
            author: some(),
            tracking_url: url(),
        };
        all.push(("closure", json!(closure)));
    }
    for (done, declined) in [(vec![item()], vec![]), (vec![], vec![item()]), (vec![item(), item()], vec![item()])] {
        let (starts_on, ends_on) = ("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap());
        let digest =
            letters::Digest { starts_on, ends_on, done, declined, page_url: Some(url()), unsubscribe_url: url() };
        all.push(("digest", json!(digest)));
    }
    all
}

#[rstest]
#[case("The app is <b>slow</b> & \"stuck\"")]
#[case("x\r\n.\r\nRCPT TO:<eve@example.net>\r\n\0\u{202e}{{this}} {{{evil}}} =?utf-8?q?x?=")]
#[tokio::test]
async fn every_mail_in_both_languages_survives_its_text(#[case] said: &str) {
    let post = Post::new("local:").await;
    for (template, data) in letters_saying(said) {
        for lang in [Lang::En, Lang::Ru] {
            let words = post.mailer.preview(template, lang, said, &data).unwrap();
            assert!(!words.html.contains("<b>slow") && !words.text.contains("&lt;"), "{template} {lang}");
            assert!(words.text.contains("https://heard.example.org/t/abc"), "{template} {lang}: {}", words.text);
            assert!(words.html.contains("https://heard.example.org/t/abc"), "{template} {lang}");
            assert!(!words.html.contains("fonts.googleapis"), "nothing is fetched");
            let mail = Mail { template: template.into(), lang, data: Doc(data.clone()), ..sample_row(said) };
            assert!(post.mailer.prepare(&mail, &Thread::default(), post.clock.now()).is_ok(), "{template} {lang}");
        }
    }
}

pub(super) fn sample_row(name: &str) -> Mail {
    let at = Ts("2026-11-23T10:00:00Z".parse().unwrap());
    Mail {
        id: 1,
        message_id: "ob-1".into(),
        person_id: 1,
        template: String::new(),
        event_id: 1,
        case_id: None,
        lang: Lang::En,
        address: "ann@example.com".into(),
        name: name.into(),
        data: Doc(Value::Null),
        status: Status::Leased,
        attempts: 1,
        next_at: at,
        reply: None,
        sent_at: None,
        created_at: at,
    }
}
