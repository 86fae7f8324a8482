//! `POST /changes/{change}/row`: the numbers, owner and date of a change, edited where they stand in the table.

use super::fields::{number, optional, whole};
use super::list::{self, paged};
use super::shown::percent;
use super::{reference, staff};
use crate::backlog::actions;
use crate::backlog::plan;
use crate::backlog::proposal::Proposal;
use crate::backlog::store;
use crate::backlog::views::Row;
use crate::backlog::views::filter::Asked;
use crate::cases::actions::Desk;
use crate::error::{Error, FieldError, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A row as it was filled in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RowForm {
    ex: String,
    cx: String,
    effort: String,
    /// In per cent.
    confidence: String,
    lever: String,
    owner: String,
    target_on: String,
    quick_fix: String,
    version: String,
    /// The view to go back to.
    back: String,
}

impl RowForm {
    pub fn of(row: &Row) -> RowForm {
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        RowForm {
            ex: row.ex.to_string(),
            cx: row.cx.to_string(),
            effort: row.effort.to_string(),
            confidence: percent(row.confidence).to_string(),
            lever: id(row.lever_id),
            owner: id(row.owner_id),
            target_on: row.target_on.map(|on| on.to_string()).unwrap_or_default(),
            quick_fix: if row.quick_fix { "on".into() } else { String::new() },
            version: row.version.to_string(),
            back: String::new(),
        }
    }

    /// The change with this row in place of what it says; names every field that is wrong at once.
    fn put_into(&self, proposal: &mut Proposal) -> Result<()> {
        let mut wrong = Vec::new();
        proposal.ex = whole("ex", &self.ex, &mut wrong);
        proposal.cx = whole("cx", &self.cx, &mut wrong);
        proposal.effort = number("effort", &self.effort, &mut wrong).unwrap_or(1.0);
        let percent = number("confidence", self.confidence.trim_end_matches(['%', ' ']), &mut wrong).unwrap_or(0.0);
        if !(0.0..=100.0).contains(&percent) {
            wrong.push(FieldError::new("confidence", "error-number-range").with("min", 0).with("max", 100));
        }
        proposal.confidence = percent.clamp(0.0, 100.0) / 100.0;
        proposal.lever_id = optional("lever", &self.lever, "error-choice", &mut wrong);
        proposal.owner_id = optional("owner", &self.owner, "error-choice", &mut wrong);
        proposal.target_on = optional("target_on", &self.target_on, "error-date", &mut wrong);
        proposal.quick_fix = !self.quick_fix.is_empty();
        match proposal.clone().checked() {
            Ok(_) if wrong.is_empty() => Ok(()),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => Err(Error::Invalid([more, wrong].concat())),
            Err(other) => Err(other),
        }
    }
}

pub async fn save(page: Page, path: Path<String>, Form(form): Form<RowForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (reference, desk, by) = (reference(&path)?, Desk::of(&page.app), viewer.by());
    let asked = Asked::read(&form.back);
    let (name, typed) = (reference.clone(), form.clone());
    let saved = page.app.db.write(move |c| {
        let change = store::find(c, &name)?;
        let plan = plan::of(c, change.id)?;
        let mut proposal = change.as_proposed(plan);
        typed.put_into(&mut proposal)?;
        let version = typed.version.parse().map_err(|_| Error::Conflict("error-change-changed"))?;
        actions::edit(c, &desk, by, &name, version, proposal)
    });
    match saved.await {
        Ok(_) => {
            let back = format!("{}#{reference}", paged(&asked.filter(), asked.page()));
            Ok(page.see_other_saying(&back, "saved"))
        }
        Err(e @ Error::Invalid(_)) => list::again(&page, &asked.editing(&reference), e, json!(form)).await,
        Err(e) => Err(e),
    }
}
