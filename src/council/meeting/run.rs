//! Starting, steering and ending a meeting. One person holds the chair; another who may chair can take it over, and the
//! first is told so when they go on.

use super::quorum::{self, Present};
use super::room;
use crate::council::model::{ItemState, Stage};
use crate::council::store::{Item, Meeting};
use crate::db::Conn;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Duration, Utc};
use diesel::OptionalExtension;
use serde_json::{Value, json};

/// How many characters phones type to join: a thousand million codes, and few tries a minute.
const CODE: usize = 6;
/// A meeting that runs so long was left behind.
pub const LONGEST: Duration = Duration::hours(6);

/// Whether somebody may hold the chair of a council: whoever chairs it, their delegate, or an administrator.
pub fn may_chair(c: &mut Conn, council_id: i64, viewer: &Viewer) -> Result<bool> {
    Ok(viewer.role == Role::Admin || quorum::may_chair(&room::seats(c, council_id)?, viewer.id))
}

fn permit_chair(c: &mut Conn, council_id: i64, viewer: &Viewer) -> Result<()> {
    if may_chair(c, council_id, viewer)? { Ok(()) } else { Err(Error::Forbidden) }
}

/// Starts a meeting: from now on there is a code to join by, and the agenda stands. Of two who press the button one holds
/// the chair; the other finds it running.
pub fn start(c: &mut Conn, viewer: &Viewer, id: i64, now: DateTime<Utc>) -> Result<()> {
    let (seen, _) = room::meeting(c, id)?;
    permit_chair(c, seen.council_id, viewer)?;
    room::enter_council(c, seen.council_id)?;
    let mut meeting = room::enter(c, id)?;
    match meeting.status {
        Stage::Planned => {}
        Stage::Running => return Ok(()),
        _ => return Err(Error::Conflict("error-meeting-is-over")),
    }
    open(c, &mut meeting, viewer, now)?;
    meeting.started_at = Some(now.into());
    meeting.frozen_at = meeting.frozen_at.or(Some(now.into()));
    room::save(c, &meeting)?;
    sit_down(c, &meeting, viewer, now)?;
    note(c, viewer.by(), &meeting, "started", json!({}), now)
}

/// Goes on with a meeting that was ended too early, as long as its minutes are not signed.
pub fn resume(c: &mut Conn, viewer: &Viewer, id: i64, now: DateTime<Utc>) -> Result<()> {
    let (seen, _) = room::meeting(c, id)?;
    permit_chair(c, seen.council_id, viewer)?;
    room::enter_council(c, seen.council_id)?;
    let mut meeting = room::enter(c, id)?;
    match meeting.status {
        // An older one would be taken for one that was left behind, and ended at once.
        Stage::Ended if meeting.started_at.is_some_and(|at| *at > now - LONGEST) => {}
        Stage::Ended => return Err(Error::Conflict("error-meeting-too-old")),
        _ => return Err(Error::Conflict("error-meeting-moved-on")),
    }
    open(c, &mut meeting, viewer, now)?;
    (meeting.ended_at, meeting.read_back_at) = (None, None);
    room::save(c, &meeting)?;
    note(c, viewer.by(), &meeting, "resumed", json!({}), now)
}

fn open(c: &mut Conn, meeting: &mut Meeting, viewer: &Viewer, now: DateTime<Utc>) -> Result<()> {
    if room::running(c, meeting.council_id)?.is_some_and(|other| other != meeting.id) {
        return Err(Error::Conflict("error-other-meeting-runs"));
    }
    meeting.status = Stage::Running;
    meeting.chair_id = Some(viewer.id);
    meeting.join_code = Some(new_code());
    let first = room::items(c, meeting.id)?.into_iter().find(|item| item.state != ItemState::Done);
    put_on_screen(c, meeting, first, now)
}

/// Whoever chairs and is a member is there.
fn sit_down(c: &mut Conn, meeting: &Meeting, viewer: &Viewer, now: DateTime<Utc>) -> Result<()> {
    let (members, present) = (room::seats(c, meeting.council_id)?, room::present(c, meeting.id)?);
    if let Ok(seat) = quorum::take(&members, &present, viewer.id, viewer.id) {
        room::sit(c, meeting.id, Present { member_id: viewer.id, person_id: viewer.id, seat }, now)?;
    }
    Ok(())
}

/// What phones type to join.
pub fn new_code() -> String {
    id::secret().chars().take(CODE).collect()
}

/// Takes the chair over from whoever holds it.
pub fn take_chair(c: &mut Conn, viewer: &Viewer, id: i64, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = running(c, id)?;
    permit_chair(c, meeting.council_id, viewer)?;
    meeting.chair_id = Some(viewer.id);
    room::save(c, &meeting)?;
    sit_down(c, &meeting, viewer, now)?;
    note(c, viewer.by(), &meeting, "took_chair", json!({}), now)
}

