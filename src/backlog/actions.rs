//! The verbs of a change. Shipping and declining close the loop with everybody whose case is linked.

use super::evidence;
use super::model::{News, Proposal, Status};
use super::store::{self, Change};
use crate::cases;
use crate::cases::actions::{Decision, Desk, keep, note_event, resolve_one};
use crate::cases::model::{Case, Outcome, Status as CaseStatus};
use crate::cases::store::Scope;
use crate::db::{Conn, search};
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::i18n::Lang;
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::json;

/// Puts a new change into the backlog.
pub fn propose(c: &mut Conn, desk: &Desk, by: By, proposal: Proposal) -> Result<Change> {
    let proposal = checked(c, proposal)?;
    let mut change = Change {
        id: id::new_id(),
        reference: id::reference('C'),
        title: String::new(),
        proposal: String::new(),
        ex: 0,
        cx: 0,
        effort: 1.0,
        confidence: 0.0,
        owner_id: None,
        target_on: None,
        status: Status::Proposed,
        public: false,
        outcome_en: None,
        outcome_ru: None,
        version: 1,
        created_by: by.id,
        created_at: desk.now.into(),
        status_at: desk.now.into(),
        updated_at: desk.now.into(),
    };
    change.set(proposal);
    store::insert(c, &change)?;
    search::index(c, change.id, &format!("{} {}", change.title, change.proposal))?;
    record(c, desk, by, &change, "proposed", json!({}))?;
    Ok(change)
}

/// Edits what is proposed; `version` is the one the editor saw.
pub fn edit(c: &mut Conn, desk: &Desk, by: By, reference: &str, version: i32, proposal: Proposal) -> Result<Change> {
    let proposal = checked(c, proposal)?;
    let mut change = store::find(c, reference)?;
    if change.version != version {
        return Err(Error::Conflict("error-change-changed"));
    }
    let before = change.clone();
    change.set(proposal);
    store::save(c, &mut change, desk.now)?;
    search::reindex(c, change.id, &format!("{} {}", change.title, change.proposal))?;
    record(c, desk, by, &change, "edited", json!({"fields": differences(&before, &change)}))?;
    Ok(change)
}

fn checked(c: &mut Conn, proposal: Proposal) -> Result<Proposal> {
    let proposal = proposal.checked()?;
    if let Some(owner) = proposal.owner_id
        && cases::store::candidate(c, owner)?.is_none()
    {
        return Err(Error::field("owner", "error-choice"));
    }
    Ok(proposal)
}

