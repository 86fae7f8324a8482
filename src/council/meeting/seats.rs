//! Taking a seat and leaving it. Whoever has the code names themselves: the room sees on the wall who sits where, and the
//! chair can send away whoever is not there.

use super::quorum::{self, Present};
use super::room;
use super::run;
use crate::council::store::Meeting;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use chrono::{DateTime, Utc};

/// Sits down in the seat of a member: one's own, or as their delegate.
pub fn join(c: &mut Conn, id: i64, person: i64, member_id: i64, now: DateTime<Utc>) -> Result<Meeting> {
    let meeting = run::running(c, id)?;
    let (members, present) = (room::seats(c, meeting.council_id)?, room::present(c, id)?);
    let seat = quorum::take(&members, &present, person, member_id)?;
    room::sit(c, id, Present { member_id, person_id: person, seat }, now)?;
    Ok(meeting)
}

/// The seat somebody holds in a meeting, if nobody took it over.
pub fn held(c: &mut Conn, id: i64, person: i64) -> Result<Option<Present>> {
    Ok(quorum::seat_held(&room::present(c, id)?, person))
}

/// Has to go before the end.
pub fn leave(c: &mut Conn, id: i64, person: i64, now: DateTime<Utc>) -> Result<()> {
    run::running(c, id)?;
    match held(c, id, person)? {
        Some(there) => Ok(room::leave(c, id, there.member_id, now)?),
        None => Ok(()),
    }
}

/// The chair frees a seat whose holder is not there, or is somebody else. Whoever was sent away knows the old code, so
/// there is a new one.
pub fn free(c: &mut Conn, viewer: &Viewer, id: i64, member_id: i64, now: DateTime<Utc>) -> Result<()> {
    let mut meeting = run::steer(c, viewer, id)?;
    meeting.join_code = Some(run::new_code());
    room::save(c, &meeting)?;
    Ok(room::leave(c, id, member_id, now)?)
}

/// The seat of somebody who votes, or why they have none.
pub fn seated(c: &mut Conn, id: i64, person: i64) -> Result<Present> {
    held(c, id, person)?.ok_or(Error::Conflict("error-no-seat"))
}

/// Whether somebody belongs to a council, by themselves or for somebody.
pub fn belongs(c: &mut Conn, council_id: i64, person: i64) -> Result<bool> {
    Ok(quorum::belongs(&room::seats(c, council_id)?, person))
}
