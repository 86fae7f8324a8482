//! What the front line may decide without asking, for administrators.

use super::{ROLES, Row};
use crate::cases::authority::Authority;
use crate::cases::{authorities, money};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::journal::By;
use crate::people::teams;
use crate::web::{Form, Page, Role};
use actix_web::HttpResponse;
use actix_web::web::{Path, ServiceConfig, get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "authorities/list";
const ONE: &str = "authorities/one";
const HOME: &str = "/admin/authorities";

/// All of them for administrators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/authorities", get().to(list))
        .route("/admin/authorities", post().to(add))
        .route("/admin/authorities/{id}", get().to(show))
        .route("/admin/authorities/{id}", post().to(change))
        .route("/admin/authorities/{id}/removal", post().to(remove));
}

/// A right as it is typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuthorityForm {
    role: String,
    team: String,
    /// Boxes that are not ticked are not sent.
    may_resolve: Option<String>,
    may_apologise: Option<String>,
    limit: String,
}

impl AuthorityForm {
    fn right(&self) -> Result<Authority> {
        let limit_cents = money::parse(&self.limit).ok_or_else(|| Error::field("limit", "error-amount"))?;
        let (may_resolve, may_apologise) = (self.may_resolve.is_some(), self.may_apologise.is_some());
        Ok(Authority { may_resolve, may_apologise, limit_cents })
    }

    fn of(page: &Page, row: &Row) -> AuthorityForm {
        let ticked = |is: bool| is.then(|| "on".to_owned());
        AuthorityForm {
            role: row.role.to_string(),
            team: row.team_id.map(|id| id.to_string()).unwrap_or_default(),
            may_resolve: ticked(row.may_resolve),
            may_apologise: ticked(row.may_apologise),
            limit: money::typed(page.lang, row.limit_cents),
        }
    }
}

fn admin(page: &Page) -> Result<By> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(viewer.by())
}

/// `GET /admin/authorities`
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let mut context = listed(&page).await?;
    let form = AuthorityForm { may_resolve: Some("on".into()), may_apologise: Some("on".into()), ..Default::default() };
    context["form"] = json!(form);
    page.render(LIST, context)
}

/// `POST /admin/authorities`: a team gets a right of its own.
pub async fn add(page: Page, form: Form<AuthorityForm>) -> Result<HttpResponse> {
    let by = admin(&page)?;
    match added(&page, by, &form.0).await {
        Ok(()) => Ok(page.see_other_saying(HOME, "saved")),
        Err(e) => page.form_again(e, LIST, listed(&page).await?, &form.0),
    }
}

async fn added(page: &Page, by: By, form: &AuthorityForm) -> Result<()> {
    let choice = |field: &'static str| move |_| Error::field(field, "error-choice");
    let role: Role = form.role.parse().map_err(|_: String| Error::field("role", "error-choice"))?;
    let team: i64 = form.team.parse().map_err(choice("team"))?;
    let (right, now) = (form.right()?, page.now);
    page.app.db.write(move |c| authorities::add(c, by, role, team, right, now)).await
}

/// `GET /admin/authorities/{id}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let row = load(&page, *id).await?;
    let mut context = one(&page, &row);
    context["form"] = json!(AuthorityForm::of(&page, &row));
    page.render(ONE, context)
}

/// `POST /admin/authorities/{id}`
pub async fn change(page: Page, id: Path<i64>, form: Form<AuthorityForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    let changed = match form.0.right() {
        Ok(right) => page.app.db.write(move |c| authorities::change(c, by, id, right, now)).await,
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => Ok(page.see_other_saying(HOME, "saved")),
        Err(e) => page.form_again(e, ONE, one(&page, &load(&page, id).await?), &form.0),
    }
}

/// `POST /admin/authorities/{id}/removal`
pub async fn remove(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?, *id, page.now);
    page.app.db.write(move |c| authorities::remove(c, by, id, now)).await?;
    Ok(page.see_other_saying(HOME, "saved"))
}

async fn load(page: &Page, id: i64) -> Result<Row> {
    page.app.db.read(move |c| authorities::find(c, id)).await
}

fn one(page: &Page, row: &Row) -> Value {
    json!({
        "id": row.id.to_string(),
        "role": row.role,
        "team": row.team,
        "currency": page.app.config.cases.currency,
    })
}

async fn listed(page: &Page) -> Result<Value> {
    let (rows, teams) = page.app.db.read(|c: &mut Conn| Ok((authorities::list(c)?, teams::list(c)?))).await?;
    let currency = &page.app.config.cases.currency;
    let row = |row: &Row| {
        json!({
            "id": row.id.to_string(),
            "role": row.role,
            "team": row.team,
            "may_resolve": row.may_resolve,
            "may_apologise": row.may_apologise,
            "limit": money::shown(page.lang, row.limit_cents, currency),
        })
    };
    Ok(json!({
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
        "roles": ROLES,
        "teams": teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name})).collect::<Vec<_>>(),
        "currency": currency,
    }))
}
