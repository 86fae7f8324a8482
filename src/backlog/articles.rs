//! Articles of the knowledge base as changes: each has somebody who keeps it fresh, and a review that holds for a while.
//! When cases about the same keep arriving after the last review, the article does not help.

use super::actions::record;
use super::plan::{self, Plan};
use super::proposal::Kind;
use super::store::{self, Change, active};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, change_plans, changes, feedback, people};
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::journal::By;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

/// So many cases after a review are no accident.
pub const STALE_FROM: i64 = 3;

/// Counting further would cost more than it tells.
const MOST_COUNTED: i64 = 1000;

/// How fresh an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Freshness {
    pub reviewed_on: Option<NaiveDate>,
    /// By when it is to be looked at again.
    pub due_on: Option<NaiveDate>,
    pub overdue: bool,
    /// Cases on its topics that arrived after its last review.
    pub since: i64,
    /// So many that it does not seem to help.
    pub stale: bool,
}

/// How fresh the article is; nothing for a change that is none.
pub fn freshness(c: &mut Conn, change: &Change, plan: &Plan, today: NaiveDate) -> QueryResult<Option<Freshness>> {
    if change.kind != Kind::Article {
        return Ok(None);
    }
    let since = match plan.reviewed_on {
        Some(day) => arrived_since(c, change.id, day)?,
        None => 0,
    };
    let due_on = plan.review_due();
    Ok(Some(Freshness {
        reviewed_on: plan.reviewed_on,
        due_on,
        overdue: due_on.is_some_and(|due| due < today),
        since,
        stale: since >= STALE_FROM,
    }))
}

/// Cases on the topics of the linked ones that arrived after this day.
fn arrived_since(c: &mut Conn, change_id: i64, day: NaiveDate) -> QueryResult<i64> {
    let topics: Vec<i64> = change_cases::table
        .inner_join(cases::table)
        .filter(change_cases::change_id.eq(change_id).and(cases::topic_id.is_not_null()))
        .select(cases::topic_id.assume_not_null())
        .distinct()
        .load(c)?;
    let next_day = (day + chrono::Days::new(1)).and_time(chrono::NaiveTime::MIN).and_utc();
    let arrived: Vec<i64> = cases::table
        .inner_join(feedback::table)
        .filter(cases::topic_id.eq_any(topics.into_iter().map(Some).collect::<Vec<_>>()))
        .filter(feedback::received_at.ge(Ts::from(next_day)))
        .limit(MOST_COUNTED)
        .select(cases::id)
        .load(c)?;
    Ok(arrived.len() as i64)
}

/// Somebody read it again, and it is right as of today.
pub fn reviewed(c: &mut Conn, desk: &Desk, by: By, mut change: Change) -> Result<()> {
    change.must_be_active()?;
    if change.kind != Kind::Article {
        return Err(Error::NotFound);
    }
    let plan = Plan { reviewed_on: Some(desk.today()), ..plan::of(c, change.id)? };
    plan::save(c, change.id, &plan)?;
    // Whoever is editing it sees that it was reviewed meanwhile.
    store::save(c, &mut change, desk.now)?;
    record(c, desk, by, &change, "reviewed", json!({}))
}

/// An article with its keeper and freshness.
pub struct Article {
    pub change: Change,
    pub plan: Plan,
    pub keeper: Option<String>,
    pub freshness: Freshness,
}

/// Articles that broke the promise to be fresh on this day: not looked at again in time, or of no help.
pub fn broken(c: &mut Conn, day: NaiveDate) -> QueryResult<Vec<Change>> {
    let mut broken = all(c, day)?;
    broken.retain(|article| article.freshness.overdue || article.freshness.stale);
    Ok(broken.into_iter().map(|article| article.change).collect())
}

/// Every article of the backlog; what needs somebody comes first.
pub fn all(c: &mut Conn, today: NaiveDate) -> QueryResult<Vec<Article>> {
    let rows: Vec<(Change, Option<String>, Option<Plan>)> = changes::table
        .left_join(people::table)
        .left_join(change_plans::table.on(change_plans::change_id.eq(changes::id)))
        .filter(changes::kind.eq(Kind::Article))
        .filter(active())
        .order((changes::title, changes::id))
        .select((Change::as_select(), people::name.nullable(), Option::<Plan>::as_select()))
        .load(c)?;
    let mut articles = Vec::new();
    for (change, keeper, plan) in rows {
        let plan = plan.unwrap_or_default();
        if let Some(freshness) = freshness(c, &change, &plan, today)? {
            articles.push(Article { change, plan, keeper, freshness });
        }
    }
    articles.sort_by_key(|article| (!article.freshness.stale, !article.freshness.overdue, article.freshness.due_on));
    Ok(articles)
}
