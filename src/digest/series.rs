//! Digests that come again and again: [`rule`] says when, [`edit`] what administrators decide, [`pages`] where.

pub mod edit;
pub mod pages;
pub mod rule;

use super::model::{Audience, Moves};
use crate::cases::actions::Desk;
use crate::council::dates::{Date, Rule, Toward};
use crate::db::Conn;
use crate::db::schema::digest_series;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::sla::calendar::Calendar;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;

/// The series that was there from the beginning: everybody who subscribed.
pub const EVERYBODY: i64 = 1;

/// A digest that comes again and again: for whom, when, from whom.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = digest_series, treat_none_as_null = true)]
pub struct Series {
    pub id: i64,
    pub name: String,
    pub audience: Audience,
    pub team_id: Option<i64>,
    pub site: Option<String>,
    pub segment: Option<String>,
    /// A cron rule, in the zone; none where somebody writes each digest by hand.
    pub rule: Option<String>,
    /// An IANA name.
    pub zone: String,
    pub calendar_id: Option<i64>,
    pub moves: Moves,
    /// Whether the hour is that of each reader's own clock.
    pub local: bool,
    /// A draft is made so long before it is sent: 0-30.
    pub days_ahead: i32,
    pub from_name: Option<String>,
    pub reply_to: Option<String>,
    pub intro_en: String,
    pub intro_ru: String,
    pub version: i32,
    /// Earlier dates of the rule are none of its own: it was made, changed or opened again then.
    pub since: Ts,
    pub closed_at: Option<Ts>,
}

impl Series {
    pub fn zone(&self) -> Result<Tz> {
        self.zone.parse().map_err(|_| Error::internal(format!("series {}: no time zone {:?}", self.id, self.zone)))
    }

    /// Its rule, ready to be asked; none where each digest is written by hand.
    pub fn rule(&self, now: DateTime<Utc>) -> Result<Option<Rule>> {
        let Some(rule) = &self.rule else { return Ok(None) };
        let unusable = |wrong| Error::internal(format!("series {}: its rule is {wrong:?}", self.id));
        Rule::parse(rule, self.zone()?, now).map(Some).map_err(unusable)
    }

    /// Whose days off it keeps.
    pub fn calendar<'a>(&self, desk: &'a Desk) -> Option<&'a Calendar> {
        self.calendar_id.and_then(|id| desk.rules.calendars.get(&id))
    }

    /// The first dates after a moment.
    pub fn dates(&self, desk: &Desk, after: DateTime<Utc>, most: usize) -> Result<Vec<Date>> {
        let Some(rule) = self.rule(desk.now)? else { return Ok(Vec::new()) };
        Ok(rule.dates_toward(after, self.calendar(desk), self.moves.toward()).take(most).collect())
    }

    /// The words that open its digests.
    pub fn intro(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.intro_en,
            Lang::Ru => &self.intro_ru,
        }
    }
}

impl Moves {
    pub fn toward(self) -> Toward {
        match self {
            Moves::Before => Toward::Before,
            Moves::After => Toward::After,
        }
    }
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Series> {
    digest_series::table.find(id).select(Series::as_select()).first(c)
}

pub fn by_name(c: &mut Conn, name: &str) -> QueryResult<Series> {
    digest_series::table.filter(digest_series::name.eq(name)).select(Series::as_select()).first(c)
}

/// All of them, by name.
pub fn all(c: &mut Conn) -> QueryResult<Vec<Series>> {
    digest_series::table.order((digest_series::name, digest_series::id)).select(Series::as_select()).load(c)
}

/// Those that go on, by name.
pub fn open(c: &mut Conn) -> QueryResult<Vec<Series>> {
    let open = digest_series::table.filter(digest_series::closed_at.is_null());
    open.order((digest_series::name, digest_series::id)).select(Series::as_select()).load(c)
}
