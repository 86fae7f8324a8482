//! `GET /changes`: the backlog as a table, one page of it, with one row open for editing if somebody asked for it.

use super::row::RowForm;
use super::saved;
use super::staff;
use super::view::{Seen, see};
use crate::backlog::model::Status;
use crate::backlog::score::is_stale;
use crate::backlog::views::arrange::{Under, gather};
use crate::backlog::views::filter::Asked;
use crate::backlog::views::{self, Filter, Scored, Sort};
use crate::cases::queue::saved::Saved;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::page::Page;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ops::Range;

pub const TEMPLATE: &str = "backlog/list";
pub const PATH: &str = "/changes";
/// Rows of a page.
const PAGE: usize = 50;

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let context = context(&page, &Asked::read(req.query_string())).await?;
    page.render(TEMPLATE, context)
}

/// The same with what was typed into a row, or as the name of a view, that could not be kept.
pub async fn again(page: &Page, asked: &Asked, error: Error, form: Value) -> Result<HttpResponse> {
    let context = context(page, asked).await?;
    page.form_again(error, TEMPLATE, context, form)
}

/// What the table needs besides the view itself.
struct Table {
    window: Range<usize>,
    stale: HashSet<i64>,
    saved: Vec<Saved>,
}

async fn context(page: &Page, asked: &Asked) -> Result<Value> {
    let (me, now, number, lang) = (page.viewer()?.id, page.now, asked.page(), page.lang);
    let read = move |c: &mut Conn, seen: &mut Seen| {
        if let Some(group) = seen.filter.group {
            let mut scored = std::mem::take(&mut seen.scored);
            gather(&mut scored, group, |under| seen.position(under, lang));
            seen.scored = scored;
        }
        table(c, seen, me, number, now)
    };
    let (seen, table) = see(page, asked.filter(), read).await?;
    let at = |page: usize| paged(&seen.filter, page);
    let (window, last) = (&table.window, seen.scored.len());
    let open = seen.scored.iter().find(|one| one.row.reference == asked.edit);
    Ok(json!({
        "frame": seen.frame(page, PATH),
        "edit": open.map(|one| &one.row.reference),
        "form": open.map(|one| RowForm::of(&one.row)),
        "name": "",
        "columns": columns(&seen.filter),
        "saved": saved::shown(&table.saved, &seen.filter),
        "levers": seen.offered_levers(page),
        "owners": seen.candidates.iter().map(|one| choice(one.id, &one.name)).collect::<Vec<_>>(),
        "here": at(number),
        "edit_at": with(&at(number), "edit="),
        "page_number": number,
        "previous": (window.start > 0).then(|| at(number - 1)),
        "next": (window.end < last).then(|| at(number + 1)),
        "sections": sections(page, &seen, &table),
    }))
}

fn table(c: &mut Conn, seen: &Seen, me: i64, number: usize, now: DateTime<Utc>) -> Result<Table> {
    let from = number.saturating_sub(1).saturating_mul(PAGE).min(seen.scored.len());
    let window = from..(from + PAGE).min(seen.scored.len());
    let rows = &seen.scored[window.clone()];
    let ids: Vec<i64> = rows.iter().map(|one| one.row.id).collect();
    let set = views::oldest_inputs(c, &ids)?;
    // Of what was there before anybody noted it, the change itself tells how old it is.
    let set_at = |one: &Scored| set.get(&one.row.id).copied().unwrap_or(*one.row.created_at);
    let is_old = |one: &&Scored| !one.row.status.is_finished() && is_stale(set_at(one), now);
    Ok(Table { stale: rows.iter().filter(is_old).map(|one| one.row.id).collect(), saved: saved::list(c, me)?, window })
}

