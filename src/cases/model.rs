//! A case: the work of answering one piece of feedback. Its states and rules, without database or HTTP.

use crate::db::schema::cases;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::sla::clock::{Clock, Reason, Settled, State};
use crate::sla::policy::{Target, Terms};
use crate::sla::standing::{self, Progress};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

crate::text_enum! {
    /// Where the work stands.
    pub enum Status {
        New = "new",
        InReview = "in_review",
        /// The owner asked the originator something; no deadline runs.
        Waiting = "waiting",
        /// A change was accepted that will solve it.
        Decided = "decided",
        /// That change is being made.
        Doing = "doing",
        /// The outcome is written, the news is on its way.
        Resolved = "resolved",
        /// The originator was told, or cannot be told.
        Closed = "closed",
    }
}

crate::text_enum! {
    /// What came of it.
    pub enum Outcome {
        Solved = "solved",
        Partly = "partly",
        NotPossible = "not_possible",
        NoFault = "no_fault",
        /// The same was said before, and is answered there.
        Duplicate = "duplicate",
        Withdrawn = "withdrawn",
    }
}

crate::text_enum! {
    /// How the originator was told, or why they cannot be: recorded as what it is.
    pub enum ToldHow {
        /// A mail server took the closure mail.
        Mail = "mail",
        /// Anonymous: the answer waits behind their receipt code.
        Page = "page",
        OptedOut = "opted_out",
        NoAddress = "no_address",
        Bounced = "bounced",
    }
}

crate::text_enum! {
    /// How much depends on it.
    pub enum Severity {
        Low = "low",
        Normal = "normal",
        High = "high",
        Critical = "critical",
    }
}

impl Status {
    /// Whether somebody still has to do something before the originator can be told.
    pub fn is_open(self) -> bool {
        !matches!(self, Status::Resolved | Status::Closed)
    }
}

/// One case; its feedback has the same id.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, AsChangeset, Identifiable)]
#[diesel(table_name = cases, treat_none_as_null = true)]
pub struct Case {
    pub id: i64,
    pub status: Status,
    pub owner_id: Option<i64>,
    pub team_id: Option<i64>,
    /// The case this one was joined to: "me too".
    pub primary_id: Option<i64>,
    pub version: i32,
    pub respond_by: Ts,
    pub resolve_by: Ts,
    pub tell_by: Ts,
    pub next_due: Option<Ts>,
    pub responded_at: Option<Ts>,
    pub resolved_at: Option<Ts>,
    pub outcome: Option<Outcome>,
    pub resolution: Option<String>,
    pub told_at: Option<Ts>,
    pub told_how: Option<ToldHow>,
    pub helped: Option<bool>,
    pub helped_at: Option<Ts>,
    pub reopened: i32,
    pub updated_at: Ts,
    pub severity: Severity,
    /// What its owner says it is about.
    pub topic_id: Option<i64>,
    pub root_cause_id: Option<i64>,
    /// Whether it was solved at the first contact, as its owner says.
    pub first_contact: Option<bool>,
    pub snoozed_until: Option<Ts>,
    pub policy_id: Option<i64>,
    /// Every deadline here is derived from it.
    pub clock: Clock,
    /// When the originator's last message must be answered.
    pub answer_by: Option<Ts>,
    /// When the sweep looks at it next.
    pub alert_at: Option<Ts>,
    /// How far it was raised: 0 nobody, 1 owner, 2 lead, 3 head.
    pub escalation: i32,
    /// Seen by its team and owner only.
    pub apart: bool,
}

impl Case {
    /// Somebody takes it on, for their team.
    pub fn assign(&mut self, owner: Option<i64>, team: Option<i64>) {
        self.owner_id = owner;
        if owner.is_some() {
            self.team_id = team.or(self.team_id);
        }
        if self.status == Status::New && owner.is_some() {
            self.status = Status::InReview;
        }
    }

    /// The originator got an answer from a person; `wait` stops the clocks until they write back. An answer that comes
    /// when the outcome stands already moves nothing.
    pub fn respond(&mut self, wait: bool, now: DateTime<Utc>) {
        if !self.status.is_open() {
            return;
        }
        self.responded_at.get_or_insert(now.into());
        if self.status == Status::New {
            self.status = Status::InReview;
        }
        self.clock.answer(now);
        if wait && self.status != Status::Waiting {
            self.status = Status::Waiting;
            self.clock.switch(State::Paused, Reason::Waiting, now);
        }
    }

    /// The originator wrote: what waited or was put off goes on, and an answer is due.
    pub fn hear_back(&mut self, now: DateTime<Utc>) {
        if !self.status.is_open() {
            return;
        }
        self.go_on(Reason::Answered, now);
        if self.status == Status::Waiting {
            self.status = Status::InReview;
        }
        if self.responded_at.is_some() {
            self.clock.ask(now);
        }
    }

