//! The silent vote: one seat, one vote, which may change until all of them are shown together.

use super::room;
use super::run;
use super::seats;
use crate::backlog::store::Change;
use crate::council::model::{ItemState, Vote};
use crate::council::store::Item;
use crate::db::Conn;
use crate::db::schema::changes;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

/// What all seats said together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub accept: usize,
    pub not_now: usize,
    pub decline: usize,
    pub need_data: usize,
}

impl Tally {
    pub fn of(votes: impl IntoIterator<Item = Vote>) -> Tally {
        votes.into_iter().fold(Tally::default(), |mut tally, vote| {
            *tally.place(vote) += 1;
            tally
        })
    }

    pub fn count(&self, vote: Vote) -> usize {
        *self.clone().place(vote)
    }

    pub fn all(&self) -> usize {
        self.accept + self.not_now + self.decline + self.need_data
    }

    fn place(&mut self, vote: Vote) -> &mut usize {
        match vote {
            Vote::Accept => &mut self.accept,
            Vote::NotNow => &mut self.not_now,
            Vote::Decline => &mut self.decline,
            Vote::NeedData => &mut self.need_data,
        }
    }
}

/// The change an item is about, as it stands now; none of a topic.
pub fn change_of(c: &mut Conn, item: &Item) -> QueryResult<Option<Change>> {
    let Some(id) = item.change_id else { return Ok(None) };
    changes::table.find(id).select(Change::as_select()).first(c).optional()
}

/// Whether there is still something to decide about a change: people were not told the end of it, and nobody put it away.
pub fn is_open(change: &Change) -> bool {
    !change.status.is_finished() && change.archived_at.is_none() && change.merged_into.is_none()
}

/// Refuses an item without a change that can be decided.
pub fn decidable(c: &mut Conn, item: &Item) -> Result<Change> {
    match change_of(c, item)? {
        Some(change) if is_open(&change) => Ok(change),
        Some(_) => Err(Error::Conflict("error-change-is-gone")),
        None => Err(Error::Conflict("error-nothing-to-vote")),
    }
}

/// Opens the vote, or opens it anew: what was said before is forgotten.
pub fn open(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64) -> Result<()> {
    let meeting = run::steer(c, viewer, id)?;
    let mut item = run::on_screen(c, &meeting, item_id)?;
    match item.state {
        // Pressed twice; the votes that came in between stay.
        ItemState::Voting => return Ok(()),
        ItemState::Done => return Err(Error::Conflict("error-decided-already")),
        ItemState::Waiting | ItemState::Revealed => {}
    }
    decidable(c, &item)?;
    room::forget_votes(c, item.id)?;
    item.state = ItemState::Voting;
    Ok(room::save_item(c, &item)?)
}

/// Casts the vote of the seat a person holds, or changes it. Two phones of one seat cast one vote: the later.
pub fn cast(c: &mut Conn, id: i64, person: i64, item_id: i64, vote: Vote, now: DateTime<Utc>) -> Result<()> {
    let meeting = run::running(c, id)?;
    let item = run::on_screen(c, &meeting, item_id)?;
    if item.state != ItemState::Voting {
        return Err(Error::Conflict("error-vote-is-over"));
    }
    let seat = seats::seated(c, id, person)?;
    Ok(room::vote(c, item.id, seat, vote, now)?)
}

/// Shows all votes at once; from now on none is taken.
pub fn reveal(c: &mut Conn, viewer: &Viewer, id: i64, item_id: i64) -> Result<()> {
    let meeting = run::steer(c, viewer, id)?;
    let mut item = run::on_screen(c, &meeting, item_id)?;
    match item.state {
        ItemState::Revealed => return Ok(()),
        ItemState::Voting => item.state = ItemState::Revealed,
        _ => return Err(Error::Conflict("error-meeting-moved-on")),
    }
    Ok(room::save_item(c, &item)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_are_counted_by_what_they_say() {
        let tally = Tally::of([Vote::Accept, Vote::NeedData, Vote::Accept]);
        assert_eq!((tally.accept, tally.count(Vote::NeedData), tally.decline, tally.all()), (2, 1, 0, 3));
    }
}
