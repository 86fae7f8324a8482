//! Walking a view at bounded cost, however many cases there are.
//!
//! A view is a walk along one index of `cases`, or along up to three that together hold what its viewer may see. One
//! question looks at no more than a window of them: where the window ends is read from the index alone, then the cases
//! in it are looked at. Whoever finds less than a page in it is told how far was looked, and may look further.

use super::filter::Sort;
use super::view::{self, Ask, Cases, Key, Row, View, in_view, on_index};
use crate::cases::model::Severity;
use crate::db::Conn;
use crate::db::schema::{case_tags, cases, feedback};
use crate::db::types::{Ts, UtcTime};
use crate::error::{Error, Result};
use crate::web::paging::Cursor;
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use std::collections::{BTreeSet, HashMap};

/// How many cases a page looks at, over all the indexes it walks.
pub const WINDOW: i64 = 1_500;
/// How many a count looks at.
const COUNT_WINDOW: i64 = 1_000;
/// Counting further would cost more than it tells: beyond this a view says "99+".
pub(super) const MOST_COUNTED: usize = 100;

/// A page of a view.
#[derive(Debug)]
pub struct Found {
    pub rows: Vec<Row>,
    /// The tags of the rows, by id.
    pub tags: HashMap<i64, Vec<String>>,
    /// Where the next page begins, if there may be one.
    pub next: Option<Spot>,
    /// How far was looked, when that was not to the end and the rows do not fill a page or are in another order.
    pub looked_to: Option<DateTime<Utc>>,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Behind this place of the view.
    pub after: Option<Cursor>,
    /// In another order: behind this place among what is looked through.
    pub place: Option<Place>,
}

/// A place in an order other than the view's: two values and the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place([i64; 3]);

impl Place {
    pub fn encode(self) -> String {
        BASE64URL_NOPAD.encode(&self.0.map(i64::to_be_bytes).concat())
    }

    /// Reads a place that somebody sent back.
    pub fn decode(text: &str) -> Result<Place> {
        let wrong = || Error::BadRequest("this place was not made by us".into());
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| wrong())?;
        let numbers: Vec<i64> = bytes
            .chunks(8)
            .map(|b| b.try_into().map(i64::from_be_bytes))
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| wrong())?;
        Ok(Place(numbers.try_into().map_err(|_| wrong())?))
    }
}

/// A page of a view, from a spot on.
pub fn list(c: &mut Conn, ask: &Ask, from: Spot, size: usize) -> QueryResult<Found> {
    list_within(c, ask, from, size, WINDOW)
}

/// The same with a window of another size.
pub fn list_within(c: &mut Conn, ask: &Ask, from: Spot, size: usize, window: i64) -> QueryResult<Found> {
    let stretch = stretch(c, ask, from.after, window)?;
    let (ids, next, full) = match ask.filter.sort() {
        Sort::Due => in_its_order(c, ask, &stretch, size)?,
        sort => in_order(c, ask, &stretch, (sort, from.place), size)?,
    };
    let beyond = stretch.end.map(|end| Spot { after: Some(end), place: None });
    let sorted = ask.filter.sort() != Sort::Due;
    Ok(Found {
        rows: view::rows(c, &ids)?,
        tags: view::tags(c, &ids)?,
        next: next.or(beyond),
        looked_to: stretch.end.filter(|_| sorted || !full).map(|end| end.at),
    })
}

/// The ids of a page, where the next begins within the stretch, and whether the page is full.
type PageOf = (Vec<i64>, Option<Spot>, bool);

fn in_its_order(c: &mut Conn, ask: &Ask, stretch: &Stretch, size: usize) -> QueryResult<PageOf> {
    let mut found = places(c, ask, stretch, size + 1)?;
    let more = found.len() > size;
    found.truncate(size);
    let next = found.last().filter(|_| more).map(|last| Spot { after: Some(*last), place: None });
    Ok((found.iter().map(|place| place.id).collect(), next, more))
}

