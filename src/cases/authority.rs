//! What the front line may decide without asking: a right per role, and per team where that differs. Pure.

use serde::{Deserialize, Serialize};

/// A right: what may be given away for one case without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    pub may_resolve: bool,
    pub may_apologise: bool,
    pub limit_cents: i64,
}

/// What somebody wants to decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub apology: bool,
    pub amount_cents: i64,
}

impl Request {
    /// Whether anything is given beside an answer.
    pub fn gives(&self) -> bool {
        self.apology || self.amount_cents > 0
    }
}

crate::text_enum! {
    /// What goes beyond a right.
    pub enum Beyond {
        Resolve = "resolve",
        Apology = "apology",
        Amount = "amount",
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// Somebody has to be asked.
    Ask {
        why: Vec<Beyond>,
    },
}

/// Whether this may be decided without asking.
pub fn may(authority: &Authority, request: &Request) -> Verdict {
    let beyond = [
        (!authority.may_resolve, Beyond::Resolve),
        (request.apology && !authority.may_apologise, Beyond::Apology),
        (request.amount_cents > authority.limit_cents, Beyond::Amount),
    ];
    let why: Vec<Beyond> = beyond.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
    if why.is_empty() { Verdict::Allowed } else { Verdict::Ask { why } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_ends_where_it_says() {
        let right = Authority { may_resolve: true, may_apologise: false, limit_cents: 5000 };
        let ask = |apology, amount_cents| may(&right, &Request { apology, amount_cents });
        assert_eq!(ask(false, 0), Verdict::Allowed);
        assert_eq!(ask(false, 5000), Verdict::Allowed);
        assert_eq!(ask(false, 5001), Verdict::Ask { why: vec![Beyond::Amount] });
        assert_eq!(ask(true, 9999), Verdict::Ask { why: vec![Beyond::Apology, Beyond::Amount] });
        let none = may(&Authority::default(), &Request::default());
        assert_eq!(none, Verdict::Ask { why: vec![Beyond::Resolve] });
    }
}
