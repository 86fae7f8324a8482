//! What a digest tells, item by item.

use super::model::{Section, SeenBy};
use crate::db::schema::digest_items;
use crate::db::types::{Doc, Ts};
use diesel::prelude::*;

/// One thing a digest tells.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = digest_items)]
pub struct Item {
    pub id: i64,
    pub edition_id: i64,
    pub position: i32,
    pub section: Section,
    pub change_id: i64,
    pub event_id: Option<i64>,
    /// When it happened.
    pub at: Ts,
    /// What it tells, in both languages; never edited.
    pub facts: Doc,
    pub topic_id: Option<i64>,
    pub seen_by: SeenBy,
    pub team_id: Option<i64>,
    pub on_page: bool,
    pub line_en: String,
    pub line_ru: String,
    pub dropped_at: Option<Ts>,
    pub dropped_by: Option<i64>,
    pub drop_reason: Option<String>,
}