    /// Nothing is to be done before a moment.
    pub fn snooze(&mut self, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        self.must_be_open()?;
        if until <= now {
            return Err(Error::field("until", "error-not-in-the-past"));
        }
        self.pause_until(until, Reason::Snoozed, now);
        Ok(())
    }

    /// It is time again, or somebody says so.
    pub fn wake(&mut self, now: DateTime<Utc>) {
        if self.snoozed_until.take().is_none() {
            return;
        }
        match self.status {
            Status::Waiting => self.clock.switch(State::Paused, Reason::Waiting, now),
            _ => self.go_on(Reason::Woken, now),
        }
    }

    fn pause_until(&mut self, until: DateTime<Utc>, reason: Reason, now: DateTime<Utc>) {
        self.snoozed_until = Some(until.into());
        self.clock.switch(State::Paused, reason, now);
    }

    fn go_on(&mut self, reason: Reason, now: DateTime<Utc>) {
        self.snoozed_until = None;
        if self.clock.state() == State::Paused {
            self.clock.switch(State::Running, reason, now);
        }
    }

    /// A linked change moved on. Until the day it is planned for nothing is due: that is what the originator was told.
    pub fn follow_change(&mut self, status: Status, planned: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        if !self.status.is_open() || self.primary_id.is_some() {
            return;
        }
        self.status = status;
        match planned.filter(|day| *day > now && status != Status::InReview) {
            Some(day) => self.pause_until(day, Reason::Change, now),
            None => self.go_on(Reason::Change, now),
        }
    }

    /// The outcome stands; telling comes next.
    pub fn resolve(&mut self, outcome: Outcome, text: &str, now: DateTime<Utc>) -> Result<()> {
        self.must_be_open()?;
        self.status = Status::Resolved;
        self.responded_at.get_or_insert(now.into());
        self.resolved_at = Some(now.into());
        self.outcome = Some(outcome);
        self.resolution = Some(text.to_owned());
        self.snoozed_until = None;
        // What they said of an earlier outcome says nothing of this one.
        (self.helped, self.helped_at) = (None, None);
        self.clock.answer(now);
        self.clock.switch(State::Telling, Reason::Resolved, now);
        Ok(())
    }

    /// The originator knows, or cannot be told: only now is it closed.
    pub fn told(&mut self, how: ToldHow, at: DateTime<Utc>) {
        if self.status == Status::Resolved {
            self.status = Status::Closed;
            self.clock.switch(State::Stopped, Reason::Closed, at);
            self.know(how, at);
        }
    }

    /// The mail that told the originator came back: they do not know after all, unless they have answered it. True if
    /// that changes anything.
    pub fn came_back(&mut self, at: DateTime<Utc>) -> bool {
        let thought = self.status == Status::Closed && self.told_how == Some(ToldHow::Mail) && self.helped.is_none();
        thought.then(|| self.know(ToldHow::Bounced, at)).is_some()
    }

    /// The same news went to another address and was taken.
    pub fn told_after_all(&mut self, at: DateTime<Utc>) -> bool {
        let thought = self.status == Status::Closed && self.told_how == Some(ToldHow::Bounced);
        thought.then(|| self.know(ToldHow::Mail, at)).is_some()
    }

    fn know(&mut self, how: ToldHow, at: DateTime<Utc>) {
        self.told_at = Some(at.into());
        self.told_how = Some(how);
        self.clock.asked_at = how.reached().then_some(at);
    }

    /// The originator says that it helped; after an earlier no this closes the case, whatever was being done.
    pub fn confirm(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.must_be_answerable()?;
        if self.status.is_open() {
            self.resolve(Outcome::Solved, "", now)?;
            self.resolution = None;
        }
        self.told(ToldHow::Page, now);
        self.helped = Some(true);
        self.helped_at = Some(now.into());
        self.clock.asked_at = None;
        Ok(())
    }

    /// The originator says that it did not help: the work goes on, with the time that is left.
    pub fn object(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.must_be_answerable()?;
        self.helped = Some(false);
        self.helped_at = Some(now.into());
        self.reopen(now);
        Ok(())
    }

    /// The work goes on: clocks resume where they stood.
    pub fn reopen(&mut self, now: DateTime<Utc>) {
        if self.status.is_open() {
            return;
        }
        self.status = if self.owner_id.is_some() { Status::InReview } else { Status::New };
        self.reopened += 1;
        (self.resolved_at, self.outcome, self.resolution) = (None, None, None);
        (self.told_at, self.told_how) = (None, None);
        self.clock.switch(State::Running, Reason::Reopened, now);
        self.clock.renew(Target::Resolution);
        self.clock.renew(Target::TellBack);
        self.clock.asked_at = None;
        self.clock.ask(now);
    }

