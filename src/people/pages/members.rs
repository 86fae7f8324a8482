//! The people who sign in, as administrators see them.

use super::{admin, choice, choices, langs, optional_choice};
use crate::db::Conn;
use crate::error::Result;
use crate::people::actions;
use crate::people::model::{Membership, NewPerson};
use crate::people::store::Person;
use crate::people::teams::{self, Team};
use crate::web::forms::{Form, query};
use crate::web::page::Page;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const LIST: &str = "people/members";
const ONE: &str = "people/member";
/// Beyond that, searching is quicker than reading.
const SHOWN: usize = 200;

#[derive(Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationForm {
    name: String,
    email: String,
    role: String,
    team: String,
    lang: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MembershipForm {
    name: String,
    role: String,
    team: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    access: Switch,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    On,
    Off,
}

/// GET /admin/people
pub async fn list(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    admin(&page)?;
    let mut context = listed(&page, query::<Search>(&req).q).await?;
    let role = crate::web::Role::Employee.to_string();
    let form = InvitationForm { role, lang: page.app.config.app.lang.clone(), ..InvitationForm::default() };
    context.insert("form".into(), json!(form));
    page.render(LIST, context)
}

/// POST /admin/people: invites somebody.
pub async fn invite(page: Page, form: Form<InvitationForm>) -> Result<HttpResponse> {
    admin(&page)?;
    match send_invitation(&page, &form.0).await {
        Ok(()) => Ok(page.see_other_saying("/admin/people", "people-invited")),
        Err(e) => page.form_again(e, LIST, listed(&page, String::new()).await?, &form.0),
    }
}

async fn send_invitation(page: &Page, form: &InvitationForm) -> Result<()> {
    let new = NewPerson {
        name: form.name.clone(),
        email: form.email.clone(),
        role: choice("role", &form.role)?,
        team_id: optional_choice("team", &form.team)?,
        lang: choice("lang", &form.lang)?,
    };
    let viewer = page.viewer()?;
    let (by, inviter, http, now) = (viewer.by(), viewer.name.clone(), page.app.config.http.clone(), page.now);
    page.app.db.write(move |c| actions::invite(c, &http, by, &inviter, new, now)).await?;
    Ok(())
}

/// GET /admin/people/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let (person, teams) = load(&page, *id).await?;
    let form = MembershipForm {
        name: person.name.clone(),
        role: person.role.to_string(),
        team: person.team_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    let mut context = one(&page, &person, &teams);
    context.insert("form".into(), json!(form));
    page.render(ONE, context)
}

/// POST /admin/people/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<MembershipForm>) -> Result<HttpResponse> {
    let by = admin(&page)?.by();
    let (id, now, form) = (*id, page.now, form.0);
    match membership(&form) {
        Ok(to) => {
            let changed = page.app.db.write(move |c| actions::change_membership(c, by, id, to, now)).await;
            answer(page, id, changed, Some(form)).await
        }
        Err(e) => answer(page, id, Err(e), Some(form)).await,
    }
}

fn membership(form: &MembershipForm) -> Result<Membership> {
    let (role, team_id) = (choice("role", &form.role)?, optional_choice("team", &form.team)?);
    Ok(Membership { name: form.name.clone(), role, team_id })
}

/// POST /admin/people/{id}/access: locks or unlocks the account.
pub async fn set_access(page: Page, id: Path<i64>, form: Form<Access>) -> Result<HttpResponse> {
    let by = admin(&page)?.by();
    let (id, now, access) = (*id, page.now, form.0.access);
    let set = page.app.db.write(move |c| match access {
        Switch::On => actions::enable(c, by, id, now),
        Switch::Off => actions::disable(c, by, id, now),
    });
    let set = set.await;
    answer(page, id, set, None).await
}

/// POST /admin/people/{id}/invitation: sends the link once more.
pub async fn invite_again(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let viewer = admin(&page)?;
    let (by, inviter, http) = (viewer.by(), viewer.name.clone(), page.app.config.http.clone());
    let (id, now) = (*id, page.now);
    page.app.db.write(move |c| actions::send_invitation(c, &http, by, &inviter, id, now)).await?;
    Ok(page.see_other_saying(&path(id), "people-invited"))
}

async fn answer(page: Page, id: i64, done: Result<()>, form: Option<MembershipForm>) -> Result<HttpResponse> {
    let Err(e) = done else { return Ok(page.see_other_saying(&path(id), "saved")) };
    let (person, teams) = load(&page, id).await?;
    let form = form.unwrap_or_else(|| MembershipForm {
        name: person.name.clone(),
        role: person.role.to_string(),
        team: person.team_id.map(|id| id.to_string()).unwrap_or_default(),
    });
    page.form_again(e, ONE, one(&page, &person, &teams), &form)
}

fn path(id: i64) -> String {
    format!("/admin/people/{id}")
}

async fn load(page: &Page, id: i64) -> Result<(Person, Vec<Team>)> {
    page.app.db.read(move |c| Ok((actions::staff_member(c, id)?, teams::list(c)?))).await
}

fn one(page: &Page, person: &Person, teams: &[Team]) -> Map<String, Value> {
    let mut context = Map::new();
    context.insert("choices".into(), choices(teams));
    context.insert(
        "person".into(),
        json!({
            "id": person.id.to_string(),
            "name": person.name,
            "email": person.email,
            "since": person.created_at,
            "disabled_at": person.disabled_at,
            "invited": person.password_hash.is_none(),
            "me": page.viewer.as_ref().is_some_and(|viewer| viewer.id == person.id),
        }),
    );
    context
}

async fn listed(page: &Page, q: String) -> Result<Map<String, Value>> {
    let searched = q.clone();
    let found = page.app.db.read(move |c| find(c, &searched)).await?;
    let (people, teams) = found;
    let rows: Vec<Value> = people.iter().take(SHOWN).map(|(person, team)| row(person, team.as_deref())).collect();
    let mut context = Map::new();
    context.insert("q".into(), json!(q));
    context.insert("total".into(), json!(people.len()));
    context.insert("more".into(), json!(people.len() > SHOWN));
    context.insert("people".into(), json!(rows));
    context.insert("choices".into(), choices(&teams));
    context.insert("langs".into(), langs());
    Ok(context)
}

type Members = Vec<(Person, Option<String>)>;

/// Those whose name, address or team has what was searched for. Staff are few: folding their names here works for
/// Cyrillic too, which SQLite's own comparison does not.
fn find(c: &mut Conn, q: &str) -> Result<(Members, Vec<Team>)> {
    let q = fold(q.trim());
    let mut people = actions::list(c)?;
    people.retain(|(person, team)| {
        [Some(&person.name), person.email.as_ref(), team.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| fold(text).contains(&q))
    });
    Ok((people, teams::list(c)?))
}

fn fold(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

fn row(person: &Person, team: Option<&str>) -> Value {
    json!({
        "id": person.id.to_string(),
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "team": team,
        "disabled": person.disabled_at.is_some(),
        "invited": person.password_hash.is_none(),
    })
}
