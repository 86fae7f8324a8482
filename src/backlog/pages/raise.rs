//! From the huddle into the backlog: one click makes a change with its evidence linked.

use super::{address, staff};
use crate::backlog::actions;
use crate::backlog::proposal::Proposal;
use crate::cases::actions::Desk;
use crate::cases::store::Scope;
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use serde::Deserialize;

/// The most cases raised at once.
const MOST: usize = 500;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaiseForm {
    /// What they have in common, in a line.
    title: String,
    #[serde(default)]
    case: Vec<String>,
}

/// `POST /changes/raise`. Impact, effort and confidence are a first guess for whoever edits it next.
pub async fn raise(page: Page, Form(form): Form<RaiseForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let cases: Vec<String> = form.case.iter().filter_map(|typed| id::parse_reference(typed)).take(MOST).collect();
    if cases.is_empty() {
        return Err(Error::field("case", "error-required"));
    }
    let proposal = Proposal {
        title: form.title,
        proposal: page.t("changes-raised-text", &[("n", cases.len().into())]),
        ex: 2,
        cx: 2,
        effort: 1.0,
        confidence: 0.5,
        owner_id: Some(viewer.id),
        ..Proposal::default()
    };
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let change = page.app.db.write(move |c| {
        let change = actions::propose(c, &desk, by, proposal)?;
        for case in &cases {
            actions::link(c, &desk, scope, by, &change.reference, case)?;
        }
        Ok(change)
    });
    let change = change.await?;
    Ok(page.see_other_saying(&format!("{}/edit", address(&change.reference)), "changes-said-raised"))
}
