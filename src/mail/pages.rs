//! The outbox for admins: what was written to whom, how far it got, and, where no server is set, the local mailbox.

mod one;
mod sending;

use super::outbox::{self, Filter, Mail, Status};
use super::{domains, sender};
use crate::db::types::Ts;
use crate::error::Result;
use crate::web::Page;
use crate::web::forms::query;
use crate::web::paging::{self, Cursor};
use crate::web::viewer::Role;
use actix_web::web::{ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PAGE: usize = 50;
/// Of what somebody looks for: no address is longer.
const LONGEST_QUERY: usize = 320;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/outbox").route(get().to(list)))
        .service(resource("/outbox/test").route(post().to(sending::test)))
        .service(resource("/outbox/stop/end").route(post().to(sending::go_on)))
        .service(resource("/outbox/{id}").route(get().to(one::show)))
        .service(resource("/outbox/{id}/html").route(get().to(one::html)))
        .service(resource("/outbox/{id}/retry").route(post().to(one::retry)))
        .service(resource("/outbox/{id}/cancellation").route(post().to(one::cancel)));
}

#[derive(Default, Deserialize)]
struct ListQuery {
    state: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

/// GET /outbox
async fn list(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let query: ListQuery = query(&req);
    let status: Option<Status> = query.state.as_deref().and_then(|word| word.parse().ok());
    let about = query.q.map(|q| q.trim().replace('\0', "").chars().take(LONGEST_QUERY).collect::<String>());
    let about = about.filter(|about| !about.is_empty());
    let before = query.after.as_deref().map(Cursor::decode).transpose()?.map(|place| (Ts::from(place.at), place.id));
    let (filter, now) = (Filter { status, about: about.clone() }, page.now);
    let (mails, counts, stopped, busy) = page
        .app
        .db
        .read(move |c| {
            let mails = filter.newest(c, before, PAGE as i64 + 1)?;
            Ok((mails, outbox::counts(c)?, sender::written(c)?, domains::busy(c, now)?))
        })
        .await?;
    let (mails, next) = paging::split(mails, PAGE, |mail| Cursor { at: *mail.created_at, id: mail.id });
    let place = |status: Option<Status>| address(status, about.as_deref());
    page.render(
        "outbox/list",
        json!({
            "mails": mails.iter().map(|mail| line(&page, mail)).collect::<Vec<_>>(),
            "states": states(&page, &counts, status, place),
            "state": status,
            "q": about,
            "local": page.app.mailer.is_local(),
            "stopped": stopped.map(|stopped| sending::stop(&stopped, now)),
            "busy": busy,
            "next": next.map(|next| with(&place(status), "after", &next)),
            "previous": query.after.is_some().then(|| place(status)),
        }),
    )
}

fn states(
    page: &Page,
    counts: &BTreeMap<Status, i64>,
    current: Option<Status>,
    place: impl Fn(Option<Status>) -> String,
) -> Vec<Value> {
    let all = json!({
        "label": page.t("outbox-all", &[]),
        "href": place(None),
        "count": counts.values().sum::<i64>(),
        "current": current.is_none(),
    });
    let state = |status: &Status| {
        json!({
            "label": page.t(&format!("mail-status-{status}"), &[]),
            "href": place(Some(*status)),
            "count": counts.get(status).copied().unwrap_or_default(),
            "current": current == Some(*status),
        })
    };
    std::iter::once(all).chain(Status::ALL.iter().map(state)).collect()
}

fn address(status: Option<Status>, about: Option<&str>) -> String {
    let path = status.map_or("/outbox".to_owned(), |status| with("/outbox", "state", status.as_str()));
    about.map_or(path.clone(), |about| with(&path, "q", about))
}

fn with(path: &str, name: &str, value: &str) -> String {
    let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
    format!("{path}{}{name}={value}", if path.contains('?') { '&' } else { '?' })
}

/// A mail as the list and its own page show it.
fn line(page: &Page, mail: &Mail) -> Value {
    // A mail that cannot be rendered is shown all the same: its state says why.
    let subject = page.app.mailer.subject(mail).unwrap_or_else(|e| e.to_string());
    json!({
        "id": mail.id.to_string(),
        "subject": subject,
        "to": mail.address,
        "status": mail.status,
        "created_at": mail.created_at,
        "sent_at": mail.sent_at,
        "next_at": mail.next_at,
        "reply": mail.reply.as_deref().map(|reply| one::in_words(page, reply)),
        "attempts": mail.attempts,
    })
}
