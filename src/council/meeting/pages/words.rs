//! What a meeting is, as templates take it.

use crate::council::meeting::live::Picture;
use crate::council::meeting::votes::Tally;
use crate::council::model::{Decision, ItemState, Vote};
use crate::council::store::Item;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

/// What was decided of an item, with the votes behind it.
#[derive(Serialize)]
pub struct Outcome {
    pub decision: Option<Decision>,
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub quick_fix: bool,
    pub quota_reason: Option<String>,
    /// It was decided without a quorum, and nobody ratified it.
    pub recommended: bool,
    pub ratified: bool,
    pub bars: Vec<Bar>,
}

/// One choice and how many said so.
#[derive(Serialize)]
pub struct Bar {
    pub vote: Vote,
    pub n: usize,
    pub of: usize,
}

pub fn bars(tally: Tally) -> Vec<Bar> {
    Vote::ALL.iter().map(|&vote| Bar { vote, n: tally.count(vote), of: tally.all() }).collect()
}

/// What was decided; none as long as nothing was.
pub fn outcome(picture: &Picture, item: &Item) -> Option<Outcome> {
    (item.state == ItemState::Done).then(|| Outcome {
        decision: item.decision,
        reason: item.reason.clone(),
        owner: item.owner_id.map(|id| picture.name(id).to_owned()),
        due_on: item.due_on,
        quick_fix: item.quick_fix,
        quota_reason: item.quota_reason.clone(),
        recommended: !item.binds() && item.recommended,
        ratified: item.ratified_at.is_some(),
        bars: picture.tally(item).map(bars).unwrap_or_default(),
    })
}

/// The seats of a council and how many are there.
pub fn strengths(picture: &Picture) -> Vec<Value> {
    let seat = |strength: &crate::council::meeting::quorum::Strength| {
        json!({
            "seat": strength.seat,
            "present": strength.present,
            "members": strength.members,
            "needed": strength.needed,
            "enough": strength.is_enough(),
        })
    };
    picture.strengths.iter().map(seat).collect()
}
