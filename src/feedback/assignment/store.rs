//! Rows of assignment rules.

use super::model::Wanted;
use crate::db::Conn;
use crate::db::schema::{assignment_rules as rules, people, teams};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result, is_taken};
use crate::id;
use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

/// A rule with the names of whom it means.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub id: i64,
    pub name: String,
    pub criteria: Doc,
    pub team_id: Option<i64>,
    pub team: Option<String>,
    pub person_id: Option<i64>,
    pub person: Option<String>,
    pub by_load: bool,
    pub archived_at: Option<Ts>,
}

/// All rules in their order; which of them are archived stands in the row.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Row>> {
    rules::table
        .left_join(teams::table.on(teams::id.nullable().eq(rules::team_id)))
        .left_join(people::table.on(people::id.nullable().eq(rules::person_id)))
        .order((rules::position, rules::id))
        .select((
            rules::id,
            rules::name,
            rules::criteria,
            rules::team_id,
            teams::name.nullable(),
            rules::person_id,
            people::name.nullable(),
            rules::by_load,
            rules::archived_at,
        ))
        .load(c)
}

pub fn find(c: &mut Conn, id: i64) -> Result<Row> {
    list(c)?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)
}

/// Writes a new rule behind the others; returns its id.
pub fn insert(c: &mut Conn, wanted: &Wanted, now: DateTime<Utc>) -> Result<i64> {
    let id = id::new_id();
    let row = (rules::id.eq(id), rules::position.eq(last(c)? + 1), values(wanted, now)?);
    diesel::insert_into(rules::table).values(row).execute(c).map_err(taken)?;
    Ok(id)
}

pub fn update(c: &mut Conn, id: i64, wanted: &Wanted, now: DateTime<Utc>) -> Result<()> {
    match diesel::update(rules::table.find(id)).set(values(wanted, now)?).execute(c).map_err(taken)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

type Values = (
    diesel::dsl::Eq<rules::name, String>,
    diesel::dsl::Eq<rules::criteria, Doc>,
    diesel::dsl::Eq<rules::team_id, Option<i64>>,
    diesel::dsl::Eq<rules::person_id, Option<i64>>,
    diesel::dsl::Eq<rules::by_load, bool>,
    diesel::dsl::Eq<rules::updated_at, Ts>,
);

fn values(wanted: &Wanted, now: DateTime<Utc>) -> Result<Values> {
    Ok((
        rules::name.eq(wanted.name.clone()),
        rules::criteria.eq(Doc(serde_json::to_value(&wanted.criteria).map_err(Error::internal)?)),
        rules::team_id.eq(wanted.team_id),
        rules::person_id.eq(wanted.person_id),
        rules::by_load.eq(wanted.by_load),
        rules::updated_at.eq(Ts::from(now)),
    ))
}

/// Puts rules into this order.
pub fn arrange(c: &mut Conn, ids: &[i64]) -> QueryResult<()> {
    for (place, id) in (1..).zip(ids) {
        diesel::update(rules::table.find(*id)).set(rules::position.eq(place)).execute(c)?;
    }
    Ok(())
}

/// Takes a rule out of use, or back into use behind the others.
pub fn set_archived(c: &mut Conn, id: i64, archived: bool, now: DateTime<Utc>) -> QueryResult<()> {
    let place = last(c)? + 1;
    let at = archived.then(|| Ts::from(now));
    diesel::update(rules::table.find(id))
        .set((rules::archived_at.eq(at), rules::position.eq(place), rules::updated_at.eq(Ts::from(now))))
        .execute(c)
        .map(|_| ())
}

fn last(c: &mut Conn) -> QueryResult<i32> {
    Ok(rules::table.select(max(rules::position)).first::<Option<i32>>(c)?.unwrap_or(0))
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
