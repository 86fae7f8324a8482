//! Who sits in a council, for whom they speak, and who sits in for them.

use super::councils::note;
use super::model::Seat;
use super::store::Member;
use super::{calendar, invite};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{council_members, people};
use crate::error::{Error, Result};
use crate::id;
use crate::journal::By;
use crate::people::absence::colleague;
use crate::people::store;
use diesel::prelude::*;
use serde_json::json;

/// A member with the names a page needs.
#[derive(Clone, Debug)]
pub struct Seated {
    pub member: Member,
    pub name: String,
    pub delegate: Option<String>,
}

/// What a member is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub person_id: i64,
    pub seat: Seat,
    pub chair: bool,
    pub delegate_id: Option<i64>,
}

/// The members of a council: chairs first, then by seat and name.
pub fn list(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Seated>> {
    let delegates = diesel::alias!(people as delegates);
    let rows: Vec<(Member, String, Option<String>)> = council_members::table
        .inner_join(people::table.on(people::id.eq(council_members::person_id)))
        .left_join(delegates.on(delegates.field(people::id).nullable().eq(council_members::delegate_id)))
        .filter(council_members::council_id.eq(council_id))
        .order((council_members::chair.desc(), people::name, people::id))
        .select((Member::as_select(), people::name, delegates.field(people::name).nullable()))
        .load(c)?;
    let mut seated: Vec<Seated> =
        rows.into_iter().map(|(member, name, delegate)| Seated { member, name, delegate }).collect();
    seated.sort_by_key(|seated| (!seated.member.chair, seated.member.seat));
    Ok(seated)
}

pub fn find(c: &mut Conn, council_id: i64, person_id: i64) -> QueryResult<Option<Member>> {
    council_members::table.find((council_id, person_id)).select(Member::as_select()).first(c).optional()
}

/// Whether somebody is a chair of a council.
pub fn is_chair(c: &mut Conn, council_id: i64, person_id: i64) -> QueryResult<bool> {
    Ok(find(c, council_id, person_id)?.is_some_and(|member| member.chair))
}

/// Seats somebody, or changes how they sit. Whoever is new is invited to what others were invited to already.
pub fn seat(c: &mut Conn, desk: &Desk, by: By, council_id: i64, wanted: Wanted) -> Result<()> {
    check(c, council_id, wanted)?;
    let before = find(c, council_id, wanted.person_id)?;
    let row = Member {
        council_id,
        person_id: wanted.person_id,
        seat: wanted.seat,
        chair: wanted.chair,
        delegate_id: wanted.delegate_id,
        feed_hash: before.as_ref().and_then(|before| before.feed_hash.clone()),
    };
    if before.as_ref() == Some(&row) {
        return Ok(());
    }
    let insert = diesel::insert_into(council_members::table).values(&row);
    let key = (council_members::council_id, council_members::person_id);
    Portable(insert.on_conflict(key).do_update().set(&row)).execute(c)?;
    let said = json!({"person": wanted.person_id.to_string(), "seat": wanted.seat, "chair": wanted.chair});
    note(c, desk, by, council_id, if before.is_some() { "member_changed" } else { "member_seated" }, said)?;
    if before.is_none() {
        for meeting in calendar::invited(c, council_id, desk.now)? {
            invite::one(c, desk, &meeting, wanted.person_id, invite::Why::Invited)?;
        }
    }
    Ok(())
}

/// Somebody leaves: their calendar hears of it, what they decided stays.
pub fn unseat(c: &mut Conn, desk: &Desk, by: By, council_id: i64, person_id: i64) -> Result<()> {
    if diesel::delete(council_members::table.find((council_id, person_id))).execute(c)? == 0 {
        return Err(Error::NotFound);
    }
    note(c, desk, by, council_id, "member_left", json!({"person": person_id.to_string()}))?;
    for meeting in calendar::invited(c, council_id, desk.now)? {
        invite::one(c, desk, &meeting, person_id, invite::Why::Left)?;
    }
    Ok(())
}

/// One person, one voice: nobody sits in for two, and whoever sits in for somebody sends nobody else.
fn check(c: &mut Conn, council_id: i64, wanted: Wanted) -> Result<()> {
    let works = |found: Option<crate::people::absence::Colleague>| found.is_some_and(|person| person.works());
    if !works(colleague(c, wanted.person_id)?) {
        return Err(Error::field("person", "error-choice"));
    }
    if represents(c, council_id, wanted.person_id)?.is_some() {
        return Err(Error::field("person", "error-member-is-delegate"));
    }
    let Some(delegate) = wanted.delegate_id else { return Ok(()) };
    if delegate == wanted.person_id {
        return Err(Error::field("delegate", "error-delegate-self"));
    }
    if !works(colleague(c, delegate)?) {
        return Err(Error::field("delegate", "error-choice"));
    }
    match find(c, council_id, delegate)? {
        Some(member) if member.delegate_id.is_some() => return Err(Error::field("delegate", "error-delegate-chain")),
        Some(_) => return Err(Error::field("delegate", "error-delegate-member")),
        None => {}
    }
    match represents(c, council_id, delegate)? {
        Some(other) if other != wanted.person_id => Err(Error::field("delegate", "error-delegate-taken")),
        _ => Ok(()),
    }
}

/// For whom somebody sits in.
pub fn represents(c: &mut Conn, council_id: i64, delegate_id: i64) -> QueryResult<Option<i64>> {
    council_members::table
        .filter(council_members::council_id.eq(council_id).and(council_members::delegate_id.eq(delegate_id)))
        .select(council_members::person_id)
        .first(c)
        .optional()
}

/// A new address for a member's calendar; the old one stops. Returns its token, which is stored only as its hash.
pub fn renew_feed(c: &mut Conn, council_id: i64, person_id: i64) -> Result<String> {
    let token = id::secret().to_lowercase();
    let row = diesel::update(council_members::table.find((council_id, person_id)));
    match row.set(council_members::feed_hash.eq(Some(id::hash(&token)))).execute(c)? {
        0 => Err(Error::NotFound),
        _ => Ok(token),
    }
}

/// The member a calendar's address belongs to, as long as they may sign in.
pub fn of_feed(c: &mut Conn, token: &str) -> Result<Member> {
    let member: Member = council_members::table
        .filter(council_members::feed_hash.eq(id::hash(&token.to_lowercase())))
        .select(Member::as_select())
        .first(c)?;
    if store::person(c, member.person_id)?.is_active() { Ok(member) } else { Err(Error::NotFound) }
}
