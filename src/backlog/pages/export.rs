//! `GET /changes/export`: what the table shows, all of it, as a file.

use super::shown::percent;
use super::staff;
use super::view::{Seen, see};
use crate::backlog::export::{Cell, Table};
use crate::backlog::views::Scored;
use crate::backlog::views::filter::Asked;
use crate::error::Result;
use crate::web::page::Page;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub async fn download(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let asked = Asked::read(req.query_string());
    let (seen, ()) = see(&page, asked.filter(), |_, _| Ok(())).await?;
    let table = table(&page, &seen);
    let (kind, ending, bytes) = match asked.format.as_str() {
        "xlsx" => (XLSX, "xlsx", table.xlsx("Heard")?),
        _ => ("text/csv; charset=utf-8", "csv", table.csv()?),
    };
    let name = format!("attachment; filename=\"changes-{}.{ending}\"", seen.today);
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).insert_header((CONTENT_DISPOSITION, name)).body(bytes))
}

fn table(page: &Page, seen: &Seen) -> Table {
    const HEAD: [&str; 17] = [
        "views-rank-place",
        "views-column-score",
        "views-reference",
        "views-column-change",
        "views-group-status-name",
        "changes-field-ex",
        "changes-field-cx",
        "views-input-reach",
        "views-employees",
        "views-customers",
        "changes-evidence",
        "changes-effort",
        "views-confidence-percent",
        "views-lever",
        "changes-owner",
        "changes-target",
        "views-quick",
    ];
    Table {
        head: HEAD.iter().map(|key| page.t(key, &[])).collect(),
        rows: seen.scored.iter().map(|one| row(page, seen, one)).collect(),
    }
}

fn row(page: &Page, seen: &Seen, one: &Scored) -> Vec<Cell> {
    let (row, reach) = (&one.row, one.row.reach());
    let count = |n: i64| Cell::Number(n as f64);
    let text = |text: Option<String>| Cell::from(text.unwrap_or_default().as_str());
    vec![
        Cell::Number(one.place as f64),
        one.total.into(),
        row.reference.as_str().into(),
        row.title.as_str().into(),
        text(Some(page.t(&format!("change-status-{}", row.status), &[]))),
        Cell::Number(row.ex.into()),
        Cell::Number(row.cx.into()),
        count(reach.people),
        count(reach.employees),
        count(reach.customers),
        count(reach.cases),
        Cell::Number(row.effort),
        Cell::Number(percent(row.confidence)),
        text(row.lever_id.and_then(|id| seen.lever(page, id))),
        text(row.owner_id.and_then(|id| seen.owners.get(&id).cloned())),
        text(row.target_on.map(|on| on.to_string())),
        text(row.quick_fix.then(|| page.t("yes", &[]))),
    ]
}
