//! The clock of a case: segments with reasons, and what became of each target. Deadlines are derived from them, so a
//! change of policy, calendar, team or severity re-evaluates them and loses nothing.

use super::policy::{Span, Target, Terms};
use crate::db::types::JsonDoc;
use chrono::{DateTime, Duration, SubsecRound, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::{Deserialize, Serialize};

crate::text_enum! {
    /// What a segment counts for.
    pub enum State {
        /// The work goes on.
        Running = "running",
        /// Nothing is due.
        Paused = "paused",
        /// The outcome stands; only the tell-back runs.
        Telling = "telling",
        /// The originator was told, or the case was merged into another.
        Stopped = "stopped",
    }
}

crate::text_enum! {
    /// Why a segment began.
    pub enum Reason {
        Received = "received",
        /// Waiting for the originator.
        Waiting = "waiting",
        /// The originator wrote.
        Answered = "answered",
        Snoozed = "snoozed",
        Woken = "woken",
        /// A change that will solve it is planned for a day.
        Change = "change",
        Resolved = "resolved",
        Reopened = "reopened",
        Closed = "closed",
        Merged = "merged",
        Unmerged = "unmerged",
    }
}

/// From `from` until the next segment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub from: DateTime<Utc>,
    pub state: State,
    pub reason: Reason,
}

/// How a target that came due ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Met,
    Missed,
}

/// The clock as it is stored with its case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonDoc)]
pub struct Clock {
    #[serde(default)]
    pub segments: Vec<Segment>,
    /// Since when a message of the originator's waits for an answer, beyond their first…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered_since: Option<DateTime<Utc>>,
    /// …and when it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<DateTime<Utc>>,
    /// When "Did this solve it?" was put to them; none once they answered or let it pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warned: Vec<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Target>,
}

crate::json_column!(Clock);

impl Clock {
    /// Starts to run.
    pub fn start(at: DateTime<Utc>) -> Clock {
        let first = Segment { from: at.trunc_subsecs(6), state: State::Running, reason: Reason::Received };
        Clock { segments: vec![first], ..Clock::default() }
    }

    /// Ends the present segment and begins another. Time never runs backwards: an anonymous originator's moment is kept
    /// to the day, which may begin before the question was asked.
    pub fn switch(&mut self, state: State, reason: Reason, at: DateTime<Utc>) {
        let from = self.segments.last().map_or(at, |last| at.max(last.from)).trunc_subsecs(6);
        self.segments.push(Segment { from, state, reason });
    }

    pub fn state(&self) -> State {
        self.segments.last().map_or(State::Running, |last| last.state)
    }

    /// Why it stands as it does.
    pub fn reason(&self) -> Reason {
        self.segments.last().map_or(Reason::Received, |last| last.reason)
    }

    /// When a target of this length comes due; none while it does not run and has time left.
    pub fn deadline(&self, target: Target, span: Span, terms: &Terms<'_>) -> Option<DateTime<Utc>> {
        self.moment(target, span, span.length(), terms)
    }

    /// When the share of a target is used up at which somebody is warned.
    pub fn warning(&self, target: Target, span: Span, terms: &Terms<'_>) -> Option<DateTime<Utc>> {
        self.moment(target, span, span.share(terms.warn_percent), terms)
    }

    fn moment(&self, target: Target, span: Span, mut left: Duration, terms: &Terms<'_>) -> Option<DateTime<Utc>> {
        let calendar = terms.counting(span);
        let begin = self.begun(target)?;
        for (i, segment) in self.segments.iter().enumerate() {
            let (from, to) = (segment.from.max(begin), self.segments.get(i + 1).map(|next| next.from));
            if !counts(segment.state, target) || to.is_some_and(|to| to <= from) {
                continue;
            }
            let Some(to) = to else { return Some(calendar.add(from, left)) };
            let used = calendar.between(from, to);
            if used >= left {
                return Some(calendar.add(from, left));
            }
            left -= used;
        }
        None
    }

    /// How much time a target has used so far, on the calendar of its span.
    pub fn used(&self, target: Target, span: Span, terms: &Terms<'_>, now: DateTime<Utc>) -> Duration {
        let Some(begin) = self.begun(target) else { return Duration::zero() };
        let calendar = terms.counting(span);
        let ends = self.segments.iter().skip(1).map(|next| next.from).chain([now]);
        let counted = self.segments.iter().zip(ends).filter(|(segment, _)| counts(segment.state, target));
        counted
            .map(|(segment, to)| (segment.from.max(begin), to))
            .filter(|(from, to)| from < to)
            .map(|(from, to)| calendar.between(from, to))
            .sum()
    }

    /// When a target began to count.
    fn begun(&self, target: Target) -> Option<DateTime<Utc>> {
        match target {
            Target::NextResponse => self.unanswered_since,
            _ => self.segments.first().map(|first| first.from),
        }
    }

