//! Where a change goes next: who may move it, what a move needs, and what it means for the cases behind it. Shipping and
//! declining close the loop with everybody whose case is linked.

use super::actions::record;
use super::evidence;
use super::model::{News, Status};
use super::store::{self, Change};
use crate::cases::actions::{Decision, Desk, keep, note_event, resolve_one};
use crate::cases::model::{Case, Outcome, Status as CaseStatus};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::Feedback;
use crate::i18n::Lang;
use crate::journal::By;
use crate::web::forms::clean;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::json;

/// The longest reason for a move, in characters.
const LONGEST_REASON: usize = 1000;

/// A move of a change: where to, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub to: Status,
    /// Why, for those who work on it; asking for data and deferring need one.
    pub reason: Option<String>,
    /// For those who asked; shipping and declining need it.
    pub news: Option<News>,
    /// The day on which what is deferred comes back.
    pub back_on: Option<NaiveDate>,
}

impl Step {
    pub fn to(to: Status) -> Step {
        Step { to, reason: None, news: None, back_on: None }
    }

    pub fn because(mut self, reason: &str) -> Step {
        self.reason = Some(clean(reason)).filter(|reason| !reason.is_empty());
        self
    }

    pub fn telling(mut self, news: News) -> Step {
        self.news = Some(news);
        self
    }

    pub fn until(mut self, back_on: NaiveDate) -> Step {
        self.back_on = Some(back_on);
        self
    }

    /// Names what it lacks, before anything is moved.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        match &self.reason {
            None if self.to.needs_reason() => return Err(Error::field("reason", "error-say-why")),
            Some(reason) if reason.chars().count() > LONGEST_REASON => {
                let wrong = FieldError::new("reason", "error-too-long").with("max", LONGEST_REASON);
                return Err(Error::Invalid(vec![wrong]));
            }
            _ => {}
        }
        if self.to.tells() && self.news.is_none() {
            return Err(Error::field("outcome_en", "error-say-what-changed"));
        }
        if self.to == Status::Deferred && self.back_on.is_none_or(|day| day <= today) {
            return Err(Error::field("back_on", "error-later-day"));
        }
        Ok(())
    }
}

/// Who may move a change: the council decides, its owner does the work and brings the data that was asked for.
pub fn may_move(viewer: &Viewer, change: &Change, to: Status) -> bool {
    may_take(viewer, change.owner_id, change.status, to)
}

/// The same for a change of which only its owner and status are known.
pub fn may_take(viewer: &Viewer, owner_id: Option<i64>, from: Status, to: Status) -> bool {
    let work = matches!(to, Status::InProgress | Status::Shipped | Status::Verified);
    let answer = from == Status::NeedsData && to == Status::Proposed;
    viewer.role >= Role::Council || owner_id == Some(viewer.id) && (work || answer)
}

/// Whether it can go there from where it stands now.
pub fn can_move(change: &Change, to: Status) -> Result<()> {
    change.must_be_active()?;
    match change.status.next().contains(&to) {
        true => Ok(()),
        false => Err(Error::Conflict("error-change-cannot-move")),
    }
}

/// Moves a change, and the cases behind it with it.
pub fn advance(c: &mut Conn, desk: &Desk, by: By, change: &mut Change, step: Step) -> Result<()> {
    can_move(change, step.to)?;
    step.check(desk.today())?;
    let from = change.status;
    change.status = step.to;
    change.status_at = desk.now.into();
    change.back_on = match step.to {
        Status::Deferred => step.back_on,
        // The council sees that it has been here before.
        Status::Proposed if from == Status::Deferred => change.back_on,
        _ => None,
    };
    if let Some(news) = step.news.as_ref().filter(|_| step.to.tells()) {
        (change.outcome_en, change.outcome_ru) = (news.en.clone(), news.ru.clone());
    }
    store::save(c, change, desk.now)?;
    let evidence = store::evidence(c, change.id)?;
    let data = json!({"cases": evidence.len(), "from": from, "reason": step.reason, "back_on": change.back_on});
    record(c, desk, by, change, event(step.to), data)?;
    match step.news.filter(|_| step.to.tells()) {
        Some(news) => close_loops(c, desk, by, change, evidence, &news),
        None => evidence.into_iter().try_for_each(|(case, _)| move_along(c, desk, by, change, case)),
    }
}

fn event(status: Status) -> &'static str {
    match status {
        Status::Proposed => "returned",
        Status::InProgress => "started",
        other => other.as_str(),
    }
}

fn move_along(c: &mut Conn, desk: &Desk, by: By, change: &Change, case: Case) -> Result<()> {
    if !case.status.is_open() {
        return Ok(());
    }
    note_event(c, desk, by, case.id, "change_moved", moved(change))?;
    match change.status.of_cases() {
        Some(_) => follow(c, desk, case, change),
        None => fall_back(c, desk, case),
    }
}

/// A case stands where the furthest of its changes stands.
pub(super) fn follow(c: &mut Conn, desk: &Desk, mut case: Case, change: &Change) -> Result<()> {
    let Some(status) = change.status.of_cases() else { return Ok(()) };
    if case.status.is_open() && case.status < status {
        case.follow_change(status, change.target_on.map(end_of), desk.now);
        keep(c, desk, &mut case)?;
    }
    Ok(())
}

/// Lost the change that it followed: the case stands where the furthest of its others stands, else it is looked at again.
pub(super) fn fall_back(c: &mut Conn, desk: &Desk, mut case: Case) -> Result<()> {
    if !matches!(case.status, CaseStatus::Decided | CaseStatus::Doing) {
        return Ok(());
    }
    let others = store::of_case(c, case.id)?;
    let furthest = others.iter().filter_map(|change| change.status.of_cases()).max();
    case.follow_change(furthest.unwrap_or(CaseStatus::InReview), None, desk.now);
    keep(c, desk, &mut case)
}

/// A change planned for a day may still come that evening.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    (day + Days::new(1)).and_time(NaiveTime::MIN).and_utc()
}

/// Resolves the cases behind a change that is finished, and tells everybody who asked. Where one change is declined but
/// another still answers the case, the last word is not spoken: that case goes on.
fn close_loops(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    change: &Change,
    evidence: Vec<(Case, Feedback)>,
    news: &News,
) -> Result<()> {
    let languages = evidence::languages(c, change.id)?;
    let kept = if change.status == Status::Declined { evidence::with_other_changes(c, change.id)? } else { [].into() };
    for (case, said) in evidence.into_iter().filter(|(case, _)| case.status.is_open()) {
        if kept.contains(&case.id) {
            note_event(c, desk, by, case.id, "change_moved", moved(change))?;
            continue;
        }
        let lang = said.person_id.and_then(|id| languages.get(&id).copied()).unwrap_or(said.lang);
        resolve_one(c, desk, by, case, &said, &decision(change, news, lang))?;
    }
    Ok(())
}

/// What a change means for one case, in the originator's language.
pub fn decision(change: &Change, news: &News, lang: Lang) -> Decision {
    Decision {
        outcome: if change.status == Status::Declined { Outcome::NotPossible } else { Outcome::Solved },
        text: news.text(lang).to_owned(),
        change: Some((change.reference.clone(), change.title.clone())),
    }
}

fn moved(change: &Change) -> serde_json::Value {
    json!({"change": change.reference, "title": change.title, "status": change.status.of_cases()})
}
