//! The verbs of assignment rules, one transaction each. Every node reads the rules again afterwards.

use super::model::{Wanted, check_order};
use super::store;
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::topic_id;
use crate::journal::{self, By, Event, Subject};
use crate::people::{absence, teams};
use crate::rules::{self, Assignment};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

/// Saves a rule: a new one behind the others, or the one with this id in its place.
pub fn save(c: &mut Conn, by: By, id: Option<i64>, wanted: &Wanted, now: DateTime<Utc>) -> Result<i64> {
    place(c, id, wanted)?;
    let (id, event) = match id {
        Some(id) => {
            store::update(c, id, wanted, now)?;
            (id, "assignment_changed")
        }
        None => (store::insert(c, wanted, now)?, "assignment_added"),
    };
    note(c, by, id, event, &wanted.name, now)?;
    Ok(id)
}

/// The rules in use with this one in its place, if it may stand there. An archived one stands behind the others, as it
/// will when it is used again.
pub fn place(c: &mut Conn, id: Option<i64>, wanted: &Wanted) -> Result<(Vec<Assignment>, usize)> {
    wanted.check()?;
    let team = check_choices(c, wanted)?;
    let rule = wanted.rule(id.unwrap_or_default(), team);
    let mut rules = rules::store::assignments(c)?;
    let at = rules.iter().position(|other| Some(other.id) == id);
    let place = match at {
        Some(at) => {
            rules[at] = rule;
            at
        }
        None => {
            rules.push(rule);
            rules.len() - 1
        }
    };
    check_order(&rules, place)?;
    Ok((rules, place))
}

/// Whom and what a rule names must be there; returns the team's name.
fn check_choices(c: &mut Conn, wanted: &Wanted) -> Result<Option<String>> {
    let mut wrong = Vec::new();
    let team = wanted.team_id.map(|id| teams::name(c, id).optional()).transpose()?;
    if team == Some(None) {
        wrong.push(FieldError::new("team", "error-choice"));
    }
    if let Some(id) = wanted.person_id
        && !absence::colleague(c, id)?.is_some_and(|person| person.works())
    {
        wrong.push(FieldError::new("person", "error-choice"));
    }
    if let Some(slug) = &wanted.criteria.topic
        && topic_id(c, slug)?.is_none()
    {
        wrong.push(FieldError::new("topic", "error-rule-topic"));
    }
    if wrong.is_empty() { Ok(team.flatten()) } else { Err(Error::Invalid(wrong)) }
}

/// Moves a rule past its neighbour. Refused when that leaves one of them nothing to do.
pub fn move_up_or_down(c: &mut Conn, by: By, id: i64, up: bool, now: DateTime<Utc>) -> Result<()> {
    let mut rules = rules::store::assignments(c)?;
    let at = rules.iter().position(|rule| rule.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < rules.len()) };
    let Some(to) = to else { return Ok(()) };
    rules.swap(at, to);
    check_order(&rules, to)?;
    store::arrange(c, &rules.iter().map(|rule| rule.id).collect::<Vec<_>>())?;
    note(c, by, id, "assignment_moved", &rules[to].name, now)
}

/// Takes a rule out of use, or back behind the others.
pub fn archive(c: &mut Conn, by: By, id: i64, archived: bool, now: DateTime<Utc>) -> Result<()> {
    let row = store::find(c, id)?;
    if row.archived_at.is_some() == archived {
        return Ok(());
    }
    if !archived {
        place(c, Some(id), &Wanted::try_from(row.clone())?)?;
    }
    store::set_archived(c, id, archived, now)?;
    note(c, by, id, if archived { "assignment_archived" } else { "assignment_restored" }, &row.name, now)
}

impl TryFrom<store::Row> for Wanted {
    type Error = Error;

    fn try_from(row: store::Row) -> Result<Wanted> {
        let criteria = serde_json::from_value(row.criteria.0).map_err(Error::internal)?;
        let store::Row { name, team_id, person_id, by_load, .. } = row;
        Ok(Wanted { name, criteria, team_id, person_id, by_load })
    }
}

fn note(c: &mut Conn, by: By, id: i64, event: &str, name: &str, now: DateTime<Utc>) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Rules, id, event, json!({"name": name}), now))?;
    rules::changed(c)
}
