//! Answers, which can be taken back for ten seconds, and notes.

use super::{again, again_without, case, done, renamed, work};
use crate::cases::actions::{self, Seen};
use crate::cases::{files, store};
use crate::error::{Error, Result};
use crate::files::store::of_pending;
use crate::files::{again as choose_again, receive};
use crate::web::upload::Files;
use crate::web::{Form, Page, Upload};
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

/// The field of the files of a reply…
const FILES: &str = "files";
/// …and of a note: both stand on one page.
const NOTE_FILES: &str = "note_files";

/// `POST /cases/{reference}/replies`
pub async fn reply(page: Page, reference: web::Path<String>, upload: Upload<ReplyForm>) -> Result<HttpResponse> {
    let Upload { form: ReplyForm { text, wait, seen }, files } = upload;
    let (words, waits) = (text.clone(), wait.is_some());
    let typed = json!({"text": text, "wait": wait});
    let batch = match receive(files, FILES, false).await {
        Ok(batch) => batch,
        Err(e) => return again(&page, &reference, seen, e, typed).await,
    };
    let added = batch.clone();
    let kept = work(&page, &reference, seen, move |c, desk, scope, by, reference| {
        let id = actions::draft_reply(c, desk, scope, by, reference, &words, waits)?;
        actions::add_files(c, desk, id, &added)?;
        Ok(id)
    });
    match kept.await {
        // The reply itself says what happens to it, at the end of the timeline.
        Ok(id) => Ok(page.see_other(&format!("/cases/{reference}#pending-{id}"))),
        Err(e) => {
            let lost = (!batch.is_empty()).then_some(FILES);
            again_without(&page, &reference, seen, choose_again(e, &batch, FILES), typed, lost).await
        }
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
        let files = of_pending(c, id)?.len();
        match actions::take_back(c, by, id)? {
            Some(reply) if reply.case_id != case.id => Err(Error::NotFound),
            Some(reply) => Ok((reply, files)),
            None => Err(Error::Conflict("error-reply-is-gone")),
        }
    });
    let (reply, files) = match taken.await {
        Ok(taken) => taken,
        Err(e) => return again(&page, &reference, None, e, json!({})).await,
    };
    let ask = case::Ask { text: Some(reply.body), wait: reply.wait, ..case::Ask::default() };
    let mut context = case::context(&page, &reference, ask).await?;
    if files > 0 {
        context["errors"] = json!({FILES: page.t("error-files-again", &[])});
    }
    page.render(case::TEMPLATE, context)
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
pub async fn note(page: Page, reference: web::Path<String>, upload: Upload<NoteForm>) -> Result<HttpResponse> {
    let Upload { form: NoteForm { note, .. }, files } = upload;
    let kept = keep_note(&page, &reference, note.clone(), files).await;
    done(&page, &reference, None, kept, "note-kept", json!({"note": note})).await
}

async fn keep_note(page: &Page, reference: &str, note: String, sent: Files) -> Result<()> {
    let batch = receive(sent, NOTE_FILES, false).await?;
    let added = batch.clone();
    let kept = work(page, reference, None, move |c, desk, scope, by, reference| {
        let message = actions::note(c, desk, scope, by, reference, &note)?;
        files::add_to_message(c, desk, message, &added)
    });
    kept.await.map_err(|e| choose_again(renamed(e, "text", "note"), &batch, NOTE_FILES))
}
