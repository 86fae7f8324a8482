//! How many changes may stand in a column of the board at once.

use super::admin;
use crate::backlog::limits::{self, COLUMNS};
use crate::backlog::model::Status;
use crate::error::{Error, FieldError, Result};
use crate::web::forms::{Form, given};
use crate::web::page::Page;
use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::json;

const TEMPLATE: &str = "backlog/limits";

/// A limit for every column; empty for none.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsForm {
    proposed: String,
    needs_data: String,
    accepted: String,
    in_progress: String,
    deferred: String,
}

impl LimitsForm {
    fn field(&mut self, status: Status) -> Option<&mut String> {
        match status {
            Status::Proposed => Some(&mut self.proposed),
            Status::NeedsData => Some(&mut self.needs_data),
            Status::Accepted => Some(&mut self.accepted),
            Status::InProgress => Some(&mut self.in_progress),
            Status::Deferred => Some(&mut self.deferred),
            Status::Shipped | Status::Verified | Status::Declined => None,
        }
    }

    fn limits(mut self) -> Result<Vec<(Status, Option<i32>)>> {
        let (mut limits, mut wrong) = (Vec::new(), Vec::new());
        for status in COLUMNS {
            let typed = self.field(status).map(std::mem::take).unwrap_or_default();
            match given(&typed).map(str::parse).transpose() {
                Ok(most) => limits.push((status, most)),
                Err(_) => wrong.push(FieldError::new(status.as_str(), "error-number")),
            }
        }
        if wrong.is_empty() { Ok(limits) } else { Err(Error::Invalid(wrong)) }
    }
}

/// `GET /admin/board`
pub async fn show(page: Page) -> Result<HttpResponse> {
    admin(&page)?;
    let limits = page.app.db.read(|c| Ok(limits::all(c)?)).await?;
    let mut form = LimitsForm::default();
    for (status, most) in limits {
        if let Some(field) = form.field(status) {
            *field = most.to_string();
        }
    }
    page.render(TEMPLATE, json!({"form": form}))
}

/// `POST /admin/board`
pub async fn save(page: Page, Form(form): Form<LimitsForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let saved = match form.clone().limits() {
        Ok(limits) => page.app.db.write(move |c| limits::set(c, &limits)).await,
        Err(e) => Err(e),
    };
    match saved {
        Ok(()) => Ok(page.see_other_saying("/admin/board", "saved")),
        Err(e) => page.form_again(e, TEMPLATE, json!({}), &form),
    }
}
