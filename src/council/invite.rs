//! Mails about a meeting, each with an entry for the reader's calendar.

use super::store::{Council, Item, Meeting};
use super::{agenda, councils, mail, members, words};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::store::addressee;
use crate::i18n::Lang;
use crate::journal::{self, By, Event, Subject};
use crate::mail::letters::{self, CouncilItem};
use crate::people::absence::colleague;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

crate::text_enum! {
    /// What members hear of.
    pub enum Why {
        Invited = "invited",
        /// Another time.
        Moved = "moved",
        /// Another place, length or name.
        Changed = "changed",
        Cancelled = "cancelled",
        /// They do not sit in the council any more.
        Left = "left",
        /// It is tomorrow.
        Reminded = "reminded",
    }
}

/// Tells all members, and whoever sits in for those who are away then. Returns how many readers there are.
pub fn everybody(c: &mut Conn, desk: &Desk, meeting: &Meeting, why: Why) -> Result<usize> {
    let readers = readers(c, meeting)?;
    tell(c, desk, meeting, why, &readers)?;
    Ok(readers.len())
}

/// Tells one person.
pub fn one(c: &mut Conn, desk: &Desk, meeting: &Meeting, person_id: i64, why: Why) -> Result<()> {
    tell(c, desk, meeting, why, &BTreeSet::from([person_id]))
}

fn readers(c: &mut Conn, meeting: &Meeting) -> QueryResult<BTreeSet<i64>> {
    let mut readers = BTreeSet::new();
    for seated in members::list(c, meeting.council_id)? {
        readers.insert(seated.member.person_id);
        let away = colleague(c, seated.member.person_id)?.is_some_and(|member| member.is_away(*meeting.starts_at));
        readers.extend(seated.member.delegate_id.filter(|_| away));
    }
    Ok(readers)
}

/// One event and a mail to each: nobody gets two from the same.
fn tell(c: &mut Conn, desk: &Desk, meeting: &Meeting, why: Why, readers: &BTreeSet<i64>) -> Result<()> {
    if readers.is_empty() {
        return Ok(());
    }
    let council = councils::find(c, meeting.council_id)?;
    let items = agenda::items(c, meeting.id)?;
    let said = json!({"why": why, "readers": readers.len()});
    let event = Event::new(By::SYSTEM, Subject::Council, meeting.id, "meeting_told", said, desk.now);
    let event_id = journal::append(c, event)?;
    for reader in readers {
        let person = addressee(c, *reader)?;
        let letter = letter(desk, &council, meeting, why, person.lang, &items)?;
        mail::queue(c, event_id, person, "council", &letter, desk.now)?;
    }
    Ok(())
}

fn letter(
    desk: &Desk,
    council: &Council,
    meeting: &Meeting,
    why: Why,
    lang: Lang,
    items: &[Item],
) -> Result<letters::Council> {
    let line = |item: &Item| CouncilItem {
        title: item.title.clone(),
        minutes: item.minutes.into(),
        quick_fix: item.quick_fix,
    };
    Ok(letters::Council {
        why: why.to_string(),
        council: council.name.clone(),
        meeting_id: meeting.id,
        sequence: meeting.version.unsigned_abs(),
        starts_at: *meeting.starts_at,
        when: words::when(lang, council.zone()?, *meeting.starts_at),
        minutes: council.minutes.into(),
        place: council.place.clone(),
        agenda: items.iter().map(line).collect(),
        url: desk.url(&format!("/council/meetings/{}", meeting.id)),
    })
}
