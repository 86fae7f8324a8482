//! Addresses that mail does not reach. A hard bounce stops an address at once; soft ones, a full mailbox for example,
//! stop it when they keep coming. Whoever knows better lifts the stop, and then counting begins anew.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::message;
use crate::db::Conn;
use crate::db::dialect::{Portable, lock_row};
use crate::db::schema::undeliverable;
use crate::db::types::Ts;

/// From so many tenths of a point on nothing is sent.
const STOP: i32 = 30;
/// A full mailbox answers every mail: counting each would stop an address after one busy day.
const BETWEEN_SOFT: Duration = Duration::days(1);
/// Soft bounces this long ago say nothing about today.
const FORGOTTEN: Duration = Duration::days(60);

/// What kind of "no" came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nobody is there (5.1.1 and the like).
    Hard,
    /// Not now: a full mailbox, a server that gave up trying.
    Soft,
}

/// What is known about an address.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = undeliverable)]
pub struct Undeliverable {
    pub address: String,
    /// In tenths.
    pub points: i32,
    pub scored_at: Ts,
    pub stopped_at: Option<Ts>,
    /// What the other side said last.
    pub said: String,
}

/// The form in which addresses are compared: lower case, international domains as mail servers write them.
pub fn normal(address: &str) -> String {
    match message::address(address) {
        Ok(valid) => valid.to_string().to_lowercase(),
        Err(_) => address.trim().replace('\0', "").to_lowercase(),
    }
}

/// Counts a bounce; true if it is the one that stops the address, so that its owner is told once.
pub fn note(c: &mut Conn, address: &str, kind: Kind, said: &str, now: DateTime<Utc>) -> QueryResult<bool> {
    let before = locked(c, &normal(address), now)?;
    let Some(after) = scored(&before, kind, now) else { return Ok(false) };
    diesel::update(undeliverable::table.find(&before.address))
        .set((
            undeliverable::points.eq(after.points),
            undeliverable::scored_at.eq(Ts::from(now)),
            undeliverable::stopped_at.eq(after.stopped_at),
            undeliverable::said.eq(said.replace('\0', "")),
        ))
        .execute(c)?;
    Ok(before.stopped_at.is_none() && after.stopped_at.is_some())
}

/// What is known about an address; nothing if mail to it never came back.
pub fn find(c: &mut Conn, address: &str) -> QueryResult<Option<Undeliverable>> {
    undeliverable::table.find(normal(address)).select(Undeliverable::as_select()).first(c).optional()
}

/// Sends to this address again, and forgets what came back from it; false if nothing was known.
pub fn lift(c: &mut Conn, address: &str) -> QueryResult<bool> {
    diesel::delete(undeliverable::table.find(normal(address))).execute(c).map(|rows| rows == 1)
}

/// The row, kept as it is until the transaction ends: two bounces at once are two bounces.
fn locked(c: &mut Conn, address: &str, now: DateTime<Utc>) -> QueryResult<Undeliverable> {
    let fresh = (
        undeliverable::address.eq(address),
        undeliverable::points.eq(0),
        undeliverable::scored_at.eq(Ts::from(now)),
        undeliverable::said.eq(""),
    );
    let insert = diesel::insert_into(undeliverable::table).values(fresh);
    Portable(insert.on_conflict(undeliverable::address).do_nothing()).execute(c)?;
    let lock = format!("select address from undeliverable where address = $1{}", lock_row(c));
    diesel::sql_query(lock).bind::<Text, _>(address).execute(c)?;
    undeliverable::table.find(address).select(Undeliverable::as_select()).first(c)
}

/// The row after a bounce; none where it adds nothing.
fn scored(before: &Undeliverable, kind: Kind, now: DateTime<Utc>) -> Option<Undeliverable> {
    let since = now - *before.scored_at;
    if kind == Kind::Soft && before.points > 0 && since < BETWEEN_SOFT {
        return None;
    }
    let kept = if since < FORGOTTEN || before.stopped_at.is_some() { before.points } else { 0 };
    let points = kept.saturating_add(if kind == Kind::Hard { 10 } else { 5 });
    let stop = kind == Kind::Hard || points >= STOP;
    let stopped_at = before.stopped_at.or(stop.then(|| Ts::from(now)));
    Some(Undeliverable { points, stopped_at, ..before.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn at(day: i64) -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::days(day)
    }

    fn row(points: i32) -> Undeliverable {
        Undeliverable {
            address: "ann@example.com".into(),
            points,
            scored_at: at(0).into(),
            stopped_at: None,
            said: String::new(),
        }
    }

    #[rstest]
    #[case(0, Kind::Hard, 0, 10, true)]
    #[case(5, Kind::Hard, 0, 15, true)]
    #[case(0, Kind::Soft, 0, 5, false)]
    #[case(5, Kind::Soft, 1, 10, false)]
    #[case(25, Kind::Soft, 1, 30, true)]
    #[case(25, Kind::Soft, 60, 5, false)]
    fn points_add_up(
        #[case] before: i32,
        #[case] kind: Kind,
        #[case] day: i64,
        #[case] points: i32,
        #[case] stop: bool,
    ) {
        let after = scored(&row(before), kind, at(day)).unwrap();
        assert_eq!((after.points, after.stopped_at.is_some()), (points, stop));
    }

    #[test]
    fn soft_bounces_count_once_a_day() {
        assert_eq!(scored(&row(5), Kind::Soft, at(1) - Duration::seconds(1)), None);
        let stopped = Undeliverable { stopped_at: Some(at(0).into()), ..row(30) };
        assert_eq!(scored(&stopped, Kind::Soft, at(90)).unwrap().stopped_at, Some(at(0).into()), "stays stopped");
    }

    #[test]
    fn addresses_are_compared_as_servers_write_them() {
        assert_eq!(normal(" Ann@EXAMPLE.com"), "ann@example.com");
        assert_eq!(normal("ann@пример.рф"), "ann@xn--e1afmkfd.xn--p1ai");
        assert_eq!(normal("Not an address\0"), "not an address");
    }
}
