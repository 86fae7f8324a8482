//! Cases that say the same, answered together; each originator is still told.

use super::{done, work};
use crate::cases::actions::{self, Seen};
use crate::cases::model::{Case, Status};
use crate::cases::similar::{self, Similar};
use crate::cases::store::{self, Scope};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::store::Feedback;
use crate::id;
use crate::web::forms::query;
use crate::web::{Form, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Another case, as far as the viewer may see it.
#[derive(Serialize)]
pub struct Another {
    pub reference: String,
    /// None: it is another team's.
    pub title: Option<String>,
    pub status: Status,
}

/// What a case is merged with.
#[derive(Default)]
pub struct Merged {
    /// The case that answers for this one.
    pub primary: Option<Another>,
    /// The cases that this one answers for.
    pub others: Vec<Another>,
    /// Distinct people behind all of them.
    pub people: usize,
}

impl Merged {
    pub fn load(c: &mut Conn, scope: Scope, case: &Case, said: &Feedback) -> Result<Merged> {
        let primary = case.primary_id.map(|id| store::by_id(c, id)).transpose()?;
        let joined = store::joined(c, case.id)?;
        // Whoever gave no name counts for one: nobody can say that they are the same.
        let known: HashSet<i64> =
            joined.iter().map(|(_, said)| said).chain([said]).filter_map(|f| f.person_id).collect();
        let unknown = joined.iter().map(|(_, said)| said).chain([said]).filter(|f| f.person_id.is_none()).count();
        Ok(Merged {
            primary: primary.map(|found| another(scope, found)),
            people: known.len() + unknown,
            others: joined.into_iter().map(|found| another(scope, found)).collect(),
        })
    }
}

fn another(scope: Scope, (case, said): (Case, Feedback)) -> Another {
    let title = scope.covers(&case).then_some(said.title);
    Another { reference: said.reference, title, status: case.status }
}

/// A similar case as the template shows it.
pub fn similar_context(found: &[Similar]) -> Value {
    let row = |similar: &Similar| {
        json!({
            "reference": similar.reference,
            "title": similar.title,
            "status": similar.status,
            "received_at": similar.received_at,
        })
    };
    found.iter().map(row).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    seen: Option<Seen>,
}

/// `GET /cases/{reference}/similar`: a piece of the page, loaded when the page stands.
pub async fn similar(page: Page, req: HttpRequest, reference: web::Path<String>) -> Result<HttpResponse> {
    let (scope, seen) = (Scope::of(page.viewer()?)?, query::<Asked>(&req).seen);
    let name = reference.clone();
    let found = page.app.db.read(move |c| {
        let (case, said) = store::find(c, scope, &name)?;
        Ok(similar::similar(c, scope, &case, &said)?)
    });
    let context = json!({"reference": *reference, "seen": seen, "similar": similar_context(&found.await?)});
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.html("cases/similar", context)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrimaryForm {
    /// The case that answers for this one; nothing lets it go its own way again.
    into: String,
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/primary`
pub async fn merge(page: Page, reference: web::Path<String>, form: Form<PrimaryForm>) -> Result<HttpResponse> {
    let Form(PrimaryForm { into: typed, seen }) = form;
    if typed.is_empty() {
        let apart = work(&page, &reference, seen, |c, desk, scope, by, reference| {
            actions::unmerge(c, desk, scope, by, reference)
        });
        return done(&page, &reference, seen, apart.await, "case-unmerged", json!({})).await;
    }
    let into = typed.clone();
    let merged = work(&page, &reference, seen, move |c, desk, scope, by, reference| {
        let into = id::parse_reference(&into).ok_or_else(|| Error::field("into", "error-no-such-case"))?;
        actions::merge(c, desk, scope, by, reference, &into)
    });
    done(&page, &reference, seen, merged.await, "case-merged", json!({"into": typed})).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergedForm {
    /// The case that is merged into this one.
    from: String,
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/merged`
pub async fn merge_in(page: Page, reference: web::Path<String>, form: Form<MergedForm>) -> Result<HttpResponse> {
    let Form(MergedForm { from, seen }) = form;
    let merged = work(&page, &reference, seen, move |c, desk, scope, by, reference| {
        actions::merge(c, desk, scope, by, &from, reference).map_err(|e| match e {
            Error::NotFound => Error::field("into", "error-no-such-case"),
            e => e,
        })
    });
    done(&page, &reference, seen, merged.await, "case-merged-in", json!({})).await
}
