//! The changes of the sample, and what they propose.

use super::story::Days;
use crate::backlog::facts;
use crate::backlog::model::{News, Status};
use crate::backlog::moves::Step;
use crate::backlog::plan::{Plan, Via};
use crate::backlog::proposal::{Kind, Proposal};
use crate::backlog::store::{self, Change as Stored};
use crate::backlog::{actions, checklist};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::journal::By;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub key: String,
    pub title: String,
    pub problem: String,
    /// The word of one of the levers that come with the product.
    pub lever: String,
    #[serde(default)]
    pub kind: Kind,
    pub proposal: String,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    pub confidence: f64,
    pub impact: Option<f64>,
    pub delay_cost: Option<f64>,
    /// Who proposes it and does the work.
    pub owner: String,
    pub sponsor: Option<String>,
    pub status: Status,
    #[serde(default)]
    pub quick_fix: bool,
    pub public: bool,
    pub days_ago: i64,
    pub status_days_ago: i64,
    pub target_in_days: Option<i64>,
    pub via: Option<Via>,
    pub metric: Option<String>,
    pub delta: Option<f64>,
    pub cost: Option<i64>,
    pub pilot: Option<String>,
    pub control: Option<String>,
    pub article_url: Option<String>,
    pub reviewed_days_ago: Option<i64>,
    pub review_days: Option<i32>,
    #[serde(default)]
    pub steps: Vec<String>,
    #[serde(default)]
    pub steps_done: usize,
    #[serde(default)]
    pub facts: Vec<String>,
    /// Why it stands where it stands, where somebody has to say it.
    #[serde(default)]
    pub reason: String,
    pub back_in_days: Option<i64>,
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    pub outcome_ru: String,
}

impl Change {
    /// Puts it into the backlog with its steps and facts.
    pub fn propose(&self, c: &mut Conn, desk: &Desk, days: &Days, owner: i64, sponsor: Option<i64>) -> Result<Stored> {
        let by = By::person(owner);
        let proposal = Proposal {
            owner_id: Some(owner),
            sponsor_id: sponsor,
            lever_id: Some(store::lever_by_word(c, &self.lever)?),
            ..self.proposal(days)
        };
        let change = actions::propose(c, desk, by, proposal)?;
        for step in &self.steps {
            checklist::add(c, &change, step)?;
        }
        for step in checklist::list(c, change.id)?.iter().take(self.steps_done) {
            checklist::tick(c, desk, by, &change, step.id, true)?;
        }
        for fact in &self.facts {
            facts::add(c, desk, by, &change, facts::Kind::Metric, fact, "")?;
        }
        Ok(change)
    }

    fn proposal(&self, days: &Days) -> Proposal {
        Proposal {
            kind: self.kind,
            title: self.title.clone(),
            problem: self.problem.clone(),
            proposal: self.proposal.clone(),
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            impact: self.impact,
            delay_cost: self.delay_cost,
            target_on: self.target_in_days.map(|ahead| days.day(ahead)),
            quick_fix: self.quick_fix,
            public: self.public,
            plan: Plan {
                via: self.via,
                metric: self.metric.clone(),
                delta: self.delta,
                cost: self.cost,
                pilot_group: self.pilot.clone(),
                control_group: self.control.clone(),
                article_url: self.article_url.clone(),
                reviewed_on: self.reviewed_days_ago.map(|ago| days.day(-ago)),
                review_days: self.review_days,
                ..Plan::default()
            },
            ..Proposal::default()
        }
    }

    /// The move to this status, with everything it needs.
    pub fn step(&self, to: Status, days: &Days) -> Result<Step> {
        let mut step = Step::to(to);
        if to.needs_reason() {
            step = step.because(&self.reason);
        }
        if to.tells() {
            step = step.telling(News::checked(&self.outcome, &self.outcome_ru)?);
        }
        step.back_on = self.back_in_days.filter(|_| to == Status::Deferred).map(|ahead| days.day(ahead));
        Ok(step)
    }
}
