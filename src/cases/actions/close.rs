//! Closing: the outcome in words, and the loop state, which moves on by itself.

use super::super::model::{Case, Outcome, ToldHow};
use super::super::store::{self, Direction, Scope};
use super::{
    Desk, Words, append, author, keep, keep_for_originator, mail_originator, message_text, originator_time, say,
};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::journal::{By, Event, Subject};
use crate::mail::letters::Closure;
use serde_json::json;

/// The outcome of a case or a change, in words for the originator.
#[derive(Clone, Debug)]
pub struct Decision {
    pub outcome: Outcome,
    pub text: String,
    /// The change it came through, if any: its reference and title.
    pub change: Option<(String, String)>,
}

/// Resolves a case, and those that were joined to it, and closes the loop with everybody who asked.
pub fn resolve(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, decision: &Decision) -> Result<()> {
    let (case, said) = store::find(c, scope, reference)?;
    resolve_with_joined(c, desk, by, case, &said, decision)
}

/// The same for a case at hand.
pub fn resolve_with_joined(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    case: Case,
    said: &Feedback,
    decision: &Decision,
) -> Result<()> {
    let decision = Decision { text: message_text("text", &decision.text)?, ..decision.clone() };
    let joined = store::joined(c, case.id)?;
    resolve_one(c, desk, by, case, said, &decision)?;
    for (case, said) in joined {
        if case.status.is_open() {
            resolve_one(c, desk, by, case, &said, &decision)?;
        }
    }
    Ok(())
}

/// Resolves one case and tells its originator: by mail, behind their code, or not at all, which is recorded as such.
pub fn resolve_one(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    mut case: Case,
    said: &Feedback,
    decision: &Decision,
) -> Result<()> {
    case.resolve(decision.outcome, &decision.text, desk.now)?;
    let data = json!({
        "outcome": decision.outcome,
        "change": decision.change.as_ref().map(|(reference, _)| reference),
    });
    let words = Words { direction: Direction::Outbound, event: "resolved", data, text: &decision.text, quoted: None };
    let event = say(c, desk, by, said, words)?;
    let letter = closure_letter(c, desk, by, said, decision)?;
    let how = match mail_originator(c, desk, said, event, "closure", &letter)? {
        true => None,
        false if said.receipt_hash.is_some() => Some(ToldHow::Page),
        false => Some(ToldHow::NoAddress),
    };
    match how {
        Some(how) => told(c, desk, case, said, how).map(|_| ()),
        None => keep(c, desk, &mut case),
    }
}

/// The closure mail as it will go out.
pub fn closure_letter(c: &mut Conn, desk: &Desk, by: By, said: &Feedback, decision: &Decision) -> Result<Closure> {
    Ok(Closure {
        reference: said.reference.clone(),
        own_words: said.text.clone(),
        outcome: decision.outcome.to_string(),
        change: decision.change.as_ref().map(|(_, title)| title.clone()),
        message: decision.text.clone(),
        // As the message itself is kept.
        markdown: by.id.is_some(),
        author: author(c, by)?,
        tracking_url: desk.tracking_url(said.id)?,
    })
}

/// The originator knows, or cannot be told; returns the event.
pub(super) fn told(c: &mut Conn, desk: &Desk, mut case: Case, said: &Feedback, how: ToldHow) -> Result<i64> {
    case.told(how, desk.now);
    keep(c, desk, &mut case)?;
    append(c, said, Event::new(By::SYSTEM, Subject::Case, case.id, "told", json!({"how": how}), desk.now))
}

/// "Did this solve it?" Yes confirms; no reopens with the reason. The opposite of what they said before is asked once
/// more: it counts only when they are `sure`.
pub fn answer(c: &mut Conn, desk: &Desk, feedback_id: i64, helped: bool, why: &str, sure: bool) -> Result<()> {
    let (mut case, said) = store::by_id(c, feedback_id)?;
    if case.helped == Some(helped) && case.is_answerable() && (helped || case.status.is_open()) {
        return Ok(());
    }
    if case.contradicts(helped) && !sure {
        return Err(Error::field("sure", "error-said-the-opposite"));
    }
    let now = originator_time(&said, desk.now);
    if helped {
        case.confirm(now)?;
        keep_for_originator(c, desk, &said, &mut case)?;
        let event = Event::new(By::ORIGINATOR, Subject::Case, case.id, "confirmed", json!({}), now);
        append(c, &said, event)?;
        return Ok(());
    }
    let why = message_text("why", why)?;
    case.object(now)?;
    keep_for_originator(c, desk, &said, &mut case)?;
    let words = Words { direction: Direction::Inbound, event: "reopened", data: json!({}), text: &why, quoted: None };
    let event = say(c, desk, By::ORIGINATOR, &said, words)?;
    super::tell_staff(c, desk, event, super::Why::Reopened, &case, &said, &why)
}
