use super::*;
use crate::cases::model::Outcome;
use crate::db::types::Ts;
use crate::digest::items::Facts;
use chrono::{Duration, NaiveDate};

const TEAM: i64 = 40;

fn item(change_id: i64, title: &str, section: Section, seen_by: SeenBy) -> Item {
    let text = Both { en: format!("{title}: done"), ru: format!("{title}: готово") };
    Item {
        id: 100 + change_id,
        edition_id: 1,
        position: change_id as i32,
        section,
        change_id,
        event_id: Some(1_000 + change_id),
        at: Ts::from(DateTime::UNIX_EPOCH),
        facts: Facts { title: title.into(), text, people: Some(7), ..Facts::default() },
        topic_id: None,
        seen_by,
        team_id: (seen_by == SeenBy::Team).then_some(TEAM),
        on_page: false,
        line_en: "In short".into(),
        line_ru: String::new(),
        dropped_at: None,
        dropped_by: None,
        drop_reason: None,
    }
}

fn content(items: Vec<Item>) -> Content {
    let day = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");
    let period = Period { first: day, last: day };
    let made_at = DateTime::UNIX_EPOCH + Duration::days(400);
    Content {
        period,
        made_at,
        window: Window::of(period, chrono_tz::UTC, made_at),
        intro: Both::default(),
        ask: Both::default(),
        items,
        numbers: DigestNumbers::default(),
    }
}

fn reader(role: Role, team_id: Option<i64>) -> Reader {
    Reader {
        id: 1,
        name: "Ann".into(),
        email: Some("ann@example.org".into()),
        lang: Lang::En,
        disabled_at: None,
        digest_since: Some(Ts::from(DateTime::UNIX_EPOCH)),
        digest_ended_at: None,
        role,
        team_id,
        zone: None,
    }
}

fn said(case_id: i64, words: &str, answer: Answer) -> Said {
    Said { case_id, title: "Own".into(), words: words.into(), answer }
}

fn titles(items: &[DigestItem]) -> Vec<&str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

#[test]
fn own_words_come_first_and_others_follow() {
    let told = content(vec![
        item(1, "Receipts", Section::Done, SeenBy::Everyone),
        item(2, "Tabs", Section::Done, SeenBy::Everyone),
        item(3, "Discount", Section::Declined, SeenBy::Everyone),
        item(4, "Lifts", Section::Doing, SeenBy::Everyone),
    ]);
    let own = [
        said(7, "Five tabs for one customer", Answer::Change(2)),
        said(8, "And again: tabs", Answer::Change(2)),
        said(9, "Where is my parcel", Answer::Outcome(Outcome::Solved, "It came".into())),
    ];
    let letter = letter(&told, &reader(Role::Contact, None), &own, &HashSet::new()).expect("news");
    assert_eq!(titles(&letter.done), ["Tabs", "Own", "Receipts"]);
    assert_eq!(letter.done[0].own_words.as_deref(), Some("Five tabs for one customer"));
    assert_eq!((letter.done[2].own_words.as_ref(), letter.done[2].text.as_str()), (None, "Receipts: done"));
    assert_eq!(letter.done[2].line.as_deref(), Some("In short"));
    assert_eq!((titles(&letter.declined), titles(&letter.doing)), (vec!["Discount"], vec!["Lifts"]));
}

#[test]
fn each_reads_what_they_may() {
    let kinds = [SeenBy::Everyone, SeenBy::Employees, SeenBy::Team, SeenBy::Asked];
    let items = kinds.iter().zip(1..).map(|(who, id)| item(id, who.as_str(), Section::Done, *who)).collect();
    let told = content(items);
    let read = |reader: Reader, own: &[Said]| {
        letter(&told, &reader, own, &HashSet::new()).map(|letter| titles(&letter.done).join(" ")).expect("news")
    };
    assert_eq!(read(reader(Role::Contact, None), &[]), "everyone");
    assert_eq!(read(reader(Role::Contact, Some(TEAM)), &[]), "everyone", "a customer is in no team");
    assert_eq!(read(reader(Role::Employee, None), &[]), "everyone employees");
    assert_eq!(read(reader(Role::Employee, Some(TEAM)), &[]), "everyone employees team");
    let asked = [said(7, "Mine", Answer::Change(4))];
    assert_eq!(read(reader(Role::Contact, None), &asked), "asked everyone");
}

#[test]
fn nobody_reads_the_same_twice_and_nobody_gets_nothing() {
    let told = content(vec![item(1, "Receipts", Section::Done, SeenBy::Everyone)]);
    let elsewhere = HashSet::from([1_001]);
    assert_eq!(letter(&told, &reader(Role::Contact, None), &[], &elsewhere).err(), Some(Skip::Empty));
    let own = [said(7, "Parcel", Answer::Outcome(Outcome::Solved, "It came".into()))];
    assert_eq!(
        letter(&content(Vec::new()), &reader(Role::Contact, None), &own, &HashSet::from([7])).err(),
        Some(Skip::Empty)
    );
    let gone = Reader { digest_ended_at: Some(Ts::from(DateTime::UNIX_EPOCH)), ..reader(Role::Contact, None) };
    assert_eq!(letter(&told, &gone, &[], &HashSet::new()).err(), Some(Skip::OptedOut));
}

#[test]
fn no_is_told_as_no() {
    for result in Outcome::ALL {
        let own = [said(7, "x", Answer::Outcome(*result, "Because".into()))];
        let letter = letter(&content(Vec::new()), &reader(Role::Contact, None), &own, &HashSet::new()).expect("news");
        assert_eq!(letter.done.is_empty(), !matches!(result, Outcome::Solved | Outcome::Partly), "{result}");
    }
}

#[test]
fn small_groups_are_not_counted_and_own_words_are_short() {
    let mut few = item(1, "Tabs", Section::Done, SeenBy::Everyone);
    few.facts.people = Some(4);
    few.facts.quote = Some(Quoted { text: "Somebody else's words".into(), lang: Lang::En });
    let told = content(vec![few]);
    let other = letter(&told, &reader(Role::Contact, None), &[], &HashSet::new()).expect("news");
    assert_eq!((other.done[0].people, other.done[0].quote.as_deref()), (None, Some("Somebody else's words")));
    let long = [said(7, &"слово ".repeat(200), Answer::Change(1))];
    let own = letter(&told, &reader(Role::Contact, None), &long, &HashSet::new()).expect("news");
    assert!(own.done[0].own_words.as_ref().is_some_and(|words| words.chars().count() <= 281));
    assert_eq!(own.done[0].quote, None, "their own words stand for it");
}
