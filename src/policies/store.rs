//! Policies as rows, and what administrators do to them. Each change is one transaction with its event; whoever changes
//! rules counts their version first and so waits for whoever did before.

use super::model::{Draft, MAX_POLICIES, check_order, place};
use crate::cases::model::Status;
use crate::db::Conn;
use crate::db::schema::{cases, policies, topics};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::rules::{self, Policy};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// How many open cases are looked at for the figures beside the policies.
pub const COUNTED: i64 = 10_000;
/// The number of the first policy in the order.
const FIRST: i32 = 1_001;

/// Those on offer in the order in which they are tried, and those that are archived.
pub struct Arranged {
    pub offered: Vec<Policy>,
    pub archived: Vec<Policy>,
}

pub fn all(c: &mut Conn) -> Result<Arranged> {
    let (archived, offered): (Vec<_>, Vec<_>) =
        rules::store::policies(c)?.into_iter().partition(|(_, retired)| *retired);
    let plain = |rows: Vec<(Policy, bool)>| rows.into_iter().map(|(policy, _)| policy).collect();
    Ok(Arranged { offered: plain(offered), archived: plain(archived) })
}

/// One of them, and whether it is archived.
pub fn find(c: &mut Conn, id: i64) -> Result<(Policy, bool)> {
    rules::store::policies(c)?.into_iter().find(|(policy, _)| policy.id == id).ok_or(Error::NotFound)
}

/// How many open cases are under each policy, and whether there are more than were looked at.
pub fn open_cases(c: &mut Conn) -> QueryResult<(HashMap<i64, i64>, bool)> {
    let open: Vec<Status> = Status::ALL.iter().copied().filter(|status| status.is_open()).collect();
    let found: Vec<Option<i64>> = cases::table
        .filter(cases::status.eq_any(open))
        .filter(cases::primary_id.is_null())
        .select(cases::policy_id)
        .limit(COUNTED)
        .load(c)?;
    let more = found.len() as i64 == COUNTED;
    let mut counts = HashMap::new();
    for id in found.into_iter().flatten() {
        *counts.entry(id).or_default() += 1;
    }
    Ok((counts, more))
}

/// A new one, tried as early as it leaves something to the others.
pub fn add(c: &mut Conn, by: By, draft: Draft, now: DateTime<Utc>) -> Result<i64> {
    rules::changed(c)?;
    known_topic(c, &draft)?;
    let Arranged { offered, archived } = all(c)?;
    if offered.len() + archived.len() >= MAX_POLICIES {
        return Err(Error::Invalid(vec![FieldError::new("name", "policies-too-many").with("max", MAX_POLICIES)]));
    }
    let place = place(&offered, &draft.criteria)?;
    let (id, said) = (id::new_id(), said(&draft));
    let row = (
        policies::id.eq(id),
        policies::position.eq(FIRST),
        policies::name.eq(&draft.name),
        policies::criteria.eq(doc(&draft.criteria)?),
        policies::targets.eq(doc(&draft.targets)?),
        policies::warn_percent.eq(percent(&draft)?),
        policies::ladder.eq(doc(&draft.ladder)?),
        policies::apart.eq(draft.apart),
        policies::updated_at.eq(Ts::from(now)),
    );
    diesel::insert_into(policies::table).values(row).execute(c).map_err(taken)?;
    let mut order: Vec<i64> = offered.iter().map(|policy| policy.id).collect();
    order.insert(place, id);
    write_order(c, &order)?;
    tell(c, by, id, "policy_added", said, now)?;
    Ok(id)
}

