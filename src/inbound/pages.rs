//! Mail that came in, for administrators: what waits for them and why, and what to do with it.

use super::carry_out::Case;
use super::message::{Incoming, Unreadable};
use super::store::{self, Line, Status};
use super::{imap, process};
use crate::cases::store::{Scope, find as find_case};
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::query;
use crate::web::paging::{self, Cursor};
use crate::web::viewer::{Role, Viewer};
use crate::web::{Form, Page};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "inbound/list";
const MAIL: &str = "inbound/mail";
const PAGE: usize = 50;
/// The headers that say what a mail is; all of them stand in the mail itself.
const SHOWN: [&str; 12] = [
    "from",
    "sender",
    "to",
    "cc",
    "delivered-to",
    "envelope-to",
    "date",
    "message-id",
    "in-reply-to",
    "auto-submitted",
    "precedence",
    "authentication-results",
];

#[derive(Default, Deserialize)]
struct ListQuery {
    state: Option<String>,
    after: Option<String>,
}

/// GET /admin/inbound
pub async fn list(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    admin(&page)?;
    let query: ListQuery = query(&req);
    let status = query.state.as_deref().and_then(|word| word.parse().ok()).unwrap_or(Status::Quarantined);
    let before = query.after.as_deref().map(Cursor::decode).transpose()?.map(|place| place.id);
    let (lines, waiting, state) = page
        .app
        .db
        .read(move |c| {
            let lines = store::list(c, status, before, PAGE as i64 + 1)?;
            Ok((lines, store::quarantined(c)?, imap::state(c)?))
        })
        .await?;
    let (lines, next) = paging::split(lines, PAGE, |line| Cursor { at: *line.received_at, id: line.id });
    let settings = &page.app.config.inbound;
    let path = format!("/admin/inbound?state={status}");
    page.render(
        LIST,
        json!({
            "states": states(&page, status, waiting),
            "state": page.t(&format!("inbound-state-{status}"), &[]),
            "mails": lines.iter().map(|line| shown(&page, line)).collect::<Vec<_>>(),
            "address": settings.address,
            "imap": (!settings.imap_url.is_empty()).then_some(state),
            "next": next.map(|next| format!("{path}&after={next}")),
            "previous": query.after.is_some().then_some(path),
        }),
    )
}

fn states(page: &Page, current: Status, waiting: i64) -> Vec<Value> {
    let order = [Status::Quarantined, Status::New, Status::Done, Status::Ignored];
    let state = |status: Status| {
        json!({
            "word": status,
            "label": page.t(&format!("inbound-state-{status}"), &[]),
            "count": (status == Status::Quarantined).then_some(waiting),
            "current": status == current,
        })
    };
    order.into_iter().map(state).collect()
}

fn shown(page: &Page, line: &Line) -> Value {
    json!({
        "id": line.id.to_string(),
        "subject": line.subject,
        "sender": line.sender,
        "source": page.t(&format!("inbound-source-{}", line.source), &[]),
        "reason": line.reason.as_deref().map(|reason| in_words(page, reason)),
        "state": page.t(&format!("inbound-state-{}", line.status), &[]),
        "received_at": line.received_at,
    })
}

/// "not_for_us", or "refused: details".
fn in_words(page: &Page, reason: &str) -> String {
    let (word, details) = reason.split_once(':').unwrap_or((reason, ""));
    format!("{} {details}", page.t(&format!("inbound-reason-{word}"), &[])).trim_end().to_owned()
}

/// GET /admin/inbound/{id}
pub async fn one(page: Page, id: Path<String>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = parsed(&id)?;
    let context = context(&page, id).await?;
    page.render(MAIL, context)
}

async fn context(page: &Page, id: i64) -> Result<Value> {
    let (line, case) = page
        .app
        .db
        .read(move |c| {
            let line = store::find(c, id)?;
            let case = line.case_id.map(|case| store::reference(c, case)).transpose()?;
            Ok((line, case))
        })
        .await?;
    let read = process::opened(&page.app, id).await?;
    let waits = matches!(line.status, Status::Quarantined | Status::Ignored);
    Ok(json!({
        "mail": shown(page, &line),
        "title": if line.subject.is_empty() { page.t("inbound-no-subject", &[]) } else { line.subject.clone() },
        "case": case,
        "waits": waits,
        "readable": read.is_ok(),
        "said": said(page, read),
        "form": CaseForm::default(),
    }))
}

fn said(page: &Page, read: std::result::Result<Incoming, Unreadable>) -> Value {
    let mail = match read {
        Ok(mail) => mail,
        Err(why) => {
            let why = in_words(page, why.as_str());
            return json!({"unreadable": why, "headers": [], "text": "", "quoted": null, "files": []});
        }
    };
    let headers = mail.headers.iter().filter(|(name, _)| SHOWN.contains(name));
    json!({
        "unreadable": null,
        "headers": headers.map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
        "text": mail.text,
        "quoted": mail.quoted,
        "files": mail.attachments.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
    })
}

/// GET /admin/inbound/{id}/raw: as it came, always as a download.
pub async fn raw(page: Page, id: Path<String>) -> Result<HttpResponse> {
    admin(&page)?;
    let id = parsed(&id)?;
    let raw = page.app.db.read(move |c| Ok(store::raw(c, id)?)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/octet-stream"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.eml\"")))
        .body(raw))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// POST /admin/inbound/{id}/reading: by the rules, once more.
pub async fn read_again(page: Page, id: Path<String>, _: Form<Nothing>) -> Result<HttpResponse> {
    admin(&page)?;
    let (id, now) = (parsed(&id)?, page.now);
    match page.app.db.write(move |c| Ok(store::read_again(c, id, now)?)).await? {
        true => Ok(page.see_other_saying(&format!("/admin/inbound/{id}"), "inbound-will-be-read")),
        false => Err(Error::Conflict("inbound-decided-already")),
    }
}

/// POST /admin/inbound/{id}/new-case
pub async fn open_case(page: Page, id: Path<String>, _: Form<Nothing>) -> Result<HttpResponse> {
    admin(&page)?;
    decide(&page, parsed(&id)?, None).await
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CaseForm {
    #[serde(default)]
    case: String,
}

/// POST /admin/inbound/{id}/case: it belongs to this one.
pub async fn put_to_case(page: Page, id: Path<String>, form: Form<CaseForm>) -> Result<HttpResponse> {
    let viewer = admin(&page)?.clone();
    let id = parsed(&id)?;
    match named(&page, &viewer, &form.0.case).await {
        Ok(case) => decide(&page, id, Some(case)).await,
        Err(e) => page.form_again(e, MAIL, context(&page, id).await?, &form.0),
    }
}

async fn named(page: &Page, viewer: &Viewer, typed: &str) -> Result<Case> {
    let unknown = || Error::field("case", "inbound-no-such-case");
    let (scope, reference) = (Scope::of(viewer)?, id::parse_reference(typed).ok_or_else(unknown)?);
    let found = page.app.db.read(move |c| {
        let (case, _) = find_case(c, scope, &reference)?;
        let thread = store::thread(c, case.id)?;
        Ok(Case { id: case.id, originator: thread.and_then(|thread| thread.originator) })
    });
    found.await.map_err(|e| if matches!(e, Error::NotFound) { unknown() } else { e })
}

async fn decide(page: &Page, id: i64, case: Option<Case>) -> Result<HttpResponse> {
    process::decide_by_hand(&page.app, id, case).await?;
    Ok(page.see_other_saying(&format!("/admin/inbound/{id}"), "inbound-decided"))
}

fn admin(page: &Page) -> Result<&Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(viewer)
}

fn parsed(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::NotFound)
}
