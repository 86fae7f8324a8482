//! The form of a change as it was filled in, and what it proposes.

use super::shown::percent;
use crate::backlog::plan::{MOST_COST, Plan};
use crate::backlog::proposal::{Kind, Proposal};
use crate::backlog::store::Change;
use crate::cases::money;
use crate::error::{Error, FieldError, Result};
use crate::i18n::Lang;
use crate::id;
use crate::web::forms::given;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Everything is text, so that what is wrong keeps what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeForm {
    pub kind: String,
    pub title: String,
    pub problem: String,
    pub proposal: String,
    pub lever: String,
    pub ex: String,
    pub cx: String,
    pub effort: String,
    /// In per cent.
    pub confidence: String,
    pub impact: String,
    pub delay_cost: String,
    pub owner: String,
    pub sponsor: String,
    pub target_on: String,
    pub quick_fix: String,
    pub public: String,
    pub via: String,
    pub metric: String,
    pub delta: String,
    pub delta_by: String,
    pub cost: String,
    pub pilot_group: String,
    pub control_group: String,
    pub article_url: String,
    pub reviewed_on: String,
    pub review_days: String,
    /// The version that was edited.
    pub version: String,
    /// A case to link at once.
    pub case: String,
}

/// How something that may be missing is shown in its field.
fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn ticked(on: bool) -> String {
    if on { "on".to_owned() } else { String::new() }
}

impl ChangeForm {
    pub fn of(change: &Change, plan: &Plan, lang: Lang) -> ChangeForm {
        ChangeForm {
            kind: change.kind.to_string(),
            title: change.title.clone(),
            problem: change.problem.clone(),
            proposal: change.proposal.clone(),
            lever: shown(change.lever_id),
            ex: change.ex.to_string(),
            cx: change.cx.to_string(),
            effort: change.effort.to_string(),
            confidence: percent(change.confidence).to_string(),
            impact: shown(change.impact),
            delay_cost: shown(change.delay_cost),
            owner: shown(change.owner_id),
            sponsor: shown(change.sponsor_id),
            target_on: shown(change.target_on),
            quick_fix: ticked(change.quick_fix),
            public: ticked(change.public),
            via: shown(plan.via),
            metric: shown(plan.metric.as_ref()),
            delta: shown(plan.delta),
            delta_by: shown(plan.delta_by),
            cost: plan.cost.map(|cents| money::typed(lang, cents)).unwrap_or_default(),
            pilot_group: shown(plan.pilot_group.as_ref()),
            control_group: shown(plan.control_group.as_ref()),
            article_url: shown(plan.article_url.as_ref()),
            reviewed_on: shown(plan.reviewed_on),
            review_days: shown(plan.review_days),
            version: change.version.to_string(),
            case: String::new(),
        }
    }

    /// What is proposed; names every field that is wrong at once.
    pub fn proposal(&self) -> Result<Proposal> {
        let mut wrong = Vec::new();
        let choice = "error-choice";
        let proposal = Proposal {
            kind: optional("kind", &self.kind, choice, &mut wrong).unwrap_or(Kind::Change),
            title: self.title.clone(),
            problem: self.problem.clone(),
            proposal: self.proposal.clone(),
            lever_id: optional("lever", &self.lever, choice, &mut wrong),
            ex: whole("ex", &self.ex, &mut wrong),
            cx: whole("cx", &self.cx, &mut wrong),
            effort: number("effort", &self.effort, &mut wrong).unwrap_or(1.0),
            confidence: self.confidence(&mut wrong),
            impact: optional("impact", &self.impact, choice, &mut wrong),
            delay_cost: given(&self.delay_cost).and_then(|typed| number("delay_cost", typed, &mut wrong)),
            owner_id: optional("owner", &self.owner, choice, &mut wrong),
            sponsor_id: optional("sponsor", &self.sponsor, choice, &mut wrong),
            target_on: optional("target_on", &self.target_on, "error-date", &mut wrong),
            quick_fix: !self.quick_fix.is_empty(),
            public: !self.public.is_empty(),
            plan: self.plan(&mut wrong),
        };
        match proposal.checked() {
            Ok(proposal) if wrong.is_empty() => Ok(proposal),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => Err(Error::Invalid([more, wrong].concat())),
            Err(other) => Err(other),
        }
    }

