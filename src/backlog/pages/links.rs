//! Linking cases to changes, from either side, one or many, and taking a link back.

use super::change::Typed;
use super::{address, reference, staff};
use crate::backlog::actions;
use crate::cases::actions::Desk;
use crate::cases::queue::bulk::{Chosen, Report};
use crate::cases::queue::pages::bulk::{self, BulkForm};
use crate::cases::store::{Scope, open_changes};
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use diesel::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseForm {
    case: String,
    /// suggestions: where it was found, and where more may be.
    from: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReferenceForm {
    change: String,
}

/// `POST /changes/{change}/cases`
pub async fn add(page: Page, path: Path<String>, Form(form): Form<CaseForm>) -> Result<HttpResponse> {
    let change = reference(&path)?;
    let linked = match id::parse_reference(&form.case) {
        Some(case) => link(&page, change.clone(), case).await,
        None => Err(Error::field("case", "error-reference")),
    };
    match linked {
        Ok(()) => {
            let back = if form.from == "suggestions" { "/suggestions" } else { "#evidence" };
            Ok(page.see_other_saying(&format!("{}{back}", address(&change)), "changes-said-linked"))
        }
        Err(Error::Invalid(wrong)) => super::change::again(&page, &change, Error::Invalid(wrong), typed(form)).await,
        Err(Error::NotFound) => {
            super::change::again(&page, &change, Error::field("case", "error-not-found"), typed(form)).await
        }
        Err(e) => Err(e),
    }
}

fn typed(form: CaseForm) -> Typed {
    Typed { case: form.case, ..Typed::default() }
}

/// `POST /cases/{case}/changes`
pub async fn add_change(page: Page, path: Path<String>, Form(form): Form<ReferenceForm>) -> Result<HttpResponse> {
    let (case, change) = (reference(&path)?, reference(&form.change)?);
    link(&page, change, case.clone()).await?;
    Ok(page.see_other_saying(&format!("/cases/{case}"), "changes-said-linked"))
}

async fn link(page: &Page, change: String, case: String) -> Result<()> {
    let viewer = staff(page)?;
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    page.app.db.write(move |c| actions::link(c, &desk, scope, by, &change, &case)).await
}

/// `POST /changes/bulk-link`: what was chosen in the queue; asks first which change it is about.
pub async fn bulk(page: Page, Form(form): Form<BulkForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let chosen = match Chosen::read(&form.reference) {
        Ok(chosen) => chosen,
        Err(e) => return bulk::again(&page, e, &form).await,
    };
    let Some(change) = id::parse_reference(&form.change) else {
        let open = page.app.db.read(|c| Ok(open_changes(c)?)).await?;
        let changes: Vec<Value> =
            open.iter().map(|(reference, title)| json!({"reference": reference, "title": title})).collect();
        let context = json!({"n": chosen.len(), "references": form.reference, "changes": changes, "back": form.back});
        return page.render("backlog/bulk", context);
    };
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let work = page.app.db.write(move |c| {
        let mut report = Report::default();
        for one in chosen {
            let linked = c.transaction(|c| actions::link(c, &desk, scope, by, &change, &one.reference));
            report.enter(&one.reference, linked.map(|()| None))?;
        }
        Ok(report)
    });
    Ok(bulk::report_back(&page, &form.back, "link", work.await?))
}

/// `POST /changes/{change}/cases/{case}/unlink`
pub async fn remove(page: Page, path: Path<(String, String)>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (change, case) = (reference(&path.0)?, reference(&path.1)?);
    let (desk, scope, by, back) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by(), address(&change));
    page.app.db.write(move |c| actions::unlink(c, &desk, scope, by, &change, &case)).await?;
    Ok(page.see_other_saying(&format!("{back}#evidence"), "changes-said-unlinked"))
}
