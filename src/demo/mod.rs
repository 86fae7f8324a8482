//! `serve --demo`: a fresh database filled with the lifelike sample of `config/demo.toml`. Its three months of history
//! are played through the product's own verbs; nothing of it is ever mailed.

mod changes;
mod company;
mod council;
mod digest;
mod replay;
mod rules;
mod sample;
mod story;

use crate::app::App;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{feedback, people, settings};
use crate::error::Result;
use crate::people::password;
use crate::web::viewer::Role;
use diesel::prelude::*;
use replay::Replay;
use sample::{Person, Sample};
use std::cmp::Reverse;
use std::collections::HashSet;

/// Of everybody in the sample: it is printed at start, so it is no secret.
const PASSWORD: &str = "heard-demo-2026";
const FILLED: &str = "demo";
const RECEIPT: &str = "demo_receipt";

/// How somebody of the sample signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub role: Role,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Fills an empty database and says how to sign in; none, and nothing changed, if anybody or anything is in it.
pub async fn fill(app: &App) -> Result<Option<Vec<SignIn>>> {
    if !app.db.read(is_empty).await? {
        return Ok(None);
    }
    let replay = Replay::prepare(app, app.clock.now())?;
    // Hashing is slow on purpose; once is enough for people who all have the same password.
    let hash = password::hash_soon(PASSWORD.to_owned()).await?;
    let filled = app.db.write(move |c| {
        // Of several processes that start at once only the first gets to fill.
        if !is_empty(c)? || !remember(c, FILLED, "1")? {
            return Ok(false);
        }
        if let Some(code) = replay.play(c, &hash)? {
            remember(c, RECEIPT, &code)?;
        }
        Ok(true)
    });
    if filled.await? { sign_ins(app).await.map(Some) } else { Ok(None) }
}

/// The sign-ins of a database that was filled with the sample, one of each role and an owner of each team; none in any
/// other database.
pub async fn sign_ins(app: &App) -> Result<Vec<SignIn>> {
    if app.db.read(|c| setting(c, FILLED)).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut people = Sample::read()?.people;
    people.sort_by_key(|person| Reverse(person.role));
    let mut roles = HashSet::new();
    people.retain(|person| roles.insert((person.role, team_of_owner(person))));
    Ok(people.into_iter().map(SignIn::from).collect())
}

/// The receipt code of one anonymous case of the sample, to try the page behind it.
pub async fn receipt_code(app: &App) -> Result<Option<String>> {
    app.db.read(|c| setting(c, RECEIPT)).await
}

impl From<Person> for SignIn {
    fn from(person: Person) -> SignIn {
        SignIn { role: person.role, name: person.name, email: person.email, password: PASSWORD.to_owned() }
    }
}

/// Each team has an owner of its own; of the other roles one is enough.
fn team_of_owner(person: &Person) -> Option<String> {
    person.team.clone().filter(|_| person.role == Role::Owner)
}

fn is_empty(c: &mut Conn) -> Result<bool> {
    let anybody = people::table.select(people::id).first::<i64>(c).optional()?;
    let anything = feedback::table.select(feedback::id).first::<i64>(c).optional()?;
    Ok(anybody.is_none() && anything.is_none())
}

fn setting(c: &mut Conn, key: &str) -> Result<Option<String>> {
    Ok(settings::table.find(key).select(settings::value).first(c).optional()?)
}

/// False if it is remembered already.
fn remember(c: &mut Conn, key: &str, value: &str) -> Result<bool> {
    let row = (settings::key.eq(key), settings::value.eq(value));
    let added = Portable(diesel::insert_into(settings::table).values(row).on_conflict_do_nothing()).execute(c)?;
    Ok(added == 1)
}
