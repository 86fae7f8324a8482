//! Mails of the council go out like all others: through the outbox, in the transaction that causes them.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::Addressee;
use crate::mail::outbox::{self, NewMail};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Queues a letter; nothing for somebody without an address.
pub fn queue(
    c: &mut Conn,
    event_id: i64,
    to: Addressee,
    template: &'static str,
    letter: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(address) = to.email else { return Ok(()) };
    let mail = NewMail {
        person_id: to.id,
        template,
        event_id,
        case_id: None,
        lang: to.lang,
        address,
        name: to.name,
        data: serde_json::to_value(letter).map_err(Error::internal)?,
    };
    outbox::enqueue(c, &mail, now)?;
    Ok(())
}