/// The running meeting, for whoever holds its chair.
pub fn steer(c: &mut Conn, viewer: &Viewer, id: i64) -> Result<Meeting> {
    let meeting = running(c, id)?;
    if meeting.chair_id == Some(viewer.id) {
        return Ok(meeting);
    }
    permit_chair(c, meeting.council_id, viewer)?;
    Err(Error::Conflict("error-other-chair"))
}

/// The item on the screen, if it is the one a button was pressed for: with two windows open, one may be behind.
pub fn on_screen(c: &mut Conn, meeting: &Meeting, item_id: i64) -> Result<Item> {
    if meeting.item_id != Some(item_id) {
        return Err(Error::Conflict("error-meeting-moved-on"));
    }
    Ok(room::item(c, meeting.id, item_id)?)
}

/// The meeting, taken, if it runs.
pub fn running(c: &mut Conn, id: i64) -> Result<Meeting> {
    let meeting = room::enter(c, id)?;
    match meeting.status {
        Stage::Running => Ok(meeting),
        Stage::Planned => Err(Error::Conflict("error-meeting-not-started")),
        _ => Err(Error::Conflict("error-meeting-is-over")),
    }
}

/// Puts an item on the screen. A vote that was going on is broken off: its votes are forgotten unseen.
pub fn show(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = steer(c, viewer, id)?;
    let item = room::item(c, id, item_id)?;
    put_on_screen(c, &mut meeting, Some(item), now)?;
    Ok(room::save(c, &meeting)?)
}

fn put_on_screen(c: &mut Conn, meeting: &mut Meeting, item: Option<Item>, now: DateTime<Utc>) -> Result<()> {
    take_off(c, meeting, now)?;
    meeting.item_id = item.as_ref().map(|item| item.id);
    if let Some(mut item) = item {
        // Read before the one on the screen was put down: it may be the same.
        item = room::item(c, meeting.id, item.id)?;
        if item.state != ItemState::Done {
            item.shown_at = Some(now.into());
            room::save_item(c, &item)?;
        }
    }
    Ok(())
}

/// Takes what is on the screen off it: its clock stops, an unfinished vote never was.
fn take_off(c: &mut Conn, meeting: &mut Meeting, now: DateTime<Utc>) -> Result<()> {
    let Some(id) = meeting.item_id.take() else { return Ok(()) };
    let Some(mut item) = room::item(c, meeting.id, id).optional()? else { return Ok(()) };
    item.stop(now);
    if item.state == ItemState::Voting {
        item.state = ItemState::Waiting;
        room::forget_votes(c, id)?;
    }
    Ok(room::save_item(c, &item)?)
}

/// Ends a meeting: the code is no good any more, what was not decided stays undecided.
pub fn end(c: &mut Conn, viewer: &Viewer, id: i64, now: DateTime<Utc>) -> Result<()> {
    let meeting = steer(c, viewer, id)?;
    finish(c, viewer.by(), meeting, now)
}

fn finish(c: &mut Conn, by: By, mut meeting: Meeting, now: DateTime<Utc>) -> Result<()> {
    take_off(c, &mut meeting, now)?;
    meeting.status = Stage::Ended;
    meeting.ended_at = Some(now.into());
    meeting.join_code = None;
    room::save(c, &meeting)?;
    note(c, by, &meeting, "ended", json!({}), now)
}

/// Ends meetings that nobody ended; returns how many.
pub fn end_forgotten(c: &mut Conn, now: DateTime<Utc>) -> Result<usize> {
    let mut ended = 0;
    for id in room::running_since(c, now - LONGEST)? {
        let meeting = room::enter(c, id)?;
        // Another node may have been quicker, or somebody goes on with it.
        if meeting.status == Stage::Running && meeting.started_at.is_some_and(|at| *at <= now - LONGEST) {
            finish(c, By::SYSTEM, meeting, now)?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Writes down what happened in a meeting.
pub fn note(c: &mut Conn, by: By, meeting: &Meeting, event: &str, data: Value, now: DateTime<Utc>) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Council, meeting.id, event, data, now))?;
    Ok(())
}

impl Item {
    /// How long it was on the screen so far.
    pub fn elapsed(&self, now: DateTime<Utc>) -> i64 {
        let showing = self.shown_at.map_or(0, |since| (now - *since).num_seconds().max(0));
        i64::from(self.seconds) + showing
    }

    /// Stops its clock.
    pub fn stop(&mut self, now: DateTime<Utc>) {
        self.seconds = i32::try_from(self.elapsed(now)).unwrap_or(i32::MAX);
        self.shown_at = None::<Ts>;
    }
}
