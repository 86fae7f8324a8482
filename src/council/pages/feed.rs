//! A member's own calendar: an address that calendars read without signing in.

use super::{home, staff};
use crate::council::members;
use crate::error::{Error, Result};
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;

/// `POST /council/{council}/calendar`: a new address, shown this once; the old one stops.
pub async fn renew(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (viewer, id) = (staff(&page)?, *id);
    let token = page.app.db.write(move |c| members::renew_feed(c, id, viewer.id)).await?;
    let base = page.app.config.http.public_url.trim_end_matches('/');
    let address = format!("{base}/council/calendar/{token}.ics");
    let context = super::home::context(&page, id, Some(address)).await?;
    page.render("council/council", context)
}

/// `GET /council/calendar/{token}.ics`
pub async fn calendar(page: Page, token: Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let member = page.app.db.read(move |c| members::of_feed(c, &token)).await?;
    let _ = home(member.council_id);
    Err(Error::NotFound)
}
