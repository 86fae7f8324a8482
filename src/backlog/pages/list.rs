//! `GET /changes`: the whole backlog on one page.

use super::shown::Shown;
use super::staff;
use crate::backlog::model::{Sort, Status};
use crate::backlog::store;
use crate::error::Result;
use crate::web::forms::query;
use crate::web::page::Page;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::cmp::Reverse;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    status: Option<Status>,
    sort: Option<Sort>,
}

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let Asked { status, sort } = query(&req);
    let sort = sort.unwrap_or(Sort::Score);
    let (rows, reach, counts) = page
        .app
        .db
        .read(move |c| {
            let rows = store::all(c, status)?;
            let ids: Vec<i64> = rows.iter().map(|(change, _)| change.id).collect();
            Ok((rows, store::reach(c, &ids)?, store::counts(c)?))
        })
        .await?;
    let reach = |id| reach.get(&id).copied().unwrap_or_default();
    let mut changes: Vec<Shown> =
        rows.into_iter().map(|(change, owner)| Shown::new(&page, &change, reach(change.id), owner)).collect();
    arrange(&mut changes, sort);
    page.render(
        "backlog/list",
        json!({"changes": changes, "views": views(&counts, status, sort), "sorts": sorts(status, sort)}),
    )
}

/// Rows come newest first, and stay so among equals.
fn arrange(changes: &mut [Shown], sort: Sort) {
    match sort {
        Sort::Score => changes.sort_by(|a, b| b.total().total_cmp(&a.total())),
        Sort::Target => changes.sort_by_key(|change| (change.target_on.is_none(), change.target_on)),
        Sort::Reach => changes.sort_by_key(|change| Reverse(change.reach.people)),
        Sort::Newest => {}
    }
}

/// A link above the table.
#[derive(Serialize)]
struct Link {
    /// The word it stands for; none for "all".
    word: Option<&'static str>,
    href: String,
    count: i64,
    current: bool,
}

fn views(counts: &[(Status, i64)], current: Option<Status>, sort: Sort) -> Vec<Link> {
    let count = |of: Option<Status>| counts.iter().filter(|(s, _)| of.is_none_or(|of| of == *s)).map(|(_, n)| n).sum();
    let statuses = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
    let link = |status: Option<Status>| Link {
        word: status.map(Status::as_str),
        href: href(status, sort),
        count: count(status),
        current: status == current,
    };
    statuses.map(link).collect()
}

fn sorts(status: Option<Status>, current: Sort) -> Vec<Link> {
    let link = |sort: &Sort| Link {
        word: Some(sort.as_str()),
        href: href(status, *sort),
        count: 0,
        current: *sort == current,
    };
    Sort::ALL.iter().map(link).collect()
}

fn href(status: Option<Status>, sort: Sort) -> String {
    let mut asked = Vec::new();
    asked.extend(status.map(|status| format!("status={status}")));
    asked.extend((sort != Sort::Score).then(|| format!("sort={sort}")));
    if asked.is_empty() { "/changes".to_owned() } else { format!("/changes?{}", asked.join("&")) }
}
