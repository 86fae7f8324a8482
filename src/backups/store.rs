//! Table `backups`: what was made, is being made, or went wrong. The key of a scheduled one is its slot, in seconds
//! since 1970: of all nodes one inserts it. Keys of backups made by hand are ordinary, and far larger.

use crate::db::Conn;
use crate::db::backup::Contents;
use crate::db::dialect::Portable;
use crate::db::schema::backups;
use crate::db::types::{Doc, Ts};
use crate::node::{self, GONE, host_of};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// The year 5138, and still below every ordinary key.
const SLOTS_END: i64 = 100_000_000_000;
/// How long after a failure the same slot is tried again.
const RETRY: Duration = Duration::minutes(15);
/// How long failures are remembered.
const REMEMBERED: Duration = Duration::days(30);

/// One backup.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = backups)]
pub struct Backup {
    pub id: i64,
    pub node: String,
    pub started_at: Ts,
    pub ended_at: Option<Ts>,
    pub file: String,
    pub bytes: Option<i64>,
    pub contents: Option<Doc>,
    pub error: Option<String>,
}

impl Backup {
    pub fn is_good(&self) -> bool {
        self.ended_at.is_some() && self.error.is_none()
    }

    pub fn is_scheduled(&self) -> bool {
        self.id < SLOTS_END
    }
}

/// Takes a slot for this node: true for one of all nodes, and once more for a slot that failed or whose node has died.
pub fn claim(c: &mut Conn, slot: DateTime<Utc>, node: &str, file: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    // After a clock that ran ahead was set back, what it made is still newer than what is due now.
    let newer = backups::table.filter(backups::id.gt(slot.timestamp()).and(backups::id.lt(SLOTS_END)));
    let newer: i64 = newer.filter(good()).count().get_result(c)?;
    if newer > 0 {
        return Ok(false);
    }
    if begin(c, slot.timestamp(), node, file, now)? {
        return Ok(true);
    }
    let before: Backup = backups::table.find(slot.timestamp()).select(Backup::as_select()).first(c)?;
    let again = match (&before.error, before.ended_at) {
        (Some(_), Some(ended)) => (now - *ended).abs() >= RETRY,
        (None, Some(_)) => false,
        (_, None) => (now - *before.started_at).abs() > GONE && !node::store::is_alive(c, &before.node, now)?,
    };
    if !again {
        return Ok(false);
    }
    // Only if it is still as we saw it: another node may be as quick.
    let unchanged = backups::table.filter(backups::id.eq(before.id).and(backups::started_at.eq(before.started_at)));
    let taken = diesel::update(unchanged.filter(backups::node.eq(before.node)))
        .set((
            backups::node.eq(node),
            backups::started_at.eq(Ts::from(now)),
            backups::ended_at.eq(None::<Ts>),
            backups::file.eq(file),
            backups::error.eq(None::<String>),
        ))
        .execute(c)?;
    Ok(taken == 1)
}

/// Writes down that a backup begins; false if that key is taken.
pub fn begin(c: &mut Conn, id: i64, node: &str, file: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let row =
        (backups::id.eq(id), backups::node.eq(node), backups::started_at.eq(Ts::from(now)), backups::file.eq(file));
    let insert = diesel::insert_into(backups::table).values(row);
    Portable(insert.on_conflict(backups::id).do_nothing()).execute(c).map(|rows| rows == 1)
}

/// Writes down how it ended, if it is still ours.
pub fn end(
    c: &mut Conn,
    id: i64,
    node: &str,
    made: &std::result::Result<Contents, String>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let (contents, error) = match made {
        Ok(contents) => (Some(contents), None),
        Err(error) => (None, Some(error.clone())),
    };
    let rows = contents.map(|contents| serde_json::to_value(&contents.rows)).transpose();
    let rows = rows.map_err(|e| diesel::result::Error::SerializationError(e.into()))?;
    diesel::update(backups::table.filter(backups::id.eq(id).and(backups::node.eq(node))))
        .set((
            backups::ended_at.eq(Some(Ts::from(now))),
            backups::bytes.eq(contents.map(|contents| i64::try_from(contents.bytes).unwrap_or(i64::MAX))),
            backups::contents.eq(rows.map(Doc)),
            backups::error.eq(error),
        ))
        .execute(c)
        .map(|_| ())
}

/// Scheduled backups on the machine of this node that newer good ones have replaced.
pub fn outlived(c: &mut Conn, node: &str, keep: u32) -> QueryResult<Vec<Backup>> {
    let scheduled = backups::table.filter(backups::id.lt(SLOTS_END)).filter(good());
    let newest = scheduled.select(Backup::as_select()).order(backups::id.desc());
    let old: Vec<Backup> = newest.offset(i64::from(keep)).load(c)?;
    Ok(old.into_iter().filter(|backup| host_of(&backup.node) == host_of(node)).collect())
}

/// Forgets one whose file is gone.
pub fn forget(c: &mut Conn, id: i64) -> QueryResult<()> {
    diesel::delete(backups::table.find(id)).execute(c).map(|_| ())
}

/// Forgets failures of long ago.
pub fn tidy(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<()> {
    let old = backups::started_at.lt(Ts::from(now - REMEMBERED));
    let failed = backups::error.is_not_null().or(backups::ended_at.is_null());
    diesel::delete(backups::table.filter(old.and(failed))).execute(c).map(|_| ())
}

/// The newest, good or bad.
pub fn newest(c: &mut Conn, most: i64) -> QueryResult<Vec<Backup>> {
    backups::table.select(Backup::as_select()).order((backups::started_at.desc(), backups::id)).limit(most).load(c)
}

/// The newest that can be restored.
pub fn last_good(c: &mut Conn) -> QueryResult<Option<Backup>> {
    let good = backups::table.filter(good()).select(Backup::as_select());
    good.order((backups::ended_at.desc(), backups::id)).first(c).optional()
}

#[diesel::dsl::auto_type(no_type_alias)]
fn good() -> _ {
    backups::ended_at.is_not_null().and(backups::error.is_null())
}