/// Other words, criteria or promises; its place stays.
pub fn change(c: &mut Conn, by: By, id: i64, draft: Draft, now: DateTime<Utc>) -> Result<()> {
    if Draft::of(&find(c, id)?.0) == draft {
        return Ok(());
    }
    rules::changed(c)?;
    known_topic(c, &draft)?;
    let Arranged { mut offered, archived } = all(c)?;
    let before =
        offered.iter().chain(&archived).find(|policy| policy.id == id).map(Draft::of).ok_or(Error::NotFound)?;
    if let Some(mine) = offered.iter_mut().find(|policy| policy.id == id) {
        mine.criteria = draft.criteria.clone();
        check_order(&offered, id, "criteria")?;
    }
    diesel::update(policies::table.find(id))
        .set((
            policies::name.eq(&draft.name),
            policies::criteria.eq(doc(&draft.criteria)?),
            policies::targets.eq(doc(&draft.targets)?),
            policies::warn_percent.eq(percent(&draft)?),
            policies::ladder.eq(doc(&draft.ladder)?),
            policies::apart.eq(draft.apart),
            policies::updated_at.eq(Ts::from(now)),
        ))
        .execute(c)
        .map_err(taken)?;
    let mut data = said(&draft);
    data["before"] = said(&before);
    tell(c, by, id, "policy_changed", data, now)
}

/// One place up or down; at the end it stays.
pub fn move_one(c: &mut Conn, by: By, id: i64, up: bool, now: DateTime<Utc>) -> Result<()> {
    rules::changed(c)?;
    let mut order = all(c)?.offered;
    let from = order.iter().position(|policy| policy.id == id).ok_or(Error::NotFound)?;
    let to = if up { from.saturating_sub(1) } else { (from + 1).min(order.len() - 1) };
    if from == to {
        return Ok(());
    }
    order.swap(from, to);
    check_order(&order, id, "order")?;
    write_order(c, &order.iter().map(|policy| policy.id).collect::<Vec<_>>())?;
    tell(c, by, id, "policy_moved", json!({"name": order[to].name, "up": up}), now)
}

/// Archived, it is promised to nobody any more, and open cases follow the next that matches.
pub fn archive(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    rules::changed(c)?;
    let (policy, archived) = find(c, id)?;
    if archived {
        return Ok(());
    }
    let archived_at = Some(Ts::from(now));
    diesel::update(policies::table.find(id)).set(policies::archived_at.eq(archived_at)).execute(c)?;
    tell(c, by, id, "policy_archived", json!({"name": policy.name}), now)
}

/// On offer again, placed like a new one.
pub fn restore(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    rules::changed(c)?;
    let (policy, archived) = find(c, id)?;
    if !archived {
        return Ok(());
    }
    let offered = all(c)?.offered;
    let place = place(&offered, &policy.criteria)?;
    diesel::update(policies::table.find(id)).set(policies::archived_at.eq(None::<Ts>)).execute(c)?;
    let mut order: Vec<i64> = offered.iter().map(|policy| policy.id).collect();
    order.insert(place, id);
    write_order(c, &order)?;
    tell(c, by, id, "policy_restored", json!({"name": policy.name}), now)
}

fn write_order(c: &mut Conn, order: &[i64]) -> Result<()> {
    for (position, id) in (FIRST..).zip(order) {
        let elsewhere = policies::table.find(*id).filter(policies::position.ne(position));
        diesel::update(elsewhere).set(policies::position.eq(position)).execute(c)?;
    }
    Ok(())
}

/// A topic that there is not would match nobody.
fn known_topic(c: &mut Conn, draft: &Draft) -> Result<()> {
    let Some(slug) = &draft.criteria.topic else { return Ok(()) };
    let known: i64 = topics::table.filter(topics::slug.eq(slug)).count().get_result(c)?;
    if known == 0 { Err(Error::field("topic", "error-choice")) } else { Ok(()) }
}

fn percent(draft: &Draft) -> Result<i32> {
    i32::try_from(draft.warn_percent).map_err(Error::internal)
}

fn said(draft: &Draft) -> Value {
    let Draft { name, criteria, targets, warn_percent, ladder, apart } = draft;
    json!({
        "name": name,
        "criteria": criteria,
        "targets": targets,
        "warn_percent": warn_percent,
        "ladder": ladder,
        "apart": apart,
    })
}

fn tell(c: &mut Conn, by: By, id: i64, event: &str, data: Value, now: DateTime<Utc>) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Rules, id, event, data, now))?;
    Ok(())
}

fn doc(value: &impl Serialize) -> Result<Doc> {
    serde_json::to_value(value).map(Doc).map_err(Error::internal)
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
