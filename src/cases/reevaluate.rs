//! When a policy, a calendar or a team changes, every open case is looked at again: which promise it has now, and when it
//! comes due. In batches by key, one node at a time; how far it came stands in the settings, so a restart goes on.

use super::actions::{Desk, choose_policy, note_event};
use super::model::Status;
use super::store;
use crate::db::Conn;
use crate::db::dialect::{Portable, lock_row};
use crate::db::schema::{cases, settings};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::journal::By;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use serde_json::json;

const SETTING: &str = "rules_applied";

/// How far open cases have followed the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The version of the rules that is being applied.
    pub version: i64,
    /// The last case looked at; none when all of them were.
    pub after: Option<i64>,
    /// Cases looked at since the rules changed.
    pub looked_at: i64,
}

impl Applied {
    /// Nothing was looked at yet under this version.
    fn fresh(version: i64) -> Applied {
        Applied { version, after: Some(i64::MIN), looked_at: 0 }
    }
}

/// How far it is, for the admin's page.
pub fn applied(c: &mut Conn) -> Result<Option<Applied>> {
    let stored: Option<String> = settings::table.find(SETTING).select(settings::value).first(c).optional()?;
    stored.map(|text| serde_json::from_str(&text).map_err(Error::internal)).transpose()
}

/// Looks at the next `most` open cases; true when there is nothing left to do.
pub fn step(c: &mut Conn, desk: &Desk, most: i64) -> Result<bool> {
    let version = desk.rules.version;
    if applied(c)?.is_some_and(|applied| applied.version == version && applied.after.is_none()) {
        return Ok(true);
    }
    let mut applied = locked(c, version)?;
    let Some(after) = applied.after else { return Ok(true) };
    let ids: Vec<i64> = cases::table
        .filter(cases::id.gt(after).and(cases::status.ne(Status::Closed)))
        .order(cases::id)
        .limit(most)
        .select(cases::id)
        .load(c)?;
    for id in &ids {
        follow(c, desk, *id)?;
    }
    applied.looked_at += ids.len() as i64;
    applied.after = ids.last().copied().filter(|_| ids.len() as i64 == most);
    let text = serde_json::to_string(&applied).map_err(Error::internal)?;
    diesel::update(settings::table.find(SETTING)).set(settings::value.eq(text)).execute(c)?;
    Ok(applied.after.is_none())
}

/// The progress row, held until the end of the transaction: of several nodes one works. An older node does not undo what
/// a newer one has begun.
fn locked(c: &mut Conn, version: i64) -> Result<Applied> {
    let fresh = serde_json::to_string(&Applied::fresh(version)).map_err(Error::internal)?;
    let row = (settings::key.eq(SETTING), settings::value.eq(fresh));
    Portable(diesel::insert_into(settings::table).values(row).on_conflict_do_nothing()).execute(c)?;
    let query = format!("select value from settings where key = $1{}", lock_row(c));
    let stored: Value = diesel::sql_query(query).bind::<Text, _>(SETTING).get_result(c)?;
    let applied: Applied = serde_json::from_str(&stored.value).map_err(Error::internal)?;
    Ok(if applied.version < version { Applied::fresh(version) } else { applied })
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

fn follow(c: &mut Conn, desk: &Desk, id: i64) -> Result<()> {
    let (mut case, said) = store::by_id(c, id)?;
    let before = (case.policy_id, case.next_due, case.alert_at);
    let another = choose_policy(c, desk, &mut case, &said)?;
    case.derive(&desk.rules.terms(case.policy_id, case.team_id), desk.now);
    if (case.policy_id, case.next_due, case.alert_at) == before {
        return Ok(());
    }
    let updated_at: Ts = case.updated_at;
    store::save(c, &mut case, *updated_at)?;
    if another && before.0.is_some() {
        let name = desk.rules.policy(case.policy_id).map(|policy| policy.name.clone());
        note_event(c, desk, By::SYSTEM, id, "promise_changed", json!({"policy": name}))?;
    }
    Ok(())
}
