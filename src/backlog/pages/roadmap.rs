//! `GET /changes/roadmap`: what is due in which month.

use super::staff;
use super::view::see;
use crate::backlog::views::filter::Asked;
use crate::backlog::views::months::{Stretch, roadmap};
use crate::error::Result;
use crate::web::page::Page;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

const PATH: &str = "/changes/roadmap";
/// Cards of a month; whoever wants more looks at the table.
const SHOWN: usize = 30;

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let (mut seen, ()) = see(&page, Asked::read(req.query_string()).filter(), |_, _| Ok(())).await?;
    let frame = seen.frame(&page, PATH);
    let scored = std::mem::take(&mut seen.scored);
    let stretches: Vec<Value> = roadmap(scored, |one| &one.row, seen.today)
        .into_iter()
        .map(|(stretch, those)| {
            let (word, month) = match stretch {
                Stretch::Late => ("late", None),
                Stretch::Month(first) => ("month", Some(month(&page, first))),
                Stretch::Someday => ("someday", None),
            };
            let quick = those.iter().filter(|one| one.row.quick_fix).count();
            let cards: Vec<_> = those.iter().take(SHOWN).map(|one| seen.line(&page, one)).collect();
            json!({"word": word, "month": month, "n": those.len(), "quick": quick, "more": those.len() - cards.len(), "cards": cards})
        })
        .collect();
    page.render("backlog/roadmap", json!({"frame": frame, "stretches": stretches}))
}

/// "December 2026", by itself.
fn month(page: &Page, first: NaiveDate) -> String {
    format!("{} {}", page.t(&format!("views-month-{}", first.month()), &[]), first.year())
}
