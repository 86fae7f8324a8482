//! What every request passes: security headers, and the check that a change comes from our own pages.

use super::viewer::{app_of, cookie_name};
use crate::error::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// No inline script or style anywhere, so no nonce is needed.
const CSP: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Mails are shown in a frame of ours and bring their own styles; nothing in them may run.
const MAIL_CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/// A file somebody sent, opened by itself after all: it is a page of its own, without scripts and without our cookies.
const FILE_CSP: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// What other sites may show in a frame: words and our styles, nothing that runs or can be filled in.
const FRAME_CSP: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Says that an answer may stand in a frame of any site.
pub const FRAME_MARK: &str = "x-open-frame";
/// Says that an answer is a mail in a frame of ours.
pub const MAIL_MARK: &str = "x-mail-frame";
/// Says that an answer is a file somebody sent.
pub const FILE_MARK: &str = "x-sent-file";

/// Middleware: headers that every answer carries, errors and assets included.
pub async fn security_headers<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let secure = app_of(req.request()).is_ok_and(|app| app.config.http.secure());
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    let (mail, file, frame) = (marked(headers, MAIL_MARK), marked(headers, FILE_MARK), marked(headers, FRAME_MARK));
    let csp = match (mail, file, frame) {
        (true, ..) => MAIL_CSP,
        (_, true, _) => FILE_CSP,
        (_, _, true) => FRAME_CSP,
        _ => CSP,
    };
    set(headers, header::CONTENT_SECURITY_POLICY, csp);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if secure {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    Ok(response)
}

/// Takes a mark away that is for us alone.
fn marked(headers: &mut HeaderMap, mark: &'static str) -> bool {
    headers.remove(mark).next().is_some()
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Middleware: HEAD is answered as GET is, without the body, which the connection leaves out by itself.
pub async fn head_as_get<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if req.method() == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    next.call(req).await
}

/// Middleware: a request that changes something comes from our own pages, from a machine with a token, or from a
/// mail program that unsubscribes; never from another site in the name of whoever is signed in.
pub async fn same_site<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if let Some(encoding) = req.headers().get(header::CONTENT_ENCODING)
        && encoding.as_bytes() != b"identity"
    {
        return Ok(req.error_response(Error::UnsupportedMedia).map_into_right_body());
    }
    let machine = ["/api/", "/unsubscribe/", "/hooks/"].iter().any(|start| req.path().starts_with(start));
    if req.method().is_safe() || machine || comes_from_us(&req) {
        next.call(req).await.map(ServiceResponse::map_into_left_body)
    } else {
        Ok(req.error_response(Error::Forbidden).map_into_right_body())
    }
}

fn comes_from_us(req: &ServiceRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|h| h.to_str().ok());
    let Ok(app) = app_of(req.request()) else { return false };
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let own = app.config.http.public_url.trim_end_matches('/');
            let host = text("host").unwrap_or_default();
            origin == own || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
        // No browser from the last ten years sends neither; a script without our cookie acts in nobody's name.
        (None, None) => req.cookie(cookie_name(app.config.http.secure())).is_none(),
    }
}
