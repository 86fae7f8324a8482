//! One change out of several, several out of one, a copy, and the archive. Everything here can be taken back.

use super::change::{Typed, again};
use super::{address, reference, staff};
use crate::backlog::store::{self, Change};
use crate::backlog::{evidence, merging, suggest};
use crate::cases::actions::Desk;
use crate::cases::store::Scope;
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const SPLIT: &str = "backlog/split";
/// The newest cases that can be chosen to split off; more are split off in turns.
const CHOICE: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntoForm {
    into: String,
}

/// `POST /changes/{change}/merge`
pub async fn merge(page: Page, path: Path<String>, Form(form): Form<IntoForm>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let (desk, name) = (Desk::of(&page.app), change.clone());
    let merged = match id::parse_reference(&form.into) {
        Some(into) => page.app.db.write(move |c| merging::merge(c, &desk, viewer.by(), &name, &into)).await,
        None => Err(Error::NotFound),
    };
    match merged {
        Ok(into) => Ok(page.see_other_saying(&address(&into.reference), "changes-said-merged")),
        Err(e) => {
            let e = if matches!(e, Error::NotFound) { Error::field("into", "error-no-such-change") } else { e };
            again(&page, &change, e, Typed { into: form.into, ..Typed::default() }).await
        }
    }
}

/// `POST /changes/{change}/unmerge`
pub async fn unmerge(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let (desk, back) = (Desk::of(&page.app), address(&change));
    page.app.db.write(move |c| merging::unmerge(c, &desk, viewer.by(), &change)).await?;
    Ok(page.see_other_saying(&back, "changes-said-unmerged"))
}

/// `POST /changes/{change}/copy`
pub async fn duplicate(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let (desk, reader) = (Desk::of(&page.app), page.lang);
    let copied = page.app.db.write(move |c| {
        let title = store::find(c, &change)?.title;
        let title: String =
            crate::i18n::t(reader, "changes-copy-of", &[("title", title.into())]).chars().take(200).collect();
        merging::duplicate(c, &desk, viewer.by(), &change, &title)
    });
    let copy = copied.await?;
    Ok(page.see_other_saying(&format!("{}/edit", address(&copy.reference)), "changes-said-copied"))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveForm {
    /// yes, or no to bring it back
    archived: String,
}

/// `POST /changes/{change}/archive`
pub async fn archive(page: Page, path: Path<String>, Form(form): Form<ArchiveForm>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let (desk, back, away) = (Desk::of(&page.app), address(&change), form.archived == "yes");
    let done = page.app.db.write(move |c| match away {
        true => merging::archive(c, &desk, viewer.by(), &change),
        false => merging::restore(c, &desk, viewer.by(), &change),
    });
    done.await?;
    Ok(page.see_other_saying(&back, if away { "changes-said-archived" } else { "changes-said-restored" }))
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SplitForm {
    title: String,
    case: Vec<String>,
}

/// `GET /changes/{change}/split`
pub async fn choose(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let mut context = split_context(&page, reference(&path)?, &[]).await?;
    context["form"] = json!(SplitForm::default());
    page.render(SPLIT, context)
}

/// `POST /changes/{change}/split`
pub async fn split(page: Page, path: Path<String>, Form(form): Form<SplitForm>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let (desk, scope, name) = (Desk::of(&page.app), Scope::of(&viewer)?, change.clone());
    let SplitForm { title, case: cases } = form.clone();
    match page.app.db.write(move |c| merging::split(c, &desk, scope, viewer.by(), &name, &title, &cases)).await {
        Ok(part) => Ok(page.see_other_saying(&address(&part.reference), "changes-said-split")),
        Err(e) => page.form_again(e, SPLIT, split_context(&page, change, &form.case).await?, &form),
    }
}

async fn split_context(page: &Page, change: String, chosen: &[String]) -> Result<Value> {
    let scope = Scope::of(&staff(page)?)?;
    let found = page.app.db.read(move |c| {
        let change = store::find(c, &change)?;
        change.must_take_evidence()?;
        let evidence = evidence::page(c, change.id, scope, None, CHOICE)?;
        Ok((change, evidence))
    });
    let (change, evidence): (Change, _) = found.await?;
    let row = |(_, said, ..): &evidence::Piece| {
        json!({
            "reference": said.reference,
            "title": said.title,
            "voice": said.voice,
            "kind": said.kind,
            "lang": said.lang,
            "received_at": said.received_at,
            "chosen": chosen.contains(&said.reference),
        })
    };
    Ok(json!({
        "change": {"reference": change.reference, "title": change.title},
        "cases": evidence.iter().take(CHOICE).map(row).collect::<Vec<_>>(),
    }))
}

/// `GET /changes/{change}/suggestions`: cases that say the same as those that are linked.
pub async fn suggestions(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (viewer, change) = (staff(&page)?, reference(&path)?);
    let scope = Scope::of(&viewer)?;
    let found = page.app.db.read(move |c| {
        let change = store::find(c, &change)?;
        let cases = suggest::cases(c, scope, &change)?;
        Ok((change, cases))
    });
    let (change, cases) = found.await?;
    page.render(
        "backlog/suggestions",
        json!({"change": {"reference": change.reference, "title": change.title}, "cases": cases}),
    )
}
