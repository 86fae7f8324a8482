//! Rules and times of a council in the reader's words.

use super::dates::{Every, Plain};
use super::store::{Council, Meeting};
use crate::error::Result;
use crate::i18n::{self, Lang};
use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;

/// "Tuesday, 1 December, 10:00": a time where the council meets.
pub fn when(lang: Lang, zone: Tz, at: DateTime<Utc>) -> String {
    format!("{}, {}", i18n::day(lang, zone, at), at.with_timezone(&zone).format("%H:%M"))
}

/// The same of a meeting, with the zone where it is not the house's own.
pub fn when_of(lang: Lang, house: Tz, council: &Council, meeting: &Meeting) -> Result<String> {
    let zone = council.zone()?;
    let when = when(lang, zone, *meeting.starts_at);
    Ok(if zone == house { when } else { format!("{when} ({})", place_of(zone)) })
}

/// "every first Tuesday, 10:00"; a rule of one's own as it is written.
pub fn rule(lang: Lang, rule: &str) -> String {
    let Some(plain) = Plain::of(rule).filter(|plain| plain.every != Every::Own) else { return rule.to_owned() };
    let every = i18n::t(lang, &format!("council-every-{}", plain.every), &[("day", word(plain.weekday).into())]);
    format!("{every}, {}", plain.time.format("%H:%M"))
}

/// "mon" to "sun".
pub fn word(day: Weekday) -> &'static str {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day.num_days_from_monday() as usize % 7]
}

/// "Europe/Berlin" is Berlin.
fn place_of(zone: Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}
