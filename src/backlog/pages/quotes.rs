//! Choosing words that stand for many, and getting leave to quote anonymous ones.

use super::change::{Typed, again};
use super::{address, reference, staff};
use crate::backlog::quotes;
use crate::cases::actions::Desk;
use crate::cases::store::Scope;
use crate::cases::{self, quoting};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteForm {
    /// Nothing takes the quote back.
    excerpt: String,
}

/// `POST /changes/{change}/cases/{case}/quote`
pub async fn choose(page: Page, path: Path<(String, String)>, Form(form): Form<QuoteForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (change, case) = (reference(&path.0)?, reference(&path.1)?);
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let typed = Typed { excerpt: form.excerpt.clone(), excerpt_of: case.clone(), ..Typed::default() };
    let (name, excerpt) = (change.clone(), form.excerpt);
    let done = page.app.db.write(move |c| match excerpt.trim().is_empty() {
        true => quotes::take_back(c, &desk, scope, by, &name, &case),
        false => quotes::choose(c, &desk, scope, by, &name, &case, &excerpt),
    });
    match done.await {
        Ok(()) => Ok(page.see_other(&format!("{}#quotes", address(&change)))),
        Err(e) => again(&page, &change, e, typed).await,
    }
}

/// `POST /changes/{change}/cases/{case}/quote/ask`: puts the question on the page of the author.
pub async fn ask(page: Page, path: Path<(String, String)>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    consent(&page, &path, viewer, "changes-said-quote-asked", |c, desk, viewer, said| {
        quoting::ask(c, desk, viewer.by(), said)
    })
    .await
}

/// `POST /changes/{change}/cases/{case}/quote/allow`: an administrator answers for the author.
pub async fn allow(page: Page, path: Path<(String, String)>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    viewer.require(Role::Admin)?;
    consent(&page, &path, viewer, "changes-said-quote-allowed", quoting::allow).await
}

async fn consent(
    page: &Page,
    path: &(String, String),
    viewer: Viewer,
    saying: &str,
    work: impl FnOnce(&mut Conn, &Desk, &Viewer, &Feedback) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let (change, case) = (reference(&path.0)?, reference(&path.1)?);
    let (desk, scope) = (Desk::of(&page.app), Scope::of(&viewer)?);
    let done = page.app.db.write(move |c| {
        let (_, said) = cases::store::find(c, scope, &case)?;
        if !said.anonymous {
            return Err(Error::NotFound);
        }
        work(c, &desk, &viewer, &said)
    });
    done.await?;
    Ok(page.see_other_saying(&format!("{}#evidence", address(&change)), saying))
}
