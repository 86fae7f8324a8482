//! `GET /changes/{change}`: one change with everything that stands behind it.

use super::parts::{self, Piece, Steps};
use super::shown::Shown;
use super::{reference, staff};
use crate::backlog::evidence;
use crate::backlog::facts::{self, Fact};
use crate::backlog::model::Reach;
use crate::backlog::plan::{self, Plan};
use crate::backlog::quotes::{self, Quote};
use crate::backlog::store::{self, Change};
use crate::backlog::talk::{self, Note};
use crate::backlog::{articles, checklist, reach, weights};
use crate::cases::quoting::{Standing, standings};
use crate::cases::store::{Scope, TimelineRow, timeline};
use crate::config::Weights;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::forms::query;
use crate::web::page::Page;
use crate::web::paging::{Cursor, split};
use crate::web::viewer::{Role, Viewer};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

const TEMPLATE: &str = "backlog/change";
const EVIDENCE_PER_PAGE: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    after: Option<String>,
}

/// What is typed into the small forms of the page, given back when something is wrong with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Typed {
    pub case: String,
    pub reason: String,
    pub step: String,
    pub note: String,
    pub fact: String,
    pub fact_kind: String,
    pub fact_url: String,
    pub into: String,
    /// Part of what was said in this case.
    pub excerpt: String,
    pub excerpt_of: String,
}

pub async fn show(page: Page, path: Path<String>, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let after = query::<Asked>(&req).after.map(|cursor| Cursor::decode(&cursor)).transpose()?;
    let mut context = context(&page, &viewer, reference(&path)?, after).await?;
    context["form"] = json!(Typed::default());
    page.render(TEMPLATE, context)
}

/// The same with a message beside the field that is wrong; what cannot be said beside a field is an error like any other.
pub async fn again(page: &Page, change: &str, error: Error, typed: Typed) -> Result<HttpResponse> {
    if !matches!(error, Error::Invalid(_)) {
        return Err(error);
    }
    let viewer = staff(page)?;
    let context = context(page, &viewer, change.to_owned(), None).await?;
    page.form_again(error, TEMPLATE, context, json!(typed))
}

/// What the database knows about a change, as far as this viewer may see it.
struct Found {
    change: Change,
    plan: Plan,
    lever: Option<(String, String)>,
    article: Option<articles::Freshness>,
    into: Option<Change>,
    taken_in: Vec<Change>,
    reach: Reach,
    names: HashMap<i64, String>,
    evidence: Vec<evidence::Piece>,
    standings: HashMap<i64, Standing>,
    seen: i64,
    facts: Vec<Fact>,
    quotes: Vec<Quote>,
    steps: Vec<checklist::Step>,
    notes: Vec<Note>,
    events: Vec<TimelineRow>,
}

fn find(c: &mut Conn, today: NaiveDate, reference: &str, scope: Scope, after: Option<Cursor>) -> Result<Found> {
    let change = store::find(c, reference)?;
    let plan = plan::of(c, change.id)?;
    let people: Vec<i64> = [change.owner_id, change.sponsor_id, change.created_by].into_iter().flatten().collect();
    let reach = reach::kept(c, &[change.id])?.remove(&change.id).unwrap_or_default();
    let evidence = evidence::page(c, change.id, scope, after, EVIDENCE_PER_PAGE)?;
    let anonymous: Vec<i64> =
        evidence.iter().map(|piece| &piece.1).filter(|said| said.anonymous).map(|said| said.id).collect();
    Ok(Found {
        lever: change.lever_id.map(|id| store::lever(c, id)).transpose()?,
        article: articles::freshness(c, &change, &plan, today)?,
        into: change.merged_into.map(|id| store::by_id(c, id)).transpose()?,
        taken_in: store::merged_into(c, change.id)?,
        names: store::names(c, &people)?,
        standings: standings(c, &anonymous)?,
        seen: evidence::seen(c, change.id, scope)?,
        facts: facts::list(c, change.id)?,
        quotes: quotes::of(c, change.id, reach)?,
        steps: checklist::list(c, change.id)?,
        notes: talk::list(c, change.id)?,
        events: timeline(c, change.id)?,
        plan,
        reach,
        evidence,
        change,
    })
}

async fn context(page: &Page, viewer: &Viewer, reference: String, after: Option<Cursor>) -> Result<Value> {
    let (scope, today, settings) = (Scope::of(viewer)?, page.today(), page.app.config.priority);
    let find = move |c: &mut Conn| Ok((weights::in_use(c, settings)?, find(c, today, &reference, scope, after)?));
    let (weights, found) = page.app.db.read(find).await?;
    Ok(view(page, viewer, weights, found))
}

fn view(page: &Page, viewer: &Viewer, weights: Weights, found: Found) -> Value {
    let Found { change, reach, names, evidence, standings, .. } = found;
    let name = |id: Option<i64>| id.and_then(|id| names.get(&id).cloned());
    let place = |piece: &evidence::Piece| Cursor { at: *piece.1.received_at, id: piece.1.id };
    let (evidence, next) = split(evidence, EVIDENCE_PER_PAGE, place);
    let quoted: Vec<&str> = found.quotes.iter().map(|quote| quote.reference.as_str()).collect();
    let piece = |piece| Piece::new(piece, &standings, reach, &quoted);
    json!({
        "change": Shown::new(page, &change, reach, weights, name(change.owner_id)),
        "kind": change.kind,
        "problem": change.problem,
        "proposal": change.proposal,
        "lever": found.lever.map(|(en, ru)| parts::in_language(page, en, ru)),
        "quick_fix": change.quick_fix,
        "stalled": change.is_stalled(page.now),
        "back_on": change.back_on,
        "plan": parts::plan(page, &found.plan),
        "article": found.article,
        "sponsor": name(change.sponsor_id),
        "outcome_en": change.outcome_en,
        "outcome_ru": change.outcome_ru,
        "creator": name(change.created_by),
        "created_at": change.created_at,
        "status_at": change.status_at,
        "finished": change.status.is_finished(),
        "archived": change.archived_at.is_some(),
        "active": change.must_be_active().is_ok(),
        "open": change.must_take_evidence().is_ok(),
        "into": found.into.as_ref().map(parts::named),
        "taken_in": found.taken_in.iter().map(parts::named).collect::<Vec<_>>(),
        "moves": Steps::new(viewer, &change),
        "evidence": evidence.into_iter().map(piece).collect::<Vec<_>>(),
        "unseen": reach.cases - found.seen,
        "next": next.map(|cursor| format!("{}?after={cursor}#evidence", super::address(&change.reference))),
        "facts": found.facts.into_iter().map(parts::fact).collect::<Vec<_>>(),
        "fact_kinds": facts::Kind::ALL,
        "quotes": found.quotes,
        "may_allow": viewer.role >= Role::Admin,
        "steps": parts::checklist(&found.steps),
        "notes": found.notes,
        "events": found.events.into_iter().map(|event| parts::happened(page, event)).collect::<Vec<_>>(),
    })
}
