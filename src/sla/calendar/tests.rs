//! Examples worked out by hand, and laws that hold for any calendar.

mod laws;

use super::*;
use chrono::Weekday;
use rstest::rstest;
use serde_json::json;

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn week(value: serde_json::Value) -> Week {
    serde_json::from_value(value).unwrap()
}

fn office() -> Week {
    let day = json!(["09:00-13:00", "14:00-18:00"]);
    week(json!({"mon": day, "tue": day, "wed": day, "thu": day, "fri": ["09:00-13:00", "14:00-17:00"]}))
}

fn exception(on: &str, hours: &[&str]) -> Exception {
    let hours = hours.iter().map(|text| text.parse().unwrap()).collect();
    Exception { on: on.parse().unwrap(), hours, name: String::new() }
}

fn moscow(exceptions: Vec<Exception>) -> Calendar {
    Calendar::new(Tz::Europe__Moscow, office(), exceptions).unwrap()
}

/// Monday 2 November 2026; Moscow is three hours ahead.
#[rstest]
#[case::within_the_morning("2026-11-02T06:00:00Z", 3, "2026-11-02T09:00:00Z")]
#[case::up_to_lunch("2026-11-02T06:00:00Z", 4, "2026-11-02T10:00:00Z")]
#[case::over_lunch("2026-11-02T06:00:00Z", 5, "2026-11-02T12:00:00Z")]
#[case::up_to_the_evening("2026-11-02T06:00:00Z", 8, "2026-11-02T15:00:00Z")]
#[case::begun_at_night("2026-11-02T02:00:00Z", 1, "2026-11-02T07:00:00Z")]
#[case::over_the_weekend("2026-11-06T13:00:00Z", 2, "2026-11-09T07:00:00Z")]
#[case::nothing("2026-11-08T13:00:00Z", 0, "2026-11-08T13:00:00Z")]
#[case::less_than_nothing("2026-11-08T13:00:00Z", -5, "2026-11-08T13:00:00Z")]
fn work_is_done_by(#[case] from: &str, #[case] hours: i64, #[case] by: &str) {
    assert_eq!(moscow(vec![]).add(at(from), Duration::hours(hours)), at(by));
}

#[test]
fn time_between_is_what_was_worked() {
    let calendar = moscow(vec![]);
    let hours = |from, to| calendar.between(at(from), at(to)).num_minutes();
    assert_eq!(hours("2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z"), 39 * 60);
    assert_eq!(hours("2026-11-02T09:30:00Z", "2026-11-02T11:30:00Z"), 60);
    assert_eq!(hours("2026-11-02T11:30:00Z", "2026-11-02T09:30:00Z"), 0);
    assert_eq!(hours("2025-12-29T00:00:00Z", "2026-01-05T00:00:00Z"), 39 * 60);
}

#[test]
fn exceptions_close_and_open_days() {
    let calendar = moscow(vec![exception("2026-11-04", &[]), exception("2026-11-07", &["10:00-12:00"])]);
    assert_eq!(calendar.next_open(at("2026-11-03T15:00:00Z")), at("2026-11-05T06:00:00Z"));
    assert_eq!(calendar.next_open(at("2026-11-06T14:00:00Z")), at("2026-11-07T07:00:00Z"));
    let week = calendar.between(at("2026-11-02T00:00:00Z"), at("2026-11-09T00:00:00Z"));
    assert_eq!(week, Duration::hours(39 - 8 + 2));
}

#[test]
fn open_is_now_and_the_end_of_work_is_not() {
    let calendar = moscow(vec![]);
    let inside = at("2026-11-02T06:00:00.000000123Z");
    assert_eq!(calendar.next_open(inside), inside);
    assert_eq!(calendar.next_open(at("2026-11-02T10:00:00Z")), at("2026-11-02T11:00:00Z"));
}

/// Berlin: 02:00 becomes 03:00 on 29 March 2026 (01:00 UTC), 03:00 becomes 02:00 on 25 October 2026 (01:00 UTC).
#[rstest]
#[case::ends_in_the_gap("2026-03-29", "01:30-02:30", "00:30:00", "01:00:00")]
#[case::begins_in_the_gap("2026-03-29", "02:30-03:30", "01:00:00", "01:30:00")]
#[case::all_of_it_skipped("2026-03-29", "02:10-02:50", "01:00:00", "01:00:00")]
#[case::round_the_gap("2026-03-29", "01:00-04:00", "00:00:00", "02:00:00")]
#[case::ends_in_the_overlap("2026-10-25", "01:30-02:30", "23:30:00", "01:30:00")]
#[case::begins_in_the_overlap("2026-10-25", "02:30-03:30", "00:30:00", "02:30:00")]
#[case::round_the_overlap("2026-10-25", "01:00-04:00", "23:00:00", "03:00:00")]
fn clocks_change(#[case] date: &str, #[case] hours: &str, #[case] start: &str, #[case] end: &str) {
    let hours: Hours = hours.parse().unwrap();
    let (from, to) = hours.stretch(date.parse().unwrap(), Tz::Europe__Berlin);
    assert_eq!((from.format("%T").to_string(), to.format("%T").to_string()), (start.to_owned(), end.to_owned()));
}

