//! Takes a written date apart into its day, month, year, time and zone, in whatever order they stand.

use chrono::{Duration, NaiveDate, NaiveTime};

/// The first letters of the months, English and Russian; the Russian May has two forms.
const MONTHS: [(&str, u32); 25] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("мая", 5),
    ("май", 5),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
];

/// The zone a time was written with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zone {
    /// None: the time of the place.
    Local,
    /// Seconds east of Greenwich.
    Offset(i32),
}

/// The parts of a written date.
#[derive(Debug)]
pub(super) struct Written {
    pub year: Option<i32>,
    month: u32,
    day: u32,
    slashes: bool,
    pub time: NaiveTime,
    pub zone: Zone,
}

impl Written {
    /// Takes a value apart; none if it is not a date.
    pub(super) fn read(value: &str) -> Option<Self> {
        let mut words = value.split([' ', ',', '\t', '\n', '\u{A0}']).filter(|word| !word.is_empty()).peekable();
        let first = words.peek()?.split_once('T').filter(|(day, _)| day.ends_with(|c: char| c.is_ascii_digit()));
        let mut written = match first {
            Some((day, time)) => {
                words.next();
                let mut written = Self::numbers(day)?;
                written.take_time(time)?;
                written
            }
            None => Self::day(&mut words)?,
        };
        for word in words {
            written.take(word)?;
        }
        Some(written)
    }

    fn day<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let first = words.next()?;
        if let Some(written) = Self::numbers(first).or_else(|| Self::hyphenated(first)) {
            return Some(written);
        }
        let second = words.next()?;
        let (day, name) =
            if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
        Self::new(None, month(name)?, day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?)
    }

    /// `2024-05-27`, `27.05.2024`, `5/27/24`, `20240527`.
    fn numbers(word: &str) -> Option<Self> {
        if word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()) {
            return Self::new(Some(word[..4].parse().ok()?), word[4..6].parse().ok()?, word[6..].parse().ok()?);
        }
        let divider = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '.' | '/'))?;
        let mut parts = word.split(divider);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || [a, b, c].iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
            return None;
        }
        if a.len() == 4 {
            return Self::new(Some(a.parse().ok()?), b.parse().ok()?, c.parse().ok()?);
        }
        let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
        let (day, month) = if b > 12 { (b, a) } else { (a, b) };
        Some(Self { slashes: divider == '/', ..Self::new(Some(year(c)?), month, day)? })
    }

    /// `22-Apr-15`.
    fn hyphenated(word: &str) -> Option<Self> {
        let (day, rest) = word.split_once(['-', '/', '.'])?;
        let (name, years) = rest.split_once(['-', '/', '.'])?;
        Self::new(Some(year(years)?), month(name)?, day.parse().ok()?)
    }

    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        Some(Self { year, month, day, slashes: false, time: NaiveTime::MIN, zone: Zone::Local })
    }

    /// A word after the day: the year, the time, half of the day, the zone, or one of the small words between them.
    fn take(&mut self, word: &str) -> Option<()> {
        match word.to_lowercase().as_str() {
            "г" | "г." | "года" | "в" | "at" => {}
            "am" => self.half_of_day(false)?,
            "pm" => self.half_of_day(true)?,
            _ if self.year.is_none() && word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) => {
                self.year = Some(word.parse().ok()?);
            }
            _ => {
                if let Some(zone) = zone(word) {
                    self.zone = zone;
                } else {
                    self.take_time(word)?;
                }
            }
        }
        Some(())
    }

    /// `11:35`, `11.35`, `11:35:20.123`, each with a zone or AM/PM right behind it.
    fn take_time(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(word.len());
        let (digits, rest) = word.split_at(end);
        self.time = time(digits)?;
        match rest.to_lowercase().as_str() {
            "" => {}
            "am" => self.half_of_day(false)?,
            "pm" => self.half_of_day(true)?,
            _ => self.zone = zone(rest)?,
        }
        Some(())
    }

    fn half_of_day(&mut self, afternoon: bool) -> Option<()> {
        use chrono::Timelike;
        let hour = self.time.hour();
        if !(1..=12).contains(&hour) {
            return None;
        }
        self.time = self.time.with_hour(hour % 12 + if afternoon { 12 } else { 0 })?;
        Some(())
    }

    /// The day, if it has a year and there is such a day.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.date_in(self.year?)
    }

    /// The day in some year.
    pub(super) fn date_in(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// Two numbers with a slash between them, either of which may be the month.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.slashes && self.day <= 12 && self.month <= 12 && self.day != self.month
    }
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let letters = name.trim_end_matches('.');
    if !letters.chars().all(char::is_alphabetic) {
        return None;
    }
    MONTHS.iter().find(|(start, _)| letters.starts_with(start)).map(|(_, month)| *month)
}

/// Two digits are a year from 1970 to 2069.
fn year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn time(digits: &str) -> Option<NaiveTime> {
    let mut parts = digits.splitn(4, [':', '.']);
    let (hour, minute) = (parts.next()?, parts.next()?);
    let second = parts.next().unwrap_or("0");
    let fraction = parts.next().unwrap_or("0");
    let time = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)?;
    // Microseconds are kept: more digits are cut, fewer are filled up.
    let micros: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    Some(time.overflowing_add_signed(Duration::microseconds(micros)).0)
}

/// `Z`, `UTC`, `+03:00`, `+0300`, `-05`.
fn zone(word: &str) -> Option<Zone> {
    if ["Z", "UTC", "GMT"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
        return Some(Zone::Offset(0));
    }
    let sign = match word.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = word[1..].replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    Some(Zone::Offset(sign * (hours * 3600 + minutes * 60)))
}
