//! When a council meets, or a digest goes out: a cron rule in its zone, with days off moved to a day of work. Pure.

use crate::people::absence::back_after;
use crate::sla::calendar::Calendar;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// How far a day of work is looked for; who never works meets on the day of the rule.
const MOST_DAYS_ON: u64 = 31;
/// So many dates of a rule are looked at to see how close they come.
const LOOKED_AT: usize = 8;
/// Nobody meets more often. Clocks put forward make a day an hour shorter.
const CLOSEST: Duration = Duration::hours(20);

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Unreadable,
    /// No day is like that: 30 February.
    Never,
    /// More than once a day.
    TooOften,
}

/// A rule that can be asked for dates.
#[derive(Clone, Debug)]
pub struct Rule {
    cron: Cron,
    zone: Tz,
}

/// One date of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// When the rule wants it.
    pub slot: DateTime<Utc>,
    /// When it is: the same, or on a day of work.
    pub at: DateTime<Utc>,
}

/// Which day of work stands in for a day off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Toward {
    Before,
    #[default]
    After,
}

impl Rule {
    /// Reads the five fields of a cron rule: "0 10 * * TUE#1" is ten o'clock on every first Tuesday.
    pub fn parse(rule: &str, zone: Tz, now: DateTime<Utc>) -> Result<Rule, Wrong> {
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let rule = Rule { cron: parser.parse(rule).map_err(|_| Wrong::Unreadable)?, zone };
        let slots: Vec<DateTime<Utc>> = rule.slots(now).take(LOOKED_AT).collect();
        match slots.len() {
            0 => Err(Wrong::Never),
            _ if slots.windows(2).any(|pair| pair[1] - pair[0] < CLOSEST) => Err(Wrong::TooOften),
            _ => Ok(rule),
        }
    }

    /// The next dates after a moment. Two that are moved to one day are one.
    pub fn dates(&self, after: DateTime<Utc>, calendar: Option<&Calendar>) -> impl Iterator<Item = Date> {
        self.dates_toward(after, calendar, Toward::After)
    }

    /// The same, with days off moved this way.
    pub fn dates_toward(
        &self,
        after: DateTime<Utc>,
        calendar: Option<&Calendar>,
        toward: Toward,
    ) -> impl Iterator<Item = Date> {
        // A date before the moment may have been moved behind it.
        let first = after - Duration::days(MOST_DAYS_ON as i64);
        let mut last = after;
        self.slots(first).filter_map(move |slot| {
            let at = calendar.map_or(slot, |calendar| self.moved(slot, calendar, toward));
            let comes = at > last;
            last = last.max(at);
            comes.then_some(Date { slot, at })
        })
    }

    fn slots(&self, after: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        let mut at = after.with_timezone(&self.zone);
        std::iter::from_fn(move || {
            // The only error left is that it finds no more.
            at = self.cron.find_next_occurrence(&at, false).ok()?;
            Some(at.with_timezone(&Utc))
        })
    }

    fn moved(&self, slot: DateTime<Utc>, calendar: &Calendar, toward: Toward) -> DateTime<Utc> {
        let wall = slot.with_timezone(&self.zone);
        let days = (0..=MOST_DAYS_ON).map(Days::new).filter_map(|by| match toward {
            Toward::Before => wall.date_naive().checked_sub_days(by),
            Toward::After => wall.date_naive().checked_add_days(by),
        });
        let mut worked = days.filter(|day| is_worked(calendar, *day, self.zone));
        worked.next().map_or(slot, |day| at_wall(day, wall.time(), self.zone))
    }
}

/// Whether anybody works on a day.
pub fn is_worked(calendar: &Calendar, day: NaiveDate, zone: Tz) -> bool {
    let start = day.pred_opt().map_or(DateTime::<Utc>::MIN_UTC, |before| back_after(before, zone));
    calendar.between(start, back_after(day, zone)) > Duration::zero()
}

/// The moment at which clocks on the wall show this; an hour later where they skip it.
pub fn at_wall(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let wall = day.and_time(time);
    let at = zone.from_local_datetime(&wall).earliest();
    at.or_else(|| zone.from_local_datetime(&(wall + Duration::hours(1))).earliest())
        .map_or_else(|| wall.and_utc(), |at| at.with_timezone(&Utc))
}

