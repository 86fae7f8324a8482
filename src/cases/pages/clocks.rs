//! What was promised, by which policy, and how it stands: kept, missed, running or paused, and why.

use crate::cases::badge::Urgency;
use crate::cases::model::{Case, SOON};
use crate::i18n::{self, Arg, Lang};
use crate::rules::Rulebook;
use crate::sla::clock::{Reason, State};
use crate::sla::policy::{Span, Target, Terms};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

/// The panel.
#[derive(Serialize)]
pub struct Clocks {
    policy: Option<String>,
    promises: Vec<Promise>,
    snoozed_until: Option<DateTime<Utc>>,
}

/// One promise.
#[derive(Serialize)]
struct Promise {
    name: String,
    /// kept, ok, soon, late, paused or none; decides icon and colour.
    state: &'static str,
    text: String,
    /// The deadline, or when it was kept.
    at: Option<DateTime<Utc>>,
    /// "in 24 hours of working time"
    promised: String,
}

/// How the promises of a case stand.
pub fn clocks(rules: &Rulebook, case: &Case, lang: Lang, now: DateTime<Utc>) -> Clocks {
    let terms = rules.terms(case.policy_id, case.team_id);
    let at = At { case, terms: &terms, lang, now };
    Clocks {
        policy: rules.policy(case.policy_id).map(|policy| policy.name.clone()),
        promises: Target::ALL.iter().filter_map(|target| at.promise(*target)).collect(),
        snoozed_until: case.snoozed_until.map(|until| *until),
    }
}

struct At<'a> {
    case: &'a Case,
    terms: &'a Terms<'a>,
    lang: Lang,
    now: DateTime<Utc>,
}

impl At<'_> {
    /// None while nothing of the kind is promised: an answer to a message that nobody wrote.
    fn promise(&self, target: Target) -> Option<Promise> {
        if target == Target::NextResponse && self.case.clock.unanswered_since.is_none() {
            return None;
        }
        let span = self.terms.targets.of(target);
        let (state, text, at) = self.standing(target, span);
        let name = self.t(&format!("promise-{target}"), &[]);
        Some(Promise { name, state, text, at, promised: promised(self.lang, span) })
    }

    fn standing(&self, target: Target, span: Span) -> (&'static str, String, Option<DateTime<Utc>>) {
        let (clock, progress) = (&self.case.clock, self.case.progress());
        let missed = clock.missed.contains(&target);
        if let Some(done) = progress.done(clock, target) {
            let (state, key) = if missed { ("late", "promise-late-done") } else { ("kept", "promise-kept") };
            return (state, self.t(key, &[]), Some(done));
        }
        if let (Target::TellBack, true, Some(how)) = (target, progress.untold, self.case.told_how) {
            return ("none", self.t(&format!("told-{how}"), &[]), None);
        }
        let due = clock.deadline(target, span, self.terms);
        match clock.state() {
            _ if missed => ("late", self.late(due), due),
            State::Stopped => ("none", self.t("promise-stopped", &[]), None),
            State::Paused => ("paused", self.paused(target, span), None),
            State::Running | State::Telling => self.running(due),
        }
    }

    fn running(&self, due: Option<DateTime<Utc>>) -> (&'static str, String, Option<DateTime<Utc>>) {
        match due {
            Some(at) if at < self.now => (Urgency::Late.as_str(), self.late(due), due),
            Some(at) => {
                let state = if at - self.now < SOON { Urgency::Soon } else { Urgency::Ok };
                (state.as_str(), self.t("promise-left", &[("text", self.length(at - self.now).into())]), due)
            }
            None => ("none", self.t("promise-stopped", &[]), None),
        }
    }

    fn late(&self, due: Option<DateTime<Utc>>) -> String {
        let since = due.map_or(Duration::zero(), |due| self.now - due);
        self.t("promise-late", &[("text", self.length(since).into())])
    }

    fn paused(&self, target: Target, span: Span) -> String {
        let left = span.length() - self.case.clock.used(target, span, self.terms, self.now);
        let why = match self.case.clock.reason() {
            Reason::Snoozed => "promise-paused-snoozed",
            Reason::Change => "promise-paused-change",
            _ => "promise-paused-waiting",
        };
        self.t(why, &[("left", self.length(left).into())])
    }

    /// A length of time that is not broken over two lines.
    fn length(&self, length: Duration) -> String {
        i18n::duration(self.lang, length).replace(' ', "\u{a0}")
    }

    fn t(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        i18n::t(self.lang, key, args)
    }
}

/// "in 24 hours of working time", "in 10 days"
fn promised(lang: Lang, span: Span) -> String {
    let (key, n) = match span {
        Span::Working(minutes) if minutes % 60 == 0 => ("promised-in-hours", minutes / 60),
        Span::Working(minutes) => ("promised-in-minutes", minutes),
        Span::Days(days) => ("promised-in-days", days),
    };
    i18n::t(lang, key, &[("n", Arg::from(n))])
}
