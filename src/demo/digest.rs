//! The digests of the sample: what its last months told, as if it had been sent. Nothing of it is mailed.

use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::digest_editions;
use crate::db::types::Ts;
use crate::digest::content;
use crate::digest::editions::Edition;
use crate::digest::items;
use crate::digest::model::Standing;
use crate::digest::period::Period;
use crate::digest::series::EVERYBODY;
use crate::error::Result;
use crate::thanks::draft;
use chrono_tz::Tz;
use diesel::prelude::*;

/// So many months before this one were told.
const MONTHS: usize = 2;
const NOTES: i64 = 10;

/// Writes the editions of the last months, the oldest first, so that nothing is told twice.
pub fn tell(c: &mut Conn, desk: &Desk, zone: Tz) -> Result<()> {
    let mut periods = Vec::new();
    let mut now = desk.now;
    for _ in 0..MONTHS {
        let period = Period::last_month(now, zone);
        now = period.begins(zone);
        periods.push(period);
    }
    for period in periods.into_iter().rev() {
        edition(c, zone, period)?;
    }
    // Notes that wait for somebody's words.
    draft::since(c, desk, now, NOTES)?;
    Ok(())
}

fn edition(c: &mut Conn, zone: Tz, period: Period) -> Result<()> {
    let ended = period.ends(zone);
    let draft = Edition::draft(EVERYBODY, period, ended);
    diesel::insert_into(digest_editions::table).values(&draft).execute(c)?;
    let window = content::window(c, &draft, zone, ended)?;
    items::refresh(c, &draft, &window)?;
    let at = Some(Ts::from(ended));
    diesel::update(digest_editions::table.find(draft.id))
        .set((
            digest_editions::status.eq(Standing::Sent),
            digest_editions::until_at.eq(at),
            digest_editions::queued_at.eq(at),
        ))
        .execute(c)?;
    Ok(())
}
