//! What a decision must hold before it is one, and what it does. Pure.

use crate::backlog::model::Status;
use crate::council::model::Decision;
use crate::council::store::Item;
use crate::error::{Error, FieldError, Result};
use crate::web::forms::{clean, given};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest reason; minutes are read, not studied.
pub const MOST_CHARS: usize = 1000;
/// Nobody promises anything for later than that.
const FURTHEST: Days = Days::new(5 * 366);

/// What the chair typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    pub decision: String,
    pub reason: String,
    pub owner: String,
    pub due_on: String,
    pub quick_fix: Option<String>,
    pub quota_reason: String,
}

/// A decision that may stand in the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub decision: Decision,
    pub reason: Option<String>,
    pub owner_id: Option<i64>,
    pub due_on: Option<NaiveDate>,
    pub quick_fix: bool,
    pub quota_reason: Option<String>,
}

/// In which circumstances it is decided.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// There is a change, and it can still be decided.
    pub votable: bool,
    pub today: NaiveDate,
    pub quota: Quota,
}

/// The quick fixes of a month, without the item that is being decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quota {
    pub taken: i64,
    pub most: i64,
}

impl Quota {
    /// Whether one more needs a reason.
    pub fn is_full(self) -> bool {
        self.taken >= self.most
    }
}

impl Ruling {
    /// Reads what was typed and names every field that is wrong. Reason, owner and date are asked for whatever was
    /// decided about a change, also for a no; of what was only talked about all of them may be left out.
    pub fn checked(typed: &Typed, now: &Circumstances) -> Result<Ruling> {
        let mut wrong = Vec::new();
        let decision = decision(typed, now, &mut wrong);
        let binding = decision != Some(Decision::Noted);
        let accepted = decision == Some(Decision::Accept);
        let quick_fix = accepted && typed.quick_fix.is_some();
        let beyond = quick_fix && now.quota.is_full();
        let ruling = Ruling {
            decision: decision.unwrap_or(Decision::Noted),
            reason: text("reason", &typed.reason, binding, &mut wrong),
            owner_id: owner(typed, binding, &mut wrong),
            due_on: day(typed, binding, earliest(decision, now.today), &mut wrong),
            quick_fix,
            quota_reason: beyond.then(|| text("quota_reason", &typed.quota_reason, true, &mut wrong)).flatten(),
        };
        if wrong.is_empty() { Ok(ruling) } else { Err(Error::Invalid(wrong)) }
    }
}

fn decision(typed: &Typed, now: &Circumstances, wrong: &mut Vec<FieldError>) -> Option<Decision> {
    let read = typed.decision.parse::<Decision>().ok();
    let fits = read.filter(|decision| now.votable == (*decision != Decision::Noted));
    if fits.is_none() {
        let key = if typed.decision.is_empty() { "error-required" } else { "error-choice" };
        wrong.push(FieldError::new("decision", key));
    }
    fits
}

fn text(field: &str, typed: &str, required: bool, wrong: &mut Vec<FieldError>) -> Option<String> {
    let text = clean(typed);
    match text.chars().count() {
        0 if required => wrong.push(FieldError::new(field, "error-required")),
        0 => return None,
        n if n > MOST_CHARS => wrong.push(FieldError::new(field, "error-too-long").with("max", MOST_CHARS)),
        _ => {}
    }
    Some(text)
}

fn owner(typed: &Typed, required: bool, wrong: &mut Vec<FieldError>) -> Option<i64> {
    match given(&typed.owner).map(str::parse) {
        Some(Ok(id)) => return Some(id),
        Some(Err(_)) => wrong.push(FieldError::new("owner", "error-choice")),
        None if required => wrong.push(FieldError::new("owner", "error-required")),
        // Whoever has a date needs a name, else nobody does it.
        None if given(&typed.due_on).is_some() => wrong.push(FieldError::new("owner", "error-required")),
        None => {}
    }
    None
}

