//! Resolving a case: the outcome, the words for the person, and the mail as it will go out, shown first.

use super::actions::{self, Decision, Desk};
use super::model::{Case, Outcome};
use super::store::{self, Scope};
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::{Addressee, Feedback, addressee};
use crate::mail::Rendered;
use crate::web::forms::clean;
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionForm {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    text: String,
    /// `preview` shows the mail, `send` resolves.
    #[serde(default)]
    step: String,
}

impl ResolutionForm {
    fn decision(&self) -> Result<Decision> {
        let mut wrong = Vec::new();
        let outcome: Option<Outcome> = self.outcome.parse().ok();
        if outcome.is_none() {
            wrong.push(FieldError::new("outcome", "error-choice"));
        }
        let text = clean(&self.text);
        if text.is_empty() {
            wrong.push(FieldError::new("text", "error-required"));
        }
        if text.chars().count() > actions::MAX_MESSAGE {
            wrong.push(FieldError::new("text", "error-too-long").with("max", actions::MAX_MESSAGE));
        }
        match (outcome, wrong.is_empty()) {
            (Some(outcome), true) => Ok(Decision { outcome, text, change: None }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

/// `GET /cases/{reference}/resolution`
pub async fn form(page: Page, reference: web::Path<String>) -> Result<HttpResponse> {
    let (_, said, to) = load(&page, &reference).await?;
    let form = ResolutionForm { outcome: Outcome::Solved.to_string(), text: String::new(), step: String::new() };
    let mut context = context(&said, to.as_ref());
    context["form"] = json!(form);
    page.render("cases/resolution", context)
}

/// `POST /cases/{reference}/resolution`
pub async fn resolve(page: Page, reference: web::Path<String>, form: Form<ResolutionForm>) -> Result<HttpResponse> {
    let Form(form) = form;
    let (case, said, to) = load(&page, &reference).await?;
    let decision = match form.decision() {
        Ok(decision) => decision,
        Err(e) => return page.form_again(e, "cases/resolution", context(&said, to.as_ref()), &form),
    };
    if !case.status.is_open() {
        return Err(Error::Conflict("error-case-is-resolved"));
    }
    if form.step != "send" {
        return preview(&page, said, to, decision, &form).await;
    }
    let viewer = page.viewer()?;
    let (scope, by, desk) = (Scope::of(viewer)?, viewer.by(), Desk::of(&page.app));
    let path = format!("/cases/{reference}");
    page.app.db.write(move |c| actions::resolve(c, &desk, scope, by, &reference, &decision)).await?;
    Ok(page.see_other_saying(&path, "case-resolved"))
}

async fn preview(
    page: &Page,
    said: Feedback,
    to: Option<Addressee>,
    decision: Decision,
    form: &ResolutionForm,
) -> Result<HttpResponse> {
    let (desk, by) = (Desk::of(&page.app), page.viewer()?.by());
    let mut shown = context(&said, to.as_ref());
    shown["form"] = json!(form);
    shown["previewed"] = json!(true);
    if let Some(to) = to.filter(|to| to.email.is_some()) {
        let mut letter = page.app.db.read(move |c| actions::closure_letter(c, &desk, by, &said, &decision)).await?;
        // Whoever holds the link answers in the originator's name: it is theirs alone.
        letter.tracking_url = page.app.config.http.url("/t/…");
        let Rendered { subject, text, .. } = page.app.mailer.preview("closure", to.lang, &to.name, &letter)?;
        shown["mail"] = json!({"to": to.email, "subject": subject, "text": text});
    }
    page.render("cases/resolution", shown)
}

async fn load(page: &Page, reference: &str) -> Result<(Case, Feedback, Option<Addressee>)> {
    let (scope, reference) = (Scope::of(page.viewer()?)?, reference.to_owned());
    page.app
        .db
        .read(move |c| {
            let (case, said) = store::find(c, scope, &reference)?;
            let to = said.person_id.map(|id| addressee(c, id)).transpose()?;
            Ok((case, said, to))
        })
        .await
}

fn context(said: &Feedback, to: Option<&Addressee>) -> Value {
    let reached = match to {
        Some(to) if to.email.is_some() => "mail",
        _ if said.receipt_hash.is_some() => "page",
        _ => "no_address",
    };
    json!({
        "reference": said.reference,
        "words": said.text,
        "words_lang": said.lang,
        "voice": said.voice,
        "outcomes": Outcome::ALL,
        "reached": reached,
        "reader_lang": to.map_or(said.lang, |to| to.lang),
        "previewed": false,
        "mail": null,
    })
}
