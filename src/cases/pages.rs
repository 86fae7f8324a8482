//! The case page.

use super::actions::{self, Desk};
use super::badge::Deadline;
use super::files;
use super::model::Case;
use super::store::{self, Scope};
use super::timeline::{self, Reader};
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::{Feedback, Topic, addressee, topic};
use crate::files::{ACCEPT, again as choose_again, receive, store::File};
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::web::upload::Files;
use crate::web::{Form, Page, Upload};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Channels we have a word for are translated, others shown as they came.
pub fn channel(lang: Lang, channel: &str) -> String {
    let key = format!("channel-{channel}");
    if i18n::has(lang, &key) { i18n::t(lang, &key, &[]) } else { channel.to_owned() }
}

/// Everything the case page shows, read in one go.
struct Shown {
    case: Case,
    said: Feedback,
    timeline: Vec<store::TimelineRow>,
    files: Vec<File>,
    mails: Vec<timeline::MailLine>,
    originator: Option<(String, Option<String>)>,
    history: Vec<store::HistoryRow>,
    candidates: Vec<store::Candidate>,
    team: Option<String>,
    topic: Option<Topic>,
    changes: Vec<store::LinkedChange>,
    open_changes: Vec<(String, String)>,
    joined: Vec<String>,
}

fn show(c: &mut Conn, scope: Scope, reference: &str) -> Result<Shown> {
    let (case, said) = store::find(c, scope, reference)?;
    let person = said.person_id.map(|id| addressee(c, id)).transpose()?;
    Ok(Shown {
        timeline: store::timeline(c, case.id)?,
        files: crate::files::store::of_case(c, case.id)?,
        mails: store::mails(c, case.id)?,
        history: match said.person_id {
            Some(person) => store::history(c, person, case.id, scope)?,
            None => Vec::new(),
        },
        originator: person.map(|person| (person.name, person.email)),
        candidates: store::candidates(c)?,
        team: case.team_id.map(|id| store::team_name(c, id)).transpose()?,
        topic: said.topic_id.map(|id| topic(c, id)).transpose()?,
        changes: store::changes_of(c, case.id)?,
        open_changes: store::open_changes(c)?,
        joined: store::joined_references(c, case.id)?,
        case,
        said,
    })
}

/// `GET /cases/{reference}`
pub async fn case(page: Page, reference: web::Path<String>) -> Result<HttpResponse> {
    let context = case_context(&page, &reference).await?;
    page.render("cases/case", context)
}

async fn case_context(page: &Page, reference: &str) -> Result<Value> {
    let viewer = page.viewer()?;
    let (scope, reference) = (Scope::of(viewer)?, reference.to_owned());
    let shown = page.app.db.look_up(move |c| show(c, scope, &reference)).await?;
    let (case, said, lang) = (&shown.case, &shown.said, page.lang);
    let originator = originator_name(page, said, shown.originator.as_ref());
    let reader = Reader::Staff { originator: &originator };
    let mut entries = timeline::entries(shown.timeline, reader, said.anonymous, lang);
    let files = files::hand_out(shown.files, &format!("/cases/{}", said.reference), &mut entries);
    let deadline = Deadline {
        status: case.status,
        due: case.next_due.map(|due| *due),
        snoozed_until: case.snoozed_until.map(|until| *until),
    };
    let mut context = json!({
        "reference": said.reference,
        "title_of_case": said.title,
        "voice": said.voice,
        "kind": said.kind,
        "channel": channel(lang, &said.channel),
        "words": said.text,
        "words_lang": said.lang,
        "affected": said.affected,
        "topic": shown.topic.as_ref().map(|topic| topic.name(lang)),
        "scores": scores(said),
        "received_at": said.received_at,
        "anonymous": said.anonymous,
        "originator": {"name": originator, "email": shown.originator.and_then(|(_, email)| email)},
        "status": case.status,
        "is_open": case.status.is_open(),
        "due": deadline.badge(lang, page.app.config.app.time_zone, page.now),
        "respond_by": case.respond_by,
        "responded_at": case.responded_at,
        "resolve_by": case.resolve_by,
        "resolved_at": case.resolved_at,
        "tell_by": case.tell_by,
        "told_at": case.told_at,
        "told_how": case.told_how,
        "outcome": case.outcome,
        "helped": case.helped,
        "reopened": case.reopened,
        "owner_id": case.owner_id.map(|id| id.to_string()),
        "owner": shown.candidates.iter().find(|person| Some(person.id) == case.owner_id).map(|person| &person.name),
        "mine": case.owner_id == Some(viewer.id),
        "team": shown.team,
        "candidates": shown.candidates.iter().map(|person| json!({
            "id": person.id.to_string(), "name": person.name, "current": Some(person.id) == case.owner_id,
        })).collect::<Vec<_>>(),
        "entries": entries,
        "mails": shown.mails,
        "history": shown.history,
        "changes": shown.changes,
        "open_changes": shown.open_changes.iter().map(|(reference, title)| json!({"reference": reference, "title": title})).collect::<Vec<_>>(),
        "joined": shown.joined,
        "form": {"text": "", "wait": null, "note": ""},
    });
    context["files"] = json!(files);
    context["accept"] = ACCEPT.into();
    Ok(context)
}

