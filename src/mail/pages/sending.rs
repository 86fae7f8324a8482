//! Whether mail flows: the stop of the sender, and a mail to oneself.

use super::one::Nothing;
use crate::db::schema::people;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id;
use crate::mail::letters::Test;
use crate::mail::outbox::{self, NewMail};
use crate::mail::sender::{self, Stopped};
use crate::web::viewer::{Role, Viewer};
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

/// The stop as the list shows it.
pub fn stop(stopped: &Stopped, now: DateTime<Utc>) -> Value {
    json!({
        "reason": stopped.reason,
        "since": stopped.since,
        "until": (stopped.until > now).then_some(stopped.until),
        "needs_repair": stopped.needs_repair,
    })
}

/// POST /outbox/stop/end: every node tries again at once, one mail ahead of the others.
pub async fn go_on(page: Page, viewer: Viewer, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Admin)?;
    page.app.db.write(|c| Ok(sender::write(c, None)?)).await?;
    Ok(page.see_other_saying("/outbox", "mail-goes-on"))
}

/// POST /outbox/test: a mail to whoever asks for it, on the way that all mails go.
pub async fn test(page: Page, viewer: Viewer, _: Form<Nothing>) -> Result<HttpResponse> {
    viewer.require(Role::Admin)?;
    let (mail_id, person_id, name, now) = (id::new_id(), viewer.id, viewer.name.clone(), page.now);
    let (lang, page_url) = (page.lang, page.app.config.http.url(&format!("/outbox/{mail_id}")));
    page.app
        .db
        .write(move |c| {
            let address: Option<String> = people::table.find(person_id).select(people::email).first(c)?;
            let address = address.ok_or(Error::NotFound)?;
            let mail = to_oneself(person_id, mail_id, lang, address, name, &Test { asked_at: now, page_url })?;
            outbox::enqueue_as(c, mail_id, &mail, now)?;
            Ok(())
        })
        .await?;
    Ok(page.see_other_saying(&format!("/outbox/{mail_id}"), "mail-test-queued"))
}

fn to_oneself(
    person_id: i64,
    event_id: i64,
    lang: Lang,
    address: String,
    name: String,
    letter: &Test,
) -> Result<NewMail> {
    let data = serde_json::to_value(letter).map_err(Error::internal)?;
    Ok(NewMail { person_id, template: "test", event_id, case_id: None, lang, address, name, data })
}
