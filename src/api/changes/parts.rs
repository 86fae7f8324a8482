//! One change out of several, the archive, and facts beside the cases.

use super::{ChangeDto, act};
use crate::api::caller::Seen;
use crate::app::App;
use crate::backlog::{facts, merging};
use crate::cases::actions::Desk;
use crate::error::{Error, Result};
use crate::id::parse_reference;
use crate::people::token::Bearer;
use crate::web::Json;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrimaryDto {
    /// The reference of the change that goes on for both; null takes it out again.
    #[schema(example = "C-7QK3M9X")]
    into: Option<String>,
}

/// Merge a change into another
///
/// Its cases stand behind both. It can be taken back at any time.
#[utoipa::path(
    put, path = "/api/v1/changes/{reference}/primary", tag = "changes", operation_id = "merge_change",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = PrimaryDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn merge(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<PrimaryDto>,
) -> Result<HttpResponse> {
    let into = dto.into.map(|into| parse_reference(&into).ok_or_else(|| Error::field("into", "error-reference")));
    let (desk, by, into) = (Desk::of(&app), bearer.by(), into.transpose()?);
    act(&app, &bearer, &reference, seen, move |c, change| match &into {
        None => merging::unmerge(c, &desk, by, &change.reference).map(|_| ()),
        Some(into) => match merging::merge(c, &desk, by, &change.reference, into) {
            Err(Error::NotFound) => Err(Error::field("into", "error-no-such-change")),
            merged => merged.map(|_| ()),
        },
    })
    .await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveDto {
    /// False brings it back.
    archived: bool,
}

/// Put a change into the archive
///
/// Its cases follow it no longer. It can be brought back at any time.
#[utoipa::path(
    put, path = "/api/v1/changes/{reference}/archive", tag = "changes", operation_id = "archive_change",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = ArchiveDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn archive(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<ArchiveDto>,
) -> Result<HttpResponse> {
    let (desk, by) = (Desk::of(&app), bearer.by());
    act(&app, &bearer, &reference, seen, move |c, change| match dto.archived {
        true => merging::archive(c, &desk, by, &change.reference),
        false => merging::restore(c, &desk, by, &change.reference),
    })
    .await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactDto {
    #[schema(inline)]
    kind: facts::Kind,
    #[schema(min_length = 1, max_length = 500, example = "Every fifth call is about this.")]
    text: String,
    /// Where it can be looked up.
    #[serde(default)]
    #[schema(max_length = 500)]
    url: String,
}

/// Add a fact
///
/// Evidence that is no case: a figure, a survey's answer, a reason people come back.
#[utoipa::path(
    post, path = "/api/v1/changes/{reference}/facts", tag = "changes", operation_id = "add_fact",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = FactDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn add_fact(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<FactDto>,
) -> Result<HttpResponse> {
    let (desk, by) = (Desk::of(&app), bearer.by());
    act(&app, &bearer, &reference, seen, move |c, change| {
        // Machines call the fields of a fact by their plain names.
        facts::add(c, &desk, by, &change, dto.kind, &dto.text, &dto.url).map_err(plain_names)
    })
    .await
}

fn plain_names(e: Error) -> Error {
    let Error::Invalid(mut wrong) = e else { return e };
    for field in &mut wrong {
        field.field = if field.field == "fact_url" { "url".to_owned() } else { "text".to_owned() };
    }
    Error::Invalid(wrong)
}
