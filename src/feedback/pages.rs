//! Where people say something, and what they get for it.

use super::actions::{self, Receipt};
use super::model::{Kind, Originator, Scores, Submission, Voice};
use super::{opening, store};
use crate::error::{Error, FieldError, Result};
use crate::files::{self, Batch};
use crate::journal::By;
use crate::web::forms::given;
use crate::web::limits::{Limit, check_address};
use crate::web::upload::Files;
use crate::web::{Page, Role, Upload};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The page people write on.
pub const TEMPLATE: &str = "feedback/submit";
/// The field of the files on it.
pub const FILES: &str = "files";

crate::text_enum! {
    /// How somebody wants to be answered.
    pub enum Answer {
        /// By mail, to an address they give.
        Email = "email",
        /// As whoever is signed in.
        Me = "me",
        /// Behind a receipt code; nobody knows who they are.
        Anonymous = "anonymous",
    }
}

/// The form as it was filled in. Choices are text, so that a wrong one keeps everything else that was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubmitForm {
    pub text: String,
    pub title: String,
    pub kind: String,
    pub voice: String,
    pub topic: String,
    pub affected: String,
    pub answer: String,
    pub email: String,
    pub name: String,
    /// Whether they want to hear once a month what changed.
    pub digest: String,
    /// People never see this field; what fills in every field is no person.
    pub website: String,
}

impl SubmitForm {
    /// The empty form: what is likely is chosen already.
    pub fn fresh(page: &Page) -> SubmitForm {
        let employee = page.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Employee);
        SubmitForm {
            kind: Kind::Idea.to_string(),
            voice: if employee { Voice::Employee } else { Voice::Customer }.to_string(),
            answer: if page.viewer.is_some() { Answer::Me } else { Answer::Email }.to_string(),
            ..SubmitForm::default()
        }
    }

    /// What was said, checked; every field that is wrong is named at once.
    pub fn submission(&self, page: &Page) -> Result<Submission> {
        let mut wrong = Vec::new();
        let submission = Submission {
            voice: choice("voice", &self.voice, Voice::Customer, &mut wrong),
            kind: choice("kind", &self.kind, Kind::Idea, &mut wrong),
            channel: "web".to_owned(),
            topic: given(&self.topic).map(str::to_owned),
            title: given(&self.title).map(str::to_owned),
            text: self.text.clone(),
            affected: given(&self.affected).map(str::to_owned),
            scores: Scores::default(),
            originator: self.originator(page, &mut wrong),
            external_id: None,
            received_at: None,
            machine: false,
        };
        match submission.checked(page.now) {
            Ok(submission) if wrong.is_empty() => Ok(submission),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => Err(Error::Invalid([more, wrong].concat())),
            Err(other) => Err(other),
        }
    }

    fn originator(&self, page: &Page, wrong: &mut Vec<FieldError>) -> Originator {
        match (choice("answer", &self.answer, Answer::Anonymous, wrong), &page.viewer) {
            (Answer::Email, _) => {
                Originator::Contact { email: self.email.clone(), name: self.name.clone(), lang: page.lang }
            }
            (Answer::Me, Some(viewer)) => Originator::Person { id: viewer.id },
            (Answer::Me, None) => {
                wrong.push(FieldError::new("answer", "error-signed-out"));
                Originator::Anonymous
            }
            (Answer::Anonymous, _) => Originator::Anonymous,
        }
    }

    /// What was said, checked, and the files with it; everything that is wrong is named at once.
    pub async fn with_files(&self, page: &Page, sent: Files) -> Result<(Submission, Batch)> {
        // Anonymous is also what cannot be read: then nothing is kept that could say too much.
        let anonymous = !matches!(self.answer.parse(), Ok(Answer::Email | Answer::Me));
        let batch = files::receive(sent, FILES, anonymous).await;
        files::both(self.submission(page), batch, FILES)
    }

    /// Whether they asked for the digest.
    pub fn wants_digest(&self) -> bool {
        !self.digest.is_empty()
    }

    /// Whether a machine filled it in: the hidden field is not empty.
    pub fn sprang_the_trap(&self) -> bool {
        !self.website.is_empty()
    }
}

