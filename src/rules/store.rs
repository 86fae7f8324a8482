//! Rows of the rules, and their version, by which every node sees that they have changed.

use super::criteria::Criteria;
use super::rulebook::{Assignment, Policy, Rulebook, Team};
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{assignment_rules, calendars, settings, teams};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result};
use crate::sla::calendar::{Calendar, Exception, Week};
use diesel::prelude::*;
use serde::de::DeserializeOwned;

const VERSION: &str = "rules_version";

/// The version that stands in the database; a new one begins with 1.
pub fn version(c: &mut Conn) -> Result<i64> {
    let stored: Option<String> = settings::table.find(VERSION).select(settings::value).first(c).optional()?;
    stored.map_or(Ok(1), |version| version.parse().map_err(Error::internal))
}

pub fn next_version(c: &mut Conn) -> Result<()> {
    // Written before it is read: of two changes at once, the later waits here and does not take the other's number.
    let first = (settings::key.eq(VERSION), settings::value.eq("1"));
    let insert = diesel::insert_into(settings::table).values(first);
    Portable(insert.on_conflict(settings::key).do_update().set(settings::value.eq(settings::value))).execute(c)?;
    let next = (version(c)? + 1).to_string();
    diesel::update(settings::table.find(VERSION)).set(settings::value.eq(next)).execute(c)?;
    Ok(())
}

/// Reads everything. A row that cannot be read is an error: promises must not change because one is skipped.
pub fn rulebook(c: &mut Conn) -> Result<Rulebook> {
    let mut book = Rulebook::new(version(c)?);
    read_calendars(c, &mut book)?;
    for (policy, retired) in policies(c)? {
        if retired { book.retired.push(policy) } else { book.policies.push(policy) }
    }
    book.assignments = assignments(c)?;
    let team = (teams::calendar_id, teams::lead_id, teams::head_id);
    let rows: Vec<(i64, Team)> = teams::table.select((teams::id, team)).load(c)?;
    book.teams = rows.into_iter().collect();
    Ok(book)
}

fn read_calendars(c: &mut Conn, book: &mut Rulebook) -> Result<()> {
    let rows: Vec<(i64, String, Doc, Doc, bool)> = calendars::table
        .order(calendars::id)
        .select((calendars::id, calendars::zone, calendars::week, calendars::exceptions, calendars::is_default))
        .load(c)?;
    for (id, zone, week, exceptions, is_default) in rows {
        let zone = zone.parse().map_err(|_| Error::internal(format!("calendar {id}: no time zone {zone:?}")))?;
        let (week, exceptions): (Week, Vec<Exception>) = (read(week)?, read(exceptions)?);
        let calendar = Calendar::new(zone, week, exceptions)
            .map_err(|wrong| Error::internal(format!("calendar {id}: {wrong:?}")))?;
        book.calendars.insert(id, calendar);
        if is_default {
            book.default_calendar = id;
        }
    }
    Ok(())
}

#[derive(Queryable)]
struct PolicyRow {
    id: i64,
    name: String,
    criteria: Doc,
    targets: Doc,
    warn_percent: i32,
    ladder: Doc,
    apart: bool,
    archived_at: Option<Ts>,
}

/// The policies in the order in which they are tried, each with whether it is retired.
pub fn policies(c: &mut Conn) -> Result<Vec<(Policy, bool)>> {
    use crate::db::schema::policies;
    let rows: Vec<PolicyRow> = policies::table
        .order((policies::position, policies::id))
        .select((
            policies::id,
            policies::name,
            policies::criteria,
            policies::targets,
            policies::warn_percent,
            policies::ladder,
            policies::apart,
            policies::archived_at,
        ))
        .load(c)?;
    rows.into_iter()
        .map(|row| {
            let policy = Policy {
                id: row.id,
                name: row.name,
                criteria: read(row.criteria)?,
                targets: read(row.targets)?,
                warn_percent: row.warn_percent.unsigned_abs(),
                ladder: read(row.ladder)?,
                apart: row.apart,
            };
            Ok((policy, row.archived_at.is_some()))
        })
        .collect()
}

type AssignmentRow = (i64, String, Doc, Option<i64>, Option<String>, Option<i64>, bool);

/// The assignment rules in the order in which they are tried.
pub fn assignments(c: &mut Conn) -> Result<Vec<Assignment>> {
    use assignment_rules as rules;
    let rows: Vec<AssignmentRow> = rules::table
        .left_join(teams::table.on(teams::id.nullable().eq(rules::team_id)))
        .filter(rules::archived_at.is_null())
        .order((rules::position, rules::id))
        .select((
            rules::id,
            rules::name,
            rules::criteria,
            rules::team_id,
            teams::name.nullable(),
            rules::person_id,
            rules::by_load,
        ))
        .load(c)?;
    rows.into_iter()
        .map(|(id, name, criteria, team_id, team, person_id, by_load)| {
            let criteria: Criteria = read(criteria)?;
            Ok(Assignment { id, name, criteria, team_id, team, person_id, by_load })
        })
        .collect()
}

fn read<T: DeserializeOwned>(doc: Doc) -> Result<T> {
    serde_json::from_value(doc.0).map_err(Error::internal)
}
