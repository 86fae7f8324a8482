//! One digest each: the draft, and what became of it.

use super::model::Standing;
use super::numbers::Numbers;
use super::period::Period;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::digest_editions;
use crate::db::types::{Doc, Ts};
use crate::id;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::json;

/// One digest of a series.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = digest_editions)]
pub struct Edition {
    pub id: i64,
    pub series_id: i64,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// When the rule wanted it.
    pub slot_at: Option<Ts>,
    /// When it goes out once it is approved; none: at once.
    pub send_at: Option<Ts>,
    pub status: Standing,
    pub made_at: Ts,
    /// What happened later is not in it; none while it is a draft.
    pub until_at: Option<Ts>,
    pub intro_en: String,
    pub intro_ru: String,
    pub ask_en: String,
    pub ask_ru: String,
    pub numbers: Numbers,
    pub created_by: Option<i64>,
    pub submitted_by: Option<i64>,
    pub submitted_at: Option<Ts>,
    pub approved_by: Option<i64>,
    pub approved_at: Option<Ts>,
    /// The last reader that was gone through.
    pub cursor_id: Option<i64>,
    pub runner: Option<String>,
    pub runner_until: Option<Ts>,
    pub recipients: i64,
    /// How many were left out, by reason.
    pub skips: Doc,
    pub clicks: i64,
    /// Why it was stopped, or not sent at all.
    pub why: Option<String>,
    /// When the last of its mails had been queued.
    pub queued_at: Option<Ts>,
    pub version: i32,
}

impl Edition {
    pub fn period(&self) -> Period {
        Period { first: self.starts_on, last: self.ends_on }
    }

    /// Up to when it tells what happened.
    pub fn until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.until_at.map_or(now, |until| *until)
    }

    /// A fresh draft.
    pub fn draft(series: i64, period: Period, now: DateTime<Utc>) -> Edition {
        Edition {
            id: id::new_id(),
            series_id: series,
            starts_on: period.first,
            ends_on: period.last,
            slot_at: None,
            send_at: None,
            status: Standing::Draft,
            made_at: now.into(),
            until_at: None,
            intro_en: String::new(),
            intro_ru: String::new(),
            ask_en: String::new(),
            ask_ru: String::new(),
            numbers: Numbers::default(),
            created_by: None,
            submitted_by: None,
            submitted_at: None,
            approved_by: None,
            approved_at: None,
            cursor_id: None,
            runner: None,
            runner_until: None,
            recipients: 0,
            skips: Doc(json!({})),
            clicks: 0,
            why: None,
            queued_at: None,
            version: 1,
        }
    }
}

/// Writes a draft; false if there is one for this date, or these days, already.
pub fn make(c: &mut Conn, edition: Edition) -> QueryResult<bool> {
    let insert = diesel::insert_into(digest_editions::table).values(edition).on_conflict_do_nothing();
    Portable(insert).execute(c).map(|rows| rows == 1)
}

/// Whether an edition of the rule is still being written or sent.
pub fn open_slot(c: &mut Conn, series: i64) -> QueryResult<bool> {
    let open = digest_editions::table
        .filter(digest_editions::series_id.eq(series).and(digest_editions::slot_at.is_not_null()))
        .filter(digest_editions::status.ne_all([Standing::Sent, Standing::Stopped, Standing::Skipped]));
    Ok(open.select(digest_editions::id).first::<i64>(c).optional()?.is_some())
}

/// The last edition that the rule asked for.
pub fn last_slot(c: &mut Conn, series: i64) -> QueryResult<Option<Edition>> {
    digest_editions::table
        .filter(digest_editions::series_id.eq(series).and(digest_editions::slot_at.is_not_null()))
        .order(digest_editions::slot_at.desc())
        .select(Edition::as_select())
        .first(c)
        .optional()
}

/// The last day that an edition of the series has told about. What was stopped or left out is told by the next one.
pub fn told_until(c: &mut Conn, series: i64) -> QueryResult<Option<NaiveDate>> {
    digest_editions::table
        .filter(digest_editions::series_id.eq(series).and(digest_editions::until_at.is_not_null()))
        .filter(digest_editions::status.ne_all([Standing::Skipped, Standing::Stopped]))
        .select(max(digest_editions::ends_on))
        .first(c)
}

pub fn of_period(c: &mut Conn, series: i64, period: Period) -> QueryResult<Option<Edition>> {
    digest_editions::table
        .filter(digest_editions::series_id.eq(series))
        .filter(digest_editions::starts_on.eq(period.first).and(digest_editions::ends_on.eq(period.last)))
        .select(Edition::as_select())
        .first(c)
        .optional()
}

/// The digest of this period, being sent from now on; whoever comes second gets the one that is there.
pub fn open(c: &mut Conn, series: i64, period: Period, now: DateTime<Utc>) -> QueryResult<Edition> {
    let at = Some(Ts::from(now));
    let row = Edition { status: Standing::Sending, until_at: at, ..Edition::draft(series, period, now) };
    Portable(diesel::insert_into(digest_editions::table).values(row).on_conflict_do_nothing()).execute(c)?;
    of_period(c, series, period)?.ok_or(diesel::result::Error::NotFound)
}

/// Marks a digest as queued; true for the one who did it first.
pub fn finish(c: &mut Conn, id: i64, now: DateTime<Utc>) -> QueryResult<bool> {
    let unfinished = digest_editions::table.find(id).filter(digest_editions::queued_at.is_null());
    let set = (digest_editions::queued_at.eq(Some(Ts::from(now))), digest_editions::status.eq(Standing::Sent));
    Ok(diesel::update(unfinished).set(set).execute(c)? == 1)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Edition> {
    digest_editions::table.find(id).select(Edition::as_select()).first(c)
}

/// Which editions to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    pub series: Option<i64>,
    pub status: Option<Standing>,
}

/// The digests of the last periods, newest first.
pub fn newest(c: &mut Conn, listed: Listed, most: i64) -> QueryResult<Vec<Edition>> {
    let mut rows = digest_editions::table.into_boxed();
    if let Some(series) = listed.series {
        rows = rows.filter(digest_editions::series_id.eq(series));
    }
    if let Some(status) = listed.status {
        rows = rows.filter(digest_editions::status.eq(status));
    }
    rows.order((digest_editions::ends_on.desc(), digest_editions::starts_on.desc(), digest_editions::id.desc()))
        .limit(most)
        .select(Edition::as_select())
        .load(c)
}

/// Other digests of the series that share days with this period and were fixed before `until`.
pub fn earlier(c: &mut Conn, series: i64, period: Period, until: DateTime<Utc>) -> QueryResult<Vec<Edition>> {
    let mut rows: Vec<Edition> = digest_editions::table
        .filter(digest_editions::series_id.eq(series))
        .filter(digest_editions::starts_on.le(period.last).and(digest_editions::ends_on.ge(period.first)))
        .filter(digest_editions::until_at.lt(Some(Ts::from(until))))
        .select(Edition::as_select())
        .load(c)?;
    rows.retain(|row| row.period() != period);
    Ok(rows)
}
