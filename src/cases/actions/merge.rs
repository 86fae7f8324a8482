//! Merging: a reversible link to the case that answers both. Every originator is still told, each in their own words.

use super::super::model::Case;
use super::super::store::{self, Scope};
use super::{Desk, append, keep, keep_for_originator, note_event, originator_time};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::journal::{By, Event, Subject};
use serde_json::json;

/// Merges a case into another. What was merged into it before goes along.
pub fn merge(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, into: &str) -> Result<()> {
    let (case, said) = store::find(c, scope, reference)?;
    let (target, _) = store::find(c, scope, into).map_err(|e| match e {
        diesel::result::Error::NotFound => Error::field("into", "error-no-such-case"),
        e => e.into(),
    })?;
    // A merged case stands for its primary.
    let (primary, about) = store::by_id(c, target.primary_id.unwrap_or(target.id))?;
    if primary.id == case.id {
        return Err(Error::field("into", "error-merge-itself"));
    }
    if case.apart != primary.apart {
        return Err(Error::field("into", "error-merge-apart"));
    }
    if !case.status.is_open() || !primary.status.is_open() {
        return Err(Error::Conflict("error-case-is-resolved"));
    }
    let followers = store::joined(c, case.id)?.into_iter().map(|(follower, _)| follower);
    for mut case in followers.chain([case]) {
        case.merge(primary.id, desk.now);
        keep(c, desk, &mut case)?;
        note_event(c, desk, by, case.id, "merged", json!({"to": about.reference}))?;
    }
    note_event(c, desk, by, primary.id, "merged_in", json!({"from": said.reference}))?;
    Ok(())
}

/// Lets a merged case go its own way again.
pub fn unmerge(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str) -> Result<()> {
    let (mut case, said) = store::find(c, scope, reference)?;
    let Some(primary) = case.primary_id else { return Ok(()) };
    if !case.status.is_open() {
        return Err(Error::Conflict("error-case-is-resolved"));
    }
    case.unmerge(desk.now);
    keep(c, desk, &mut case)?;
    note_event(c, desk, by, case.id, "unmerged", json!({}))?;
    note_event(c, desk, by, primary, "unmerged_from", json!({"from": said.reference}))?;
    Ok(())
}

/// "Me too": whoever gave the feedback joins it to a case that says the same.
pub fn join(c: &mut Conn, desk: &Desk, feedback_id: i64, primary_id: i64) -> Result<()> {
    let (mut case, said) = store::by_id(c, feedback_id)?;
    let (found, _) = store::by_id(c, primary_id)?;
    let (primary, about): (Case, _) = store::by_id(c, found.primary_id.unwrap_or(found.id))?;
    case.owner_id = primary.owner_id;
    case.team_id = primary.team_id;
    let now = originator_time(&said, desk.now);
    case.merge(primary.id, now);
    keep_for_originator(c, desk, &said, &mut case)?;
    let to = json!({"to": about.reference});
    append(c, &said, Event::new(By::ORIGINATOR, Subject::Case, case.id, "joined", to, now))?;
    Ok(())
}