crate::text_enum! {
    /// Which weeks of a month.
    pub enum Every {
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

/// A rule as most people say it: "every first Tuesday at ten".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    pub every: Every,
    pub weekday: Weekday,
    pub time: NaiveTime,
}

const WEEKS: [(Every, &str); 6] = [
    (Every::First, "#1"),
    (Every::Second, "#2"),
    (Every::Third, "#3"),
    (Every::Fourth, "#4"),
    (Every::Last, "#L"),
    (Every::Week, ""),
];

impl Plain {
    /// The cron rule that says the same; none for a rule of one's own.
    pub fn rule(self) -> Option<String> {
        let (_, which) = WEEKS.iter().find(|(every, _)| *every == self.every)?;
        let day = self.weekday.to_string().to_uppercase();
        Some(format!("{} {} * * {day}{which}", self.time.format("%-M"), self.time.format("%-H")))
    }

    /// What a cron rule says in plain words, where it can be said so.
    pub fn of(rule: &str) -> Option<Plain> {
        let [minute, hour, "*", "*", day] = rule.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let (name, which) = day.split_at_checked(3)?;
        let (every, _) = WEEKS.iter().find(|(_, suffix)| which.eq_ignore_ascii_case(suffix))?;
        let time = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
        Some(Plain { every: *every, weekday: name.parse().ok()?, time })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla::calendar::{Exception, Week};
    use serde_json::json;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn rule(text: &str, zone: Tz) -> Rule {
        Rule::parse(text, zone, at("2026-11-23T09:00:00Z")).unwrap()
    }

    fn calendar(zone: Tz, closed: &[&str]) -> Calendar {
        let day = ["09:00-18:00"];
        let week: Week =
            serde_json::from_value(json!({"mon": day, "tue": day, "wed": day, "thu": day, "fri": day})).unwrap();
        let exception = |on: &&str| Exception { on: on.parse().unwrap(), hours: Vec::new(), name: "Holiday".into() };
        Calendar::new(zone, week, closed.iter().map(exception).collect()).unwrap()
    }

    fn days(dates: impl Iterator<Item = Date>, n: usize) -> Vec<String> {
        dates.take(n).map(|date| date.at.to_rfc3339()).collect()
    }

    #[test]
    fn the_first_tuesday_keeps_its_hour_through_the_year() {
        let rule = rule("0 10 * * TUE#1", Tz::Europe__Berlin);
        let found = days(rule.dates(at("2027-02-10T00:00:00Z"), None), 3);
        assert_eq!(found, ["2027-03-02T09:00:00+00:00", "2027-04-06T08:00:00+00:00", "2027-05-04T08:00:00+00:00"]);
    }

    #[test]
    fn a_day_off_moves_it_to_the_next_day_of_work() {
        let rule = rule("0 10 * * FRI#1", Tz::Europe__Moscow);
        let calendar = calendar(Tz::Europe__Moscow, &["2026-12-04", "2026-12-07"]);
        let mut dates = rule.dates(at("2026-11-23T09:00:00Z"), Some(&calendar));
        let first = dates.next().unwrap();
        assert_eq!((first.slot, first.at), (at("2026-12-04T07:00:00Z"), at("2026-12-08T07:00:00Z")));
        // Seen from the days between, it still comes.
        let later = rule.dates(at("2026-12-05T09:00:00Z"), Some(&calendar)).next();
        assert_eq!(later, Some(first));
        assert_eq!(rule.dates(first.at, Some(&calendar)).next().unwrap().at, at("2027-01-01T07:00:00Z"));
    }

    #[test]
    fn the_last_day_of_work_of_a_month_is_found_backwards() {
        let rule = rule("0 10 L * *", Tz::Europe__Moscow);
        let calendar = calendar(Tz::Europe__Moscow, &["2026-12-31", "2026-12-30"]);
        let found = days(rule.dates_toward(at("2026-11-23T00:00:00Z"), Some(&calendar), Toward::Before), 3);
        assert_eq!(found, ["2026-11-30T07:00:00+00:00", "2026-12-29T07:00:00+00:00", "2027-01-29T07:00:00+00:00"]);
        let later = rule.dates_toward(at("2026-12-29T07:00:00Z"), Some(&calendar), Toward::Before).next().unwrap();
        assert_eq!(later.at, at("2027-01-29T07:00:00Z"), "not the same month again");
    }

    #[test]
    fn two_dates_moved_to_one_day_are_one_meeting() {
        let rule = rule("0 10 * * SAT,MON", Tz::UTC);
        let found = days(rule.dates(at("2026-11-23T12:00:00Z"), Some(&calendar(Tz::UTC, &[]))), 3);
        assert_eq!(found, ["2026-11-30T10:00:00+00:00", "2026-12-07T10:00:00+00:00", "2026-12-14T10:00:00+00:00"]);
    }

    #[test]
    fn who_never_works_meets_by_the_rule() {
        let closed: Vec<String> =
            (0..40).map(|n| (at("2026-12-01T00:00:00Z") + Duration::days(n)).date_naive().to_string()).collect();
        let closed: Vec<&str> = closed.iter().map(String::as_str).collect();
        let rule = rule("0 10 * * TUE#1", Tz::UTC);
        let found = days(rule.dates(at("2026-11-23T00:00:00Z"), Some(&calendar(Tz::UTC, &closed))), 1);
        assert_eq!(found, ["2026-12-01T10:00:00+00:00"]);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        let wrong = |text| Rule::parse(text, Tz::UTC, at("2026-11-23T09:00:00Z")).err();
        for text in
            ["", "first tuesday", "0 10 * *", "0 0 10 * * TUE#1", "0 10 * * TUE#9", "99 10 * * TUE", "0 10 * * 🎉"]
        {
            assert_eq!(wrong(text), Some(Wrong::Unreadable), "{text}");
        }
        assert_eq!(wrong("0 10 30 2 *"), Some(Wrong::Never));
        for text in ["* * * * *", "0 10,14 * * TUE"] {
            assert_eq!(wrong(text), Some(Wrong::TooOften), "{text}");
        }
        assert_eq!(wrong("0 10 * * *"), None);
    }

    #[test]
    fn plain_words_and_rules_say_the_same() {
        for every in Every::ALL.iter().copied().filter(|every| *every != Every::Own) {
            let plain = Plain { every, weekday: Weekday::Thu, time: NaiveTime::from_hms_opt(9, 5, 0).unwrap() };
            let text = plain.rule().unwrap();
            assert_eq!(Plain::of(&text), Some(plain), "{text}");
            assert!(Rule::parse(&text, Tz::UTC, at("2026-11-23T09:00:00Z")).is_ok(), "{text}");
        }
        let last = rule("5 9 * * THU#L", Tz::UTC);
        assert_eq!(
            days(last.dates(at("2026-11-23T00:00:00Z"), None), 2),
            ["2026-11-26T09:05:00+00:00", "2026-12-31T09:05:00+00:00"]
        );
        for own in ["0 10 1 * *", "0 10 * 1-11 TUE#1", "*/5 10 * * TUE", "0 10 * * 2"] {
            assert_eq!(Plain::of(own), None, "{own}");
        }
    }
}
