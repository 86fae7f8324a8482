//! Teams: add, rename, choose their working hours.

use super::{admin, optional_choice};
use crate::db::Conn;
use crate::error::Result;
use crate::journal::By;
use crate::people::teams;
use crate::sla;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "people/teams";
const ONE: &str = "people/team";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TeamForm {
    name: String,
    /// Empty for the default one.
    #[serde(default)]
    calendar: String,
}

/// GET /admin/teams
pub async fn list(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let teams = listed(&page).await?;
    page.render(LIST, json!({"teams": teams, "form": TeamForm::default()}))
}

/// POST /admin/teams
pub async fn add(page: Page, form: Form<TeamForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let (name, now) = (form.0.name.clone(), page.now);
    match page.app.db.write(move |c| teams::add(c, &name, now)).await {
        Ok(_) => Ok(page.see_other_saying("/admin/teams", "saved")),
        Err(e) => page.form_again(e, LIST, json!({"teams": listed(&page).await?}), &form.0),
    }
}

/// GET /admin/teams/{id}
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = *id;
    let (name, calendar) = page.app.db.read(move |c| Ok((teams::name(c, id)?, teams::calendar(c, id)?))).await?;
    let form = TeamForm { name, calendar: calendar.map(|id| id.to_string()).unwrap_or_default() };
    page.render(ONE, json!({"id": id.to_string(), "form": form, "calendars": calendars(&page).await?}))
}

/// POST /admin/teams/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<TeamForm>) -> Result<HttpResponse> {
    let (by, id, now, name) = (By::person(admin(&page)?.id), *id, page.now, form.0.name.clone());
    let changed = match optional_choice::<i64>("calendar", &form.0.calendar) {
        Ok(calendar) => {
            let write = move |c: &mut Conn| {
                teams::rename(c, id, &name)?;
                teams::set_calendar(c, by, id, calendar, now)
            };
            page.app.db.write(write).await
        }
        Err(e) => Err(e),
    };
    match changed {
        Ok(()) => {
            page.app.rules.refresh(&page.app.db).await?;
            Ok(page.see_other_saying("/admin/teams", "saved"))
        }
        Err(e) => {
            let context = json!({"id": id.to_string(), "calendars": calendars(&page).await?});
            page.form_again(e, ONE, context, &form.0)
        }
    }
}

async fn calendars(page: &Page) -> Result<Vec<Value>> {
    let choices = page.app.db.read(|c| Ok(sla::store::choices(c)?)).await?;
    Ok(choices.into_iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect())
}

async fn listed(page: &Page) -> Result<Vec<Value>> {
    let teams = page.app.db.read(|c| Ok(teams::list(c)?)).await?;
    Ok(teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name, "members": t.members})).collect())
}
