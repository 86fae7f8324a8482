//! What is typed about a policy, and what becomes of it.

use crate::cases::model::Severity;
use crate::error::{Error, FieldError, Result};
use crate::feedback::model::{Kind, MAX_CHANNEL, Voice};
use crate::policies::model::Draft;
use crate::rules::{Criteria, Policy};
use crate::sla::policy::{Ladder, Span, Targets};
use crate::web::forms::clean_line;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

const MAX_NAME: usize = 120;

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyForm {
    name: String,
    voice: String,
    kind: String,
    severity: String,
    channel: String,
    topic: String,
    segment: String,
    first_response: String,
    first_response_unit: String,
    next_response: String,
    next_response_unit: String,
    resolution: String,
    resolution_unit: String,
    tell_back: String,
    tell_back_unit: String,
    warn_percent: String,
    lead: String,
    lead_unit: String,
    head: String,
    head_unit: String,
    /// A box that is not ticked is not sent.
    apart: Option<String>,
}

impl PolicyForm {
    /// Where most begin.
    pub fn usual() -> PolicyForm {
        let hours = |n: u32| Span::Working(n * 60);
        let targets = Targets {
            first_response: hours(8),
            next_response: hours(16),
            resolution: Span::Days(10),
            tell_back: Span::Days(12),
        };
        PolicyForm::default().with(&targets, &Ladder { lead: hours(4), head: hours(16) }, 80)
    }

    pub fn of(policy: &Policy) -> PolicyForm {
        let Criteria { voice, kind, severity, channel, topic, segment, .. } = policy.criteria.clone();
        let word = Option::unwrap_or_default;
        PolicyForm {
            name: policy.name.clone(),
            voice: word(voice),
            kind: word(kind),
            severity: word(severity),
            channel: word(channel),
            topic: word(topic),
            segment: word(segment),
            apart: policy.apart.then(|| "on".to_owned()),
            ..PolicyForm::default()
        }
        .with(&policy.targets, &policy.ladder, policy.warn_percent)
    }

    fn with(mut self, targets: &Targets, ladder: &Ladder, warn_percent: u32) -> PolicyForm {
        (self.first_response, self.first_response_unit) = typed(targets.first_response);
        (self.next_response, self.next_response_unit) = typed(targets.next_response);
        (self.resolution, self.resolution_unit) = typed(targets.resolution);
        (self.tell_back, self.tell_back_unit) = typed(targets.tell_back);
        (self.lead, self.lead_unit) = typed(ladder.lead);
        (self.head, self.head_unit) = typed(ladder.head);
        self.warn_percent = warn_percent.to_string();
        self
    }

    /// Names every field that is wrong.
    pub fn draft(&self) -> Result<Draft> {
        let mut wrong = Wrong::default();
        let draft = Draft {
            name: wrong.take(self.name()),
            criteria: self.criteria(&mut wrong),
            targets: Targets {
                first_response: wrong.span("first_response", &self.first_response, &self.first_response_unit),
                next_response: wrong.span("next_response", &self.next_response, &self.next_response_unit),
                resolution: wrong.span("resolution", &self.resolution, &self.resolution_unit),
                tell_back: wrong.span("tell_back", &self.tell_back, &self.tell_back_unit),
            },
            warn_percent: wrong.take(self.warn_percent()),
            ladder: Ladder {
                lead: wrong.span("lead", &self.lead, &self.lead_unit),
                head: wrong.span("head", &self.head, &self.head_unit),
            },
            apart: self.apart.is_some(),
        };
        if wrong.0.is_empty() { Ok(draft) } else { Err(Error::Invalid(wrong.0)) }
    }

