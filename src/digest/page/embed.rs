//! A small frame for other sites: the newest that everybody may read. It needs no script and keeps no cookie.

use super::list::Asked;
use super::{PATH, feeds};
use crate::error::Result;
use crate::web::Page;
use crate::web::forms::query;
use crate::web::guard::FRAME_MARK;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// Items in it, unless another number is asked for.
const SHOWN: usize = 5;
const MOST: usize = 20;

/// `GET /heard/embed`: as a guest sees it, whoever is signed in.
pub async fn show(req: HttpRequest, mut page: Page) -> Result<HttpResponse> {
    let asked: Asked = query(&req);
    page.lang = asked.lang(page.lang);
    page.viewer = None;
    let (zone, lang, wanted) = (page.app.config.app.time_zone, page.lang, asked.clone());
    let most = asked.many(SHOWN, MOST);
    let told = page.app.db.read(move |c| Ok(feeds::public(c, &wanted, zone, lang, most)?)).await?;
    let all = page.app.config.http.url(&format!("{PATH}?lang={lang}"));
    let html = page.html("heard/embed", json!({"items": told, "all": all}))?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((FRAME_MARK, "1"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(html))
}
