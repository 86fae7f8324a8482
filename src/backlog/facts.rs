//! Evidence that is no case: a figure, a survey's answer, a reason people come back.

use super::actions::record;
use super::plan::is_web_address;
use super::store::Change;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{change_facts, people};
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result};
use crate::id;
use crate::journal::By;
use crate::web::forms::clean_line;
use diesel::prelude::*;
use serde_json::json;

crate::text_enum! {
    /// Where a fact comes from.
    pub enum Kind {
        Metric = "metric",
        Survey = "survey",
        RepeatReason = "repeat_reason",
        Other = "other",
    }
}

const LONGEST: usize = 500;
const LONGEST_ADDRESS: usize = 500;

/// A fact, and who noted it.
#[derive(Clone, Debug, Queryable)]
pub struct Fact {
    pub id: i64,
    pub kind: Kind,
    pub text: String,
    pub url: Option<String>,
    pub noted_by: Option<String>,
    pub noted_at: Ts,
}

/// The facts behind a change, in the order they were noted.
pub fn list(c: &mut Conn, change_id: i64) -> QueryResult<Vec<Fact>> {
    change_facts::table
        .left_join(people::table.on(people::id.nullable().eq(change_facts::noted_by)))
        .filter(change_facts::change_id.eq(change_id))
        .order(change_facts::id)
        .select((
            change_facts::id,
            change_facts::kind,
            change_facts::text,
            change_facts::url,
            people::name.nullable(),
            change_facts::noted_at,
        ))
        .load(c)
}

/// Notes a fact; a link to where it can be looked up may stand beside it.
pub fn add(c: &mut Conn, desk: &Desk, by: By, change: &Change, kind: Kind, text: &str, url: &str) -> Result<()> {
    change.must_be_active()?;
    let (text, url) = (clean_line(text), clean_line(url));
    let mut wrong = Vec::new();
    if text.is_empty() {
        wrong.push(FieldError::new("fact", "error-required"));
    }
    if text.chars().count() > LONGEST {
        wrong.push(FieldError::new("fact", "error-too-long").with("max", LONGEST));
    }
    if url.chars().count() > LONGEST_ADDRESS {
        wrong.push(FieldError::new("fact_url", "error-too-long").with("max", LONGEST_ADDRESS));
    } else if !url.is_empty() && !is_web_address(&url) {
        wrong.push(FieldError::new("fact_url", "error-web-address"));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let row = (
        change_facts::id.eq(id::new_id()),
        change_facts::change_id.eq(change.id),
        change_facts::kind.eq(kind),
        change_facts::text.eq(&text),
        change_facts::url.eq(Some(url).filter(|url| !url.is_empty())),
        change_facts::noted_by.eq(by.id),
        change_facts::noted_at.eq(Ts::from(desk.now)),
    );
    diesel::insert_into(change_facts::table).values(row).execute(c)?;
    record(c, desk, by, change, "fact_added", json!({"what": text}))
}

/// Takes a fact back; the journal keeps what it said.
pub fn remove(c: &mut Conn, desk: &Desk, by: By, change: &Change, fact_id: i64) -> Result<()> {
    change.must_be_active()?;
    let fact = change_facts::table.filter(change_facts::id.eq(fact_id).and(change_facts::change_id.eq(change.id)));
    let text: String = fact.select(change_facts::text).first(c)?;
    diesel::delete(fact).execute(c)?;
    record(c, desk, by, change, "fact_removed", json!({"what": text}))
}
