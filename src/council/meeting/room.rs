//! Rows of a meeting while it runs.

use super::quorum::Present;
use crate::council::model::{Decision, ItemState, Seat, Stage, Vote};
use crate::council::store::{Council, Item, Meeting, Member};
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{
    agenda_items, attendances, changes, council_members, council_quorums, council_votes, councils, meetings, people,
};
use crate::db::types::Ts;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Who took part, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attendances)]
pub struct Attendance {
    pub meeting_id: i64,
    pub person_id: i64,
    pub member_id: i64,
    pub seat: Seat,
    pub joined_at: Ts,
    pub seen_at: Ts,
    pub left_at: Option<Ts>,
}

impl Attendance {
    /// The seat, as long as somebody sits there.
    pub fn present(&self) -> Option<Present> {
        let there = Present { member_id: self.member_id, person_id: self.person_id, seat: self.seat };
        self.left_at.is_none().then_some(there)
    }
}

pub fn meeting(c: &mut Conn, id: i64) -> QueryResult<(Meeting, Council)> {
    meetings::table
        .inner_join(councils::table)
        .filter(meetings::id.eq(id))
        .select((Meeting::as_select(), Council::as_select()))
        .first(c)
}

/// Takes the meeting for the rest of the transaction, and counts that something changed.
pub fn enter(c: &mut Conn, id: i64) -> QueryResult<Meeting> {
    diesel::update(meetings::table.find(id))
        .set(meetings::version.eq(meetings::version + 1))
        .returning(meetings::all_columns)
        .get_result(c)
}

/// Takes the council for the rest of the transaction: two of its meetings are never started at once.
pub fn enter_council(c: &mut Conn, id: i64) -> QueryResult<Council> {
    diesel::update(councils::table.find(id))
        .set(councils::version.eq(councils::version))
        .returning(councils::all_columns)
        .get_result(c)
}

pub fn save(c: &mut Conn, meeting: &Meeting) -> QueryResult<()> {
    diesel::update(meetings::table.find(meeting.id)).set(meeting).execute(c).map(|_| ())
}

/// The meeting of a council that runs, if one does.
pub fn running(c: &mut Conn, council_id: i64) -> QueryResult<Option<i64>> {
    meetings::table
        .filter(meetings::council_id.eq(council_id).and(meetings::status.eq(Stage::Running)))
        .select(meetings::id)
        .first(c)
        .optional()
}

/// The running meeting that a code leads to.
pub fn by_code(c: &mut Conn, code: &str) -> QueryResult<i64> {
    meetings::table
        .filter(meetings::join_code.eq(code).and(meetings::status.eq(Stage::Running)))
        .select(meetings::id)
        .first(c)
}

