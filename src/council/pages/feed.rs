//! A member's own calendar: an address that calendars read without signing in.

use super::staff;
use crate::council::model::Stage;
use crate::council::store::{Council, Meeting};
use crate::council::{agenda, calendar, councils, members};
use crate::db::Conn;
use crate::error::Result;
use crate::mail::entry::{self, Entry};
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Path;
use chrono::{DateTime, Duration, Utc};

/// What is over stays in a calendar for so long.
const BACK: Duration = Duration::days(370);

/// `POST /council/{council}/calendar`: a new address, shown this once; the old one stops.
pub async fn renew(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (viewer, id) = (staff(&page)?, *id);
    let token = page.app.db.write(move |c| members::renew_feed(c, id, viewer.id)).await?;
    let address = page.app.config.http.url(&format!("/council/calendar/{token}.ics"));
    let context = super::home::context(&page, id, Some(address)).await?;
    page.render("council/council", context)
}

/// `GET /council/calendar/{token}.ics`: whoever has the address reads when the council meets, and nothing else of it but
/// the titles of the agenda.
pub async fn calendar(page: Page, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), page.now);
    let (council, meetings) = page.app.db.read(move |c| read(c, &token, now)).await?;
    let domain = page.app.mailer.identity().domain;
    let entries: Vec<Entry> = meetings
        .into_iter()
        .map(|(meeting, titles)| Entry {
            uid: entry::uid(meeting.id, &domain),
            sequence: meeting.version.unsigned_abs(),
            starts_at: *meeting.starts_at,
            minutes: council.minutes.into(),
            title: council.name.clone(),
            place: council.place.clone(),
            text: titles,
            url: page.app.config.http.url(&super::meeting_path(meeting.id)),
            cancelled: meeting.status == Stage::Cancelled,
        })
        .collect();
    let text = entry::feed(&council.name, &entries, page.now)?;
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(text))
}

fn read(c: &mut Conn, token: &str, now: DateTime<Utc>) -> Result<(Council, Vec<(Meeting, String)>)> {
    let member = members::of_feed(c, token)?;
    let council = councils::find(c, member.council_id)?;
    let mut meetings = Vec::new();
    for meeting in calendar::since(c, council.id, now - BACK)? {
        let titles: Vec<String> = agenda::items(c, meeting.id)?.into_iter().map(|item| item.title).collect();
        let numbered: Vec<String> = titles.iter().enumerate().map(|(n, title)| format!("{}. {title}", n + 1)).collect();
        meetings.push((meeting, numbered.join("\n")));
    }
    Ok((council, meetings))
}
