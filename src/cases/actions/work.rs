//! What staff do with a case among themselves: who has it, when, and what it is about.

use super::super::model::{Case, Severity};
use super::super::store::{self, Scope};
use super::{Desk, keep, note_event};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::Feedback;
use crate::journal::By;
use crate::rules::Facts;
use crate::web::forms::clean_line;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Takes a case, gives it to somebody, or puts it back.
pub fn assign(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, owner: Option<i64>) -> Result<()> {
    let (mut case, _) = store::find(c, scope, reference)?;
    if case.owner_id == owner {
        return Ok(());
    }
    let person = match owner {
        Some(id) => Some(store::candidate(c, id)?.ok_or_else(|| Error::field("owner", "error-choice"))?),
        None => None,
    };
    case.assign(owner, person.as_ref().and_then(|p| p.team_id));
    keep(c, desk, &mut case)?;
    let event = if owner == by.id { "taken" } else { "assigned" };
    note_event(c, desk, by, case.id, event, json!({"owner": person.map(|p| p.name)}))?;
    Ok(())
}

/// Puts a case off until a moment: nothing of it is due before.
pub fn snooze(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, until: DateTime<Utc>) -> Result<()> {
    let (mut case, _) = store::find(c, scope, reference)?;
    case.snooze(until, desk.now)?;
    keep(c, desk, &mut case)?;
    note_event(c, desk, by, case.id, "snoozed", json!({"until": until}))?;
    Ok(())
}

/// Takes it up again before its time.
pub fn wake(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str) -> Result<()> {
    let (mut case, _) = store::find(c, scope, reference)?;
    if case.snoozed_until.is_some() {
        case.wake(desk.now);
        keep(c, desk, &mut case)?;
        note_event(c, desk, by, case.id, "woken", json!({}))?;
    }
    Ok(())
}

/// What its owner says about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    pub severity: Severity,
    pub topic_id: Option<i64>,
    pub root_cause_id: Option<i64>,
    pub first_contact: Option<bool>,
}

/// Marks a case. Severity and topic may lead to another promise, which counts from the same start.
pub fn classify(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, marks: &Marks) -> Result<()> {
    let (mut case, said) = store::find(c, scope, reference)?;
    check_choices(c, &case, marks)?;
    let changed = differences(&case, marks);
    if changed.is_empty() {
        return Ok(());
    }
    let Marks { severity, topic_id, root_cause_id, first_contact } = *marks;
    (case.severity, case.topic_id, case.root_cause_id, case.first_contact) =
        (severity, topic_id, root_cause_id, first_contact);
    choose_policy(c, desk, &mut case, &said)?;
    keep(c, desk, &mut case)?;
    note_event(c, desk, by, case.id, "classified", json!({"fields": changed, "severity": severity}))?;
    Ok(())
}

/// What was retired may stay on a case that has it.
fn check_choices(c: &mut Conn, case: &Case, marks: &Marks) -> Result<()> {
    let mut wrong = Vec::new();
    if let Some(id) = marks.topic_id.filter(|id| case.topic_id != Some(*id))
        && !store::topic_is_offered(c, id)?
    {
        wrong.push(FieldError::new("topic", "error-choice"));
    }
    if let Some(id) = marks.root_cause_id.filter(|id| case.root_cause_id != Some(*id))
        && !store::root_cause_is_offered(c, id)?
    {
        wrong.push(FieldError::new("root_cause", "error-choice"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

fn differences(case: &Case, marks: &Marks) -> Vec<&'static str> {
    let pairs = [
        ("severity", case.severity != marks.severity),
        ("topic", case.topic_id != marks.topic_id),
        ("root_cause", case.root_cause_id != marks.root_cause_id),
        ("first_contact", case.first_contact != marks.first_contact),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Lets the rules choose the promise again; true if it is another one now. A case kept apart stays so.
pub fn choose_policy(c: &mut Conn, desk: &Desk, case: &mut Case, said: &Feedback) -> Result<bool> {
    let (topic, segment) = store::topic_and_segment(c, case.topic_id, said.person_id)?;
    let facts = Facts {
        voice: said.voice.as_str(),
        kind: said.kind.as_str(),
        severity: case.severity.as_str(),
        channel: &said.channel,
        topic: topic.as_deref(),
        lang: said.lang.as_str(),
        segment: segment.as_deref(),
    };
    let policy = desk.rules.policy_for(&facts);
    let before = case.policy_id;
    case.policy_id = policy.map(|policy| policy.id);
    case.apart = case.apart || policy.is_some_and(|policy| policy.apart);
    Ok(case.policy_id != before)
}

/// The longest tag.
const MAX_TAG: usize = 40;
/// The most tags of one case.
const MAX_TAGS: usize = 20;

/// Puts tags on a case and takes others off.
pub fn tag(
    c: &mut Conn,
    desk: &Desk,
    scope: Scope,
    by: By,
    reference: &str,
    add: &[String],
    remove: &[String],
) -> Result<()> {
    let (case, _) = store::find(c, scope, reference)?;
    let add = add.iter().map(|typed| tag_text(typed)).collect::<Result<Vec<_>>>()?;
    let remove: Vec<String> = remove.iter().map(|typed| clean_line(typed).to_lowercase()).collect();
    let before = store::tags(c, case.id)?;
    let added: Vec<&String> = add.iter().filter(|tag| !before.contains(tag)).collect();
    let removed: Vec<&String> = remove.iter().filter(|tag| before.contains(tag)).collect();
    if before.len() + added.len() > MAX_TAGS + removed.len() {
        return Err(Error::Invalid(vec![FieldError::new("tag", "error-too-many-tags").with("max", MAX_TAGS)]));
    }
    for tag in &removed {
        store::remove_tag(c, case.id, tag)?;
    }
    for tag in &added {
        store::add_tag(c, case.id, tag)?;
    }
    if !added.is_empty() || !removed.is_empty() {
        let data: Value = json!({"added": added, "removed": removed});
        note_event(c, desk, by, case.id, "tagged", data)?;
    }
    Ok(())
}

/// A tag as it is kept: lower case; letters, digits, spaces and dashes.
pub fn tag_text(typed: &str) -> Result<String> {
    let tag = clean_line(typed).to_lowercase();
    let plain = tag.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    match tag.chars().count() {
        0 => Err(Error::field("tag", "error-required")),
        n if n > MAX_TAG => Err(Error::Invalid(vec![FieldError::new("tag", "error-too-long").with("max", MAX_TAG)])),
        _ if !plain => Err(Error::field("tag", "error-tag")),
        _ => Ok(tag),
    }
}
