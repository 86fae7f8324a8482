//! One search box over cases and changes, in both languages, for staff.

mod excerpt;
mod hits;

use crate::backlog;
use crate::cases;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::db::search::stems;
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::{clean_line, query};
use crate::web::page::Page;
use actix_web::web::{ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use hits::{Found, Hit};
use serde::Deserialize;
use serde_json::{Value, json};

/// As many as anybody reads; whoever needs more looks for more words.
const SHOWN: usize = 50;
/// Nobody searches for more.
const LONGEST_QUERY: usize = 200;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/search", get().to(show));
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

/// `GET /search?q=`
async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let scope = Scope::of(page.viewer()?)?;
    let q: String = clean_line(&query::<Asked>(&req).q).chars().take(LONGEST_QUERY).collect();
    let asked = q.clone();
    let answer = page.app.db.read(move |c| answer(c, scope, &asked)).await?;
    match answer {
        Answer::There(address) => Ok(page.see_other(&address)),
        Answer::Found(found) => page.render("search/results", view(&q, found)),
    }
}

enum Answer {
    /// The reference of something: go there.
    There(String),
    Found(Found),
}

fn answer(c: &mut Conn, scope: Scope, q: &str) -> Result<Answer> {
    if let Some(address) = jump(c, scope, q)? {
        return Ok(Answer::There(address));
    }
    Ok(Answer::Found(hits::find(c, scope, q)?))
}

/// Where a reference leads, however it was typed. "Feedback" looks like one too, so what leads nowhere is just words.
fn jump(c: &mut Conn, scope: Scope, q: &str) -> Result<Option<String>> {
    let Some(reference) = id::parse_reference(q) else { return Ok(None) };
    let (there, address) = match reference.starts_with('C') {
        true => (backlog::store::find(c, &reference).map(|_| ()), format!("/changes/{reference}")),
        false => (cases::store::find(c, scope, &reference).map(|_| ()), format!("/cases/{reference}")),
    };
    match there.map_err(Error::from) {
        Ok(()) => Ok(Some(address)),
        Err(Error::NotFound) => Ok(None),
        Err(e) => Err(e),
    }
}

fn view(q: &str, found: Found) -> Value {
    let words = stems(q);
    let count = found.hits.len();
    let hits: Vec<Value> = found.hits.iter().take(SHOWN).map(|hit| shown(hit, &words)).collect();
    json!({"q": q, "asked": !words.is_empty(), "count": count, "more": count > SHOWN || found.cut, "hits": hits})
}

fn shown(hit: &Hit, words: &[String]) -> Value {
    json!({
        "address": hit.address,
        "reference": hit.reference,
        "title": excerpt::marked(&hit.title, words),
        "excerpt": excerpt::around(&hit.text, words),
        "voice": hit.voice,
        "kind": hit.kind,
        "of": if hit.kind.is_some() { "status" } else { "change-status" },
        "status": hit.status,
        "at": hit.at,
    })
}
