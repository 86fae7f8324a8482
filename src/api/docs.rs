//! The description of the API, for machines and, through Swagger UI from our own files, for people.

use super::openapi;
use crate::error::{Error, Result};
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpResponse, web};
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::Config;

const DOCUMENT: &str = "/api/openapi.json";

static JSON: LazyLock<std::result::Result<String, String>> =
    LazyLock::new(|| openapi::document().to_json().map_err(|e| e.to_string()));

/// No validator: it would send the address of every document to somebody else.
static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(Config::from(DOCUMENT).use_base_layout().validator_url("none").try_it_out_enabled(true).deep_linking(true))
});

/// `GET /api/openapi.json`
pub async fn document() -> Result<HttpResponse> {
    let json = JSON.as_ref().map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(json.as_str()))
}

/// `GET /api/docs`: the page names its files as being beside it.
pub async fn home() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((LOCATION, "/api/docs/")).finish()
}

/// `GET /api/docs/…`
pub async fn file(name: web::Path<String>) -> Result<HttpResponse> {
    let file = utoipa_swagger_ui::serve(&name, Arc::clone(&CONFIG)).map_err(Error::internal)?.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(file.bytes.into_owned()))
}
