//! The queue and the case page.

use super::actions::{self, Desk};
use super::model::Case;
use super::queue::{self, Ask, MOST_COUNTED, Row, Urgency, View};
use super::store::{self, Scope};
use super::timeline::{self, Reader};
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::{Feedback, Topic, addressee, topic};
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::web::forms::query;
use crate::web::paging::{self, Cursor};
use crate::web::{Form, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const PAGE: usize = 50;

#[derive(Default, Deserialize)]
struct QueueQuery {
    view: Option<View>,
    after: Option<String>,
}

/// `GET /cases`
pub async fn queue(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    let query: QueueQuery = query(&req);
    let view = query.view.unwrap_or(View::Mine);
    let after = query.after.as_deref().map(Cursor::decode).transpose()?;
    let ask = Ask {
        scope: Scope::of(viewer)?,
        view,
        me: viewer.id,
        now: page.now,
        day_end: day_end(page.now, page.app.config.app.time_zone),
    };
    let (rows, counts) =
        page.app.db.read(move |c| Ok((queue::list(c, ask, after, PAGE as i64 + 1)?, queue::counts(c, ask)?))).await?;
    let (rows, next) = paging::split(rows, PAGE, |row| row.place(view));
    let views: Vec<Value> = counts.iter().map(|(each, n)| view_context(&page, *each, *n, *each == view)).collect();
    let lines: Vec<Line> = rows.iter().map(|row| line(row, page.lang, page.now, viewer.id)).collect();
    page.render(
        "cases/queue",
        json!({
            "view": view,
            "heading": page.t(&format!("view-{view}"), &[]),
            "empty": page.t(&format!("view-{view}-empty"), &[]),
            "views": views,
            "lines": lines,
            "next": next.map(|next| format!("/cases?view={view}&after={next}")),
            "previous": query.after.is_some().then(|| format!("/cases?view={view}")),
        }),
    )
}

fn view_context(page: &Page, view: View, n: usize, current: bool) -> Value {
    let count = if n as i64 == MOST_COUNTED { format!("{}+", n - 1) } else { n.to_string() };
    json!({"view": view, "label": page.t(&format!("view-{view}"), &[]), "count": count, "current": current})
}

/// Midnight after `now`, where the house is.
pub fn day_end(now: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
    let tomorrow = now.with_timezone(&tz).date_naive() + Duration::days(1);
    tz.from_local_datetime(&tomorrow.and_time(NaiveTime::MIN))
        .earliest()
        .map_or(now + Duration::days(1), |at| at.with_timezone(&Utc))
}

/// A row of the queue as the template shows it.
#[derive(Serialize)]
struct Line<'a> {
    reference: &'a str,
    title: &'a str,
    voice: &'a str,
    kind: &'a str,
    channel: String,
    status: &'a str,
    owner: Option<&'a str>,
    mine: bool,
    anonymous: bool,
    reopened: bool,
    received_at: DateTime<Utc>,
    due: Due,
}

fn line(row: &Row, lang: Lang, now: DateTime<Utc>, me: i64) -> Line<'_> {
    Line {
        reference: &row.reference,
        title: &row.title,
        voice: row.voice.as_str(),
        kind: row.kind.as_str(),
        channel: channel(lang, &row.channel),
        status: row.status.as_str(),
        owner: row.owner.as_deref(),
        mine: row.owner_id == Some(me),
        anonymous: row.anonymous,
        reopened: row.reopened > 0,
        received_at: *row.received_at,
        due: due(lang, row.urgency(now), row.next_due.map(|due| *due), now),
    }
}

/// Channels we have a word for are translated, others shown as they came.
pub fn channel(lang: Lang, channel: &str) -> String {
    let key = format!("channel-{channel}");
    if i18n::has(lang, &key) { i18n::t(lang, &key, &[]) } else { channel.to_owned() }
}

/// A deadline badge.
#[derive(Serialize)]
pub struct Due {
    state: Urgency,
    text: String,
}

/// The badge of a deadline: how long still, or how long gone.
pub fn due(lang: Lang, state: Urgency, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Due {
    let text = match (state, due) {
        (Urgency::Paused, _) => i18n::t(lang, "due-paused", &[]),
        (Urgency::Late, Some(due)) => i18n::t(lang, "due-late", &[("text", i18n::duration(lang, now - due).into())]),
        (_, Some(due)) => i18n::t(lang, "due-in", &[("text", i18n::duration(lang, due - now).into())]),
        (_, None) => i18n::t(lang, "due-none", &[]),
    };
    Due { state, text }
}

/// Everything the case page shows, read in one go.
struct Shown {
    case: Case,
    said: Feedback,
    timeline: Vec<store::TimelineRow>,
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
    let entries = timeline::entries(shown.timeline, Reader::Staff { originator: &originator }, said.anonymous, lang);
    let next_due = case.next_due.map(|due| *due);
    Ok(json!({
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
        "due": due(lang, queue::urgency(case.status, next_due, page.now), next_due, page.now),
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
    }))
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

/// `POST /cases/{reference}/notes`
pub async fn note(page: Page, reference: web::Path<String>, form: Form<NoteForm>) -> Result<HttpResponse> {
    let Form(NoteForm { note }) = form;
    let (typed, name) = (note.clone(), reference.clone());
    let done =
        with_case(&page, move |c, desk, scope, by| actions::note(c, desk, scope, by, &name, &typed).map(|_| ())).await;
    match done {
        Ok(()) => Ok(page.see_other_saying(&format!("/cases/{reference}"), "note-kept")),
        Err(e) => again(&page, &reference, e, json!({"text": "", "wait": null, "note": note})).await,
    }
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
