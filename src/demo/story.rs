//! The sample as a story: every step of every change and case at its moment, in the order in which it happened.

use super::sample::{Case, Change, From, Sample};
use crate::backlog::model::Status as ChangeStatus;
use crate::error::Result;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// One step, of the change or case at this place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Propose(usize),
    Move(usize, ChangeStatus),
    Receive(usize),
    Take(usize),
    /// The message at this place.
    Say(usize, usize),
    Link(usize),
    Resolve(usize),
    Answer(usize),
}

/// A step and its moment.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub step: Step,
}

/// The council meets first thing in the day, cases are worked on after that, and changes are finished in the evening:
/// so nothing can happen before what it needs.
const MEETING: f64 = 0.02;
const CASES: (f64, f64) = (0.12, 0.85);
const EVENING: f64 = 0.9;

/// Tells the whole sample.
pub fn story(sample: &Sample, days: &Days) -> Result<Vec<Moment>> {
    let mut moments = Vec::new();
    for (place, change) in sample.changes.iter().enumerate() {
        moments.extend(steps_of_change(place, change, days));
    }
    for (place, case) in sample.cases.iter().enumerate() {
        let change = sample.change_of(case)?.map(|change| &sample.changes[change]);
        moments.extend(steps_of_case(place, case, change, days));
    }
    moments.sort_by_key(|moment| moment.at);
    Ok(moments)
}

fn steps_of_change(place: usize, change: &Change, days: &Days) -> Vec<Moment> {
    let (start, end) = (change.days_ago, change.status_days_ago);
    // What the file leaves open: how long the council took, and how soon the work began.
    let between = |tenths: i64| start - (start - end) * tenths / 10;
    use ChangeStatus::{Accepted, Declined, Deferred, InProgress, NeedsData, Proposed, Shipped, Verified};
    let path = match change.status {
        Proposed => vec![],
        Accepted | Declined => vec![(end, change.status)],
        InProgress => vec![(between(6), Accepted), (end, InProgress)],
        Shipped => vec![(between(3), Accepted), (between(5), InProgress), (end, Shipped)],
        NeedsData | Deferred | Verified => vec![],
    };
    // A few minutes apart where several come up on one day.
    let turn = place as f64 * 0.005;
    let moved = path.into_iter().map(|(days_ago, status)| {
        let hour = if status.is_finished() { EVENING } else { MEETING };
        Moment { at: days.at(days_ago, hour + turn), step: Step::Move(place, status) }
    });
    let proposed = Moment { at: days.at(start, MEETING + turn), step: Step::Propose(place) };
    [proposed].into_iter().chain(moved).collect()
}

fn steps_of_case(place: usize, case: &Case, change: Option<&Change>, days: &Days) -> Vec<Moment> {
    let steps = order(place, case, change);
    let mut moments = Vec::new();
    for today in steps.chunk_by(|a, b| a.0 == b.0) {
        let (first, last) = CASES;
        for (n, (day, step)) in today.iter().enumerate() {
            let share = (n as f64 + spread(place, n)) / today.len() as f64;
            let at = days.at(case.days_ago - day, first + (last - first) * share);
            moments.push(Moment { at, step: *step });
        }
    }
    moments
}

/// The steps of a case in their order, with the days since it was received.
fn order(place: usize, case: &Case, change: Option<&Change>) -> Vec<(i64, Step)> {
    let mut steps = vec![(0, Step::Receive(place))];
    let first_work = case.messages.iter().position(|m| m.from != From::Originator);
    let taken = match first_work {
        Some(message) => case.messages[message].days_after,
        None => case.resolved_after.map_or(1, |day| day.min(1)),
    };
    if case.owner.is_some() {
        steps.push((taken, Step::Take(place)));
    }
    steps.extend(case.messages.iter().enumerate().map(|(n, message)| (message.days_after, Step::Say(place, n))));
    if let Some(change) = change {
        insert_link(&mut steps, taken.max(case.days_ago - change.days_ago), place, first_work);
    } else if let Some(day) = case.resolved_after {
        steps.push((day, Step::Resolve(place)));
    }
    if let (Some(day), Some(_)) = (case.resolved_after, case.helped) {
        steps.push((day + case.answered_after.unwrap_or(1), Step::Answer(place)));
    }
    steps
}

