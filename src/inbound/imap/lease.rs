//! Which node reads the mailbox: a row that is held for a while and held again before it runs out.

use crate::app::App;
use crate::db::dialect::Portable;
use crate::db::schema::settings;
use crate::error::Result;
use crate::mail::outbox::Owner;
use chrono::Duration;
use diesel::prelude::*;

const SETTING: &str = "imap_lease";
const LEASE: Duration = Duration::minutes(5);

/// Takes the lease or keeps it; false while another node has it. A holder of this machine that is gone is outlived at once.
pub(super) async fn hold(app: &App, owner: &Owner) -> Result<bool> {
    let (now, owner) = (app.clock.now(), owner.clone());
    app.db
        .write(move |c| {
            let free = (settings::key.eq(SETTING), settings::value.eq("0"));
            Portable(diesel::insert_into(settings::table).values(free).on_conflict_do_nothing()).execute(c)?;
            let held: String = settings::table.find(SETTING).select(settings::value).first(c)?;
            // "until holder", the time with all its digits so that texts compare as times do.
            let (until, holder) = held.split_once(' ').unwrap_or((&held, ""));
            let stamp = |at: chrono::DateTime<chrono::Utc>| format!("{:020}", at.timestamp_micros());
            if holder != owner.to_string() && until > stamp(now).as_str() && !owner.outlived(holder) {
                return Ok(false);
            }
            let mine = format!("{} {owner}", stamp(now + LEASE));
            let unchanged = settings::table.filter(settings::key.eq(SETTING).and(settings::value.eq(&held)));
            Ok(diesel::update(unchanged).set(settings::value.eq(mine)).execute(c)? == 1)
        })
        .await
}

/// Gives the lease back, if it is ours.
pub(super) async fn let_go(app: &App, owner: &Owner) -> Result<()> {
    let ours = format!("% {owner}");
    app.db
        .write(move |c| {
            let held = settings::table.filter(settings::key.eq(SETTING).and(settings::value.like(ours)));
            Ok(diesel::delete(held).execute(c)?)
        })
        .await
        .map(|_| ())
}
