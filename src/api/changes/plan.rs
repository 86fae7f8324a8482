//! The plan of a change as machines send and read it.

use crate::backlog::plan::{Plan, Via};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the change is expected to do, and with whom it is tried first; of an article, what keeps it fresh.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanDto {
    /// Via employees to customers, or the reverse.
    #[schema(inline)]
    pub via: Option<Via>,
    #[schema(max_length = 100)]
    pub metric: Option<String>,
    /// In the metric's unit; negative where less is better.
    pub delta: Option<f64>,
    pub delta_by: Option<NaiveDate>,
    /// In hundredths of the house's currency.
    #[schema(minimum = 0)]
    pub cost: Option<i64>,
    #[schema(max_length = 200)]
    pub pilot_group: Option<String>,
    #[schema(max_length = 200)]
    pub control_group: Option<String>,
    #[schema(max_length = 500)]
    pub article_url: Option<String>,
    pub reviewed_on: Option<NaiveDate>,
    /// How many days a review holds.
    #[schema(minimum = 1, maximum = 3650)]
    pub review_days: Option<i32>,
}

impl From<Plan> for PlanDto {
    fn from(plan: Plan) -> PlanDto {
        PlanDto {
            via: plan.via,
            metric: plan.metric,
            delta: plan.delta,
            delta_by: plan.delta_by,
            cost: plan.cost,
            pilot_group: plan.pilot_group,
            control_group: plan.control_group,
            article_url: plan.article_url,
            reviewed_on: plan.reviewed_on,
            review_days: plan.review_days,
        }
    }
}

impl From<PlanDto> for Plan {
    fn from(dto: PlanDto) -> Plan {
        Plan {
            via: dto.via,
            metric: dto.metric,
            delta: dto.delta,
            delta_by: dto.delta_by,
            cost: dto.cost,
            pilot_group: dto.pilot_group,
            control_group: dto.control_group,
            article_url: dto.article_url,
            reviewed_on: dto.reviewed_on,
            review_days: dto.review_days,
        }
    }
}
