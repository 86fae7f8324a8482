//! Scores of a change, and the order they make. Pure: what is known of a change goes in, numbers come out.

use crate::config::Weights;
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

crate::text_enum! {
    /// By which formula a change is scored.
    pub enum Method {
        /// reach × (w_ex·EX + w_cx·CX) × confidence ÷ effort
        Priority = "priority",
        /// reach × impact × confidence ÷ effort
        Rice = "rice",
        /// cost of delay ÷ effort
        Wsjf = "wsjf",
    }
}

/// How long what somebody said of a change holds.
pub const FRESH_FOR: Duration = Duration::days(90);

/// Whether an input is older than it should be.
pub fn is_stale(set_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - set_at > FRESH_FOR
}

/// What scores are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inputs {
    pub reach: i64,
    pub ex: i16,
    pub cx: i16,
    /// Person-months; more than 0.
    pub effort: f64,
    /// 0-1.
    pub confidence: f64,
    pub impact: Option<f64>,
    pub delay_cost: Option<f64>,
}

/// The default priority score and the parts it is made of:
/// reach × (w_ex·EX + w_cx·CX) × confidence ÷ effort.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Score {
    pub reach: i64,
    pub weight_ex: f64,
    pub ex: i16,
    pub weight_cx: f64,
    pub cx: i16,
    pub confidence: f64,
    pub effort: f64,
    pub total: f64,
}

impl Inputs {
    /// The default score with its parts.
    pub fn priority(&self, weights: Weights) -> Score {
        let impact = weights.ex * f64::from(self.ex) + weights.cx * f64::from(self.cx);
        Score {
            reach: self.reach,
            weight_ex: weights.ex,
            ex: self.ex,
            weight_cx: weights.cx,
            cx: self.cx,
            confidence: self.confidence,
            effort: self.effort,
            total: self.leverage() * impact,
        }
    }

    /// The score by a formula; none while an input of it is not known.
    pub fn total(&self, method: Method, weights: Weights) -> Option<f64> {
        match method {
            Method::Priority => Some(self.priority(weights).total),
            Method::Rice => self.impact.map(|impact| self.leverage() * impact),
            Method::Wsjf => self.delay_cost.map(|cost| self.per_effort(cost)),
        }
    }

    /// What a point of impact is worth in this change.
    fn leverage(&self) -> f64 {
        self.per_effort(self.reach as f64 * self.confidence)
    }

    /// Forms refuse an effort of nothing; should one get through, it scores nothing, not everything.
    fn per_effort(&self, value: f64) -> f64 {
        if self.effort > 0.0 { value / self.effort } else { 0.0 }
    }
}

/// The place of every item in the order: the highest total first, equals as they came, those without a total last. Whoever
/// was given a rank stands on that place whatever their total; of two on one place the higher total goes first.
pub fn order(items: &[(Option<i32>, Option<f64>)]) -> Vec<usize> {
    let total = |index: &usize| items[*index].1.unwrap_or(f64::NEG_INFINITY);
    let mut by_score: Vec<usize> = (0..items.len()).collect();
    by_score.sort_by(|a, b| total(b).total_cmp(&total(a)));
    let (mut ranked, free): (Vec<usize>, Vec<usize>) =
        by_score.into_iter().partition(|index| items[*index].0.is_some());
    ranked.sort_by_key(|index| items[*index].0);
    let (mut ranked, mut free) = (ranked.into_iter().peekable(), free.into_iter());
    let mut order = Vec::with_capacity(items.len());
    while order.len() < items.len() {
        let due = |index: &usize| items[*index].0.is_some_and(|rank| rank as usize <= order.len() + 1);
        let next = ranked.next_if(due).or_else(|| free.next()).or_else(|| ranked.next());
        let Some(next) = next else { break };
        order.push(next);
    }
    order
}

/// Two neighbours in the order that would change places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// From this weight on.
    pub weight: f64,
    /// The index of the one that would go ahead…
    pub rises: usize,
    /// …of this one.
    pub falls: usize,
}

crate::text_enum! {
    /// A weight that can move.
    pub enum Side {
        Ex = "ex",
        Cx = "cx",
    }
}

/// The nearest move of one weight, upwards or downwards, that changes the order of these changes, with the other weight as
/// it is. `up` says which way; none if no such move changes anything.
pub fn nearest_crossing(items: &[Inputs], weights: Weights, side: Side, up: bool) -> Option<Crossing> {
    let (now, other) = match side {
        Side::Ex => (weights.ex, weights.cx),
        Side::Cx => (weights.cx, weights.ex),
    };
    let line = |inputs: &Inputs| {
        let (moving, fixed) = match side {
            Side::Ex => (inputs.ex, inputs.cx),
            Side::Cx => (inputs.cx, inputs.ex),
        };
        Line { slope: inputs.leverage() * f64::from(moving), start: inputs.leverage() * f64::from(fixed) * other }
    };
    let lines: Vec<Line> = items.iter().map(line).collect();
    let pairs = (0..lines.len()).flat_map(|a| (a + 1..lines.len()).map(move |b| (a, b)));
    let crossings = pairs.filter_map(|(a, b)| {
        let weight = lines[a].meets(lines[b]).filter(|w| *w >= 0.0 && if up { *w > now } else { *w < now })?;
        let (rises, falls) = if lines[a].at(now) < lines[b].at(now) { (a, b) } else { (b, a) };
        Some(Crossing { weight, rises, falls })
    });
    crossings.min_by(|a, b| (a.weight - now).abs().total_cmp(&(b.weight - now).abs()))
}

/// A score as it grows with one weight.
#[derive(Clone, Copy)]
struct Line {
    slope: f64,
    start: f64,
}

impl Line {
    fn at(self, weight: f64) -> f64 {
        self.start + self.slope * weight
    }

    fn meets(self, other: Line) -> Option<f64> {
        let steeper = self.slope - other.slope;
        Some((other.start - self.start) / steeper).filter(|weight| weight.is_finite())
    }
}

#[cfg(test)]
mod tests;
