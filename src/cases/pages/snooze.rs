//! Putting a case off until a moment, in the house's time zone, and taking it up again.

use super::{done, work};
use crate::cases::actions::{self, Seen};
use crate::error::{Error, Result};
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::json;

crate::text_enum! {
    /// Until when.
    pub enum Until {
        Tomorrow = "tomorrow",
        ThreeDays = "three_days",
        /// Monday.
        NextWeek = "next_week",
        /// A date and time of one's own.
        Own = "own",
    }
}

impl Until {
    /// The morning this means; none if it is not a fixed one.
    pub fn morning(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&zone).date_naive();
        let days = match self {
            Until::Tomorrow => 1,
            Until::ThreeDays => 3,
            Until::NextWeek => 7 - i64::from(today.weekday().num_days_from_monday()),
            Until::Own => return None,
        };
        local(today + Duration::days(days), morning(), zone)
    }
}

/// When people begin to work.
fn morning() -> NaiveTime {
    NaiveTime::MIN + Duration::hours(9)
}

/// A wall-clock time; of one that comes twice the first, and none that is skipped when clocks go forward.
fn local(date: NaiveDate, time: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&date.and_time(time)).earliest().map(|at| at.with_timezone(&Utc))
}

/// As it was filled in; `until` is one of [`Until`], or "now" to wake it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SnoozeForm {
    until: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    time: String,
    #[serde(skip_serializing)]
    seen: Option<Seen>,
}

impl SnoozeForm {
    fn moment(&self, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>> {
        let until: Until = self.until.parse().map_err(|_| Error::field("date", "error-choice"))?;
        let wrong = || Error::field("date", "error-date");
        if let Some(morning) = until.morning(now, zone) {
            return Ok(morning);
        }
        let date = self.date.trim().parse().map_err(|_| wrong())?;
        let time = match self.time.trim() {
            "" => morning(),
            typed => NaiveTime::parse_from_str(typed, "%H:%M").map_err(|_| Error::field("time", "error-time"))?,
        };
        local(date, time, zone).ok_or_else(wrong)
    }
}

/// `POST /cases/{reference}/snooze`
pub async fn snooze(page: Page, reference: web::Path<String>, form: Form<SnoozeForm>) -> Result<HttpResponse> {
    let (typed, seen) = (json!({"date": form.0.date, "time": form.0.time, "snoozing": true}), form.0.seen);
    if form.0.until == "now" {
        let woken = work(&page, &reference, seen, actions::wake);
        return done(&page, &reference, seen, woken.await, "case-woken", json!({})).await;
    }
    let snoozed = match form.0.moment(page.now, page.app.config.app.time_zone) {
        Ok(until) => {
            work(&page, &reference, seen, move |c, desk, scope, by, reference| {
                actions::snooze(c, desk, scope, by, reference, until)
            })
            .await
        }
        Err(e) => Err(e),
    };
    let snoozed = snoozed.map_err(|e| super::renamed(e, "until", "date"));
    done(&page, &reference, seen, snoozed, "case-snoozed", typed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mornings_are_the_houses() {
        let zone = Tz::Europe__Moscow;
        let late: DateTime<Utc> = "2026-11-22T22:30:00Z".parse().unwrap(); // Monday, 01:30 in Moscow
        let at = |until: Until| until.morning(late, zone).map(|at| at.to_rfc3339());
        assert_eq!(at(Until::Tomorrow).as_deref(), Some("2026-11-24T06:00:00+00:00"));
        assert_eq!(at(Until::ThreeDays).as_deref(), Some("2026-11-26T06:00:00+00:00"));
        assert_eq!(at(Until::NextWeek).as_deref(), Some("2026-11-30T06:00:00+00:00"));
        assert_eq!(at(Until::Own), None);
    }

    #[test]
    fn an_own_moment_is_read_in_the_houses_zone() {
        let zone = Tz::Europe__Berlin;
        let form = |date: &str, time: &str| SnoozeForm {
            until: "own".into(),
            date: date.into(),
            time: time.into(),
            seen: None,
        };
        let at = |date: &str, time: &str| form(date, time).moment(Utc::now(), zone).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-12-01", "14:30").ok().as_deref(), Some("2026-12-01T13:30:00+00:00"));
        assert_eq!(at("2026-12-01", "").ok().as_deref(), Some("2026-12-01T08:00:00+00:00"));
        assert!(at("2027-03-28", "02:30").is_err(), "clocks go forward: there is no such time");
        assert!(at("soon", "").is_err() && at("2026-12-01", "25:00").is_err());
    }
}
