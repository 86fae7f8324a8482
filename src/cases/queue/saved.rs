//! Filters that people keep for themselves.

use super::filter::{Asked, Filter};
use super::view::View;
use crate::db::Conn;
use crate::db::schema::saved_filters;
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use crate::web::forms::clean_line;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// How many each person may keep.
pub const MOST: usize = 30;
/// The longest name of one.
pub const MAX_NAME: usize = 60;

crate::text_enum! {
    /// Which page a filter narrows.
    pub enum Kept {
        Cases = "cases",
        Changes = "changes",
    }
}

/// A view and filter under a name.
#[derive(Clone, Debug, Queryable)]
pub struct Saved {
    pub id: i64,
    pub name: String,
    /// As the filter of its page writes it.
    pub query: String,
}

impl Saved {
    pub fn meaning(&self) -> (View, Filter) {
        let asked = Asked::read(&self.query);
        (asked.view(), asked.filter())
    }
}

/// What somebody keeps for a page, by name.
pub fn list(c: &mut Conn, person_id: i64, kept: Kept) -> QueryResult<Vec<Saved>> {
    saved_filters::table
        .filter(saved_filters::person_id.eq(person_id))
        .filter(saved_filters::page.eq(kept))
        .order((saved_filters::name, saved_filters::id))
        .select((saved_filters::id, saved_filters::name, saved_filters::query))
        .load(c)
}

/// Keeps a view and filter, as the filter of its page writes it, under a name of its own.
pub fn keep(c: &mut Conn, person_id: i64, kept: Kept, name: &str, query: &str, now: DateTime<Utc>) -> Result<()> {
    let name = checked_name(name)?;
    if list(c, person_id, kept)?.len() >= MOST {
        return Err(Error::Invalid(vec![FieldError::new("name", "error-too-many-filters").with("max", MOST)]));
    }
    let row = (
        saved_filters::id.eq(id::new_id()),
        saved_filters::person_id.eq(person_id),
        saved_filters::name.eq(name),
        saved_filters::query.eq(query.to_owned()),
        saved_filters::created_at.eq(Ts::from(now)),
        saved_filters::page.eq(kept),
    );
    diesel::insert_into(saved_filters::table).values(row).execute(c).map_err(taken)?;
    Ok(())
}

pub fn rename(c: &mut Conn, person_id: i64, id: i64, name: &str) -> Result<()> {
    let own = saved_filters::table.find(id).filter(saved_filters::person_id.eq(person_id));
    match diesel::update(own).set(saved_filters::name.eq(checked_name(name)?)).execute(c).map_err(taken)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

pub fn delete(c: &mut Conn, person_id: i64, id: i64) -> Result<()> {
    let own = saved_filters::table.find(id).filter(saved_filters::person_id.eq(person_id));
    match diesel::delete(own).execute(c)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn checked_name(typed: &str) -> Result<String> {
    let name = clean_line(typed);
    match name.chars().count() {
        0 => Err(Error::field("name", "error-required")),
        n if n > MAX_NAME => Err(Error::Invalid(vec![FieldError::new("name", "error-too-long").with("max", MAX_NAME)])),
        _ => Ok(name),
    }
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
