//! Meetings are made ahead by the rule of their council, moved and called off.

use super::councils::{self, note};
use super::dates::Date;
use super::model::Stage;
use super::store::{Council, Meeting};
use super::{agenda, invite};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::meetings;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::id;
use crate::journal::By;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// So many meetings stand ahead.
pub const AHEAD: usize = 3;
/// A slot may have been moved so far from its date.
const MOVED: Duration = Duration::days(120);

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Meeting> {
    meetings::table.find(id).select(Meeting::as_select()).first(c)
}

/// What is planned, soonest first. A meeting that should have begun is still planned until somebody begins it.
pub fn planned(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Meeting>> {
    meetings::table
        .filter(meetings::council_id.eq(council_id).and(meetings::status.eq(Stage::Planned)))
        .order(meetings::starts_at)
        .select(Meeting::as_select())
        .load(c)
}

/// What is running now, and what is planned.
pub fn standing(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Meeting>> {
    meetings::table
        .filter(meetings::council_id.eq(council_id))
        .filter(meetings::status.eq(Stage::Planned).or(meetings::status.eq(Stage::Running)))
        .order(meetings::starts_at)
        .select(Meeting::as_select())
        .load(c)
}

/// What is planned and still to come.
pub fn ahead(c: &mut Conn, council_id: i64, now: DateTime<Utc>) -> QueryResult<Vec<Meeting>> {
    Ok(planned(c, council_id)?.into_iter().filter(|meeting| *meeting.starts_at > now).collect())
}

/// What people were invited to and is still to come.
pub fn invited(c: &mut Conn, council_id: i64, now: DateTime<Utc>) -> QueryResult<Vec<Meeting>> {
    Ok(ahead(c, council_id, now)?.into_iter().filter(|meeting| meeting.invited_at.is_some()).collect())
}

/// What is over, latest first.
pub fn past(c: &mut Conn, council_id: i64, most: i64) -> QueryResult<Vec<Meeting>> {
    meetings::table
        .filter(meetings::council_id.eq(council_id))
        .filter(meetings::status.eq(Stage::Ended).or(meetings::status.eq(Stage::Signed)))
        .order(meetings::starts_at.desc())
        .limit(most)
        .select(Meeting::as_select())
        .load(c)
}

/// Everything since then, also what was called off: calendars have to hear of it.
pub fn since(c: &mut Conn, council_id: i64, from: DateTime<Utc>) -> QueryResult<Vec<Meeting>> {
    meetings::table
        .filter(meetings::council_id.eq(council_id).and(meetings::starts_at.ge(Ts::from(from))))
        .order(meetings::starts_at)
        .select(Meeting::as_select())
        .load(c)
}

/// Makes the next meetings that are not there yet; returns how many were made.
pub fn plan(c: &mut Conn, desk: &Desk, council: &Council) -> Result<usize> {
    let known = slots(c, council.id, desk.now)?;
    let (rule, calendar) = (council.rule(desk.now)?, council.calendar(desk));
    let mut made = 0;
    for date in rule.dates(desk.now, calendar).take(AHEAD).filter(|date| !known.contains(&date.slot)) {
        made += usize::from(make(c, council, date)?);
    }
    Ok(made)
}

/// The dates of the rule that were used, also by meetings that people moved or called off.
fn slots(c: &mut Conn, council_id: i64, now: DateTime<Utc>) -> QueryResult<HashSet<DateTime<Utc>>> {
    let rows: Vec<Option<Ts>> = meetings::table
        .filter(meetings::council_id.eq(council_id))
        .filter(meetings::slot_at.gt(Ts::from(now - MOVED)))
        .select(meetings::slot_at)
        .load(c)?;
    Ok(rows.into_iter().flatten().map(|slot| *slot).collect())
}

/// False if there is one at that time: another node was faster, or people called one themselves.
fn make(c: &mut Conn, council: &Council, date: Date) -> QueryResult<bool> {
    let meeting = Meeting { slot_at: Some(date.slot.into()), ..fresh(council.id, date.at) };
    let insert = diesel::insert_into(meetings::table).values(&meeting);
    if Portable(insert.on_conflict((meetings::council_id, meetings::starts_at)).do_nothing()).execute(c)? == 1 {
        return Ok(true);
    }
    // The rule is back to what it was before: so are its dates.
    let withdrawn = meetings::table
        .filter(meetings::council_id.eq(council.id).and(meetings::starts_at.eq(Ts::from(date.at))))
        .filter(meetings::status.eq(Stage::Cancelled).and(meetings::slot_at.is_null()));
    let back = (
        meetings::status.eq(Stage::Planned),
        meetings::slot_at.eq(Some(Ts::from(date.slot))),
        meetings::invited_at.eq(None::<Ts>),
        meetings::reminded_at.eq(None::<Ts>),
        meetings::version.eq(meetings::version + 1),
    );
    Ok(diesel::update(withdrawn).set(back).execute(c)? == 1)
}

/// A meeting that nobody was invited to yet.
pub fn fresh(council_id: i64, starts_at: DateTime<Utc>) -> Meeting {
    Meeting {
        id: id::new_id(),
        council_id,
        starts_at: starts_at.into(),
        slot_at: None,
        status: Stage::Planned,
        frozen_at: None,
        started_at: None,
        ended_at: None,
        chair_id: None,
        join_code: None,
        item_id: None,
        notes: String::new(),
        read_back_at: None,
        signed_by: None,
        signed_at: None,
        invited_at: None,
        reminded_at: None,
        version: 1,
    }
}

/// A meeting beside the rule, called by hand.
pub fn call(c: &mut Conn, desk: &Desk, by: By, council: &Council, at: DateTime<Utc>) -> Result<Meeting> {
    let meeting = fresh(council.id, future(desk, at)?);
    let insert = diesel::insert_into(meetings::table).values(&meeting);
    if Portable(insert.on_conflict((meetings::council_id, meetings::starts_at)).do_nothing()).execute(c)? == 0 {
        return Err(Error::field("day", "error-meeting-there"));
    }
    note(c, desk, by, meeting.id, "meeting_called", json!({"at": at}))?;
    Ok(meeting)
}

/// Another time for a meeting; whoever was invited hears of it.
pub fn reschedule(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    council: &Council,
    meeting: Meeting,
    at: DateTime<Utc>,
) -> Result<()> {
    expect_planned(&meeting)?;
    let at = future(desk, at)?;
    if *meeting.starts_at == at {
        return Ok(());
    }
    let clash = meetings::table
        .filter(meetings::council_id.eq(council.id).and(meetings::starts_at.eq(Ts::from(at))))
        .select(meetings::id);
    if clash.first::<i64>(c).optional()?.is_some() {
        return Err(Error::field("day", "error-meeting-there"));
    }
    note(c, desk, by, meeting.id, "meeting_moved", json!({"from": *meeting.starts_at, "to": at}))?;
    let set = (
        meetings::starts_at.eq(Ts::from(at)),
        meetings::reminded_at.eq(None::<Ts>),
        meetings::version.eq(meetings::version + 1),
    );
    diesel::update(meetings::table.find(meeting.id)).set(set).execute(c)?;
    if meeting.invited_at.is_some() {
        let moved = find(c, meeting.id)?;
        invite::everybody(c, desk, &moved, invite::Why::Moved)?;
    }
    Ok(())
}

/// Calls a meeting off; whoever was invited hears of it.
pub fn cancel(c: &mut Conn, desk: &Desk, by: By, council: &Council, meeting: Meeting) -> Result<()> {
    expect_planned(&meeting)?;
    note(c, desk, by, meeting.id, "meeting_cancelled", json!({"council": council.name, "at": *meeting.starts_at}))?;
    let set = (meetings::status.eq(Stage::Cancelled), meetings::version.eq(meetings::version + 1));
    diesel::update(meetings::table.find(meeting.id)).set(set).execute(c)?;
    if meeting.invited_at.is_some() {
        let cancelled = find(c, meeting.id)?;
        invite::everybody(c, desk, &cancelled, invite::Why::Cancelled)?;
    }
    Ok(())
}

/// What another rule, place or length means for the meetings ahead: dates the rule no longer has go, those it moved go
/// along, and those that people moved themselves stay where they are.
pub fn follow(c: &mut Conn, desk: &Desk, by: By, before: &Council, after: &Council) -> Result<()> {
    let same = (&before.place, before.minutes, &before.name) == (&after.place, after.minutes, &after.name);
    let (old, new) = (dates(desk, before)?, dates(desk, after)?);
    for meeting in ahead(c, after.id, desk.now)? {
        let Some(slot) = meeting.slot_at.map(|slot| *slot) else { continue };
        let untouched = old.get(&slot) == Some(&*meeting.starts_at);
        match new.get(&slot) {
            None if untouched => withdraw(c, desk, by, after, meeting)?,
            Some(at) if untouched && *at != *meeting.starts_at => reschedule(c, desk, by, after, meeting, *at)?,
            _ => {}
        }
    }
    plan(c, desk, after)?;
    if !same {
        for meeting in invited(c, after.id, desk.now)? {
            touch(c, meeting.id)?;
            let meeting = find(c, meeting.id)?;
            invite::everybody(c, desk, &meeting, invite::Why::Changed)?;
        }
    }
    Ok(())
}

/// Of more meetings than can stand ahead: when the rule wants them, and when they are.
fn dates(desk: &Desk, council: &Council) -> Result<HashMap<DateTime<Utc>, DateTime<Utc>>> {
    let rule = council.rule(desk.now)?;
    Ok(rule.dates(desk.now, council.calendar(desk)).take(4 * AHEAD).map(|date| (date.slot, date.at)).collect())
}

/// Takes back what only the rule had planned. Nothing is left of it where nobody heard of it.
fn withdraw(c: &mut Conn, desk: &Desk, by: By, council: &Council, meeting: Meeting) -> Result<()> {
    if meeting.invited_at.is_none() && agenda::is_untouched(c, meeting.id)? {
        agenda::clear(c, meeting.id)?;
        diesel::delete(meetings::table.find(meeting.id)).execute(c)?;
        return Ok(());
    }
    let id = meeting.id;
    cancel(c, desk, by, council, meeting)?;
    // The slot is free again, should the rule come back to it.
    diesel::update(meetings::table.find(id)).set(meetings::slot_at.eq(None::<Ts>)).execute(c)?;
    Ok(())
}

/// Tells every screen that this meeting looks different now.
pub fn touch(c: &mut Conn, meeting_id: i64) -> QueryResult<()> {
    let row = diesel::update(meetings::table.find(meeting_id));
    row.set(meetings::version.eq(meetings::version + 1)).execute(c).map(|_| ())
}

fn expect_planned(meeting: &Meeting) -> Result<()> {
    if meeting.status == Stage::Planned { Ok(()) } else { Err(Error::Conflict("error-meeting-not-planned")) }
}

fn future(desk: &Desk, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    if at > desk.now { Ok(at) } else { Err(Error::field("day", "error-meeting-past")) }
}

/// The council of a meeting, and the meeting, for whoever runs it.
pub fn to_run(c: &mut Conn, viewer: &crate::web::Viewer, id: i64) -> Result<(Council, Meeting)> {
    let meeting = find(c, id)?;
    Ok((councils::to_run(c, viewer, meeting.council_id)?, meeting))
}
