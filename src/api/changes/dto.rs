//! Changes as machines send and read them.

use super::plan::PlanDto;
use crate::api::cases::dto::PersonDto;
use crate::api::cases::person;
use crate::backlog::model::{Reach, Status};
use crate::backlog::plan::{self, Plan};
use crate::backlog::proposal::{Kind, Proposal};
use crate::backlog::reach;
use crate::backlog::score::Score;
use crate::backlog::store::{self, Change};
use crate::backlog::weights;
use crate::config::Weights;
use crate::db::Conn;
use crate::error::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// A change of the shared backlog.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeDto {
    pub id: String,
    #[schema(example = "C-7QK3M9X")]
    pub reference: String,
    #[schema(inline)]
    pub kind: Kind,
    pub title: String,
    /// In one sentence.
    pub problem: String,
    pub proposal: String,
    /// The id of what it works through.
    pub lever: Option<String>,
    #[schema(inline)]
    pub status: Status,
    /// Deferred: the day on which it comes back.
    pub back_on: Option<NaiveDate>,
    /// The reference of the change that goes on in its place.
    pub merged_into: Option<String>,
    pub archived_at: Option<DateTime<Utc>>,
    /// Impact on employees, 0-5.
    pub ex: i16,
    /// Impact on customers, 0-5.
    pub cx: i16,
    /// Person-months.
    pub effort: f64,
    /// 0-1.
    pub confidence: f64,
    /// For RICE: 3, 2, 1, 0.5 or 0.25.
    pub impact: Option<f64>,
    /// For WSJF: what waiting costs.
    pub delay_cost: Option<f64>,
    /// Counted now, over distinct people.
    pub reach: Reach,
    /// reach × (w_ex·EX + w_cx·CX) × confidence ÷ effort, with its parts.
    pub score: Score,
    pub owner: Option<PersonDto>,
    pub sponsor: Option<PersonDto>,
    pub target_on: Option<NaiveDate>,
    /// Small enough to ship before the next council.
    pub quick_fix: bool,
    pub public: bool,
    pub plan: PlanDto,
    /// What those who asked were told.
    pub outcome_en: Option<String>,
    pub outcome_ru: Option<String>,
    /// Its version, also the `ETag`.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub status_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A page of changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangePage {
    pub items: Vec<ChangeDto>,
    /// The cursor of the next page; null on the last one.
    pub next: Option<String>,
}

/// Changes with what is counted and named beside them; `settings` weigh the score where no set of weights is in use.
pub fn load(c: &mut Conn, settings: Weights, changes: Vec<Change>) -> Result<Vec<ChangeDto>> {
    let weights = weights::in_use(c, settings)?;
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let people: Vec<i64> = changes.iter().flat_map(|change| [change.owner_id, change.sponsor_id]).flatten().collect();
    let beside = Beside {
        reach: reach::kept(c, &ids)?,
        names: store::names(c, &people)?,
        plans: plan::of_all(c, &ids)?,
        merged: store::references(c, &changes.iter().filter_map(|change| change.merged_into).collect::<Vec<_>>())?,
    };
    Ok(changes.into_iter().map(|change| ChangeDto::new(change, &beside, weights)).collect())
}

/// What stands in rows of its own, by the id of the change or person.
struct Beside {
    reach: HashMap<i64, Reach>,
    names: HashMap<i64, String>,
    plans: HashMap<i64, Plan>,
    merged: HashMap<i64, String>,
}

impl Beside {
    fn person(&self, id: Option<i64>) -> Option<PersonDto> {
        id.and_then(|id| Some(PersonDto { id: id.to_string(), name: self.names.get(&id)?.clone() }))
    }
}

impl ChangeDto {
    fn new(change: Change, beside: &Beside, weights: Weights) -> ChangeDto {
        let reach = beside.reach.get(&change.id).copied().unwrap_or_default();
        ChangeDto {
            score: change.inputs(reach.people).priority(weights),
            kind: change.kind,
            problem: change.problem,
            lever: change.lever_id.map(|id| id.to_string()),
            back_on: change.back_on,
            merged_into: change.merged_into.and_then(|id| beside.merged.get(&id).cloned()),
            archived_at: change.archived_at.map(|at| *at),
            impact: change.impact,
            delay_cost: change.delay_cost,
            sponsor: beside.person(change.sponsor_id),
            quick_fix: change.quick_fix,
            plan: beside.plans.get(&change.id).cloned().unwrap_or_default().into(),
            reach,
            owner: beside.person(change.owner_id),
            id: change.id.to_string(),
            reference: change.reference,
            title: change.title,
            proposal: change.proposal,
            status: change.status,
            ex: change.ex,
            cx: change.cx,
            effort: change.effort,
            confidence: change.confidence,
            target_on: change.target_on,
            public: change.public,
            outcome_en: change.outcome_en,
            outcome_ru: change.outcome_ru,
            version: change.version,
            created_at: *change.created_at,
            status_at: *change.status_at,
            updated_at: *change.updated_at,
        }
    }
}

