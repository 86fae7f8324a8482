//! One change out of several, several out of one, and putting one away: each can be taken back.
//!
//! A change that is merged keeps its own cases; the other one gets them too, marked with where they came from, so that
//! taking it back is exact. Only changes that stand in the backlog can be merged, so nobody can build a circle.

use super::actions::{named, propose, record};
use super::moves::{fall_back, follow};
use super::plan;
use super::store::{self, Change};
use super::{checklist, evidence};
use crate::cases;
use crate::cases::actions::{Desk, note_event};
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::journal::By;
use serde_json::json;

/// Merges a change into another, which goes on for both.
pub fn merge(c: &mut Conn, desk: &Desk, by: By, change: &str, into: &str) -> Result<Change> {
    let (mut change, mut into) = (store::find(c, change)?, store::find(c, into)?);
    if change.id == into.id {
        return Err(Error::field("into", "error-merge-with-itself"));
    }
    for one in [&change, &into] {
        one.must_take_evidence().map_err(|_| Error::field("into", "error-merge-open-only"))?;
    }
    change.merged_into = Some(into.id);
    save_both(c, desk, &mut change, &mut into)?;
    for link in evidence::links(c, change.id)? {
        if store::link_from(c, into.id, link.case_id, link.linked_by, *link.linked_at, Some(change.id))? {
            let (case, _) = cases::store::by_id(c, link.case_id)?;
            note_event(c, desk, by, case.id, "linked", named(&into))?;
        }
        stand_again(c, desk, link.case_id, Some(&into))?;
    }
    record(c, desk, by, &change, "merged", named(&into))?;
    record(c, desk, by, &into, "took_in", named(&change))?;
    Ok(into)
}

/// Takes a merged change back out. What it brought goes with it, unless the people behind it were told already.
pub fn unmerge(c: &mut Conn, desk: &Desk, by: By, change: &str) -> Result<Change> {
    let mut change = store::find(c, change)?;
    let Some(into) = change.merged_into else { return Err(Error::Conflict("error-change-not-merged")) };
    let mut into = store::by_id(c, into)?;
    // What it brought may have gone on with it; that has to come apart first.
    into.must_be_active()?;
    change.merged_into = None;
    save_both(c, desk, &mut change, &mut into)?;
    if !into.status.is_finished() {
        for case_id in evidence::brought_by(c, into.id, change.id)? {
            store::unlink(c, into.id, case_id)?;
            note_event(c, desk, by, case_id, "unlinked", named(&into))?;
            stand_again(c, desk, case_id, Some(&change))?;
        }
    }
    record(c, desk, by, &change, "unmerged", named(&into))?;
    record(c, desk, by, &into, "gave_back", named(&change))?;
    Ok(into)
}

/// Always in the order of their ids: two merges of the same pair in both directions cannot both succeed, nor wait for
/// each other.
fn save_both(c: &mut Conn, desk: &Desk, one: &mut Change, other: &mut Change) -> Result<()> {
    let (first, second) = if one.id < other.id { (one, other) } else { (other, one) };
    store::save(c, first, desk.now)?;
    store::save(c, second, desk.now)
}

/// Makes a change of its own of some of the cases behind one; merging it takes that back.
pub fn split(
    c: &mut Conn,
    desk: &Desk,
    scope: Scope,
    by: By,
    from: &str,
    title: &str,
    cases: &[String],
) -> Result<Change> {
    let from = store::find(c, from)?;
    from.must_take_evidence()?;
    if cases.is_empty() {
        return Err(Error::field("case", "error-choose-cases"));
    }
    let mut proposal = from.as_proposed(plan::of(c, from.id)?);
    title.clone_into(&mut proposal.title);
    let part = propose(c, desk, by, proposal)?;
    for reference in cases {
        let (case, _) = cases::store::find(c, scope, reference)?;
        let Some(link) = evidence::link_of(c, from.id, case.id)? else { continue };
        store::unlink(c, from.id, case.id)?;
        store::link(c, part.id, case.id, link.linked_by, *link.linked_at)?;
        note_event(c, desk, by, case.id, "unlinked", named(&from))?;
        note_event(c, desk, by, case.id, "linked", named(&part))?;
        stand_again(c, desk, case.id, None)?;
    }
    record(c, desk, by, &from, "split", named(&part))?;
    record(c, desk, by, &part, "split_off", named(&from))?;
    Ok(part)
}

/// Proposes the same once more, for another place or time: its words, numbers and steps, without the cases.
pub fn duplicate(c: &mut Conn, desk: &Desk, by: By, change: &str, title: &str) -> Result<Change> {
    let change = store::find(c, change)?;
    let mut proposal = change.as_proposed(plan::of(c, change.id)?);
    title.clone_into(&mut proposal.title);
    proposal.target_on = proposal.target_on.filter(|day| *day > desk.today());
    let copy = propose(c, desk, by, proposal)?;
    checklist::copy(c, change.id, copy.id)?;
    record(c, desk, by, &copy, "duplicated", named(&change))?;
    Ok(copy)
}

/// Puts a change away: its cases follow it no longer.
pub fn archive(c: &mut Conn, desk: &Desk, by: By, change: &str) -> Result<()> {
    let mut change = store::find(c, change)?;
    change.must_be_active()?;
    change.archived_at = Some(desk.now.into());
    store::save(c, &mut change, desk.now)?;
    record(c, desk, by, &change, "archived", json!({}))?;
    for link in evidence::links(c, change.id)? {
        stand_again(c, desk, link.case_id, None)?;
    }
    Ok(())
}

/// Brings it back as it was.
pub fn restore(c: &mut Conn, desk: &Desk, by: By, change: &str) -> Result<()> {
    let mut change = store::find(c, change)?;
    if change.archived_at.take().is_none() {
        return Ok(());
    }
    store::save(c, &mut change, desk.now)?;
    record(c, desk, by, &change, "restored", json!({}))?;
    for link in evidence::links(c, change.id)? {
        stand_again(c, desk, link.case_id, Some(&change))?;
    }
    Ok(())
}

/// A case whose changes are others now stands where those stand.
fn stand_again(c: &mut Conn, desk: &Desk, case_id: i64, with: Option<&Change>) -> Result<()> {
    let (case, _) = cases::store::by_id(c, case_id)?;
    fall_back(c, desk, case)?;
    if let Some(change) = with.filter(|change| change.status.of_cases().is_some()) {
        let (case, _) = cases::store::by_id(c, case_id)?;
        follow(c, desk, case, change)?;
    }
    Ok(())
}
