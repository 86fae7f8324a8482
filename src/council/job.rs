//! What the council does by itself: plans its meetings, fills the next agenda, invites, reminds, ends what nobody ended.

use super::agenda::{self, Candidate};
use super::invite::{self, Why};
use super::meeting::run;
use super::store::{Council, Meeting};
use super::{actions, calendar, councils};
use crate::cases::actions::Desk;
use crate::config::Weights;
use crate::db::Conn;
use crate::db::schema::meetings;
use crate::db::types::Ts;
use crate::error::Result;
use chrono::Duration;
use chrono_tz::Tz;
use diesel::prelude::*;

/// So long before a meeting its members are invited.
const INVITE: Duration = Duration::days(21);
/// So long before it they are reminded.
const REMIND: Duration = Duration::hours(24);
/// Whoever was invited within this time of the meeting needs no reminder.
const FRESH: Duration = Duration::hours(36);

/// What could stand on the next agenda of each council; read before anything is written, so that the writer is not kept.
pub type Found = Vec<(Meeting, Vec<Candidate>)>;

/// Looks through the backlog for the next meetings.
pub fn look(c: &mut Conn, desk: &Desk, weights: Weights) -> Result<Found> {
    let mut found = Vec::new();
    for council in councils::open(c)? {
        if let Some(next) = calendar::ahead(c, council.id, desk.now)?.into_iter().next() {
            let candidates = agenda::candidates(c, &council, &next, weights)?;
            found.push((next, candidates));
        }
    }
    Ok(found)
}

/// Does what is due, and nothing twice.
pub fn step(c: &mut Conn, desk: &Desk, found: Found, zone: Tz) -> Result<()> {
    run::end_forgotten(c, desk.now)?;
    for council in councils::open(c)? {
        calendar::plan(c, desk, &council)?;
    }
    for (seen, candidates) in found {
        // It may have been frozen, moved or called off since it was looked at.
        let meeting = calendar::find(c, seen.id)?;
        let council = councils::find(c, meeting.council_id)?;
        agenda::fill::fill(c, desk, &council, &meeting, candidates)?;
    }
    for council in councils::open(c)? {
        for meeting in calendar::ahead(c, council.id, desk.now)? {
            invite(c, desk, &council, &meeting)?;
            remind(c, desk, &meeting)?;
        }
    }
    actions::remind(c, desk, zone)?;
    Ok(())
}

fn invite(c: &mut Conn, desk: &Desk, council: &Council, meeting: &Meeting) -> Result<()> {
    let left = *meeting.starts_at - desk.now;
    if meeting.invited_at.is_some() || left > INVITE || super::members::list(c, council.id)?.is_empty() {
        return Ok(());
    }
    let now = Some(Ts::from(desk.now));
    let row = meetings::table.find(meeting.id).filter(meetings::invited_at.is_null());
    let set = (meetings::invited_at.eq(now), meetings::reminded_at.eq(now.filter(|_| left < FRESH)));
    if diesel::update(row).set(set).execute(c)? == 1 {
        invite::everybody(c, desk, meeting, Why::Invited)?;
    }
    Ok(())
}

fn remind(c: &mut Conn, desk: &Desk, meeting: &Meeting) -> Result<()> {
    if meeting.invited_at.is_none() || meeting.reminded_at.is_some() || *meeting.starts_at - desk.now > REMIND {
        return Ok(());
    }
    let row = meetings::table.find(meeting.id).filter(meetings::reminded_at.is_null());
    if diesel::update(row).set(meetings::reminded_at.eq(Some(Ts::from(desk.now)))).execute(c)? == 1 {
        invite::everybody(c, desk, meeting, Why::Reminded)?;
    }
    Ok(())
}
