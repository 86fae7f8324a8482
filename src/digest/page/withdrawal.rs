//! Taking something off the page: at once, and everywhere it was told. The journal remembers what stood there, so that it
//! can be put back.

use super::super::model::Standing;
use super::PATH;
use crate::db::Conn;
use crate::db::schema::{changes, digest_editions, digest_items, journal};
use crate::error::{Error, Result};
use crate::journal::{self as events, By, Event, Subject};
use crate::web::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

const WITHDRAWN: &str = "page_withdrawn";
const RETURNED: &str = "page_returned";
/// The newest that are offered to be put back.
const LISTED: i64 = 50;

/// What was taken off, by whom and when is in the journal.
#[derive(Clone, Debug, Serialize)]
pub struct Withdrawn {
    #[serde(with = "crate::id::as_string")]
    pub change_id: i64,
    pub title: String,
}

/// What the journal keeps of it.
#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    /// Items that stood on the page, as text: ids are larger than what JSON numbers hold.
    items: Vec<String>,
}

/// `POST /heard/changes/{change}/withdrawal`
pub async fn withdraw(page: Page, change: Path<String>) -> Result<HttpResponse> {
    act(page, &change, "heard-flash-withdrawn", take_off).await
}

/// `POST /heard/changes/{change}/return`
pub async fn put_back(page: Page, change: Path<String>) -> Result<HttpResponse> {
    act(page, &change, "heard-flash-returned", bring_back).await
}

async fn act(
    page: Page,
    change: &str,
    saying: &str,
    work: fn(&mut Conn, By, i64, DateTime<Utc>) -> Result<()>,
) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    viewer.require(Role::Council)?;
    let id: i64 = change.parse().map_err(|_| Error::NotFound)?;
    let (by, now) = (viewer.by(), page.now);
    page.app.db.write(move |c| work(c, by, id, now)).await?;
    Ok(page.see_other_saying(PATH, saying))
}

/// Takes a change off the page; once more does nothing.
pub fn take_off(c: &mut Conn, by: By, change_id: i64, now: DateTime<Utc>) -> Result<()> {
    let sent = digest_editions::table.filter(digest_editions::status.eq(Standing::Sent)).select(digest_editions::id);
    let items: Vec<i64> = digest_items::table
        .filter(digest_items::change_id.eq(change_id).and(digest_items::on_page))
        .filter(digest_items::edition_id.eq_any(sent))
        .select(digest_items::id)
        .load(c)?;
    if items.is_empty() {
        // It is not there, or is off already.
        changes::table.find(change_id).select(changes::id).first::<i64>(c)?;
        return Ok(());
    }
    set(c, &items, false)?;
    let kept = Kept { items: items.iter().map(ToString::to_string).collect() };
    events::append(c, Event::new(by, Subject::Change, change_id, WITHDRAWN, json!(kept), now))?;
    Ok(())
}

/// Puts back what was taken off last.
pub fn bring_back(c: &mut Conn, by: By, change_id: i64, now: DateTime<Utc>) -> Result<()> {
    let last = last_word(c, change_id)?.filter(|event| event.event == WITHDRAWN).ok_or(Error::NotFound)?;
    let kept = Kept::deserialize(&last.data.0).map_err(Error::internal)?;
    let items: Vec<i64> = kept.items.iter().filter_map(|id| id.parse().ok()).collect();
    set(c, &items, true)?;
    events::append(c, Event::new(by, Subject::Change, change_id, RETURNED, json!({}), now))?;
    Ok(())
}

fn set(c: &mut Conn, items: &[i64], on_page: bool) -> QueryResult<usize> {
    let rows = digest_items::table.filter(digest_items::id.eq_any(items.to_vec()));
    diesel::update(rows).set(digest_items::on_page.eq(on_page)).execute(c)
}

fn last_word(c: &mut Conn, change_id: i64) -> QueryResult<Option<Event>> {
    journal::table
        .filter(journal::subject_id.eq(change_id).and(journal::subject.eq(Subject::Change)))
        .filter(journal::event.eq_any([WITHDRAWN, RETURNED]))
        .order(journal::seq.desc())
        .select(Event::as_select())
        .first(c)
        .optional()
}

/// What can be put back, the newest first.
pub fn all(c: &mut Conn) -> QueryResult<Vec<Withdrawn>> {
    let words: Vec<(i64, String, String)> = journal::table
        .inner_join(changes::table.on(changes::id.eq(journal::subject_id)))
        .filter(journal::subject.eq(Subject::Change).and(journal::event.eq_any([WITHDRAWN, RETURNED])))
        .order((journal::at.desc(), journal::id.desc()))
        .limit(LISTED)
        .select((changes::id, changes::title, journal::event))
        .load(c)?;
    let mut seen = HashSet::new();
    Ok(words
        .into_iter()
        .filter(|(id, _, word)| seen.insert(*id) && word == WITHDRAWN)
        .map(|(change_id, title, _)| Withdrawn { change_id, title })
        .collect())
}
