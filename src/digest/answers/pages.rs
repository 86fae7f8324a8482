//! The page behind the links of a digest's items. Looking at it does nothing.

use super::{CHANNEL, Reader};
use crate::cases::actions::{Desk, MAX_MESSAGE};
use crate::db::Conn;
use crate::digest::items::Item;
use crate::error::{Error, FieldError, Result};
use crate::feedback::actions::{self as intake, Receipt};
use crate::feedback::model::Kind;
use crate::feedback::pages::confirmation;
use crate::journal::By;
use crate::secret::Purpose;
use crate::web::forms::clean;
use crate::web::limits::{Limit, check_address};
use crate::web::{Form, Page};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "heard/answer";

/// Who answers what: a token of the reader, and the item.
type Way = Path<(String, String)>;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    pub why: String,
    pub text: String,
}

/// `GET /digest/{token}/{item}`
pub async fn show(page: Page, way: Way) -> Result<HttpResponse> {
    let mut context = context(&page, &way).await?;
    context["form"] = json!(Answer::default());
    page.unlisted().render(TEMPLATE, context)
}

/// `POST /digest/{token}/{item}/unsolved`
pub async fn unsolved(page: Page, req: HttpRequest, way: Way, form: Form<Answer>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let (reader_id, item_id) = opened(&page, &way)?;
    let (desk, why) = (Desk::of(&page.app), form.0.why.clone());
    let done = match said("why", &why) {
        Ok(()) => {
            let write = move |c: &mut Conn| {
                let (reader, item) = found(c, reader_id, item_id)?;
                super::unsolved(c, &desk, &reader, &item, &why)
            };
            page.app.db.write(write).await
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(reopened) => {
            let saying = if reopened { "heard-flash-unsolved" } else { "heard-flash-goes-on" };
            Ok(page.see_other_saying(&path(&way), saying))
        }
        Err(e) => again(page, &way, e, &form.0).await,
    }
}

/// `POST /digest/{token}/{item}/words`
pub async fn words(page: Page, req: HttpRequest, way: Way, form: Form<Answer>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let (reader_id, item_id) = opened(&page, &way)?;
    match take_in(&page, reader_id, item_id, &form.0.text).await {
        Ok(receipt) => confirmation(&page.unlisted(), &receipt),
        Err(e) => again(page, &way, e, &form.0).await,
    }
}

async fn take_in(page: &Page, reader_id: i64, item_id: i64, text: &str) -> Result<Receipt> {
    said("text", text)?;
    let (reader, item, topic) = page
        .app
        .db
        .read(move |c| {
            let (reader, item) = found(c, reader_id, item_id)?;
            let topic = super::topic(c, &item)?;
            Ok((reader, item, topic))
        })
        .await?;
    let kind: Kind = page.app.config.inbound.kind.parse().map_err(Error::internal)?;
    let (submission, desk) = (reader.submission(kind, CHANNEL, text, topic), Desk::of(&page.app));
    intake::take(&page.app, submission, By::ORIGINATOR, move |c, prepared, tz, now| {
        let receipt = intake::take_in(c, prepared, tz, now)?;
        super::link(c, &desk, receipt.id, item.edition_id, Some(&item))?;
        Ok(receipt)
    })
    .await
}

fn found(c: &mut Conn, reader_id: i64, item_id: i64) -> Result<(Reader, Item)> {
    let reader = super::reader(c, reader_id)?;
    let item = super::item(c, &reader, item_id)?;
    Ok((reader, item))
}

fn opened(page: &Page, way: &Way) -> Result<(i64, i64)> {
    let reader = page.app.secret.open(Purpose::Digest, &way.0)?;
    Ok((reader, way.1.parse().map_err(|_| Error::NotFound)?))
}

fn said(field: &str, text: &str) -> Result<()> {
    match clean(text).chars().count() {
        0 => Err(Error::field(field, "error-required")),
        n if n > MAX_MESSAGE => {
            Err(Error::Invalid(vec![FieldError::new(field, "error-too-long").with("max", MAX_MESSAGE)]))
        }
        _ => Ok(()),
    }
}

fn path(way: &Way) -> String {
    format!("/digest/{}/{}", way.0.to_lowercase(), way.1)
}

async fn again(page: Page, way: &Way, error: Error, form: &Answer) -> Result<HttpResponse> {
    let context = context(&page, way).await?;
    page.unlisted().form_again(error, TEMPLATE, context, form)
}

async fn context(page: &Page, way: &Way) -> Result<Value> {
    let (reader_id, item_id) = opened(page, way)?;
    let (item, own) = page
        .app
        .db
        .read(move |c| {
            let (reader, item) = found(c, reader_id, item_id)?;
            let own = super::own_cases(c, &reader, &item)?;
            Ok((item, own))
        })
        .await?;
    let objectable = own.iter().any(|(case, _)| super::may_object(case));
    Ok(json!({
        "path": path(way),
        "section": item.section,
        "at": item.at,
        "title": item.facts.title,
        "text": item.facts.text.text(page.lang),
        "line": item.line().given(page.lang),
        "own": own.iter().map(|(_, text)| text).collect::<Vec<_>>(),
        "may_object": objectable,
        "goes_on": !objectable && own.iter().any(|(case, _)| case.helped == Some(false)),
    }))
}
