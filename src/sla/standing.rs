//! What is due on a case, derived from its clock and what has happened.

use super::clock::{Clock, Settled, State};
use super::policy::{Target, Terms};
use chrono::{DateTime, Duration, Utc};

/// How long "Did this solve it?" stays open; after that it is "no answer", never "confirmed".
pub const ANSWER_WITHIN: Duration = Duration::days(10);

/// What has happened on a case, as far as promises go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub responded_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
    /// They know: by a mail that was taken, or on their page.
    pub told_at: Option<DateTime<Utc>>,
    /// The case was closed without a way to tell them.
    pub untold: bool,
    pub snoozed_until: Option<DateTime<Utc>>,
    /// How far up the ladder it was raised.
    pub escalation: i32,
}

impl Progress {
    /// When what was promised happened.
    pub fn done(&self, clock: &Clock, target: Target) -> Option<DateTime<Utc>> {
        match target {
            Target::FirstResponse => self.responded_at,
            Target::NextResponse => clock.answered_at,
            Target::Resolution => self.resolved_at,
            Target::TellBack => self.told_at.filter(|_| clock.state() == State::Stopped),
        }
    }

    /// Whether somebody still has to keep this promise.
    pub fn is_open(&self, clock: &Clock, target: Target) -> bool {
        let asked = match target {
            Target::NextResponse => clock.unanswered_since.is_some(),
            Target::TellBack => !self.untold,
            _ => true,
        };
        asked && self.done(clock, target).is_none() && clock.state() != State::Stopped
    }
}

/// What is due on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// None keeps what was last known: the clock stands still.
    pub respond_by: Option<DateTime<Utc>>,
    pub resolve_by: Option<DateTime<Utc>>,
    pub tell_by: Option<DateTime<Utc>>,
    pub answer_by: Option<DateTime<Utc>>,
    /// The deadline that comes next; none while nothing runs.
    pub next_due: Option<DateTime<Utc>>,
    /// When to look at it again.
    pub alert_at: Option<DateTime<Utc>>,
    /// Falls back to 0 when no broken promise is open any more.
    pub escalation: i32,
}

/// Derives what is due.
pub fn standing(clock: &Clock, terms: &Terms<'_>, progress: &Progress, now: DateTime<Utc>) -> Standing {
    let by = |target| clock.deadline(target, terms.targets.of(target), terms);
    let open = |target: &&Target| progress.is_open(clock, **target);
    let broken =
        Target::ALL.iter().filter(open).any(|t| clock.missed.contains(t) || by(*t).is_some_and(|due| due <= now));
    let escalation = if broken { progress.escalation } else { 0 };
    let running = matches!(clock.state(), State::Running | State::Telling);
    let next_due = Target::ALL.iter().filter(open).filter_map(|target| by(*target)).min();
    Standing {
        respond_by: by(Target::FirstResponse),
        resolve_by: by(Target::Resolution),
        tell_by: by(Target::TellBack),
        answer_by: by(Target::NextResponse).filter(|_| progress.is_open(clock, Target::NextResponse)),
        next_due: next_due.filter(|_| running),
        alert_at: alert(clock, terms, &Progress { escalation, ..*progress }, running),
        escalation,
    }
}

/// When something has to be said or done about it next, in working time.
fn alert(clock: &Clock, terms: &Terms<'_>, progress: &Progress, running: bool) -> Option<DateTime<Utc>> {
    let waking = progress.snoozed_until;
    let asking = clock.asked_at.map(|at| at + ANSWER_WITHIN);
    let open = Target::ALL.iter().filter(|target| running && progress.is_open(clock, **target));
    let watching = open.filter_map(|target| next_alert(clock, terms, *target, progress.escalation)).min();
    [waking, asking, watching.map(|at| terms.calendar.next_open(at))].into_iter().flatten().min()
}

fn next_alert(clock: &Clock, terms: &Terms<'_>, target: Target, escalation: i32) -> Option<DateTime<Utc>> {
    let span = terms.targets.of(target);
    let due = clock.deadline(target, span, terms)?;
    if !clock.missed.contains(&target) {
        let warning = clock.warning(target, span, terms).filter(|_| !clock.warned.contains(&target));
        return Some(warning.unwrap_or(due).min(due));
    }
    match escalation {
        0 | 1 => Some(terms.after(due, terms.ladder.lead)),
        2 => Some(terms.after(due, terms.ladder.head)),
        _ => None,
    }
}

/// Settles every target that has ended or come due; returns what became of them.
pub fn settle(clock: &mut Clock, terms: &Terms<'_>, progress: &Progress, now: DateTime<Utc>) -> Vec<(Target, Settled)> {
    let mut settled = Vec::new();
    for target in Target::ALL {
        let done = progress.done(clock, *target);
        if done.is_none() && !progress.is_open(clock, *target) {
            continue;
        }
        if let Some(how) = clock.settle(*target, terms.targets.of(*target), terms, done, now) {
            settled.push((*target, how));
        }
    }
    settled
}
