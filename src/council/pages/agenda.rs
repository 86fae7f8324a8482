//! The agenda of a meeting: everybody reads it and asks, whoever runs the council puts it in order.

use super::home::TimeForm;
use super::{meeting_path, moment, staff};
use crate::cases::actions::Desk;
use crate::council::agenda::{self, Place, Wish, evidence, questions};
use crate::council::model::{Kind, Stage};
use crate::council::store::{Council, Item, Meeting};
use crate::council::{calendar, councils, dates, words};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::Viewer;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

const TEMPLATE: &str = "council/agenda";

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct WishForm {
    title: String,
    change: String,
    minutes: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuestionForm {
    text: String,
}

/// Up, down, or a number.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceForm {
    to: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FreezeForm {
    frozen: String,
}

/// `GET /council/meetings/{meeting}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let context = context(&page, *id).await?;
    page.render(TEMPLATE, context)
}

/// `POST /council/meetings/{meeting}/items`
pub async fn add(page: Page, id: Path<i64>, form: Form<WishForm>) -> Result<HttpResponse> {
    let (desk, id) = (Desk::of(&page.app), *id);
    let added = match form.0.minutes.trim().parse() {
        Ok(minutes) => {
            let wish = Wish { title: form.0.title.clone(), change: form.0.change.clone(), minutes };
            run(&page, id, move |c, viewer, meeting| agenda::add(c, &desk, viewer.by(), meeting, &wish).map(|_| ()))
                .await
        }
        Err(_) => Err(Error::field("minutes", "error-number")),
    };
    match added {
        Ok(()) => Ok(page.see_other_saying(&meeting_path(id), "agenda-added")),
        Err(e) => page.form_again(e, TEMPLATE, context(&page, id).await?, with_time(json!(form.0))),
    }
}

/// `POST /council/meetings/{meeting}/items/{item}/place`
pub async fn shift(page: Page, path: Path<(i64, i64)>, form: Form<PlaceForm>) -> Result<HttpResponse> {
    let (id, item) = *path;
    let place = match form.0.to.trim() {
        "up" => Place::Up,
        "down" => Place::Down,
        number => Place::At(number.parse().map_err(|_| Error::field("to", "error-number"))?),
    };
    run(&page, id, move |c, _, meeting| agenda::shift(c, meeting, item, place)).await?;
    Ok(page.see_other(&format!("{}#item-{item}", meeting_path(id))))
}

/// `POST /council/meetings/{meeting}/items/{item}/removal`
pub async fn remove(page: Page, path: Path<(i64, i64)>) -> Result<HttpResponse> {
    let (desk, (id, item)) = (Desk::of(&page.app), *path);
    run(&page, id, move |c, viewer, meeting| agenda::remove(c, &desk, viewer.by(), meeting, item)).await?;
    Ok(page.see_other_saying(&meeting_path(id), "agenda-removed"))
}

/// `POST /council/meetings/{meeting}/items/{item}/return`
pub async fn restore(page: Page, path: Path<(i64, i64)>) -> Result<HttpResponse> {
    let (desk, (id, item)) = (Desk::of(&page.app), *path);
    run(&page, id, move |c, viewer, meeting| agenda::restore(c, &desk, viewer.by(), meeting, item)).await?;
    Ok(page.see_other(&format!("{}#item-{item}", meeting_path(id))))
}

/// `POST /council/meetings/{meeting}/items/{item}/questions`
pub async fn ask(page: Page, path: Path<(i64, i64)>, form: Form<QuestionForm>) -> Result<HttpResponse> {
    let (viewer, desk, (id, item)) = (staff(&page)?, Desk::of(&page.app), *path);
    let text = form.0.text.clone();
    let asked = page.app.db.write(move |c| {
        let meeting = calendar::find(c, id)?;
        questions::ask(c, &desk, viewer.by(), &meeting, item, &text)
    });
    match asked.await {
        Ok(()) => Ok(page.see_other(&format!("{}#item-{item}", meeting_path(id)))),
        Err(e) => {
            let mut context = context(&page, id).await?;
            context["asking"] = json!(item.to_string());
            let form = with_time(json!({"text": form.0.text, "title": "", "change": "", "minutes": "5"}));
            page.form_again(e, TEMPLATE, context, form)
        }
    }
}

/// `POST /council/meetings/{meeting}/freeze`
pub async fn freeze(page: Page, id: Path<i64>, form: Form<FreezeForm>) -> Result<HttpResponse> {
    let (desk, id, frozen) = (Desk::of(&page.app), *id, !form.0.frozen.is_empty());
    let set = move |c: &mut Conn, viewer: &Viewer, meeting: &Meeting| match frozen {
        true => agenda::freeze(c, &desk, viewer.by(), meeting),
        false => agenda::thaw(c, &desk, viewer.by(), meeting),
    };
    run(&page, id, set).await?;
    Ok(page.see_other_saying(&meeting_path(id), if frozen { "agenda-is-frozen" } else { "agenda-is-open" }))
}

/// `POST /council/meetings/{meeting}/filling`: now, and not when the job next comes by.
pub async fn fill(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (desk, id, weights) = (Desk::of(&page.app), *id, page.app.config.priority);
    run(&page, id, move |c, _, meeting| {
        let council = councils::find(c, meeting.council_id)?;
        agenda::refill(c, &desk, &council, meeting, weights).map(|_| ())
    })
    .await?;
    Ok(page.see_other_saying(&meeting_path(id), "agenda-filled"))
}

