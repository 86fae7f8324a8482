//! `GET /council/{council}/report`: a month in figures, and the rows behind them.

use super::staff;
use crate::backlog::quick_fixes;
use crate::council::councils;
use crate::council::model::Decision;
use crate::council::report::{self, Median, Report};
use crate::error::Result;
use crate::i18n;
use crate::web::forms::query;
use crate::web::page::Page;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// "2026-11"
    month: String,
}

/// `GET /council/{council}/report`
pub async fn show(page: Page, id: Path<i64>, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let (id, now) = (*id, page.now);
    let asked: Option<NaiveDate> = format!("{}-01", query::<Asked>(&req).month).parse().ok();
    let asked = asked.filter(|day| (1970..2200).contains(&day.year()));
    let (council, day, report) = page
        .app
        .db
        .read(move |c| {
            let council = councils::find(c, id)?;
            let today = now.with_timezone(&council.zone()?).date_naive();
            let day = asked.unwrap_or(today).with_day(1).unwrap_or(today);
            let report = report::of(c, &council, day)?;
            Ok((council, day, report))
        })
        .await?;
    let next = day.checked_add_months(Months::new(1));
    let last = next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(day);
    let (_, ends) = quick_fixes::month_of(day, council.zone()?);
    let word = |day: NaiveDate| day.format("%Y-%m").to_string();
    let mut context = figures(&page, &report);
    context["council"] = json!({"id": council.id.to_string(), "name": council.name});
    context["period"] = json!(i18n::period(page.lang, day, last));
    context["previous"] = json!(day.checked_sub_months(Months::new(1)).map(word));
    context["next"] = json!(next.filter(|_| ends <= now).map(word));
    context["running"] = json!(ends > now);
    page.render("council/report", context)
}

fn figures(page: &Page, report: &Report) -> Value {
    let decided: Vec<Value> = Decision::ALL
        .iter()
        .filter_map(|decision| report.decided.get(decision).map(|n| json!({"decision": decision, "n": n})))
        .collect();
    let percent = |part: i64, whole: i64| (whole > 0).then(|| (part * 100 + whole / 2) / whole);
    json!({
        "decided": decided,
        "decided_n": report.decided.values().sum::<i64>(),
        "shipped": report.shipped.iter().map(|change| json!({
            "reference": change.reference,
            "title": change.title,
            "quick_fix": change.quick_fix,
            "at": change.at,
        })).collect::<Vec<_>>(),
        "fixes": report.fixes,
        "to_decision": median(page, report.to_decision),
        "to_change": median(page, report.to_change),
        "from_decision": median(page, report.from_decision),
        "declined": {
            "changes": report.declined.changes,
            "asked": report.declined.asked,
            "told": report.declined.told,
            "percent": percent(report.declined.told, report.declined.asked),
        },
    })
}

fn median(page: &Page, median: Median) -> Value {
    json!({"n": median.n, "length": median.length.map(|length| i18n::duration(page.lang, length))})
}
