use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{}\r\nEND:VCALENDAR\r\n", events.trim())
}

fn event(lines: &str) -> String {
    file(&format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT"))
}

fn days(file: &str) -> Vec<(String, String)> {
    let found = read(file, today()).unwrap();
    found.days.into_iter().map(|day| (day.on.to_string(), day.name)).collect()
}

fn dates(lines: &str) -> Vec<String> {
    days(&event(lines)).into_iter().map(|(on, _)| on).collect()
}

#[test]
fn a_file_as_calendars_export_it() {
    let text = file(
        "BEGIN:VTIMEZONE\nTZID:Europe/Moscow\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270104\nSUMMARY;LANGUAGE=ru:Новогодние\n   каникулы\n\
         BEGIN:VALARM\nSUMMARY:Alarm\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;TZID=Europe/Moscow:20270105T100000\nSUMMARY:Meeting\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270103\nSUMMARY:Sunday\\, too\nEND:VEVENT",
    );
    let found = read(&text, today()).unwrap();
    assert_eq!((found.timed, found.odd), (1, 0));
    let name = "Новогодние каникулы";
    let expected = [("2027-01-01", name), ("2027-01-02", name), ("2027-01-03", "Новогодние каникулы, Sunday, too")];
    assert_eq!(days(&text), expected.map(|(on, name)| (on.to_owned(), name.to_owned())));
}

#[rstest]
#[case::every_year("DTSTART;VALUE=DATE:20200509\nRRULE:FREQ=YEARLY", &["2026-05-09", "2027-05-09", "2028-05-09"])]
#[case::named_day("DTSTART;VALUE=DATE:20200509\nRRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=9;WKST=MO", &["2026-05-09", "2027-05-09", "2028-05-09"])]
#[case::thanksgiving("DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", &["2026-11-26", "2027-11-25", "2028-11-23"])]
#[case::last_monday("DTSTART;VALUE=DATE:20260525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", &["2026-05-25", "2027-05-31", "2028-05-29"])]
#[case::leap_day("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", &["2028-02-29"])]
#[case::every_other("DTSTART;VALUE=DATE:20250301\nRRULE:FREQ=YEARLY;INTERVAL=2", &["2027-03-01"])]
#[case::three_times("DTSTART;VALUE=DATE:20250301\nRRULE:FREQ=YEARLY;COUNT=3", &["2026-03-01", "2027-03-01"])]
#[case::until("DTSTART;VALUE=DATE:20200301\nRRULE:FREQ=YEARLY;UNTIL=20270301T000000Z", &["2026-03-01", "2027-03-01"])]
#[case::but_not("DTSTART;VALUE=DATE:20200301\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270301", &["2026-03-01", "2028-03-01"])]
#[case::begins_later("DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=YEARLY", &["2027-03-01", "2028-03-01"])]
#[case::without_end("DTSTART:20261231", &["2026-12-31"])]
#[case::by_length("DTSTART;VALUE=DATE:20261231\nDURATION:P2D", &["2026-12-31", "2027-01-01"])]
#[case::end_before_start("DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20261201", &["2026-12-31"])]
fn days_of_an_event(#[case] lines: &str, #[case] expected: &[&str]) {
    assert_eq!(dates(lines), expected);
}

#[test]
fn what_is_not_followed_is_counted() {
    let text = file(
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270102\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270103\nRRULE:FREQ=YEARLY;BYYEARDAY=100\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270104\nSTATUS:CANCELLED\nEND:VEVENT",
    );
    let found = read(&text, today()).unwrap();
    assert_eq!((found.days.len(), found.timed, found.odd), (1, 0, 2));
}

#[rstest]
#[case::nothing("", Unusable::NotACalendar)]
#[case::a_page("<html>BEGIN:VCALENDAR", Unusable::NotACalendar)]
#[case::cut("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", Unusable::CutShort)]
#[case::no_start("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT", Unusable::CutShort)]
#[case::empty("BEGIN:VCALENDAR\nEND:VCALENDAR", Unusable::NoDays)]
#[case::no_such_day("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260230\nEND:VEVENT", Unusable::Line("DTSTART:20260230".into()))]
#[case::no_date("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT", Unusable::Line("DTSTART:soon".into()))]
fn unusable_files(#[case] text: &str, #[case] why: Unusable) {
    assert_eq!(read(text, today()), Err(why));
}

#[test]
fn sizes_are_bounded() {
    assert_eq!(read(&"x".repeat(MAX_SIZE + 1), today()), Err(Unusable::TooLarge));
    let long = "DTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:99991231";
    assert_eq!(read(&event(long), today()), Err(Unusable::TooMany));
    let named = event(&format!("DTSTART:20270101\nSUMMARY:{}", "я\u{7}".repeat(5_000)));
    let name = &days(&named)[0].1;
    assert!(name.chars().count() == MAX_NAME && name.ends_with('…') && !name.contains('\u{7}'));
}

/// Each would hang or overflow a parser that follows nesting or searches for line ends over and over.
#[rstest]
#[case::nested(&"BEGIN:A\n".repeat(120_000))]
#[case::nested_in_an_event(&format!("BEGIN:VEVENT\n{}", "BEGIN:VALARM\n".repeat(70_000)))]
#[case::ends_alone(&"END:VEVENT\n".repeat(90_000))]
#[case::events(&"BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n".repeat(22_000))]
#[case::quotes(&format!("BEGIN:VEVENT\n{}", "DTSTART;A=\"\n".repeat(80_000)))]
#[case::parameters(&format!("BEGIN:VEVENT\nSUMMARY{}:x\n", ";A=B".repeat(250_000)))]
#[case::folded(&format!("BEGIN:VEVENT\nSUMMARY:{}\n", "\n a".repeat(330_000)))]
fn hostile_files_are_read_quickly(#[case] inside: &str) {
    let began = std::time::Instant::now();
    let _ = read(&format!("BEGIN:VCALENDAR\n{inside}"), today());
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_stumble(text in "(?s).{0,200}") {
        let _ = read(&text, today());
        let _ = read(&event(&text), today());
    }

    #[test]
    fn nor_do_lines_that_look_right(
        lines in prop::collection::vec(
            "(BEGIN|END|DTSTART|DTEND|SUMMARY|RRULE|EXDATE|DURATION|STATUS)(;VALUE=DATE|;TZID=\"?)?:?(VEVENT|[0-9]{8}|[0-9]{8}T|FREQ=YEARLY;(BYDAY|BYMONTH|BYMONTHDAY|COUNT|UNTIL|INTERVAL)=-?[0-9]{0,6}(TH|MO|é)?|P[0-9]{0,9}[DW])?",
            0..12,
        ),
    ) {
        let _ = read(&file(&lines.join("\r\n")), today());
    }
}
