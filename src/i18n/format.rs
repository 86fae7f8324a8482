//! Dates, durations and numbers the way an English or Russian reader writes them.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Lang;

/// "23 November 2026".
pub fn date(lang: Lang, tz: Tz, at: DateTime<Utc>) -> String {
    calendar_date(lang, at.with_timezone(&tz).date_naive())
}

/// "23 November 2026" of a date that has no time and no zone.
pub fn calendar_date(lang: Lang, date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(lang, date), date.year())
}

/// Days from one to another: "1–31 October 2026", "28 September – 4 October 2026".
pub fn period(lang: Lang, from: NaiveDate, to: NaiveDate) -> String {
    let end = calendar_date(lang, to);
    if from == to {
        end
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{end}", from.day())
    } else if from.year() == to.year() {
        format!("{} {} – {end}", from.day(), month(lang, from))
    } else {
        format!("{} – {end}", calendar_date(lang, from))
    }
}

/// "Friday, 27 November": for days close enough that the year goes without saying.
pub fn day(lang: Lang, tz: Tz, at: DateTime<Utc>) -> String {
    let date = at.with_timezone(&tz).date_naive();
    format!("{}, {} {}", weekday(lang, date), date.day(), month(lang, date))
}

/// "23 November 2026, 14:05".
pub fn date_time(lang: Lang, tz: Tz, at: DateTime<Utc>) -> String {
    format!("{}, {}", date(lang, tz, at), at.with_timezone(&tz).format("%H:%M"))
}

/// A length of time in its two largest units: "2 d 4 h", "1 h 25 min", "12 min"; with a minus when it is negative.
pub fn duration(lang: Lang, length: Duration) -> String {
    let minutes = length.num_minutes().abs();
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let units = units(lang);
    let text = match (days, hours, rest) {
        (0, 0, m) => format!("{m} {}", units.minute),
        (0, h, 0) => format!("{h} {}", units.hour),
        (0, h, m) => format!("{h} {} {m} {}", units.hour, units.minute),
        (d, 0, _) => format!("{d} {}", units.day),
        (d, h, _) => format!("{d} {} {h} {}", units.day, units.hour),
    };
    if length.num_minutes() < 0 { format!("\u{2212}{text}") } else { text }
}

/// A number with grouped thousands and at most two decimals: "1,234.5" or «1 234,5».
pub fn number(lang: Lang, value: f64) -> String {
    let (group, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Ru => ('\u{a0}', ','),
    };
    let plain = format!("{:.2}", value.abs());
    let plain = plain.trim_end_matches('0').trim_end_matches('.');
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::with_capacity(plain.len() + 4);
    if value < 0.0 && plain != "0" {
        text.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(point);
        text.push_str(decimals);
    }
    text
}

/// The size of a file: "840 KB", "1.4 MB".
pub fn file_size(lang: Lang, bytes: f64) -> String {
    let (key, n) = match bytes / 1024.0 {
        kb if kb < 1.0 => ("files-size-bytes", bytes),
        kb if kb < 1024.0 => ("files-size-kb", kb.round()),
        kb => ("files-size-mb", (kb / 102.4).round() / 10.0),
    };
    super::t(lang, key, &[("n", number(lang, n).into())])
}

struct Units {
    day: &'static str,
    hour: &'static str,
    minute: &'static str,
}

fn units(lang: Lang) -> Units {
    match lang {
        Lang::En => Units { day: "d", hour: "h", minute: "min" },
        Lang::Ru => Units { day: "д", hour: "ч", minute: "мин" },
    }
}

fn month(lang: Lang, date: NaiveDate) -> &'static str {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const RU: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let names = match lang {
        Lang::En => EN,
        Lang::Ru => RU,
    };
    names[date.month0() as usize]
}

fn weekday(lang: Lang, date: NaiveDate) -> &'static str {
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const RU: [&str; 7] = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"];
    let names = match lang {
        Lang::En => EN,
        Lang::Ru => RU,
    };
    names[date.weekday().num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_in_the_readers_language_and_zone() {
        let late = at("2026-11-22T22:05:00Z");
        assert_eq!(date(Lang::En, Tz::UTC, late), "22 November 2026");
        assert_eq!(date(Lang::Ru, Tz::Europe__Moscow, late), "23 ноября 2026");
        assert_eq!(date_time(Lang::Ru, Tz::Europe__Moscow, late), "23 ноября 2026, 01:05");
        assert_eq!(day(Lang::En, Tz::UTC, at("2026-11-27T10:00:00Z")), "Friday, 27 November");
        assert_eq!(day(Lang::Ru, Tz::UTC, at("2026-11-27T10:00:00Z")), "пятница, 27 ноября");
    }

    #[test]
    fn periods_say_only_what_differs() {
        let period = |from: &str, to: &str| period(Lang::En, from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(period("2026-10-01", "2026-10-31"), "1–31 October 2026");
        assert_eq!(period("2026-09-28", "2026-10-04"), "28 September – 4 October 2026");
        assert_eq!(period("2025-12-29", "2026-01-04"), "29 December 2025 – 4 January 2026");
        assert_eq!(period("2026-10-01", "2026-10-01"), "1 October 2026");
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(duration(Lang::En, Duration::minutes(2 * 1440 + 4 * 60 + 59)), "2 d 4 h");
        assert_eq!(duration(Lang::Ru, Duration::minutes(85)), "1 ч 25 мин");
        assert_eq!(duration(Lang::En, Duration::minutes(-125)), "\u{2212}2 h 5 min");
        assert_eq!(duration(Lang::En, Duration::hours(48)), "2 d");
        assert_eq!(duration(Lang::En, Duration::seconds(-20)), "0 min");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(file_size(Lang::En, 840.0), "840 B");
        assert_eq!(file_size(Lang::En, 2048.0), "2 KB");
        assert_eq!(file_size(Lang::Ru, 1_468_006.0), "1,4 МБ");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(Lang::En, 1_234_567.0), "1,234,567");
        assert_eq!(number(Lang::Ru, 1234.5), "1\u{a0}234,5");
        assert_eq!(number(Lang::En, -0.001), "0");
        assert_eq!(number(Lang::En, -12.346), "\u{2212}12.35");
        assert_eq!(number(Lang::En, 100.0), "100");
    }
}
