//! The sweep: warns at a share of a target, says when one was missed, raises it up the ladder, wakes what was put off,
//! and writes down that "Did this solve it?" got no answer. Each once, whichever node gets there first: what is said is
//! written in the transaction that moves the case's `alert_at` on.

use super::actions::{Desk, Why, note_event, notify_all};
use super::model::Case;
use super::store;
use crate::db::Conn;
use crate::error::Result;
use crate::journal::By;
use crate::sla::clock::{Settled, State};
use crate::sla::policy::{Target, Terms};
use crate::sla::standing::ANSWER_WITHIN;
use chrono::{DateTime, Utc};
use serde_json::json;

/// What the sweep finds to say about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Woken,
    NoAnswer,
    Warned(Target),
    /// Whether its owner hears of it: for the first that breaks.
    Missed(Target, bool),
    /// To the lead (2), the head (3).
    Raised(i32),
}

/// Looks at up to `most` cases whose time has come; returns how many there were.
pub fn sweep(c: &mut Conn, desk: &Desk, most: i64) -> Result<usize> {
    let due = store::alerted(c, desk.now, most)?;
    let mut told = Vec::new();
    for (mut case, said) in due.iter().cloned() {
        let terms = desk.rules.terms(case.policy_id, case.team_id);
        let findings = look(&mut case, &terms, desk.now);
        store::save_swept(c, &mut case)?;
        for finding in findings {
            let event_id = record(c, desk, &case, finding)?;
            told.extend(readers(desk, &case, finding).map(|(reader, why)| (reader, why, event_id, said.clone())));
        }
    }
    notify_all(c, desk, told)?;
    Ok(due.len())
}

/// What is to be said about a case now; moves it on. Pure.
pub fn look(case: &mut Case, terms: &Terms<'_>, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if case.snoozed_until.is_some_and(|until| *until <= now) {
        case.wake(now);
        findings.push(Finding::Woken);
    }
    if case.clock.asked_at.is_some_and(|at| at + ANSWER_WITHIN <= now) {
        case.no_answer();
        findings.push(Finding::NoAnswer);
    }
    for (target, how) in case.settle(terms, now) {
        if how == Settled::Missed {
            findings.push(Finding::Missed(target, case.escalation == 0));
            case.escalation = case.escalation.max(1);
        }
    }
    findings.extend(warnings(case, terms, now));
    findings.extend(climb(case, terms, now));
    case.derive(terms, now);
    findings
}

fn warnings(case: &mut Case, terms: &Terms<'_>, now: DateTime<Utc>) -> Vec<Finding> {
    let progress = case.progress();
    let mut found = Vec::new();
    if !matches!(case.clock.state(), State::Running | State::Telling) {
        return found;
    }
    for target in Target::ALL {
        let fresh = !case.clock.warned.contains(target) && !case.clock.missed.contains(target);
        let near = case.clock.warning(*target, terms.targets.of(*target), terms).is_some_and(|at| at <= now);
        if fresh && near && progress.is_open(&case.clock, *target) {
            case.clock.warned.push(*target);
            found.push(Finding::Warned(*target));
        }
    }
    found
}

/// Raises a broken promise when it has been broken for long enough; after an outage straight to where it belongs.
fn climb(case: &mut Case, terms: &Terms<'_>, now: DateTime<Utc>) -> Option<Finding> {
    let progress = case.progress();
    let broken = case.clock.missed.iter().filter(|target| progress.is_open(&case.clock, **target));
    let since = broken.filter_map(|t| case.clock.deadline(*t, terms.targets.of(*t), terms)).min()?;
    if case.clock.state() == State::Paused {
        return None;
    }
    let level = match () {
        () if terms.after(since, terms.ladder.head) <= now => 3,
        () if terms.after(since, terms.ladder.lead) <= now => 2,
        () => return None,
    };
    (level > case.escalation).then(|| {
        case.escalation = level;
        Finding::Raised(level)
    })
}

fn record(c: &mut Conn, desk: &Desk, case: &Case, finding: Finding) -> Result<i64> {
    let (event, data) = match finding {
        Finding::Woken => ("woken".to_owned(), json!({})),
        Finding::NoAnswer => ("no_answer".to_owned(), json!({})),
        Finding::Warned(target) => (format!("warned_{target}"), json!({})),
        Finding::Missed(target, _) => (format!("missed_{target}"), json!({})),
        Finding::Raised(level) => ("raised".to_owned(), json!({"level": level})),
    };
    note_event(c, desk, By::SYSTEM, case.id, &event, data)
}

/// Who hears of it. Without an owner the lead does, without a lead the head: a broken promise always finds somebody
/// where the team has anybody.
fn readers(desk: &Desk, case: &Case, finding: Finding) -> impl Iterator<Item = (i64, Why)> + use<> {
    let team = desk.rules.team(case.team_id);
    let lead = team.lead_id.or(team.head_id);
    match finding {
        Finding::Warned(_) => case.owner_id.or(lead).map(|reader| (reader, Why::Warned)),
        Finding::Missed(_, true) => case.owner_id.or(lead).map(|reader| (reader, Why::Missed)),
        Finding::Raised(2) => lead.map(|reader| (reader, Why::Raised)),
        Finding::Raised(_) => team.head_id.or(team.lead_id).map(|reader| (reader, Why::Raised)),
        Finding::Missed(_, false) | Finding::Woken | Finding::NoAnswer => None,
    }
    .into_iter()
}
