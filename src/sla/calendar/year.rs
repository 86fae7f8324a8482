//! A year's working time as stretches of real time, and the searches in it.

use chrono::{DateTime, Utc};

/// Stretches in order, none touching another; microseconds since 1970.
#[derive(Debug, Default)]
pub struct Year {
    stretches: Vec<Stretch>,
}

#[derive(Debug)]
struct Stretch {
    start: i64,
    end: i64,
    /// What was worked in earlier stretches.
    before: i64,
}

impl Year {
    /// From stretches that may be empty, touch or overlap: where clocks are put back, a day's end and the next day's
    /// beginning do. No moment counts twice.
    pub fn new(stretches: impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)>) -> Year {
        let mut ordered: Vec<(i64, i64)> =
            stretches.map(|(start, end)| (start.timestamp_micros(), end.timestamp_micros())).collect();
        ordered.retain(|(start, end)| start < end);
        ordered.sort_unstable();
        let mut year = Year::default();
        for (start, end) in ordered {
            year.append(start, end);
        }
        year
    }

    fn append(&mut self, start: i64, end: i64) {
        let before = self.total();
        match self.stretches.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => self.stretches.push(Stretch { start, end, before }),
        }
    }

    pub fn total(&self) -> i64 {
        self.stretches.last().map_or(0, |last| last.before + last.end - last.start)
    }

    /// What was worked until then.
    pub fn worked_by(&self, at: i64) -> i64 {
        let begun = self.stretches.partition_point(|stretch| stretch.start < at);
        let last = begun.checked_sub(1).and_then(|nth| self.stretches.get(nth));
        last.map_or(0, |last| last.before + at.min(last.end) - last.start)
    }

    /// The first moment by which so much was worked; none when the year does not hold it.
    pub fn moment(&self, worked: i64) -> Option<i64> {
        if worked > self.total() {
            return None;
        }
        let begun = self.stretches.partition_point(|stretch| stretch.before < worked);
        let last = self.stretches.get(begun.checked_sub(1)?)?;
        Some(last.start + worked - last.before)
    }

    /// The first working moment from then on.
    pub fn open_from(&self, at: i64) -> Option<i64> {
        let over = self.stretches.partition_point(|stretch| stretch.end <= at);
        self.stretches.get(over).map(|next| next.start.max(at))
    }
}
