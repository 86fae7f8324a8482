//! When a backup is due; pure.

use crate::config;
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// The last moment at or before `now` at which a backup was due, in the hours of a day of that zone.
pub fn slot(settings: &config::Backup, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&zone).date_naive();
    let days = [Some(today), today.pred_opt()];
    let hours = (0..24 / settings.every_hours.max(1)).map(|n| (settings.at_hour + n * settings.every_hours) % 24);
    let slots = hours.flat_map(|hour| days.into_iter().flatten().filter_map(move |day| moment(zone, day, hour)));
    slots.filter(|slot| *slot <= now).max()
}

/// An hour that a day has twice counts once; one that it skips is the next.
fn moment(zone: Tz, day: NaiveDate, hour: u32) -> Option<DateTime<Utc>> {
    let local = day.and_hms_opt(hour, 0, 0)?;
    let found = zone.from_local_datetime(&local).earliest();
    found.or_else(|| zone.from_local_datetime(&(local + Duration::hours(1))).earliest()).map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn settings(at_hour: u32, every_hours: u32) -> config::Backup {
        config::Backup { enabled: true, folder: String::new(), at_hour, every_hours, keep: 3 }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_slot_is_the_last_one_that_has_come() {
        let zone = chrono_tz::Europe::Moscow;
        assert_eq!(slot(&settings(3, 24), zone, at("2026-11-23T00:00:00Z")), Some(at("2026-11-23T00:00:00Z")));
        assert_eq!(slot(&settings(3, 24), zone, at("2026-11-22T23:59:59Z")), Some(at("2026-11-22T00:00:00Z")));
        assert_eq!(slot(&settings(22, 6), zone, at("2026-11-23T12:00:00Z")), Some(at("2026-11-23T07:00:00Z")));
    }

    #[test]
    fn every_day_has_its_slots_also_when_the_clocks_change() {
        let zone = chrono_tz::Europe::Berlin;
        for (day, hour) in [("2026-03-29", 2), ("2026-10-25", 2)] {
            let from = at(&format!("{day}T00:00:00Z")) - Duration::hours(12);
            let slots: BTreeSet<_> =
                (0..48 * 4).filter_map(|n| slot(&settings(hour, 24), zone, from + Duration::minutes(15 * n))).collect();
            // The one before, and one on each of the two days.
            assert_eq!(slots.len(), 3, "{day} {slots:?}");
        }
    }
}
