//! Mail to staff about a case: whoever works on it, whoever watches it, and up the ladder.

use super::super::model::Case;
use super::super::staff;
use super::super::store::Scope;
use super::Desk;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::{Feedback, addressee};
use crate::mail::letters::{Notice, NoticeItem};
use crate::mail::outbox::{self, NewMail};
use crate::people::absence::{self, Colleague, Known};
use std::collections::{BTreeMap, BTreeSet};

crate::text_enum! {
    /// What staff are told.
    pub enum Why {
        /// The originator wrote.
        Wrote = "wrote",
        /// The originator says that it is not solved.
        Reopened = "reopened",
        /// The originator says that nobody answered.
        Escalated = "escalated",
        /// A colleague named them in a note.
        Mentioned = "mentioned",
        /// A promise is close.
        Warned = "warned",
        /// A promise was broken.
        Missed = "missed",
        /// A broken promise is raised to them.
        Raised = "raised",
        /// Somebody asks for their leave.
        Asked = "asked",
        /// Their request was decided.
        Decided = "decided",
        /// A mail to the originator came back.
        Returned = "returned",
    }
}

/// The longest excerpt in such a mail.
const EXCERPT: usize = 400;
/// The most cases one such mail names; the queue has the others.
const MOST_ITEMS: usize = 50;

/// One line of such a mail.
pub fn item(desk: &Desk, said: &Feedback, text: &str) -> NoticeItem {
    let mut excerpt: String = text.chars().take(EXCERPT).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    NoticeItem {
        reference: said.reference.clone(),
        title: said.title.clone(),
        text: excerpt,
        url: desk.case_url(&said.reference),
    }
}

/// Tells those who work on a case and those who watch it what its originator did. Nothing is sent at the moment an
/// anonymous originator acts: the mail would tell when that was. The queue shows it.
pub fn tell_staff(
    c: &mut Conn,
    desk: &Desk,
    event_id: i64,
    why: Why,
    case: &Case,
    said: &Feedback,
    text: &str,
) -> Result<()> {
    if said.anonymous {
        return Ok(());
    }
    let team = desk.rules.team(case.team_id);
    let mut readers: BTreeSet<i64> = staff::watchers(c, case)?.into_iter().map(|person| person.id).collect();
    readers.extend(case.owner_id.or(team.lead_id));
    if let Some(owner) = case.owner_id {
        readers.extend(stand_in(c, desk, case, owner)?);
    }
    if why == Why::Escalated {
        readers.extend(if case.escalation >= 3 { team.head_id.or(team.lead_id) } else { team.lead_id });
    }
    let letter = Notice { why: why.to_string(), items: vec![item(desk, said, text)] };
    readers.into_iter().try_for_each(|reader| send(c, desk, event_id, Some(case.id), reader, &letter))
}

/// Whoever stands in for an owner who is away, if the case is theirs to see.
fn stand_in(c: &mut Conn, desk: &Desk, case: &Case, owner: i64) -> Result<Option<i64>> {
    let mut known = Known::new();
    if !absence::looked_up(c, owner, &mut known)?.is_some_and(|owner| owner.is_away(desk.now)) {
        return Ok(None);
    }
    let deputy = absence::present(c, owner, desk.now, &mut known)?;
    Ok(deputy.filter(|deputy| sees(deputy, case)).map(|deputy| deputy.id))
}

fn sees(person: &Colleague, case: &Case) -> bool {
    Scope::new(person.id, person.role, person.team_id).is_some_and(|scope| scope.covers(case))
}

/// One mail for each reader and reason, however many cases it is about.
pub fn notify_all(c: &mut Conn, desk: &Desk, told: Vec<(i64, Why, i64, Feedback)>) -> Result<()> {
    let mut letters: BTreeMap<(i64, Why), (i64, Notice)> = BTreeMap::new();
    for (reader, why, event_id, said) in told {
        let empty = || (event_id, Notice { why: why.to_string(), items: Vec::new() });
        let (_, letter) = letters.entry((reader, why)).or_insert_with(empty);
        if letter.items.len() < MOST_ITEMS {
            letter.items.push(item(desk, &said, ""));
        }
    }
    letters.into_iter().try_for_each(|((reader, _), (event, letter))| send(c, desk, event, None, reader, &letter))
}

/// Tells one of the staff something about a case, with a link to where they go on.
pub fn tell(
    c: &mut Conn,
    desk: &Desk,
    event_id: i64,
    case_id: i64,
    reader: i64,
    why: Why,
    (said, text, path): (&Feedback, &str, &str),
) -> Result<()> {
    let item = NoticeItem { url: desk.url(path), ..item(desk, said, text) };
    send(c, desk, event_id, Some(case_id), reader, &Notice { why: why.to_string(), items: vec![item] })
}

/// Queues one such mail; whoever cannot be written to has the queue.
pub fn send(
    c: &mut Conn,
    desk: &Desk,
    event_id: i64,
    case_id: Option<i64>,
    reader: i64,
    letter: &Notice,
) -> Result<()> {
    let person = addressee(c, reader)?;
    let Some(address) = person.email else { return Ok(()) };
    let mail = NewMail {
        person_id: reader,
        template: "notice",
        event_id,
        case_id,
        lang: person.lang,
        address,
        name: person.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, desk.now)?;
    Ok(())
}
