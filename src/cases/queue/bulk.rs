//! The same step on many cases: each by the action of its own page, each for itself, all of them kept together.

use crate::cases::actions::{self, Desk};
use crate::cases::store::{self, Scope};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::id::parse_reference;
use crate::journal::By;
use chrono::{DateTime, Utc};
use diesel::Connection;
use serde::{Deserialize, Serialize};

/// More than fit on a page cannot be chosen on one.
pub const MOST: usize = 200;

/// A case that was chosen, and which version of it was seen: `F-7QK3M9X.3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub reference: String,
    pub seen: Option<i32>,
}

impl Chosen {
    /// Reads what the boxes of a page send; nothing else comes from there.
    pub fn read(values: &[String]) -> Result<Vec<Chosen>> {
        let one = |value: &String| {
            let (reference, seen) = value.split_once('.').map_or((value.as_str(), None), |(r, seen)| (r, Some(seen)));
            let seen = seen.map(str::parse).transpose().ok()?;
            Some(Chosen { reference: parse_reference(reference)?, seen })
        };
        match values.len() {
            0 => Err(Error::field("reference", "error-choose-cases")),
            n if n > MOST => {
                Err(Error::Invalid(vec![FieldError::new("reference", "error-too-many-cases").with("max", MOST)]))
            }
            _ => values
                .iter()
                .map(|value| one(value).ok_or_else(|| Error::field("reference", "error-reference")))
                .collect(),
        }
    }
}

/// What is done to each.
#[derive(Clone, Debug)]
pub enum Step {
    Assign(Option<i64>),
    Snooze(DateTime<Utc>),
    Tag { add: Vec<String>, remove: Vec<String> },
    Merge { into: String },
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub done: usize,
    pub refused: Vec<Refused>,
    /// What undoing needs: who had each case before.
    pub before: Vec<(String, Option<i64>)>,
}

/// Cases that stayed as they were, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub key: String,
    pub args: Vec<(String, String)>,
    pub references: Vec<String>,
}

impl Report {
    /// Enters what became of one case; anything but a refusal ends the whole.
    pub fn enter(&mut self, reference: &str, done: Result<Option<i64>>) -> Result<()> {
        let (key, args) = match done {
            Ok(owner) => {
                self.done += 1;
                self.before.push((reference.to_owned(), owner));
                return Ok(());
            }
            Err(Error::NotFound) => ("error-no-such-case".to_owned(), Vec::new()),
            Err(Error::Conflict(key)) => (key.to_owned(), Vec::new()),
            Err(Error::Invalid(fields)) => said(fields),
            Err(e) => return Err(e),
        };
        match self.refused.iter_mut().find(|refused| refused.key == key) {
            Some(refused) => refused.references.push(reference.to_owned()),
            None => self.refused.push(Refused { key, args, references: vec![reference.to_owned()] }),
        }
        Ok(())
    }
}

fn said(fields: Vec<FieldError>) -> (String, Vec<(String, String)>) {
    fields.into_iter().next().map_or_else(Default::default, |wrong| {
        (wrong.key, wrong.args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    })
}

/// Takes a step on each case. Whoever changed meanwhile, is not there or refuses stays as it was and is named.
pub fn run(c: &mut Conn, desk: &Desk, scope: Scope, by: By, chosen: &[Chosen], step: &Step) -> Result<Report> {
    let mut report = Report::default();
    for one in chosen {
        if matches!(step, Step::Merge { into } if *into == one.reference) {
            continue;
        }
        let done = c.transaction(|c| take(c, desk, scope, by, one, step));
        report.enter(&one.reference, done)?;
    }
    Ok(report)
}

/// One case; says who had it before.
fn take(c: &mut Conn, desk: &Desk, scope: Scope, by: By, one: &Chosen, step: &Step) -> Result<Option<i64>> {
    let reference = one.reference.as_str();
    let (case, _) = store::find(c, scope, reference)?;
    // A tag takes nothing from what somebody else did.
    if !matches!(step, Step::Tag { .. }) && one.seen.is_some_and(|seen| seen != case.version) {
        return Err(Error::Conflict("error-case-changed-meanwhile"));
    }
    match step {
        Step::Assign(owner) => actions::assign(c, desk, scope, by, reference, *owner)?,
        Step::Snooze(until) => actions::snooze(c, desk, scope, by, reference, *until)?,
        Step::Tag { add, remove } => actions::tag(c, desk, scope, by, reference, add, remove)?,
        Step::Merge { into } => actions::merge(c, desk, scope, by, reference, into)?,
    }
    Ok(case.owner_id)
}

/// What is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// The cases were given to somebody, or to nobody.
    Assign {
        given_to: Option<i64>,
    },
    Snooze,
}

/// Takes a step back where nobody has done anything about it since.
pub fn undo(
    c: &mut Conn,
    desk: &Desk,
    scope: Scope,
    by: By,
    before: &[(String, Option<i64>)],
    what: Undo,
) -> Result<Report> {
    let mut report = Report::default();
    for (reference, owner) in before {
        let done = c.transaction(|c| match what {
            Undo::Snooze => actions::wake(c, desk, scope, by, reference).map(|()| None),
            Undo::Assign { given_to } => {
                if store::find(c, scope, reference)?.0.owner_id != given_to {
                    return Err(Error::Conflict("error-case-changed-meanwhile"));
                }
                actions::assign(c, desk, scope, by, reference, *owner).map(|()| None)
            }
        });
        report.enter(reference, done)?;
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_say_which_case_and_which_version_of_it() -> Result<()> {
        let read = |values: &[&str]| Chosen::read(&values.iter().map(ToString::to_string).collect::<Vec<_>>());
        let chosen = read(&["F-7QK3M9X.3", "F-7QK3M9X"])?;
        assert_eq!((chosen[0].seen, chosen[1].seen), (Some(3), None));
        assert_eq!(chosen[0].reference, chosen[1].reference);
        for wrong in [vec![], vec!["F-7QK3M9X.x"], vec!["'; drop table cases"], vec!["F-7QK3M9X"; 201]] {
            assert!(read(&wrong).is_err(), "{wrong:?}");
        }
        Ok(())
    }
}
