//! Teams: cases belong to them, and owners see those of theirs.

use super::absence;
use super::model::checked_name;
use crate::db::Conn;
use crate::db::schema::{people, teams};
use crate::db::types::Ts;
use crate::error::{Error, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::{rules, sla};
use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;

/// A team and how many people are in it.
#[derive(Clone, Debug)]
pub struct Team {
    pub id: i64,
    pub name: String,
    pub members: i64,
}

/// All teams, by name.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Team>> {
    let in_teams = people::table.filter(people::team_id.is_not_null()).filter(people::disabled_at.is_null());
    let sizes: Vec<(Option<i64>, i64)> =
        in_teams.group_by(people::team_id).select((people::team_id, count_star())).load(c)?;
    let sizes: HashMap<Option<i64>, i64> = sizes.into_iter().collect();
    let rows: Vec<(i64, String)> = teams::table.order(teams::name).select((teams::id, teams::name)).load(c)?;
    let sized = |(id, name)| Team { id, name, members: sizes.get(&Some(id)).copied().unwrap_or_default() };
    Ok(rows.into_iter().map(sized).collect())
}

pub fn name(c: &mut Conn, id: i64) -> QueryResult<String> {
    teams::table.find(id).select(teams::name).first(c)
}

pub fn add(c: &mut Conn, name: &str, now: DateTime<Utc>) -> Result<i64> {
    let (id, name) = (id::new_id(), checked_name("name", name)?);
    let row = (teams::id.eq(id), teams::name.eq(name), teams::created_at.eq(Ts::from(now)));
    diesel::insert_into(teams::table).values(row).execute(c).map_err(taken)?;
    Ok(id)
}

/// Gives a team another name; rules say it when they give a case away.
pub fn rename(c: &mut Conn, id: i64, new: &str) -> Result<()> {
    let new = checked_name("name", new)?;
    if name(c, id)? == new {
        return Ok(());
    }
    diesel::update(teams::table.find(id)).set(teams::name.eq(new)).execute(c).map_err(taken)?;
    rules::changed(c)
}

/// Whom a broken promise of a team is raised to, and who decides what its people may not: the lead first, then the head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Queryable)]
pub struct Leaders {
    pub lead_id: Option<i64>,
    pub head_id: Option<i64>,
}

pub fn leaders(c: &mut Conn, id: i64) -> QueryResult<Leaders> {
    teams::table.find(id).select((teams::lead_id, teams::head_id)).first(c)
}

pub fn set_leaders(c: &mut Conn, by: By, id: i64, to: Leaders, now: DateTime<Utc>) -> Result<()> {
    if leaders(c, id)? == to {
        return Ok(());
    }
    for (field, person) in [("lead", to.lead_id), ("head", to.head_id)] {
        let Some(person) = person else { continue };
        if !absence::colleague(c, person)?.is_some_and(|person| person.works()) {
            return Err(Error::field(field, "error-choice"));
        }
    }
    diesel::update(teams::table.find(id))
        .set((teams::lead_id.eq(to.lead_id), teams::head_id.eq(to.head_id)))
        .execute(c)?;
    let word = |id: Option<i64>| id.map(|id| id.to_string());
    let said = json!({"team": id.to_string(), "lead": word(to.lead_id), "head": word(to.head_id)});
    journal::append(c, Event::new(by, Subject::Rules, id, "team_leaders_changed", said, now))?;
    rules::changed(c)
}

/// The calendar of its own by which a team works.
pub fn calendar(c: &mut Conn, id: i64) -> QueryResult<Option<i64>> {
    teams::table.find(id).select(teams::calendar_id).first(c)
}

/// From now on the team works by this calendar, or by the default one.
pub fn set_calendar(c: &mut Conn, by: By, id: i64, calendar_id: Option<i64>, now: DateTime<Utc>) -> Result<()> {
    if calendar(c, id)? == calendar_id {
        return Ok(());
    }
    let known = sla::store::choices(c)?;
    if calendar_id.is_some_and(|wanted| known.iter().all(|(id, _)| *id != wanted)) {
        return Err(Error::field("calendar", "error-choice"));
    }
    diesel::update(teams::table.find(id)).set(teams::calendar_id.eq(calendar_id)).execute(c)?;
    let said = json!({"team": id.to_string(), "calendar": calendar_id.map(|id| id.to_string())});
    journal::append(c, Event::new(by, Subject::Rules, id, "team_calendar_changed", said, now))?;
    rules::changed(c)
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
