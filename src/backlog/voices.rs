//! "Me too": somebody joins what others said, in words of their own or with one click. They are counted, answered and
//! told like everybody else behind it.

use super::actions::link_own;
use super::similar::{self, Similar};
use super::store;
use crate::cases;
use crate::cases::actions::{Desk, join};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::actions::{Receipt, prepare, take, take_in};
use crate::feedback::pages::{self, SubmitForm};
use crate::files::again;
use crate::i18n::Arg;
use crate::id;
use crate::web::Upload;
use crate::web::limits::{Limit, check_address};
use crate::web::page::Page;
use crate::web::upload::Files;
use crate::web::viewer::Role;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// `POST /me-too/{reference}` with the fields of `POST /feedback`; the text may be empty.
pub async fn add(req: HttpRequest, page: Page, path: Path<String>, upload: Upload<SubmitForm>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let Upload { form, files } = upload;
    let reference = id::parse_reference(&path).ok_or(Error::NotFound)?;
    let role = page.viewer.as_ref().map_or(Role::Contact, |viewer| viewer.role);
    let about = page.app.db.read(move |c| find(c, &reference, role)).await?;
    match take_voice(&page, &form, files, &about.similar, role).await {
        Ok(receipt) => pages::confirmation(&page, &receipt),
        Err(e) => {
            let mut context = pages::context(&page, &form).await?;
            context["similar"] = json!([similar::shown(&page, &about.similar)]);
            page.form_again(e, pages::TEMPLATE, context, &form)
        }
    }
}

async fn take_voice(page: &Page, form: &SubmitForm, files: Files, about: &Similar, role: Role) -> Result<Receipt> {
    let mut form = form.clone();
    if form.text.trim().is_empty() {
        form.text = page.t("similar-text", &[("title", Arg::from(about.title.as_str()))]);
    }
    let (submission, files) = form.with_files(page, files).await?;
    let by = pages::by(page, &submission);
    if form.sprang_the_trap() {
        return Ok(prepare(&page.app, submission, by, page.now)?.receipt());
    }
    let (desk, digest, reference, batch) =
        (Desk::of(&page.app), form.wants_digest(), about.reference.clone(), files.clone());
    let taken = take(&page.app, submission, by, move |c, prepared, tz, now| {
        let about = find(c, &reference, role)?;
        let receipt = take_in(c, prepared.subscribing(digest).with_files(batch.clone()), tz, now)?;
        match about.what {
            What::Change => join_change(c, &desk, &reference, receipt.id)?,
            What::Idea(primary) => join_idea(c, &desk, primary, receipt.id)?,
        }
        Ok(receipt)
    });
    taken.await.map_err(|e| again(kept_for_them(e), &files, pages::FILES))
}

/// What somebody can join.
struct About {
    what: What,
    similar: Similar,
}

enum What {
    Change,
    /// The id of its case.
    Idea(i64),
}

/// What this reader may join: public changes, for owners every change, and for employees the ideas they are shown.
fn find(c: &mut Conn, reference: &str, role: Role) -> Result<About> {
    if reference.starts_with('F') {
        if role < Role::Employee {
            return Err(Error::NotFound);
        }
        let (id, similar) = similar::idea(c, reference)?;
        return Ok(About { what: What::Idea(id), similar });
    }
    let change = store::find(c, reference)?;
    let change = store::goes_on(c, change)?;
    if !change.public && role < Role::Owner {
        return Err(Error::NotFound);
    }
    Ok(About { what: What::Change, similar: similar::of_change(&change) })
}

fn join_change(c: &mut Conn, desk: &Desk, reference: &str, case_id: i64) -> Result<()> {
    let change = store::find(c, reference)?;
    let change = store::goes_on(c, change)?;
    let (case, said) = cases::store::by_id(c, case_id)?;
    link_own(c, desk, &change, case, &said)
}

/// Joins the idea, and with it stands behind the changes the idea is evidence for.
fn join_idea(c: &mut Conn, desk: &Desk, primary_id: i64, case_id: i64) -> Result<()> {
    join(c, desk, case_id, primary_id)?;
    for change in store::of_case(c, primary_id)?.into_iter().filter(|change| !change.status.is_finished()) {
        let (case, said) = cases::store::by_id(c, case_id)?;
        link_own(c, desk, &change, case, &said)?;
    }
    Ok(())
}

/// Whoever comes too late keeps what they typed and can send it as words of their own.
fn kept_for_them(e: Error) -> Error {
    match e {
        Error::Conflict("error-change-is-finished") => Error::field("text", "error-me-too-finished"),
        other => other,
    }
}
