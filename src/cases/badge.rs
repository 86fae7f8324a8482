//! The badge of a deadline: how long still, how long gone, or why nothing runs.

use super::model::{SOON, Status};
use crate::i18n::{self, Lang};
use chrono::{DateTime, Utc};
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

/// How the next deadline of a case is shown.
pub fn urgency(status: Status, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Urgency {
    match due {
        Some(due) if due < now => Urgency::Late,
        Some(due) if due - now < SOON => Urgency::Soon,
        Some(_) => Urgency::Ok,
        None if status == Status::Waiting => Urgency::Paused,
        None => Urgency::None,
    }
}

/// A deadline badge.
#[derive(Serialize)]
pub struct Due {
    state: Urgency,
    text: String,
}

/// The badge of a deadline: how long still, or how long gone.
pub fn due(lang: Lang, state: Urgency, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Due {
    let text = match (state, due) {
        (Urgency::Paused, _) => i18n::t(lang, "due-paused", &[]),
        (Urgency::Late, Some(due)) => i18n::t(lang, "due-late", &[("text", i18n::duration(lang, now - due).into())]),
        (_, Some(due)) => i18n::t(lang, "due-in", &[("text", i18n::duration(lang, due - now).into())]),
        (_, None) => i18n::t(lang, "due-none", &[]),
    };
    Due { state, text }
}
