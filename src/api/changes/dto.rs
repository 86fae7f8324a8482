//! Changes as machines send and read them.

use crate::api::cases::dto::PersonDto;
use crate::api::cases::person;
use crate::backlog::model::{Reach, Status};
use crate::backlog::plan::Plan;
use crate::backlog::proposal::Proposal;
use crate::backlog::reach;
use crate::backlog::score::Score;
use crate::backlog::store::{self, Change};
use crate::backlog::weights;
use crate::config::Weights;
use crate::db::Conn;
use crate::error::Result;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A change of the shared backlog.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeDto {
    pub id: String,
    #[schema(example = "C-7QK3M9X")]
    pub reference: String,
    pub title: String,
    pub proposal: String,
    #[schema(inline)]
    pub status: Status,
    /// Impact on employees, 0-5.
    pub ex: i16,
    /// Impact on customers, 0-5.
    pub cx: i16,
    /// Person-months.
    pub effort: f64,
    /// 0-1.
    pub confidence: f64,
    /// Counted now, over distinct people.
    pub reach: Reach,
    /// reach × (w_ex·EX + w_cx·CX) × confidence ÷ effort, with its parts.
    pub score: Score,
    pub owner: Option<PersonDto>,
    pub target_on: Option<NaiveDate>,
    pub public: bool,
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
    let owners: Vec<i64> = changes.iter().filter_map(|change| change.owner_id).collect();
    let (reach, names) = (reach::kept(c, &ids)?, store::names(c, &owners)?);
    let dto = |change: Change| {
        let reach = reach.get(&change.id).copied().unwrap_or_default();
        let owner =
            change.owner_id.and_then(|id| Some(PersonDto { id: id.to_string(), name: names.get(&id)?.clone() }));
        ChangeDto::new(change, reach, owner, weights)
    };
    Ok(changes.into_iter().map(dto).collect())
}

impl ChangeDto {
    fn new(change: Change, reach: Reach, owner: Option<PersonDto>, weights: Weights) -> ChangeDto {
        ChangeDto {
            score: change.inputs(reach.people).priority(weights),
            reach,
            owner,
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
    #[serde(default)]
    #[schema(max_length = 5000)]
    proposal: String,
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
    /// The id of somebody who works cases, or `me`.
    owner: Option<String>,
    target_on: Option<NaiveDate>,
    /// Whether people outside may see its title and say "me too".
    #[serde(default)]
    public: bool,
}

impl ProposalDto {
    pub fn proposal(self, me: i64) -> Result<Proposal> {
        Ok(Proposal {
            title: self.title,
            proposal: self.proposal,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            owner_id: self.owner.map(|owner| person("owner", &owner, me)).transpose()?,
            target_on: self.target_on,
            public: self.public,
            ..Proposal::default()
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
}

/// Tells a field that is null from one that was left out.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

impl EditDto {
    /// The whole proposal as it is to be.
    pub fn of(self, change: &Change, plan: Plan, me: i64) -> Result<Proposal> {
        let owner_id = match self.owner {
            None => change.owner_id,
            Some(None) => None,
            Some(Some(owner)) => Some(person("owner", &owner, me)?),
        };
        Ok(Proposal {
            title: self.title.unwrap_or_else(|| change.title.clone()),
            proposal: self.proposal.unwrap_or_else(|| change.proposal.clone()),
            ex: self.ex.unwrap_or(change.ex),
            cx: self.cx.unwrap_or(change.cx),
            effort: self.effort.unwrap_or(change.effort),
            confidence: self.confidence.unwrap_or(change.confidence),
            owner_id,
            target_on: self.target_on.unwrap_or(change.target_on),
            public: self.public.unwrap_or(change.public),
            ..change.as_proposed(plan)
        })
    }
}
