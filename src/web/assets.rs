//! Styles, scripts and icons under names that change with their content, so that browsers keep them for good.

use super::viewer::app_of;
use crate::error::{Error, Result};
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/assets/{name}", web::get().to(asset)).route("/robots.txt", web::get().to(robots));
}

async fn asset(req: HttpRequest) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    let asset = app.templates.assets().at(req.path()).ok_or(Error::NotFound)?;
    let etag = asset.etag.clone();
    if req.headers().get(IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == etag.as_bytes()) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    Ok(HttpResponse::Ok()
        .content_type(asset.mime)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ETAG, etag))
        .body(asset.bytes.clone()))
}

async fn robots() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("User-agent: *\nDisallow: /t/\nDisallow: /track\n")
}
