//! The ways that lead out of a digest's mail: to the page, to what its reader says about an item, and to no more of them.

use crate::error::Result;
use crate::mail::letters::Digest;
use crate::mail::ways::Ways;
use chrono::{DateTime, Utc};

/// Puts the ways of this reader into a letter. "This is not solved" is for those who asked; what came of words without a
/// change is answered on the page of those words.
pub fn give(ways: &Ways, edition_id: i64, reader_id: i64, letter: &mut Digest, now: DateTime<Utc>) -> Result<()> {
    letter.page_url = Some(ways.page_url(edition_id));
    letter.unsubscribe_url = ways.unsubscribe_url(reader_id)?;
    for told in letter.done.iter_mut().chain(&mut letter.declined).chain(&mut letter.doing) {
        match told.item {
            Some(item) => told.say_url = Some(ways.answer_url(reader_id, item)?),
            None => told.unsolved_url = Some(ways.tracking_url(told.tells, now)?),
        }
    }
    // What is still being made is not solved, and everybody knows it.
    for told in letter.done.iter_mut().chain(&mut letter.declined).filter(|told| told.own_words.is_some()) {
        if let Some(item) = told.item {
            told.unsolved_url = Some(ways.unsolved_url(reader_id, item)?);
        }
    }
    Ok(())
}
