//! When a digest comes, as most people say it: "on the last day of each month, at ten". Pure.

use crate::council::dates::{Every, Plain};
use crate::council::words;
use crate::i18n::{self, Lang};
use chrono::{NaiveTime, Weekday};

crate::text_enum! {
    /// On which days.
    pub enum Often {
        /// Somebody writes each by hand.
        Never = "never",
        LastDay = "last_day",
        FirstDay = "first_day",
        /// A weekday of the month, or of every week.
        First = "first",
        Second = "second",
        Third = "third",
        Fourth = "fourth",
        Last = "last",
        Week = "week",
        /// A cron rule of one's own.
        Own = "own",
    }
}

const OF_WEEKS: [(Often, Every); 6] = [
    (Often::First, Every::First),
    (Often::Second, Every::Second),
    (Often::Third, Every::Third),
    (Often::Fourth, Every::Fourth),
    (Often::Last, Every::Last),
    (Often::Week, Every::Week),
];

/// A rule in plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub often: Often,
    /// Counts only where the rule names one.
    pub weekday: Weekday,
    pub time: NaiveTime,
}

impl Said {
    /// The cron rule that says the same; none for one of one's own, or none at all.
    pub fn rule(self) -> Option<String> {
        let days = match self.often {
            Often::LastDay => "L",
            Often::FirstDay => "1",
            often => {
                let (_, every) = OF_WEEKS.iter().find(|(known, _)| *known == often)?;
                return Plain { every: *every, weekday: self.weekday, time: self.time }.rule();
            }
        };
        Some(format!("{} {} {days} * *", self.time.format("%-M"), self.time.format("%-H")))
    }

    /// What a cron rule says in plain words, where it can be said so.
    pub fn of(rule: &str) -> Option<Said> {
        if let Some(plain) = Plain::of(rule) {
            let (often, _) = OF_WEEKS.iter().find(|(_, every)| *every == plain.every)?;
            return Some(Said { often: *often, weekday: plain.weekday, time: plain.time });
        }
        let [minute, hour, days, "*", "*"] = rule.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let often = match days {
            "L" | "l" => Often::LastDay,
            "1" => Often::FirstDay,
            _ => return None,
        };
        let time = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
        Some(Said { often, weekday: Weekday::Mon, time })
    }
}

/// "the last day of each month, 10:00"; a rule of one's own as it is written.
pub fn in_words(lang: Lang, rule: Option<&str>) -> String {
    let Some(rule) = rule else { return i18n::t(lang, "series-rule-never", &[]) };
    match Said::of(rule) {
        Some(said) if matches!(said.often, Often::LastDay | Often::FirstDay) => {
            format!("{}, {}", i18n::t(lang, &format!("series-rule-{}", said.often), &[]), said.time.format("%H:%M"))
        }
        _ => words::rule(lang, rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::dates::Rule;
    use chrono::DateTime;
    use chrono_tz::Tz;

    #[test]
    fn plain_words_and_rules_say_the_same() {
        for often in Often::ALL.iter().copied().filter(|often| !matches!(often, Often::Never | Often::Own)) {
            let said = Said { often, weekday: Weekday::Mon, time: NaiveTime::from_hms_opt(10, 5, 0).unwrap() };
            let rule = said.rule().unwrap();
            assert_eq!(Said::of(&rule), Some(said), "{rule}");
            assert!(Rule::parse(&rule, Tz::UTC, DateTime::UNIX_EPOCH).is_ok(), "{rule}");
            for lang in [Lang::En, Lang::Ru] {
                assert!(in_words(lang, Some(&rule)).ends_with(", 10:05"), "{rule}");
            }
        }
        assert_eq!(Said::of("0 10 15 * *"), None);
        assert_eq!(in_words(Lang::En, Some("0 10 15 * *")), "0 10 15 * *");
    }
}
