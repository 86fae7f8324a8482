//! The verbs of a change: proposing, editing, and the cases behind it. Where it goes next is in `moves`.

use super::inputs;
use super::model::Status;
use super::moves::{fall_back, follow};
use super::plan::{self, Plan};
use super::proposal::{Kind, Proposal};
use super::store::{self, Change};
use crate::cases;
use crate::cases::actions::{Desk, note_event};
use crate::cases::model::Case;
use crate::cases::store::Scope;
use crate::db::{Conn, search};
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::id;
use crate::journal::{self, By, Event, Subject};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Puts a new change into the backlog.
pub fn propose(c: &mut Conn, desk: &Desk, by: By, proposal: Proposal) -> Result<Change> {
    let proposal = checked(c, proposal)?;
    let plan = proposal.plan.clone();
    let mut change = blank(by, desk.now);
    change.set(proposal);
    store::insert(c, &change)?;
    if plan != Plan::default() {
        plan::save(c, change.id, &plan)?;
    }
    inputs::note(c, None, &change, by, desk.now)?;
    search::index(c, change.id, &words(&change))?;
    record(c, desk, by, &change, "proposed", json!({}))?;
    Ok(change)
}

/// A change of which nothing is said yet.
fn blank(by: By, now: DateTime<Utc>) -> Change {
    Change {
        id: id::new_id(),
        reference: id::reference('C'),
        title: String::new(),
        proposal: String::new(),
        ex: 0,
        cx: 0,
        effort: 1.0,
        confidence: 0.0,
        owner_id: None,
        target_on: None,
        status: Status::Proposed,
        public: false,
        outcome_en: None,
        outcome_ru: None,
        version: 1,
        created_by: by.id,
        created_at: now.into(),
        status_at: now.into(),
        updated_at: now.into(),
        problem: String::new(),
        kind: Kind::Change,
        lever_id: None,
        sponsor_id: None,
        quick_fix: false,
        impact: None,
        delay_cost: None,
        rank: None,
        rank_reason: None,
        back_on: None,
        merged_into: None,
        archived_at: None,
    }
}

/// What a change is found by.
fn words(change: &Change) -> String {
    format!("{} {} {}", change.title, change.problem, change.proposal)
}

/// Edits what is proposed; `version` is the one the editor saw.
pub fn edit(c: &mut Conn, desk: &Desk, by: By, reference: &str, version: i32, proposal: Proposal) -> Result<Change> {
    let proposal = checked(c, proposal)?;
    let mut change = store::find(c, reference)?;
    change.must_be_active()?;
    if change.version != version {
        return Err(Error::Conflict("error-change-changed"));
    }
    let before = change.clone();
    let planned = plan::of(c, change.id)?;
    let fields = differences(&before.as_proposed(planned.clone()), &proposal);
    if planned != proposal.plan {
        plan::save(c, change.id, &proposal.plan)?;
    }
    change.set(proposal);
    store::save(c, &mut change, desk.now)?;
    inputs::note(c, Some(&before), &change, by, desk.now)?;
    search::reindex(c, change.id, &words(&change))?;
    record(c, desk, by, &change, "edited", json!({"fields": fields}))?;
    Ok(change)
}

fn checked(c: &mut Conn, proposal: Proposal) -> Result<Proposal> {
    let proposal = proposal.checked()?;
    for (field, person) in [("owner", proposal.owner_id), ("sponsor", proposal.sponsor_id)] {
        if let Some(person) = person
            && cases::store::candidate(c, person)?.is_none()
        {
            return Err(Error::field(field, "error-choice"));
        }
    }
    if let Some(lever) = proposal.lever_id
        && !store::lever_exists(c, lever)?
    {
        return Err(Error::field("lever", "error-choice"));
    }
    Ok(proposal)
}

/// The names of the fields in which two states of a change differ.
pub fn differences(before: &Proposal, after: &Proposal) -> Vec<&'static str> {
    let pairs = [
        ("kind", before.kind != after.kind),
        ("title", before.title != after.title),
        ("problem", before.problem != after.problem),
        ("proposal", before.proposal != after.proposal),
        ("lever", before.lever_id != after.lever_id),
        ("ex", before.ex != after.ex),
        ("cx", before.cx != after.cx),
        ("effort", before.effort != after.effort),
        ("confidence", before.confidence != after.confidence),
        ("impact", before.impact != after.impact),
        ("delay_cost", before.delay_cost != after.delay_cost),
        ("owner", before.owner_id != after.owner_id),
        ("sponsor", before.sponsor_id != after.sponsor_id),
        ("target_on", before.target_on != after.target_on),
        ("quick_fix", before.quick_fix != after.quick_fix),
        ("public", before.public != after.public),
    ];
    let pairs = pairs.into_iter().chain(before.plan.differences(&after.plan));
    pairs.filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Links a case, and those that were joined to it, as evidence. The cases then follow the change.
pub fn link(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    let (case, _) = cases::store::find(c, scope, case)?;
    let mut linked = cases::store::joined(c, case.id)?.into_iter().map(|(case, _)| case).collect::<Vec<_>>();
    linked.push(case);
    for case in linked {
        link_case(c, desk, by, &change, case)?;
    }
    Ok(())
}

/// Links one case whoever it belongs to.
pub fn link_case(c: &mut Conn, desk: &Desk, by: By, change: &Change, case: Case) -> Result<()> {
    let event = Event::new(by, Subject::Case, case.id, "linked", named(change), desk.now);
    add_evidence(c, desk, event, change, case)
}

/// "Me too": whoever gave the feedback links it to the change they saw.
pub fn link_own(c: &mut Conn, desk: &Desk, change: &Change, case: Case, said: &Feedback) -> Result<()> {
    let event = Event::new(By::ORIGINATOR, Subject::Case, case.id, "linked", named(change), desk.now);
    add_evidence(c, desk, if said.anonymous { event.timeless() } else { event }, change, case)
}

/// The link carries the moment of its event, which for anonymous originators is only a day.
fn add_evidence(c: &mut Conn, desk: &Desk, event: Event, change: &Change, case: Case) -> Result<()> {
    change.must_take_evidence()?;
    // Everybody who sees the change sees its evidence.
    if case.apart {
        return Err(Error::field("case", "error-kept-apart"));
    }
    let now = *event.at;
    if store::link(c, change.id, case.id, event.actor_id, now)? {
        journal::append(c, event)?;
        follow(c, &desk.at_moment(now), case, change)?;
    }
    Ok(())
}

/// Takes a case out of the evidence. It then follows the changes it is still linked to.
pub fn unlink(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    change.must_take_evidence()?;
    let (case, _) = cases::store::find(c, scope, case)?;
    if !store::unlink(c, change.id, case.id)? {
        return Ok(());
    }
    note_event(c, desk, by, case.id, "unlinked", named(&change))?;
    fall_back(c, desk, case)
}

/// What a case remembers of a change.
pub(super) fn named(change: &Change) -> serde_json::Value {
    json!({"change": change.reference, "title": change.title})
}

/// Writes a step of a change down.
pub(super) fn record(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    change: &Change,
    event: &str,
    data: serde_json::Value,
) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Change, change.id, event, data, desk.now))?;
    Ok(())
}
