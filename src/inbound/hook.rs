//! `POST /hooks/inbound-mail`: a mail as it came over the wire, from whoever knows the secret; answered when it is on disk.

use super::message::LARGEST;
use super::store::{self, Source, Stored};
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::forms::{body_up_to, query};
use crate::web::viewer::app_of;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

const TYPES: [&str; 3] = ["message/rfc822", "text/plain", "application/octet-stream"];

#[derive(Default, Deserialize)]
struct Envelope {
    /// Whom the mail server delivers it to, which the mail itself need not say.
    recipient: Option<String>,
}

/// `POST /hooks/inbound-mail`
pub async fn receive(req: HttpRequest, payload: web::Payload) -> Result<HttpResponse> {
    let app = app_of(&req)?;
    authorise(&app, &req)?;
    let given = req.headers().get(CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let plain = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !TYPES.contains(&plain.as_str()) {
        return Err(Error::UnsupportedMedia);
    }
    let raw = body_up_to(payload.into_inner(), LARGEST).await?;
    let stored = keep(&app, Source::Hook, raw, query::<Envelope>(&req).recipient.as_deref()).await?;
    Ok(HttpResponse::Ok().json(json!({"id": stored.id.to_string(), "duplicate": !stored.fresh})))
}

fn authorise(app: &App, req: &HttpRequest) -> Result<()> {
    let secret = &app.config.inbound.secret;
    if secret.is_empty() {
        return Err(Error::NotFound);
    }
    let given = req.headers().get(AUTHORIZATION).and_then(|h| h.to_str().ok()).unwrap_or_default();
    // Of hashes it tells nothing how far they agree.
    match crate::id::hash(given) == crate::id::hash(&format!("Bearer {secret}")) {
        true => Ok(()),
        false => Err(Error::SignIn),
    }
}

/// Stores a mail; when this returns it is on disk. `recipient` becomes a header of it, as mail servers do that deliver.
pub async fn keep(app: &App, source: Source, raw: Vec<u8>, recipient: Option<&str>) -> Result<Stored> {
    if raw.trim_ascii().is_empty() {
        return Err(Error::BadRequest("the mail is empty".into()));
    }
    if raw.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    let raw = match recipient.map(str::trim).filter(|address| is_plain(address)) {
        Some(address) => [format!("Envelope-To: <{address}>\r\n").as_bytes(), &raw].concat(),
        None => raw,
    };
    let now = app.clock.now();
    app.db.write(move |c| Ok(store::take(c, source, &raw, now)?)).await
}

fn is_plain(address: &str) -> bool {
    let graphic = address.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b',' | b';'));
    graphic && address.contains('@') && address.len() <= 254
}
