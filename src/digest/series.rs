//! Digests that come again and again.

use super::model::{Audience, Moves};
use crate::db::Conn;
use crate::db::schema::digest_series;
use crate::db::types::Ts;
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
    pub closed_at: Option<Ts>,
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Series> {
    digest_series::table.find(id).select(Series::as_select()).first(c)
}
