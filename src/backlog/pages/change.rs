//! `GET /changes/{change}`: one change with everything that stands behind it.

use super::shown::Shown;
use super::{reference, staff};
use crate::backlog::evidence::{self, Piece};
use crate::backlog::model::{Reach, Status};
use crate::backlog::moves::may_move;
use crate::backlog::reach;
use crate::backlog::store::{self, Change};
use crate::backlog::weights;
use crate::cases::store::{Scope, TimelineRow, timeline};
use crate::config::Weights;
use crate::error::{Error, Result};
use crate::i18n::Arg;
use crate::web::forms::query;
use crate::web::page::Page;
use crate::web::paging::{Cursor, split};
use crate::web::viewer::Viewer;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

const EVIDENCE_PER_PAGE: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    after: Option<String>,
}

pub async fn show(page: Page, path: Path<String>, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let after = query::<Asked>(&req).after.map(|cursor| Cursor::decode(&cursor)).transpose()?;
    let mut context = context(&page, &viewer, reference(&path)?, after).await?;
    context["form"] = json!({"case": ""});
    page.render("backlog/change", context)
}

/// The same with a reference beside the field that could not be linked.
pub async fn again(page: &Page, change: &str, error: Error, typed: &str) -> Result<HttpResponse> {
    let viewer = staff(page)?;
    let context = context(page, &viewer, change.to_owned(), None).await?;
    page.form_again(error, "backlog/change", context, json!({"case": typed}))
}

/// What the database knows about a change, as far as this viewer may see it.
struct Found {
    change: Change,
    reach: Reach,
    weights: Weights,
    names: HashMap<i64, String>,
    evidence: Vec<Piece>,
    seen: i64,
    events: Vec<TimelineRow>,
}

async fn context(page: &Page, viewer: &Viewer, reference: String, after: Option<Cursor>) -> Result<Value> {
    let scope = Scope::of(viewer)?;
    let settings = page.app.config.priority;
    let found = page
        .app
        .db
        .read(move |c| {
            let change = store::find(c, &reference)?;
            let people: Vec<i64> = [change.owner_id, change.created_by].into_iter().flatten().collect();
            Ok(Found {
                weights: weights::in_use(c, settings)?,
                reach: reach::kept(c, &[change.id])?.remove(&change.id).unwrap_or_default(),
                names: store::names(c, &people)?,
                evidence: evidence::page(c, change.id, scope, after, EVIDENCE_PER_PAGE)?,
                seen: evidence::seen(c, change.id, scope)?,
                events: timeline(c, change.id)?,
                change,
            })
        })
        .await?;
    Ok(view(page, viewer, found))
}

fn view(page: &Page, viewer: &Viewer, found: Found) -> Value {
    let Found { change, reach, weights, names, evidence, seen, events } = found;
    let name = |id: Option<i64>| id.and_then(|id| names.get(&id).cloned());
    let place = |piece: &Piece| Cursor { at: *piece.1.received_at, id: piece.1.id };
    let (evidence, next) = split(evidence, EVIDENCE_PER_PAGE, place);
    json!({
        "change": Shown::new(page, &change, reach, weights, name(change.owner_id)),
        "proposal": change.proposal,
        "outcome_en": change.outcome_en,
        "outcome_ru": change.outcome_ru,
        "creator": name(change.created_by),
        "created_at": change.created_at,
        "status_at": change.status_at,
        "finished": change.status.is_finished(),
        "moves": moves(viewer, &change),
        "evidence": evidence.into_iter().map(Evidence::from).collect::<Vec<_>>(),
        "unseen": reach.cases - seen,
        "next": next.map(|cursor| format!("{}?after={cursor}#evidence", super::address(&change.reference))),
        "events": events.into_iter().map(|event| happened(page, event)).collect::<Vec<_>>(),
    })
}

/// A step that may come next, and whether this viewer may take it.
#[derive(Serialize)]
struct Move {
    status: &'static str,
    allowed: bool,
    /// Where it is asked what to tell people; none where one click is enough.
    asks_at: Option<String>,
}

fn moves(viewer: &Viewer, change: &Change) -> Vec<Move> {
    let at = |page: &str| Some(format!("{}/{page}", super::address(&change.reference)));
    let step = |&status: &Status| Move {
        status: status.as_str(),
        allowed: may_move(viewer, change, status),
        asks_at: match status {
            Status::Shipped => at("shipping"),
            Status::Declined => at("declining"),
            _ => None,
        },
    };
    change.status.next().iter().map(step).collect()
}

/// A linked case as the list of evidence shows it: their words, and where the work stands; never who they are.
#[derive(Serialize)]
struct Evidence {
    reference: String,
    title: String,
    text: String,
    voice: &'static str,
    kind: &'static str,
    lang: &'static str,
    status: &'static str,
    owner: Option<String>,
    received_at: Value,
    linked_at: Value,
}

impl From<Piece> for Evidence {
    fn from((case, said, owner, linked_at): Piece) -> Evidence {
        Evidence {
            reference: said.reference,
            title: said.title,
            text: said.text,
            voice: said.voice.as_str(),
            kind: said.kind.as_str(),
            lang: said.lang.as_str(),
            status: case.status.as_str(),
            owner,
            received_at: json!(said.received_at),
            linked_at: json!(linked_at),
        }
    }
}

fn happened(page: &Page, row: TimelineRow) -> Value {
    let fields: Vec<String> = row.data.0["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| Some(page.t(&format!("changes-field-{}", field.as_str()?.replace('_', "-")), &[])))
        .collect();
    let said = match row.event.as_str() {
        "edited" => page.t("change-event-edited", &[("fields", Arg::from(fields.join(", ").to_lowercase()))]),
        event => page.t(&format!("change-event-{event}"), &[]),
    };
    json!({"at": row.at, "who": row.actor_name, "said": said})
}
