//! A case: the work of answering one piece of feedback. Its states and rules, without database or HTTP.

use crate::config::Promise;
use crate::db::schema::cases;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::sla::{Deadlines, Done};
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

    /// The originator got an answer from a person; `wait` stops the clocks until they write back.
    pub fn respond(&mut self, wait: bool, now: DateTime<Utc>) -> Result<()> {
        self.must_be_open()?;
        self.responded_at.get_or_insert(now.into());
        if self.status == Status::New {
            self.status = Status::InReview;
        }
        if wait && self.status != Status::Waiting {
            self.status = Status::Waiting;
        }
        Ok(())
    }

    /// The originator wrote: clocks that waited for them go on where they stood.
    pub fn hear_back(&mut self, now: DateTime<Utc>) {
        let _ = now;
        if self.status == Status::Waiting {
            self.status = Status::InReview;
        }
    }

    /// A linked change moved on.
    pub fn follow_change(&mut self, status: Status, now: DateTime<Utc>) {
        if self.status.is_open() {
            self.hear_back(now);
            self.status = status;
        }
    }

    /// The outcome stands; telling comes next.
    pub fn resolve(&mut self, outcome: Outcome, text: &str, now: DateTime<Utc>) -> Result<()> {
        self.must_be_open()?;
        self.hear_back(now);
        self.status = Status::Resolved;
        self.responded_at.get_or_insert(now.into());
        self.resolved_at = Some(now.into());
        self.outcome = Some(outcome);
        self.resolution = Some(text.to_owned());
        Ok(())
    }

    /// The originator knows, or cannot be told: only now is it closed.
    pub fn told(&mut self, how: ToldHow, at: DateTime<Utc>) {
        if self.status == Status::Resolved {
            self.status = Status::Closed;
            self.told_at = Some(at.into());
            self.told_how = Some(how);
        }
    }

    /// The originator says that it helped.
    pub fn confirm(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.must_be_answerable()?;
        self.told(ToldHow::Page, now);
        self.helped = Some(true);
        self.helped_at = Some(now.into());
        Ok(())
    }

    /// The originator says that it did not: the work goes on, with time to do it.
    pub fn reopen(&mut self, promise: Promise, now: DateTime<Utc>) -> Result<()> {
        self.must_be_answerable()?;
        self.status = if self.owner_id.is_some() { Status::InReview } else { Status::New };
        self.helped = Some(false);
        self.helped_at = Some(now.into());
        self.reopened += 1;
        (self.resolved_at, self.outcome, self.resolution) = (None, None, None);
        (self.told_at, self.told_how) = (None, None);
        // They were answered once: what is promised now is a solution, counted from today.
        self.set_deadlines(Deadlines { respond_by: *self.respond_by, ..Deadlines::from(promise, now) });
        Ok(())
    }

    /// Whether "Did this solve it?" may be asked.
    pub fn is_answerable(&self) -> bool {
        !self.status.is_open() && self.helped != Some(true)
    }

    fn must_be_open(&self) -> Result<()> {
        if self.status.is_open() { Ok(()) } else { Err(Error::Conflict("error-case-is-resolved")) }
    }

    fn must_be_answerable(&self) -> Result<()> {
        if self.is_answerable() { Ok(()) } else { Err(Error::Conflict("error-already-answered")) }
    }

    pub fn deadlines(&self) -> Deadlines {
        Deadlines { respond_by: *self.respond_by, resolve_by: *self.resolve_by, tell_by: *self.tell_by }
    }

    fn set_deadlines(&mut self, due: Deadlines) {
        (self.respond_by, self.resolve_by, self.tell_by) =
            (due.respond_by.into(), due.resolve_by.into(), due.tell_by.into());
    }

    /// The deadline that follows from what has happened.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.deadlines().next(Done {
            responded: self.responded_at.is_some(),
            waiting: self.status == Status::Waiting,
            resolved: self.resolved_at.is_some(),
            told: self.status == Status::Closed,
        })
    }

    /// How far the loop is: heard, decided, done, told, helped. The first is always true.
    pub fn steps(&self) -> [bool; 5] {
        let done = !self.status.is_open();
        let decided = done || matches!(self.status, Status::Decided | Status::Doing);
        let told = self.status == Status::Closed && matches!(self.told_how, Some(ToldHow::Mail | ToldHow::Page));
        [true, decided, done, told, self.helped == Some(true)]
    }
}

/// A gap that a deadline badge calls "soon".
pub const SOON: Duration = Duration::hours(24);

#[cfg(test)]
mod tests {
    use super::*;

    const PROMISE: Promise = Promise { respond_hours: 24, resolve_days: 10, tell_days: 12 };

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::hours(hours)
    }

    fn case() -> Case {
        let due = Deadlines::from(PROMISE, at(0));
        Case {
            id: 1,
            status: Status::New,
            owner_id: None,
            team_id: None,
            primary_id: None,
            version: 1,
            respond_by: due.respond_by.into(),
            resolve_by: due.resolve_by.into(),
            tell_by: due.tell_by.into(),
            next_due: None,
            responded_at: None,
            resolved_at: None,
            outcome: None,
            resolution: None,
            told_at: None,
            told_how: None,
            helped: None,
            helped_at: None,
            reopened: 0,
            updated_at: at(0).into(),
        }
    }

    #[test]
    fn waiting_stops_the_clock_and_writing_back_moves_it() -> Result<()> {
        let mut case = case();
        case.respond(true, at(2))?;
        assert_eq!((case.status, case.due()), (Status::Waiting, None));
        case.hear_back(at(50));
        assert_eq!((case.status, case.due()), (Status::InReview, Some(at(240 + 48))));
        Ok(())
    }

    #[test]
    fn closed_only_when_told() -> Result<()> {
        let mut case = case();
        case.told(ToldHow::Mail, at(1));
        assert_eq!(case.status, Status::New, "there was nothing to tell yet");
        case.resolve(Outcome::Solved, "Done", at(3))?;
        assert_eq!((case.status, case.due()), (Status::Resolved, Some(at(12 * 24))));
        assert!(case.resolve(Outcome::Solved, "Again", at(3)).is_err());
        case.told(ToldHow::Mail, at(4));
        assert_eq!((case.status, case.due(), case.steps()), (Status::Closed, None, [true, true, true, true, false]));
        Ok(())
    }

    #[test]
    fn no_reopens_and_yes_stands() -> Result<()> {
        let mut case = case();
        assert!(case.confirm(at(1)).is_err(), "nothing to confirm yet");
        case.assign(Some(7), None);
        case.resolve(Outcome::Solved, "Done", at(3))?;
        case.told(ToldHow::Mail, at(4));
        case.reopen(PROMISE, at(100))?;
        assert_eq!((case.status, case.reopened, case.due()), (Status::InReview, 1, Some(at(100 + 240))));
        case.resolve(Outcome::Solved, "Really", at(110))?;
        case.confirm(at(111))?;
        assert_eq!((case.status, case.told_how), (Status::Closed, Some(ToldHow::Page)));
        assert!(case.reopen(PROMISE, at(112)).is_err());
        Ok(())
    }

    #[test]
    fn a_person_who_cannot_be_told_is_not_counted_as_told() -> Result<()> {
        let mut case = case();
        case.resolve(Outcome::NotPossible, "No", at(3))?;
        case.told(ToldHow::NoAddress, at(3));
        assert_eq!((case.status, case.steps()[3]), (Status::Closed, false));
        Ok(())
    }
}
