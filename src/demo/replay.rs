//! Plays the story through the product's own verbs, each at its moment, so that journal, deadlines and outbox are what
//! the product itself would have written.

use super::sample::{From, Sample, unknown};
use super::story::{Days, Moment, Step, story};
use crate::app::App;
use crate::backlog::actions as backlog;
use crate::backlog::model::Status as ChangeStatus;
use crate::backlog::moves;
use crate::backlog::store::Change;
use crate::cases::actions::{self as cases, Decision, Desk, Heard};
use crate::cases::model::Status;
use crate::cases::store::Scope;
use crate::config::Weights;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::actions::{self as feedback, Prepared, Receipt};
use crate::journal::By;
use crate::mail::domains::Limits;
use crate::mail::outbox::{self, Mail};
use crate::mail::transport::Outcome as Sent;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;

/// How long a mail of the story was on its way.
const ON_ITS_WAY: Duration = Duration::seconds(40);
/// What the outbox shows as the server's answer to mails that never left.
const SENT: &str = "demo";
const NOT_TAKEN: &str = "demo: 452 4.2.2 the mailbox is full";

/// A story ready to be played in one transaction.
pub struct Replay {
    sample: Sample,
    days: Days,
    moments: Vec<Moment>,
    desk: Desk,
    tz: chrono_tz::Tz,
    weights: Weights,
    /// By place in the file, until they are taken in.
    prepared: Vec<Option<Prepared>>,
    staff: HashMap<String, Viewer>,
    council: Vec<String>,
    receipts: Vec<Option<Receipt>>,
    changes: Vec<Option<Change>>,
    postman: outbox::Owner,
}

impl Replay {
    /// Reads the sample and works out whatever needs no database.
    pub fn prepare(app: &App, now: DateTime<Utc>) -> Result<Replay> {
        let sample = Sample::read()?;
        let tz = app.config.app.time_zone;
        let days = Days::until(now, tz);
        let moments = story(&sample, &days)?;
        let mut prepared: Vec<Option<Prepared>> = sample.cases.iter().map(|_| None).collect();
        for moment in &moments {
            // In the order of the story, because ids grow.
            if let Step::Receive(n) = moment.step {
                let submission = sample.submission(&sample.cases[n])?;
                prepared[n] = Some(feedback::prepare(app, submission, By::ORIGINATOR, moment.at)?);
            }
        }
        Ok(Replay {
            receipts: sample.cases.iter().map(|_| None).collect(),
            changes: sample.changes.iter().map(|_| None).collect(),
            council: sample.people.iter().filter(|p| p.role == Role::Council).map(|p| p.key.clone()).collect(),
            desk: Desk::at(app, now),
            staff: HashMap::new(),
            postman: outbox::Owner::new(),
            weights: app.config.priority,
            prepared,
            moments,
            sample,
            days,
            tz,
        })
    }

    /// Plays everything; returns the receipt code that is to be printed.
    pub fn play(mut self, c: &mut Conn, password_hash: &str) -> Result<Option<String>> {
        let before = self.moments.first().map_or(self.desk.now, |first| first.at) - Duration::days(7);
        self.staff = super::company::found(c, &self.sample, password_hash, before)?;
        for moment in std::mem::take(&mut self.moments) {
            self.desk.now = moment.at;
            self.step(c, moment.step)?;
            self.deliver(c)?;
        }
        super::rules::arrange(c, &self.desk, &self.staff)?;
        super::council::mark_quick_fixes(c)?;
        super::council::convene(c, &self.desk, &self.staff, self.tz, self.weights)?;
        super::digest::tell(c, &self.desk, self.tz)?;
        self.deliver(c)?;
        let printed = self.sample.cases.iter().position(|case| case.receipt_printed);
        Ok(printed.and_then(|n| self.receipts[n].as_ref()).and_then(|receipt| receipt.code.clone()))
    }

    fn step(&mut self, c: &mut Conn, step: Step) -> Result<()> {
        match step {
            Step::Propose(n) => self.propose(c, n),
            Step::Move(n, to) => self.move_on(c, n, to),
            Step::Receive(n) => self.receive(c, n),
            Step::Take(n) => self.take(c, n),
            Step::Say(n, message) => self.say(c, n, message),
            Step::Link(n) => self.link(c, n),
            Step::Resolve(n) => self.resolve(c, n),
            Step::Answer(n) => {
                let case = &self.sample.cases[n];
                cases::answer(c, &self.desk, self.receipt(n)?.id, case.helped == Some(true), &case.why, false)
            }
        }
    }

    fn propose(&mut self, c: &mut Conn, n: usize) -> Result<()> {
        let change = &self.sample.changes[n];
        let owner = self.person(&change.owner)?.id;
        let sponsor =
            change.sponsor.as_ref().map(|sponsor| self.person(sponsor).map(|person| person.id)).transpose()?;
        self.changes[n] = Some(change.propose(c, &self.desk, &self.days, owner, sponsor)?);
        Ok(())
    }

