//! Resolving a case: the outcome, its cause, what is given, the words for the person, and the mail as it will go out, shown
//! first. What goes beyond the right of whoever resolves is asked of their lead with the same form.

use super::actions::{self, Decision, Desk, Seen};
use super::authority::{Authority, Beyond, Request, Verdict, may};
use super::decisions::{self, Decided, Resolution};
use super::model::{Case, Outcome};
use super::pages::news;
use super::store::{self, RootCause, Scope};
use super::{authorities, money};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::{Addressee, Feedback, addressee};
use crate::mail::Rendered;
use crate::web::forms::{clean, given, query};
use crate::web::{Form, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "cases/resolution";

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResolutionForm {
    outcome: String,
    text: String,
    /// Nothing when none fits.
    root_cause: String,
    /// A box that is not ticked is not sent.
    apology: Option<String>,
    amount: String,
    /// How far the case was seen, as [`actions::Seen`] is written; nothing if that is not known.
    seen: String,
    /// `preview` shows the mail, `send` resolves, `ask` asks whoever may decide.
    step: String,
}

impl ResolutionForm {
    fn resolution(&self) -> Result<Resolution> {
        let mut wrong = Vec::new();
        let outcome: Option<Outcome> = self.outcome.parse().ok();
        if outcome.is_none() {
            wrong.push(FieldError::new("outcome", "error-choice"));
        }
        let root_cause_id = given(&self.root_cause).map(str::parse).transpose();
        if root_cause_id.is_err() {
            wrong.push(FieldError::new("root_cause", "error-choice"));
        }
        let amount_cents = money::parse(&self.amount);
        if amount_cents.is_none() {
            wrong.push(FieldError::new("amount", "error-amount"));
        }
        let text = clean(&self.text);
        if text.is_empty() {
            wrong.push(FieldError::new("text", "error-required"));
        }
        if text.chars().count() > actions::MAX_MESSAGE {
            wrong.push(FieldError::new("text", "error-too-long").with("max", actions::MAX_MESSAGE));
        }
        match (outcome, root_cause_id, amount_cents) {
            (Some(outcome), Ok(root_cause_id), Some(amount_cents)) if wrong.is_empty() => {
                let request = Request { apology: self.apology.is_some(), amount_cents };
                Ok(Resolution { outcome, text, root_cause_id, request })
            }
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

impl ResolutionForm {
    fn seen(&self) -> Option<Seen> {
        self.seen.parse().ok()
    }
}

/// What the form needs beside what is typed.
struct Shown {
    case: Case,
    said: Feedback,
    to: Option<Addressee>,
    causes: Vec<RootCause>,
    right: Authority,
    /// Who could be asked.
    lead: Vec<String>,
    /// Somebody has asked already.
    asked: Option<String>,
}

/// `GET /cases/{reference}/resolution`
pub async fn form(page: Page, req: HttpRequest, reference: web::Path<String>) -> Result<HttpResponse> {
    let ResolutionForm { seen, .. } = query(&req);
    let shown = load(&page, &reference).await?;
    let form = ResolutionForm {
        outcome: Outcome::Solved.to_string(),
        root_cause: shown.case.root_cause_id.map(|id| id.to_string()).unwrap_or_default(),
        seen,
        ..ResolutionForm::default()
    };
    let mut context = context(&page, &shown);
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

/// `POST /cases/{reference}/resolution`
pub async fn resolve(page: Page, reference: web::Path<String>, form: Form<ResolutionForm>) -> Result<HttpResponse> {
    let Form(form) = form;
    let shown = load(&page, &reference).await?;
    let resolution = match form.resolution() {
        Ok(resolution) => resolution,
        Err(e) => return page.form_again(e, TEMPLATE, context(&page, &shown), &form),
    };
    if !shown.case.status.is_open() {
        return again(&page, &reference, &shown, form, "error-case-is-resolved").await;
    }
    if !matches!(form.step.as_str(), "send" | "ask") {
        return preview(&page, shown, resolution, &form).await;
    }
    let (viewer, desk, path) = (page.viewer()?.clone(), Desk::of(&page.app), format!("/cases/{reference}"));
    let (ask, wanted, seen, case_id) = (form.step == "ask", resolution.clone(), form.seen(), shown.case.id);
    let name = reference.clone();
    let decide = move |c: &mut Conn| {
        actions::unseen(c, case_id, seen, viewer.id)?;
        decisions::decide(c, &desk, &viewer, &name, &wanted, ask)
    };
    match page.app.db.write(decide).await {
        Ok(Decided::Resolved) => Ok(page.see_other_saying(&path, "case-resolved")),
        Ok(Decided::Asked) => Ok(page.see_other_saying(&path, "decision-is-asked")),
        Ok(Decided::Beyond) => preview(&page, shown, resolution, &form).await,
        Err(Error::Conflict(why)) => again(&page, &reference, &shown, form, why).await,
        Err(e) => page.form_again(e, TEMPLATE, context(&page, &shown), &form),
    }
}

/// The form with what was typed, and above it what others did meanwhile.
async fn again(page: &Page, reference: &str, shown: &Shown, form: ResolutionForm, why: &str) -> Result<HttpResponse> {
    let news = news(page, reference, form.seen()).await?;
    let seen = news["seen"].as_str().unwrap_or_default().to_owned();
    let mut context = context(page, shown);
    context["conflict"] = json!(page.t(why, &[]));
    context["news"] = news;
    context["form"] = json!(ResolutionForm { seen, ..form });
    page.answer(StatusCode::CONFLICT, TEMPLATE, context)
}

async fn preview(page: &Page, shown: Shown, resolution: Resolution, form: &ResolutionForm) -> Result<HttpResponse> {
    let mut context = context(page, &shown);
    context["form"] = json!(form);
    context["previewed"] = json!(true);
    if let Verdict::Ask { why } = may(&shown.right, &resolution.request) {
        context["ask"] = ask_context(page, &shown, &why);
    }
    if let Some(to) = shown.to.filter(|to| to.email.is_some()) {
        let (desk, by, said) = (Desk::of(&page.app), page.viewer()?.by(), shown.said);
        let decision = Decision { outcome: resolution.outcome, text: resolution.text, change: None };
        let mut letter = page.app.db.read(move |c| actions::closure_letter(c, &desk, by, &said, &decision)).await?;
        // Whoever holds the link answers in the originator's name: it is theirs alone.
        letter.tracking_url = page.app.config.http.url("/t/…");
        let Rendered { subject, text, .. } = page.app.mailer.preview("closure", to.lang, &to.name, &letter)?;
        context["mail"] = json!({"to": to.email, "subject": subject, "text": text});
    }
    page.render(TEMPLATE, context)
}

/// Why somebody has to be asked, and whom.
fn ask_context(page: &Page, shown: &Shown, why: &[Beyond]) -> Value {
    let limit = money::shown(page.lang, shown.right.limit_cents, &page.app.config.cases.currency);
    let why: Vec<String> =
        why.iter().map(|what| page.t(&format!("beyond-{what}"), &[("limit", limit.clone().into())])).collect();
    json!({"why": why, "whom": (!shown.lead.is_empty()).then(|| shown.lead.join(", "))})
}

async fn load(page: &Page, reference: &str) -> Result<Shown> {
    let (viewer, desk, reference) = (page.viewer()?.clone(), Desk::of(&page.app), reference.to_owned());
    let scope = Scope::of(&viewer)?;
    page.app
        .db
        .read(move |c| {
            let (case, said) = store::find(c, scope, &reference)?;
            let to = said.person_id.map(|id| addressee(c, id)).transpose()?;
            let causes = store::root_causes(c, case.root_cause_id)?;
            let right = authorities::of(c, viewer.role, viewer.team_id)?;
            let lead = decisions::whom_to_ask(c, &desk, &case, &viewer)?.into_iter().map(|(_, name)| name).collect();
            let asked = decisions::store::asked_about(c, case.id)?.map(|row| row.person);
            Ok(Shown { case, said, to, causes, right, lead, asked })
        })
        .await
}

fn context(page: &Page, shown: &Shown) -> Value {
    let Shown { said, to, causes, right, asked, .. } = shown;
    let reached = match to {
        Some(to) if to.email.is_some() => "mail",
        _ if said.receipt_hash.is_some() => "page",
        _ => "no_address",
    };
    let currency = &page.app.config.cases.currency;
    json!({
        "reference": said.reference,
        "words": said.text,
        "words_lang": said.lang,
        "voice": said.voice,
        "outcomes": Outcome::ALL,
        "causes": causes.iter().map(|c| json!({"id": c.id.to_string(), "name": c.name(page.lang)})).collect::<Vec<_>>(),
        "currency": currency,
        "limit": (right.limit_cents > 0).then(|| money::shown(page.lang, right.limit_cents, currency)),
        "reached": reached,
        "reader_lang": to.as_ref().map_or(said.lang, |to| to.lang),
        "previewed": false,
        "conflict": null,
        "news": null,
        "asked": asked,
        "ask": null,
        "mail": null,
    })
}
