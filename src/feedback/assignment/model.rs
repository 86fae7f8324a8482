//! What makes a rule one that can do something. Pure.

use crate::error::{Error, FieldError, Result};
use crate::rules::{Assignment, Criteria};

/// A rule as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub criteria: Criteria,
    pub team_id: Option<i64>,
    pub person_id: Option<i64>,
    pub by_load: bool,
}

impl Wanted {
    /// Refuses a rule that gives cases to nobody, or does not say clearly to whom.
    pub fn check(&self) -> Result<()> {
        let mut wrong = Vec::new();
        if self.team_id.is_none() && self.person_id.is_none() && !self.by_load {
            wrong.push(FieldError::new("team", "error-rule-nobody"));
        }
        if self.by_load && self.team_id.is_none() {
            wrong.push(FieldError::new("by_load", "error-rule-load-team"));
        }
        if self.by_load && self.person_id.is_some() {
            wrong.push(FieldError::new("by_load", "error-rule-load-person"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }

    /// As it will be among the others.
    pub fn rule(&self, id: i64, team: Option<String>) -> Assignment {
        let Wanted { name, criteria, team_id, person_id, by_load } = self.clone();
        Assignment { id, name, criteria, team_id, team, person_id, by_load }
    }
}

/// Refuses an order in which this rule is never reached, or leaves nothing to a later one.
pub fn check_order(rules: &[Assignment], at: usize) -> Result<()> {
    let Some(rule) = rules.get(at) else { return Ok(()) };
    let wrong = |key: &str, other: &Assignment| {
        Error::Invalid(vec![FieldError::new("criteria", key).with("rule", &other.name)])
    };
    if let Some(earlier) = rules[..at].iter().find(|earlier| earlier.criteria.covers(&rule.criteria)) {
        return Err(wrong("error-rule-shadowed", earlier));
    }
    match rules[at + 1..].iter().find(|later| rule.criteria.covers(&later.criteria)) {
        Some(later) => Err(wrong("error-rule-shadows", later)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(team_id: Option<i64>, person_id: Option<i64>, by_load: bool) -> Wanted {
        Wanted { name: "x".into(), criteria: Criteria::default(), team_id, person_id, by_load }
    }

    fn fields(refused: Result<()>) -> Vec<String> {
        match refused {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|e| e.key).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_rule_says_to_whom() {
        assert!(wanted(Some(1), None, true).check().is_ok() && wanted(None, Some(1), false).check().is_ok());
        assert_eq!(fields(wanted(None, None, false).check()), ["error-rule-nobody"]);
        assert_eq!(fields(wanted(None, None, true).check()), ["error-rule-load-team"]);
        assert_eq!(fields(wanted(Some(1), Some(2), true).check()), ["error-rule-load-person"]);
    }

    #[test]
    fn an_order_that_leaves_a_rule_nothing_is_refused() {
        let rule = |kind: Option<&str>, lang: Option<&str>| {
            let words = |word: Option<&str>| word.map(str::to_owned);
            let criteria = Criteria { kind: words(kind), lang: words(lang), ..Criteria::default() };
            Wanted { criteria, ..wanted(Some(1), None, false) }.rule(0, None)
        };
        let (any, complaint, russian) = (rule(None, None), rule(Some("complaint"), None), rule(None, Some("ru")));
        let both = rule(Some("complaint"), Some("ru"));
        assert!(check_order(&[both.clone(), complaint.clone(), russian.clone(), any.clone()], 1).is_ok());
        assert_eq!(fields(check_order(&[russian, both.clone()], 1)), ["error-rule-shadowed"]);
        assert_eq!(fields(check_order(&[any, complaint.clone()], 0)), ["error-rule-shadows"]);
        assert_eq!(fields(check_order(&[complaint.clone(), complaint], 1)), ["error-rule-shadowed"]);
        assert!(check_order(&[], 0).is_ok());
    }
}
