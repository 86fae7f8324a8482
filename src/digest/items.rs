//! What a digest tells, item by item. While it is a draft the items follow the journal: [`fresh`] says what there is, and
//! what an editor decided about an item stands in its row.

pub mod edit;
mod fresh;

use super::editions::Edition;
use super::model::{Both, Section, SeenBy};
use super::period::Window;
use crate::db::Conn;
use crate::db::schema::digest_items;
use crate::db::types::{JsonDoc, Ts};
use crate::i18n::Lang;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One thing a digest tells.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = digest_items, treat_none_as_null = true)]
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
    pub facts: Facts,
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

/// What an item tells; taken from the change, never edited.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = JsonDoc)]
#[serde(default)]
pub struct Facts {
    pub title: String,
    /// What was done, or why not; empty while it is being made.
    pub text: Both,
    /// How many people had asked; none where they are too few to be counted in public.
    pub people: Option<i64>,
    /// Somebody's words that may be shown to others.
    pub quote: Option<Quoted>,
    /// By when it is to be done.
    pub by: Option<NaiveDate>,
}
crate::json_column!(Facts);

/// Words of somebody without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    pub text: String,
    pub lang: Lang,
}

impl Item {
    /// The editor's own sentence.
    pub fn line(&self) -> Both {
        Both { en: self.line_en.clone(), ru: self.line_ru.clone() }
    }

    /// What it is known by to somebody who may have read it elsewhere.
    pub fn tells(&self) -> i64 {
        self.event_id.unwrap_or(self.change_id)
    }

    /// Takes over what the journal says now, and leaves alone what an editor decided.
    fn follow(&mut self, fresh: Item) {
        (self.section, self.event_id, self.at) = (fresh.section, fresh.event_id, fresh.at);
        (self.facts, self.topic_id) = (fresh.facts, fresh.topic_id);
        // Not public any more is not for everyone any more, whatever an editor thought before.
        if self.seen_by == SeenBy::Everyone && fresh.seen_by != SeenBy::Everyone {
            (self.seen_by, self.on_page) = (fresh.seen_by, false);
        }
    }
}

/// The rows of an edition, in order.
pub fn kept(c: &mut Conn, edition_id: i64) -> QueryResult<Vec<Item>> {
    digest_items::table
        .filter(digest_items::edition_id.eq(edition_id))
        .order((digest_items::position, digest_items::id))
        .select(Item::as_select())
        .load(c)
}

/// The items of an edition, in order: of a draft as the journal has them now, later as they were fixed.
pub fn current(c: &mut Conn, edition: &Edition, window: &Window) -> QueryResult<Vec<Item>> {
    let kept = kept(c, edition.id)?;
    if edition.until_at.is_some() {
        return Ok(kept);
    }
    Ok(merge(kept, fresh::fresh(c, edition, window)?))
}

/// Makes the rows of a draft what the journal says now.
pub fn refresh(c: &mut Conn, edition: &Edition, window: &Window) -> QueryResult<Vec<Item>> {
    let now = current(c, edition, window)?;
    let before: HashMap<i64, Item> = kept(c, edition.id)?.into_iter().map(|item| (item.id, item)).collect();
    let ids: Vec<i64> = now.iter().map(|item| item.id).collect();
    let gone = digest_items::table.filter(digest_items::edition_id.eq(edition.id));
    diesel::delete(gone.filter(digest_items::id.ne_all(ids))).execute(c)?;
    for item in &now {
        match before.get(&item.id) {
            Some(same) if same == item => {}
            Some(_) => save(c, item)?,
            None => {
                diesel::insert_into(digest_items::table).values(item).execute(c)?;
            }
        }
    }
    Ok(now)
}

/// Writes what became of an item.
pub fn save(c: &mut Conn, item: &Item) -> QueryResult<()> {
    diesel::update(digest_items::table.find(item.id)).set(item).execute(c).map(|_| ())
}

/// What an editor decided about items, with what the journal says of them now; new ones come last.
fn merge(kept: Vec<Item>, fresh: Vec<Item>) -> Vec<Item> {
    let mut last = kept.iter().map(|item| item.position).max().unwrap_or(0);
    let mut fresh: Vec<Option<Item>> = fresh.into_iter().map(Some).collect();
    let mut items = Vec::with_capacity(fresh.len());
    for mut item in kept {
        let same = fresh.iter_mut().find(|new| new.as_ref().is_some_and(|new| new.change_id == item.change_id));
        if let Some(new) = same.and_then(Option::take) {
            item.follow(new);
            items.push(item);
        }
    }
    for mut item in fresh.into_iter().flatten() {
        last += 1;
        item.position = last;
        items.push(item);
    }
    items
}
