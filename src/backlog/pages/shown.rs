//! A change as pages show it.

use crate::backlog::model::Reach;
use crate::backlog::score::Score;
use crate::backlog::store::Change;
use crate::config::Weights;
use crate::web::page::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// What the list and the page of a change have in common.
#[derive(Serialize)]
pub struct Shown {
    pub reference: String,
    pub title: String,
    pub ex: i16,
    pub cx: i16,
    pub effort: f64,
    /// In per cent.
    pub confidence: f64,
    pub reach: Reach,
    pub score: ShownScore,
    pub owner: Option<String>,
    pub target_on: Option<NaiveDate>,
    /// Its date has passed and it is not finished.
    pub late: bool,
    pub status: &'static str,
    pub public: bool,
}

/// A score and its parts, rounded for reading.
#[derive(Serialize)]
pub struct ShownScore {
    #[serde(flatten)]
    parts: Score,
    impact: f64,
    percent: f64,
    shown: f64,
}

impl Shown {
    pub fn new(page: &Page, change: &Change, reach: Reach, weights: Weights, owner: Option<String>) -> Shown {
        let late = change.target_on.is_some_and(|on| on < page.today()) && !change.status.is_finished();
        Shown {
            reference: change.reference.clone(),
            title: change.title.clone(),
            ex: change.ex,
            cx: change.cx,
            effort: change.effort,
            confidence: percent(change.confidence),
            reach,
            score: ShownScore::new(change.inputs(reach.people).priority(weights)),
            owner,
            target_on: change.target_on,
            late,
            status: change.status.as_str(),
            public: change.public,
        }
    }
}

impl ShownScore {
    pub fn new(parts: Score) -> ShownScore {
        ShownScore {
            impact: parts.weight_ex * f64::from(parts.ex) + parts.weight_cx * f64::from(parts.cx),
            percent: percent(parts.confidence),
            shown: readable(parts.total),
            parts,
        }
    }
}

/// A score as people read it: small ones with a decimal.
pub fn readable(total: f64) -> f64 {
    if total < 100.0 { (total * 10.0).round() / 10.0 } else { total.round() }
}

/// A fraction as per cent, without the noise of binary fractions.
pub fn percent(fraction: f64) -> f64 {
    (fraction * 1000.0).round() / 10.0
}
