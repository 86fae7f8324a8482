//! What every screen of a meeting shows, read in one go. What others voted is never in it before it is shown.

use super::decide;
use super::quorum::{self, Present, Strength};
use super::room::{self, Attendance};
use super::ruling::Quota;
use super::votes::{self, Tally};
use crate::backlog;
use crate::backlog::model::Reach;
use crate::backlog::quotes::{self, Quote};
use crate::backlog::store::Change;
use crate::council::model::{ItemState, Vote};
use crate::council::store::{Council, Item, Meeting, Member};
use crate::db::Conn;
use crate::db::schema::{agenda_questions, people};
use crate::error::Result;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A meeting as it is at this moment.
pub struct Picture {
    pub meeting: Meeting,
    pub council: Council,
    /// See [`room::version`].
    pub version: String,
    pub items: Vec<Item>,
    pub members: Vec<(Member, String)>,
    pub attendance: Vec<Attendance>,
    pub strengths: Vec<Strength>,
    pub quota: Quota,
    pub subject: Option<Subject>,
    /// Of earlier meetings and of this one.
    pub recommendations: Vec<Item>,
    votes: Vec<(i64, i64, Vote)>,
    names: HashMap<i64, String>,
}

/// What the item on the screen is about.
pub struct Subject {
    pub change: Change,
    pub reach: Reach,
    pub quotes: Vec<Quote>,
    pub questions: Vec<Question>,
}

/// What somebody wanted to know beforehand.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Question {
    pub text: String,
    pub name: String,
}

/// Reads all of it.
pub fn picture(c: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<Picture> {
    let (meeting, council) = room::meeting(c, id)?;
    let items = room::items(c, id)?;
    let members = room::members(c, council.id)?;
    let attendance = room::attendance(c, id)?;
    let present: Vec<Present> = attendance.iter().filter_map(Attendance::present).collect();
    let seats: Vec<Member> = members.iter().map(|(member, _)| member.clone()).collect();
    let shown = items.iter().find(|item| Some(item.id) == meeting.item_id);
    Ok(Picture {
        version: room::version(c, id)?,
        strengths: quorum::strengths(&seats, &present, &room::quorum(c, council.id)?),
        quota: decide::quota(c, &council, shown.map(|item| item.id), now)?,
        subject: shown.map(|item| subject(c, item)).transpose()?.flatten(),
        recommendations: room::recommendations(c, council.id)?,
        votes: room::votes(c, id)?,
        names: names(c, &meeting, &items, &members, &attendance)?,
        meeting,
        council,
        items,
        members,
        attendance,
    })
}

fn subject(c: &mut Conn, item: &Item) -> Result<Option<Subject>> {
    let Some(change) = votes::change_of(c, item)? else { return Ok(None) };
    let reach = backlog::reach::kept(c, &[change.id])?.remove(&change.id).unwrap_or_default();
    Ok(Some(Subject { reach, quotes: quotes::of(c, change.id, reach)?, questions: questions(c, item.id)?, change }))
}

fn questions(c: &mut Conn, item_id: i64) -> QueryResult<Vec<Question>> {
    agenda_questions::table
        .inner_join(people::table)
        .filter(agenda_questions::item_id.eq(item_id))
        .order(agenda_questions::id)
        .select((agenda_questions::text, people::name))
        .load(c)
}

fn names(
    c: &mut Conn,
    meeting: &Meeting,
    items: &[Item],
    members: &[(Member, String)],
    attendance: &[Attendance],
) -> QueryResult<HashMap<i64, String>> {
    let mut ids: HashSet<i64> = [meeting.chair_id, meeting.signed_by].into_iter().flatten().collect();
    ids.extend(items.iter().filter_map(|item| item.owner_id));
    ids.extend(members.iter().filter_map(|(member, _)| member.delegate_id));
    ids.extend(attendance.iter().map(|there| there.person_id));
    let mut names = backlog::store::names(c, &ids.into_iter().collect::<Vec<_>>())?;
    names.extend(members.iter().map(|(member, name)| (member.person_id, name.clone())));
    Ok(names)
}

impl Picture {
    /// The item on the screen.
    pub fn shown(&self) -> Option<&Item> {
        self.items.iter().find(|item| Some(item.id) == self.meeting.item_id)
    }

    /// What comes next: the first item behind this one that is not done, else the first at all.
    pub fn next(&self) -> Option<&Item> {
        let at = self.items.iter().position(|item| Some(item.id) == self.meeting.item_id);
        let open = |item: &&Item| item.state != ItemState::Done && Some(item.id) != self.meeting.item_id;
        let behind = self.items.iter().skip(at.map_or(0, |at| at + 1)).find(open);
        behind.or_else(|| self.items.iter().find(open))
    }

    /// Whether the item on the screen can be voted on: there is a change, and it is still to be decided.
    pub fn is_votable(&self) -> bool {
        self.subject.as_ref().is_some_and(|subject| votes::is_open(&subject.change))
    }

    pub fn present(&self) -> impl Iterator<Item = Present> {
        self.attendance.iter().filter_map(Attendance::present)
    }

    pub fn has_quorum(&self) -> bool {
        quorum::is_met(&self.strengths)
    }

    /// Who has voted on an item, and never what.
    pub fn voted(&self, item: &Item) -> HashSet<i64> {
        self.votes.iter().filter(|(of, ..)| *of == item.id).map(|(_, member, _)| *member).collect()
    }

    /// What was said together, once it is shown.
    pub fn tally(&self, item: &Item) -> Option<Tally> {
        let shown = matches!(item.state, ItemState::Revealed | ItemState::Done);
        let of = self.votes.iter().filter(|(of, ..)| *of == item.id).map(|(.., vote)| *vote);
        Some(Tally::of(of)).filter(|tally| shown && tally.all() > 0)
    }

    /// What one seat said, for whoever holds it.
    pub fn own_vote(&self, item: &Item, member_id: i64) -> Option<Vote> {
        self.votes.iter().find(|(of, member, _)| *of == item.id && *member == member_id).map(|(.., vote)| *vote)
    }

    pub fn name(&self, person: i64) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }

    /// Minutes that the rest of the agenda takes.
    pub fn minutes_left(&self, now: DateTime<Utc>) -> i64 {
        let open = self.items.iter().filter(|item| item.state != ItemState::Done);
        let seconds: i64 = open.map(|item| (i64::from(item.minutes) * 60 - item.elapsed(now)).max(0)).sum();
        (seconds + 59) / 60
    }
}
