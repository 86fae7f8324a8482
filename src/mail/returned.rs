//! Mails that were taken by a server and came back later.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::outbox::{self, Mail, Status, Try};
use super::undeliverable::{self, Kind};
use crate::db::Conn;
use crate::db::schema::outbox as rows;
use crate::db::types::{Doc, Ts};

/// Why a mail that was waiting is not sent any more, as its row says.
pub const CORRECTED: &str = "the address was corrected";

/// Records that a mail came back: its row says so, and its address is stopped or counted. Returns the mail if that is news;
/// a second report about it, or one about a mail that is gone, is none.
pub fn came_back(c: &mut Conn, id: i64, kind: Kind, said: &str, now: DateTime<Utc>) -> QueryResult<Option<Mail>> {
    let Some(mail) = outbox::find(c, id).optional()? else { return Ok(None) };
    undeliverable::note(c, &mail.address, kind, said, now)?;
    let status = match kind {
        Kind::Hard => Status::Suppressed,
        // Another day it may arrive: an admin can have it tried again.
        Kind::Soft => Status::Failed,
    };
    let mut tries = outbox::tries(c, id)?;
    let outcome = "returned".to_owned();
    tries.push(Try { at: now, outcome, said: said.replace('\0', ""), node: String::new() });
    let tries: Value = tries.iter().map(|one| json!(one)).collect();
    // Whatever was going on with it, a try under way included, is over.
    let open = rows::status.ne(Status::Suppressed).and(rows::status.ne(Status::Failed));
    let rows = diesel::update(rows::table.filter(rows::id.eq(id).and(open)))
        .set((
            rows::status.eq(status),
            rows::tries.eq(Doc(tries)),
            rows::reply.eq(Some(said.replace('\0', ""))),
            rows::leased_by.eq(None::<String>),
            rows::leased_until.eq(None::<Ts>),
        ))
        .execute(c)?;
    Ok((rows == 1).then_some(mail))
}
