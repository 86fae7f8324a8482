//! Accounts: the way in, and who can keep others out.

mod admin;
mod entry;
mod links;
mod tokens;

use crate::support::{Actor, Answer, World};
use diesel::prelude::*;
use heard::db::schema::{journal, outbox, people};
use heard::i18n::Lang;
use heard::journal::By;
use heard::people::actions;
use heard::people::model::NewPerson;
use heard::web::viewer::Role;

const PASSWORD: &str = "four grey horses running";
const OTHER: &str = "five blue whales singing";

fn new_person(name: &str, role: Role) -> NewPerson {
    NewPerson { name: name.into(), email: email_of(name), role, team_id: None, lang: Lang::En }
}

fn email_of(name: &str) -> String {
    format!("{}@heard.example", name.to_lowercase())
}

/// Somebody with a password, not signed in anywhere.
async fn account(world: &World, name: &'static str, role: Role) -> i64 {
    let now = world.now();
    world.write(move |c| actions::create_person(c, By::SYSTEM, new_person(name, role), Some(PASSWORD), now)).await
}

async fn sign_in(actor: &Actor, name: &str, password: &str) -> Answer {
    actor.post("/sign-in", &[("email", &email_of(name)), ("password", password)]).await
}

/// A stranger who becomes this person by signing in.
async fn signed_in(world: &World, name: &str) -> Actor {
    let actor = world.stranger();
    sign_in(&actor, name, PASSWORD).await.expect(303);
    actor
}

/// A browser that still has the session cookie of another.
fn replay(of: &Actor) -> Actor {
    let thief = of.world.stranger();
    thief.set_cookie("heard", &of.cookie("heard").expect("is signed in"));
    thief
}

async fn is_signed_in(actor: &Actor) -> bool {
    let answer = actor.get("/me/sessions").await;
    match answer.status.as_u16() {
        200 => true,
        303 if answer.location().starts_with("/sign-in?next=") => false,
        other => panic!("{other}: {}", answer.body),
    }
}

/// The mails of one kind to one address, oldest first: the path of the link in each.
async fn links_mailed(world: &World, template: &'static str, email: &str) -> Vec<String> {
    let email = email.to_owned();
    let rows: Vec<heard::db::types::Doc> = world
        .read(move |c| {
            let mails = outbox::table.filter(outbox::template.eq(template)).filter(outbox::address.eq(email));
            Ok(mails.order(outbox::id).select(outbox::data).load(c)?)
        })
        .await;
    let base = world.app.config.http.public_url.clone();
    rows.iter().map(|data| data.0["link_url"].as_str().unwrap().strip_prefix(&base).unwrap().to_owned()).collect()
}

async fn events(world: &World, person_id: i64) -> Vec<String> {
    world
        .read(move |c| {
            let of = journal::table.filter(journal::subject_id.eq(person_id)).order(journal::seq);
            Ok(of.select(journal::event).load(c)?)
        })
        .await
}

async fn id_of(world: &World, email: &str) -> i64 {
    let email = email.to_owned();
    world.read(move |c| Ok(people::table.filter(people::email.eq(email)).select(people::id).first(c)?)).await
}
