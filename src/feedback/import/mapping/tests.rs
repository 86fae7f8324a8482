use chrono::TimeZone;
use chrono_tz::Europe::Moscow;
use rstest::rstest;

use super::*;
use crate::feedback::model::{Kind, MAX_TEXT, Scores, Voice};

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

fn bind(mapping: &Mapping, names: &[&str]) -> Result<Mapper, MappingError> {
    mapping.bind(&columns(names), Moscow, now())
}

/// A customer's text with some more columns, named like fields.
fn read(names: &[&str], values: &[&str]) -> Result<Draft, String> {
    let mut mapping = Mapping::default();
    mapping.set("voice=customer").unwrap();
    let names = [&["text"], names].concat();
    let row = std::iter::once("It broke").chain(values.iter().copied()).collect();
    let said = |problems: Vec<RowProblem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    bind(&mapping, &names).unwrap().apply(&row).map_err(said)
}

#[test]
fn a_mapping_file_says_it_all() {
    let mapping = Mapping::from_toml(
        r#"
        date_format = "%m/%d/%Y"
        [map]
        "Date received" = "received_at"
        "Narrative" = "text"
        "Type" = "kind"
        "NPS" = "scores.nps"
        [set]
        voice = "customer"
        title = "{Product}: {Issue} {{!}}"
        contact.email = "c{ID}@example.org"
        "contact.name" = "{Product}"
        scores.csat = 4
        [values.kind]
        "Complaint about a branch" = "complaint"
        [values.scores.nps]
        "11" = ""
        "#,
    )
    .unwrap();
    let names = ["ID", "Date received", "Narrative", "Type", "Product", "Issue", "NPS"];
    let mapper = bind(&mapping, &names).unwrap();
    let row = ["7", "01/02/2024", " Slow.\r\nRude. ", "COMPLAINT about a branch", "Card", "Fee", "11"];
    let draft = mapper.apply(&row.into_iter().collect()).unwrap();
    let expected = Draft {
        voice: Voice::Customer,
        kind: Kind::Complaint,
        status: Status::New,
        title: Some("Card: Fee {!}".to_owned()),
        text: "Slow.\nRude.".to_owned(),
        received_at: Some(Utc.with_ymd_and_hms(2024, 1, 1, 21, 0, 0).unwrap()),
        contact: Contact {
            email: Some("c7@example.org".to_owned()),
            name: Some("Card".to_owned()),
            ..Contact::default()
        },
        scores: Scores { csat: Some(4), ..Scores::default() },
        ..Draft::empty()
    };
    assert_eq!(draft, expected);
}

#[test]
fn what_is_said_last_holds() {
    let mut mapping = Mapping::from_toml("[map]\nold = 'text'\n[set]\nvoice = 'customer'\nkind = 'idea'").unwrap();
    mapping.map("a=b=text").unwrap();
    mapping.map("c=kind").unwrap();
    mapping.set("voice=employee").unwrap();
    mapping.set("title=x=y").unwrap();
    let mapper = bind(&mapping, &["a=b", "c"]).unwrap();
    let draft = mapper.apply(&["words", "praise"].into_iter().collect()).unwrap();
    let got = (draft.text.as_str(), draft.kind, draft.voice, draft.title.as_deref());
    assert_eq!(got, ("words", Kind::Praise, Voice::Employee, Some("x=y")));
}

#[test]
fn columns_named_like_fields_map_themselves_until_one_is_mapped() {
    let names = ["Text", "VOICE", "contact.email", "status", "other"];
    let row = ["hello", "Employee", "ann@example.org", "closed", "x"].into_iter().collect();
    let draft = bind(&Mapping::default(), &names).unwrap().apply(&row).unwrap();
    let got = (draft.text.as_str(), draft.voice, draft.status, draft.contact.email.as_deref());
    assert_eq!(got, ("hello", Voice::Employee, Status::Closed, Some("ann@example.org")));

    let mut mapping = Mapping::default();
    mapping.map("other=text").unwrap();
    let error = bind(&mapping, &names).unwrap_err().to_string();
    assert!(error.starts_with("nothing fills the field 'voice'"), "{error}");
}

