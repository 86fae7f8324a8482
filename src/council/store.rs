//! Rows of councils, their members, meetings and agendas.

use super::model::{Decision, ItemState, Kind, Seat, Stage};
use crate::db::schema::{agenda_items, council_members, councils, meetings};
use crate::db::types::Ts;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A council that meets again and again.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = councils, treat_none_as_null = true)]
pub struct Council {
    pub id: i64,
    pub name: String,
    /// A cron rule in its zone.
    pub rule: String,
    pub zone: String,
    pub minutes: i32,
    pub calendar_id: Option<i64>,
    pub place: Option<String>,
    /// Quick fixes a month.
    pub quota: i32,
    pub version: i32,
    pub closed_at: Option<Ts>,
    pub updated_at: Ts,
}

/// Who sits in it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = council_members, treat_none_as_null = true)]
pub struct Member {
    pub council_id: i64,
    pub person_id: i64,
    pub seat: Seat,
    pub chair: bool,
    pub delegate_id: Option<i64>,
    pub feed_hash: Option<String>,
}

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
pub struct Meeting {
    pub id: i64,
    pub council_id: i64,
    pub starts_at: Ts,
    /// When the rule wanted it; none where somebody called it by hand.
    pub slot_at: Option<Ts>,
    pub status: Stage,
    pub frozen_at: Option<Ts>,
    pub started_at: Option<Ts>,
    pub ended_at: Option<Ts>,
    pub chair_id: Option<i64>,
    pub join_code: Option<String>,
    /// The item on the screen.
    pub item_id: Option<i64>,
    pub notes: String,
    pub read_back_at: Option<Ts>,
    pub signed_by: Option<i64>,
    pub signed_at: Option<Ts>,
    pub invited_at: Option<Ts>,
    pub reminded_at: Option<Ts>,
    /// Counts every change of what is seen.
    pub version: i32,
}

/// An item of an agenda, and what was decided of it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = agenda_items, treat_none_as_null = true)]
pub struct Item {
    pub id: i64,
    pub meeting_id: i64,
    pub position: i32,
    pub kind: Kind,
    pub change_id: Option<i64>,
    pub action_id: Option<i64>,
    pub case_id: Option<i64>,
    pub title: String,
    pub minutes: i32,
    pub added_by: Option<i64>,
    pub removed_at: Option<Ts>,
    pub state: ItemState,
    pub shown_at: Option<Ts>,
    pub seconds: i32,
    pub decision: Option<Decision>,
    pub reason: Option<String>,
    pub owner_id: Option<i64>,
    pub due_on: Option<NaiveDate>,
    /// No quorum: a recommendation until it is ratified.
    pub recommended: bool,
    pub ratified_at: Option<Ts>,
    pub ratified_by: Option<i64>,
    pub quick_fix: bool,
    /// Why a fix beyond the quota was taken.
    pub quota_reason: Option<String>,
    pub decided_at: Option<Ts>,
    pub decided_by: Option<i64>,
    /// What those who asked will read of it.
    pub news_en: Option<String>,
    pub news_ru: Option<String>,
    /// When the change was moved as decided; none if it had gone elsewhere by then.
    pub carried_out_at: Option<Ts>,
}
