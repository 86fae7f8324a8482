//! A series as a form.

use super::super::Series;
use super::super::edit::Wanted;
use super::super::rule::{Often, Said};
use crate::council::words;
use crate::digest::model::{Audience, Moves};
use crate::error::{Error, FieldError, Result};
use crate::web::forms::clean_line;
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The form as it was filled in.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeriesForm {
    name: String,
    audience: String,
    team: String,
    site: String,
    segment: String,
    often: String,
    weekday: String,
    time: String,
    /// Of somebody who chose a rule of their own.
    rule: String,
    zone: String,
    calendar: String,
    moves: String,
    /// A box that is not ticked is not sent.
    local: Option<String>,
    days_ahead: String,
    from_name: String,
    reply_to: String,
    intro_en: String,
    intro_ru: String,
    pub version: String,
    /// Sent by the button that shows dates instead of saving.
    #[serde(skip_serializing)]
    preview: String,
}

impl SeriesForm {
    /// Where most begin: the last day of work of each month, at ten.
    pub fn usual(zone: Tz) -> SeriesForm {
        SeriesForm {
            audience: Audience::Everybody.to_string(),
            often: Often::LastDay.to_string(),
            weekday: "mon".into(),
            time: "10:00".into(),
            zone: zone.name().into(),
            moves: Moves::Before.to_string(),
            days_ahead: "3".into(),
            ..SeriesForm::default()
        }
    }

    pub fn of(series: &Series) -> SeriesForm {
        let said = series.rule.as_deref().and_then(Said::of);
        let often = match (&series.rule, said) {
            (None, _) => Often::Never,
            (Some(_), None) => Often::Own,
            (Some(_), Some(said)) => said.often,
        };
        SeriesForm {
            name: series.name.clone(),
            audience: series.audience.to_string(),
            team: series.team_id.map(|id| id.to_string()).unwrap_or_default(),
            site: series.site.clone().unwrap_or_default(),
            segment: series.segment.clone().unwrap_or_default(),
            often: often.to_string(),
            weekday: said.map_or("mon", |said| words::word(said.weekday)).to_owned(),
            time: said.map_or_else(|| "10:00".into(), |said| said.time.format("%H:%M").to_string()),
            rule: series.rule.clone().unwrap_or_default(),
            zone: series.zone.clone(),
            calendar: series.calendar_id.map(|id| id.to_string()).unwrap_or_default(),
            moves: series.moves.to_string(),
            local: series.local.then(|| "on".to_owned()),
            days_ahead: series.days_ahead.to_string(),
            from_name: series.from_name.clone().unwrap_or_default(),
            reply_to: series.reply_to.clone().unwrap_or_default(),
            intro_en: series.intro_en.clone(),
            intro_ru: series.intro_ru.clone(),
            version: series.version.to_string(),
            preview: String::new(),
        }
    }

    pub fn is_preview(&self) -> bool {
        !self.preview.is_empty()
    }

    /// What is wanted; names every field that cannot be read.
    pub fn wanted(&self, now: DateTime<Utc>) -> Result<Wanted> {
        let mut wrong = Vec::new();
        let wanted = Wanted {
            name: self.name.clone(),
            audience: read(word("audience", &self.audience), Audience::Everybody, &mut wrong),
            team_id: read(chosen("team", &self.team), None, &mut wrong),
            site: self.site.clone(),
            segment: self.segment.clone(),
            rule: read(self.rule_text(), None, &mut wrong),
            zone: read(self.zone(), Tz::UTC, &mut wrong),
            calendar_id: read(chosen("calendar", &self.calendar), None, &mut wrong),
            moves: read(word("moves", &self.moves), Moves::Before, &mut wrong),
            local: self.local.is_some(),
            days_ahead: read(whole("days_ahead", &self.days_ahead), 0, &mut wrong),
            from_name: self.from_name.clone(),
            reply_to: self.reply_to.clone(),
            intro_en: self.intro_en.clone(),
            intro_ru: self.intro_ru.clone(),
        };
        let also = match wanted.clone().checked(now) {
            Err(Error::Invalid(more)) => more,
            _ => Vec::new(),
        };
        wrong.extend(also);
        if wrong.is_empty() { Ok(wanted) } else { Err(Error::Invalid(wrong)) }
    }

    fn rule_text(&self) -> Result<Option<String>> {
        let often: Often = word("often", &self.often)?;
        match often {
            Often::Never => Ok(None),
            Often::Own => Ok(Some(self.rule.clone())),
            often => {
                let weekday = self.weekday.parse().map_err(|_| Error::field("weekday", "error-choice"))?;
                Ok(Said { often, weekday, time: clock(&self.time)? }.rule())
            }
        }
    }

    fn zone(&self) -> Result<Tz> {
        let typed = clean_line(&self.zone).replace(' ', "_");
        let found = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&typed));
        found.copied().ok_or_else(|| Error::field("zone", "sla-zone-unknown"))
    }
}

fn read<T>(read: Result<T>, otherwise: T, wrong: &mut Vec<FieldError>) -> T {
    match read {
        Ok(value) => value,
        Err(Error::Invalid(fields)) => {
            wrong.extend(fields);
            otherwise
        }
        Err(_) => otherwise,
    }
}

fn word<T: std::str::FromStr>(field: &str, typed: &str) -> Result<T> {
    typed.parse().map_err(|_| Error::field(field, "error-choice"))
}

fn chosen(field: &str, typed: &str) -> Result<Option<i64>> {
    match typed.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::field(field, "error-choice")),
    }
}

fn whole(field: &str, typed: &str) -> Result<i32> {
    typed.trim().parse().map_err(|_| Error::field(field, "error-number"))
}

/// "10:00"; browsers may add seconds.
fn clock(typed: &str) -> Result<NaiveTime> {
    let read = |form| NaiveTime::parse_from_str(typed.trim(), form).ok();
    read("%H:%M").or_else(|| read("%H:%M:%S")).ok_or_else(|| Error::field("time", "error-time"))
}
