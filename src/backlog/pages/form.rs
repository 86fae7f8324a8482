//! Proposing and editing a change.

use super::fields::ChangeForm;
use super::{address, reference, staff};
use crate::backlog::actions;
use crate::backlog::plan::{self, Plan};
use crate::backlog::proposal::IMPACTS;
use crate::backlog::store::{self, Change};
use crate::cases::actions::Desk;
use crate::cases::store::{Candidate, Scope, candidates};
use crate::error::{Error, Result};
use crate::i18n::{self, Lang};
use crate::web::forms::{Form, query};
use crate::web::page::Page;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

const TEMPLATE: &str = "backlog/form";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    case: String,
    kind: String,
}

/// `GET /changes/new`, with `?case=F-…` from the page of a case, or `?kind=article`.
pub async fn new(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let Asked { case, kind } = query(&req);
    let form = ChangeForm { effort: "1".into(), confidence: "80".into(), case, kind, ..ChangeForm::default() };
    show(&page, StatusCode::OK, None, &form).await
}

/// `POST /changes/new`
pub async fn create(page: Page, Form(form): Form<ChangeForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let made = match form.proposal().and_then(|proposal| Ok((proposal, form.case()?))) {
        Ok((proposal, case)) => {
            let work = move |c: &mut crate::db::Conn| {
                let change = actions::propose(c, &desk, by, proposal)?;
                if let Some(case) = case {
                    actions::link(c, &desk, scope, by, &change.reference, &case).map_err(unknown_case)?;
                }
                Ok(change)
            };
            page.app.db.write(work).await
        }
        Err(e) => Err(e),
    };
    match made {
        Ok(change) => Ok(page.see_other_saying(&address(&change.reference), "changes-said-proposed")),
        Err(e) => page.form_again(e, TEMPLATE, context(&page, None).await?, &form),
    }
}

fn unknown_case(e: Error) -> Error {
    if matches!(e, Error::NotFound) { Error::field("case", "error-not-found") } else { e }
}

/// `GET /changes/{change}/edit`
pub async fn edit(page: Page, path: Path<String>) -> Result<HttpResponse> {
    staff(&page)?;
    let (change, plan) = load(&page, reference(&path)?).await?;
    show(&page, StatusCode::OK, Some(&change), &ChangeForm::of(&change, &plan, page.lang)).await
}

/// `POST /changes/{change}/edit`
pub async fn save(page: Page, path: Path<String>, Form(form): Form<ChangeForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (change, _) = load(&page, reference(&path)?).await?;
    let saved = match form.proposal() {
        Ok(proposal) => {
            let (desk, by, name) = (Desk::of(&page.app), viewer.by(), change.reference.clone());
            let version = form.version.parse().unwrap_or(0);
            page.app.db.write(move |c| actions::edit(c, &desk, by, &name, version, proposal)).await
        }
        Err(e) => Err(e),
    };
    match saved {
        Ok(_) => Ok(page.see_other_saying(&address(&change.reference), "saved")),
        Err(Error::Conflict("error-change-changed")) => overtaken(&page, &change.reference, form).await,
        Err(e) => page.form_again(e, TEMPLATE, context(&page, Some(&change)).await?, &form),
    }
}

/// Somebody else was faster: what was typed stays, what they wrote stands beside it, and saving again is informed.
async fn overtaken(page: &Page, reference: &str, typed: ChangeForm) -> Result<HttpResponse> {
    let (theirs, plan) = load(page, reference.to_owned()).await?;
    let mut context = context(page, Some(&theirs)).await?;
    let theirs = ChangeForm::of(&theirs, &plan, page.lang);
    context["theirs"] = json!(theirs);
    context["form"] = json!(ChangeForm { version: theirs.version, ..typed });
    page.answer(StatusCode::CONFLICT, TEMPLATE, context)
}

async fn load(page: &Page, reference: String) -> Result<(Change, Plan)> {
    let find = move |c: &mut crate::db::Conn| {
        let change = store::find(c, &reference)?;
        let plan = plan::of(c, change.id)?;
        Ok((change, plan))
    };
    page.app.db.read(find).await
}

async fn show(page: &Page, status: StatusCode, change: Option<&Change>, form: &ChangeForm) -> Result<HttpResponse> {
    let mut context = context(page, change).await?;
    context["form"] = json!(form);
    page.answer(status, TEMPLATE, context)
}

async fn context(page: &Page, change: Option<&Change>) -> Result<Value> {
    let kept = change.and_then(|change| change.lever_id);
    let (people, levers) = page.app.db.read(move |c| Ok((candidates(c)?, store::levers(c, kept)?))).await?;
    let option = |person: Candidate| json!({"id": person.id.to_string(), "name": person.name});
    let lever = |(id, en, ru): (i64, String, String)| json!({"id": id.to_string(), "name": match page.lang { Lang::En => en, Lang::Ru => ru }});
    let weights = page.app.config.priority;
    Ok(json!({
        "change": change.map(|change| json!({"reference": change.reference, "title": change.title})),
        "people": people.into_iter().map(option).collect::<Vec<_>>(),
        "levers": levers.into_iter().map(lever).collect::<Vec<_>>(),
        "impacts": IMPACTS.map(|impact| json!({"value": impact.to_string(), "label": impact_label(page, impact)})),
        "currency": page.app.config.cases.currency,
        "weights": {"ex": i18n::number(page.lang, weights.ex), "cx": i18n::number(page.lang, weights.cx)},
        "theirs": null,
    }))
}

/// "3, massive": the number that counts and the word that tells what it means.
fn impact_label(page: &Page, impact: f64) -> String {
    let word = page.t(&format!("changes-impact-{}", (impact * 100.0) as i64), &[]);
    format!("{} - {word}", i18n::number(page.lang, impact))
}
