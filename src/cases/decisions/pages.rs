//! What waits for somebody's decision, and what became of what they asked.

use super::actions::{self, Ruling};
use super::store::{self, Row};
use super::{Resolution, Status};
use crate::cases::actions::Desk;
use crate::cases::money;
use crate::cases::root_causes;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::page::field_message;
use crate::web::viewer::Viewer;
use crate::web::{Form, Page, Role};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use serde_json::{Value, json};

const LIST: &str = "decisions/list";
const HOME: &str = "/decisions";
/// So many of one's own requests are shown.
const OWN: i64 = 30;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictForm {
    verdict: Verdict,
    #[serde(default)]
    reason: String,
    /// How far the case was seen.
    seen: i32,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Approve,
    Decline,
}

/// `GET /decisions`
pub async fn list(page: Page) -> Result<HttpResponse> {
    let context = listed(&page).await?;
    page.render(LIST, context)
}

/// `POST /decisions/{id}`
pub async fn decide(page: Page, id: Path<i64>, form: Form<VerdictForm>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (worker(&page)?.clone(), Desk::of(&page.app), *id);
    let VerdictForm { verdict, reason, seen } = form.0;
    let typed = reason.clone();
    let decided = page.app.db.write(move |c| match verdict {
        Verdict::Approve => actions::approve(c, &desk, &viewer, id, seen, &reason),
        Verdict::Decline => actions::decline(c, &desk, &viewer, id, &reason),
    });
    match decided.await {
        Ok(()) if verdict == Verdict::Approve => Ok(page.see_other_saying(HOME, "decision-is-approved")),
        Ok(()) => Ok(page.see_other_saying(HOME, "decision-is-declined")),
        Err(e) => {
            let mut context = listed(&page).await?;
            let error = match &e {
                Error::Invalid(wrong) => wrong.first().map(|wrong| field_message(page.lang, wrong)),
                _ => None,
            };
            context["typed"] = json!({"id": id.to_string(), "reason": typed, "error": error});
            page.form_again(e, LIST, context, json!({}))
        }
    }
}

fn worker(page: &Page) -> Result<&Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer)
}

async fn listed(page: &Page) -> Result<Value> {
    let (viewer, desk) = (worker(page)?.clone(), Desk::of(&page.app));
    let me = viewer.clone();
    let load = move |c: &mut Conn| {
        let mut waiting = Vec::new();
        for row in store::asked(c)? {
            let ruling = Ruling::of(&desk, &me, &row)?;
            if ruling != Ruling::None && row.decision.person_id != me.id {
                let seen = store::last_event(c, row.case.id)?;
                waiting.push((row, ruling, seen));
            }
        }
        Ok((waiting, store::asked_by(c, me.id, OWN)?, root_causes::list(c)?))
    };
    let (waiting, own, causes) = page.app.db.read(load).await?;
    let cause = |id: Option<i64>| causes.iter().find(|cause| Some(cause.id) == id).map(|cause| cause.name(page.lang));
    let mut decide = Vec::new();
    let mut see = Vec::new();
    for (row, ruling, seen) in &waiting {
        let resolution = row.decision.resolution()?;
        let shown = shown(page, row, &resolution, *seen, cause(resolution.root_cause_id));
        if *ruling == Ruling::Decides { decide.push(shown) } else { see.push(shown) }
    }
    let own = own.iter().map(|row| {
        let resolution = row.decision.resolution()?;
        Ok(shown(page, row, &resolution, 0, cause(resolution.root_cause_id)))
    });
    Ok(json!({
        "decide": decide,
        "see": see,
        "own": own.collect::<Result<Vec<Value>>>()?,
        "typed": {"id": "", "reason": "", "error": null},
    }))
}

/// One decision as templates show it.
fn shown(page: &Page, row: &Row, resolution: &Resolution, seen: i32, root_cause: Option<&str>) -> Value {
    let Row { decision, case, said, person, .. } = row;
    let amount = resolution.request.amount_cents;
    json!({
        "id": decision.id.to_string(),
        "reference": said.reference,
        "title": said.title,
        "voice": said.voice,
        "kind": said.kind,
        "person": person,
        "at": decision.at,
        "outcome": resolution.outcome,
        "apology": resolution.request.apology,
        "amount": (amount > 0).then(|| money::shown(page.lang, amount, &page.app.config.cases.currency)),
        "text": resolution.text,
        "root_cause": root_cause,
        "seen": seen,
        "over": !case.status.is_open(),
        "status": if decision.status == Status::Declined && decision.decided_by.is_none() {
            "overtaken"
        } else {
            decision.status.as_str()
        },
        "decided_at": decision.decided_at,
        "reason": decision.reason,
    })
}

/// What waits for a decision about a case, whether the viewer decides, and how far they see the case.
pub type Notice = (Row, Ruling, i32);

/// What is asked about a case, for its page.
pub fn notice(c: &mut Conn, desk: &Desk, viewer: &Viewer, case_id: i64) -> Result<Option<Notice>> {
    let Some(row) = store::asked_about(c, case_id)? else { return Ok(None) };
    let ruling = Ruling::of(desk, viewer, &row)?;
    Ok(Some((row, ruling, store::last_event(c, case_id)?)))
}

/// The same as templates show it; null if nothing is asked.
pub fn notice_context(page: &Page, notice: Option<&Notice>) -> Result<Value> {
    let Some((row, ruling, seen)) = notice else { return Ok(Value::Null) };
    let mut context = shown(page, row, &row.decision.resolution()?, *seen, None);
    context["decides"] = json!(*ruling == Ruling::Decides);
    Ok(context)
}
