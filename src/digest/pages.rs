//! The list of digests, by series and by how far they are.

use super::editions::{self, Edition, Listed};
use super::model::Standing;
use super::period::Period;
use super::series;
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::forms::query;
use crate::web::{Page, Role, Viewer};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Digests in the list.
const LISTED: i64 = 60;

/// Which digests are looked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Wanted {
    series: String,
    status: String,
}

/// `GET /digests`
pub async fn list(page: Page, viewer: Viewer, req: HttpRequest) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let wanted: Wanted = query(&req);
    // What cannot be looked for is not looked for.
    let listed = Listed { series: wanted.series.parse().ok(), status: wanted.status.parse().ok() };
    let (rows, all) = page.app.db.read(move |c| Ok((editions::newest(c, listed, LISTED)?, series::all(c)?))).await?;
    let name = |id: i64| all.iter().find(|series| series.id == id).map(|series| &series.name);
    let row = |edition: &Edition| {
        json!({
            "id": edition.id.to_string(),
            "series": name(edition.series_id),
            "period": period(page.lang, edition.period()),
            "status": edition.status,
            "send_at": edition.send_at,
            "queued_at": edition.queued_at,
            "recipients": edition.recipients,
        })
    };
    let choice = |id: i64, name: &str| json!({"id": id.to_string(), "name": name});
    page.render(
        "digest/list",
        json!({
            "digests": rows.iter().map(row).collect::<Vec<_>>(),
            "series": all.iter().map(|series| choice(series.id, &series.name)).collect::<Vec<_>>(),
            "statuses": Standing::ALL,
            "wanted": wanted,
            "narrowed": listed != Listed::default(),
            "may_run": viewer.role >= Role::Admin,
        }),
    )
}

/// A period for a template.
pub fn period(lang: Lang, period: Period) -> Value {
    json!({"words": period.in_words(lang), "from": period.first, "to": period.last})
}
