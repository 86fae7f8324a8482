//! `GET /changes/{change}/score`: how a change is scored, who set what and when, and its place in the order.

use super::shown::{ShownScore, percent, readable};
use super::{address, reference, staff};
use crate::backlog::inputs::Input;
use crate::backlog::ranking;
use crate::backlog::reach;
use crate::backlog::score::{Inputs, Method, is_stale};
use crate::backlog::store::{self, Change};
use crate::backlog::views::{self, Stage, arrange};
use crate::backlog::weights;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Arg;
use crate::journal::By;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

const TEMPLATE: &str = "backlog/scoring";

pub async fn show(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let mut context = context(&page, &viewer, reference(&path)?).await?;
    let (rank, reason) = (context["change"]["rank"].take(), context["change"]["reason"].clone());
    context["form"] = json!({"rank": rank, "reason": reason});
    context["change"]["rank"] = rank;
    page.render(TEMPLATE, context)
}

/// What a change is scored by, and who said so.
struct Found {
    change: Change,
    people: i64,
    set: HashMap<Input, (Option<String>, DateTime<Utc>)>,
    creator: Option<String>,
    weights: crate::config::Weights,
    /// Of how many; none once it is finished.
    place: Option<(usize, usize)>,
}

fn find(c: &mut Conn, reference: &str, settings: crate::config::Weights) -> Result<Found> {
    let change = store::find(c, reference)?;
    let weights = weights::in_use(c, settings)?;
    let order = arrange::by_score(views::rows(c, Stage::Open)?, Method::Priority, weights);
    let place = order.iter().find(|one| one.row.id == change.id).map(|one| (one.place, order.len()));
    let creator = change.created_by.into_iter().collect::<Vec<_>>();
    Ok(Found {
        people: reach::kept(c, &[change.id])?.get(&change.id).map_or(0, |reach| reach.people),
        set: ranking::set_by(c, change.id)?.into_iter().map(|(input, who, at)| (input, (who, *at))).collect(),
        creator: store::names(c, &creator)?.into_values().next(),
        weights,
        place,
        change,
    })
}

async fn context(page: &Page, viewer: &Viewer, reference: String) -> Result<Value> {
    let settings = page.app.config.priority;
    let found = page.app.db.read(move |c| find(c, &reference, settings)).await?;
    let (change, inputs) = (&found.change, found.change.inputs(found.people));
    let scores = Method::ALL.iter().map(|method| score(page, *method, &inputs, &found));
    Ok(json!({
        "change": {
            "reference": change.reference,
            "title": change.title,
            "version": change.version,
            "rank": change.rank.map(|rank| rank.to_string()),
            "reason": change.rank_reason.clone().unwrap_or_default(),
            "status": change.status.as_str(),
        },
        "parts": ShownScore::new(inputs.priority(found.weights)),
        "scores": scores.collect::<Vec<_>>(),
        "inputs": Input::ALL.iter().map(|input| row(page, *input, &found)).collect::<Vec<_>>(),
        "people": found.people,
        "place": found.place.map(|(place, n)| json!({"place": place, "n": n})),
        "finished": change.status.is_finished(),
        "may_rank": viewer.role >= Role::Council,
    }))
}

/// A score by one formula, or what it lacks.
fn score(page: &Page, method: Method, inputs: &Inputs, found: &Found) -> Value {
    let lacks = match method {
        Method::Rice => "views-input-impact",
        _ => "views-input-delay-cost",
    };
    let total = inputs.total(method, found.weights);
    let missing = total.is_none().then(|| page.t("views-no-score", &[("input", Arg::from(page.t(lacks, &[])))]));
    json!({"method": method.as_str(), "total": total.map(readable), "missing": missing})
}

/// One input with who set it, when, and whether that was too long ago.
fn row(page: &Page, input: Input, found: &Found) -> Value {
    let value = input.of(&found.change);
    let shown = if input == Input::Confidence { value.map(percent) } else { value };
    // What was there before anybody noted it came with the change.
    let (who, at) = match found.set.get(&input) {
        Some((who, at)) => (who.clone(), *at),
        None => (found.creator.clone(), *found.change.created_at),
    };
    json!({
        "key": format!("views-input-{}", input.as_str().replace('_', "-")),
        "value": shown,
        "percent": input == Input::Confidence,
        "who": who,
        "at": at,
        "stale": value.is_some() && !found.change.status.is_finished() && is_stale(at, page.now),
    })
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RankForm {
    rank: String,
    reason: String,
    version: String,
    /// The button that lets the score decide again.
    drop: String,
}

/// `POST /changes/{change}/rank`
pub async fn rank(page: Page, path: Path<String>, Form(form): Form<RankForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    viewer.require(Role::Council)?;
    let (reference, desk, by) = (reference(&path)?, Desk::of(&page.app), viewer.by());
    let (name, typed) = (reference.clone(), form.clone());
    match page.app.db.write(move |c| put(c, &desk, by, &name, &typed)).await {
        Ok(()) => {
            let said = if form.drop.is_empty() { "views-said-ranked" } else { "views-said-unranked" };
            Ok(page.see_other_saying(&format!("{}/score", address(&reference)), said))
        }
        Err(e @ Error::Invalid(_)) => {
            let context = context(&page, &viewer, reference).await?;
            page.form_again(e, TEMPLATE, context, &form)
        }
        Err(e) => Err(e),
    }
}

fn put(c: &mut Conn, desk: &Desk, by: By, reference: &str, form: &RankForm) -> Result<()> {
    let version = form.version.parse().map_err(|_| Error::Conflict("error-change-changed"))?;
    if !form.drop.is_empty() {
        return ranking::unrank(c, desk, by, reference, version);
    }
    // What is no number is no place either: the reason is looked at all the same.
    let place = form.rank.trim().parse().unwrap_or(0);
    ranking::rank(c, desk, by, reference, version, place, &form.reason)
}

/// `POST /changes/{change}/inputs`: everything is still right.
pub async fn confirm(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (reference, desk, by) = (reference(&path)?, Desk::of(&page.app), viewer.by());
    let back = format!("{}/score", address(&reference));
    page.app.db.write(move |c| ranking::confirm(c, &desk, by, &reference)).await?;
    Ok(page.see_other_saying(&back, "views-confirmed"))
}