#[rstest]
#[case::field("[map]\nBody = 'txt'", "there is no field 'txt'; the fields are voice, kind")]
#[case::column(
    "[map]\nMessage = 'text'\n[set]\nvoice = 'customer'",
    "the file has no column 'Message'; its columns are 'Body'"
)]
#[case::placeholder(
    "[map]\nBody = 'text'\n[set]\nvoice = 'customer'\ntitle = '{Subject}'",
    "the file has no column 'Subject'"
)]
#[case::no_text(
    "[set]\nvoice = 'customer'",
    "nothing fills the field 'text': map a column to it or set a value; the columns are 'Body'"
)]
#[case::twice("[map]\nBody = 'text'\nMore = 'text'", "two columns are mapped to the field 'text'")]
#[case::brace("[set]\ntitle = 'a{b'", "unpaired brace in 'a{b'")]
#[case::nested_brace("[set]\ntitle = 'a{b{c}'", "unpaired brace")]
#[case::date_format("date_format = ['%Y-%m-%d', '%Q']", "'%Q' is not a date format")]
#[case::no_date("date_format = 'yyyy'", "'yyyy' is not a date format")]
#[case::words(
    "[values]\nkind = 'x'",
    "the mapping file cannot be read: [values] holds tables of words, 'kind' is none"
)]
#[case::list("[set]\ntitle = ['x']", "the mapping file cannot be read: 'title' needs one plain value")]
#[case::section("[mapp]\na = 'text'", "the mapping file cannot be read: TOML parse error at line 1")]
fn a_wrong_mapping_is_refused_before_any_row(#[case] toml: &str, #[case] expected: &str) {
    let error = Mapping::from_toml(toml).and_then(|mapping| bind(&mapping, &["Body"])).unwrap_err().to_string();
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn arguments_of_the_wrong_form_are_named() {
    let mut mapping = Mapping::default();
    assert_eq!(mapping.map("text").unwrap_err().to_string(), "'text' should look like 'column=field'");
    assert_eq!(mapping.set("voice").unwrap_err().to_string(), "'voice' should look like 'field=value'");
}

#[rstest]
#[case("kind", "rant", "kind: 'rant' is not one of problem, idea, complaint, question, praise")]
#[case("status", "open", "status: 'open' is not one of new, closed")]
#[case("scores.nps", "11", "scores.nps: '11' is not a whole number from 0 to 10")]
#[case("scores.enps", "-1", "scores.enps: '-1' is not a whole number from 0 to 10")]
#[case("scores.csat", "0", "scores.csat: '0' is not a whole number from 1 to 5")]
#[case("scores.ces", "7.5", "scores.ces: '7.5' is not a whole number from 1 to 7")]
#[case("contact.email", "ann at example", "contact.email: is not an e-mail address")]
#[case("lang", "русский", "lang: 'русский' is not a language code")]
#[case("anonymous", "maybe", "anonymous: 'maybe' is neither yes nor no")]
#[case("received_at", "2026-11-25", "received_at: '2026-11-25' is in the future")]
fn a_wrong_value_is_named_with_its_field(#[case] field: &str, #[case] value: &str, #[case] expected: &str) {
    assert_eq!(read(&[field], &[value]).unwrap_err(), expected);
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once() {
    let error = read(&["voice", "kind", "scores.nps"], &["x", "rant", "12"]).unwrap_err();
    assert_eq!(error.matches("; ").count(), 1, "voice is set, not read: {error}");
    let mapper = bind(&Mapping::default(), &["voice", "text"]).unwrap();
    let problems = mapper.apply(&["boss", " \u{1}\r\n "].into_iter().collect()).unwrap_err();
    let fields: Vec<_> = problems.iter().map(|problem| (problem.field, problem.message.as_str())).collect();
    assert_eq!(fields, [("voice", "'boss' is not one of employee, customer"), ("text", "is empty")]);
}

#[test]
fn values_are_cleaned_of_what_cannot_be_seen() {
    let draft =
        read(&["title", "lang", "scores.nps", "affected"], &["a\n b\u{7}", "RU_ru.UTF-8", "9.0", "x\0\ty\r\rz"]);
    let draft = draft.unwrap();
    assert_eq!((draft.title.as_deref(), draft.lang.as_deref()), (Some("a b"), Some("ru")));
    assert_eq!((draft.scores.nps, draft.affected.as_deref()), (Some(9), Some("x y z")));
}

#[test]
fn limits_are_in_characters() {
    assert!(read(&["title"], &["я".repeat(200).as_str()]).is_ok());
    assert!(read(&["title"], &["я".repeat(201).as_str()]).unwrap_err().contains("201 characters"));
    let mapper = bind(&Mapping::default(), &["voice", "text"]).unwrap();
    let apply = |n: usize| mapper.apply(&["customer", "я".repeat(n).as_str()].into_iter().collect());
    assert_eq!(apply(MAX_TEXT).unwrap().text.chars().count(), MAX_TEXT);
    let problems = apply(MAX_TEXT + 1).unwrap_err();
    assert_eq!(
        problems,
        [RowProblem { field: "text", message: "has 20001 characters, at most 20000 are kept".to_owned() }]
    );
}

#[test]
fn an_anonymous_row_keeps_no_contact() {
    let names = ["anonymous", "contact.email", "contact.name"];
    assert_eq!(read(&names, &["да", "ann@example.org", "Ann"]).unwrap().contact, Contact::default());
    assert!(read(&names, &["нет", "ann@example.org", "Ann"]).unwrap().contact.email.is_some());
}

#[test]
fn a_value_whose_columns_are_all_empty_is_empty() {
    let mut mapping = Mapping::default();
    mapping.set("voice=customer").unwrap();
    mapping.set("title={a}: {b}").unwrap();
    let mapper = bind(&mapping, &["text", "a", "b"]).unwrap();
    let title = |a: &str, b: &str| mapper.apply(&["x", a, b].into_iter().collect()).unwrap().title;
    assert_eq!((title("", " "), title("A", "")), (None, Some("A:".to_owned())));
}

#[test]
fn channels_and_addresses_are_written_as_everywhere() {
    let draft = read(&["channel", "contact.email"], &["App  Store", "Ann@Example.ORG"]).unwrap();
    assert_eq!(
        (draft.channel.as_deref(), draft.contact.email.as_deref()),
        (Some("app store"), Some("ann@example.org"))
    );
    assert!(read(&["channel"], &["x".repeat(41).as_str()]).unwrap_err().contains("41 characters"));
}
