//! The backlog as its pages show it: every change in a few words, scored, put in order, filtered and grouped.
//!
//! All changes of the backlog fit in memory many times over, and what stands behind them is kept as sums, so one reading of
//! one table answers every view; table, export, matrix, board and roadmap share it.

pub mod arrange;
pub mod filter;
pub mod matrix;
pub mod months;

pub use arrange::Scored;
pub use filter::{Filter, Group, Sort, Stage};

use super::model::{Reach, Status};
use super::reach::Sums;
use super::score::Inputs;
use super::store::{OPEN, active};
use crate::db::Conn;
use crate::db::schema::{change_inputs, change_reach, changes, people};
use crate::db::types::Ts;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::min;
use diesel::prelude::*;
use std::collections::HashMap;

/// A change in a few words.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub id: i64,
    pub reference: String,
    pub title: String,
    pub status: Status,
    pub status_at: Ts,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    pub confidence: f64,
    pub impact: Option<f64>,
    pub delay_cost: Option<f64>,
    pub rank: Option<i32>,
    pub quick_fix: bool,
    pub lever_id: Option<i64>,
    pub owner_id: Option<i64>,
    pub target_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: Ts,
    sums: Option<Sums>,
}

impl Row {
    /// Who stands behind it.
    pub fn reach(&self) -> Reach {
        self.sums.map(Reach::from).unwrap_or_default()
    }

    /// What its scores are made of.
    pub fn inputs(&self) -> Inputs {
        Inputs {
            reach: self.reach().people,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            impact: self.impact,
            delay_cost: self.delay_cost,
        }
    }

    /// Its date has passed and it is not finished.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.target_on.is_some_and(|on| on < today) && !self.status.is_finished()
    }
}

/// The changes of the backlog in these stages, newest first.
pub fn rows(c: &mut Conn, stage: Stage) -> QueryResult<Vec<Row>> {
    let mut rows = changes::table
        .left_join(change_reach::table)
        .filter(active())
        .order((changes::created_at.desc(), changes::id.desc()))
        .select((
            changes::id,
            changes::reference,
            changes::title,
            changes::status,
            changes::status_at,
            changes::ex,
            changes::cx,
            changes::effort,
            changes::confidence,
            changes::impact,
            changes::delay_cost,
            changes::rank,
            changes::quick_fix,
            changes::lever_id,
            changes::owner_id,
            changes::target_on,
            changes::version,
            changes::created_at,
            Option::<Sums>::as_select(),
        ))
        .into_boxed();
    match stage {
        Stage::All => {}
        // A place in the order is a place among everything that is open.
        Stage::One(status) if status.is_finished() => rows = rows.filter(changes::status.eq(status)),
        Stage::Open | Stage::One(_) => rows = rows.filter(changes::status.eq_any(OPEN)),
    }
    rows.load(c)
}

/// Whoever owns a change, by id.
pub fn owners(c: &mut Conn) -> QueryResult<HashMap<i64, String>> {
    let owning = changes::table.filter(changes::owner_id.is_not_null()).select(changes::owner_id);
    let rows: Vec<(i64, String)> =
        people::table.filter(people::id.nullable().eq_any(owning)).select((people::id, people::name)).load(c)?;
    Ok(rows.into_iter().collect())
}

/// When the oldest input of each of these changes was set; those of which nobody knows are missing.
pub fn oldest_inputs(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, DateTime<Utc>>> {
    let rows: Vec<(i64, Option<Ts>)> = change_inputs::table
        .filter(change_inputs::change_id.eq_any(change_ids.to_vec()))
        .group_by(change_inputs::change_id)
        .select((change_inputs::change_id, min(change_inputs::set_at)))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, *at?))).collect())
}
