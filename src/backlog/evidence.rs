//! Who and what stands behind a change: queries over its linked cases.

use super::audience::Asker;
use super::store::{OPEN, active};
use crate::cases::model::Case;
use crate::cases::store::{Scope, visible};
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, feedback, people};
use crate::db::types::Ts;
use crate::feedback::store::Feedback;
use crate::i18n::Lang;
use crate::web::paging::Cursor;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// One linked case: what was said, who works on it, since when it is evidence.
pub type Piece = (Case, Feedback, Option<String>, Ts);

/// The linked cases the viewer may see, newest feedback first; one more than `size`, to tell whether there are more.
pub fn page(c: &mut Conn, change_id: i64, scope: Scope, after: Option<Cursor>, size: usize) -> QueryResult<Vec<Piece>> {
    let mut rows = cases::table
        .inner_join(feedback::table)
        .inner_join(change_cases::table.on(change_cases::case_id.eq(cases::id)))
        .left_join(people::table.on(people::id.nullable().eq(cases::owner_id)))
        .filter(change_cases::change_id.eq(change_id))
        .filter(visible(scope))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .limit(i64::try_from(size).unwrap_or(i64::MAX - 1) + 1)
        .select((Case::as_select(), Feedback::as_select(), people::name.nullable(), change_cases::linked_at))
        .into_boxed();
    if let Some(place) = after {
        let at = Ts::from(place.at);
        let earlier = feedback::received_at.lt(at);
        rows = rows.filter(earlier.or(feedback::received_at.eq(at).and(feedback::id.lt(place.id))));
    }
    rows.load(c)
}

/// A link as it stands in its table.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = change_cases)]
pub struct Link {
    pub case_id: i64,
    pub linked_by: Option<i64>,
    pub linked_at: Ts,
}

/// Everything that is linked to a change.
pub fn links(c: &mut Conn, change_id: i64) -> QueryResult<Vec<Link>> {
    change_cases::table
        .filter(change_cases::change_id.eq(change_id))
        .order(change_cases::case_id)
        .select(Link::as_select())
        .load(c)
}

pub fn link_of(c: &mut Conn, change_id: i64, case_id: i64) -> QueryResult<Option<Link>> {
    change_cases::table.find((change_id, case_id)).select(Link::as_select()).first(c).optional()
}

/// The cases that came with a change that was merged into this one.
pub fn brought_by(c: &mut Conn, change_id: i64, from: i64) -> QueryResult<Vec<i64>> {
    change_cases::table
        .filter(change_cases::change_id.eq(change_id).and(change_cases::from_change_id.eq(from)))
        .order(change_cases::case_id)
        .select(change_cases::case_id)
        .load(c)
}

/// How many of the linked cases the viewer may see.
pub fn seen(c: &mut Conn, change_id: i64, scope: Scope) -> QueryResult<i64> {
    change_cases::table
        .inner_join(cases::table)
        .filter(change_cases::change_id.eq(change_id))
        .filter(visible(scope))
        .count()
        .get_result(c)
}

/// Everybody whose case is linked, as far as telling them goes.
pub fn askers(c: &mut Conn, change_id: i64, scope: Scope) -> QueryResult<Vec<Asker>> {
    change_cases::table
        .inner_join(cases::table)
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .left_join(people::table.on(people::id.nullable().eq(feedback::person_id)))
        .filter(change_cases::change_id.eq(change_id))
        .order((feedback::received_at.desc(), feedback::id.desc()))
        .select((
            change_cases::case_id,
            cases::status,
            feedback::person_id,
            people::email.nullable(),
            people::lang.nullable(),
            feedback::lang,
            feedback::receipt_hash.is_not_null(),
            visible(scope),
        ))
        .load(c)
}

/// The languages of the people behind a change.
pub fn languages(c: &mut Conn, change_id: i64) -> QueryResult<HashMap<i64, Lang>> {
    let rows: Vec<(i64, Lang)> = change_cases::table
        .inner_join(feedback::table.on(feedback::id.eq(change_cases::case_id)))
        .inner_join(people::table.on(people::id.nullable().eq(feedback::person_id)))
        .filter(change_cases::change_id.eq(change_id))
        .select((people::id, people::lang))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

/// Linked cases that are evidence for another open change too.
pub fn with_other_changes(c: &mut Conn, change_id: i64) -> QueryResult<HashSet<i64>> {
    let mine = diesel::alias!(change_cases as mine);
    let rows: Vec<i64> = change_cases::table
        .inner_join(changes::table)
        .inner_join(mine.on(mine.field(change_cases::case_id).eq(change_cases::case_id)))
        .filter(mine.field(change_cases::change_id).eq(change_id))
        .filter(change_cases::change_id.ne(change_id))
        .filter(changes::status.eq_any(OPEN))
        .filter(active())
        .select(change_cases::case_id)
        .load(c)?;
    Ok(rows.into_iter().collect())
}
