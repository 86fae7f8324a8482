//! What is promised, and how it is kept in view: targets, the share at which somebody is warned, the ladder.

use super::calendar::Calendar;
use chrono::{DateTime, Duration, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

crate::text_enum! {
    /// What is promised to the originator.
    pub enum Target {
        /// The first answer by a person.
        FirstResponse = "first_response",
        /// The answer to what they wrote since.
        NextResponse = "next_response",
        Resolution = "resolution",
        /// They hear what came of it.
        TellBack = "tell_back",
    }
}

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Minutes of working time, written "8h" or "30m".
    Working(u32),
    /// Days on the wall calendar, weekends and holidays included, written "10d".
    Days(u32),
}

/// The longest span anybody may promise: ten years.
const MOST_DAYS: u32 = 3660;

impl Span {
    /// This share of it, in percent.
    pub fn share(self, percent: u32) -> Duration {
        self.length() * i32::try_from(percent).unwrap_or(100) / 100
    }

    /// Its length on the calendar it is counted on.
    pub fn length(self) -> Duration {
        match self {
            Span::Working(minutes) => Duration::minutes(minutes.into()),
            Span::Days(days) => Duration::days(days.into()),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Working(minutes) if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            Span::Working(minutes) => write!(f, "{minutes}m"),
            Span::Days(days) => write!(f, "{days}d"),
        }
    }
}

impl FromStr for Span {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a span such as 8h, 30m or 10d");
        let unit = text.chars().last().ok_or_else(wrong)?;
        let amount: u32 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
        let span = match unit {
            'h' if amount <= MOST_DAYS * 24 => Span::Working(amount * 60),
            'm' if amount <= MOST_DAYS * 24 * 60 => Span::Working(amount),
            'd' if amount <= MOST_DAYS => Span::Days(amount),
            _ => return Err(wrong()),
        };
        if amount == 0 { Err(wrong()) } else { Ok(span) }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

/// The four promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub first_response: Span,
    pub next_response: Span,
    pub resolution: Span,
    pub tell_back: Span,
}

impl Targets {
    pub fn of(&self, target: Target) -> Span {
        match target {
            Target::FirstResponse => self.first_response,
            Target::NextResponse => self.next_response,
            Target::Resolution => self.resolution,
            Target::TellBack => self.tell_back,
        }
    }
}

/// How long after a breach it is raised, in working time or days: to the team's lead, then to the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub lead: Span,
    pub head: Span,
}

/// What applies to one case: the promises and the calendar they are counted on.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub targets: Targets,
    pub warn_percent: u32,
    pub ladder: Ladder,
    pub calendar: &'a Calendar,
    /// Every minute counts, for spans in days.
    pub always: &'a Calendar,
}

impl<'a> Terms<'a> {
    /// The calendar a span is counted on.
    pub fn counting(&self, span: Span) -> &'a Calendar {
        match span {
            Span::Working(_) => self.calendar,
            Span::Days(_) => self.always,
        }
    }

    /// So long after a moment, and in working time: when somebody is told of it.
    pub fn after(&self, at: DateTime<Utc>, span: Span) -> DateTime<Utc> {
        self.calendar.next_open(self.counting(span).add(at, span.length()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written() {
        for text in ["8h", "30m", "10d", "120h"] {
            assert_eq!(text.parse::<Span>().map(|span| span.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("120m".parse(), Ok(Span::Working(120)));
        for text in ["", "h", "0h", "-1d", "5w", "9999999d", "٣h", "1.5h"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
