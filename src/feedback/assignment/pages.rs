//! Assignment rules: the list in its order, one rule, and trying it.

use super::form::{RuleForm, which, whom};
use super::model::Wanted;
use super::store::{self, Row};
use super::trial::{self, Trial};
use super::{actions, trial::Sample};
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::model::{Kind, Voice};
use crate::feedback::store::{Topic, topics};
use crate::i18n::Lang;
use crate::journal::By;
use crate::people::{self, teams};
use crate::web::{Form, Page, Role};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LIST: &str = "assignment/list";
const ONE: &str = "assignment/rule";
const HOME: &str = "/admin/assignment";
/// Channels there is a word for; others can be typed.
const CHANNELS: [&str; 8] = ["web", "email", "phone", "chat", "store", "survey", "import", "api"];

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceForm {
    to: Direction,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Up,
    Down,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveForm {
    archived: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    On,
    Off,
}

fn admin(page: &Page) -> Result<By> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(viewer.by())
}

/// `GET /admin/assignment`
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let context = listed(&page).await?;
    page.render(LIST, context)
}

async fn listed(page: &Page) -> Result<Value> {
    let lang = page.lang;
    let (rows, topics) = page.app.db.read(|c| Ok((store::list(c)?, topics(c)?))).await?;
    let (archived, used): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.archived_at.is_some());
    let used = used.into_iter().map(|row| line(lang, row, &topics)).collect::<Result<Vec<_>>>()?;
    let archived = archived.into_iter().map(|row| line(lang, row, &topics)).collect::<Result<Vec<_>>>()?;
    Ok(json!({"rules": used, "archived": archived}))
}

fn line(lang: Lang, row: Row, topics: &[Topic]) -> Result<Value> {
    let (id, name) = (row.id.to_string(), row.name.clone());
    let to = whom(lang, row.team.as_deref(), row.person.as_deref(), row.by_load);
    let wanted = Wanted::try_from(row)?;
    Ok(json!({"id": id, "name": name, "which": which(lang, &wanted.criteria, topics), "to": to}))
}

/// `GET /admin/assignment/new`
pub async fn new(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    blank(&page, None, false, &RuleForm::default()).await
}

/// `POST /admin/assignment/new`
pub async fn create(page: Page, form: Form<RuleForm>) -> Result<HttpResponse> {
    try_or_save(&page, None, form.0).await
}

/// `GET /admin/assignment/{id}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let row = page.app.db.read(move |c| store::find(c, id)).await?;
    let archived = row.archived_at.is_some();
    blank(&page, Some(id), archived, &RuleForm::of(&Wanted::try_from(row)?)).await
}

/// `POST /admin/assignment/{id}`
pub async fn change(page: Page, id: Path<i64>, form: Form<RuleForm>) -> Result<HttpResponse> {
    try_or_save(&page, Some(*id), form.0).await
}

async fn blank(page: &Page, id: Option<i64>, archived: bool, form: &RuleForm) -> Result<HttpResponse> {
    let mut context = choices(page, id, archived, form).await?;
    context["form"] = json!(form);
    page.render(ONE, context)
}

async fn try_or_save(page: &Page, id: Option<i64>, form: RuleForm) -> Result<HttpResponse> {
    let by = admin(page)?;
    let archived = match id {
        Some(id) => page.app.db.read(move |c| store::find(c, id)).await?.archived_at.is_some(),
        None => false,
    };
    let done = match form.wanted() {
        Ok(wanted) if form.step == "save" => save(page, by, id, wanted).await.map(|()| None),
        Ok(wanted) => tried(page, id, wanted).await.map(Some),
        Err(e) => Err(e),
    };
    match done {
        Ok(None) => Ok(page.see_other_saying(HOME, "saved")),
        Ok(Some(trial)) => {
            let mut context = choices(page, id, archived, &form).await?;
            context["form"] = json!(form);
            context["trial"] = shown(page, &trial);
            page.render(ONE, context)
        }
        Err(e) => page.form_again(e, ONE, choices(page, id, archived, &form).await?, &form),
    }
}

async fn save(page: &Page, by: By, id: Option<i64>, wanted: Wanted) -> Result<()> {
    let now = page.now;
    page.app.db.write(move |c| actions::save(c, by, id, &wanted, now)).await?;
    page.app.rules.refresh(&page.app.db).await
}

