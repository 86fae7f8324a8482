//! What holds for any calendar, and a model that looks at every minute.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Any calendar, the moment and the work asked about.
#[derive(Clone, Debug)]
struct Question {
    zone: Tz,
    week: Week,
    exceptions: Vec<Exception>,
    from: DateTime<Utc>,
    work: Duration,
}

impl Question {
    fn calendar(&self) -> Calendar {
        Calendar::new(self.zone, self.week.clone(), self.exceptions.clone()).unwrap()
    }
}

prop_compose! {
    fn questions()(
        zone in select(vec![Tz::Europe__Moscow, Tz::Europe__Berlin, Tz::America__New_York, Tz::Australia__Sydney]),
        week in weeks(),
        exceptions in prop::collection::btree_map(0..380i64, hours(quarters()), 0..25),
        // Twice a year's changes of the clocks, and both ends of the year.
        from in 0..366 * 86_400_000_000i64,
        work in 1..120 * 3_600_000_000i64,
    ) -> Question {
        let year = at("2026-01-01T00:00:00Z");
        let on = |day| year.date_naive() + Duration::days(day);
        let exceptions =
            exceptions.into_iter().map(|(day, hours)| Exception { on: on(day), hours, name: String::new() }).collect();
        Question { zone, week, exceptions, from: year + Duration::microseconds(from), work: Duration::microseconds(work) }
    }
}

fn weeks() -> impl Strategy<Value = Week> {
    let days = prop::collection::vec(hours(quarters()), 7);
    (days, any::<Index>()).prop_map(|(days, sure)| {
        let mut week = Week::default();
        for (day, hours) in Week::DAYS.into_iter().zip(days) {
            *week.day_mut(day) = hours;
        }
        // One day has hours, whatever the others are.
        let sure = week.day_mut(Week::DAYS[sure.index(7)]);
        if sure.is_empty() {
            sure.push("09:00-17:15".parse().unwrap());
        }
        week
    })
}

/// None to three pieces of a day, some touching the day's ends.
fn hours(times: Vec<u16>) -> impl Strategy<Value = Vec<Hours>> {
    let ends = (0..=3usize).prop_flat_map(move |pieces| prop::sample::subsequence(times.clone(), pieces * 2));
    ends.prop_map(|ends| ends.chunks_exact(2).map(|pair| Hours { from: pair[0], to: pair[1] }).collect())
}

/// Quarters of an hour at which a piece may begin or end: any but those that clocks show twice on some day, whose
/// meaning the examples pin down and a minute's own time of day cannot tell.
fn quarters() -> Vec<u16> {
    (0..=96).map(|nth| nth * 15).filter(|minutes| *minutes == 0 || *minutes > 3 * 60).collect()
}

/// Whether the minute beginning then is worked, by looking at the clock on the wall.
fn worked(question: &Question, minute: DateTime<Utc>) -> bool {
    use chrono::Timelike;
    let wall = minute.with_timezone(&question.zone);
    let of_day = u16::try_from(wall.hour() * 60 + wall.minute()).unwrap();
    let exception = question.exceptions.iter().find(|exception| exception.on == wall.date_naive());
    let hours = exception.map_or(question.week.day(wall.weekday()), |exception| &exception.hours);
    hours.iter().any(|hours| (hours.from..hours.to).contains(&of_day))
}

fn minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    (0..(to - from).num_minutes()).map(move |nth| from + Duration::minutes(nth))
}

fn to_the_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp().div_euclid(60) * 60, 0).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_added_lies_between(question in questions()) {
        let calendar = question.calendar();
        let by = calendar.add(question.from, question.work);
        prop_assert_eq!(calendar.between(question.from, by), question.work);
        // It is the first such moment: just before it, something is left to do.
        prop_assert!(calendar.between(question.from, by - Duration::microseconds(1)) < question.work);
    }

    #[test]
    fn more_work_and_a_later_start_never_end_earlier(
        question in questions(), later in 0..9_000_000_000_000i64, more in 0..9_000_000_000i64,
    ) {
        let (calendar, Question { from, work, .. }) = (question.calendar(), question);
        let (later, more) = (from + Duration::microseconds(later), work + Duration::microseconds(more));
        prop_assert!(calendar.add(from, work) <= calendar.add(from, more));
        prop_assert!(calendar.add(from, work) <= calendar.add(later, work));
        let end = later + work;
        prop_assert!(calendar.between(from, later) <= calendar.between(from, end));
        prop_assert!(calendar.between(later, end) <= calendar.between(from, end));
        prop_assert_eq!(calendar.between(from, later) + calendar.between(later, end), calendar.between(from, end));
        prop_assert!(calendar.next_open(from) <= calendar.next_open(later));
    }

    #[test]
    fn work_ends_in_working_time_and_begins_at_an_opening(question in questions()) {
        let calendar = question.calendar();
        let (by, open) = (calendar.add(question.from, question.work), calendar.next_open(question.from));
        prop_assert!(worked(&question, to_the_minute(by - Duration::microseconds(1))));
        prop_assert!(worked(&question, to_the_minute(open)));
        prop_assert_eq!(calendar.next_open(open), open);
        prop_assert_eq!(calendar.between(question.from, open), Duration::zero());
        prop_assert_eq!(calendar.add(question.from, question.work), calendar.add(open, question.work));
    }

    #[test]
    fn every_minute_is_as_the_model_says(question in questions(), days in 1..20i64) {
        let calendar = question.calendar();
        let from = to_the_minute(question.from);
        let to = from + Duration::days(days);
        let model: Vec<bool> = minutes(from, to).map(|minute| worked(&question, minute)).collect();
        let count = i64::try_from(model.iter().filter(|worked| **worked).count()).unwrap();
        prop_assert_eq!(calendar.between(from, to), Duration::minutes(count));
        for (minute, worked) in minutes(from, to).zip(model).step_by(97) {
            let counted = calendar.between(minute, minute + Duration::minutes(1));
            prop_assert_eq!(counted, Duration::minutes(i64::from(worked)), "{}", minute);
            prop_assert_eq!(calendar.next_open(minute) == minute, worked, "{}", minute);
        }
    }
}

/// A whole year, all its changes of clocks included.
#[test]
fn a_year_is_as_the_model_says() {
    for zone in [Tz::Europe__Moscow, Tz::Europe__Berlin, Tz::America__New_York, Tz::Australia__Sydney] {
        let week = week(json!({"mon": ["00:00-00:45", "05:00-24:00"], "wed": ["04:15-04:30"], "sun": ["00:00-23:00"]}));
        let exceptions = vec![exception("2026-03-29", &["00:00-24:00"]), exception("2026-11-01", &[])];
        let (from, work) = (at("2025-12-31T00:00:00Z"), Duration::hours(1));
        let question = Question { zone, week, exceptions, from, work };
        let to = from + Duration::days(368);
        let count = minutes(from, to).filter(|minute| worked(&question, *minute)).count();
        assert_eq!(question.calendar().between(from, to).num_minutes(), i64::try_from(count).unwrap(), "{zone}");
    }
}
