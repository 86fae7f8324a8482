//! The verbs of a change. Shipping and declining close the loop with everybody whose case is linked.

use super::model::{News, Proposal, Status};
use super::store::{self, Change};
use crate::cases;
use crate::cases::actions::{Decision, Desk, note_event, resolve_one};
use crate::cases::model::{Case, Outcome, Status as CaseStatus};
use crate::cases::store::Scope;
use crate::db::{Conn, search};
use crate::error::{Error, Result};
use crate::feedback::store::{Feedback, addressee};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::web::viewer::{Role, Viewer};
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

fn differences(before: &Change, after: &Change) -> Vec<&'static str> {
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
pub fn link_case(c: &mut Conn, desk: &Desk, by: By, change: &Change, mut case: Case) -> Result<()> {
    if change.status.is_finished() {
        return Err(Error::Conflict("error-change-is-finished"));
    }
    if !store::link(c, change.id, case.id, by.id, desk.now)? {
        return Ok(());
    }
    let to = json!({"change": change.reference, "title": change.title});
    note_event(c, desk, by, case.id, "linked", to)?;
    if let Some(status) = case_status(change.status) {
        case.follow_change(status, desk.now);
        cases::store::save(c, &mut case, desk.now)?;
    }
    Ok(())
}

/// Takes a case out of the evidence.
pub fn unlink(c: &mut Conn, desk: &Desk, scope: Scope, by: By, change: &str, case: &str) -> Result<()> {
    let change = store::find(c, change)?;
    let (case, _) = cases::store::find(c, scope, case)?;
    if store::unlink(c, change.id, case.id)? {
        let from = json!({"change": change.reference, "title": change.title});
        note_event(c, desk, by, case.id, "unlinked", from)?;
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
    for (case, said) in evidence {
        match &news {
            Some(news) if to.is_finished() => close_loop(c, desk, by, change, case, &said, news)?,
            _ => follow(c, desk, by, change, case)?,
        }
    }
    Ok(())
}

fn follow(c: &mut Conn, desk: &Desk, by: By, change: &Change, mut case: Case) -> Result<()> {
    let Some(status) = case_status(change.status).filter(|_| case.status.is_open()) else { return Ok(()) };
    case.follow_change(status, desk.now);
    cases::store::save(c, &mut case, desk.now)?;
    let facts = json!({"change": change.reference, "title": change.title, "status": status});
    note_event(c, desk, by, case.id, "change_moved", facts)
}

fn close_loop(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    change: &Change,
    case: Case,
    said: &Feedback,
    news: &News,
) -> Result<()> {
    if !case.status.is_open() {
        return Ok(());
    }
    let lang = match said.person_id {
        Some(id) => addressee(c, id)?.lang,
        None => said.lang,
    };
    let outcome = if change.status == Status::Shipped { Outcome::Solved } else { Outcome::NotPossible };
    let decision = Decision {
        outcome,
        text: news.text(lang).to_owned(),
        change: Some((change.reference.clone(), change.title.clone())),
    };
    resolve_one(c, desk, by, case, said, &decision)
}

fn case_status(status: Status) -> Option<CaseStatus> {
    match status {
        Status::Accepted => Some(CaseStatus::Decided),
        Status::InProgress => Some(CaseStatus::Doing),
        Status::Proposed | Status::Shipped | Status::Declined => None,
    }
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
