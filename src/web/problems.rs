//! Turns errors into answers: a page for people, RFC 9457 problem+json for machines; and logs each once.

use super::page::{Page, field_message};
use super::typed;
use super::viewer::app_of;
use crate::db::Outage;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::json;

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::BadRequest(_) => StatusCode::BAD_REQUEST,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::Unavailable(_) | Error::Outage(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Db(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Only the status: the words come from [`answer_errors`], which knows the reader.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

/// Middleware: gives every error its words.
pub async fn answer_errors<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let response = next.call(req).await?;
    let status = response.status();
    let spoken = response.headers().contains_key(CONTENT_TYPE);
    let error = response.response().error();
    if !(status.is_client_error() || status.is_server_error()) || (error.is_none() && spoken) {
        return Ok(response.map_into_left_body());
    }
    let said = Said::of(status, error);
    let allow = response.headers().get(ALLOW).cloned();
    let req = response.request().clone();
    log(&said, error);
    let mut answer = if speaks_json(&req) { as_problem(&req, &said) } else { as_page(&req, &said).await };
    if let Some(allow) = allow {
        answer.headers_mut().insert(ALLOW, allow);
    }
    Ok(ServiceResponse::new(req, answer.map_into_right_body()))
}

/// What there is to say about an error.
struct Said {
    status: StatusCode,
    fields: Vec<FieldError>,
    detail: Option<String>,
    /// A message key that says more than the status does.
    key: Option<&'static str>,
    retry_after: Option<u64>,
}

impl Said {
    fn of(status: StatusCode, error: Option<&actix_web::Error>) -> Said {
        let mut said = Said { status, fields: Vec::new(), detail: None, key: None, retry_after: None };
        match error.and_then(|e| e.as_error::<Error>()) {
            Some(Error::Invalid(fields)) => said.fields.clone_from(fields),
            Some(Error::BadRequest(detail)) => said.detail = Some(detail.clone()),
            Some(Error::Conflict(key)) => said.key = Some(key),
            Some(Error::TooMany(seconds)) => said.retry_after = Some(*seconds),
            Some(Error::Unavailable(_) | Error::Outage(_)) => said.retry_after = Some(5),
            _ => {}
        }
        said
    }

    fn text(&self, lang: Lang, part: &str) -> String {
        let key = format!("error-{}-{part}", self.status.as_u16());
        if i18n::has(lang, &key) { i18n::t(lang, &key, &[]) } else { i18n::t(lang, &format!("error-500-{part}"), &[]) }
    }

    fn detail(&self, lang: Lang) -> String {
        match (self.key, &self.detail) {
            (Some(key), _) => i18n::t(lang, key, &[]),
            (None, Some(detail)) => detail.clone(),
            (None, None) => self.text(lang, "text"),
        }
    }
}

fn log(said: &Said, error: Option<&actix_web::Error>) {
    if !said.status.is_server_error() {
        return;
    }
    match error {
        Some(e) => tracing::error!(status = said.status.as_u16(), error = %e, "a request failed"),
        None => tracing::error!(status = said.status.as_u16(), "a request failed"),
    }
}

fn speaks_json(req: &HttpRequest) -> bool {
    ["/api/", "/hooks/"].iter().any(|start| req.path().starts_with(start))
        || matches!(req.path(), "/healthz" | "/readyz" | "/metrics")
}

fn as_problem(req: &HttpRequest, said: &Said) -> HttpResponse {
    let lang = req.headers().get("accept-language").and_then(|h| h.to_str().ok()).and_then(Lang::from_accept_language);
    let lang = lang.unwrap_or(Lang::En);
    let errors: Vec<_> = said
        .fields
        .iter()
        .map(|e| json!({"field": e.field, "code": e.key, "detail": field_message(lang, e)}))
        .collect();
    let mut problem = json!({
        "type": "about:blank",
        "title": said.status.canonical_reason().unwrap_or("Error"),
        "status": said.status.as_u16(),
        "detail": said.detail(lang),
    });
    if !errors.is_empty() {
        problem["errors"] = errors.into();
    }
    let mut answer = HttpResponse::build(said.status);
    if said.status == StatusCode::UNAUTHORIZED {
        answer.insert_header((WWW_AUTHENTICATE, "Bearer"));
    }
    if let Some(seconds) = said.retry_after {
        answer.insert_header((RETRY_AFTER, seconds));
    }
    answer.content_type("application/problem+json").body(problem.to_string())
}

async fn as_page(req: &HttpRequest, said: &Said) -> HttpResponse {
    if said.status == StatusCode::UNAUTHORIZED {
        // What was posted cannot be opened.
        let wanted = if req.method() == Method::GET { req.uri().to_string() } else { String::new() };
        let wanted = data_encoding::BASE64URL_NOPAD.encode(wanted.as_bytes());
        return HttpResponse::SeeOther().insert_header((LOCATION, format!("/sign-in?next={wanted}"))).finish();
    }
    let plain = || {
        HttpResponse::build(said.status).content_type("text/plain; charset=utf-8").body(said.text(Lang::En, "title"))
    };
    let Ok(app) = app_of(req) else { return plain() };
    // A broken database must not keep us from saying so: then nobody is signed in on this page.
    let viewer = match app.db.outage() {
        Some(Outage::Gone) => None,
        _ => super::viewer::signed_in(&app, req).await.unwrap_or(None),
    };
    let page = Page::new(app, viewer, req);
    let fields: Vec<_> =
        said.fields.iter().map(|e| json!({"field": e.field, "message": field_message(page.lang, e)})).collect();
    let context = json!({
        "status": said.status.as_u16(),
        "title": said.text(page.lang, "title"),
        "text": said.detail(page.lang),
        "fields": fields,
        "typed": (said.status == StatusCode::SERVICE_UNAVAILABLE).then(|| typed::context(req)).flatten(),
    });
    match page.answer(said.status, "error", context) {
        Ok(mut answer) => {
            if let Some(seconds) = said.retry_after {
                answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            answer
        }
        Err(e) => {
            tracing::error!(error = %e, "the error page could not be shown");
            plain()
        }
    }
}