/// What does not come now comes tomorrow at the earliest.
fn earliest(decision: Option<Decision>, today: NaiveDate) -> NaiveDate {
    let days = u64::from(decision == Some(Decision::NotNow));
    today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn day(typed: &Typed, required: bool, first: NaiveDate, wrong: &mut Vec<FieldError>) -> Option<NaiveDate> {
    let last = first.checked_add_days(FURTHEST).unwrap_or(NaiveDate::MAX);
    match given(&typed.due_on).map(str::parse::<NaiveDate>) {
        Some(Ok(day)) if day < first => wrong.push(FieldError::new("due_on", "error-date-past")),
        Some(Ok(day)) if day > last => wrong.push(FieldError::new("due_on", "error-date")),
        Some(Ok(day)) => return Some(day),
        Some(Err(_)) => wrong.push(FieldError::new("due_on", "error-date")),
        None if required || given(&typed.owner).is_some() => wrong.push(FieldError::new("due_on", "error-required")),
        None => {}
    }
    None
}

impl Item {
    /// What was decided, as a form takes it.
    pub fn typed(&self) -> Typed {
        Typed {
            decision: self.decision.map(|decision| decision.as_str().to_owned()).unwrap_or_default(),
            reason: self.reason.clone().unwrap_or_default(),
            owner: self.owner_id.map(|id| id.to_string()).unwrap_or_default(),
            due_on: self.due_on.map(|day| day.to_string()).unwrap_or_default(),
            quick_fix: self.quick_fix.then(|| "on".into()),
            quota_reason: self.quota_reason.clone().unwrap_or_default(),
        }
    }
}

impl Decision {
    /// Where it moves a change.
    pub fn moves_to(self) -> Option<Status> {
        match self {
            Decision::Accept => Some(Status::Accepted),
            Decision::NotNow => Some(Status::Deferred),
            Decision::Decline => Some(Status::Declined),
            Decision::NeedData => Some(Status::NeedsData),
            Decision::Noted => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn at(votable: bool, taken: i64) -> Circumstances {
        Circumstances { votable, today: today(), quota: Quota { taken, most: 3 } }
    }

    fn typed(decision: &str) -> Typed {
        Typed {
            decision: decision.into(),
            reason: " Most repeat calls come from it ".into(),
            owner: "7".into(),
            due_on: "2026-12-18".into(),
            ..Typed::default()
        }
    }

    fn wrong(typed: &Typed, now: Circumstances) -> Vec<(String, String)> {
        match Ruling::checked(typed, &now) {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|e| (e.field, e.key)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn also_a_no_has_a_reason_an_owner_and_a_date() {
        for decision in ["accept", "not_now", "decline", "need_data"] {
            let ruling = Ruling::checked(&typed(decision), &at(true, 0)).unwrap();
            assert_eq!(ruling.reason.as_deref(), Some("Most repeat calls come from it"));
            let empty = Typed { decision: decision.into(), ..Typed::default() };
            let fields: Vec<String> = wrong(&empty, at(true, 0)).into_iter().map(|(field, _)| field).collect();
            assert_eq!(fields, ["reason", "owner", "due_on"]);
        }
    }

    #[test]
    fn what_is_only_talked_about_needs_nothing_but_a_date_needs_a_name() {
        let noted = Typed { decision: "noted".into(), ..Typed::default() };
        assert_eq!(Ruling::checked(&noted, &at(false, 0)).unwrap().reason, None);
        let dated = Typed { due_on: "2026-12-18".into(), ..noted.clone() };
        assert_eq!(wrong(&dated, at(false, 0)), [("owner".into(), "error-required".into())]);
        assert_eq!(wrong(&noted, at(true, 0))[0].0, "decision", "a change is decided");
        assert_eq!(wrong(&typed("accept"), at(false, 0))[0].0, "decision", "a topic is not");
    }

    #[test]
    fn days_that_cannot_be_are_refused() {
        let on = |day: &str| wrong(&Typed { due_on: day.into(), ..typed("accept") }, at(true, 0))[0].1.clone();
        assert_eq!(on("2026-11-22"), "error-date-past");
        assert_eq!((on("soon"), on("9999-01-01")), ("error-date".into(), "error-date".into()));
    }

    #[test]
    fn a_fourth_quick_fix_needs_a_reason() {
        let quick = Typed { quick_fix: Some("on".into()), ..typed("accept") };
        assert_eq!(Ruling::checked(&quick, &at(true, 2)).unwrap().quota_reason, None);
        assert_eq!(wrong(&quick, at(true, 3)), [("quota_reason".into(), "error-required".into())]);
        let reasoned = Typed { quota_reason: "It costs an hour".into(), ..quick.clone() };
        assert!(Ruling::checked(&reasoned, &at(true, 3)).unwrap().quick_fix);
        let declined = Typed { decision: "decline".into(), ..quick };
        assert!(!Ruling::checked(&declined, &at(true, 3)).unwrap().quick_fix, "only what is done is a fix");
    }
}
