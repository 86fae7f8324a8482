//! An edition whose hour comes and that nobody has approved waits, and the council hears of it, once.

use crate::cases::actions::Desk;
use crate::council::mail;
use crate::db::Conn;
use crate::db::schema::{journal as events, people};
use crate::digest::editions::Edition;
use crate::digest::series::Series;
use crate::error::Result;
use crate::feedback::store::addressee;
use crate::i18n;
use crate::journal::{self, By, Event, Subject};
use crate::mail::letters::{Notice, NoticeItem};
use crate::web::Role;
use diesel::prelude::*;
use serde_json::json;

/// The word of the journal, and the reason in the mail.
const LATE: &str = "digest_late";

/// Tells the council that this edition is late; nothing if they heard it already.
pub fn tell(c: &mut Conn, desk: &Desk, series: &Series, edition: &Edition) -> Result<()> {
    if was_told(c, edition.id)? {
        return Ok(());
    }
    let said = json!({"series": series.name, "send_at": edition.send_at});
    journal::append(c, Event::new(By::SYSTEM, Subject::Digest, edition.id, LATE, said, desk.now))?;
    let zone = series.zone()?;
    for person in council(c)? {
        let reader = addressee(c, person)?;
        let item = NoticeItem {
            reference: edition.send_at.map_or_else(String::new, |at| i18n::date(reader.lang, zone, *at)),
            title: series.name.clone(),
            text: String::new(),
            url: desk.url(&format!("/digests/{}", edition.id)),
        };
        let letter = Notice { why: LATE.into(), items: vec![item] };
        // Keyed by the edition: two nodes that find it at the same moment write one mail.
        mail::queue(c, edition.id, reader, "notice", &letter, desk.now)?;
    }
    Ok(())
}

fn was_told(c: &mut Conn, edition: i64) -> QueryResult<bool> {
    let told = events::table.filter(events::subject_id.eq(edition)).filter(events::event.eq(LATE));
    Ok(told.select(events::id).first::<i64>(c).optional()?.is_some())
}

fn council(c: &mut Conn) -> QueryResult<Vec<i64>> {
    people::table
        .filter(people::role.eq_any([Role::Council, Role::Admin]))
        .filter(people::disabled_at.is_null())
        .order(people::id)
        .select(people::id)
        .load(c)
}
