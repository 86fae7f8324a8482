//! What becomes of the mails to an originator: one that was taken proves that they were told, one that came back that
//! they were not, however late that is heard.

use super::super::model::{Case, Status, ToldHow};
use super::super::store;
use super::close::told;
use super::{Desk, Why, keep, note_event, tell_staff};
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::Feedback;
use crate::journal::By;
use crate::mail::class::Class;
use crate::mail::outbox::Mail;
use crate::mail::transport::Outcome as Sent;
use serde_json::json;

const CLOSURE: &str = "closure";

/// The outbox reports the fate of a mail.
pub fn mail_finished(c: &mut Conn, desk: &Desk, mail: &Mail, sent: &Sent) -> Result<()> {
    match sent {
        Sent::Sent(_) => arrived(c, desk, mail),
        Sent::Refused(said) => mail_returned(c, desk, mail, said),
        Sent::Suppressed(_) => opted_out(c, desk, mail),
        _ => Ok(()),
    }
}

fn arrived(c: &mut Conn, desk: &Desk, mail: &Mail) -> Result<()> {
    let Some((mut case, said)) = closed_by(c, mail)? else { return Ok(()) };
    if case.status == Status::Resolved {
        told(c, desk, case, &said, ToldHow::Mail)?;
    } else if case.told_after_all(desk.now) {
        moved(c, desk, case)?;
    }
    Ok(())
}

fn opted_out(c: &mut Conn, desk: &Desk, mail: &Mail) -> Result<()> {
    if let Some((case, said)) = closed_by(c, mail)?
        && case.status == Status::Resolved
    {
        told(c, desk, case, &said, ToldHow::OptedOut)?;
    }
    Ok(())
}

/// The case that a closure mail closes, with its feedback; none if the mail went to an address that was corrected since.
fn closed_by(c: &mut Conn, mail: &Mail) -> Result<Option<(Case, Feedback)>> {
    let (Some(case_id), CLOSURE) = (mail.case_id, mail.template.as_str()) else { return Ok(None) };
    Ok(Some(store::by_id(c, case_id)?).filter(|(_, said)| said.person_id == Some(mail.person_id)))
}

/// A mail did not reach the originator: refused at once, or sent back later. Whoever works on the case hears of it.
pub fn mail_returned(c: &mut Conn, desk: &Desk, mail: &Mail, said_back: &str) -> Result<()> {
    let (Some(case_id), true) = (mail.case_id, Class::of(&mail.template).is_conversation()) else { return Ok(()) };
    let (mut case, said) = store::by_id(c, case_id)?;
    // It had gone to an address that was corrected since.
    if said.person_id != Some(mail.person_id) {
        return Ok(());
    }
    let event = if mail.template == CLOSURE && case.status == Status::Resolved {
        told(c, desk, case, &said, ToldHow::Bounced)?
    } else if mail.template == CLOSURE && case.came_back(desk.now) {
        moved(c, desk, case)?
    } else {
        note_event(c, desk, By::SYSTEM, case_id, "mail_returned", json!({"mail": mail.template}))?
    };
    let (case, said) = store::by_id(c, case_id)?;
    tell_staff(c, desk, event, Why::Returned, &case, &said, said_back)
}

/// The loop state goes back or forth after the case was closed.
fn moved(c: &mut Conn, desk: &Desk, mut case: Case) -> Result<i64> {
    keep(c, desk, &mut case)?;
    note_event(c, desk, By::SYSTEM, case.id, "told", json!({"how": case.told_how}))
}