    /// "Did this solve it?" was left unanswered long enough: that is no answer, and no yes.
    pub fn no_answer(&mut self) {
        self.clock.asked_at = None;
    }

    /// It is answered together with another: its own clock stops.
    pub fn merge(&mut self, primary_id: i64, now: DateTime<Utc>) {
        self.primary_id = Some(primary_id);
        self.snoozed_until = None;
        if self.status.is_open() {
            self.clock.switch(State::Stopped, Reason::Merged, now);
        }
    }

    /// It goes its own way again, with the time that was left.
    pub fn unmerge(&mut self, now: DateTime<Utc>) {
        self.primary_id = None;
        if self.status.is_open() {
            let state = if self.status == Status::Waiting { State::Paused } else { State::Running };
            self.clock.switch(state, Reason::Unmerged, now);
        }
    }

    /// The originator says that nobody answered: the lead hears of it, or the head if the lead has.
    pub fn escalate(&mut self, now: DateTime<Utc>) -> Result<()> {
        if !self.may_escalate(now) {
            return Err(Error::Conflict("error-not-overdue"));
        }
        self.escalation = (self.escalation + 1).clamp(2, 3);
        Ok(())
    }

    /// Whether a promised date has passed without what was promised.
    pub fn may_escalate(&self, now: DateTime<Utc>) -> bool {
        self.next_due.is_some_and(|due| *due < now) && self.escalation < 3
    }

    /// Whether "Did this solve it?" may be asked; whoever said no may still say yes.
    pub fn is_answerable(&self) -> bool {
        !self.status.is_open() || self.helped == Some(false)
    }

    /// Whether this answer is the opposite of what they said of the same outcome.
    pub fn contradicts(&self, helped: bool) -> bool {
        self.helped == Some(!helped)
    }

    fn must_be_open(&self) -> Result<()> {
        if self.status.is_open() { Ok(()) } else { Err(Error::Conflict("error-case-is-resolved")) }
    }

    fn must_be_answerable(&self) -> Result<()> {
        if self.is_answerable() { Ok(()) } else { Err(Error::Conflict("error-already-answered")) }
    }

    /// Writes down which promises were kept or broken by now; each is reported once.
    pub fn settle(&mut self, terms: &Terms<'_>, now: DateTime<Utc>) -> Vec<(Target, Settled)> {
        let progress = self.progress();
        standing::settle(&mut self.clock, terms, &progress, now)
    }

    /// Derives every deadline from the clock.
    pub fn derive(&mut self, terms: &Terms<'_>, now: DateTime<Utc>) {
        let due = standing::standing(&self.clock, terms, &self.progress(), now);
        let later = |known: Ts, derived: Option<DateTime<Utc>>| derived.map_or(known, Ts::from);
        self.respond_by = later(self.respond_by, due.respond_by);
        self.resolve_by = later(self.resolve_by, due.resolve_by);
        self.tell_by = later(self.tell_by, due.tell_by);
        self.answer_by = due.answer_by.map(Ts::from);
        self.next_due = due.next_due.map(Ts::from);
        self.alert_at = due.alert_at.map(Ts::from);
        self.escalation = due.escalation;
    }

    /// What has happened, as far as promises go.
    pub fn progress(&self) -> Progress {
        let reached = self.told_how.is_some_and(ToldHow::reached);
        let at = |ts: Option<Ts>| ts.map(|ts| *ts);
        Progress {
            responded_at: at(self.responded_at),
            resolved_at: at(self.resolved_at),
            told_at: at(self.told_at).filter(|_| reached),
            untold: self.told_at.is_some() && !reached,
            snoozed_until: at(self.snoozed_until),
            escalation: self.escalation,
        }
    }

    /// How far the loop is: heard, decided, done, told, helped. The first is always true.
    pub fn steps(&self) -> [bool; 5] {
        let done = !self.status.is_open();
        let decided = done || matches!(self.status, Status::Decided | Status::Doing);
        let told = self.status == Status::Closed && self.told_how.is_some_and(ToldHow::reached);
        [true, decided, done, told, self.helped == Some(true)]
    }
}

impl ToldHow {
    /// Whether they know, as opposed to: cannot be told.
    pub fn reached(self) -> bool {
        matches!(self, ToldHow::Mail | ToldHow::Page)
    }
}

/// A gap that a deadline badge calls "soon".
pub const SOON: Duration = Duration::hours(24);

#[cfg(test)]
pub(super) mod tests;