    /// Writes down how a target ended, unless that is known; `done` is when what was promised happened.
    pub fn settle(
        &mut self,
        target: Target,
        span: Span,
        terms: &Terms<'_>,
        done: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<Settled> {
        if self.met.contains(&target) || self.missed.contains(&target) {
            return None;
        }
        let due = self.deadline(target, span, terms);
        match (done, due) {
            (Some(at), Some(due)) if due < at => self.end(target, Settled::Missed),
            (Some(_), _) => self.end(target, Settled::Met),
            (None, Some(due)) if due <= now => self.end(target, Settled::Missed),
            (None, _) => None,
        }
    }

    fn end(&mut self, target: Target, how: Settled) -> Option<Settled> {
        match how {
            Settled::Met => self.met.push(target),
            Settled::Missed => self.missed.push(target),
        }
        Some(how)
    }

    /// The originator wrote: an answer is due, unless an earlier message of theirs waits for one already.
    pub fn ask(&mut self, at: DateTime<Utc>) {
        if self.unanswered_since.is_none() || self.answered_at.is_some() {
            (self.unanswered_since, self.answered_at) = (Some(at.trunc_subsecs(6)), None);
            self.begin(Target::NextResponse);
        }
    }

    /// They were answered.
    pub fn answer(&mut self, at: DateTime<Utc>) {
        if self.unanswered_since.is_some() {
            self.answered_at.get_or_insert(at.trunc_subsecs(6));
        }
    }

    /// A target runs again; what was missed stays missed.
    pub fn renew(&mut self, target: Target) {
        self.met.retain(|t| *t != target);
        self.warned.retain(|t| *t != target);
    }

    /// A target begins anew, whatever became of the last one.
    pub fn begin(&mut self, target: Target) {
        self.renew(target);
        self.missed.retain(|t| *t != target);
    }
}

fn counts(state: State, target: Target) -> bool {
    match state {
        State::Running => true,
        State::Telling => target == Target::TellBack,
        State::Paused | State::Stopped => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla::calendar::Calendar;
    use crate::sla::policy::{Ladder, Targets};

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::hours(hours)
    }

    fn with_terms(check: impl Fn(&Terms<'_>)) {
        let always = Calendar::always();
        let hours = |n: u32| Span::Working(n * 60);
        let targets = Targets {
            first_response: hours(24),
            next_response: hours(10),
            resolution: hours(100),
            tell_back: hours(120),
        };
        let ladder = Ladder { lead: hours(4), head: hours(24) };
        check(&Terms { targets, warn_percent: 80, ladder, calendar: &always, always: &always });
    }

    fn due(clock: &Clock, target: Target, terms: &Terms<'_>) -> Option<DateTime<Utc>> {
        clock.deadline(target, terms.targets.of(target), terms)
    }

    #[test]
    fn pauses_move_a_deadline_and_a_paused_clock_has_none() {
        with_terms(|terms| {
            let mut clock = Clock::start(at(0));
            assert_eq!(due(&clock, Target::Resolution, terms), Some(at(100)));
            clock.switch(State::Paused, Reason::Waiting, at(10));
            assert_eq!(due(&clock, Target::Resolution, terms), None);
            clock.switch(State::Running, Reason::Answered, at(60));
            assert_eq!(due(&clock, Target::Resolution, terms), Some(at(150)));
            assert_eq!(clock.warning(Target::Resolution, terms.targets.resolution, terms), Some(at(130)));
            assert_eq!(clock.used(Target::Resolution, terms.targets.resolution, terms, at(70)), Duration::hours(20));
        });
    }

    #[test]
    fn reopening_resumes_and_never_restarts() {
        with_terms(|terms| {
            let mut clock = Clock::start(at(0));
            clock.switch(State::Telling, Reason::Resolved, at(90));
            assert_eq!(due(&clock, Target::Resolution, terms), None);
            assert_eq!(due(&clock, Target::TellBack, terms), Some(at(120)));
            clock.switch(State::Stopped, Reason::Closed, at(91));
            assert_eq!(due(&clock, Target::TellBack, terms), None);
            clock.switch(State::Running, Reason::Reopened, at(1000));
            assert_eq!(due(&clock, Target::Resolution, terms), Some(at(1010)));
            assert_eq!(due(&clock, Target::TellBack, terms), Some(at(1029)));
        });
    }

    #[test]
    fn a_deadline_that_passed_before_a_pause_stays() {
        with_terms(|terms| {
            let mut clock = Clock::start(at(0));
            clock.switch(State::Paused, Reason::Snoozed, at(101));
            assert_eq!(due(&clock, Target::Resolution, terms), Some(at(100)));
        });
    }

    #[test]
    fn each_target_is_settled_once() {
        with_terms(|terms| {
            let span = terms.targets.first_response;
            let mut clock = Clock::start(at(0));
            let mut settle = |done, now| clock.settle(Target::FirstResponse, span, terms, done, now);
            assert_eq!(settle(None, at(23)), None);
            assert_eq!(settle(None, at(24)), Some(Settled::Missed));
            assert_eq!(settle(Some(at(30)), at(30)), None, "it was missed, and stays so");
            let mut clock = Clock::start(at(0));
            let mut settle = |done, now| clock.settle(Target::FirstResponse, span, terms, done, now);
            assert_eq!(settle(Some(at(24)), at(24)), Some(Settled::Met));
            assert_eq!(settle(None, at(99)), None);
        });
    }

    #[test]
    fn the_next_response_counts_from_their_message() {
        with_terms(|terms| {
            let mut clock = Clock::start(at(0));
            assert_eq!(due(&clock, Target::NextResponse, terms), None);
            clock.switch(State::Paused, Reason::Waiting, at(5));
            clock.switch(State::Running, Reason::Answered, at(50));
            clock.unanswered_since = Some(at(50));
            assert_eq!(due(&clock, Target::NextResponse, terms), Some(at(60)));
            let span = terms.targets.next_response;
            assert_eq!(clock.used(Target::NextResponse, span, terms, at(57)), Duration::hours(7));
        });
    }

    #[test]
    fn time_never_runs_backwards() {
        let mut clock = Clock::start(at(10));
        clock.switch(State::Paused, Reason::Waiting, at(30));
        clock.switch(State::Running, Reason::Answered, at(24));
        assert_eq!(clock.segments[2].from, at(30));
    }
}
