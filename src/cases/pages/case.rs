//! The page itself: everything about a case, read in one go.

mod view;

use super::merging::Merged;
use crate::cases::actions::{self, Desk, Pending, Seen};
use crate::cases::answers::{self, SavedAnswer};
use crate::cases::decisions;
use crate::cases::history::{HistoryRow, history};
use crate::cases::model::Case;
use crate::cases::similar::{self, Similar};
use crate::cases::staff::{self, Present};
use crate::cases::store::{self, Candidate, Scope};
use crate::cases::timeline::MailLine;
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::{Addressee, Feedback, Topic, addressee, topic, topics};
use crate::files::store::{File, of_case};
use crate::mail::undeliverable::{self, Undeliverable};
use crate::web::forms::query;
use crate::web::{Page, Viewer};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use view::View;

pub const TEMPLATE: &str = "cases/case";

/// What is asked of the page beside the case.
#[derive(Clone, Default)]
pub struct Ask {
    /// How far the reader had seen it: what others did since is new.
    pub seen: Option<Seen>,
    /// A saved answer that goes into the form.
    pub answer: Option<i64>,
    /// Words that go into the form.
    pub text: Option<String>,
    pub wait: bool,
    /// Similar cases, for whoever has no script to load them.
    pub similar: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CaseQuery {
    answer: Option<i64>,
    similar: Option<String>,
}

/// `GET /cases/{reference}`
pub async fn show(page: Page, req: HttpRequest, reference: web::Path<String>) -> Result<HttpResponse> {
    let CaseQuery { answer, similar } = query(&req);
    let ask = Ask { answer, similar: similar.is_some(), ..Ask::default() };
    page.render(TEMPLATE, context(&page, &reference, ask).await?)
}

/// Everything the page shows.
struct Shown {
    case: Case,
    said: Feedback,
    timeline: Vec<store::TimelineRow>,
    files: Vec<File>,
    pending: Vec<(Pending, String)>,
    mails: Vec<MailLine>,
    originator: Option<Addressee>,
    /// What came back from their address.
    unreached: Option<Undeliverable>,
    history: Vec<HistoryRow>,
    candidates: Vec<Candidate>,
    watchers: Vec<Candidate>,
    present: Vec<Present>,
    tags: Vec<String>,
    topics: Vec<Topic>,
    /// Of the case, if it is not on offer any more.
    retired_topic: Option<Topic>,
    root_causes: Vec<store::RootCause>,
    team: Option<String>,
    changes: Vec<store::LinkedChange>,
    open_changes: Vec<(String, String)>,
    merged: Merged,
    similar: Option<Vec<Similar>>,
    answers: Vec<(i64, String)>,
    answer: Option<SavedAnswer>,
    asked: Option<decisions::pages::Notice>,
}

fn read(c: &mut Conn, desk: &Desk, viewer: &Viewer, reference: &str, ask: &Ask) -> Result<Shown> {
    let (scope, me, now) = (Scope::of(viewer)?, viewer.id, desk.now);
    let (case, said) = store::find(c, scope, reference)?;
    let topics = topics(c)?;
    let originator = said.person_id.map(|id| addressee(c, id)).transpose()?;
    let address = originator.as_ref().and_then(|person| person.email.as_deref());
    let unreached = address.map(|address| undeliverable::find(c, address)).transpose()?.flatten();
    let retired = case.topic_id.filter(|id| topics.iter().all(|topic| topic.id != *id));
    Ok(Shown {
        timeline: store::timeline(c, case.id)?,
        files: of_case(c, case.id)?,
        pending: actions::pending(c, case.id)?,
        mails: store::mails(c, case.id)?,
        originator,
        unreached,
        history: match said.person_id {
            Some(person) => history(c, person, case.id, scope)?,
            None => Vec::new(),
        },
        candidates: store::candidates(c)?,
        watchers: staff::watchers(c, &case)?,
        present: staff::others_present(c, case.id, me, now)?,
        tags: store::tags(c, case.id)?,
        retired_topic: retired.map(|id| topic(c, id)).transpose()?,
        root_causes: store::root_causes(c, case.root_cause_id)?,
        team: case.team_id.map(|id| store::team_name(c, id)).transpose()?,
        changes: store::changes_of(c, case.id)?,
        open_changes: store::open_changes(c)?,
        merged: Merged::load(c, scope, &case, &said)?,
        similar: if ask.similar { Some(similar::similar(c, scope, &case, &said)?) } else { None },
        answers: answers::offered(c, scope)?,
        answer: ask.answer.map(|id| answers::find_offered(c, scope, id)).transpose()?,
        asked: decisions::pages::notice(c, desk, viewer, case.id)?,
        topics,
        case,
        said,
    })
}

/// The page as its template wants it.
pub async fn context(page: &Page, reference: &str, ask: Ask) -> Result<Value> {
    let viewer = page.viewer()?;
    let (desk, reader, reference, asked) = (Desk::of(&page.app), viewer.clone(), reference.to_owned(), ask.clone());
    let rules = Arc::clone(&desk.rules);
    let shown = page.app.db.look_up(move |c| read(c, &desk, &reader, &reference, &asked)).await?;
    let notice = decisions::pages::notice_context(page, shown.asked.as_ref())?;
    let mut context = View { page, me: viewer.id, viewer: &viewer.name, rules, shown, ask }.context();
    context["asked"] = notice;
    Ok(context)
}