/// A new change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalDto {
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    #[schema(inline, default = "change")]
    kind: Option<Kind>,
    /// In one sentence.
    #[serde(default)]
    #[schema(max_length = 300)]
    problem: String,
    #[serde(default)]
    #[schema(max_length = 5000)]
    proposal: String,
    /// The id of what it works through.
    lever: Option<String>,
    /// Impact on employees.
    #[schema(minimum = 0, maximum = 5)]
    ex: i16,
    /// Impact on customers.
    #[schema(minimum = 0, maximum = 5)]
    cx: i16,
    /// Person-months.
    #[schema(minimum = 0.05, maximum = 1000)]
    effort: f64,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    /// For RICE: 3, 2, 1, 0.5 or 0.25.
    impact: Option<f64>,
    /// For WSJF: what waiting costs.
    #[schema(minimum = 0.01, maximum = 1000000)]
    delay_cost: Option<f64>,
    /// The id of somebody who works cases, or `me`.
    owner: Option<String>,
    /// The same for whoever has the money and the last word.
    sponsor: Option<String>,
    #[serde(default)]
    plan: PlanDto,
    /// Small enough to ship before the next council.
    #[serde(default)]
    quick_fix: bool,
    target_on: Option<NaiveDate>,
    /// Whether people outside may see its title and say "me too".
    #[serde(default)]
    public: bool,
}

impl ProposalDto {
    pub fn proposal(self, me: i64) -> Result<Proposal> {
        Ok(Proposal {
            kind: self.kind.unwrap_or(Kind::Change),
            title: self.title,
            problem: self.problem,
            proposal: self.proposal,
            lever_id: self.lever.as_deref().map(lever).transpose()?,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            owner_id: self.owner.map(|owner| person("owner", &owner, me)).transpose()?,
            target_on: self.target_on,
            impact: self.impact,
            delay_cost: self.delay_cost,
            sponsor_id: self.sponsor.map(|sponsor| person("sponsor", &sponsor, me)).transpose()?,
            quick_fix: self.quick_fix,
            public: self.public,
            plan: self.plan.into(),
        })
    }
}

/// What is to be different; whatever is left out stays as it is, and null empties what may be empty.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EditDto {
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1, max_length = 200)]
    title: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, max_length = 5000)]
    proposal: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i16, minimum = 0, maximum = 5)]
    ex: Option<i16>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i16, minimum = 0, maximum = 5)]
    cx: Option<i16>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = f64, minimum = 0.05, maximum = 1000)]
    effort: Option<f64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = f64, minimum = 0, maximum = 1)]
    confidence: Option<f64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    owner: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<NaiveDate>)]
    target_on: Option<Option<NaiveDate>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool)]
    public: Option<bool>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, max_length = 300)]
    problem: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Kind, inline)]
    kind: Option<Kind>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    lever: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    impact: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    delay_cost: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    sponsor: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = bool)]
    quick_fix: Option<bool>,
    /// The whole plan, in place of the one there is.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = PlanDto)]
    plan: Option<PlanDto>,
}

fn lever(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::field("lever", "error-choice"))
}

/// Tells a field that is null from one that was left out.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

impl EditDto {
    /// The whole proposal as it is to be.
    pub fn of(self, change: &Change, plan: Plan, me: i64) -> Result<Proposal> {
        let named = |field: &str, given: Option<Option<String>>, now: Option<i64>| match given {
            None => Ok(now),
            Some(None) => Ok(None),
            Some(Some(id)) => person(field, &id, me).map(Some),
        };
        let lever_id = match self.lever {
            None => change.lever_id,
            Some(id) => id.as_deref().map(lever).transpose()?,
        };
        Ok(Proposal {
            title: self.title.unwrap_or_else(|| change.title.clone()),
            proposal: self.proposal.unwrap_or_else(|| change.proposal.clone()),
            ex: self.ex.unwrap_or(change.ex),
            cx: self.cx.unwrap_or(change.cx),
            effort: self.effort.unwrap_or(change.effort),
            confidence: self.confidence.unwrap_or(change.confidence),
            owner_id: named("owner", self.owner, change.owner_id)?,
            target_on: self.target_on.unwrap_or(change.target_on),
            public: self.public.unwrap_or(change.public),
            problem: self.problem.unwrap_or_else(|| change.problem.clone()),
            kind: self.kind.unwrap_or(change.kind),
            lever_id,
            impact: self.impact.unwrap_or(change.impact),
            delay_cost: self.delay_cost.unwrap_or(change.delay_cost),
            sponsor_id: named("sponsor", self.sponsor, change.sponsor_id)?,
            quick_fix: self.quick_fix.unwrap_or(change.quick_fix),
            plan: self.plan.map_or(plan, Plan::from),
        })
    }
}
