//! What a digest would be, before it is sent: as a whole, and stepping through its readers.

use super::actions::{self, Counted, Digest, Skips};
use super::model::Reader;
use super::period::{Month, Period};
use super::readers::{self, Place};
use super::store;
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::web::forms::{given, query};
use crate::web::{Page, Role, Viewer};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Which digest to look at, and whose.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Asked {
    #[serde(default)]
    pub month: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    /// The id of a reader.
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub email: String,
}

impl Asked {
    pub fn period(&self, app: &App) -> Result<Period> {
        match (given(&self.month), given(&self.from), given(&self.to)) {
            (Some(month), ..) => {
                Ok(month.parse::<Month>().map_err(|_| Error::field("month", "error-digest-month"))?.period())
            }
            (None, Some(from), Some(to)) => {
                let day = |field: &str, typed: &str| typed.parse().map_err(|_| Error::field(field, "error-date"));
                Period::between(day("from", from)?, day("to", to)?)
            }
            _ => Ok(Period::last_month(app.clock.now(), app.config.app.time_zone)),
        }
    }

    /// The reader that was asked for.
    async fn reader(&self, app: &App) -> Result<Option<Reader>> {
        let (person, email) = (self.person.trim().to_owned(), self.email.clone());
        let found = match (person.is_empty(), given(&email).is_none()) {
            (true, true) => return Ok(None),
            (true, false) => app.db.read(move |c| Ok(store::reader_by_email(c, &email)?)).await,
            (false, _) => {
                let id = person.parse().map_err(|_| Error::NotFound)?;
                app.db.read(move |c| Ok(store::reader(c, id)?)).await
            }
        };
        found.map(Some).map_err(|e| match e {
            Error::NotFound if !self.email.is_empty() => Error::field("email", "error-person"),
            e => e,
        })
    }
}

/// What a digest would be: as a whole, or for one reader.
pub async fn show(page: Page, viewer: Viewer, req: HttpRequest) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let asked: Asked = query(&req);
    let digest = match asked.period(&page.app) {
        Ok(period) => actions::of_period(&page.app, period).await?,
        Err(wrong) => return page.form_again(wrong, "digest/choose", json!({}), &asked),
    };
    match asked.reader(&page.app).await {
        Ok(Some(reader)) => for_reader(&page, &digest, reader).await,
        Ok(None) => as_a_whole(&page, &digest, &asked, None).await,
        Err(wrong @ Error::Invalid(_)) => as_a_whole(&page, &digest, &asked, Some(wrong)).await,
        Err(e) => Err(e),
    }
}

async fn as_a_whole(page: &Page, digest: &Digest, asked: &Asked, wrong: Option<Error>) -> Result<HttpResponse> {
    let audience = actions::audience(&page.app, digest).await?;
    let first = page.app.db.read(|c| Ok(store::neighbours(c, i64::MIN)?.1)).await?;
    let context = whole(page, digest, &audience, first, asked);
    match wrong {
        Some(wrong) => page.form_again(wrong, "digest/preview", context, asked),
        None => page.render("digest/preview", context),
    }
}

fn whole(page: &Page, digest: &Digest, audience: &Counted, first: Option<i64>, asked: &Asked) -> Value {
    let changes = |shipped: bool| -> Vec<Value> {
        let chosen = digest.decided.iter().filter(|change| change.shipped == shipped);
        chosen
            .map(|change| json!({"title": change.title, "text": change.news.text(page.lang), "public": change.public}))
            .collect()
    };
    json!({
        "period": period(page.lang, digest.period),
        "done": changes(true),
        "declined": changes(false),
        "recipients": audience.recipients,
        "skips": skips(&audience.skips),
        "first": first.map(|id| reader_url(digest.period, id)),
        "sent": digest.row.as_ref().map(|row| json!({"id": row.id.to_string(), "queued_at": row.queued_at})),
        "is_open": digest.period.is_open(page.now, page.app.config.app.time_zone),
        "form": asked,
    })
}

async fn for_reader(page: &Page, digest: &Digest, reader: Reader) -> Result<HttpResponse> {
    let id = reader.id;
    let (before, after) = page.app.db.read(move |c| Ok(store::neighbours(c, id)?)).await?;
    let place = readers::place(&page.app, digest, reader).await?;
    let words = match &place.letter {
        Ok(letter) => Some(readers::rendered(&page.app, &place.reader, letter)?),
        Err(_) => None,
    };
    // Many contacts never gave a name.
    let shown = given(&place.reader.name).or(place.reader.email.as_deref()).unwrap_or("?");
    let url = |id: i64| reader_url(digest.period, id);
    let context = json!({
        "period": period(page.lang, digest.period),
        "reader": {"shown": shown, "email": place.reader.email, "lang": place.reader.lang},
        "skipped": place.letter.as_ref().err(),
        "subject": words.as_ref().map(|words| &words.subject),
        "text": words.as_ref().map(|words| &words.text),
        "html_url": format!("/digests/preview/html?{}&person={id}", query_of(digest.period)),
        "previous": before.map(url),
        "next": after.map(url),
    });
    page.render("digest/reader", context)
}

/// The HTML part of one reader's mail, for a frame.
pub async fn html(page: Page, viewer: Viewer, req: HttpRequest) -> Result<HttpResponse> {
    viewer.require(Role::Council)?;
    let asked: Asked = query(&req);
    let digest = actions::of_period(&page.app, asked.period(&page.app)?).await?;
    let reader = asked.reader(&page.app).await?.ok_or(Error::NotFound)?;
    let Place { reader, letter: Ok(letter) } = readers::place(&page.app, &digest, reader).await? else {
        return Err(Error::NotFound);
    };
    let html = readers::rendered(&page.app, &reader, &letter)?.html;
    Ok(HttpResponse::Ok().insert_header(("x-mail-frame", "1")).content_type("text/html; charset=utf-8").body(html))
}

/// A period for a template.
pub fn period(lang: Lang, period: Period) -> Value {
    json!({
        "words": period.in_words(lang),
        "query": query_of(period),
        "month": period.month().map(|month| month.to_string()),
        "from": period.first,
        "to": period.last,
    })
}

fn query_of(period: Period) -> String {
    match period.month() {
        Some(month) => format!("month={month}"),
        None => format!("from={}&to={}", period.first, period.last),
    }
}

fn reader_url(period: Period, person_id: i64) -> String {
    format!("/digests/preview?{}&person={person_id}", query_of(period))
}

fn skips(skips: &Skips) -> Vec<Value> {
    skips.iter().map(|(why, n)| json!({"why": why, "n": n})).collect()
}
