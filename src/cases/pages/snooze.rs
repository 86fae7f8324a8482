//! Putting a case off until a moment, in the house's time zone, and taking it up again.

use super::{done, work};
use crate::cases::actions::{self, Seen};
use crate::cases::later::Until;
use crate::error::{Error, Result};
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::json;

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
        until.moment(&self.date, &self.time, now, zone)
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
