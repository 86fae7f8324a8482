//! Policies without database or HTTP: their order, in which every one must have something left to it.

use crate::error::{Error, FieldError, Result};
use crate::rules::{Criteria, Policy};
use crate::sla::policy::{Ladder, Targets};

/// As many as anybody can keep in view.
pub const MAX_POLICIES: usize = 100;

/// A policy as an administrator words it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub name: String,
    pub criteria: Criteria,
    pub targets: Targets,
    pub warn_percent: u32,
    pub ladder: Ladder,
    pub apart: bool,
}

impl Draft {
    pub fn of(policy: &Policy) -> Draft {
        Draft {
            name: policy.name.clone(),
            criteria: policy.criteria.clone(),
            targets: policy.targets,
            warn_percent: policy.warn_percent,
            ladder: policy.ladder,
            apart: policy.apart,
        }
    }
}

/// Where in the order a new policy comes in: as early as it leaves every other something to be for, and before whatever
/// would leave nothing to it. There is no such place only when another is for just the same.
pub fn place(order: &[Policy], criteria: &Criteria) -> Result<usize> {
    let earliest = order.iter().rposition(|policy| criteria.covers(&policy.criteria)).map_or(0, |last| last + 1);
    match order.iter().position(|policy| policy.criteria.covers(criteria)) {
        Some(latest) if latest < earliest => Err(refusal("criteria", "policies-same", &order[latest])),
        _ => Ok(earliest),
    }
}

/// Refuses an order in which a policy is for nobody, because an earlier one takes all it is for. `id` is the policy that
/// was changed or moved, whose form the refusal belongs to.
pub fn check_order(order: &[Policy], id: i64, field: &str) -> Result<()> {
    for (nth, later) in order.iter().enumerate() {
        let Some(earlier) = order[..nth].iter().find(|earlier| earlier.criteria.covers(&later.criteria)) else {
            continue;
        };
        return Err(if later.id == id {
            refusal(field, "policies-left-nothing", earlier)
        } else {
            refusal(field, "policies-leaves-nothing", later)
        });
    }
    Ok(())
}

/// Whether one may be moved over its neighbour without being left nothing, or leaving it nothing.
pub fn may_swap(upper: &Policy, lower: &Policy) -> bool {
    !lower.criteria.covers(&upper.criteria)
}

fn refusal(field: &str, key: &str, other: &Policy) -> Error {
    Error::Invalid(vec![FieldError::new(field, key).with("other", &other.name)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla::policy::Span;

    fn policy(id: i64, criteria: Criteria) -> Policy {
        let day = Span::Days(1);
        let targets = Targets { first_response: day, next_response: day, resolution: day, tell_back: day };
        let (name, ladder) = (id.to_string(), Ladder { lead: day, head: day });
        Policy { id, name, criteria, targets, warn_percent: 80, ladder, apart: false }
    }

    fn kind(kind: &str) -> Criteria {
        Criteria { kind: Some(kind.into()), ..Criteria::default() }
    }

    fn critical(criteria: Criteria) -> Criteria {
        Criteria { severity: Some("critical".into()), ..criteria }
    }

    #[test]
    fn a_new_one_comes_first_as_far_as_it_leaves_something_to_the_others() {
        let order = [policy(1, critical(kind("complaint"))), policy(2, kind("idea")), policy(3, Criteria::default())];
        assert_eq!(place(&order, &critical(Criteria::default())).ok(), Some(1));
        assert_eq!(place(&order, &kind("complaint")).ok(), Some(1));
        assert_eq!(place(&order, &critical(kind("idea"))).ok(), Some(0));
        assert_eq!(place(&order, &kind("praise")).ok(), Some(0));
        for same in [kind("idea"), Criteria::default()] {
            assert!(place(&order, &same).is_err());
        }
        assert_eq!(place(&[], &Criteria::default()).ok(), Some(0));
    }

    #[test]
    fn nobody_is_left_nothing() {
        let good = vec![policy(1, critical(kind("idea"))), policy(2, kind("idea")), policy(3, Criteria::default())];
        assert!(check_order(&good, 1, "order").is_ok());
        let key = |order: &[Policy], id| match check_order(order, id, "order") {
            Err(Error::Invalid(wrong)) => (wrong[0].key.clone(), wrong[0].args[0].1.clone()),
            other => panic!("{other:?}"),
        };
        let turned = vec![good[1].clone(), good[0].clone(), good[2].clone()];
        assert_eq!(key(&turned, 1), ("policies-left-nothing".into(), "2".into()));
        assert_eq!(key(&turned, 2), ("policies-leaves-nothing".into(), "1".into()));
        assert!(!may_swap(&good[0], &good[1]) && may_swap(&policy(4, kind("praise")), &good[1]));
    }
}
