//! The mail with the minutes, to everybody who sits in the council and whoever sat in for them.

use super::record::{self, Line};
use crate::cases::actions::Desk;
use crate::council::mail;
use crate::council::meeting::room;
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::addressee;
use crate::mail::letters::{Minutes, MinutesItem};
use std::collections::BTreeSet;

/// Queues one for each of them; the event is the signature.
pub fn send(c: &mut Conn, desk: &Desk, meeting: i64, event_id: i64) -> Result<()> {
    let (record, seen) = record::read(c, meeting, desk.now)?;
    let letter = Minutes {
        council: record.council,
        met_at: record.started_at.unwrap_or(record.starts_at),
        signed_by: record.signed_by.unwrap_or_default(),
        items: record.items.into_iter().map(item).collect(),
        minutes_url: desk.url(&format!("/council/meetings/{meeting}/minutes")),
    };
    let mut readers: BTreeSet<i64> = seen.members.iter().map(|(member, _)| member.person_id).collect();
    readers.extend(room::attendance(c, meeting)?.into_iter().map(|there| there.person_id));
    for person_id in readers {
        // Whoever has no address reads them on the page.
        let person = addressee(c, person_id)?;
        mail::queue(c, event_id, person, "minutes", &letter, desk.now)?;
    }
    Ok(())
}

fn item(line: Line) -> MinutesItem {
    MinutesItem {
        title: line.title,
        decision: line.decision.as_str().to_owned(),
        recommended: line.recommended && line.ratified_at.is_none(),
        reason: line.reason,
        owner: line.owner,
        due_on: line.due_on,
    }
}
