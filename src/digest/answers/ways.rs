//! The ways that lead out of a digest's mail: to the page, to what its reader says about an item, and to no more of them.

use crate::error::Result;
use crate::mail::letters::{Digest, DigestItem};
use crate::mail::ways::Ways;
use chrono::{DateTime, Utc};

/// Puts the ways of this reader into a letter. "This is not solved" is for those who asked; what came of words without a
/// change is answered on the page of those words.
pub fn give(ways: &Ways, edition_id: i64, reader_id: i64, letter: &mut Digest, now: DateTime<Utc>) -> Result<()> {
    letter.page_url = Some(ways.page_url(edition_id));
    letter.unsubscribe_url = ways.unsubscribe_url(reader_id)?;
    for (told, finished) in items(letter) {
        match told.item {
            Some(item) => told.say_url = Some(ways.answer_url(reader_id, item)?),
            None => told.unsolved_url = Some(ways.tracking_url(told.tells, now)?),
        }
        if let Some(item) = told.item.filter(|_| finished && told.own_words.is_some()) {
            told.unsolved_url = Some(ways.unsolved_url(reader_id, item)?);
        }
    }
    Ok(())
}

/// Puts in what such ways look like, for somebody who may look at the letter and not go them.
pub fn hide(ways: &Ways, letter: &mut Digest) {
    let hidden = || Some(ways.hidden_answer_url());
    letter.page_url = Some(ways.hidden_page_url());
    letter.unsubscribe_url = ways.hidden_unsubscribe_url();
    for (told, finished) in items(letter) {
        told.say_url = hidden().filter(|_| told.item.is_some());
        told.unsolved_url = hidden().filter(|_| finished && told.own_words.is_some());
    }
}

/// Each item, and whether it is finished: what is still being made is not solved, and everybody knows it.
fn items(letter: &mut Digest) -> impl Iterator<Item = (&mut DigestItem, bool)> {
    let finished = letter.done.iter_mut().chain(&mut letter.declined).map(|told| (told, true));
    finished.chain(letter.doing.iter_mut().map(|told| (told, false)))
}
