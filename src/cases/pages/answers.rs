//! Saved answers: owners keep those of their team, admins all of them.

use crate::cases::answers::{self, SavedAnswer, VARIABLES, Wording};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::people::teams;
use crate::web::forms::given;
use crate::web::{Form, Page, Role, Viewer};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "cases/answers";
const ONE: &str = "cases/answer";

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerForm {
    name: String,
    /// A team's id, or nothing for the whole house.
    team: String,
    body_en: String,
    body_ru: String,
    archived: Option<String>,
}

impl AnswerForm {
    fn wording(&self) -> Result<Wording> {
        let team_id =
            given(&self.team).map(str::parse).transpose().map_err(|_| Error::field("team", "error-choice"))?;
        let (name, body_en, body_ru) = (self.name.clone(), self.body_en.clone(), self.body_ru.clone());
        Ok(Wording { name, team_id, body_en, body_ru })
    }
}

fn owner(page: &Page) -> Result<&Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer)
}

/// `GET /answers`
pub async fn list(page: Page) -> Result<HttpResponse> {
    let viewer = owner(&page)?.clone();
    let reader = viewer.clone();
    let mut rows = page.app.db.read(move |c| Ok(answers::list(c, &reader)?)).await?;
    rows.sort_by_key(|(answer, _)| answer.archived_at.is_some());
    let rows: Vec<Value> = rows.iter().map(|(answer, team)| row(&page, &viewer, answer, team.as_deref())).collect();
    page.render(LIST, json!({"answers": rows, "may_add": may_add(&viewer)}))
}

fn row(page: &Page, viewer: &Viewer, answer: &SavedAnswer, team: Option<&str>) -> Value {
    json!({
        "id": answer.id.to_string(),
        "name": answer.name,
        "body": answer.body(page.lang),
        "team": team,
        "archived": answer.archived_at.is_some(),
        "editable": answers::may_edit(viewer, answer.team_id),
    })
}

/// Whoever has no team has nobody to keep answers for, unless they are an admin.
fn may_add(viewer: &Viewer) -> bool {
    viewer.role >= Role::Admin || viewer.team_id.is_some()
}

/// `GET /answers/new`
pub async fn new(page: Page) -> Result<HttpResponse> {
    let viewer = owner(&page)?;
    if !may_add(viewer) {
        return Err(Error::Forbidden);
    }
    let team = viewer.team_id.map(|id| id.to_string()).unwrap_or_default();
    let mut context = context(&page, None).await?;
    context["form"] = json!(AnswerForm { team, ..AnswerForm::default() });
    page.render(ONE, context)
}

/// `POST /answers`
pub async fn add(page: Page, form: Form<AnswerForm>) -> Result<HttpResponse> {
    let (viewer, now) = (owner(&page)?.clone(), page.now);
    let work = move |c: &mut Conn, wording| answers::add(c, &viewer, wording, now).map(|_| ());
    keep(page, None, form.0, work).await
}

/// `GET /answers/{id}`
pub async fn show(page: Page, id: web::Path<i64>) -> Result<HttpResponse> {
    let (viewer, id) = (owner(&page)?.clone(), *id);
    let answer = page.app.db.read(move |c| Ok(answers::find(c, &viewer, id)?)).await?;
    let mut context = context(&page, Some(id)).await?;
    context["form"] = json!(AnswerForm {
        name: answer.name,
        team: answer.team_id.map(|id| id.to_string()).unwrap_or_default(),
        body_en: answer.body_en,
        body_ru: answer.body_ru,
        archived: answer.archived_at.map(|_| "on".to_owned()),
    });
    page.render(ONE, context)
}

/// `POST /answers/{id}`
pub async fn change(page: Page, id: web::Path<i64>, form: Form<AnswerForm>) -> Result<HttpResponse> {
    let (viewer, id, now, archived) = (owner(&page)?.clone(), *id, page.now, form.0.archived.is_some());
    let work = move |c: &mut Conn, wording| answers::change(c, &viewer, id, wording, archived, now);
    keep(page, Some(id), form.0, work).await
}

async fn keep(
    page: Page,
    id: Option<i64>,
    form: AnswerForm,
    work: impl FnOnce(&mut Conn, Wording) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let kept = match form.wording() {
        Ok(wording) => page.app.db.write(move |c| work(c, wording)).await,
        Err(e) => Err(e),
    };
    match kept {
        Ok(()) => Ok(page.see_other_saying("/answers", "saved")),
        Err(e) => page.form_again(e, ONE, context(&page, id).await?, &form),
    }
}

/// What the form needs beside what is typed: the teams it may be for, and what may be left open.
async fn context(page: &Page, id: Option<i64>) -> Result<Value> {
    let viewer = owner(page)?;
    let (is_admin, own) = (viewer.role >= Role::Admin, viewer.team_id);
    let teams = page.app.db.read(|c| Ok(teams::list(c)?)).await?;
    let teams = teams.iter().filter(|team| is_admin || Some(team.id) == own);
    Ok(json!({
        "id": id.map(|id| id.to_string()),
        "teams": teams.map(|team| json!({"id": team.id.to_string(), "name": team.name})).collect::<Vec<_>>(),
        "variables": VARIABLES.map(|name| json!({"name": format!("{{{name}}}"), "key": format!("variable-{name}")})),
        "form": null,
    }))
}