/// How the originator is called among staff.
fn originator_name(page: &Page, said: &Feedback, person: Option<&(String, Option<String>)>) -> String {
    match person {
        Some((name, _)) if !name.is_empty() => name.clone(),
        Some((_, Some(email))) => email.clone(),
        _ if said.anonymous => page.t("anonymous", &[]),
        _ => page.t("somebody", &[]),
    }
}

fn scores(said: &Feedback) -> Vec<Value> {
    [("NPS", said.nps, 10), ("eNPS", said.enps, 10), ("CSAT", said.csat, 5), ("CES", said.ces, 7)]
        .into_iter()
        .filter_map(|(name, score, of)| Some(json!({"name": name, "score": score?, "of": of})))
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignForm {
    /// A person's id, `me`, or nothing to put it back.
    owner: String,
}

/// `POST /cases/{reference}/owner`
pub async fn assign(page: Page, reference: web::Path<String>, form: Form<AssignForm>) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    let (scope, by, desk) = (Scope::of(viewer)?, viewer.by(), Desk::of(&page.app));
    let owner = match form.0.owner.as_str() {
        "" => None,
        "me" => Some(viewer.id),
        id => Some(id.parse().map_err(|_| crate::error::Error::field("owner", "error-choice"))?),
    };
    let path = format!("/cases/{reference}");
    page.app.db.write(move |c| actions::assign(c, &desk, scope, by, &reference, owner)).await?;
    Ok(page.see_other_saying(&path, if owner.is_some() { "case-assigned" } else { "case-put-back" }))
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyForm {
    text: String,
    wait: Option<String>,
}

/// `POST /cases/{reference}/replies`
pub async fn reply(page: Page, reference: web::Path<String>, form: Form<ReplyForm>) -> Result<HttpResponse> {
    let Form(ReplyForm { text, wait }) = form;
    let wait_for_them = wait.is_some();
    let (typed, name) = (text.clone(), reference.clone());
    let done =
        with_case(&page, move |c, desk, scope, by| actions::reply(c, desk, scope, by, &name, &typed, wait_for_them))
            .await;
    match done {
        Ok(()) => Ok(page.see_other_saying(&format!("/cases/{reference}"), "reply-sent")),
        Err(e) => again(&page, &reference, e, json!({"text": text, "wait": wait, "note": ""})).await,
    }
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NoteForm {
    note: String,
}

/// The field of the files of a note; those of a reply have one of their own on the same page.
const NOTE_FILES: &str = "note_files";

/// `POST /cases/{reference}/notes`
pub async fn note(page: Page, reference: web::Path<String>, upload: Upload<NoteForm>) -> Result<HttpResponse> {
    let Upload { form: NoteForm { note }, files } = upload;
    match keep_note(&page, &reference, note.clone(), files).await {
        Ok(()) => Ok(page.see_other_saying(&format!("/cases/{reference}"), "note-kept")),
        Err(e) => again(&page, &reference, e, json!({"text": "", "wait": null, "note": note})).await,
    }
}

async fn keep_note(page: &Page, reference: &str, note: String, sent: Files) -> Result<()> {
    let batch = receive(sent, NOTE_FILES, false).await?;
    let (added, reference) = (batch.clone(), reference.to_owned());
    let kept = with_case(page, move |c, desk, scope, by| {
        let message = actions::note(c, desk, scope, by, &reference, &note)?;
        files::add_to_message(c, desk, message, &added)
    });
    kept.await.map_err(|e| choose_again(e, &batch, NOTE_FILES))
}

async fn with_case(
    page: &Page,
    work: impl FnOnce(&mut Conn, &Desk, Scope, By) -> Result<()> + Send + 'static,
) -> Result<()> {
    let viewer = page.viewer()?;
    let (scope, by, desk) = (Scope::of(viewer)?, viewer.by(), Desk::of(&page.app));
    page.app.db.write(move |c| work(c, &desk, scope, by)).await
}

async fn again(page: &Page, reference: &str, error: crate::error::Error, form: Value) -> Result<HttpResponse> {
    page.form_again(error, "cases/case", case_context(page, reference).await?, form)
}
