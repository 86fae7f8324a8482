//! `GET /council`: the councils, each with its next meeting; and the page of one.

use super::{home, meeting_path, moment, staff};
use crate::cases::actions::Desk;
use crate::council::members::{self, Seated};
use crate::council::store::{Council, Meeting};
use crate::council::{agenda, calendar, councils, quota, words};
use crate::db::Conn;
use crate::error::Result;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "council/list";
const ONE: &str = "council/council";
/// So many meetings that are over are listed.
const PAST: i64 = 12;

/// A day and a time for a meeting.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimeForm {
    pub day: String,
    pub time: String,
}

/// `GET /council`. Where there is but one, it is that one.
pub async fn list(page: Page) -> Result<HttpResponse> {
    let (viewer, now) = (staff(&page)?, page.now);
    let rows = page
        .app
        .db
        .read(move |c| {
            let councils = councils::open(c)?.into_iter();
            let row = |council: Council| Ok((calendar::ahead(c, council.id, now)?.into_iter().next(), council));
            councils.map(row).collect::<Result<Vec<_>>>()
        })
        .await?;
    if let [(_, only)] = &rows[..] {
        return Ok(page.see_other(&home(only.id)));
    }
    let row = |(next, council): &(Option<Meeting>, Council)| {
        Ok(json!({
            "id": council.id.to_string(),
            "name": council.name,
            "rule": words::rule(page.lang, &council.rule),
            "next": next.as_ref().map(|meeting| line(&page, council, meeting)).transpose()?,
        }))
    };
    let rows = rows.iter().map(row).collect::<Result<Vec<Value>>>()?;
    page.render(LIST, json!({"councils": rows, "may_add": viewer.role >= Role::Admin}))
}

/// `GET /council/{council}`
pub async fn show(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    staff(&page)?;
    let context = context(&page, *id, None).await?;
    page.render(ONE, context)
}

/// `POST /council/{council}/meetings`: one beside the rule.
pub async fn call(page: Page, id: Path<i64>, form: Form<TimeForm>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (staff(&page)?, Desk::of(&page.app), *id);
    let TimeForm { day, time } = &form.0;
    let (day, time) = (day.clone(), time.clone());
    let called = page.app.db.write(move |c| {
        let council = councils::to_run(c, &viewer, id)?;
        let at = moment(&day, &time, council.zone()?)?;
        calendar::call(c, &desk, viewer.by(), &council, at)
    });
    match called.await {
        Ok(meeting) => Ok(page.see_other_saying(&meeting_path(meeting.id), "saved")),
        Err(e) => page.form_again(e, ONE, context(&page, id, None).await?, &form.0),
    }
}

/// Everything the page shows, read in one go.
struct Shown {
    council: Council,
    may_run: bool,
    members: Vec<Seated>,
    quorum: councils::Quorum,
    /// With the minutes and items of their agendas.
    standing: Vec<(Meeting, i32, usize)>,
    past: Vec<Meeting>,
    fixes: quota::Fixes,
    open_actions: i64,
}

fn read(c: &mut Conn, viewer: &Viewer, id: i64, now: chrono::DateTime<chrono::Utc>) -> Result<Shown> {
    let council = councils::find(c, id)?;
    let mut standing = Vec::new();
    for meeting in calendar::standing(c, id)? {
        let items = agenda::items(c, meeting.id)?;
        standing.push((meeting, items.iter().map(|item| item.minutes).sum(), items.len()));
    }
    Ok(Shown {
        may_run: councils::may_run(c, viewer, id)?,
        members: members::list(c, id)?,
        quorum: councils::quorum(c, id)?,
        standing,
        past: calendar::past(c, id, PAST)?,
        fixes: quota::of_month(c, &council, now)?,
        open_actions: crate::council::actions::count_open(c, id)?,
        council,
    })
}

/// The context of the page; `feed` is the address of the viewer's calendar, shown once.
pub async fn context(page: &Page, id: i64, feed: Option<String>) -> Result<Value> {
    let (viewer, now) = (staff(page)?, page.now);
    let me = viewer.clone();
    let shown = page.app.db.read(move |c| read(c, &me, id, now)).await?;
    let council = &shown.council;
    let planned: Vec<Value> = shown
        .standing
        .iter()
        .map(|(meeting, minutes, items)| {
            let mut line = line(page, council, meeting)?;
            line["minutes"] = json!(minutes);
            line["items"] = json!(items);
            Ok(line)
        })
        .collect::<Result<_>>()?;
    let past = shown.past.iter().map(|meeting| line(page, council, meeting)).collect::<Result<Vec<Value>>>()?;
    let seated = shown.members.iter().any(|seated| seated.member.person_id == viewer.id);
    let has_feed =
        shown.members.iter().any(|seated| seated.member.person_id == viewer.id && seated.member.feed_hash.is_some());
    Ok(json!({
        "council": {
            "id": council.id.to_string(),
            "name": council.name,
            "rule": words::rule(page.lang, &council.rule),
            "place": council.place,
            "place_is_link": council.place.as_deref().is_some_and(|place| place.starts_with("https://")),
            "minutes": council.minutes,
            "closed": council.closed_at.is_some(),
        },
        "may_run": shown.may_run && council.closed_at.is_none(),
        "next": planned.first(),
        "later": planned.get(1..).unwrap_or_default(),
        "past": past,
        "members": shown.members.iter().map(|seated| row(seated, viewer.id)).collect::<Vec<_>>(),
        "quorum": shown.quorum.iter().filter(|(_, needed)| **needed > 0)
            .map(|(seat, needed)| json!({"seat": seat, "needed": needed})).collect::<Vec<_>>(),
        "fixes": shown.fixes,
        "open_actions": shown.open_actions,
        "seated": seated,
        "has_feed": has_feed,
        "feed": feed,
        "form": TimeForm::default(),
    }))
}

/// A meeting in one line.
fn line(page: &Page, council: &Council, meeting: &Meeting) -> Result<Value> {
    Ok(json!({
        "id": meeting.id.to_string(),
        "when": words::when_of(page.lang, page.app.config.app.time_zone, council, meeting)?,
        "starts_at": meeting.starts_at,
        "moved": meeting.slot_at.is_some_and(|slot| slot != meeting.starts_at),
        "frozen": meeting.frozen_at.is_some(),
        "status": meeting.status,
        "late": *meeting.starts_at < page.now,
    }))
}

fn row(seated: &Seated, me: i64) -> Value {
    json!({
        "id": seated.member.person_id.to_string(),
        "name": seated.name,
        "seat": seated.member.seat,
        "chair": seated.member.chair,
        "delegate": seated.delegate,
        "me": seated.member.person_id == me,
    })
}
