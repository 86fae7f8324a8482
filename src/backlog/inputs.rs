//! Who set the inputs of a score, and when: a score is only as fresh as what it is made of.

use super::score::Inputs;
use super::store::Change;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::change_inputs;
use crate::db::types::Ts;
use crate::journal::By;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

crate::text_enum! {
    /// A number that a score is made of and that somebody sets.
    pub enum Input {
        Ex = "ex",
        Cx = "cx",
        Effort = "effort",
        Confidence = "confidence",
        Impact = "impact",
        DelayCost = "delay_cost",
    }
}

impl Input {
    /// What it is now; none where nobody set it.
    pub fn of(self, change: &Change) -> Option<f64> {
        match self {
            Input::Ex => Some(f64::from(change.ex)),
            Input::Cx => Some(f64::from(change.cx)),
            Input::Effort => Some(change.effort),
            Input::Confidence => Some(change.confidence),
            Input::Impact => change.impact,
            Input::DelayCost => change.delay_cost,
        }
    }
}

impl Change {
    /// What its scores are made of, with so many people behind it.
    pub fn inputs(&self, people: i64) -> Inputs {
        Inputs {
            reach: people,
            ex: self.ex,
            cx: self.cx,
            effort: self.effort,
            confidence: self.confidence,
            impact: self.impact,
            delay_cost: self.delay_cost,
        }
    }
}

/// Notes who set those inputs that differ; of a new change (`before` is none) whatever it has.
pub fn note(c: &mut Conn, before: Option<&Change>, after: &Change, by: By, now: DateTime<Utc>) -> QueryResult<()> {
    let before = |input: Input| before.and_then(|change| input.of(change));
    for input in Input::ALL.iter().copied().filter(|input| before(*input) != input.of(after)) {
        set(c, after.id, input, by, now)?;
    }
    Ok(())
}

/// Notes that somebody set this input, or looked at it and found it still right.
pub fn set(c: &mut Conn, change_id: i64, input: Input, by: By, now: DateTime<Utc>) -> QueryResult<()> {
    let (who, when) = (change_inputs::set_by.eq(by.id), change_inputs::set_at.eq(Ts::from(now)));
    let row = (change_inputs::change_id.eq(change_id), change_inputs::input.eq(input), who, when);
    let insert = diesel::insert_into(change_inputs::table).values(row);
    let key = (change_inputs::change_id, change_inputs::input);
    Portable(insert.on_conflict(key).do_update().set((who, when))).execute(c)?;
    Ok(())
}
