//! The pages of the queue.

use super::view::{self, Ask, MOST_COUNTED, Row, View};
use crate::cases::badge::{Due, due};
use crate::cases::pages::channel;
use crate::cases::store::Scope;
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::Page;
use crate::web::forms::query;
use crate::web::paging::{self, Cursor};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Duration, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const PAGE: usize = 50;

#[derive(Default, Deserialize)]
struct QueueQuery {
    view: Option<View>,
    after: Option<String>,
}

/// `GET /cases`
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    let query: QueueQuery = query(&req);
    let view = query.view.unwrap_or(View::Mine);
    let after = query.after.as_deref().map(Cursor::decode).transpose()?;
    let ask = Ask {
        scope: Scope::of(viewer)?,
        view,
        me: viewer.id,
        now: page.now,
        day_end: day_end(page.now, page.app.config.app.time_zone),
    };
    let (rows, counts) =
        page.app.db.read(move |c| Ok((view::list(c, ask, after, PAGE as i64 + 1)?, view::counts(c, ask)?))).await?;
    let (rows, next) = paging::split(rows, PAGE, |row| row.place(view));
    let views: Vec<Value> = counts.iter().map(|(each, n)| view_context(&page, *each, *n, *each == view)).collect();
    let lines: Vec<Line> = rows.iter().map(|row| line(row, page.lang, page.now, viewer.id)).collect();
    page.render(
        "cases/queue",
        json!({
            "view": view,
            "heading": page.t(&format!("view-{view}"), &[]),
            "empty": page.t(&format!("view-{view}-empty"), &[]),
            "views": views,
            "lines": lines,
            "next": next.map(|next| format!("/cases?view={view}&after={next}")),
            "previous": query.after.is_some().then(|| format!("/cases?view={view}")),
        }),
    )
}

fn view_context(page: &Page, view: View, n: usize, current: bool) -> Value {
    let count = if n as i64 == MOST_COUNTED { format!("{}+", n - 1) } else { n.to_string() };
    json!({"view": view, "label": page.t(&format!("view-{view}"), &[]), "count": count, "current": current})
}

/// Midnight after `now`, where the house is.
pub fn day_end(now: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
    let tomorrow = now.with_timezone(&tz).date_naive() + Duration::days(1);
    tz.from_local_datetime(&tomorrow.and_time(NaiveTime::MIN))
        .earliest()
        .map_or(now + Duration::days(1), |at| at.with_timezone(&Utc))
}

/// A row of the queue as the template shows it.
#[derive(Serialize)]
struct Line<'a> {
    reference: &'a str,
    title: &'a str,
    voice: &'a str,
    kind: &'a str,
    channel: String,
    status: &'a str,
    owner: Option<&'a str>,
    mine: bool,
    anonymous: bool,
    reopened: bool,
    received_at: DateTime<Utc>,
    due: Due,
}

fn line(row: &Row, lang: Lang, now: DateTime<Utc>, me: i64) -> Line<'_> {
    Line {
        reference: &row.reference,
        title: &row.title,
        voice: row.voice.as_str(),
        kind: row.kind.as_str(),
        channel: channel(lang, &row.channel),
        status: row.status.as_str(),
        owner: row.owner.as_deref(),
        mine: row.owner_id == Some(me),
        anonymous: row.anonymous,
        reopened: row.reopened > 0,
        received_at: *row.received_at,
        due: due(lang, row.urgency(now), row.next_due.map(|due| *due), now),
    }
}
