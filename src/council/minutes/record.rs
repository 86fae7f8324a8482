//! What minutes say, read in one go and in no language: the page, the print, the file and the mail are made of it.

use super::{Addendum, addenda, is_decided, speechless};
use crate::backlog;
use crate::council::meeting::live::{Picture, picture};
use crate::council::meeting::room::Attendance;
use crate::council::meeting::votes::Tally;
use crate::council::model::{Decision, Kind, Seat, Stage};
use crate::council::store::Item;
use crate::db::Conn;
use crate::db::schema::changes;
use crate::error::Result;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The minutes of a meeting.
#[derive(Serialize)]
pub struct Record {
    #[serde(with = "crate::id::as_string")]
    pub id: i64,
    pub council: String,
    pub status: Stage,
    pub starts_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub chair: Option<String>,
    pub there: Vec<There>,
    /// Who was missing.
    pub missing: Vec<Missing>,
    pub items: Vec<Line>,
    /// What there was no time for.
    pub left_over: Vec<String>,
    pub notes: String,
    pub read_back_at: Option<DateTime<Utc>>,
    pub signed_by: Option<String>,
    pub signed_at: Option<DateTime<Utc>>,
    pub addenda: Vec<Added>,
}

/// Somebody who took part.
#[derive(Serialize)]
pub struct There {
    pub name: String,
    /// The member they sat in for.
    pub instead_of: Option<String>,
    pub seat: Seat,
    pub left_at: Option<DateTime<Utc>>,
}

/// A member whose seat stayed empty.
#[derive(Serialize)]
pub struct Missing {
    pub name: String,
    pub seat: Seat,
}

/// An item that was decided.
#[derive(Serialize)]
pub struct Line {
    #[serde(with = "crate::id::as_string")]
    pub id: i64,
    pub kind: Kind,
    pub title: String,
    /// The change it is about.
    pub change: Option<String>,
    pub minutes: i64,
    pub tally: Option<Tally>,
    pub decision: Decision,
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub quick_fix: bool,
    pub quota_reason: Option<String>,
    pub recommended: bool,
    pub ratified_at: Option<DateTime<Utc>>,
    /// The minutes are signed, and the change had gone elsewhere by then.
    pub only_noted: bool,
    /// A no without words for those who asked.
    pub speechless: bool,
    pub news_en: Option<String>,
    pub news_ru: Option<String>,
}

/// A later addition.
#[derive(Serialize)]
pub struct Added {
    pub author: String,
    pub text: String,
    pub added_at: DateTime<Utc>,
}

/// Reads the minutes as they stand, with the picture they are made of.
pub fn read(c: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<(Record, Picture)> {
    let seen = picture(c, id, now)?;
    let changes: Vec<i64> = seen.items.iter().filter_map(|item| item.change_id).collect();
    let references = references(c, &changes)?;
    let speechless: HashSet<i64> = match seen.meeting.status {
        Stage::Signed => HashSet::new(),
        _ => speechless(c, &seen.items)?.into_iter().collect(),
    };
    let added = addenda(c, id)?;
    let authors = backlog::store::names(c, &added.iter().map(|added| added.author_id).collect::<Vec<_>>())?;
    let decided = seen.items.iter().filter(|item| is_decided(item));
    let record = Record {
        id,
        council: seen.council.name.clone(),
        status: seen.meeting.status,
        starts_at: *seen.meeting.starts_at,
        started_at: seen.meeting.started_at.map(|at| *at),
        ended_at: seen.meeting.ended_at.map(|at| *at),
        chair: seen.meeting.chair_id.map(|id| seen.name(id).to_owned()),
        there: seen.attendance.iter().map(|there| was_there(&seen, there)).collect(),
        missing: missing(&seen),
        items: decided.filter_map(|item| line(&seen, item, &references, &speechless, now)).collect(),
        left_over: seen.items.iter().filter(|item| !is_decided(item)).map(|item| item.title.clone()).collect(),
        notes: seen.meeting.notes.clone(),
        read_back_at: seen.meeting.read_back_at.map(|at| *at),
        signed_by: seen.meeting.signed_by.map(|id| seen.name(id).to_owned()),
        signed_at: seen.meeting.signed_at.map(|at| *at),
        addenda: added.into_iter().map(|added| addition(added, &authors)).collect(),
    };
    Ok((record, seen))
}

fn references(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> =
        changes::table.filter(changes::id.eq_any(ids.to_vec())).select((changes::id, changes::reference)).load(c)?;
    Ok(rows.into_iter().collect())
}

fn was_there(seen: &Picture, there: &Attendance) -> There {
    There {
        name: seen.name(there.person_id).to_owned(),
        instead_of: (there.person_id != there.member_id).then(|| seen.name(there.member_id).to_owned()),
        seat: there.seat,
        left_at: there.left_at.map(|at| *at),
    }
}

fn missing(seen: &Picture) -> Vec<Missing> {
    let taken: HashSet<i64> = seen.attendance.iter().map(|there| there.member_id).collect();
    let empty = seen.members.iter().filter(|(member, _)| !taken.contains(&member.person_id));
    empty.map(|(member, name)| Missing { name: name.clone(), seat: member.seat }).collect()
}

fn line(
    seen: &Picture,
    item: &Item,
    references: &HashMap<i64, String>,
    speechless: &HashSet<i64>,
    now: DateTime<Utc>,
) -> Option<Line> {
    let decision = item.decision?;
    let moves = decision.moves_to().is_some();
    Some(Line {
        id: item.id,
        kind: item.kind,
        title: item.title.clone(),
        change: item.change_id.and_then(|id| references.get(&id).cloned()),
        minutes: (item.elapsed(now) + 59) / 60,
        tally: seen.tally(item),
        decision,
        reason: item.reason.clone(),
        owner: item.owner_id.map(|id| seen.name(id).to_owned()),
        due_on: item.due_on,
        quick_fix: item.quick_fix,
        quota_reason: item.quota_reason.clone(),
        recommended: item.recommended,
        ratified_at: item.ratified_at.map(|at| *at),
        only_noted: seen.meeting.status == Stage::Signed && moves && item.binds() && item.carried_out_at.is_none(),
        speechless: speechless.contains(&item.id),
        news_en: item.news_en.clone(),
        news_ru: item.news_ru.clone(),
    })
}

fn addition(added: Addendum, authors: &HashMap<i64, String>) -> Added {
    Added {
        author: authors.get(&added.author_id).cloned().unwrap_or_default(),
        text: added.text,
        added_at: *added.added_at,
    }
}
