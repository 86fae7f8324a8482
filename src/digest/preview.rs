//! A digest as each of its readers will get it: stepping through them, with why an item is there or not, and why somebody
//! gets nothing. A test goes to whoever asks for it, with everything that is in it.

use super::answers;
use super::content::{self, Content};
use super::editions::{self, Edition};
use super::model::{Reader, Said};
use super::pages::period;
use super::said::said_by;
use super::sending::audience;
use super::sending::letters::{self as sending, Place, TEMPLATE, Telling};
use super::series::{self, Series};
use super::store;
use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::id;
use crate::mail::outbox;
use crate::mail::{Rendered, letters};
use crate::web::forms::{given, query};
use crate::web::{Form, Page, Role, Viewer};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Whose mail to look at.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// The id of a reader; without it, the first one.
    pub person: String,
    pub email: String,
}

/// One reader of an edition, and those beside them.
struct Seen {
    edition: Edition,
    series: Series,
    content: Content,
    said: Vec<Said>,
    /// None where nobody is in the audience.
    place: Option<Place>,
    previous: Option<i64>,
    next: Option<i64>,
}

fn read(c: &mut Conn, id: i64, asked: &Asked, zone: Tz, now: DateTime<Utc>) -> Result<Seen> {
    let edition = editions::find(c, id)?;
    let series = series::find(c, edition.series_id)?;
    let telling = Telling::load(c, &edition, &series, zone, now)?;
    let Some(reader) = reader(c, &series, asked)? else {
        let content = content::load(c, &edition, zone, now)?;
        return Ok(Seen { edition, series, content, said: Vec::new(), place: None, previous: None, next: None });
    };
    let said = said_by(c, telling.content(), std::slice::from_ref(&reader))?.remove(&reader.id).unwrap_or_default();
    let (previous, next) = audience::beside(c, &series, reader.id)?;
    let place = telling.places(c, vec![reader])?.pop();
    Ok(Seen { content: telling.content().clone(), edition, series, said, place, previous, next })
}

/// The reader that was asked for, or the first of the series.
fn reader(c: &mut Conn, series: &Series, asked: &Asked) -> Result<Option<Reader>> {
    let found = match (given(&asked.person), given(&asked.email)) {
        (Some(id), _) => store::reader(c, id.parse().map_err(|_| Error::NotFound)?)?,
        (None, Some(email)) => return reader_of(c, email).map(Some),
        (None, None) => return Ok(audience::next(c, series, i64::MIN, 1)?.pop()),
    };
    Ok(Some(found))
}

fn reader_of(c: &mut Conn, email: &str) -> Result<Reader> {
    match store::reader_by_email(c, email) {
        Err(diesel::result::Error::NotFound) => Err(Error::field("email", "error-person")),
        found => Ok(found?),
    }
}

async fn seen(page: &Page, id: &str, asked: Asked) -> Result<Seen> {
    page.viewer()?.require(Role::Council)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let (zone, now) = (page.app.config.app.time_zone, page.now);
    page.app.db.read(move |c| read(c, id, &asked, zone, now)).await
}

/// `GET /digests/{id}/preview`
pub async fn show(page: Page, id: Path<String>, req: HttpRequest) -> Result<HttpResponse> {
    let asked: Asked = query(&req);
    match seen(&page, &id, asked.clone()).await {
        Ok(seen) => page.render("digest/reader", view(&page, &seen, &asked)?),
        Err(wrong @ Error::Invalid(_)) => {
            let first = seen(&page, &id, Asked::default()).await?;
            page.form_again(wrong, "digest/reader", view(&page, &first, &asked)?, &asked)
        }
        Err(e) => Err(e),
    }
}

fn view(page: &Page, seen: &Seen, asked: &Asked) -> Result<Value> {
    let id = seen.edition.id;
    let url = |person: i64| format!("/digests/{id}/preview?person={person}");
    let words = match &seen.place {
        Some(Place { reader, letter: Ok(letter) }) => Some(rendered(&page.app, reader, letter)?),
        _ => None,
    };
    let reader = seen.place.as_ref().map(|place| &place.reader);
    let skipped = seen.place.as_ref().and_then(|place| place.letter.as_ref().err());
    Ok(json!({
        "edition": {"id": id.to_string(), "series": seen.series.name, "period": period(page.lang, seen.edition.period())},
        "reader": reader.map(|reader| json!({
            // Many contacts never gave a name.
            "shown": given(&reader.name).or(reader.email.as_deref()).unwrap_or("?"),
            "email": reader.email,
            "lang": reader.lang,
            "html_url": format!("/digests/{id}/preview/html?person={}", reader.id),
        })),
        "skipped": skipped,
        "subject": words.as_ref().map(|words| &words.subject),
        "text": words.as_ref().map(|words| &words.text),
        "items": reader.map_or_else(Vec::new, |reader| why(seen, reader)),
        "own": seen.said.iter().filter(|said| content::is_outcome(said)).count(),
        "previous": seen.previous.map(url),
        "next": seen.next.map(url),
        "form": asked,
    }))
}

/// Each item of the digest, and why this reader gets it or does not.
fn why(seen: &Seen, reader: &Reader) -> Vec<Value> {
    let item = |item| {
        let why = content::why(item, reader, &seen.said);
        json!({"title": item.facts.title, "why": why, "read": why != content::Why::Hidden})
    };
    seen.content.items.iter().map(item).collect()
}

/// A letter as its reader will see it, for somebody else to look at: the ways in it are theirs alone.
pub fn rendered(app: &App, reader: &Reader, letter: &letters::Digest) -> Result<Rendered> {
    let mut letter = letter.clone();
    answers::ways::hide(&app.ways, &mut letter);
    app.mailer.preview(TEMPLATE, reader.lang, &reader.name, &letter)
}

/// `GET /digests/{id}/preview/html`: the HTML part of one reader's mail, for a frame.
pub async fn html(page: Page, id: Path<String>, req: HttpRequest) -> Result<HttpResponse> {
    let seen = seen(&page, &id, query(&req)).await?;
    let Some(Place { reader, letter: Ok(letter) }) = seen.place else { return Err(Error::NotFound) };
    let html = rendered(&page.app, &reader, &letter)?.html;
    Ok(HttpResponse::Ok().insert_header(("x-mail-frame", "1")).content_type("text/html; charset=utf-8").body(html))
}

/// A button.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// `POST /digests/{id}/test`: the whole digest to oneself, once for each press.
pub async fn test(page: Page, viewer: Viewer, id: Path<String>, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let (zone, now, app) = (page.app.config.app.time_zone, page.now, page.app.clone());
    let queued = page.app.db.write(move |c| {
        let edition = editions::find(c, id)?;
        let reader = store::reader(c, viewer.id)?;
        let letter = content::whole(&content::load(c, &edition, zone, now)?, reader.lang);
        // Under an id of its own: it is no mail of the edition.
        let mail = sending::mail(&app.ways, id::new_id(), reader, letter, now)?;
        Ok(outbox::enqueue(c, &mail, now)?)
    });
    queued.await?;
    Ok(page.see_other_saying(&format!("/digests/{id}"), "digest-test-sent"))
}
