//! The page of the minutes: what everybody reads and prints, and, for the chair, the steps until they count.

mod correction;

use super::markdown;
use super::record::{self, Record};
use crate::cases::actions::Desk;
use crate::council::meeting::live::Picture;
use crate::council::meeting::pages::{may_look_on, number};
use crate::council::meeting::quorum;
use crate::council::meeting::run;
use crate::council::model::Stage;
use crate::council::store::Member;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Path, ServiceConfig, get, post, resource};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "council/minutes/page";
/// From then on the page says that a signature is missing.
const OVERDUE: Duration = Duration::days(1);

pub fn routes(cfg: &mut ServiceConfig) {
    let minutes = |path: &str| format!("/council/meetings/{{meeting}}/minutes{path}");
    cfg.route(&minutes(""), get().to(show))
        .route(&minutes(".md"), get().to(download))
        .route(&minutes("/notes"), post().to(notes))
        .route(&minutes("/reading"), post().to(read_back))
        .route(&minutes("/signature"), post().to(sign))
        .route(&minutes("/addenda"), post().to(add))
        .service(resource(minutes("/items/{item}")).get(correction::show).post(correction::save));
}

fn at(id: i64) -> String {
    format!("/council/meetings/{id}/minutes")
}

/// What the minutes say, and what this viewer may do with them.
struct Seen {
    record: Record,
    may_chair: bool,
    belongs: bool,
}

fn read(c: &mut Conn, me: &Viewer, id: i64, now: DateTime<Utc>) -> Result<Seen> {
    let (record, picture) = record::read(c, id, now)?;
    let belongs = belongs(&picture, me);
    may_look_on(me, belongs)?;
    Ok(Seen { record, may_chair: run::may_chair(c, picture.council.id, me)?, belongs })
}

fn belongs(picture: &Picture, me: &Viewer) -> bool {
    let members: Vec<Member> = picture.members.iter().map(|(member, _)| member.clone()).collect();
    quorum::belongs(&members, me.id)
}

/// The two texts that are typed on this page.
#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextForm {
    notes: String,
    text: String,
}

/// `GET …/minutes`
pub async fn show(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (context, form) = context(&page, number(&path)?).await?;
    let mut context = context;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

async fn context(page: &Page, id: i64) -> Result<(Value, TextForm)> {
    let (me, now) = (page.viewer()?.clone(), page.now);
    let Seen { record, may_chair, belongs } = page.app.db.read(move |c| read(c, &me, id, now)).await?;
    let form = TextForm { notes: record.notes.clone(), text: String::new() };
    let (ended, signed) = (record.status == Stage::Ended, record.status == Stage::Signed);
    let overdue = ended && record.ended_at.is_some_and(|at| at + OVERDUE < now);
    let speechless = record.items.iter().any(|line| line.speechless);
    let context = json!({
        "id": record.id.to_string(),
        "begun": record.started_at.is_some(),
        "ended": ended,
        "signed": signed,
        "overdue": overdue,
        "speechless": speechless,
        "ready": ended && !speechless && record.read_back_at.is_some(),
        "may_edit": may_chair && !signed && record.started_at.is_some(),
        "may_add": signed && (may_chair || belongs),
        "minutes": record,
    });
    Ok((context, form))
}

/// `GET …/minutes.md`
pub async fn download(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (id, me, now) = (number(&path)?, page.viewer()?.clone(), page.now);
    let Seen { record, .. } = page.app.db.read(move |c| read(c, &me, id, now)).await?;
    let text = markdown::minutes(&record, page.lang, page.app.config.app.time_zone);
    let name = format!("attachment; filename=\"minutes-{}.md\"", record.starts_at.date_naive());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/markdown; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(text))
}

/// `POST …/minutes/notes`
pub async fn notes(page: Page, path: Path<String>, Form(form): Form<TextForm>) -> Result<HttpResponse> {
    let (id, me, text) = (number(&path)?, page.viewer()?.clone(), form.notes.clone());
    let saved = page.app.db.write(move |c| super::write_notes(c, &me, id, &text)).await;
    answer(&page, id, saved, "minutes-saved", form).await
}

/// `POST …/minutes/reading`
pub async fn read_back(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (id, me, now) = (number(&path)?, page.viewer()?.clone(), page.now);
    page.app.db.write(move |c| super::read_back(c, &me, id, now)).await?;
    Ok(page.see_other(&at(id)))
}

/// `POST …/minutes/signature`
pub async fn sign(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (id, me, desk) = (number(&path)?, page.viewer()?.clone(), Desk::of(&page.app));
    page.app.db.write(move |c| super::sign(c, &desk, &me, id)).await?;
    Ok(page.see_other_saying(&at(id), "minutes-signed"))
}

/// `POST …/minutes/addenda`
pub async fn add(page: Page, path: Path<String>, Form(form): Form<TextForm>) -> Result<HttpResponse> {
    let (id, me, now, text) = (number(&path)?, page.viewer()?.clone(), page.now, form.text.clone());
    let added = page.app.db.write(move |c| super::add(c, &me, id, &text, now)).await;
    answer(&page, id, added, "minutes-added", form).await
}

async fn answer(page: &Page, id: i64, done: Result<()>, saying: &str, typed: TextForm) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(page.see_other_saying(&at(id), saying)),
        Err(wrong @ Error::Invalid(_)) => {
            let (context, stored) = context(page, id).await?;
            // Each of the two forms sends its own text; the other is as it is stored.
            let notes = if typed.notes.is_empty() { stored.notes } else { typed.notes };
            page.form_again(wrong, TEMPLATE, context, TextForm { notes, text: typed.text })
        }
        Err(e) => Err(e),
    }
}
