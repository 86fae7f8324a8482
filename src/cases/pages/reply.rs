//! Answers, which can be taken back for ten seconds, and notes.

use super::{again, case, done, renamed, work};
use crate::cases::actions::{self, Seen};
use crate::cases::store;
use crate::error::{Error, Result};
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyForm {
    text: String,
    wait: Option<String>,
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/replies`
pub async fn reply(page: Page, reference: web::Path<String>, form: Form<ReplyForm>) -> Result<HttpResponse> {
    let Form(ReplyForm { text, wait, seen }) = form;
    let (words, waits) = (text.clone(), wait.is_some());
    let kept = work(&page, &reference, seen, move |c, desk, scope, by, reference| {
        actions::draft_reply(c, desk, scope, by, reference, &words, waits)
    });
    match kept.await {
        // The reply itself says what happens to it, at the end of the timeline.
        Ok(id) => Ok(page.see_other(&format!("/cases/{reference}#pending-{id}"))),
        Err(e) => again(&page, &reference, seen, e, json!({"text": text, "wait": wait})).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoForm {}

/// `POST /cases/{reference}/replies/{id}/undo`: the words come back into the form.
pub async fn undo(page: Page, path: web::Path<(String, i64)>, _: Form<UndoForm>) -> Result<HttpResponse> {
    let (reference, id) = path.into_inner();
    let taken = work(&page, &reference, None, move |c, _, scope, by, reference| {
        let (case, _) = store::find(c, scope, reference)?;
        match actions::take_back(c, by, id)? {
            Some(reply) if reply.case_id != case.id => Err(Error::NotFound),
            Some(reply) => Ok(reply),
            None => Err(Error::Conflict("error-reply-is-gone")),
        }
    });
    match taken.await {
        Ok(reply) => {
            let ask = case::Ask { text: Some(reply.body), wait: reply.wait, ..case::Ask::default() };
            page.render(case::TEMPLATE, case::context(&page, &reference, ask).await?)
        }
        Err(e) => again(&page, &reference, None, e, json!({})).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteForm {
    note: String,
    /// A note overwrites nothing: it is kept in any case.
    #[serde(rename = "seen")]
    _seen: Option<Seen>,
}

/// `POST /cases/{reference}/notes`
pub async fn note(page: Page, reference: web::Path<String>, form: Form<NoteForm>) -> Result<HttpResponse> {
    let words = form.0.note.clone();
    let kept = work(&page, &reference, None, move |c, desk, scope, by, reference| {
        actions::note(c, desk, scope, by, reference, &words).map(|_| ())
    });
    let kept = kept.await.map_err(|e| renamed(e, "text", "note"));
    done(&page, &reference, None, kept, "note-kept", json!({"note": form.0.note})).await
}
