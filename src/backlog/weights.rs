//! Sets of weights of the priority score, kept by admins. One of them may be in use; else the settings say what counts.

use crate::config::Weights;
use crate::db::Conn;
use crate::db::schema::weight_sets;
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use crate::journal::By;
use crate::people::model::checked_name;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// The largest weight; beyond it the other one would not matter.
const MAX_WEIGHT: f64 = 100.0;

/// Weights under a name.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = weight_sets)]
pub struct WeightSet {
    pub id: i64,
    pub name: String,
    pub ex: f64,
    pub cx: f64,
    pub in_use: bool,
    pub updated_at: Ts,
}

impl WeightSet {
    pub fn weights(&self) -> Weights {
        Weights { ex: self.ex, cx: self.cx }
    }
}

/// Every set, by name.
pub fn list(c: &mut Conn) -> QueryResult<Vec<WeightSet>> {
    weight_sets::table.order((weight_sets::name, weight_sets::id)).select(WeightSet::as_select()).load(c)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<WeightSet> {
    weight_sets::table.find(id).select(WeightSet::as_select()).first(c)
}

/// What a point of impact weighs now; `settings` where no set is in use.
pub fn in_use(c: &mut Conn, settings: Weights) -> QueryResult<Weights> {
    let used = weight_sets::table.filter(weight_sets::in_use.eq(true)).select((weight_sets::ex, weight_sets::cx));
    let used: Option<(f64, f64)> = used.first(c).optional()?;
    Ok(used.map_or(settings, |(ex, cx)| Weights { ex, cx }))
}

/// Keeps a set: a new one, or `id` with other weights.
pub fn keep(c: &mut Conn, id: Option<i64>, name: &str, weights: Weights, by: By, now: DateTime<Utc>) -> Result<i64> {
    let name = checked_name("name", name)?;
    let weights = checked(weights)?;
    let values = (
        weight_sets::name.eq(name),
        weight_sets::ex.eq(weights.ex),
        weight_sets::cx.eq(weights.cx),
        weight_sets::updated_by.eq(by.id),
        weight_sets::updated_at.eq(Ts::from(now)),
    );
    let taken = |e| if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() };
    let Some(id) = id else {
        let id = id::new_id();
        let row = (weight_sets::id.eq(id), weight_sets::in_use.eq(false), values);
        diesel::insert_into(weight_sets::table).values(row).execute(c).map_err(taken)?;
        return Ok(id);
    };
    match diesel::update(weight_sets::table.find(id)).set(values).execute(c).map_err(taken)? {
        0 => Err(Error::NotFound),
        _ => Ok(id),
    }
}

/// Scores with this set from now on; with those of the settings if there is none.
pub fn put_to_use(c: &mut Conn, id: Option<i64>) -> Result<()> {
    diesel::update(weight_sets::table).set(weight_sets::in_use.eq(false)).execute(c)?;
    match id {
        None => Ok(()),
        Some(id) => match diesel::update(weight_sets::table.find(id)).set(weight_sets::in_use.eq(true)).execute(c)? {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        },
    }
}

/// A set that is in use stays.
pub fn delete(c: &mut Conn, id: i64) -> Result<()> {
    if find(c, id)?.in_use {
        return Err(Error::Conflict("error-weights-in-use"));
    }
    diesel::delete(weight_sets::table.find(id)).execute(c)?;
    Ok(())
}

/// Names every weight that cannot be one; with two of nothing every change would score the same.
pub fn checked(weights: Weights) -> Result<Weights> {
    let range = |field: &str| FieldError::new(field, "error-number-range").with("min", 0).with("max", MAX_WEIGHT);
    let wrong: Vec<FieldError> = [("ex", weights.ex), ("cx", weights.cx)]
        .into_iter()
        .filter(|(_, weight)| !(0.0..=MAX_WEIGHT).contains(weight))
        .map(|(field, _)| range(field))
        .collect();
    match wrong.is_empty() {
        false => Err(Error::Invalid(wrong)),
        true if weights.ex + weights.cx == 0.0 => Err(Error::field("ex", "error-weights-of-nothing")),
        true => Ok(weights),
    }
}
