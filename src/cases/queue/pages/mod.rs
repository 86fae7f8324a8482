//! The page of the queue.

pub mod bulk;
mod choices;
mod line;
pub mod saved;

use super::filter::{Asked, Filter};
use super::promised;
use super::saved::Saved;
use super::view::{Ask, View};
use super::walk::{self, Count, Found, Place, Spot};
use crate::db::Conn;
use crate::error::Result;
use crate::web::Page;
use crate::web::paging::Cursor;
use actix_web::{HttpRequest, HttpResponse};
use bulk::BulkForm;
use serde_json::{Map, Value, json};

const TEMPLATE: &str = "cases/queue";
/// Rows of a page.
pub const PAGE: usize = 50;

/// `GET /cases`
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let mut context = context(&page, &Asked::read(req.query_string()), &BulkForm::default()).await?;
    let report = bulk::reported(&req);
    context["report"] = json!(report.as_ref().map(|report| bulk::said(&page, report)));
    let response = page.render(TEMPLATE, context)?;
    if report.is_some() { bulk::forget(response) } else { Ok(response) }
}

/// `GET /cases/counts`: how many cases each view holds now, and which stand on the page that was asked for.
pub async fn counts(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let asked = Asked::read(req.query_string());
    let (ask, from) = (ask(&page, &asked)?, spot(&asked)?);
    let shown = page.app.db.read(move |c| shown(c, &ask, from)).await?;
    let views: Map<String, Value> =
        shown.counts.iter().map(|(view, n)| (view.to_string(), n.to_string().into())).collect();
    let saved: Map<String, Value> =
        shown.saved.iter().map(|(saved, n)| (saved.id.to_string(), n.to_string().into())).collect();
    let rows: Vec<&str> = shown.found.rows.iter().map(|row| row.reference.as_str()).collect();
    Ok(HttpResponse::Ok().json(json!({"views": views, "saved": saved, "rows": rows})))
}

fn ask(page: &Page, asked: &Asked) -> Result<Ask> {
    Ask::of(page.viewer()?, asked.view(), asked.filter(), page.now, page.app.config.app.time_zone)
}

/// Where the page begins that an address asks for.
fn spot(asked: &Asked) -> Result<Spot> {
    Ok(Spot {
        after: asked.after.as_deref().map(Cursor::decode).transpose()?,
        place: asked.place.as_deref().map(Place::decode).transpose()?,
    })
}

/// The address of a page: the view, what narrows it, and where it begins.
fn address(view: View, filter: &Filter, from: Spot) -> String {
    let after = from.after.map(|after| format!("&after={}", after.encode())).unwrap_or_default();
    let place = from.place.map(|place| format!("&place={}", place.encode())).unwrap_or_default();
    format!("/cases?{}{after}{place}", filter.query(view))
}

/// What the page shows, read in one go.
struct Shown {
    found: Found,
    counts: Vec<(View, Count)>,
    saved: Vec<(Saved, Count)>,
}

fn shown(c: &mut Conn, ask: &Ask, from: Spot) -> Result<Shown> {
    Ok(Shown { found: walk::list(c, ask, from, PAGE)?, counts: super::counts(c, ask)?, saved: saved::counted(c, ask)? })
}

/// The context of the page; `form` is what was typed and ticked on it, if something was wrong with that.
async fn context(page: &Page, asked: &Asked, form: &BulkForm) -> Result<Value> {
    let (ask, from) = (ask(page, asked)?, spot(asked)?);
    let (view, filter) = (ask.view, ask.filter.clone());
    let me = page.viewer()?.id;
    let read = page.app.db.read(move |c| Ok((shown(c, &ask, from)?, choices::read(c)?, promised::of(c, me)?)));
    let (Shown { found, counts, saved }, choices, promised) = read.await?;
    let query = filter.query(view);
    let here = address(view, &filter, from);
    let begins_later = from != Spot::default();
    Ok(json!({
        "view": view,
        "heading": page.t(&format!("view-{view}"), &[]),
        "empty": page.t(&empty(view, &filter), &[]),
        "narrowed": filter.narrowings(),
        "views": counts.iter().map(|(each, n)| json!({
            "view": each,
            "label": page.t(&format!("view-{each}"), &[]),
            "count": n.to_string(),
            "current": *each == view && filter == Filter::default(),
        })).collect::<Vec<_>>(),
        "saved": saved.iter().map(|(each, n)| json!({
            "id": each.id.to_string(),
            "name": each.name,
            "query": each.query,
            "count": n.to_string(),
            "current": each.query == query,
        })).collect::<Vec<_>>(),
        "may_save": filter != Filter::default() && saved.iter().all(|(each, _)| each.query != query),
        "promised": promised::context(&promised, page.app.config.app.time_zone, page.now),
        "lines": line::lines(page, &found, &filter, view, &form.reference)?,
        "looked": found.looked_to.map(|to| json!({"n": found.rows.len(), "how": how_far(view), "to": to})),
        "next": found.next.map(|next| address(view, &filter, next)),
        "previous": begins_later.then(|| address(view, &filter, Spot::default())),
        "back": here.trim_start_matches("/cases?"),
        "query": query,
        "choices": choices.context(page, &filter),
        "report": null,
        "form": form,
    }))
}

/// Nothing is in the view, or nothing of it is left.
fn empty(view: View, filter: &Filter) -> String {
    if filter.narrowings() > 0 { "queue-empty-narrowed".to_owned() } else { format!("view-{view}-empty") }
}

/// What the words say that tell how far was looked.
fn how_far(view: View) -> &'static str {
    match view.key() {
        super::view::Key::Due => "due",
        super::view::Key::Updated => "updated",
        super::view::Key::Wakes => "wakes",
    }
}
