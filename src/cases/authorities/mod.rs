//! Rows of what the front line may decide, and the page on which administrators arrange it.

pub mod pages;

use super::authority::Authority;
use crate::db::Conn;
use crate::db::schema::{authorities, teams};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::web::viewer::Role;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

/// The roles that work cases.
pub const ROLES: [Role; 3] = [Role::Owner, Role::Council, Role::Admin];

/// The right of a role, or of a role in one team.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub id: i64,
    pub role: Role,
    pub team_id: Option<i64>,
    pub team: Option<String>,
    pub may_resolve: bool,
    pub may_apologise: bool,
    pub limit_cents: i64,
}

impl Row {
    pub fn authority(&self) -> Authority {
        let Row { may_resolve, may_apologise, limit_cents, .. } = *self;
        Authority { may_resolve, may_apologise, limit_cents }
    }
}

/// The rights of roles, each followed by those of teams.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Row>> {
    let mut rows: Vec<Row> = authorities::table
        .left_join(teams::table.on(teams::id.nullable().eq(authorities::team_id)))
        .select((
            authorities::id,
            authorities::role,
            authorities::team_id,
            teams::name.nullable(),
            authorities::may_resolve,
            authorities::may_apologise,
            authorities::limit_cents,
        ))
        .load(c)?;
    rows.sort_by_key(|row| (row.role, row.team.clone()));
    Ok(rows)
}

pub fn find(c: &mut Conn, id: i64) -> Result<Row> {
    list(c)?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)
}

/// What somebody of this role may decide: as their team has it, or else as the role has it. Nobody said so: nothing.
pub fn of(c: &mut Conn, role: Role, team_id: Option<i64>) -> QueryResult<Authority> {
    let rows: Vec<(Option<i64>, bool, bool, i64)> = authorities::table
        .filter(authorities::role.eq(role))
        .select((authorities::team_id, authorities::may_resolve, authorities::may_apologise, authorities::limit_cents))
        .load(c)?;
    let of_team = rows.iter().find(|row| row.0.is_some() && row.0 == team_id);
    let right = of_team.or_else(|| rows.iter().find(|row| row.0.is_none()));
    Ok(right.map_or(Authority::default(), |(_, may_resolve, may_apologise, limit_cents)| Authority {
        may_resolve: *may_resolve,
        may_apologise: *may_apologise,
        limit_cents: *limit_cents,
    }))
}

/// Gives a role in one team a right of its own.
pub fn add(c: &mut Conn, by: By, role: Role, team_id: i64, right: Authority, now: DateTime<Utc>) -> Result<()> {
    if !ROLES.contains(&role) {
        return Err(Error::field("role", "error-choice"));
    }
    if teams::table.find(team_id).select(teams::id).first::<i64>(c).optional()?.is_none() {
        return Err(Error::field("team", "error-choice"));
    }
    let id = id::new_id();
    let row = (
        authorities::id.eq(id),
        authorities::role.eq(role),
        authorities::team_id.eq(Some(team_id)),
        authorities::may_resolve.eq(right.may_resolve),
        authorities::may_apologise.eq(right.may_apologise),
        authorities::limit_cents.eq(right.limit_cents),
        authorities::updated_at.eq(Ts::from(now)),
    );
    diesel::insert_into(authorities::table).values(row).execute(c).map_err(|e| match is_taken(&e) {
        true => Error::Invalid(vec![FieldError::new("team", "error-authority-taken")]),
        false => e.into(),
    })?;
    note(c, by, id, "authority_added", right, now)
}

pub fn change(c: &mut Conn, by: By, id: i64, right: Authority, now: DateTime<Utc>) -> Result<()> {
    let changed = diesel::update(authorities::table.find(id))
        .set((
            authorities::may_resolve.eq(right.may_resolve),
            authorities::may_apologise.eq(right.may_apologise),
            authorities::limit_cents.eq(right.limit_cents),
            authorities::updated_at.eq(Ts::from(now)),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    note(c, by, id, "authority_changed", right, now)
}

/// From now on the right of the role holds in this team too. The rights of roles stay.
pub fn remove(c: &mut Conn, by: By, id: i64, now: DateTime<Utc>) -> Result<()> {
    let row = authorities::table.find(id).filter(authorities::team_id.is_not_null());
    if diesel::delete(row).execute(c)? == 0 {
        return Err(Error::NotFound);
    }
    note(c, by, id, "authority_removed", Authority::default(), now)
}

fn note(c: &mut Conn, by: By, id: i64, event: &str, right: Authority, now: DateTime<Utc>) -> Result<()> {
    let Authority { may_resolve, may_apologise, limit_cents } = right;
    let data = json!({"may_resolve": may_resolve, "may_apologise": may_apologise, "limit_cents": limit_cents});
    journal::append(c, Event::new(by, Subject::Rules, id, event, data, now))?;
    Ok(())
}
