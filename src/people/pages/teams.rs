//! Teams: add, rename, choose their working hours, their lead and head.

use super::{admin, named, optional_choice};
use crate::db::Conn;
use crate::error::Result;
use crate::journal::By;
use crate::people::store;
use crate::people::teams::{self, Leaders};
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
    #[serde(default)]
    lead: String,
    #[serde(default)]
    head: String,
}

/// What a team's form asks for, read.
struct Wanted {
    name: String,
    calendar: Option<i64>,
    leaders: Leaders,
}

impl TeamForm {
    fn read(&self) -> Result<Wanted> {
        Ok(Wanted {
            name: self.name.clone(),
            calendar: optional_choice("calendar", &self.calendar)?,
            leaders: Leaders {
                lead_id: optional_choice("lead", &self.lead)?,
                head_id: optional_choice("head", &self.head)?,
            },
        })
    }
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
    let (name, calendar, leaders) =
        page.app.db.read(move |c| Ok((teams::name(c, id)?, teams::calendar(c, id)?, teams::leaders(c, id)?))).await?;
    let word = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let form = TeamForm { name, calendar: word(calendar), lead: word(leaders.lead_id), head: word(leaders.head_id) };
    let mut shown = context(&page, id).await?;
    shown["form"] = json!(form);
    page.render(ONE, shown)
}

/// POST /admin/teams/{id}
pub async fn change(page: Page, id: Path<i64>, form: Form<TeamForm>) -> Result<HttpResponse> {
    let (by, id, now) = (By::person(admin(&page)?.id), *id, page.now);
    let changed = match form.0.read() {
        Ok(wanted) => {
            let write = move |c: &mut Conn| {
                teams::rename(c, id, &wanted.name)?;
                teams::set_calendar(c, by, id, wanted.calendar, now)?;
                teams::set_leaders(c, by, id, wanted.leaders, now)
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
        Err(e) => page.form_again(e, ONE, context(&page, id).await?, &form.0),
    }
}

/// What the form of a team offers.
async fn context(page: &Page, id: i64) -> Result<Value> {
    let (calendars, workers) = page.app.db.read(|c| Ok((sla::store::choices(c)?, store::workers(c)?))).await?;
    Ok(json!({"id": id.to_string(), "calendars": named(calendars), "people": named(workers)}))
}

async fn listed(page: &Page) -> Result<Vec<Value>> {
    let teams = page.app.db.read(|c| Ok(teams::list(c)?)).await?;
    Ok(teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name, "members": t.members})).collect())
}