/// Another order is made of everything in the stretch: no index holds it.
fn in_order(
    c: &mut Conn,
    ask: &Ask,
    stretch: &Stretch,
    (sort, after): (Sort, Option<Place>),
    size: usize,
) -> QueryResult<PageOf> {
    let mut found = BTreeSet::new();
    for arm in &stretch.arms {
        let said = feedback::table.filter(feedback::id.eq(cases::id)).select(feedback::received_at).single_value();
        let columns = (cases::next_due, cases::id, cases::severity, said);
        let rows = stretch.within(ask.view.key(), arm.along(cases::table.select(columns).into_boxed()));
        let rows: Vec<(Option<Ts>, i64, Severity, Option<Ts>)> = in_view(ask, on_index(ask, rows)).load(c)?;
        found.extend(
            rows.into_iter().map(|(due, id, severity, received)| sorted_place(sort, due, id, severity, received)),
        );
    }
    let mut places = found.into_iter().filter(|place| after.is_none_or(|after| *place > after));
    let page: Vec<Place> = places.by_ref().take(size).collect();
    let more = places.next().is_some();
    let next = page.last().filter(|_| more).map(|last| Spot { after: stretch.from, place: Some(*last) });
    Ok((page.iter().map(|place| place.0[2]).collect(), next, more))
}

fn sorted_place(sort: Sort, due: Option<Ts>, id: i64, severity: Severity, received: Option<Ts>) -> Place {
    let micros = |at: Option<Ts>| at.map_or(i64::MAX, |at| at.timestamp_micros());
    Place(match sort {
        Sort::Newest => [-micros(received), 0, id],
        Sort::Due | Sort::Oldest => [micros(received), 0, id],
        Sort::Severity => [-(severity as i64), micros(due), id],
    })
}

/// How many cases a view holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub n: usize,
    /// There may be more: counting went on to [`MOST_COUNTED`], or to the end of its window.
    pub more: bool,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.n, if self.more { "+" } else { "" })
    }
}

/// How many cases a view holds, up to [`MOST_COUNTED`]; `share` makes the window smaller where there is much to count.
pub fn count(c: &mut Conn, ask: &Ask, share: i64) -> QueryResult<Count> {
    let stretch = stretch(c, ask, None, (COUNT_WINDOW / share.max(1)).max(50))?;
    let found = places(c, ask, &stretch, MOST_COUNTED)?.len();
    if found == MOST_COUNTED {
        return Ok(Count { n: MOST_COUNTED - 1, more: true });
    }
    Ok(Count { n: found, more: stretch.end.is_some() })
}

/// One index that is walked, narrowed by what stands first in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Arm {
    All,
    Owner(Option<i64>),
    Team(Option<i64>),
    /// Few cases have this tag: they are found by it.
    Tag(String),
}

impl Arm {
    pub(super) fn along<ST: 'static>(&self, rows: Cases<ST>) -> Cases<ST> {
        match self {
            Arm::All => rows,
            Arm::Owner(Some(id)) => rows.filter(cases::owner_id.eq(*id)),
            Arm::Owner(None) => rows.filter(cases::owner_id.is_null()),
            Arm::Team(Some(id)) => rows.filter(cases::team_id.eq(*id)),
            Arm::Team(None) => rows.filter(cases::team_id.is_null()),
            Arm::Tag(tag) => {
                let tagged = case_tags::table.filter(case_tags::tag.eq(tag.clone())).select(case_tags::case_id);
                rows.filter(cases::id.eq_any(tagged))
            }
        }
    }
}

/// Along which indexes the whole view is found.
pub(super) fn arms(ask: &Ask) -> Vec<Arm> {
    let by_deadline = ask.view.key() == Key::Due && ask.view != View::Escalated;
    match (ask.view, ask.filter.owner.map(|holder| holder.id(ask.me)), ask.filter.team) {
        (View::Mine, ..) => vec![Arm::Owner(Some(ask.me))],
        (View::Team, ..) => ask.team.map(|team| Arm::Team(Some(team))).into_iter().collect(),
        // No index holds an owner's or a team's share of these.
        (View::Escalated | View::Snoozed, ..) => vec![Arm::All],
        (_, Some(owner), _) => vec![Arm::Owner(owner)],
        (_, None, Some(team)) if by_deadline => vec![Arm::Team(Some(team))],
        (View::Unassigned, ..) if ask.scope.sees_all() => vec![Arm::Owner(None)],
        _ if !by_deadline || ask.scope.sees_all() => vec![Arm::All],
        _ => {
            let own = [Arm::Team(None), Arm::Owner(Some(ask.me))];
            own.into_iter().chain(ask.team.map(|team| Arm::Team(Some(team)))).collect()
        }
    }
}

