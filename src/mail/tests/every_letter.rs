//! Every mail, in both languages, with every kind of text.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::mail::message::tests::hostile;
use crate::mail::samples::{self, Sample};
use crate::mail::thread::Thread;

const HOME: &str = "https://heard.example.org";
/// Fields that are no text of anybody: they decide about the letter, or are addresses and times of ours.
const OURS: [&str; 13] = [
    "by",
    "outcome",
    "why",
    "decision",
    "starts_on",
    "ends_on",
    "due_on",
    "expires_at",
    "changed_at",
    "asked_at",
    "met_at",
    "url",
    "starts_at",
];

/// The same letter with this text wherever somebody may have written.
fn saying(value: &Value, said: &str) -> Value {
    match value {
        Value::String(_) => said.into(),
        Value::Array(items) => items.iter().map(|item| saying(item, said)).collect(),
        Value::Object(fields) => {
            let ours = |name: &str| OURS.contains(&name) || name.ends_with("_url");
            let field = |(name, field): (&String, &Value)| {
                (name.clone(), if ours(name) { field.clone() } else { saying(field, said) })
            };
            Value::Object(fields.iter().map(field).collect())
        }
        other => other.clone(),
    }
}

/// What a row of the outbox would be with this letter in it.
fn row(sample: &Sample, lang: Lang, data: Value) -> Mail {
    crate::mail::gallery::row(&Sample { data, ..sample.clone() }, lang)
}

#[rstest]
#[case("The app is <b>slow</b> & \"stuck\"")]
#[case("x\r\n.\r\nRCPT TO:<eve@example.net>\r\n\0\u{202e}{{this}} {{{evil}}} =?utf-8?q?x?=")]
#[case("")]
#[tokio::test]
async fn every_mail_in_both_languages_survives_its_text(#[case] said: &str) {
    let post = Post::new("local:").await;
    for lang in [Lang::En, Lang::Ru] {
        for sample in samples::all(lang, HOME).unwrap() {
            let (slug, data) = (&sample.slug, saying(&sample.data, said));
            let words = post.mailer.preview(sample.template, lang, said, &data).unwrap();
            assert!(!words.html.contains("<b>slow") && !words.text.contains("&lt;"), "{slug} {lang}");
            let mail = Mail { name: said.into(), ..row(&sample, lang, data) };
            let built = post.mailer.prepare(&mail, &Thread::default(), post.clock.now());
            assert!(built.is_ok(), "{slug} {lang}: {built:?}");
        }
    }
}

#[tokio::test]
async fn every_mail_is_fit_to_be_seen() {
    let post = Post::new("local:").await;
    for lang in [Lang::En, Lang::Ru] {
        for sample in samples::all(lang, HOME).unwrap() {
            let what = format!("{} {lang}", sample.slug);
            let words = post.mailer.preview(sample.template, lang, sample.name, &sample.data).unwrap();
            for part in [&words.text, &words.html] {
                assert!(part.contains(HOME), "{what} leads somewhere");
                assert!(!part.contains("{{") && !part.contains("null"), "{what}: {part}");
            }
            for foreign in ["fonts.googleapis", "<img", "src=", "<script"] {
                assert!(!words.html.contains(foreign), "{what}: nothing is fetched");
            }
            assert!((10..=78).contains(&words.subject.chars().count()), "{what}: {}", words.subject);
            assert!((10..=141).contains(&words.preheader.chars().count()), "{what}: {}", words.preheader);
            assert_ne!(words.subject, words.preheader, "{what}");
            assert!(words.html.contains("prefers-color-scheme") && words.html.contains("<h1>"), "{what}");
            reads_well(&what, &words.text);
        }
    }
}

/// Short lines, links on lines of their own, sections with one empty line between them, one signature.
fn reads_well(what: &str, text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 78 || line.starts_with("https://"), "{what}: {line}");
        assert!(!line.contains(HOME) || line.starts_with("https://") || line.contains(" · "), "{what}: {line}");
    }
    assert!(!text.contains("\n\n\n") && text.contains("\n-- \n") && text.ends_with('\n'), "{what}: {text:?}");
}

/// What cannot be seen in the gallery was not looked at: neither a new letter nor a new form of an old one.
#[tokio::test]
async fn every_letter_is_in_the_gallery() {
    let shown: std::collections::BTreeSet<&str> =
        samples::all(Lang::En, HOME).unwrap().iter().map(|sample| sample.template).collect();
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/emails"));
    for entry in
        std::fs::read_dir(folder).unwrap().map(std::result::Result::unwrap).filter(|entry| entry.path().is_dir())
    {
        let letter = entry.file_name().into_string().unwrap();
        assert!(shown.contains(letter.as_str()), "{letter} is in no sample: see src/mail/samples.rs");
    }
}

#[tokio::test]
async fn both_languages_show_the_same_letters() {
    let slugs = |lang| -> Vec<String> { samples::all(lang, HOME).unwrap().into_iter().map(|s| s.slug).collect() };
    assert_eq!(slugs(Lang::En), slugs(Lang::Ru));
    for slug in slugs(Lang::En) {
        assert!(i18n::has(Lang::En, &format!("mails-when-{slug}")), "{slug}: nothing says when it is sent");
    }
}

/// Headers that a mail of ours may carry.
const HEADERS: [&str; 16] = [
    "Message-ID",
    "Date",
    "From",
    "To",
    "Reply-To",
    "Subject",
    "X-Auto-Response-Suppress",
    "Auto-Submitted",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

proptest! {
    /// `PROPTEST_CASES=10000` for the whole run.
    #[test]
    fn nothing_breaks_out_of_any_letter(said in hostile(), name in hostile(), pick in 0..1000usize, russian: bool) {
        let lang = if russian { Lang::Ru } else { Lang::En };
        let (mailer, samples) = &*EVERYTHING;
        let samples = &samples[usize::from(russian)];
        let sample = &samples[pick % samples.len()];
        let mail = Mail { name, ..row(sample, lang, saying(&sample.data, &said)) };
        let bytes = mailer.prepare(&mail, &Thread::default(), samples::moment()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        prop_assert!(text.is_ascii() && !text.replace("\r\n", "").contains(['\r', '\n', '\0']));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 998));
        let head = text.split("\r\n\r\n").next().unwrap();
        let names = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        for name in names.map(|line| line.split(':').next().unwrap()) {
            prop_assert!(HEADERS.contains(&name), "{}", name);
        }
        let parsed = mail_parser::MessageParser::default().parse(&text).unwrap();
        let entry = ["invited", "moved", "changed", "cancelled", "left"].iter().any(|why| sample.slug == format!("council-{why}"));
        prop_assert_eq!(parsed.parts.len(), if entry { 4 } else { 3 });
        prop_assert_eq!(parsed.to().unwrap().iter().count(), 1);
    }
}

type Everything = (Arc<Mailer>, [Vec<Sample>; 2]);

static EVERYTHING: std::sync::LazyLock<Everything> = std::sync::LazyLock::new(|| {
    let samples = [Lang::En, Lang::Ru].map(|lang| samples::all(lang, HOME).unwrap());
    (mailer("sqlite://unused.db", "local:").0, samples)
});
