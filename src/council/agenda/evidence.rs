//! What stands beside each item, so that everybody can read it before the meeting.

use super::super::store::Item;
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, change_reach, changes, council_actions, people};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde::Serialize;
use std::collections::HashMap;

/// A change in the numbers a council looks at.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct OfChange {
    #[serde(skip)]
    pub id: i64,
    pub reference: String,
    /// In one sentence; may be empty.
    pub problem: String,
    pub status: String,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    pub target_on: Option<NaiveDate>,
    pub owner: Option<String>,
    pub people: Option<i32>,
    pub employees: Option<i32>,
    pub customers: Option<i32>,
}

/// What became of those who stand behind a change that shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Queryable, Serialize)]
pub struct Effect {
    pub cases: i64,
    pub told: i64,
    /// Said that it helped.
    pub helped: i64,
    /// Said that it did not.
    pub not_helped: i64,
}

/// Something promised at an earlier meeting.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct OfAction {
    #[serde(skip)]
    pub id: i64,
    pub owner: String,
    pub due_on: NaiveDate,
    pub done: bool,
}

/// Everything about the items of an agenda, by the ids of what they are about.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub changes: HashMap<i64, OfChange>,
    pub effects: HashMap<i64, Effect>,
    pub actions: HashMap<i64, OfAction>,
}

pub fn of(c: &mut Conn, items: &[Item]) -> QueryResult<Evidence> {
    let change_ids: Vec<i64> = items.iter().filter_map(|item| item.change_id).collect();
    let action_ids: Vec<i64> = items.iter().filter_map(|item| item.action_id).collect();
    let changes = of_changes(c, &change_ids)?;
    let finished = |change: &&OfChange| matches!(change.status.as_str(), "shipped" | "verified");
    let finished: Vec<i64> = changes.iter().filter(finished).map(|change| change.id).collect();
    Ok(Evidence {
        effects: effects(c, &finished)?,
        changes: changes.into_iter().map(|change| (change.id, change)).collect(),
        actions: of_actions(c, &action_ids)?.into_iter().map(|action| (action.id, action)).collect(),
    })
}

fn of_changes(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<OfChange>> {
    changes::table
        .left_join(people::table.on(people::id.nullable().eq(changes::owner_id)))
        .left_join(change_reach::table)
        .filter(changes::id.eq_any(ids.to_vec()))
        .select((
            changes::id,
            changes::reference,
            changes::problem,
            changes::status,
            changes::ex,
            changes::cx,
            changes::effort,
            changes::target_on,
            people::name.nullable(),
            change_reach::people.nullable(),
            change_reach::employees.nullable(),
            change_reach::customers.nullable(),
        ))
        .load(c)
}

fn effects(c: &mut Conn, change_ids: &[i64]) -> QueryResult<HashMap<i64, Effect>> {
    let count = |what: &str| diesel::dsl::sql::<BigInt>(&format!("count(case when {what} then 1 end)"));
    let rows: Vec<(i64, Effect)> = change_cases::table
        .inner_join(cases::table.on(cases::id.eq(change_cases::case_id)))
        .filter(change_cases::change_id.eq_any(change_ids.to_vec()))
        .group_by(change_cases::change_id)
        .select((
            change_cases::change_id,
            (
                diesel::dsl::count_star(),
                diesel::dsl::count(cases::told_at),
                count("cases.helped"),
                count("not cases.helped"),
            ),
        ))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

fn of_actions(c: &mut Conn, ids: &[i64]) -> QueryResult<Vec<OfAction>> {
    council_actions::table
        .inner_join(people::table.on(people::id.eq(council_actions::owner_id)))
        .filter(council_actions::id.eq_any(ids.to_vec()))
        .select((council_actions::id, people::name, council_actions::due_on, council_actions::done_at.is_not_null()))
        .load(c)
}
