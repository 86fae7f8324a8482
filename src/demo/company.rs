//! The company of the sample: its teams, its topics and the people who sign in.

use super::sample::{Person, Sample, unknown};
use crate::db::Conn;
use crate::db::schema::{teams, topics};
use crate::db::types::Ts;
use crate::error::Result;
use crate::id;
use crate::people::store;
use crate::web::viewer::Viewer;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

/// Sets the company up; returns its people by their key, as they are when they are signed in.
pub fn found(c: &mut Conn, sample: &Sample, hash: &str, now: DateTime<Utc>) -> Result<HashMap<String, Viewer>> {
    for (position, topic) in (1i32..).zip(&sample.topics) {
        let row = (
            topics::id.eq(id::new_id()),
            topics::slug.eq(&topic.slug),
            topics::name_en.eq(&topic.name_en),
            topics::name_ru.eq(&topic.name_ru),
            topics::position.eq(position),
        );
        diesel::insert_into(topics::table).values(row).execute(c)?;
    }
    let mut ids = HashMap::new();
    for team in &sample.teams {
        let id = id::new_id();
        let row = (teams::id.eq(id), teams::name.eq(&team.name), teams::created_at.eq(Ts::from(now)));
        diesel::insert_into(teams::table).values(row).execute(c)?;
        ids.insert(team.key.as_str(), id);
    }
    sample.people.iter().map(|person| Ok((person.key.clone(), hire(c, person, &ids, hash, now)?))).collect()
}

fn hire(c: &mut Conn, person: &Person, teams: &HashMap<&str, i64>, hash: &str, now: DateTime<Utc>) -> Result<Viewer> {
    let team = |key: &String| teams.get(key.as_str()).copied().ok_or_else(|| unknown(&person.key, key));
    let team_id = person.team.as_ref().map(team).transpose()?;
    let row = store::Person {
        id: id::new_id(),
        email: Some(person.email.clone()),
        name: person.name.clone(),
        lang: person.lang,
        role: person.role,
        team_id,
        password_hash: Some(hash.to_owned()),
        created_at: now.into(),
        disabled_at: None,
        digest_since: Some(now.into()),
        digest_ended_at: None,
    };
    store::insert(c, &row)?;
    // Nobody is signed in: there is no session.
    Ok(Viewer {
        id: row.id,
        session_id: 0,
        name: row.name,
        email: row.email,
        role: row.role,
        lang: row.lang,
        team_id,
    })
}