async fn tried(page: &Page, id: Option<i64>, wanted: Wanted) -> Result<Trial> {
    let (now, tz) = (page.now, page.app.config.app.time_zone);
    let work = move |c: &mut Conn| {
        let (rules, at) = actions::place(c, id, &wanted)?;
        Ok(trial::try_on(c, &rules, at, now, tz)?)
    };
    page.app.db.read(work).await
}

/// What a trial found, as the template shows it.
fn shown(page: &Page, trial: &Trial) -> Value {
    let to = |given: &crate::feedback::assigning::Given| match (&given.owner, &given.team) {
        (Some((_, name)), _) => name.clone(),
        (None, Some(team)) => page.t("rules-team-only", &[("team", team.clone().into())]),
        (None, None) => page.t("nobody", &[]),
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, given) in &trial.given {
        *counts.entry(to(given)).or_default() += 1;
    }
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in &trial.before {
        *before.entry(rule).or_default() += 1;
    }
    let row = |(case, given): &(Sample, _)| {
        json!({
            "reference": case.reference,
            "title": case.title,
            "voice": case.voice,
            "kind": case.kind,
            "to": to(given),
        })
    };
    let count = |(name, n): (String, usize)| json!({"name": name, "n": n});
    json!({
        "looked_at": trial.looked_at,
        "given": trial.given.len(),
        "untouched": trial.looked_at - trial.given.len() - trial.before.len(),
        "counts": counts.into_iter().map(count).collect::<Vec<_>>(),
        "before": before.into_iter().map(|(name, n)| count((name.to_owned(), n))).collect::<Vec<_>>(),
        "rows": trial.given.iter().map(row).collect::<Vec<_>>(),
    })
}

/// What the form offers.
async fn choices(page: &Page, id: Option<i64>, archived: bool, form: &RuleForm) -> Result<Value> {
    let load = |c: &mut Conn| Ok((topics(c)?, teams::list(c)?, people::store::workers(c)?));
    let (topics, teams, workers) = page.app.db.read(load).await?;
    let channels = CHANNELS.map(|word| json!({"word": word, "name": page.t(&format!("channel-{word}"), &[])}));
    let topic = |slug: &str, name: &str| json!({"slug": slug, "name": name});
    let mut offered: Vec<Value> = topics.iter().map(|t| topic(&t.slug, t.name(page.lang))).collect();
    // One that was archived since is shown, so that saving does not quietly widen the rule.
    if !form.topic.is_empty() && topics.iter().all(|t| t.slug != form.topic) {
        offered.push(topic(&form.topic, &form.topic));
    }
    Ok(json!({
        "id": id.map(|id| id.to_string()),
        "archived": archived,
        "action": id.map_or_else(|| format!("{HOME}/new"), |id| format!("{HOME}/{id}")),
        "voices": Voice::ALL,
        "kinds": Kind::ALL,
        "langs": Lang::ALL,
        "channels": channels,
        "topics": offered,
        "teams": teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name})).collect::<Vec<_>>(),
        "people": workers.iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect::<Vec<_>>(),
        "trial": null,
    }))
}

/// `POST /admin/assignment/{id}/place`
pub async fn place(page: Page, id: Path<i64>, form: Form<PlaceForm>) -> Result<HttpResponse> {
    let (by, id, now, up) = (admin(&page)?, *id, page.now, form.0.to == Direction::Up);
    let moved = page.app.db.write(move |c| actions::move_up_or_down(c, by, id, up, now)).await;
    arranged(&page, moved).await
}

/// `POST /admin/assignment/{id}/archive`
pub async fn archive(page: Page, id: Path<i64>, form: Form<ArchiveForm>) -> Result<HttpResponse> {
    let (by, id, now, archived) = (admin(&page)?, *id, page.now, form.0.archived == Switch::On);
    let done = page.app.db.write(move |c| actions::archive(c, by, id, archived, now)).await;
    arranged(&page, done).await
}

async fn arranged(page: &Page, done: Result<()>) -> Result<HttpResponse> {
    match done {
        Ok(()) => {
            page.app.rules.refresh(&page.app.db).await?;
            Ok(page.see_other_saying(HOME, "saved"))
        }
        Err(e) => page.form_again(e, LIST, listed(page).await?, json!({})),
    }
}