/// The names of the fields in which two states of a change differ.
pub fn differences(before: &Change, after: &Change) -> Vec<&'static str> {
    let pairs = [
        ("title", before.title != after.title),
        ("proposal", before.proposal != after.proposal),
        ("ex", before.ex != after.ex),
        ("cx", before.cx != after.cx),
        ("effort", before.effort != after.effort),
        ("confidence", before.confidence != after.confidence),
        ("owner", before.owner_id != after.owner_id),
        ("target_on", before.target_on != after.target_on),
        ("public", before.public != after.public),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Links a case, and those that were joined to it, as evidence. The cases then follow the change.
pub fn link(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    let (case, _) = cases::store::find(c, scope, case)?;
    let mut linked = cases::store::joined(c, case.id)?.into_iter().map(|(case, _)| case).collect::<Vec<_>>();
    linked.push(case);
    for case in linked {
        link_case(c, desk, by, &change, case)?;
    }
    Ok(())
}

/// Links one case whoever it belongs to.
pub fn link_case(c: &mut Conn, desk: &Desk, by: By, change: &Change, case: Case) -> Result<()> {
    let event = Event::new(by, Subject::Case, case.id, "linked", named(change), desk.now);
    add_evidence(c, desk, event, change, case)
}

/// "Me too": whoever gave the feedback links it to the change they saw.
pub fn link_own(c: &mut Conn, desk: &Desk, change: &Change, case: Case, said: &Feedback) -> Result<()> {
    let event = Event::new(By::ORIGINATOR, Subject::Case, case.id, "linked", named(change), desk.now);
    add_evidence(c, desk, if said.anonymous { event.timeless() } else { event }, change, case)
}

/// The link carries the moment of its event, which for anonymous originators is only a day.
fn add_evidence(c: &mut Conn, desk: &Desk, event: Event, change: &Change, case: Case) -> Result<()> {
    if change.status.is_finished() {
        return Err(Error::Conflict("error-change-is-finished"));
    }
    // Everybody who sees the change sees its evidence.
    if case.apart {
        return Err(Error::field("case", "error-kept-apart"));
    }
    let now = *event.at;
    if store::link(c, change.id, case.id, event.actor_id, now)? {
        journal::append(c, event)?;
        follow(c, &desk.at_moment(now), case, change)?;
    }
    Ok(())
}

/// Takes a case out of the evidence. It then follows the changes it is still linked to.
pub fn unlink(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    if change.status.is_finished() {
        return Err(Error::Conflict("error-change-is-finished"));
    }
    let (mut case, _) = cases::store::find(c, scope, case)?;
    if !store::unlink(c, change.id, case.id)? {
        return Ok(());
    }
    note_event(c, desk, by, case.id, "unlinked", named(&change))?;
    if matches!(case.status, CaseStatus::Decided | CaseStatus::Doing) {
        let others = store::of_case(c, case.id)?;
        let furthest = others.iter().filter_map(|change| change.status.of_cases()).max();
        case.follow_change(furthest.unwrap_or(CaseStatus::InReview), None, desk.now);
        keep(c, desk, &mut case)?;
    }
    Ok(())
}

/// Who may move a change: the council decides, its owner does the work.
pub fn may_move(viewer: &Viewer, change: &Change, to: Status) -> bool {
    let own = change.owner_id == Some(viewer.id) && matches!(to, Status::InProgress | Status::Shipped);
    viewer.role >= Role::Council || own
}

/// Moves a change. Shipping and declining need the news for those who asked, and tell them.
pub fn advance(c: &mut Conn, desk: &Desk, by: By, change: &mut Change, to: Status, news: Option<News>) -> Result<()> {
    if !change.status.next().contains(&to) {
        return Err(Error::Conflict("error-change-cannot-move"));
    }
    if to.is_finished() && news.is_none() {
        return Err(Error::field("outcome_en", "error-say-what-changed"));
    }
    change.status = to;
    change.status_at = desk.now.into();
    if let Some(news) = &news {
        (change.outcome_en, change.outcome_ru) = (news.en.clone(), news.ru.clone());
    }
    store::save(c, change, desk.now)?;
    let evidence = store::evidence(c, change.id)?;
    record(c, desk, by, change, event(to), json!({"cases": evidence.len()}))?;
    match news.filter(|_| to.is_finished()) {
        Some(news) => close_loops(c, desk, by, change, evidence, &news),
        None => evidence.into_iter().try_for_each(|(case, _)| move_along(c, desk, by, change, case)),
    }
}

fn move_along(c: &mut Conn, desk: &Desk, by: By, change: &Change, case: Case) -> Result<()> {
    if !case.status.is_open() {
        return Ok(());
    }
    note_event(c, desk, by, case.id, "change_moved", moved(change))?;
    follow(c, desk, case, change)
}

/// A case stands where the furthest of its changes stands.
fn follow(c: &mut Conn, desk: &Desk, mut case: Case, change: &Change) -> Result<()> {
    let Some(status) = change.status.of_cases() else { return Ok(()) };
    if case.status.is_open() && case.status < status {
        case.follow_change(status, change.target_on.map(end_of), desk.now);
        keep(c, desk, &mut case)?;
    }
    Ok(())
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

fn named(change: &Change) -> serde_json::Value {
    json!({"change": change.reference, "title": change.title})
}

fn moved(change: &Change) -> serde_json::Value {
    json!({"change": change.reference, "title": change.title, "status": change.status.of_cases()})
}

fn event(status: Status) -> &'static str {
    match status {
        Status::Proposed => "proposed",
        Status::Accepted => "accepted",
        Status::InProgress => "started",
        Status::Shipped => "shipped",
        Status::Declined => "declined",
    }
}

fn record(c: &mut Conn, desk: &Desk, by: By, change: &Change, event: &str, data: serde_json::Value) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Change, change.id, event, data, desk.now))?;
    Ok(())
}