/// A case is linked once there is the change, right after its owner first dealt with it.
fn insert_link(steps: &mut Vec<(i64, Step)>, day: i64, place: usize, first_work: Option<usize>) {
    let dealt_with = first_work.map_or(Step::Take(place), |message| Step::Say(place, message));
    let earliest = steps.iter().position(|(_, step)| *step == dealt_with).map_or(steps.len(), |at| at + 1);
    let later = steps.iter().skip(earliest).position(|(other, _)| *other >= day);
    let at = later.map_or(steps.len(), |n| earliest + n);
    steps.insert(at, (day, Step::Link(place)));
}

/// Between 0.1 and 0.9, always the same for the same step.
fn spread(place: usize, n: usize) -> f64 {
    0.1 + ((place * 37 + n * 61) % 81) as f64 / 100.0
}

/// Working days counted back from now.
pub struct Days {
    tz: Tz,
    last: NaiveDate,
    /// The last day may not be over yet.
    last_length: Duration,
}

const OPENS: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

impl Days {
    /// The last day is today once it is an hour old, else yesterday: nothing of the story lies in the future.
    pub fn until(now: DateTime<Utc>, tz: Tz) -> Days {
        let whole = Duration::hours(9);
        let local = now.with_timezone(&tz);
        let today = local.date_naive();
        let worked = Duration::seconds(i64::from(local.num_seconds_from_midnight()))
            - Duration::seconds(i64::from(OPENS.num_seconds_from_midnight()));
        match worked >= Duration::hours(1) {
            true => Days { tz, last: today, last_length: worked.min(whole) },
            false => Days { tz, last: today - Duration::days(1), last_length: whole },
        }
    }

    /// The moment at which a share of the working day had passed, so many days ago.
    pub fn at(&self, days_ago: i64, share: f64) -> DateTime<Utc> {
        let length = if days_ago == 0 { self.last_length } else { Duration::hours(9) };
        let local =
            self.day(-days_ago).and_time(OPENS) + Duration::seconds((length.num_seconds() as f64 * share) as i64);
        self.tz.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// The date so many days from the last one.
    pub fn day(&self, from_last: i64) -> NaiveDate {
        self.last + Duration::days(from_last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_never_runs_ahead_of_now() -> Result<()> {
        let sample = Sample::read()?;
        for hour in 0..24 {
            let now = Utc.with_ymd_and_hms(2027, 3, 28, hour, 10, 0).earliest().unwrap_or_default();
            for tz in [Tz::UTC, Tz::Europe__Berlin, Tz::Asia__Vladivostok] {
                let told = story(&sample, &Days::until(now, tz))?;
                assert!(told.iter().all(|moment| moment.at < now), "{now} {tz}");
            }
        }
        Ok(())
    }

    #[test]
    fn every_step_comes_after_what_it_needs() -> Result<()> {
        let sample = Sample::read()?;
        let told = story(&sample, &Days::until(DateTime::UNIX_EPOCH, Tz::UTC))?;
        let place = |wanted: Step| told.iter().position(|moment| moment.step == wanted);
        for (n, case) in sample.cases.iter().enumerate() {
            let change = sample.change_of(case)?;
            let own = order(n, case, change.map(|change| &sample.changes[change]));
            let told: Vec<_> = own.into_iter().map(|(_, step)| place(step)).collect();
            assert!(told.is_sorted() && told.iter().all(Option::is_some), "{}", case.key);
            if let Some(change) = change {
                let link = place(Step::Link(n));
                assert!(link > place(Step::Propose(change)) && link > place(Step::Receive(n)), "{}", case.key);
                let finished = place(Step::Move(change, sample.changes[change].status)).unwrap_or(told.len());
                let ends = sample.changes[change].status.is_finished();
                assert!(!ends || link < Some(finished), "{}", case.key);
            }
        }
        Ok(())
    }
}
