//! How many cases each view holds. Views share their indexes: each is walked once, and every view is counted in what was
//! found on its own.

use super::filter::Filter;
use super::view::{Ask, Cases, Key, View, on_index};
use super::walk::{Arm, Count, MOST_COUNTED, arms};
use crate::cases::store::visible;
use crate::db::Conn;
use crate::db::schema::cases;
use crate::db::types::{Ts, UtcTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};
use std::collections::{BTreeSet, HashMap};

/// How many cases one walk looks at.
const WINDOW: i64 = 600;

/// What a count needs to know of a case.
#[derive(Queryable)]
struct Seen {
    id: i64,
    next_due: Option<Ts>,
    owner_id: Option<i64>,
    team_id: Option<i64>,
    primary_id: Option<i64>,
    helped: Option<bool>,
    visible: Option<bool>,
}

type Columns =
    (BigInt, Nullable<UtcTime>, Nullable<BigInt>, Nullable<BigInt>, Nullable<BigInt>, Nullable<Bool>, Nullable<Bool>);

/// The beginning of an index.
struct Walk {
    seen: Vec<Seen>,
    /// There is more of it.
    goes_on: bool,
}

/// Every view with its count.
pub fn counts(c: &mut Conn, ask: &Ask) -> QueryResult<Vec<(View, Count)>> {
    let mut walks: HashMap<(View, Arm), Walk> = HashMap::new();
    let mut counted = Vec::new();
    for view in View::ALL.iter().copied() {
        let (mut found, mut goes_on) = (BTreeSet::new(), false);
        for arm in arms(&ask.with(view, Filter::default())) {
            let key = (road(view), arm);
            if !walks.contains_key(&key) {
                let walk = walk(c, &ask.with(key.0, Filter::default()), &key.1)?;
                walks.insert(key.clone(), walk);
            }
            if let Some(walk) = walks.get(&key) {
                found.extend(walk.seen.iter().filter(|seen| holds(ask, view, seen)).map(|seen| seen.id));
                goes_on |= walk.goes_on && walk.seen.last().is_none_or(|last| reaches(ask, view, last));
            }
        }
        let (n, more) = (found.len().min(MOST_COUNTED - 1), found.len() >= MOST_COUNTED || goes_on);
        counted.push((view, Count { n, more }));
    }
    Ok(counted)
}

/// Views by deadline stand on one road, which is walked from its beginning; what is due today lies too far behind.
fn road(view: View) -> View {
    match view {
        View::Mine | View::Team | View::Unassigned | View::Overdue => View::Open,
        other => other,
    }
}

fn walk(c: &mut Conn, ask: &Ask, arm: &Arm) -> QueryResult<Walk> {
    let columns = (
        cases::id,
        cases::next_due,
        cases::owner_id,
        cases::team_id,
        cases::primary_id,
        cases::helped,
        visible(ask.scope),
    );
    let rows: Cases<Columns> = cases::table.select(columns).into_boxed();
    let rows = match ask.view.key() {
        Key::Due => rows.order((cases::next_due, cases::id)),
        Key::Updated => rows.order((cases::updated_at, cases::id)),
        Key::Wakes => rows.order((cases::snoozed_until, cases::id)),
    };
    let mut seen: Vec<Seen> = on_index(ask, arm.along(rows)).limit(WINDOW + 1).load(c)?;
    let goes_on = seen.len() as i64 > WINDOW;
    seen.truncate(WINDOW as usize);
    Ok(Walk { seen, goes_on })
}

/// What [`in_view`](super::view::in_view) asks of the database, for a case on the road of the view.
fn holds(ask: &Ask, view: View, seen: &Seen) -> bool {
    let of_view = match view {
        View::Mine => seen.owner_id == Some(ask.me),
        View::Team => seen.team_id == ask.team && ask.team.is_some(),
        View::Unassigned => seen.owner_id.is_none(),
        View::NoAnswer => seen.helped.is_none(),
        _ => reaches(ask, view, seen),
    };
    of_view && seen.visible == Some(true) && seen.primary_id.is_none()
}

/// Whether the view goes on behind this case.
fn reaches(ask: &Ask, view: View, seen: &Seen) -> bool {
    view != View::Overdue || seen.next_due.is_some_and(|due| *due < ask.now)
}
