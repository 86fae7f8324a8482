//! The badge of a deadline: how long still, how long gone, or why nothing runs.

use super::model::{SOON, Status};
use crate::i18n::{self, Lang};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

crate::text_enum! {
    /// How a deadline is shown.
    pub enum Urgency {
        Ok = "ok",
        Soon = "soon",
        Late = "late",
        Paused = "paused",
        None = "none",
    }
}

/// What a badge is made of.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    pub status: Status,
    pub due: Option<DateTime<Utc>>,
    pub snoozed_until: Option<DateTime<Utc>>,
}

/// A deadline badge.
#[derive(Serialize)]
pub struct Badge {
    state: Urgency,
    text: String,
}

impl Deadline {
    pub fn urgency(&self, now: DateTime<Utc>) -> Urgency {
        match self.due {
            Some(due) if due < now => Urgency::Late,
            Some(due) if due - now < SOON => Urgency::Soon,
            Some(_) => Urgency::Ok,
            None if self.status == Status::Waiting || self.snoozed_until.is_some() => Urgency::Paused,
            None => Urgency::None,
        }
    }

    /// In two units, negative when it has passed; a pause says why.
    pub fn badge(&self, lang: Lang, zone: Tz, now: DateTime<Utc>) -> Badge {
        let left = |key, length| i18n::t(lang, key, &[("text", i18n::duration(lang, length).into())]);
        let text = match (self.urgency(now), self.due, self.snoozed_until) {
            (Urgency::Late, Some(due), _) => left("due-late", now - due),
            (_, Some(due), _) => left("due-in", due - now),
            (_, None, Some(until)) => i18n::t(
                lang,
                "due-snoozed",
                &[("date", i18n::calendar_date(lang, until.with_timezone(&zone).date_naive()).into())],
            ),
            (Urgency::Paused, ..) => i18n::t(lang, "due-paused", &[]),
            _ => i18n::t(lang, "due-none", &[]),
        };
        Badge { state: self.urgency(now), text }
    }
}