/// `POST /council/meetings/{meeting}/time`
pub async fn reschedule(page: Page, id: Path<i64>, form: Form<TimeForm>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (staff(&page)?, Desk::of(&page.app), *id);
    let (day, time) = (form.0.day.clone(), form.0.time.clone());
    let moved = page.app.db.write(move |c| {
        let (council, meeting) = calendar::to_run(c, &viewer, id)?;
        let at = moment(&day, &time, council.zone()?)?;
        calendar::reschedule(c, &desk, viewer.by(), &council, meeting, at)
    });
    match moved.await {
        Ok(()) => Ok(page.see_other_saying(&meeting_path(id), "council-meeting-moved")),
        Err(e) => {
            let mut typed = json!({"title": "", "change": "", "minutes": "5", "text": ""});
            typed["day"] = json!(form.0.day);
            typed["time"] = json!(form.0.time);
            page.form_again(e, TEMPLATE, context(&page, id).await?, typed)
        }
    }
}

/// `POST /council/meetings/{meeting}/cancellation`
pub async fn cancel(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (staff(&page)?, Desk::of(&page.app), *id);
    let cancelled = page.app.db.write(move |c| {
        let (council, meeting) = calendar::to_run(c, &viewer, id)?;
        calendar::cancel(c, &desk, viewer.by(), &council, meeting)?;
        Ok(council.id)
    });
    Ok(page.see_other_saying(&super::home(cancelled.await?), "council-meeting-cancelled"))
}

/// Does something with a meeting for whoever runs its council.
async fn run(
    page: &Page,
    id: i64,
    work: impl FnOnce(&mut Conn, &Viewer, &Meeting) -> Result<()> + Send + 'static,
) -> Result<()> {
    let viewer = staff(page)?;
    let done = page.app.db.write(move |c| {
        let (_, meeting) = calendar::to_run(c, &viewer, id)?;
        work(c, &viewer, &meeting)
    });
    done.await
}

/// Fields of the other forms of the page, which were not sent.
fn with_time(mut form: Value) -> Value {
    for field in ["day", "time", "text"] {
        if form.get(field).is_none() {
            form[field] = json!("");
        }
    }
    form
}

/// Everything the page shows, read in one go.
struct Shown {
    council: Council,
    meeting: Meeting,
    may_run: bool,
    items: Vec<Item>,
    evidence: evidence::Evidence,
    questions: HashMap<i64, Vec<questions::Question>>,
}

fn read(c: &mut Conn, viewer: &Viewer, id: i64) -> Result<Shown> {
    let meeting = calendar::find(c, id)?;
    let items = agenda::all(c, id)?;
    Ok(Shown {
        council: councils::find(c, meeting.council_id)?,
        may_run: councils::may_run(c, viewer, meeting.council_id)?,
        evidence: evidence::of(c, &items)?,
        questions: questions::of_meeting(c, id)?,
        items,
        meeting,
    })
}

async fn context(page: &Page, id: i64) -> Result<Value> {
    let viewer = staff(page)?;
    let shown = page.app.db.read(move |c| read(c, &viewer, id)).await?;
    let (council, meeting) = (&shown.council, &shown.meeting);
    let (zone, house) = (council.zone()?, page.app.config.app.time_zone);
    let local = meeting.starts_at.with_timezone(&zone);
    let day_off = council
        .calendar_id
        .and_then(|id| page.app.rules.current().calendars.get(&id).cloned())
        .is_some_and(|calendar| !dates::is_worked(&calendar, local.date_naive(), zone));
    let (on, off): (Vec<&Item>, Vec<&Item>) = shown.items.iter().partition(|item| item.removed_at.is_none());
    let minutes: i32 = on.iter().map(|item| item.minutes).sum();
    let open = agenda::is_open(meeting);
    Ok(json!({
        "council": {"id": council.id.to_string(), "name": council.name, "place": council.place, "minutes": council.minutes},
        "meeting": {
            "id": meeting.id.to_string(),
            "when": words::when_of(page.lang, house, council, meeting)?,
            "status": meeting.status,
            "frozen_at": meeting.frozen_at,
            "invited": meeting.invited_at.is_some(),
            "day_off": day_off,
            "begun": meeting.started_at.is_some(),
            "planned": meeting.status == Stage::Planned,
        },
        "may_run": shown.may_run,
        "may_arrange": shown.may_run && open,
        "may_ask": matches!(meeting.status, Stage::Planned | Stage::Running),
        "open": open,
        "minutes": minutes,
        "over": (minutes - council.minutes).max(0),
        "items": on.iter().enumerate().map(|(n, item)| line(&shown, item, n + 1, on.len())).collect::<Vec<_>>(),
        "removed": off.iter().map(|item| json!({"id": item.id.to_string(), "title": item.title})).collect::<Vec<_>>(),
        "asking": "",
        "form": {
            "title": "", "change": "", "minutes": "5", "text": "",
            "day": local.format("%Y-%m-%d").to_string(), "time": local.format("%H:%M").to_string(),
        },
    }))
}

fn line(shown: &Shown, item: &Item, number: usize, last: usize) -> Value {
    let change = item.change_id.and_then(|id| shown.evidence.changes.get(&id));
    json!({
        "id": item.id.to_string(),
        "number": number,
        "first": number == 1,
        "last": number == last,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        // What has shipped or is being made need not be chosen any more.
        "quick_fix": item.quick_fix && matches!(item.kind, Kind::Change | Kind::Returned | Kind::Stalled),
        "change": change,
        "ex": change.is_some_and(|change| change.ex > change.cx),
        "effect": item.change_id.and_then(|id| shown.evidence.effects.get(&id)),
        "action": item.action_id.and_then(|id| shown.evidence.actions.get(&id)),
        "decision": item.decision,
        "questions": shown.questions.get(&item.id).map(Vec::as_slice).unwrap_or_default(),
    })
}
