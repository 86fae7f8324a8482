//! Dates as people and programs write them. The formats somebody named come first, then:
//!
//! - RFC 3339 and RFC 2822, `2024-05-27`, `2024-05-27 02:08:51.000`, `2024/05/27`, `20240527`, with any time and zone;
//! - `24.02.2015`, `24-02-2015 11.35`: the day first, unless only the month can be;
//! - `02/24/2015`, `24/02/2015`: only if one of the two cannot be a month. `01/02/2013` is refused: read the wrong way it
//!   would be wrong in silence, and a date format says which it is;
//! - `22-Apr-15`, `4 Apr 2015`, `Apr 4, 2015 3:53 PM`, `30 августа 2024 г.`, `30 августа`: without a year the last such day
//!   that is not in the future;
//! - bare numbers: seconds or milliseconds since 1970, or the day numbers of Excel.
//!
//! Times without a zone are those of the zone given. A time that the clocks skipped is the one an hour later, one that came
//! twice is the first. Nothing before 1900 and nothing later than tomorrow is a date on which somebody said something.

mod written;

#[cfg(test)]
mod tests;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{
    DateTime, Datelike, Days, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::MappingError;
use super::draft::excerpt;
use written::{Written, Zone};

const FIRST_YEAR: i32 = 1900;

/// Reads dates for one import.
#[derive(Clone, Debug)]
pub(super) struct Dates {
    formats: Vec<Vec<Item<'static>>>,
    zone: Tz,
    now: DateTime<Utc>,
}

/// Whether a format is one.
pub(super) fn check_format(format: &str) -> Result<(), MappingError> {
    compile(format).map(drop)
}

fn compile(format: &str) -> Result<Vec<Item<'static>>, MappingError> {
    let wrong = || MappingError::DateFormat(format.to_owned());
    let items = StrftimeItems::new(format).parse_to_owned().map_err(|_| wrong())?;
    if items.iter().any(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) { Ok(items) } else { Err(wrong()) }
}

impl Dates {
    pub(super) fn new(formats: &[String], zone: Tz, now: DateTime<Utc>) -> Result<Self, MappingError> {
        let formats = formats.iter().map(|format| compile(format)).collect::<Result<_, _>>()?;
        Ok(Self { formats, zone, now })
    }

    /// The moment a value means, or why it means none.
    pub(super) fn read(&self, value: &str) -> Result<DateTime<Utc>, String> {
        let configured = self.formats.iter().filter_map(|items| self.by_format(items, value)).find(|at| is_sane(*at));
        let at = match configured {
            Some(at) => at,
            None => self.by_shape(value)?,
        };
        if at > self.now + Duration::days(1) {
            return Err(format!("'{}' is in the future", excerpt(value)));
        }
        if is_sane(at) { Ok(at) } else { Err(unknown(value)) }
    }

    fn by_format(&self, items: &[Item<'static>], value: &str) -> Option<DateTime<Utc>> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, value, items.iter()).ok()?;
        if let Ok(at) = parsed.to_datetime() {
            return Some(at.to_utc());
        }
        let local = parsed.to_naive_datetime_with_offset(0).ok();
        self.local(local.or_else(|| Some(parsed.to_naive_date().ok()?.and_time(NaiveTime::MIN)))?)
    }

    fn by_shape(&self, value: &str) -> Result<DateTime<Utc>, String> {
        if let Some(number) = bare_number(value) {
            return self.number(number).ok_or_else(|| unknown(value));
        }
        if let Ok(at) = DateTime::parse_from_rfc3339(value).or_else(|_| DateTime::parse_from_rfc2822(value)) {
            return Ok(at.to_utc());
        }
        let written = Written::read(value).ok_or_else(|| unknown(value))?;
        let date = match (written.date(), written.is_ambiguous()) {
            (_, true) => return Err(ambiguous(value)),
            (Some(date), _) => Some(date),
            (None, _) => self.latest(&written),
        };
        let local = date.ok_or_else(|| unknown(value))?.and_time(written.time);
        let at = match written.zone {
            Zone::Local => self.local(local),
            Zone::Offset(seconds) => FixedOffset::east_opt(seconds).and_then(|zone| resolve(zone, local)),
        };
        at.ok_or_else(|| unknown(value))
    }

    /// A day without a year: the last one that is not in the future. 29 February may be eight years ago.
    fn latest(&self, written: &Written) -> Option<NaiveDate> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        (0..=8)
            .filter_map(|years| written.date_in(today.year() - years))
            .find(|date| *date <= today)
            .filter(|_| written.year.is_none())
    }

    fn number(&self, number: f64) -> Option<DateTime<Utc>> {
        // Truncation is meant: parts of a millisecond are no matter.
        let whole = number as i64;
        match number {
            // Smaller ones are a year, a time or a day and month; days of Excel begin in 1954 here.
            n if n < 20_000.0 => None,
            n if n < 100_000.0 => {
                // Excel's day 1 is 1 January 1900, and it believes in a 29 February of that year.
                let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(whole.unsigned_abs()))?;
                let seconds = Duration::seconds(((n - n.floor()) * 86_400.0).round() as i64);
                self.local(day.and_time(NaiveTime::MIN).checked_add_signed(seconds)?)
            }
            n if n < 100_000_000.0 => None,
            n if n < 100_000_000_000.0 => DateTime::from_timestamp(whole, 0),
            _ => DateTime::from_timestamp_millis(whole),
        }
    }

    fn local(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        resolve(self.zone, local)
    }
}

fn resolve<Z: TimeZone>(zone: Z, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => {
            let later = local.checked_add_signed(Duration::hours(1))?;
            zone.from_local_datetime(&later).earliest().map(|at| at.to_utc())
        }
    }
}

/// Digits with at most a fraction; but `20240527` is a day, not a number.
fn bare_number(value: &str) -> Option<f64> {
    let is_day = value.len() == 8 && !value.contains('.');
    let is_bare = value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_bare && !is_day { value.parse().ok() } else { None }
}

fn is_sane(at: DateTime<Utc>) -> bool {
    at.year() >= FIRST_YEAR
}

fn unknown(value: &str) -> String {
    format!("'{}' is not a date that can be read; a date format may help", excerpt(value))
}

fn ambiguous(value: &str) -> String {
    let value = excerpt(value);
    format!("'{value}' may have the day or the month first; say which with the date format '%d/%m/%Y' or '%m/%d/%Y'")
}