    fn move_on(&mut self, c: &mut Conn, n: usize, to: ChangeStatus) -> Result<()> {
        let told = &self.sample.changes[n];
        let step = told.step(to, &self.days)?;
        let by = match to {
            ChangeStatus::Accepted | ChangeStatus::Declined | ChangeStatus::NeedsData | ChangeStatus::Deferred => {
                self.councillor(n)?.by()
            }
            _ => self.person(&told.owner)?.by(),
        };
        let change = self.changes[n].as_mut().ok_or_else(|| unknown("the story", &told.key))?;
        moves::advance(c, &self.desk, by, change, step)
    }

    fn receive(&mut self, c: &mut Conn, n: usize) -> Result<()> {
        let prepared = self.prepared[n].take().ok_or_else(|| unknown("the story", &self.sample.cases[n].key))?;
        self.receipts[n] = Some(feedback::take_in(c, prepared, self.tz, self.desk.now)?);
        Ok(())
    }

    /// Most owners take a case themselves; every third is given theirs by the council.
    fn take(&self, c: &mut Conn, n: usize) -> Result<()> {
        let owner = self.owner(n)?;
        let by = if n % 3 == 1 { self.councillor(n)? } else { owner };
        cases::assign(c, &self.desk, Scope::of(by)?, by.by(), &self.receipt(n)?.reference, Some(owner.id))
    }

    fn say(&self, c: &mut Conn, n: usize, message: usize) -> Result<()> {
        let case = &self.sample.cases[n];
        let (said, receipt) = (&case.messages[message], self.receipt(n)?);
        if said.from == From::Originator {
            let heard = Heard { text: said.text.clone(), quoted: None };
            return cases::hear_back(c, &self.desk, receipt.id, heard).map(|_| ());
        }
        let owner = self.owner(n)?;
        let (scope, by, reference) = (Scope::of(owner)?, owner.by(), &receipt.reference);
        match said.from {
            From::Note => cases::note(c, &self.desk, scope, by, reference, &said.text).map(|_| ()),
            _ => cases::reply(c, &self.desk, scope, by, reference, &said.text, case.waits_after(message)),
        }
    }

    fn link(&self, c: &mut Conn, n: usize) -> Result<()> {
        let case = &self.sample.cases[n];
        let change = self.sample.change_of(case)?.and_then(|change| self.changes[change].as_ref());
        let change = change.ok_or_else(|| unknown("the story", &case.key))?;
        let (owner, receipt) = (self.owner(n)?, self.receipt(n)?);
        backlog::link(c, &self.desk, Scope::of(owner)?, owner.by(), &change.reference, &receipt.reference)
    }

    fn resolve(&self, c: &mut Conn, n: usize) -> Result<()> {
        let case = &self.sample.cases[n];
        let (Some(outcome), Some(text)) = (case.outcome, case.resolution.clone()) else {
            return Err(Error::internal(format!("config/demo.toml: {} is resolved without words", case.key)));
        };
        let decision = Decision { outcome, text, change: None };
        let owner = self.owner(n)?;
        cases::resolve(c, &self.desk, Scope::of(owner)?, owner.by(), &self.receipt(n)?.reference, &decision)
    }

    /// What the outbox worker would have done, but nothing leaves: whatever was queued counts as sent. Cases that are
    /// still waiting to be told have a mail that was not taken.
    fn deliver(&self, c: &mut Conn) -> Result<()> {
        let at = self.desk.now + ON_ITS_WAY;
        for (mail, _) in outbox::claim(c, &self.postman, Limits::NONE, at, 1000)?.mails {
            let fate = if self.is_held_up(&mail) { Sent::Failed(NOT_TAKEN.into()) } else { Sent::Sent(SENT.into()) };
            outbox::finish(c, &mail, &self.postman, &fate, at, 0.0)?;
            cases::mail_finished(c, &self.desk.at_moment(at), &mail, &fate)?;
        }
        Ok(())
    }

    fn is_held_up(&self, mail: &Mail) -> bool {
        let Some(case_id) = mail.case_id.filter(|_| mail.template == "closure") else { return false };
        let place = self.receipts.iter().position(|receipt| receipt.as_ref().is_some_and(|r| r.id == case_id));
        place.is_some_and(|n| self.sample.cases[n].stage == Status::Resolved)
    }

    fn receipt(&self, n: usize) -> Result<&Receipt> {
        self.receipts[n].as_ref().ok_or_else(|| unknown("the story", &self.sample.cases[n].key))
    }

    fn owner(&self, n: usize) -> Result<&Viewer> {
        self.person(self.sample.cases[n].owner.as_deref().unwrap_or_default())
    }

    fn councillor(&self, n: usize) -> Result<&Viewer> {
        let key = self.council.get(n % self.council.len().max(1));
        self.person(key.map(String::as_str).unwrap_or_default())
    }

    fn person(&self, key: &str) -> Result<&Viewer> {
        self.staff.get(key).ok_or_else(|| unknown("somebody", key))
    }
}
