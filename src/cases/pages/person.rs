//! What else the same person told us, and how their scores went.

use crate::cases::history::{HistoryRow, Scores};
use crate::db::types::Ts;
use crate::feedback::store::Feedback;
use serde_json::{Value, json};

/// Earlier feedback that is listed; scores go further back.
const LISTED: usize = 8;

/// Earlier feedback, newest first.
pub fn history(rows: &[HistoryRow]) -> Value {
    let row = |row: &HistoryRow| {
        json!({
            "reference": row.reference,
            "title": row.title,
            "status": row.status,
            "outcome": row.outcome,
            "received_at": row.received_at,
            "scores": scores(row.scores),
        })
    };
    rows.iter().take(LISTED).map(row).collect()
}

/// The scores of one piece of feedback.
pub fn scores_of(said: &Feedback) -> Vec<Value> {
    scores(Scores { nps: said.nps, enps: said.enps, csat: said.csat, ces: said.ces })
}

fn scores(scores: Scores) -> Vec<Value> {
    measured(scores)
        .into_iter()
        .filter_map(|(name, score, of)| Some(json!({"name": name, "score": score?, "of": of})))
        .collect()
}

/// Each score the person gave before, by what was asked, newest first.
pub fn earlier_scores(rows: &[HistoryRow]) -> Vec<Value> {
    let given = |which: usize| -> Vec<(i16, Ts)> {
        let one = |row: &HistoryRow| measured(row.scores)[which].1.map(|score| (score, row.received_at));
        rows.iter().filter_map(one).collect()
    };
    measured(Scores::default())
        .into_iter()
        .enumerate()
        .map(|(which, (name, _, of))| (name, of, given(which)))
        .filter(|(_, _, given)| !given.is_empty())
        .map(|(name, of, given)| {
            let given: Vec<Value> = given.iter().map(|(score, at)| json!({"score": score, "at": at})).collect();
            json!({"name": name, "of": of, "given": given})
        })
        .collect()
}

/// What was asked, what they said, and the best they could say.
fn measured(scores: Scores) -> [(&'static str, Option<i16>, i16); 4] {
    [("NPS", scores.nps, 10), ("eNPS", scores.enps, 10), ("CSAT", scores.csat, 5), ("CES", scores.ces, 7)]
}
