//! What is promised to the originator, and what is due next. Pure.

/// Working time.
pub mod calendar;
/// Days without work, from files.
pub mod holidays;
mod pages;
/// Calendars as rows.
pub mod store;

pub use pages::routes;

use crate::config::Promise;
use chrono::{DateTime, Duration, Utc};

/// By when one case is to be answered, resolved, and its originator told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    pub respond_by: DateTime<Utc>,
    pub resolve_by: DateTime<Utc>,
    pub tell_by: DateTime<Utc>,
}

impl Deadlines {
    /// The promise, counted from `start`.
    pub fn from(promise: Promise, start: DateTime<Utc>) -> Deadlines {
        Deadlines {
            respond_by: start + Duration::hours(promise.respond_hours),
            resolve_by: start + Duration::days(promise.resolve_days),
            tell_by: start + Duration::days(promise.tell_days),
        }
    }

    /// Everything moved by the time that was spent waiting for the originator.
    pub fn moved(self, by: Duration) -> Deadlines {
        Deadlines { respond_by: self.respond_by + by, resolve_by: self.resolve_by + by, tell_by: self.tell_by + by }
    }

    /// The deadline that runs now; none while the case waits for the person, and none once they were told.
    pub fn next(&self, done: Done) -> Option<DateTime<Utc>> {
        match done {
            Done { told: true, .. } | Done { waiting: true, .. } => None,
            Done { resolved: true, .. } => Some(self.tell_by),
            Done { responded: true, .. } => Some(self.resolve_by),
            _ => Some(self.respond_by.min(self.resolve_by)),
        }
    }
}

/// What has already happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub responded: bool,
    pub waiting: bool,
    pub resolved: bool,
    pub told: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_hands_over_to_the_next_deadline() {
        let start = DateTime::UNIX_EPOCH;
        let due = Deadlines::from(Promise { respond_hours: 24, resolve_days: 10, tell_days: 12 }, start);
        let none = Done::default();
        assert_eq!(due.next(none), Some(start + Duration::hours(24)));
        assert_eq!(due.next(Done { responded: true, ..none }), Some(start + Duration::days(10)));
        assert_eq!(due.next(Done { responded: true, waiting: true, ..none }), None);
        assert_eq!(due.next(Done { resolved: true, ..none }), Some(start + Duration::days(12)));
        assert_eq!(due.next(Done { resolved: true, told: true, ..none }), None);
        assert_eq!(due.moved(Duration::hours(1)).next(none), Some(start + Duration::hours(25)));
    }
}
