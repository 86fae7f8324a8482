//! The public part as feeds: Atom (RFC 4287) and JSON Feed 1.1, per language.

use super::PATH;
use super::list::Asked;
use super::shown::{self, Looker};
use super::told::{self, Told};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::people::topics;
use crate::web::Page;
use crate::web::forms::query;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Text};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::{Value, json};

/// Entries of a feed.
const ENTRIES: usize = 50;

/// `GET /heard/feed.atom`
pub async fn atom(req: HttpRequest, page: Page) -> Result<HttpResponse> {
    let (page, told, asked) = read(&req, page).await?;
    let mut bytes = Vec::new();
    feed(&page, &told, &asked).write_to(&mut bytes).map_err(Error::internal)?;
    Ok(answer(&req, "application/atom+xml; charset=utf-8", bytes))
}

/// `GET /heard/feed.json`
pub async fn json(req: HttpRequest, page: Page) -> Result<HttpResponse> {
    let (page, told, asked) = read(&req, page).await?;
    let items: Vec<Value> = told.iter().map(|one| json_item(&page, one)).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(&page),
        "home_page_url": page.app.config.http.url(PATH),
        "feed_url": address(&page, "json", &asked),
        "language": page.lang,
        "items": items,
    });
    Ok(answer(&req, "application/feed+json; charset=utf-8", feed.to_string().into_bytes()))
}

/// What everybody may read, whoever asks: a feed is read by machines, and its address is passed on.
async fn read(req: &HttpRequest, mut page: Page) -> Result<(Page, Vec<Told>, Asked)> {
    let asked: Asked = query(req);
    page.lang = asked.lang(page.lang);
    let (wanted, zone, lang) = (asked.clone(), page.app.config.app.time_zone, page.lang);
    let told = page.app.db.read(move |c| Ok(public(c, &wanted, zone, lang, ENTRIES)?)).await?;
    Ok((page, told, asked))
}

/// The newest that everybody may read.
pub(super) fn public(c: &mut Conn, asked: &Asked, zone: Tz, lang: Lang, most: usize) -> QueryResult<Vec<Told>> {
    let topics = topics::list(c)?;
    let filter = asked.filter(c, &topics)?;
    let mut shown = shown::find(c, Looker::Guest, &filter, zone)?;
    shown.heads.truncate(most);
    told::all(c, &shown.heads, &topics, lang)
}

fn feed(page: &Page, told: &[Told], asked: &Asked) -> Feed {
    let link = |rel: &str, kind: &str, href: String| Link {
        rel: rel.into(),
        href,
        mime_type: Some(kind.into()),
        ..Link::default()
    };
    // A feed without entries was last changed when it was empty, which is now as well as ever.
    let updated = told.iter().map(|one| *one.at).max().unwrap_or(page.now);
    Feed {
        title: Text::plain(title(page)),
        id: format!("{}#{}", page.app.config.http.url(PATH), page.lang),
        updated: updated.fixed_offset(),
        lang: Some(page.lang.to_string()),
        generator: Some(Generator { value: "Heard".into(), ..Generator::default() }),
        links: vec![
            link("self", "application/atom+xml", address(page, "atom", asked)),
            link("alternate", "text/html", page.app.config.http.url(PATH)),
        ],
        authors: vec![atom_syndication::Person { name: page.app.config.app.name.clone(), ..Default::default() }],
        entries: told.iter().map(|one| entry(page, one)).collect(),
        ..Feed::default()
    }
}

fn entry(page: &Page, told: &Told) -> Entry {
    let url = page.app.config.http.url(&told.path);
    Entry {
        title: Text::plain(told.title.clone()),
        id: url.clone(),
        updated: told.at.fixed_offset(),
        published: Some(told.at.fixed_offset()),
        links: vec![Link { href: url, mime_type: Some("text/html".into()), ..Link::default() }],
        categories: categories(page, told).map(|term| Category { term, ..Category::default() }).collect(),
        content: Some(Content {
            value: Some(words(page, told)),
            content_type: Some("text".into()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn json_item(page: &Page, told: &Told) -> Value {
    let url = page.app.config.http.url(&told.path);
    json!({
        "id": url,
        "url": url,
        "title": told.title,
        "content_text": words(page, told),
        "date_published": told.at.to_rfc3339(),
        "tags": categories(page, told).collect::<Vec<_>>(),
    })
}

fn categories<'a>(page: &Page, told: &'a Told) -> impl Iterator<Item = String> + use<'a> {
    [Some(page.t(&format!("heard-section-{}", told.section), &[])), told.topic.clone()].into_iter().flatten()
}

/// What stands in an entry: whose words, the editor's sentence, what was done.
fn words(page: &Page, told: &Told) -> String {
    let quote = told.quote.as_ref().map(|quote| page.t("heard-quoted", &[("words", quote.text.clone().into())]));
    let parts = [quote.unwrap_or_default(), told.line.clone(), told.text.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn title(page: &Page) -> String {
    format!("{} - {}", page.t("heard-title", &[]), page.app.config.app.name)
}

/// Of a feed in the language and about the topic that were asked for.
fn address(page: &Page, kind: &str, asked: &Asked) -> String {
    let topic = if asked.topic.is_empty() { String::new() } else { format!("&topic={}", urlencode(&asked.topic)) };
    page.app.config.http.url(&format!("{PATH}/feed.{kind}?lang={}{topic}", page.lang))
}

fn urlencode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b == b'-' { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Readers ask again and again: they are told when nothing is new, and never keep what was withdrawn.
fn answer(req: &HttpRequest, kind: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let tag = format!("\"{}\"", &id::hash(&String::from_utf8_lossy(&bytes))[..32]);
    let known = req.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, "no-cache"));
    if known { response.finish() } else { response.content_type(kind).body(bytes) }
}