    fn criteria(&self, wrong: &mut Wrong) -> Criteria {
        Criteria {
            voice: wrong.take(word::<Voice>("voice", &self.voice)),
            kind: wrong.take(word::<Kind>("kind", &self.kind)),
            severity: wrong.take(word::<Severity>("severity", &self.severity)),
            channel: wrong.take(line("channel", &self.channel.to_lowercase(), MAX_CHANNEL)),
            topic: wrong.take(line("topic", &self.topic, MAX_NAME)),
            segment: wrong.take(line("segment", &self.segment.to_lowercase(), MAX_NAME)),
            lang: None,
        }
    }

    fn name(&self) -> Checked<String> {
        line("name", &self.name, MAX_NAME)?.ok_or_else(|| FieldError::new("name", "error-required"))
    }

    fn warn_percent(&self) -> Checked<u32> {
        let percent = self.warn_percent.trim().trim_end_matches('%').trim_end().parse().ok();
        percent
            .filter(|n| (1..=100).contains(n))
            .ok_or_else(|| FieldError::new("warn_percent", "error-number-range").with("min", 1).with("max", 100))
    }
}

type Checked<T> = std::result::Result<T, FieldError>;

/// What is wrong so far.
#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn take<T: Default>(&mut self, checked: Checked<T>) -> T {
        checked.unwrap_or_else(|wrong| {
            self.0.push(wrong);
            T::default()
        })
    }

    fn span(&mut self, field: &str, number: &str, unit: &str) -> Span {
        span(number, unit).unwrap_or_else(|| {
            self.0.push(FieldError::new(field, "policies-span-wrong"));
            Span::Days(1)
        })
    }
}

/// One of the words of a kind, or nothing for any.
fn word<T: FromStr>(field: &str, typed: &str) -> Checked<Option<String>> {
    match typed {
        "" => Ok(None),
        typed if typed.parse::<T>().is_ok() => Ok(Some(typed.to_owned())),
        _ => Err(FieldError::new(field, "error-choice")),
    }
}

/// A short line, or nothing for any.
fn line(field: &str, typed: &str, max: usize) -> Checked<Option<String>> {
    let line = clean_line(typed);
    match line.chars().count() {
        0 => Ok(None),
        n if n > max => Err(FieldError::new(field, "error-too-long").with("max", max)),
        _ => Ok(Some(line)),
    }
}

/// Hours may have a fraction, down to the minute: "1.5", "1,5".
fn span(number: &str, unit: &str) -> Option<Span> {
    let number = number.trim().replace(',', ".");
    let plain = !number.is_empty() && number.len() <= 8 && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let text = match unit {
        "h" if plain => format!("{}m", (number.parse::<f64>().ok()? * 60.0).round()),
        "d" if plain => format!("{number}d"),
        _ => return None,
    };
    text.parse().ok()
}

fn typed(span: Span) -> (String, String) {
    match span {
        Span::Working(minutes) if minutes % 60 == 0 => ((minutes / 60).to_string(), "h".into()),
        Span::Working(minutes) => {
            let hours = format!("{:.2}", f64::from(minutes) / 60.0);
            (hours.trim_end_matches('0').to_owned(), "h".into())
        }
        Span::Days(days) => (days.to_string(), "d".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_come_back_as_they_were_typed() {
        for (number, unit, expected) in [
            ("8", "h", Some(Span::Working(480))),
            ("1,5", "h", Some(Span::Working(90))),
            (" 0.25 ", "h", Some(Span::Working(15))),
            ("90", "d", Some(Span::Days(90))),
            ("1.5", "d", None),
            ("0", "h", None),
            ("0.001", "h", None),
            ("-1", "h", None),
            ("1e3", "h", None),
            ("1..5", "h", None),
            (".", "h", None),
            ("", "d", None),
            ("99999999", "h", None),
            ("8", "w", None),
        ] {
            assert_eq!(span(number, unit), expected, "{number} {unit}");
        }
        for odd in 1..=600 {
            let (number, unit) = typed(Span::Working(odd));
            assert_eq!(span(&number, &unit), Some(Span::Working(odd)));
        }
    }
}
