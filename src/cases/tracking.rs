//! What the originator sees: where their feedback stands, what was said, and "Did this solve it?"
//! Reached by the link in a mail, or by a receipt code. Internal notes are never shown, and a GET changes nothing.

use super::actions::{self, Desk, Heard};
use super::files;
use super::model::{Case, Status};
use super::quoting;
use super::store;
use super::timeline::{self, Entry, Reader};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::actions::Receipt;
use crate::feedback::store::{Feedback, by_receipt};
use crate::files::{ACCEPT, Batch, again as choose_again, receive, store::of_originator};
use crate::i18n::Lang;
use crate::id;
use crate::secret::Purpose;
use crate::web::limits::{Limit, check_address};
use crate::web::upload::Files;
use crate::web::{Form, Page, Upload};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `GET /track`
pub async fn code_form(page: Page) -> Result<HttpResponse> {
    page.unlisted().render("cases/code", json!({"form": {"code": ""}}))
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// `POST /track`: a receipt code opens the page of its feedback.
pub async fn code(page: Page, req: HttpRequest, form: Form<CodeForm>) -> Result<HttpResponse> {
    check_address(&req, Limit::SignIn)?;
    let code = id::parse_secret(&form.0.code);
    match page.app.db.read(move |c| Ok(by_receipt(c, &code)?)).await {
        Ok(feedback_id) => {
            let token = page.app.secret.dated_token(Purpose::Track, feedback_id, page.now)?;
            Ok(page.see_other(&format!("/t/{token}")))
        }
        Err(Error::NotFound) => {
            page.unlisted().form_again(Error::field("code", "error-receipt-code"), "cases/code", json!({}), &form.0)
        }
        Err(e) => Err(e),
    }
}

/// The feedback a link leads to, for whoever acts on its page. A day of grace: nobody loses what they typed over night.
pub(super) fn opened(page: &Page, token: &str) -> Result<i64> {
    let (feedback_id, age) = page.app.secret.open_dated(Purpose::Track, token, page.now)?;
    if age > page.app.config.cases.link_days.saturating_add(1) { Err(Error::NotFound) } else { Ok(feedback_id) }
}

/// `GET /t/{token}`
pub async fn page(page: Page, token: web::Path<String>) -> Result<HttpResponse> {
    let (_, age) = page.app.secret.open_dated(Purpose::Track, &token, page.now)?;
    if age > page.app.config.cases.link_days {
        return page.unlisted().answer(StatusCode::GONE, "cases/expired", json!({"token": token.to_lowercase()}));
    }
    let context = context(&page, &token).await?;
    page.unlisted().render("cases/tracking", context)
}

/// `POST /t/{token}/link`: sends a new link to the address we have; the old one need not be valid any more.
pub async fn send_link(page: Page, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let (feedback_id, _) = page.app.secret.open_dated(Purpose::Track, &token, page.now)?;
    let desk = Desk::of(&page.app);
    page.app.db.write(move |c| actions::send_link(c, &desk, feedback_id)).await?;
    Ok(page.see_other_saying("/track", "link-on-its-way"))
}

/// `POST /t/{token}/escalation`: "Nobody answered me".
pub async fn escalate(page: Page, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let feedback_id = opened(&page, &token)?;
    let desk = Desk::of(&page.app);
    page.app.db.write(move |c| actions::escalate(c, &desk, feedback_id)).await?;
    Ok(page.see_other_saying(&format!("/t/{token}"), "escalation-received"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteForm {
    /// yes or no
    allow: String,
}

/// `POST /t/{token}/quote`: whether their words may be quoted without their name.
pub async fn quote(
    page: Page,
    req: HttpRequest,
    token: web::Path<String>,
    form: Form<QuoteForm>,
) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let feedback_id = opened(&page, &token)?;
    let (desk, yes) = (Desk::of(&page.app), form.0.allow == "yes");
    let answered = page.app.db.write(move |c| {
        let (_, said) = store::by_id(c, feedback_id)?;
        quoting::answer(c, &desk, &said, yes)
    });
    answered.await?;
    let saying = if yes { "track-said-quote-yes" } else { "track-said-quote-no" };
    Ok(page.see_other_saying(&format!("/t/{token}"), saying))
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WriteForm {
    #[serde(default)]
    text: String,
}

/// `POST /t/{token}/messages`
pub async fn write(
    page: Page,
    req: HttpRequest,
    token: web::Path<String>,
    upload: Upload<WriteForm>,
) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let feedback_id = opened(&page, &token)?;
    let Upload { form, files } = upload;
    match write_to(&page, feedback_id, form.text.clone(), files).await {
        Ok(Some(receipt)) => crate::feedback::pages::confirmation(&page, &receipt),
        Ok(None) => Ok(page.see_other_saying(&format!("/t/{token}"), "message-received")),
        Err(e) => again(page, &token, e, json!({"text": form.text, "why": "", "helped": ""})).await,
    }
}

/// Takes their message; a receipt if it became a new case.
async fn write_to(page: &Page, feedback_id: i64, text: String, sent: Files) -> Result<Option<Receipt>> {
    let anonymous = page.app.db.look_up(move |c| Ok(store::by_id(c, feedback_id)?.1.anonymous)).await?;
    let batch = receive(sent, "files", anonymous).await?;
    let taken = hear(page, feedback_id, text, batch.clone()).await;
    taken.map_err(|e| choose_again(e, &batch, "files"))
}

async fn hear(page: &Page, feedback_id: i64, text: String, added: Batch) -> Result<Option<Receipt>> {
    if let Some(receipt) = actions::follow_up(&page.app, feedback_id, &text, &added).await? {
        return Ok(Some(receipt));
    }
    let desk = Desk::of(&page.app);
    let write = move |c: &mut Conn| {
        let message = actions::hear_back(c, &desk, feedback_id, Heard { text, quoted: None })?;
        files::add_to_message(c, &desk, message, &added)
    };
    page.app.db.write(write).await?;
    Ok(None)
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerForm {
    /// yes or no
    #[serde(default)]
    helped: String,
    #[serde(default)]
    why: String,
    /// They were asked once more, and say it again.
    sure: Option<String>,
}

/// `POST /t/{token}/answer`
pub async fn answer(
    page: Page,
    req: HttpRequest,
    token: web::Path<String>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let feedback_id = opened(&page, &token)?;
    let helped = match form.0.helped.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::field("helped", "error-choice")),
    };
    let (desk, why, sure) = (Desk::of(&page.app), form.0.why.clone(), form.0.sure.is_some());
    match page.app.db.write(move |c| actions::answer(c, &desk, feedback_id, helped, &why, sure)).await {
        Ok(()) => {
            let saying = if helped { "thanks-for-yes" } else { "thanks-for-no" };
            Ok(page.see_other_saying(&format!("/t/{token}"), saying))
        }
        Err(e) => again(page, &token, e, json!({"text": "", "why": form.0.why, "helped": form.0.helped})).await,
    }
}

async fn again(page: Page, token: &str, error: Error, form: Value) -> Result<HttpResponse> {
    let context = context(&page, token).await?;
    page.unlisted().form_again(error, "cases/tracking", context, form)
}

async fn context(page: &Page, token: &str) -> Result<Value> {
    let feedback_id = opened(page, token)?;
    let (case, said, rows, kept, quoting) = page
        .app
        .db
        .read(move |c| {
            let (case, said) = store::by_id(c, feedback_id)?;
            let quoting = quoting::standing(c, feedback_id)?;
            Ok((case, said, store::timeline(c, feedback_id)?, of_originator(c, feedback_id)?, quoting))
        })
        .await?;
    let mut entries = timeline::entries(rows, Reader::Originator, said.anonymous, page.lang);
    // The page's address may hold the token in another case than we write it: links go back to where the reader is.
    let token = token.to_lowercase();
    let files = files::hand_out(kept, &format!("/t/{token}"), &mut entries);
    Ok(json!({
        "token": token,
        "reference": said.reference,
        "heading": heading(page, &case),
        "stage": page.t(&format!("track-{}", case.status), &[]),
        "words": said.text,
        "words_lang": said.lang,
        "voice": said.voice,
        "received_at": said.received_at,
        "promised": promised(&case),
        "steps": steps(page.lang, page, &case, &said, &entries),
        "decision": case.resolution,
        "decision_markdown": entries.iter().rev().find(|e| e.event == "resolved").is_some_and(|e| e.markdown),
        "outcome": case.outcome,
        "answerable": case.is_answerable() && case.helped.is_none(),
        "objected": case.helped == Some(false) && case.status.is_open(),
        "may_escalate": case.may_escalate(page.now),
        "overdue": case.next_due.is_some_and(|due| *due < page.now),
        "confirmed": case.helped == Some(true),
        "is_open": case.status.is_open(),
        "entries": entries,
        "quoting": quoting,
        "files": files,
        "accept": ACCEPT,
        "files_hint": page.t(if said.anonymous { "files-hint-anonymous" } else { "files-hint" }, &[]),
        "form": {"text": "", "why": "", "helped": ""},
    }))
}

fn heading(page: &Page, case: &Case) -> String {
    match case.outcome {
        Some(outcome) => page.t(&format!("track-title-{outcome}"), &[]),
        None => page.t(&format!("track-title-{}", case.status), &[]),
    }
}

/// The date that is promised next: an answer first, then the news of what was done.
fn promised(case: &Case) -> Value {
    match case.status {
        Status::Waiting | Status::Resolved | Status::Closed => Value::Null,
        _ if case.responded_at.is_none() => json!({"key": "track-promise-answer", "at": case.respond_by}),
        _ => json!({"key": "track-promise-news", "at": case.tell_by}),
    }
}

/// The five steps with their dates: heard, decided, done, told, helped.
fn steps(lang: Lang, page: &Page, case: &Case, said: &Feedback, entries: &[Entry]) -> Vec<Value> {
    let decided = entries.iter().find(|e| matches!(e.event.as_str(), "change_moved" | "resolved")).map(|e| e.at);
    let when = [
        Some(*said.received_at),
        decided,
        case.resolved_at.map(|at| *at),
        case.told_at.map(|at| *at),
        case.helped_at.filter(|_| case.helped == Some(true)).map(|at| *at),
    ];
    let done = case.steps();
    let current = done.iter().position(|done| !done);
    ["loop-heard", "loop-decided", "loop-done", "loop-told", "loop-helped"]
        .iter()
        .enumerate()
        .map(|(i, key)| {
            let at = when[i].filter(|_| done[i]);
            let date = at.map(|at| crate::i18n::date(lang, page.app.config.app.time_zone, at));
            json!({"label": page.t(key, &[]), "done": done[i], "current": current == Some(i), "when": date})
        })
        .collect()
}
