//! What somebody proposes, or edits: the fields of a change that people fill in, and their rules.

use super::plan::Plan;
use crate::error::{Error, FieldError, Result};
use crate::web::forms::{clean, clean_line};
use chrono::NaiveDate;

crate::text_enum! {
    /// What is to change.
    #[derive(Default)]
    pub enum Kind {
        #[default]
        Change = "change",
        /// An article of the knowledge base, which somebody keeps fresh.
        Article = "article",
    }
}

/// How strong an effect is, in the steps of RICE.
pub const IMPACTS: [f64; 5] = [3.0, 2.0, 1.0, 0.5, 0.25];

/// Everything about a change that is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub kind: Kind,
    pub title: String,
    /// In one sentence, as it stands on the council's screen.
    pub problem: String,
    pub proposal: String,
    pub lever_id: Option<i64>,
    /// Impact on employees, 0-5.
    pub ex: i16,
    /// Impact on customers, 0-5.
    pub cx: i16,
    /// Person-months, more than 0.
    pub effort: f64,
    /// 0-1.
    pub confidence: f64,
    /// For RICE: one of [`IMPACTS`].
    pub impact: Option<f64>,
    /// For WSJF: what waiting costs, more than 0.
    pub delay_cost: Option<f64>,
    pub owner_id: Option<i64>,
    pub sponsor_id: Option<i64>,
    pub target_on: Option<NaiveDate>,
    /// Small enough to ship before the next council.
    pub quick_fix: bool,
    /// Whether people outside may see its title and say "me too".
    pub public: bool,
    pub plan: Plan,
}

/// Nothing said yet: no effect, a month of work, no confidence.
impl Default for Proposal {
    fn default() -> Proposal {
        Proposal {
            kind: Kind::Change,
            title: String::new(),
            problem: String::new(),
            proposal: String::new(),
            lever_id: None,
            ex: 0,
            cx: 0,
            effort: 1.0,
            confidence: 0.0,
            impact: None,
            delay_cost: None,
            owner_id: None,
            sponsor_id: None,
            target_on: None,
            quick_fix: false,
            public: false,
            plan: Plan::default(),
        }
    }
}

impl Proposal {
    /// Cleans the texts and names every field that is wrong.
    pub fn checked(mut self) -> Result<Proposal> {
        self.title = clean_line(&self.title);
        self.problem = clean_line(&self.problem);
        self.proposal = clean(&self.proposal);
        self.plan = self.plan.cleaned();
        let mut wrong = Vec::new();
        if self.title.is_empty() {
            wrong.push(FieldError::new("title", "error-required"));
        }
        for (field, value, max) in
            [("title", &self.title, 200), ("problem", &self.problem, 300), ("proposal", &self.proposal, 5000)]
        {
            if value.chars().count() > max {
                wrong.push(FieldError::new(field, "error-too-long").with("max", max));
            }
        }
        wrong.extend(self.wrong_numbers());
        wrong.extend(self.plan.wrong());
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }

    fn wrong_numbers(&self) -> Vec<FieldError> {
        let range = |field: &str, min: f64, max: f64| {
            FieldError::new(field, "error-number-range").with("min", min).with("max", max)
        };
        let mut wrong = Vec::new();
        for (field, value) in [("ex", self.ex), ("cx", self.cx)] {
            if !(0..=5).contains(&value) {
                wrong.push(range(field, 0.0, 5.0));
            }
        }
        if !(0.05..=1000.0).contains(&self.effort) {
            wrong.push(range("effort", 0.05, 1000.0));
        }
        if !(0.0..=1.0).contains(&self.confidence) {
            wrong.push(range("confidence", 0.0, 1.0));
        }
        if self.impact.is_some_and(|impact| !IMPACTS.contains(&impact)) {
            wrong.push(FieldError::new("impact", "error-choice"));
        }
        if self.delay_cost.is_some_and(|cost| !(0.01..=1_000_000.0).contains(&cost)) {
            wrong.push(range("delay_cost", 0.01, 1_000_000.0));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_fields(proposal: Proposal) -> Vec<String> {
        match proposal.checked() {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|e| e.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_proposal_names_what_is_wrong() {
        let bad = Proposal {
            title: " ".into(),
            problem: "x".repeat(301),
            ex: 6,
            cx: -1,
            effort: 0.0,
            confidence: f64::NAN,
            impact: Some(7.0),
            delay_cost: Some(0.0),
            ..Proposal::default()
        };
        let expected = ["title", "problem", "ex", "cx", "effort", "confidence", "impact", "delay_cost"];
        assert_eq!(wrong_fields(bad), expected);
    }

    #[test]
    fn a_title_is_enough() {
        assert!(wrong_fields(Proposal { title: "One window".into(), ..Proposal::default() }).is_empty());
    }
}
