//! When an edition leaves, and when each of its mails does. Pure.

use crate::council::dates::at_wall;
use crate::digest::series::Series;
use crate::error::Result;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// Where clocks are the first to show an hour.
const EASTERNMOST: Tz = Tz::Pacific__Kiritimati;

/// The hour of a series, on the clocks of its readers where it says so.
#[derive(Clone, Copy, Debug)]
pub struct Hour {
    at: DateTime<Utc>,
    zone: Tz,
    local: bool,
}

impl Hour {
    pub fn of(series: &Series, at: DateTime<Utc>) -> Result<Hour> {
        Ok(Hour { at, zone: series.zone()?, local: series.local })
    }

    /// From when on mails have to be queued.
    pub fn begins(&self) -> DateTime<Utc> {
        if self.local { self.in_zone(EASTERNMOST).min(self.at) } else { self.at }
    }

    /// When somebody's mail leaves; in the zone of the series where theirs is not known.
    pub fn of_reader(&self, zone: Option<&str>) -> DateTime<Utc> {
        match zone.filter(|_| self.local).and_then(|zone| zone.parse().ok()) {
            Some(zone) => self.in_zone(zone),
            None => self.at,
        }
    }

    fn in_zone(&self, zone: Tz) -> DateTime<Utc> {
        let wall = self.at.with_timezone(&self.zone);
        at_wall(wall.date_naive(), wall.time(), zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn hour(at: DateTime<Utc>, local: bool) -> Hour {
        Hour { at, zone: Tz::Europe__Moscow, local }
    }

    #[test]
    fn each_reader_has_the_hour_of_their_own_clock() {
        let ten = hour(at("2026-11-30T07:00:00Z"), true);
        assert_eq!(ten.of_reader(Some("Asia/Vladivostok")), at("2026-11-30T00:00:00Z"));
        assert_eq!(ten.of_reader(Some("Europe/Berlin")), at("2026-11-30T09:00:00Z"));
        for unknown in [None, Some("Moon/Sea"), Some("")] {
            assert_eq!(ten.of_reader(unknown), at("2026-11-30T07:00:00Z"));
        }
        assert_eq!(ten.begins(), at("2026-11-29T20:00:00Z"), "before anybody's ten o'clock");
        let one = hour(at("2026-11-30T07:00:00Z"), false);
        assert_eq!((one.begins(), one.of_reader(Some("Asia/Vladivostok"))), (one.at, one.at));
    }

    #[test]
    fn an_hour_that_clocks_skip_or_show_twice_comes_once() {
        // Berlin skips 02:30 on 29 March 2026 and shows it twice on 25 October.
        let skipped = hour(at("2026-03-28T23:30:00Z"), true);
        assert_eq!(skipped.of_reader(Some("Europe/Berlin")), at("2026-03-29T01:30:00Z"));
        let twice = hour(at("2026-10-24T23:30:00Z"), true);
        assert_eq!(twice.of_reader(Some("Europe/Berlin")), at("2026-10-25T00:30:00Z"));
    }
}