#[test]
fn hours_over_the_overlap_are_not_counted_twice() {
    let sunday = week(json!({"sun": ["01:30-02:30", "02:30-04:00"]}));
    let calendar = Calendar::new(Tz::Europe__Berlin, sunday, vec![]).unwrap();
    let day = calendar.between(at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"));
    assert_eq!(day, Duration::minutes(210));
}

/// Havana puts its clocks forward at midnight, Apia left out a whole day.
#[rstest]
#[case(Tz::UTC)]
#[case(Tz::Europe__Berlin)]
#[case(Tz::America__Havana)]
#[case(Tz::Pacific__Apia)]
#[case(Tz::Australia__Lord_Howe)]
fn around_the_clock_every_minute_counts(#[case] zone: Tz) {
    let calendar = Calendar::new(zone, Week::always(), vec![]).unwrap();
    // Ten years and more.
    let (from, to) = (at("2011-01-01T00:30:00Z"), at("2026-11-23T10:29:55Z"));
    assert_eq!(calendar.between(from, to), to - from);
    assert_eq!(calendar.add(from, Duration::days(3_600)), from + Duration::days(3_600));
    assert_eq!(Calendar::always().between(from, to), to - from);
}

#[test]
fn a_closed_calendar_is_given_up_after_ten_years() {
    let first: NaiveDate = "2026-01-01".parse().unwrap();
    let closed = first.iter_days().take(11 * 366).map(|on| Exception { on, hours: vec![], name: String::new() });
    let calendar = moscow(closed.collect());
    let from = at("2026-01-01T06:00:00Z");
    assert_eq!(calendar.next_open(from), from + FARTHEST);
    assert_eq!(calendar.add(from, Duration::hours(1)), from + FARTHEST);
    assert_eq!(calendar.between(from, from + FARTHEST), Duration::zero());
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let calendar = moscow(vec![]);
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC] {
        assert!(calendar.add(at, Duration::MAX) >= at);
        assert!(calendar.next_open(at) >= at);
    }
    assert!(calendar.between(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC) > Duration::days(365 * 40));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let refused = |value| Calendar::new(Tz::UTC, week(value), vec![]).unwrap_err();
    let hours = |text: &str| text.parse::<Hours>().unwrap();
    assert_eq!(refused(json!({})), Wrong::NeverOpen);
    assert_eq!(
        refused(json!({"tue": ["12:00-18:00", "09:00-13:00"]})),
        Wrong::In(Weekday::Tue, Cause::Overlapping(hours("12:00-18:00")))
    );
    for text in ["18:00-09:00", "09:00-09:00", "24:00-24:00"] {
        assert_eq!(refused(json!({"sun": [text]})), Wrong::In(Weekday::Sun, Cause::Backwards(hours(text))));
    }
    let beside = |exceptions| Calendar::new(Tz::UTC, office(), exceptions).unwrap_err();
    let (twice, on) = (exception("2026-01-01", &[]), "2026-01-01".parse().unwrap());
    assert_eq!(beside(vec![twice.clone(), twice]), Wrong::Twice(on));
    let backwards = Cause::Backwards(hours("10:00-08:00"));
    assert_eq!(beside(vec![exception("2026-01-01", &["10:00-08:00"])]), Wrong::On(on, backwards));
    let beyond = Hours { from: 0, to: 25 * 60 };
    let long = Week { mon: vec![beyond], ..Week::default() };
    assert_eq!(Calendar::new(Tz::UTC, long, vec![]).unwrap_err(), Wrong::In(Weekday::Mon, Cause::Backwards(beyond)));
}

#[test]
fn hours_touching_each_other_are_fine() {
    let monday = week(json!({"mon": ["13:00-18:00", "09:00-13:00"]}));
    let calendar = Calendar::new(Tz::UTC, monday, vec![]).unwrap();
    assert_eq!(calendar.add(at("2026-11-02T09:00:00Z"), Duration::hours(9)), at("2026-11-02T18:00:00Z"));
}

#[rstest]
#[case("")]
#[case("9-18")]
#[case("09:00")]
#[case("09:00-18:00-19:00")]
#[case("09:60-18:00")]
#[case("25:00-26:00")]
#[case("00:00-24:01")]
#[case("+9:00-18:00")]
#[case("09:0-18:00")]
#[case("009:00-18:00")]
#[case("٠٩:٠٠-18:00")]
fn unreadable_hours(#[case] text: &str) {
    assert_eq!(text.parse::<Hours>(), Err(Unreadable));
}

#[test]
fn the_stored_form_comes_back_as_it_was() {
    let stored = json!({"mon": ["09:00-13:00", "14:00-24:00"], "sun": ["00:00-24:00"]});
    assert_eq!(serde_json::to_value(week(stored.clone())).unwrap(), stored);
    let date: Exception = serde_json::from_value(json!({"on": "2026-05-09", "hours": []})).unwrap();
    assert_eq!(date, exception("2026-05-09", &[]));
    assert!(serde_json::from_value::<Week>(json!({"mo": []})).is_err());
}
