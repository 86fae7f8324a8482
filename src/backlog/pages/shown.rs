//! A change as pages show it.

use crate::backlog::model::{Reach, Score, score};
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
    pub fn new(page: &Page, change: &Change, reach: Reach, owner: Option<String>) -> Shown {
        let late = change.target_on.is_some_and(|on| on < page.today()) && !change.status.is_finished();
        Shown {
            reference: change.reference.clone(),
            title: change.title.clone(),
            ex: change.ex,
            cx: change.cx,
            effort: change.effort,
            confidence: percent(change.confidence),
            reach,
            score: ShownScore::new(change, reach, page.app.config.priority),
            owner,
            target_on: change.target_on,
            late,
            status: change.status.as_str(),
            public: change.public,
        }
    }

    /// The score as it is, for sorting.
    pub fn total(&self) -> f64 {
        self.score.parts.total
    }
}

impl ShownScore {
    fn new(change: &Change, reach: Reach, weights: Weights) -> ShownScore {
        let parts = score(reach.people, (change.ex, change.cx), change.confidence, change.effort, weights);
        ShownScore {
            impact: weights.ex * f64::from(change.ex) + weights.cx * f64::from(change.cx),
            percent: percent(change.confidence),
            shown: if parts.total < 100.0 { (parts.total * 10.0).round() / 10.0 } else { parts.total.round() },
            parts,
        }
    }
}

/// A fraction as per cent, without the noise of binary fractions.
pub fn percent(fraction: f64) -> f64 {
    (fraction * 1000.0).round() / 10.0
}
