//! What was promised at the meetings of a council, and what came of it.

use super::{home, staff};
use crate::cases::actions::Desk;
use crate::council::actions::{self, Listed};
use crate::council::{calendar, councils};
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::Viewer;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "council/actions";
/// So many that are done are listed.
const DONE: i64 = 30;

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DoneForm {
    /// Empty takes it back.
    done: String,
    note: String,
    /// "queue" leads back to the queue.
    back: String,
}

/// `GET /council/{council}/actions`
pub async fn list(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let mut context = context(&page, *id).await?;
    context["form"] = json!(DoneForm::default());
    page.render(TEMPLATE, context)
}

/// `POST /council/actions/{action}`: done, or not done after all.
pub async fn finish(page: Page, id: Path<i64>, form: Form<DoneForm>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (staff(&page)?, Desk::of(&page.app), *id);
    let council = page
        .app
        .db
        .read(move |c| {
            let action = actions::find(c, id)?;
            Ok(calendar::find(c, action.meeting_id)?.council_id)
        })
        .await?;
    let (done, note) = (!form.0.done.is_empty(), form.0.note.clone());
    let saved = page.app.db.write(move |c| {
        let action = actions::find(c, id)?;
        if action.owner_id != viewer.id && !councils::may_run(c, &viewer, council)? {
            return Err(Error::Forbidden);
        }
        match done {
            true => actions::finish(c, &desk, viewer.by(), id, &note),
            false => actions::reopen(c, &desk, viewer.by(), id),
        }
    });
    match saved.await {
        Ok(()) => {
            let back = if form.0.back == "queue" { "/cases".to_owned() } else { format!("{}/actions", home(council)) };
            Ok(page.see_other_saying(&back, if done { "council-action-done" } else { "council-action-open" }))
        }
        Err(e) => {
            let mut context = context(&page, council).await?;
            context["noting"] = json!(id.to_string());
            page.form_again(e, TEMPLATE, context, &form.0)
        }
    }
}

async fn context(page: &Page, id: i64) -> Result<Value> {
    let viewer = staff(page)?;
    let me = viewer.clone();
    let (council, may_run, open, done) = page
        .app
        .db
        .read(move |c| {
            let council = councils::find(c, id)?;
            let may_run = councils::may_run(c, &me, id)?;
            Ok((council, may_run, actions::open(c, id)?, actions::done(c, id, DONE)?))
        })
        .await?;
    let today = page.now.with_timezone(&page.app.config.app.time_zone).date_naive();
    let row = |listed: &Listed| row(listed, &viewer, may_run, today);
    Ok(json!({
        "council": {"id": council.id.to_string(), "name": council.name},
        "open": open.iter().map(row).collect::<Vec<_>>(),
        "done": done.iter().map(row).collect::<Vec<_>>(),
        "noting": "",
    }))
}

fn row(listed: &Listed, viewer: &Viewer, may_run: bool, today: chrono::NaiveDate) -> Value {
    let action = &listed.action;
    json!({
        "id": action.id.to_string(),
        "text": action.text,
        "owner": listed.owner,
        "mine": action.owner_id == viewer.id,
        "may_finish": may_run || action.owner_id == viewer.id,
        "due_on": action.due_on,
        "late": action.done_at.is_none() && action.due_on < today,
        "done_at": action.done_at,
        "note": action.done_note,
        "change": listed.change,
        "meeting": action.meeting_id.to_string(),
    })
}
