//! What became of an edition: how far it is, and how its mails fared.

use super::audience;
use crate::db::Conn;
use crate::db::schema::{digest_answers, outbox};
use crate::digest::editions::Edition;
use crate::digest::model::{Skip, Standing};
use crate::digest::series;
use crate::mail::outbox::{Status, UNDELIVERABLE, UNSUBSCRIBED};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::Serialize;

/// How many were left out for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub why: Skip,
    pub n: i64,
}

/// Where an edition stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Readers that were gone through, of how many; counted only while it goes on.
    pub done: i64,
    pub of: Option<i64>,
    pub mails: i64,
    pub sent: i64,
    pub waiting: i64,
    /// Refused by their server, at once or later.
    pub bounced: i64,
    /// Opted out between queueing and leaving.
    pub opted_out: i64,
    /// Not sent for another reason.
    pub held_back: i64,
    pub failed: i64,
    pub answered: i64,
    /// All of them together, nobody's in particular.
    pub clicks: i64,
    pub skips: Vec<Skipped>,
}

/// Counts it all: a few look-ups by index.
pub fn of(c: &mut Conn, edition: &Edition) -> QueryResult<Report> {
    let mut report = Report { clicks: edition.clicks, skips: skips(edition), ..Report::default() };
    for (status, said, n) in mails(c, edition.id)? {
        report.mails += n;
        report.count(status, said.as_deref().unwrap_or_default(), n);
    }
    report.answered =
        digest_answers::table.filter(digest_answers::edition_id.eq(edition.id)).select(count_star()).first(c)?;
    report.done = edition.recipients + report.skips.iter().map(|skipped| skipped.n).sum::<i64>();
    if matches!(edition.status, Standing::Sending | Standing::Paused) && edition.queued_at.is_none() {
        let series = series::find(c, edition.series_id)?;
        report.of = Some(audience::count(c, &series)?);
    }
    Ok(report)
}

impl Report {
    fn count(&mut self, status: Status, said: &str, n: i64) {
        let place = match status {
            Status::Sent => &mut self.sent,
            Status::Queued | Status::Leased | Status::Retry | Status::Unknown => &mut self.waiting,
            Status::Failed => &mut self.failed,
            Status::Suppressed if said == UNSUBSCRIBED => &mut self.opted_out,
            Status::Suppressed if is_bounce(said) => &mut self.bounced,
            Status::Suppressed => &mut self.held_back,
        };
        *place += n;
    }
}

/// What a server said begins with its code.
fn is_bounce(said: &str) -> bool {
    said.starts_with(UNDELIVERABLE) || said.starts_with(['4', '5'])
}

/// In the order of the reasons.
fn skips(edition: &Edition) -> Vec<Skipped> {
    let count = |why: Skip| edition.skips.0.get(why.as_str()).and_then(serde_json::Value::as_i64);
    Skip::ALL.iter().filter_map(|why| Some(Skipped { why: *why, n: count(*why)? })).collect()
}

/// By state, and for those that were held back by what was said: they are few.
fn mails(c: &mut Conn, id: i64) -> QueryResult<Vec<(Status, Option<String>, i64)>> {
    // Said in full, because only so SQLite sees that the index of digests serves it.
    let of =
        || outbox::table.filter(diesel::dsl::sql::<Bool>("outbox.template = 'digest'").and(outbox::event_id.eq(id)));
    let states: Vec<(Status, i64)> = of()
        .filter(outbox::status.ne(Status::Suppressed))
        .group_by(outbox::status)
        .select((outbox::status, count_star()))
        .load(c)?;
    let held: Vec<(Option<String>, i64)> = of()
        .filter(outbox::status.eq(Status::Suppressed))
        .group_by(outbox::reply)
        .select((outbox::reply, count_star()))
        .load(c)?;
    let states = states.into_iter().map(|(status, n)| (status, None, n));
    Ok(states.chain(held.into_iter().map(|(said, n)| (Status::Suppressed, said, n))).collect())
}
