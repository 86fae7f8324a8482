//! The parts of the page of a change, as its template wants them.

use crate::backlog::checklist;
use crate::backlog::evidence;
use crate::backlog::facts::Fact;
use crate::backlog::model::{Reach, Status};
use crate::backlog::moves::may_move;
use crate::backlog::plan::Plan;
use crate::backlog::quotes::{group, hindrance};
use crate::backlog::store::Change;
use crate::cases::money;
use crate::cases::quoting::Standing;
use crate::cases::store::TimelineRow;
use crate::i18n::{self, Arg, Lang};
use crate::web::page::Page;
use crate::web::viewer::Viewer;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The name for the reader.
pub fn in_language(page: &Page, en: String, ru: String) -> String {
    match page.lang {
        Lang::En => en,
        Lang::Ru => ru,
    }
}

/// Another change, to link to.
pub fn named(change: &Change) -> Value {
    json!({"reference": change.reference, "title": change.title})
}

/// The moves that may come next.
#[derive(Serialize)]
pub struct Steps {
    /// One click, with a reason or without.
    here: Vec<&'static str>,
    /// Each on a page of its own, which asks for more.
    elsewhere: Vec<Elsewhere>,
    /// What others decide.
    not_yours: Vec<&'static str>,
    /// None of those that take one click is a surprise: the first is what mostly comes next.
    any: bool,
}

#[derive(Serialize)]
struct Elsewhere {
    status: &'static str,
    href: String,
}

impl Steps {
    pub fn new(viewer: &Viewer, change: &Change) -> Steps {
        let mut steps = Steps { here: Vec::new(), elsewhere: Vec::new(), not_yours: Vec::new(), any: false };
        if change.must_be_active().is_err() {
            return steps;
        }
        for &status in change.status.next() {
            steps.any = true;
            if !may_move(viewer, change, status) {
                steps.not_yours.push(status.as_str());
            } else if let Some(page) = asks_at(status) {
                let href = format!("{}/{page}", super::address(&change.reference));
                steps.elsewhere.push(Elsewhere { status: status.as_str(), href });
            } else {
                steps.here.push(status.as_str());
            }
        }
        steps
    }
}

/// The page that asks what a move needs; none where one click is enough.
pub fn asks_at(status: Status) -> Option<&'static str> {
    match status {
        Status::Shipped => Some("shipping"),
        Status::Declined => Some("declining"),
        Status::Deferred => Some("deferring"),
        _ => None,
    }
}

/// A linked case as the list of evidence shows it: their words, and where the work stands; never who they are.
#[derive(Serialize)]
pub struct Piece {
    reference: String,
    title: String,
    text: String,
    voice: &'static str,
    machine: bool,
    kind: &'static str,
    lang: &'static str,
    status: &'static str,
    owner: Option<String>,
    received_at: Value,
    linked_at: Value,
    quoted: bool,
    /// The message that tells what keeps it from being quoted.
    hindrance: Option<&'static str>,
    /// Nobody asked its author yet.
    may_ask: bool,
    /// An administrator may answer for its author.
    may_be_allowed: bool,
}

impl Piece {
    pub fn new(
        (case, said, owner, linked_at): evidence::Piece,
        standings: &HashMap<i64, Standing>,
        reach: Reach,
        quoted: &[&str],
    ) -> Piece {
        let standing = standings.get(&said.id).copied().unwrap_or_default();
        let hindrance = hindrance(said.anonymous, standing, group(said.voice, reach));
        Piece {
            quoted: quoted.contains(&said.reference.as_str()),
            hindrance,
            may_ask: hindrance.is_some() && standing == Standing::NotAsked,
            may_be_allowed: hindrance.is_some() && matches!(standing, Standing::NotAsked | Standing::Asked),
            reference: said.reference,
            title: said.title,
            text: said.text,
            voice: said.voice.as_str(),
            machine: said.machine,
            kind: said.kind.as_str(),
            lang: said.lang.as_str(),
            status: case.status.as_str(),
            owner,
            received_at: json!(said.received_at),
            linked_at: json!(linked_at),
        }
    }
}

/// What is planned; null if nothing is.
pub fn plan(page: &Page, plan: &Plan) -> Value {
    if *plan == Plan::default() {
        return Value::Null;
    }
    json!({
        "via": plan.via,
        "metric": plan.metric,
        "delta": plan.delta.map(|delta| signed(page, delta)),
        "delta_by": plan.delta_by,
        "cost": plan.cost.map(|cents| money::shown(page.lang, cents, &page.app.config.cases.currency)),
        "pilot_group": plan.pilot_group,
        "control_group": plan.control_group,
        "article_url": plan.article_url,
        "reviewed_on": plan.reviewed_on,
        "review_days": plan.review_days,
    })
}

/// "+5" or "−2.5": what is expected to go up or down.
fn signed(page: &Page, delta: f64) -> String {
    let sign = if delta < 0.0 { "−" } else { "+" };
    format!("{sign}{}", i18n::number(page.lang, delta.abs()))
}

pub fn fact(fact: Fact) -> Value {
    json!({
        "id": fact.id.to_string(),
        "kind": fact.kind,
        "text": fact.text,
        "url": fact.url,
        "noted_by": fact.noted_by,
        "noted_at": fact.noted_at,
    })
}

/// The steps and how many of them are done.
pub fn checklist(steps: &[checklist::Step]) -> Value {
    let row = |step: &checklist::Step| json!({"id": step.id.to_string(), "text": step.text, "done_at": step.done_at, "done_by": step.done_by});
    json!({
        "items": steps.iter().map(row).collect::<Vec<_>>(),
        "all": steps.len(),
        "done": steps.iter().filter(|step| step.done_at.is_some()).count(),
    })
}

/// A line of the journal.
pub fn happened(page: &Page, row: TimelineRow) -> Value {
    let data = &row.data.0;
    let text = |field: &str| data[field].as_str().map(str::to_owned);
    let fields: Vec<String> = data["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| Some(page.t(&format!("changes-field-{}", field.as_str()?.replace('_', "-")), &[])))
        .collect();
    let what = text("title").or_else(|| text("what")).unwrap_or_default();
    let args = [("fields", Arg::from(fields.join(", ").to_lowercase())), ("what", Arg::from(what))];
    json!({
        "at": row.at,
        "who": row.actor_name,
        "said": page.t(&format!("change-event-{}", row.event), &args),
        "reason": text("reason"),
        "back_on": text("back_on"),
    })
}