fn choice<T: std::str::FromStr>(field: &str, typed: &str, otherwise: T, wrong: &mut Vec<FieldError>) -> T {
    typed.parse().unwrap_or_else(|_| {
        wrong.push(FieldError::new(field, if typed.is_empty() { "error-required" } else { "error-choice" }));
        otherwise
    })
}

/// Who acts when this is submitted: of somebody who chose to be anonymous not even the session is remembered.
pub fn by(page: &Page, submission: &Submission) -> By {
    match (&submission.originator, &page.viewer) {
        (Originator::Person { .. }, Some(viewer)) => viewer.by(),
        _ => By::ORIGINATOR,
    }
}

/// `GET /`
pub async fn new(page: Page) -> Result<HttpResponse> {
    let form = SubmitForm::fresh(&page);
    let mut context = context(&page, &form).await?;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

/// `POST /feedback`
pub async fn create(req: HttpRequest, page: Page, upload: Upload<SubmitForm>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let Upload { form, files } = upload;
    match take_in(&page, &form, files).await {
        Ok(receipt) => confirmation(&page, &receipt),
        Err(e) => page.form_again(e, TEMPLATE, context(&page, &form).await?, &form),
    }
}

async fn take_in(page: &Page, form: &SubmitForm, files: Files) -> Result<Receipt> {
    let (submission, files) = form.with_files(page, files).await?;
    let by = by(page, &submission);
    if form.sprang_the_trap() {
        // Whoever set it off sees what everybody sees, and nothing is kept.
        return Ok(actions::prepare(&page.app, submission, by, page.now)?.receipt());
    }
    let (digest, batch) = (form.wants_digest(), files.clone());
    actions::take(&page.app, submission, by, move |c, prepared, tz, now| {
        actions::take_in(c, prepared.subscribing(digest).with_files(batch.clone()), tz, now)
    })
    .await
    .map_err(|e| files::again(e, &files, FILES))
}

/// The form as it was filled in, with `similar` feedback beneath the text; see `templates/feedback/similar.hbs`. If files were chosen, the
/// browser has forgotten them.
pub async fn show(page: &Page, form: &SubmitForm, similar: Value, had_files: bool) -> Result<HttpResponse> {
    let mut context = context(page, form).await?;
    if had_files {
        context["errors"] = json!({FILES: page.t("error-files-again", &[])});
    }
    context["form"] = json!(form);
    context["similar"] = similar;
    context["looked"] = true.into();
    page.render(TEMPLATE, context)
}

/// What the form needs beside what was typed: topics, choices, and what is promised.
pub async fn context(page: &Page, form: &SubmitForm) -> Result<Value> {
    let topics = page.app.db.read(|c| Ok(store::topics(c)?)).await?;
    let topics: Vec<Value> = topics.iter().map(|t| json!({"slug": t.slug, "name": t.name(page.lang)})).collect();
    let kind = form.kind.parse().unwrap_or(Kind::Idea);
    let voice = form.voice.parse().unwrap_or(Voice::Employee);
    let rules = page.app.rules.current();
    let facts = opening::facts((voice, kind), "web", None, page.lang, None);
    let promised = opening::open(&rules, &facts, 0, page.now).respond_by;
    Ok(json!({
        "topics": topics,
        "kinds": Kind::ALL,
        "voices": Voice::ALL,
        "promised_by": promised.to_rfc3339(),
        "similar": [],
        "looked": false,
        "accept": files::ACCEPT,
    }))
}

/// What somebody gets for their words. A receipt code is shown here and never again.
pub fn confirmation(page: &Page, receipt: &Receipt) -> Result<HttpResponse> {
    page.render(
        "feedback/received",
        json!({
            "reference": receipt.reference,
            "promised_by": receipt.promised_by.to_rfc3339(),
            "tracking_url": receipt.tracking_url,
            "code": receipt.code.as_deref().map(grouped),
        }),
    )
}

/// A code in groups of four, to be copied by hand; the spaces and dashes people type are ignored.
fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
