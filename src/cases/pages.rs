//! The case page, where an owner works all day. Every form on it says how far its reader has seen the case; what others
//! did since then is shown first, and what was typed is kept.

mod answers;
mod case;
mod clocks;
mod contact;
mod marks;
mod merging;
mod person;
mod presence;
mod reply;
mod snooze;

use super::actions::{self, Desk, Seen};
use super::store::{self, Scope};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::web::Page;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{ServiceConfig, get, post, resource};
use serde_json::{Value, json};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/cases/{reference}").route(get().to(case::show)))
        .service(resource("/cases/{reference}/owner").route(post().to(marks::assign)))
        .service(resource("/cases/{reference}/marks").route(post().to(marks::mark)))
        .service(resource("/cases/{reference}/contact").route(post().to(contact::correct)))
        .service(resource("/cases/{reference}/watchers").route(post().to(marks::watch)))
        .service(resource("/cases/{reference}/snooze").route(post().to(snooze::snooze)))
        .service(resource("/cases/{reference}/replies").route(post().to(reply::reply)))
        .service(resource("/cases/{reference}/replies/{id}/undo").route(post().to(reply::undo)))
        .service(resource("/cases/{reference}/notes").route(post().to(reply::note)))
        .service(resource("/cases/{reference}/presence").route(post().to(presence::presence)))
        .service(resource("/cases/{reference}/similar").route(get().to(merging::similar)))
        .service(resource("/cases/{reference}/primary").route(post().to(merging::merge)))
        .service(resource("/cases/{reference}/merged").route(post().to(merging::merge_in)))
        .service(resource("/answers").route(get().to(answers::list)).route(post().to(answers::add)))
        .service(resource("/answers/new").route(get().to(answers::new)))
        .service(resource("/answers/{id}").route(get().to(answers::show)).route(post().to(answers::change)));
}

/// Channels we have a word for are translated, others shown as they came.
pub fn channel(lang: Lang, channel: &str) -> String {
    let key = format!("channel-{channel}");
    if i18n::has(lang, &key) { i18n::t(lang, &key, &[]) } else { channel.to_owned() }
}

/// Does something with a case for whoever looks, unless others did something they have not seen.
async fn work<T: Send + 'static>(
    page: &Page,
    reference: &str,
    seen: Option<Seen>,
    work: impl FnOnce(&mut Conn, &Desk, Scope, By, &str) -> Result<T> + Send + 'static,
) -> Result<T> {
    let viewer = page.viewer()?;
    let (scope, by, me, desk) = (Scope::of(viewer)?, viewer.by(), viewer.id, Desk::of(&page.app));
    let reference = reference.to_owned();
    page.app
        .db
        .write(move |c| {
            if seen.is_some() {
                let (case, _) = store::find(c, scope, &reference)?;
                actions::unseen(c, case.id, seen, me)?;
            }
            work(c, &desk, scope, by, &reference)
        })
        .await
}

/// Goes back to the case and says what happened, or shows it again with what was typed and why it was not done.
async fn done(
    page: &Page,
    reference: &str,
    seen: Option<Seen>,
    outcome: Result<()>,
    said: &str,
    typed: Value,
) -> Result<HttpResponse> {
    match outcome {
        Ok(()) => Ok(page.see_other_saying(&format!("/cases/{reference}"), said)),
        Err(e) => again(page, reference, seen, e, typed).await,
    }
}

/// The case page again: what was typed is kept, what others did meanwhile is marked as new.
async fn again(page: &Page, reference: &str, seen: Option<Seen>, error: Error, typed: Value) -> Result<HttpResponse> {
    again_without(page, reference, seen, error, typed, None).await
}

/// The same; browsers do not keep chosen files, so those of a field have to be chosen again.
async fn again_without(
    page: &Page,
    reference: &str,
    seen: Option<Seen>,
    error: Error,
    typed: Value,
    files: Option<&str>,
) -> Result<HttpResponse> {
    if !matches!(error, Error::Invalid(_) | Error::Conflict(_)) {
        return Err(error);
    }
    let mut context = case::context(page, reference, case::Ask { seen, ..case::Ask::default() }).await?;
    let mut form = context["form"].take();
    merge(&mut form, typed);
    match error {
        Error::Conflict(key) => {
            context["form"] = form;
            context["conflict"] = json!(page.t(key, &[]));
            if let Some(field) = files {
                context["errors"] = json!({field: page.t("error-files-again", &[])});
            }
            page.answer(StatusCode::CONFLICT, case::TEMPLATE, context)
        }
        error => page.form_again(error, case::TEMPLATE, context, form),
    }
}

/// What others did on a case since somebody had seen it, as `cases/timeline` shows it, and how far it goes now; for forms
/// on pages of their own.
pub async fn news(page: &Page, reference: &str, seen: Option<Seen>) -> Result<Value> {
    let mut context = case::context(page, reference, case::Ask { seen, ..case::Ask::default() }).await?;
    let mut only = |list: &str, wanted: fn(&Value) -> bool| -> Vec<Value> {
        context[list].as_array_mut().map(std::mem::take).into_iter().flatten().filter(wanted).collect()
    };
    let entries = only("entries", |entry| entry["fresh"] == true);
    let pending = only("pending", |reply| reply["mine"] == false);
    Ok(json!({"entries": entries, "pending": pending, "seen": context["seen"]}))
}

fn merge(form: &mut Value, typed: Value) {
    if let (Value::Object(form), Value::Object(typed)) = (form, typed) {
        form.extend(typed);
    }
}

/// The same errors beside a field that has another name on the page.
fn renamed(error: Error, from: &str, to: &str) -> Error {
    match error {
        Error::Invalid(mut wrong) => {
            wrong.iter_mut().filter(|e| e.field == from).for_each(|e| e.field = to.to_owned());
            Error::Invalid(wrong)
        }
        other => other,
    }
}
