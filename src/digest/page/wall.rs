//! The page on a large screen: one thing at a time in large type. It steps on by itself where there is JavaScript, and by
//! its links where there is none.

use super::PATH;
use super::list::Asked;
use super::shown::{self, Looker};
use super::told::{self, Told};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Lang;
use crate::people::topics;
use crate::web::Page;
use crate::web::forms::query;
use actix_web::{HttpRequest, HttpResponse};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;

/// As many as somebody sees who passes by now and then.
const SLIDES: usize = 24;
/// How long each stays.
const SECONDS: u32 = 15;

/// `GET /heard/wall`
pub async fn show(req: HttpRequest, mut page: Page) -> Result<HttpResponse> {
    let asked: Asked = query(&req);
    page.lang = asked.lang(page.lang);
    let looker = Looker::of(page.viewer.as_ref());
    let (zone, lang, wanted) = (page.app.config.app.time_zone, page.lang, asked.clone());
    let (slide, number, of) = page.app.db.read(move |c| Ok(slide(c, looker, &wanted, zone, lang)?)).await?;
    let at = |number: usize| {
        let lang = if asked.lang.is_empty() { String::new() } else { format!("&lang={lang}") };
        format!("{PATH}/wall?n={number}{lang}")
    };
    let context = json!({
        "item": slide,
        "number": number,
        "of": of,
        "seconds": SECONDS,
        "next": at(number % of.max(1) + 1),
        "previous": at(if number > 1 { number - 1 } else { of.max(1) }),
        "address": page.app.config.http.url(PATH).split("://").last(),
    });
    page.render("heard/wall", context)
}

/// The slide that was asked for, its number, and how many there are.
fn slide(
    c: &mut Conn,
    looker: Looker,
    asked: &Asked,
    zone: Tz,
    lang: Lang,
) -> QueryResult<(Option<Told>, usize, usize)> {
    let topics = topics::list(c)?;
    let filter = asked.filter(c, &topics)?;
    let mut heads = shown::find(c, looker, &filter, zone)?.heads;
    heads.truncate(SLIDES);
    let number = asked.many(1, heads.len().max(1));
    let told = told::all(c, heads.get(number - 1..number).unwrap_or_default(), &topics, lang)?;
    Ok((told.into_iter().next(), number, heads.len()))
}
