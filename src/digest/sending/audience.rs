//! Who a series is for, gone through in the order of their ids, so that memory does not grow with their number.

use crate::db::Conn;
use crate::db::conn::MultiBackend;
use crate::db::schema::people;
use crate::digest::model::{Audience, Reader};
use crate::digest::series::Series;
use crate::web::Role;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Bool;

type Condition = Box<dyn BoxableExpression<people::table, MultiBackend, SqlType = Bool>>;

/// The next of those who ever subscribed and whom this series is for.
pub fn next(c: &mut Conn, series: &Series, after: i64, most: i64) -> QueryResult<Vec<Reader>> {
    people::table
        .filter(people::id.gt(after))
        .filter(is_for(series))
        .order(people::id)
        .limit(most)
        .select(Reader::as_select())
        .load(c)
}

/// Those before and after this person, if anybody is.
pub fn beside(c: &mut Conn, series: &Series, id: i64) -> QueryResult<(Option<i64>, Option<i64>)> {
    let theirs = || people::table.filter(is_for(series)).select(people::id);
    let before = theirs().filter(people::id.lt(id)).order(people::id.desc()).first(c).optional()?;
    let after = theirs().filter(people::id.gt(id)).order(people::id).first(c).optional()?;
    Ok((before, after))
}

/// How many they are.
pub fn count(c: &mut Conn, series: &Series) -> QueryResult<i64> {
    people::table.filter(is_for(series)).select(count_star()).first(c)
}

/// Whoever ever subscribed and is whom the series is for.
fn is_for(series: &Series) -> Condition {
    Box::new(people::digest_since.is_not_null().and(kind(series.audience)).and(place(series)))
}

fn kind(audience: Audience) -> Condition {
    match audience {
        Audience::Employees => Box::new(people::role.ne(Role::Contact)),
        Audience::Customers => Box::new(people::role.eq(Role::Contact)),
        // Whether they said something that has an answer is seen when their letter is made.
        Audience::Everybody | Audience::Contributors => Box::new(people::id.eq(people::id)),
    }
}

fn place(series: &Series) -> Condition {
    let team: Condition = match series.team_id {
        Some(id) => Box::new(people::team_id.eq(id).assume_not_null()),
        None => Box::new(people::id.eq(people::id)),
    };
    let site: Condition = match &series.site {
        Some(site) => Box::new(people::site.eq(site.clone()).assume_not_null()),
        None => Box::new(people::id.eq(people::id)),
    };
    let segment: Condition = match &series.segment {
        Some(segment) => Box::new(people::segment.eq(segment.clone()).assume_not_null()),
        None => Box::new(people::id.eq(people::id)),
    };
    Box::new(team.and(site).and(segment))
}
