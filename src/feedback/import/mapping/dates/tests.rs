use chrono_tz::{Europe, Tz};
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 10, 12, 0, 0).unwrap()
}

fn dates(formats: &[&str], zone: Tz) -> Dates {
    let formats: Vec<String> = formats.iter().map(|format| (*format).to_owned()).collect();
    Dates::new(&formats, zone, now()).unwrap()
}

/// The moment in UTC, read in Moscow (three hours ahead) with some formats.
fn read_with(formats: &[&str], value: &str) -> Result<String, String> {
    dates(formats, Europe::Moscow).read(value).map(|at| at.format("%Y-%m-%d %H:%M:%S%.f").to_string())
}

#[rstest]
#[case::zulu("2016-03-07T05:24:40.340Z", "2016-03-07 05:24:40.340")]
#[case::offset("2016-03-07T05:24:40+05:00", "2016-03-07 00:24:40")]
#[case::offset_apart("2015-02-24 11:35:52 -0800", "2015-02-24 19:35:52")]
#[case::offset_short("2015-02-24T11:35-08", "2015-02-24 19:35:00")]
#[case::utc("2015-02-24 11:35:52 UTC", "2015-02-24 11:35:52")]
#[case::rfc_2822("Tue, 24 Feb 2015 11:35:52 +0000", "2015-02-24 11:35:52")]
#[case::no_zone("2024-05-27T02:08:51.000", "2024-05-26 23:08:51")]
#[case::no_seconds("2003-03-03 07:15", "2003-03-03 04:15:00")]
#[case::day("2024-05-27", "2024-05-26 21:00:00")]
#[case::slashed_iso("2024/05/07", "2024-05-06 21:00:00")]
#[case::compact("20240527", "2024-05-26 21:00:00")]
#[case::dots("24.02.2015", "2015-02-23 21:00:00")]
#[case::dots_short("3.2.15 9:05", "2015-02-03 06:05:00")]
#[case::dashes_and_dotted_time("24-02-2015 11.35", "2015-02-24 08:35:00")]
#[case::month_first("02/24/2015", "2015-02-23 21:00:00")]
#[case::day_first("24/02/2015", "2015-02-23 21:00:00")]
#[case::same_both_ways("5/5/2015", "2015-05-04 21:00:00")]
#[case::midnight("02/24/2015 12:00 AM", "2015-02-23 21:00:00")]
#[case::noon("02/24/2015 12:30:00 pm", "2015-02-24 09:30:00")]
#[case::afternoon("22-Apr-15 3:53:50 PM", "2015-04-22 12:53:50")]
#[case::afternoon_together("2/24/15, 3:53PM", "2015-02-24 12:53:00")]
#[case::words("4 Apr 2015", "2015-04-03 21:00:00")]
#[case::american_words("September 4th, 2015", "2015-09-03 21:00:00")]
#[case::russian("30 августа 2024 г. в 12:30", "2024-08-30 09:30:00")]
#[case::russian_last_year("30 августа", "2025-08-29 21:00:00")]
#[case::russian_this_year("9 Марта", "2026-03-08 21:00:00")]
#[case::russian_today("10 марта", "2026-03-09 21:00:00")]
#[case::russian_may("1 мая 2020", "2020-04-30 21:00:00")]
#[case::leap_day_without_a_year("29 февраля", "2024-02-28 21:00:00")]
#[case::excel("45000", "2023-03-14 21:00:00")]
#[case::excel_with_time("45000.5", "2023-03-15 09:00:00")]
#[case::unix("1424777752", "2015-02-24 11:35:52")]
#[case::unix_millis("1424777752123", "2015-02-24 11:35:52.123")]
fn dates_are_read_as_they_are_written(#[case] value: &str, #[case] expected: &str) {
    assert_eq!(read_with(&[], value).as_deref(), Ok(expected));
}

#[rstest]
#[case("01/02/2013", "may have the day or the month first")]
#[case("31.02.2015", "is not a date that can be read")]
#[case("32 августа", "is not a date that can be read")]
#[case("yesterday", "is not a date that can be read")]
#[case("12:30", "is not a date that can be read")]
#[case("2024-05-27 25:00", "is not a date that can be read")]
#[case("2024-05-27 13:00 PM", "is not a date that can be read")]
#[case("2024-05-27 12:00 EST", "is not a date that can be read")]
#[case("0015-05-27", "is not a date that can be read")]
#[case("24.02", "is not a date that can be read")]
#[case("2015", "is not a date that can be read")]
#[case("-5", "is not a date that can be read")]
#[case("1e400", "is not a date that can be read")]
#[case("NaN", "is not a date that can be read")]
#[case("2026-03-12", "is in the future")]
fn what_is_no_date_is_refused(#[case] value: &str, #[case] expected: &str) {
    let error = read_with(&[], value).unwrap_err();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn named_formats_come_first_and_the_rest_after_them() {
    let formats = ["%d-%m-%y", "%m/%d/%Y", "%d.%m.%Y %H ч %M", "%Y-%m-%d %H:%M %z"];
    let read = |value| read_with(&formats, value).unwrap();
    assert_eq!(read("01/02/2023"), "2023-01-01 21:00:00");
    assert_eq!(read("02-01-23"), "2023-01-01 21:00:00");
    assert_eq!(read("02.01.2023 10 ч 30"), "2023-01-02 07:30:00");
    assert_eq!(read("2023-01-02 10:30 +0100"), "2023-01-02 09:30:00");
    assert_eq!(read("2 Jan 2023"), "2023-01-01 21:00:00");
    // %Y takes "15" for the year 15; that is nobody's date, so the format does not fit.
    assert_eq!(read_with(&["%d-%m-%Y"], "22-04-15").unwrap(), "2015-04-21 21:00:00");
}

#[test]
fn clocks_that_change_leave_no_gap() {
    let berlin = dates(&[], Europe::Berlin);
    let read = |value| berlin.read(value).unwrap().format("%H:%M").to_string();
    assert_eq!((read("2024-03-31 02:30"), read("2024-10-27 02:30")), ("01:30".to_owned(), "00:30".to_owned()));
}

proptest! {
    #[test]
    fn any_moment_is_read_back(seconds in -2_000_000_000_i64..1_770_000_000) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        let dates = dates(&[], Tz::UTC);
        for format in ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%e %B %Y %I:%M:%S %p", "%d-%b-%Y %H.%M.%S"] {
            prop_assert_eq!(dates.read(at.format(format).to_string().trim()), Ok(at), "{}", format);
        }
    }

    #[test]
    fn no_value_makes_it_panic(value in "[0-9TZ:./ +\\-]{0,20}|\\PC{0,20}|[0-9]{1,2} [а-я]{3} ?[0-9+]{0,6}") {
        let _ = read_with(&["%d %b %Y"], &value);
    }
}
