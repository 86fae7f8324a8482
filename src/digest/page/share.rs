//! How to carry the page elsewhere: a frame to copy, the feeds, the wall. For those who write digests.

use super::PATH;
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use serde_json::{Value, json};

/// `GET /heard/share`
pub async fn show(page: Page) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Council)?;
    let ways: Vec<Value> = Lang::ALL.iter().map(|lang| ways(&page, *lang)).collect();
    page.render("heard/share", json!({"ways": ways}))
}

fn ways(page: &Page, lang: Lang) -> Value {
    let url = |path: &str| page.app.config.http.url(&format!("{PATH}{path}?lang={lang}"));
    let title = crate::i18n::t(lang, "heard-title", &[]);
    let frame = url("/embed");
    json!({
        "lang": lang,
        "page": url(""),
        "atom": url("/feed.atom"),
        "json": url("/feed.json"),
        "wall": url("/wall"),
        "frame": format!(
            r#"<iframe src="{frame}" title="{title}" loading="lazy" width="100%" height="480" style="border:0"></iframe>"#
        ),
    })
}
