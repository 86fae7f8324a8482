//! The company of the sample: its teams, its topics and the people who sign in.

use super::sample::{Person, Sample, SavedAnswer, Topic, unknown};
use crate::cases::answers::{self, Wording};
use crate::db::Conn;
use crate::db::schema::topics;
use crate::error::Result;
use crate::id;
use crate::journal::By;
use crate::people::model::NewPerson;
use crate::people::{actions, teams};
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

/// Sets the company up; returns its people by their key, as they are when they are signed in.
pub fn found(c: &mut Conn, sample: &Sample, hash: &str, now: DateTime<Utc>) -> Result<HashMap<String, Viewer>> {
    for (position, topic) in (1..).zip(&sample.topics) {
        offer(c, topic, position)?;
    }
    let mut ids = HashMap::new();
    for team in &sample.teams {
        ids.insert(team.key.as_str(), teams::add(c, &team.name, now)?);
    }
    let hired = sample.people.iter().map(|person| Ok((person.key.clone(), hire(c, person, &ids, hash, now)?)));
    let people: HashMap<String, Viewer> = hired.collect::<Result<_>>()?;
    if let Some(admin) = people.values().find(|person| person.role == Role::Admin) {
        sample.answers.iter().try_for_each(|answer| save(c, admin, answer, now))?;
    }
    Ok(people)
}

fn save(c: &mut Conn, admin: &Viewer, answer: &SavedAnswer, now: DateTime<Utc>) -> Result<()> {
    let SavedAnswer { name, body_en, body_ru } = answer;
    let wording = Wording { name: name.clone(), team_id: None, body_en: body_en.clone(), body_ru: body_ru.clone() };
    answers::add(c, admin, wording, now).map(|_| ())
}

/// Not the verb of the topics page, which makes up the slug.
fn offer(c: &mut Conn, topic: &Topic, position: i32) -> QueryResult<()> {
    let row = (
        topics::id.eq(id::new_id()),
        topics::slug.eq(&topic.slug),
        topics::name_en.eq(&topic.name_en),
        topics::name_ru.eq(&topic.name_ru),
        topics::position.eq(position),
    );
    diesel::insert_into(topics::table).values(row).execute(c).map(|_| ())
}

fn hire(c: &mut Conn, person: &Person, teams: &HashMap<&str, i64>, hash: &str, now: DateTime<Utc>) -> Result<Viewer> {
    let team = |key: &String| teams.get(key.as_str()).copied().ok_or_else(|| unknown(&person.key, key));
    let new = NewPerson {
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        team_id: person.team.as_ref().map(team).transpose()?,
        lang: person.lang,
    };
    let id = actions::create(c, By::SYSTEM, new.clone(), Some(hash.to_owned()), now)?;
    // Nobody is signed in: there is no session.
    Ok(Viewer {
        id,
        session_id: 0,
        name: new.name,
        email: Some(new.email),
        role: new.role,
        lang: new.lang,
        team_id: new.team_id,
    })
}
