//! Deciding an item. It stands in the minutes at once; it takes effect when the minutes are signed, so that it can be put
//! right until then and nobody is told twice. Without a quorum it is a recommendation until a meeting that has one
//! ratifies it.

use super::carry::carry_out;
use super::quorum;
use super::room;
use super::ruling::{Circumstances, Quota, Ruling, Typed};
use super::run;
use super::votes;
use crate::backlog::quick_fixes::month_of;
use crate::cases;
use crate::cases::actions::Desk;
use crate::council::model::{Decision, ItemState, Stage};
use crate::council::store::{Council, Item, Meeting};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use chrono::{DateTime, Utc};
use serde_json::json;

/// The quick fixes of this month, without one item.
pub fn quota(c: &mut Conn, council: &Council, besides: Option<i64>, now: DateTime<Utc>) -> Result<Quota> {
    let zone = council.zone()?;
    let month = month_of(now.with_timezone(&zone).date_naive(), zone);
    let taken = room::fixes(c, council.id, month, besides)?;
    Ok(Quota { taken, most: i64::from(council.quota) })
}

/// Whether enough seats are taken in this moment.
pub fn has_quorum(c: &mut Conn, meeting: &Meeting) -> Result<bool> {
    let (members, present) = (room::seats(c, meeting.council_id)?, room::present(c, meeting.id)?);
    let needed = room::quorum(c, meeting.council_id)?;
    Ok(quorum::is_met(&quorum::strengths(&members, &present, &needed)))
}

/// Decides the item on the screen, or decides it differently.
pub fn decide(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64, typed: &Typed, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = run::steer(c, viewer, id)?;
    let mut item = run::on_screen(c, &meeting, item_id)?;
    if item.state == ItemState::Voting {
        return Err(Error::Conflict("error-vote-is-open"));
    }
    let (before, enough) = (item.decision, has_quorum(c, &meeting)?);
    rule(c, viewer, &meeting, &mut item, typed, now)?;
    // The same decision in other words stays as strong as it was.
    if item.decision != before {
        item.recommended = !enough && item.decision != Some(Decision::Noted);
    }
    meeting.read_back_at = None;
    room::save_item(c, &item)?;
    Ok(room::save(c, &meeting)?)
}

/// Puts a decision right after the meeting, until the minutes are signed.
pub fn correct(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64, typed: &Typed, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = room::enter(c, id)?;
    if !run::may_chair(c, meeting.council_id, viewer)? {
        return Err(Error::Forbidden);
    }
    if meeting.status != Stage::Ended {
        return Err(Error::Conflict("error-minutes-are-locked"));
    }
    let mut item = room::item(c, id, item_id)?;
    if item.state != ItemState::Done {
        return Err(Error::Conflict("error-not-decided"));
    }
    rule(c, viewer, &meeting, &mut item, typed, now)?;
    // What was read back is no longer what stands there.
    meeting.read_back_at = None;
    room::save_item(c, &item)?;
    Ok(room::save(c, &meeting)?)
}

fn rule(
    c: &mut Conn,
    viewer: &Viewer,
    meeting: &Meeting,
    item: &mut Item,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<()> {
    let (_, council) = room::meeting(c, meeting.id)?;
    let change = votes::change_of(c, item)?;
    let around = Circumstances {
        votable: change.as_ref().is_some_and(votes::is_open),
        // A day that was still to come when it was decided may stay when something else is put right.
        today: item.decided_at.map_or(now, |at| *at).with_timezone(&council.zone()?).date_naive(),
        quota: quota(c, &council, Some(item.id), now)?,
    };
    let ruling = Ruling::checked(typed, &around)?;
    if let Some(owner) = ruling.owner_id
        && cases::store::candidate(c, owner)?.is_none()
    {
        return Err(Error::field("owner", "error-choice"));
    }
    item.stop(now);
    item.rule(ruling, viewer.id, now);
    run::note(c, viewer.by(), meeting, "decided", json!({"item": item.title, "decision": item.decision}), now)
}

impl Item {
    fn rule(&mut self, ruling: Ruling, by: i64, now: DateTime<Utc>) {
        self.state = ItemState::Done;
        // What was ratified was something else.
        if self.decision != Some(ruling.decision) {
            (self.ratified_at, self.ratified_by) = (None, None);
        }
        self.decision = Some(ruling.decision);
        (self.reason, self.owner_id, self.due_on) = (ruling.reason, ruling.owner_id, ruling.due_on);
        (self.quick_fix, self.quota_reason) = (ruling.quick_fix, ruling.quota_reason);
        (self.decided_at, self.decided_by) = (Some(now.into()), Some(by));
    }

    /// Whether it is decided, and not only recommended.
    pub fn binds(&self) -> bool {
        self.state == ItemState::Done && (!self.recommended || self.ratified_at.is_some())
    }
}

/// Makes a recommendation of this or an earlier meeting a decision, in a meeting that has a quorum. If the minutes in
/// which it stands are signed, it takes effect now.
pub fn ratify(c: &mut Conn, desk: &Desk, viewer: &Viewer, id: i64, item_id: i64) -> Result<()> {
    let meeting = run::steer(c, viewer, id)?;
    if !has_quorum(c, &meeting)? {
        return Err(Error::Conflict("error-no-quorum"));
    }
    let waiting = room::recommendations(c, meeting.council_id)?;
    let found = waiting.into_iter().find(|item| item.id == item_id);
    let mut item = found.ok_or(Error::Conflict("error-ratified-already"))?;
    // Taken too: its minutes may be signed at this moment, and one of both carries the decision out.
    let home = room::enter(c, item.meeting_id)?;
    (item.ratified_at, item.ratified_by) = (Some(desk.now.into()), Some(viewer.id));
    if home.status == Stage::Signed {
        carry_out(c, desk, viewer.by(), &mut item)?;
    }
    room::save_item(c, &item)?;
    run::note(c, viewer.by(), &meeting, "ratified", json!({"item": item.title}), desk.now)
}
