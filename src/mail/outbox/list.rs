//! What administrators look up.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::undeliverable;
use super::{Mail, Status, Try};
use crate::db::Conn;
use crate::db::schema::{feedback, outbox};
use crate::db::types::{Doc, Ts};
use crate::id;

/// Which mails of the outbox.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub status: Option<Status>,
    /// An address, or the reference of a case.
    pub about: Option<String>,
}

impl Filter {
    /// The newest of them, from before the (time, id) of the last one seen.
    pub fn newest(&self, c: &mut Conn, before: Option<(Ts, i64)>, most: i64) -> QueryResult<Vec<Mail>> {
        let mut query = outbox::table.select(Mail::as_select()).into_boxed();
        if let Some(status) = self.status {
            query = query.filter(outbox::status.eq(status));
        }
        match self.about.as_deref().map(|about| (about, id::parse_reference(about))) {
            Some((about, Some(reference))) if !about.contains('@') => {
                let case: Option<i64> = feedback::table
                    .filter(feedback::reference.eq(reference))
                    .select(feedback::id)
                    .first(c)
                    .optional()?;
                let Some(case) = case else { return Ok(Vec::new()) };
                query = query.filter(outbox::case_id.eq(case));
            }
            // As it was typed, or as it is kept.
            Some((about, _)) => {
                query = query.filter(outbox::address.eq_any([about.to_owned(), undeliverable::normal(about)]));
            }
            None => {}
        }
        if let Some((at, id)) = before {
            // The form both databases answer from the index.
            query = query.filter(outbox::created_at.le(at)).filter(outbox::created_at.lt(at).or(outbox::id.lt(id)));
        }
        query.order((outbox::created_at.desc(), outbox::id.desc())).limit(most).load(c)
    }
}

/// How many mails are in each state.
pub fn counts(c: &mut Conn) -> QueryResult<BTreeMap<Status, i64>> {
    let rows: Vec<(Status, i64)> =
        outbox::table.group_by(outbox::status).select((outbox::status, count_star())).load(c)?;
    Ok(rows.into_iter().collect())
}

/// One mail.
pub fn find(c: &mut Conn, id: i64) -> QueryResult<Mail> {
    outbox::table.find(id).select(Mail::as_select()).first(c)
}

/// Every try of a mail that it remembers, the first one first. What an older version wrote is left out, not failed over.
pub fn tries(c: &mut Conn, id: i64) -> QueryResult<Vec<Try>> {
    let Doc(tries) = outbox::table.find(id).select(outbox::tries).first(c)?;
    let tries = tries.as_array().cloned().unwrap_or_default();
    Ok(tries.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect())
}