    fn plan(&self, wrong: &mut Vec<FieldError>) -> Plan {
        Plan {
            via: optional("via", &self.via, "error-choice", wrong),
            metric: Some(self.metric.clone()),
            delta: given(&self.delta).and_then(|typed| number("delta", typed, wrong)),
            delta_by: optional("delta_by", &self.delta_by, "error-date", wrong),
            cost: given(&self.cost).and_then(|typed| amount("cost", typed, wrong)),
            pilot_group: Some(self.pilot_group.clone()),
            control_group: Some(self.control_group.clone()),
            article_url: Some(self.article_url.clone()),
            reviewed_on: optional("reviewed_on", &self.reviewed_on, "error-date", wrong),
            review_days: optional("review_days", &self.review_days, "error-number", wrong),
        }
    }

    fn confidence(&self, wrong: &mut Vec<FieldError>) -> f64 {
        let percent = number("confidence", self.confidence.trim_end_matches(['%', ' ']), wrong).unwrap_or(0.0);
        if !(0.0..=100.0).contains(&percent) {
            wrong.push(FieldError::new("confidence", "error-number-range").with("min", 0).with("max", 100));
            return 0.0;
        }
        percent / 100.0
    }

    /// The case to link; nothing if none was named.
    pub fn case(&self) -> Result<Option<String>> {
        match given(&self.case) {
            Some(typed) => id::parse_reference(typed).map(Some).ok_or_else(|| Error::field("case", "error-reference")),
            None => Ok(None),
        }
    }
}

pub(super) fn whole(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> i16 {
    match typed.trim().parse() {
        Ok(n) => n,
        Err(_) => {
            wrong.push(FieldError::new(field, "error-number-range").with("min", 0).with("max", 5));
            0
        }
    }
}

/// A decimal number with a point or a comma, and a minus of whichever kind.
pub(super) fn number(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> Option<f64> {
    let plain = typed.trim().replace(',', ".").replace('−', "-");
    let number = plain.parse().ok().filter(|n: &f64| n.is_finite());
    if number.is_none() {
        wrong.push(FieldError::new(field, "error-number"));
    }
    number
}

fn amount(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> Option<i64> {
    let cents = money::parse_up_to(typed, MOST_COST);
    if cents.is_none() {
        wrong.push(FieldError::new(field, "error-number"));
    }
    cents
}

pub(super) fn optional<T: FromStr>(field: &str, typed: &str, key: &str, wrong: &mut Vec<FieldError>) -> Option<T> {
    let parsed = given(typed)?.parse().ok();
    if parsed.is_none() {
        wrong.push(FieldError::new(field, key));
    }
    parsed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() -> Result<()> {
        let form = ChangeForm {
            title: "One window".into(),
            ex: " 4 ".into(),
            cx: "5".into(),
            effort: "1,5".into(),
            confidence: "80 %".into(),
            public: "on".into(),
            delta: "−12,5".into(),
            cost: "1 200 000,50".into(),
            ..ChangeForm::default()
        };
        let proposal = form.proposal()?;
        assert_eq!((proposal.ex, proposal.effort, proposal.confidence, proposal.public), (4, 1.5, 0.8, true));
        assert_eq!((proposal.plan.delta, proposal.plan.cost), (Some(-12.5), Some(120_000_050)));
        assert_eq!(proposal.plan.metric, None, "left empty");
        Ok(())
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = ChangeForm {
            kind: "song".into(),
            ex: "6".into(),
            effort: "NaN".into(),
            confidence: "101".into(),
            target_on: "soon".into(),
            via: "up".into(),
            cost: "-1".into(),
            article_url: "javascript:alert(1)".into(),
            review_days: "0".into(),
            ..ChangeForm::default()
        };
        let Err(Error::Invalid(wrong)) = form.proposal() else { panic!("refused") };
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        let first = ["title", "ex", "article_url", "review_days"];
        assert_eq!(fields, [&first[..], &["kind", "cx", "effort", "confidence", "target_on", "via", "cost"]].concat());
    }
}
