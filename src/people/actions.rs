//! What can be done about accounts: one transaction each, with its line in the journal and its mail.

use super::begun;
use super::model::{Membership, NewPerson, Profile, Purpose, checked_name, clean_email};
use super::password;
use super::store::{self, Person};
use crate::config::Http;
use crate::db::Conn;
use crate::db::schema::teams;
use crate::error::{Error, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::mail::letters::{Invitation, Password, PasswordChanged};
use crate::mail::outbox::{self, NewMail};
use crate::web::viewer::Role;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

pub use super::tokens::{create_token, revoke_token};

/// Nobody's mailbox is filled by asking again and again.
const BETWEEN_RESETS: Duration = Duration::minutes(5);

/// A link to make the first administrator, in place of any before it; none if there is an administrator already.
pub fn setup_link(c: &mut Conn, now: DateTime<Utc>) -> Result<Option<String>> {
    if store::has_admin(c)? {
        return Ok(None);
    }
    store::drop_setup_links(c)?;
    Ok(Some(store::insert_link(c, Purpose::Setup, None, now)?))
}

/// Refuses a set-up link that was used, replaced, or overtaken by an administrator made otherwise.
pub fn check_setup(c: &mut Conn, token: &str, now: DateTime<Utc>) -> Result<()> {
    match store::open_link(c, token, now)? {
        Some((Purpose::Setup, _)) if !store::has_admin(c)? => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// Makes the first administrator; the link is used up.
pub fn set_up(c: &mut Conn, token: &str, first: NewPerson, hash: String, now: DateTime<Utc>) -> Result<i64> {
    check_setup(c, token, now)?;
    if !store::use_link(c, token, now)? {
        return Err(Error::NotFound);
    }
    begun::name(c, first.lang)?;
    create(c, By::SYSTEM, NewPerson { role: Role::Admin, ..first }, Some(hash), now)
}

/// Adds somebody, for the command line: with a password, or without until they choose one.
pub fn create_person(c: &mut Conn, by: By, new: NewPerson, password: Option<&str>, now: DateTime<Utc>) -> Result<i64> {
    let new = new.checked()?;
    let hash = match password {
        Some(word) => {
            password::check("password", word, &[&new.name, &new.email])?;
            Some(password::hash(word)?)
        }
        None => None,
    };
    create(c, by, new, hash, now)
}

/// Adds somebody whose password, if any, is hashed already. Whoever wrote to us before becomes a member.
pub fn create(c: &mut Conn, by: By, new: NewPerson, hash: Option<String>, now: DateTime<Utc>) -> Result<i64> {
    let new = new.checked()?;
    check_team(c, new.team_id)?;
    let person_id = match store::by_email(c, &new.email)? {
        Some(contact) if contact.role == Role::Contact => promote(c, contact, &new, now)?,
        Some(_) => return Err(Error::field("email", "people-email-taken")),
        None => insert(c, &new, now)?,
    };
    if let Some(hash) = &hash {
        store::set_password_hash(c, person_id, hash)?;
    }
    note(c, by, person_id, "created", json!({"role": new.role, "password": hash.is_some()}), now)?;
    Ok(person_id)
}

fn insert(c: &mut Conn, new: &NewPerson, now: DateTime<Utc>) -> Result<i64> {
    let person = Person {
        id: id::new_id(),
        email: Some(new.email.clone()),
        name: new.name.clone(),
        lang: new.lang,
        role: new.role,
        team_id: new.team_id,
        password_hash: None,
        created_at: now.into(),
        disabled_at: None,
        digest_since: Some(now.into()),
        digest_ended_at: None,
    };
    match store::insert(c, &person) {
        Err(e) if is_taken(&e) => Err(Error::field("email", "people-email-taken")),
        done => Ok(done.map(|()| person.id)?),
    }
}

fn promote(c: &mut Conn, contact: Person, new: &NewPerson, now: DateTime<Utc>) -> Result<i64> {
    let member = Person {
        name: new.name.clone(),
        lang: new.lang,
        role: new.role,
        team_id: new.team_id,
        digest_since: contact.digest_since.or(Some(now.into())),
        ..contact
    };
    store::save_membership(c, &member)?;
    store::save_profile(c, &member)?;
    Ok(member.id)
}

/// Adds somebody and sends them a link to choose a password.
pub fn invite(c: &mut Conn, http: &Http, by: By, inviter: &str, new: NewPerson, now: DateTime<Utc>) -> Result<i64> {
    let person_id = create(c, by, new, None, now)?;
    send_invitation(c, http, by, inviter, person_id, now)?;
    Ok(person_id)
}

/// Sends the link once more, in place of the one before.
pub fn send_invitation(
    c: &mut Conn,
    http: &Http,
    by: By,
    inviter: &str,
    person_id: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let person = store::person(c, person_id)?;
    if !person.is_active() || person.password_hash.is_some() {
        return Err(Error::Conflict("error-already"));
    }
    store::drop_links_of(c, person_id)?;
    let token = store::insert_link(c, Purpose::Invitation, Some(person_id), now)?;
    let letter = Invitation {
        invited_by: Some(inviter.to_owned()),
        link_url: http.url(&format!("/password/{token}")),
        expires_at: now + Purpose::Invitation.life(),
    };
    let event = note(c, by, person_id, "invited", json!({}), now)?;
    send(c, person, "invitation", event, &letter, now)
}

/// Sends a link for a new password to whoever has this address. Nothing tells the asker whether somebody has: a link
/// is stored in any case, so that the answer takes as long.
pub fn request_reset(c: &mut Conn, http: &Http, email: &str, now: DateTime<Utc>) -> Result<()> {
    store::drop_old_links(c, now)?;
    let person = store::by_email(c, &clean_email(email))?.filter(Person::is_active);
    let person = match person {
        Some(person) if store::has_link_since(c, Purpose::Reset, person.id, now - BETWEEN_RESETS)? => None,
        other => other,
    };
    let token = store::insert_link(c, Purpose::Reset, person.as_ref().map(|p| p.id), now)?;
    let Some(person) = person else { return Ok(()) };
    let letter =
        Password { link_url: http.url(&format!("/password/{token}")), expires_at: now + Purpose::Reset.life() };
    let event = note(c, By::SYSTEM, person.id, "password_asked", json!({}), now)?;
    send(c, person, "password", event, &letter, now)
}

fn send(
    c: &mut Conn,
    to: Person,
    template: &'static str,
    event_id: i64,
    letter: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(address) = to.email else { return Ok(()) };
    let mail = NewMail {
        person_id: to.id,
        template,
        event_id,
        case_id: None,
        lang: to.lang,
        address,
        name: to.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, now)?;
    Ok(())
}

/// Who may choose a password with this link.
pub fn password_link(c: &mut Conn, token: &str, now: DateTime<Utc>) -> Result<(Purpose, Person)> {
    match store::open_link(c, token, now)? {
        Some((purpose @ (Purpose::Invitation | Purpose::Reset), Some(person_id))) => {
            let person = store::person(c, person_id)?;
            if person.is_active() { Ok((purpose, person)) } else { Err(Error::NotFound) }
        }
        _ => Err(Error::NotFound),
    }
}

/// Sets a password by link; the link is used up, all sessions end.
pub fn choose_password(c: &mut Conn, http: &Http, token: &str, hash: &str, now: DateTime<Utc>) -> Result<()> {
    let (_, person) = password_link(c, token, now)?;
    if !store::use_link(c, token, now)? {
        return Err(Error::NotFound);
    }
    set_password_hash(c, http, By::person(person.id), person.id, hash, now)
}

/// Sets somebody's password, for the command line; all their sessions and links end.
pub fn set_password(
    c: &mut Conn,
    http: &Http,
    by: By,
    person_id: i64,
    password: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let person = store::person(c, person_id)?;
    password::check("password", password, &[&person.name, person.email.as_deref().unwrap_or_default()])?;
    set_password_hash(c, http, by, person_id, &password::hash(password)?, now)
}

/// Sets a password that is hashed already; all sessions and links of the person end. Whoever had one before is told, so
/// that nobody loses an account without hearing of it.
pub fn set_password_hash(
    c: &mut Conn,
    http: &Http,
    by: By,
    person_id: i64,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let before = store::person(c, person_id)?;
    store::set_password_hash(c, person_id, hash)?;
    store::end_sessions(c, person_id, None)?;
    store::drop_links_of(c, person_id)?;
    let event = note(c, by, person_id, "password_set", json!({}), now)?;
    if before.password_hash.is_none() {
        return Ok(());
    }
    let letter = PasswordChanged { changed_at: now, link_url: http.url("/password") };
    send(c, before, "password-changed", event, &letter, now)
}

/// Changes name, role and team. Another role ends the person's sessions; the last administrator stays one.
pub fn change_membership(c: &mut Conn, by: By, person_id: i64, to: Membership, now: DateTime<Utc>) -> Result<()> {
    let name = checked_name("name", &to.name)?;
    let mut person = staff_member(c, person_id)?;
    check_team(c, to.team_id)?;
    if to.role == Role::Contact {
        return Err(Error::field("role", "error-choice"));
    }
    let from = person.role;
    if from != to.role {
        keep_an_admin(c, &person, "role")?;
    }
    person = Person { name, role: to.role, team_id: to.team_id, ..person };
    store::save_membership(c, &person)?;
    if from != to.role {
        store::end_sessions(c, person_id, None)?;
        note(c, by, person_id, "role_changed", json!({"from": from, "to": to.role}), now)?;
    }
    Ok(())
}

/// Locks an account: its sessions and links end, its tokens stop working. The last administrator stays.
pub fn disable(c: &mut Conn, by: By, person_id: i64, now: DateTime<Utc>) -> Result<()> {
    let person = staff_member(c, person_id)?;
    if person.disabled_at.is_some() {
        return Ok(());
    }
    keep_an_admin(c, &person, "access")?;
    store::set_disabled(c, person_id, Some(now))?;
    store::end_sessions(c, person_id, None)?;
    store::drop_links_of(c, person_id)?;
    note(c, by, person_id, "disabled", json!({}), now)?;
    Ok(())
}

/// Unlocks an account.
pub fn enable(c: &mut Conn, by: By, person_id: i64, now: DateTime<Utc>) -> Result<()> {
    if staff_member(c, person_id)?.disabled_at.is_some() {
        store::set_disabled(c, person_id, None)?;
        note(c, by, person_id, "enabled", json!({}), now)?;
    }
    Ok(())
}

/// Saves what people say about themselves.
pub fn save_profile(c: &mut Conn, person_id: i64, profile: &Profile) -> Result<()> {
    let name = checked_name("name", &profile.name)?;
    let person = store::person(c, person_id)?;
    store::save_profile(c, &Person { name, lang: profile.lang, ..person })?;
    Ok(())
}

/// Everybody who can or could sign in, with the name of their team.
pub fn list(c: &mut Conn) -> Result<Vec<(Person, Option<String>)>> {
    Ok(store::staff(c)?)
}

/// A person who signs in; contacts are nobody here.
pub fn staff_member(c: &mut Conn, person_id: i64) -> Result<Person> {
    match store::person(c, person_id)? {
        person if person.role > Role::Contact => Ok(person),
        _ => Err(Error::NotFound),
    }
}

fn keep_an_admin(c: &mut Conn, person: &Person, field: &str) -> Result<()> {
    if person.role == Role::Admin && store::lock_admins(c)? == [person.id] {
        return Err(Error::field(field, "people-last-admin"));
    }
    Ok(())
}

fn check_team(c: &mut Conn, team_id: Option<i64>) -> Result<()> {
    let Some(team_id) = team_id else { return Ok(()) };
    let known = teams::table.find(team_id).select(teams::id).first::<i64>(c).optional()?;
    known.map(|_| ()).ok_or_else(|| Error::field("team", "error-choice"))
}

/// Writes what happened to an account; returns the id of the event.
pub fn note(c: &mut Conn, by: By, person_id: i64, event: &str, data: Value, now: DateTime<Utc>) -> QueryResult<i64> {
    journal::append(c, Event::new(by, Subject::Person, person_id, event, data, now))
}
