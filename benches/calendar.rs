//! What working time costs, beside the conversion of one moment to local time in the same run.
//!
//! `cargo bench --bench calendar` prints nanoseconds per question; ratios count, not the figures themselves.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use heard::sla::calendar::{Calendar, Exception, Week, Wrong};
use std::hint::black_box;
use std::time::Instant;

/// Moments and targets asked about, none alike.
const QUESTIONS: usize = 10_000;
const ROUNDS: usize = 50;
const MONTH: Duration = Duration::days(30);

/// A moment, a target that ends within 30 days of it, and another moment within those.
struct Question {
    at: DateTime<Utc>,
    work: Duration,
    to: DateTime<Utc>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calendars = calendars()?;
    println!("{:<44} {:>9} {:>9} {:>9} {:>9}", "", "first ns", "add ns", "between", "of floor");
    let floor = local_time();
    println!("{:<44} {:>9} {floor:>9.1}", "floor: one moment to Berlin's time", "");
    for (name, calendar) in &calendars {
        // Laid out anew: what the first question of a year costs.
        let began = Instant::now();
        black_box(calendar.add(start(), Duration::hours(8)));
        let first = began.elapsed().as_nanos();
        let questions = questions(calendar);
        let add = each(&questions, |q| calendar.add(q.at, q.work).timestamp_micros());
        let between = each(&questions, |q| calendar.between(q.at, q.to).num_seconds());
        println!("{name:<44} {first:>9} {add:>9.1} {between:>9.1} {:>8.1}x", add / floor);
    }
    Ok(())
}

fn calendars() -> Result<Vec<(&'static str, Calendar)>, Box<dyn std::error::Error>> {
    let office = r#"{"mon":["09:00-18:00"],"tue":["09:00-18:00"],"wed":["09:00-18:00"],"thu":["09:00-18:00"],"fri":["09:00-18:00"]}"#;
    let shifts = r#"{"mon":["06:00-09:30","10:00-13:00","14:00-22:00"],"wed":["00:00-04:00","06:00-24:00"],"sat":["12:00-12:30"]}"#;
    let holidays = (0..40).map(|week| holiday(start().date_naive() + Duration::weeks(week))).collect();
    Ok(vec![
        ("every minute", Calendar::always()),
        ("office, Moscow", of(Tz::Europe__Moscow, office, vec![])?),
        ("office, Berlin", of(Tz::Europe__Berlin, office, vec![])?),
        ("office and 40 holidays, New York", of(Tz::America__New_York, office, holidays)?),
        ("six odd pieces a week, Sydney", of(Tz::Australia__Sydney, shifts, vec![])?),
    ])
}

fn of(zone: Tz, week: &str, exceptions: Vec<Exception>) -> Result<Calendar, Box<dyn std::error::Error>> {
    let week: Week = serde_json::from_str(week)?;
    Calendar::new(zone, week, exceptions).map_err(|wrong: Wrong| wrong.into())
}

fn holiday(on: NaiveDate) -> Exception {
    Exception { on, hours: Vec::new(), name: String::new() }
}

fn start() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::days(56 * 365)
}

/// Spread over a year, with targets from a minute to all the work of 30 days.
fn questions(calendar: &Calendar) -> Vec<Question> {
    let question = |nth: i64| {
        let at = start() + Duration::seconds(nth * 3_151 + nth * nth % 997);
        let whole = calendar.between(at, at + MONTH);
        Question { at, work: whole * ((nth * 31 % 99 + 1) as i32) / 100, to: at + Duration::minutes(nth * 37 % 43_200) }
    };
    (0..QUESTIONS as i64).map(question).collect()
}

/// Nanoseconds per question.
fn each(questions: &[Question], ask: impl Fn(&Question) -> i64) -> f64 {
    let began = Instant::now();
    for _ in 0..ROUNDS {
        for question in questions {
            black_box(ask(black_box(question)));
        }
    }
    began.elapsed().as_nanos() as f64 / (ROUNDS * questions.len()) as f64
}

fn local_time() -> f64 {
    let questions = questions(&Calendar::always());
    each(&questions, |question| question.at.with_timezone(&Tz::Europe__Berlin).naive_local().and_utc().timestamp())
}