/// The part of a view that one question looks at.
struct Stretch {
    arms: Vec<Arm>,
    /// Behind this place…
    from: Option<Cursor>,
    /// …up to this one; to the end of the view if there is none.
    end: Option<Cursor>,
}

fn stretch(c: &mut Conn, ask: &Ask, from: Option<Cursor>, window: i64) -> QueryResult<Stretch> {
    if let Some(tag) = &ask.filter.tag
        && !is_common(c, tag, window)?
    {
        return Ok(Stretch { arms: vec![Arm::Tag(tag.clone())], from, end: None });
    }
    let mut stretch = Stretch { arms: arms(ask), from, end: None };
    let window = window / i64::try_from(stretch.arms.len().max(1)).unwrap_or(1);
    let mut ends = Vec::new();
    for arm in &stretch.arms {
        let rows = stretch.within(ask.view.key(), on_index(ask, arm.along(keys(ask.view.key()))));
        let last: Vec<(Option<Ts>, i64)> = rows.offset(window - 1).limit(2).load(c)?;
        // The last one in the window is its end only if there is another behind it.
        if let [(Some(at), id), _] = last[..] {
            ends.push(Cursor { at: *at, id });
        }
    }
    stretch.end = ends.into_iter().min_by_key(|end| (end.at, end.id));
    Ok(stretch)
}

fn is_common(c: &mut Conn, tag: &str, window: i64) -> QueryResult<bool> {
    let rows = case_tags::table.filter(case_tags::tag.eq(tag)).select(case_tags::case_id);
    Ok(rows.offset(window).limit(1).first::<i64>(c).optional()?.is_some())
}

/// The first places of a view within the stretch, in its own order.
fn places(c: &mut Conn, ask: &Ask, stretch: &Stretch, limit: usize) -> QueryResult<Vec<Cursor>> {
    let key = ask.view.key();
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = BTreeSet::new();
    for arm in &stretch.arms {
        let rows = stretch.within(key, on_index(ask, arm.along(keys(key))));
        let rows: Vec<(Option<Ts>, i64)> = in_view(ask, rows).limit(most).load(c)?;
        found.extend(rows.into_iter().filter_map(|(at, id)| Some((*at?, id))));
    }
    Ok(found.into_iter().take(limit).map(|(at, id)| Cursor { at, id }).collect())
}

/// Runs the same with the column that orders a view.
macro_rules! by_key {
    ($key:expr, |$column:ident| $body:expr) => {
        match $key {
            Key::Due => {
                use cases::next_due as $column;
                $body
            }
            Key::Updated => {
                use cases::updated_at as $column;
                $body
            }
            Key::Wakes => {
                use cases::snoozed_until as $column;
                $body
            }
        }
    };
}

/// The places of all cases, in order.
fn keys(key: Key) -> Cases<(Nullable<UtcTime>, BigInt)> {
    by_key!(key, |column| cases::table.select((column.nullable(), cases::id)).order((column, cases::id)).into_boxed())
}

impl Stretch {
    fn within<ST: 'static>(&self, key: Key, mut rows: Cases<ST>) -> Cases<ST> {
        if let Some(Cursor { at, id }) = self.from {
            let at = Ts::from(at);
            rows = by_key!(key, |column| rows.filter(column.ge(at)).filter(column.gt(at).or(cases::id.gt(id))));
        }
        if let Some(Cursor { at, id }) = self.end {
            let at = Ts::from(at);
            rows = by_key!(key, |column| rows.filter(column.le(at)).filter(column.lt(at).or(cases::id.le(id))));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_went() -> Result<()> {
        let place = Place([-5, i64::MAX, 7]);
        assert_eq!(Place::decode(&place.encode())?, place);
        assert!(Place::decode("AAAA").is_err() && Place::decode("ж").is_err() && Place::decode("").is_err());
        Ok(())
    }
}