/// The rows of the page, under what they are gathered by.
fn sections(page: &Page, seen: &Seen, table: &Table) -> Vec<Value> {
    let under = |one: &Scored| seen.filter.group.map(|group| Under::of(&one.row, group));
    let all_under = |these: Under| seen.scored.iter().filter(|one| under(one) == Some(these)).count();
    let rows = &seen.scored[table.window.clone()];
    let section = |rows: &[Scored]| {
        let lines = rows.iter().map(|one| {
            let mut line = seen.line(page, one);
            line.stale = table.stale.contains(&one.row.id);
            line
        });
        let these = rows.first().and_then(under);
        let (label, n) = (these.map(|these| seen.label(page, these)), these.map(all_under));
        json!({"label": label, "n": n, "rows": lines.collect::<Vec<_>>()})
    };
    rows.chunk_by(|a, b| under(a) == under(b)).map(section).collect()
}

/// The heads of the columns, each with the address that sorts by it; the one that sorts already turns the order round.
fn columns(filter: &Filter) -> Vec<Value> {
    const COLUMNS: [(&str, Sort); 9] = [
        ("score", Sort::Score),
        ("change", Sort::Title),
        ("ex", Sort::Ex),
        ("cx", Sort::Cx),
        ("reach", Sort::Reach),
        ("effort", Sort::Effort),
        ("confidence", Sort::Confidence),
        ("lever", Sort::Newest),
        ("owner", Sort::Target),
    ];
    let column = |(word, sort): (&str, Sort)| {
        // RICE and WSJF stand in the column of the score.
        let sort = if word == "score" && matches!(filter.sort, Sort::Rice | Sort::Wsjf) { filter.sort } else { sort };
        let current = sort == filter.sort;
        let rising = matches!(sort, Sort::Effort | Sort::Target | Sort::Title) != filter.reversed;
        let href = Filter { sort, reversed: current && !filter.reversed, ..filter.clone() }.address(PATH);
        let direction = current.then_some(if rising { "ascending" } else { "descending" });
        json!({"word": word, "sort": sort.as_str(), "href": href, "direction": direction})
    };
    COLUMNS.into_iter().map(column).collect()
}

/// The address of a page of this view.
pub fn paged(filter: &Filter, page: usize) -> String {
    let address = filter.address(PATH);
    match page {
        0 | 1 => address,
        n => with(&address, &format!("page={n}")),
    }
}

/// An address with one more thing asked for.
fn with(address: &str, more: &str) -> String {
    format!("{address}{}{more}", if address.contains('?') { '&' } else { '?' })
}

/// Something to choose in a list of a form.
pub fn choice(id: i64, label: &str) -> Value {
    json!({"id": id.to_string(), "label": label})
}

impl Seen {
    /// Where those under something stand.
    fn position(&self, under: Under, lang: crate::i18n::Lang) -> Option<(usize, String)> {
        match under {
            Under::Lever(id) => {
                let at = self.levers.iter().position(|lever| Some(lever.id) == id)?;
                Some((at, self.levers[at].name(lang).to_owned()))
            }
            Under::Owner(id) => Some((0, self.owners.get(&id?)?.to_lowercase())),
            Under::Status(status) => Some((Status::ALL.iter().position(|one| *one == status)?, String::new())),
        }
    }

    fn label(&self, page: &Page, under: Under) -> String {
        let named = match under {
            Under::Lever(id) => id.and_then(|id| self.lever(page, id)),
            Under::Owner(id) => id.and_then(|id| self.owners.get(&id).cloned()),
            Under::Status(status) => Some(page.t(&format!("change-status-{status}"), &[])),
        };
        let nothing = if matches!(under, Under::Lever(_)) { "views-no-lever" } else { "nobody" };
        named.unwrap_or_else(|| page.t(nothing, &[]))
    }

    /// The levers that a change can be given.
    pub fn offered_levers(&self, page: &Page) -> Vec<Value> {
        let offered = self.levers.iter().filter(|lever| lever.archived_at.is_none());
        offered.map(|lever| choice(lever.id, lever.name(page.lang))).collect()
    }
}