/// Running meetings in which a person has a seat of their own or of somebody else.
pub fn running_for(c: &mut Conn, person: i64) -> QueryResult<Vec<i64>> {
    let whose = council_members::person_id.eq(person).or(council_members::delegate_id.eq(person));
    let rows: Vec<(Option<Ts>, i64)> = meetings::table
        .inner_join(council_members::table.on(council_members::council_id.eq(meetings::council_id)))
        .filter(meetings::status.eq(Stage::Running).and(whose))
        .order((meetings::started_at.desc(), meetings::id))
        .select((meetings::started_at, meetings::id))
        .distinct()
        .load(c)?;
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Meetings that run since before `at`.
pub fn running_since(c: &mut Conn, at: DateTime<Utc>) -> QueryResult<Vec<i64>> {
    meetings::table
        .filter(meetings::status.eq(Stage::Running).and(meetings::started_at.le(Ts::from(at))))
        .select(meetings::id)
        .load(c)
}

/// What changes when what a screen shows changes: the meeting, and the change that is on it.
pub fn version(c: &mut Conn, id: i64) -> QueryResult<String> {
    let (meeting, change): (i32, Option<i32>) = meetings::table
        .left_join(agenda_items::table.on(agenda_items::id.nullable().eq(meetings::item_id)))
        .left_join(changes::table.on(changes::id.nullable().eq(agenda_items::change_id.nullable())))
        .filter(meetings::id.eq(id))
        .select((meetings::version, changes::version.nullable()))
        .first(c)?;
    Ok(format!("{meeting}.{}", change.unwrap_or_default()))
}

/// The agenda in its order, without what was taken off.
pub fn items(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<Item>> {
    agenda_items::table
        .filter(agenda_items::meeting_id.eq(meeting_id).and(agenda_items::removed_at.is_null()))
        .order((agenda_items::position, agenda_items::id))
        .select(Item::as_select())
        .load(c)
}

pub fn item(c: &mut Conn, meeting_id: i64, id: i64) -> QueryResult<Item> {
    agenda_items::table
        .filter(agenda_items::id.eq(id).and(agenda_items::meeting_id.eq(meeting_id)))
        .filter(agenda_items::removed_at.is_null())
        .select(Item::as_select())
        .first(c)
}

pub fn save_item(c: &mut Conn, item: &Item) -> QueryResult<()> {
    diesel::update(agenda_items::table.find(item.id)).set(item).execute(c).map(|_| ())
}

/// Everybody who sits in a council, with their name, by name.
pub fn members(c: &mut Conn, council_id: i64) -> QueryResult<Vec<(Member, String)>> {
    council_members::table
        .inner_join(people::table.on(people::id.eq(council_members::person_id)))
        .filter(council_members::council_id.eq(council_id))
        .order((people::name, people::id))
        .select((Member::as_select(), people::name))
        .load(c)
}

/// The same without names.
pub fn seats(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Member>> {
    council_members::table
        .filter(council_members::council_id.eq(council_id))
        .order(council_members::person_id)
        .select(Member::as_select())
        .load(c)
}

/// How many of each seat it takes.
pub fn quorum(c: &mut Conn, council_id: i64) -> QueryResult<Vec<(Seat, i32)>> {
    council_quorums::table
        .filter(council_quorums::council_id.eq(council_id))
        .select((council_quorums::seat, council_quorums::needed))
        .load(c)
}

/// Everybody who took part, in the order in which they came.
pub fn attendance(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<Attendance>> {
    attendances::table
        .filter(attendances::meeting_id.eq(meeting_id))
        .order((attendances::joined_at, attendances::member_id))
        .select(Attendance::as_select())
        .load(c)
}

/// The seats that are taken at this moment.
pub fn present(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<Present>> {
    Ok(attendance(c, meeting_id)?.iter().filter_map(Attendance::present).collect())
}

/// Somebody sits down in a seat, or comes back to it.
pub fn sit(c: &mut Conn, meeting_id: i64, there: Present, now: DateTime<Utc>) -> QueryResult<()> {
    let now = Ts::from(now);
    let who = (attendances::person_id.eq(there.person_id), attendances::seat.eq(there.seat));
    let here = (who, attendances::seen_at.eq(now), attendances::left_at.eq(None::<Ts>));
    let key = (attendances::meeting_id.eq(meeting_id), attendances::member_id.eq(there.member_id));
    let row = (key, attendances::joined_at.eq(now), here);
    let upsert = diesel::insert_into(attendances::table)
        .values(row)
        .on_conflict((attendances::meeting_id, attendances::member_id))
        .do_update()
        .set(here);
    Portable(upsert).execute(c).map(|_| ())
}

/// A seat is empty from now on.
pub fn leave(c: &mut Conn, meeting_id: i64, member_id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let seat = attendances::table.find((meeting_id, member_id)).filter(attendances::left_at.is_null());
    diesel::update(seat).set(attendances::left_at.eq(Ts::from(now))).execute(c).map(|_| ())
}

/// Counts a vote of a seat, in place of the one before.
pub fn vote(c: &mut Conn, item_id: i64, by: Present, vote: Vote, now: DateTime<Utc>) -> QueryResult<()> {
    let said = (
        council_votes::cast_by.eq(by.person_id),
        council_votes::vote.eq(vote),
        council_votes::cast_at.eq(Ts::from(now)),
    );
    let row = (council_votes::item_id.eq(item_id), council_votes::member_id.eq(by.member_id), said);
    let key = (council_votes::item_id, council_votes::member_id);
    Portable(diesel::insert_into(council_votes::table).values(row).on_conflict(key).do_update().set(said))
        .execute(c)
        .map(|_| ())
}

/// What each seat said of the items of a meeting.
pub fn votes(c: &mut Conn, meeting_id: i64) -> QueryResult<Vec<(i64, i64, Vote)>> {
    council_votes::table
        .inner_join(agenda_items::table.on(agenda_items::id.eq(council_votes::item_id)))
        .filter(agenda_items::meeting_id.eq(meeting_id))
        .select((council_votes::item_id, council_votes::member_id, council_votes::vote))
        .load(c)
}

pub fn forget_votes(c: &mut Conn, item_id: i64) -> QueryResult<()> {
    diesel::delete(council_votes::table.filter(council_votes::item_id.eq(item_id))).execute(c).map(|_| ())
}

/// How many quick fixes a council took on between two moments, besides one item.
pub fn fixes(
    c: &mut Conn,
    council_id: i64,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    besides: Option<i64>,
) -> QueryResult<i64> {
    agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .filter(meetings::council_id.eq(council_id))
        .filter(agenda_items::quick_fix.eq(true).and(agenda_items::decision.eq(Decision::Accept)))
        .filter(agenda_items::decided_at.ge(Ts::from(from)).and(agenda_items::decided_at.lt(Ts::from(to))))
        .filter(agenda_items::removed_at.is_null())
        .filter(agenda_items::id.ne(besides.unwrap_or_default()))
        .count()
        .get_result(c)
}

/// What a council recommended without a quorum and nobody ratified, oldest first.
pub fn recommendations(c: &mut Conn, council_id: i64) -> QueryResult<Vec<Item>> {
    agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .filter(meetings::council_id.eq(council_id))
        .filter(agenda_items::state.eq(ItemState::Done).and(agenda_items::recommended.eq(true)))
        .filter(agenda_items::ratified_at.is_null().and(agenda_items::removed_at.is_null()))
        .order((agenda_items::decided_at, agenda_items::id))
        .select(Item::as_select())
        .load(c)
}
