//! Changes: the backlog, one change, its evidence, and where it stands.

mod dto;
pub mod parts;
mod plan;

use super::caller::{Seen, Versioned, versioned};
use super::{query, store};
use crate::app::App;
use crate::backlog::model::{News, Status};
use crate::backlog::moves::{self, Step, can_move, may_move};
use crate::backlog::store::Change;
use crate::backlog::{self, actions};
use crate::cases::actions::Desk;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::id::parse_reference;
use crate::people::token::Bearer;
use crate::web::paging::{self, Cursor};
use crate::web::{Json, Role};
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
pub use dto::{ChangeDto, ChangePage, EditDto, ProposalDto};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which changes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    #[param(inline)]
    status: Option<Status>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows per page, 1 to 200; 50 if nobody says.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// List changes
///
/// The newest first.
#[utoipa::path(
    get, path = "/api/v1/changes", tag = "changes", operation_id = "list_changes",
    params(ChangeQuery),
    responses((status = 200, body = ChangePage)),
    security(("token" = ["changes:read"])),
)]
pub async fn list(req: HttpRequest, app: web::Data<App>, bearer: Bearer) -> Result<HttpResponse> {
    allow(&bearer, "changes:read")?;
    let query: ChangeQuery = query::read(&req)?;
    let limit = query::limit(query.limit)?;
    let after = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let weights = app.config.priority;
    let page = app.db.read(move |c| {
        let rows = store::changes(c, query.status, after, limit as i64 + 1)?;
        let (rows, next) = paging::split(rows, limit, |row| Cursor { at: *row.created_at, id: row.id });
        Ok(ChangePage { items: dto::load(c, weights, rows)?, next })
    });
    Ok(HttpResponse::Ok().json(page.await?))
}

/// Read a change
#[utoipa::path(
    get, path = "/api/v1/changes/{reference}", tag = "changes", operation_id = "read_change",
    params(("reference" = String, Path, example = "C-7QK3M9X")),
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:read"])),
)]
pub async fn show(app: web::Data<App>, bearer: Bearer, reference: web::Path<String>) -> Result<HttpResponse> {
    allow(&bearer, "changes:read")?;
    let reference = parse_reference(&reference).ok_or(Error::NotFound)?;
    let weights = app.config.priority;
    let shown = app.db.read(move |c| {
        let change = backlog::store::find(c, &reference)?;
        one(c, weights, change)
    });
    let change = shown.await?;
    Ok(versioned(change.version, &change))
}

/// Propose a change
#[utoipa::path(
    post, path = "/api/v1/changes", tag = "changes", operation_id = "propose_change",
    request_body = ProposalDto,
    responses((status = 201, body = ChangeDto, headers(("Location" = String), ("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn propose(app: web::Data<App>, bearer: Bearer, Json(dto): Json<ProposalDto>) -> Result<HttpResponse> {
    allow(&bearer, "changes:write")?;
    let proposal = dto.proposal(bearer.viewer.id)?;
    let (desk, by, weights) = (Desk::of(&app), bearer.by(), app.config.priority);
    let proposed = app.db.write(move |c| {
        let change = actions::propose(c, &desk, by, proposal)?;
        one(c, weights, change)
    });
    let change = proposed.await?;
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("/api/v1/changes/{}", change.reference)))
        .insert_header((ETAG, format!("\"{}\"", change.version)))
        .json(change))
}

/// Edit a change
#[utoipa::path(
    patch, path = "/api/v1/changes/{reference}", tag = "changes", operation_id = "edit_change",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = EditDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn edit(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<EditDto>,
) -> Result<HttpResponse> {
    let (desk, by, me) = (Desk::of(&app), bearer.by(), bearer.viewer.id);
    act(&app, &bearer, &reference, seen, move |c, change| {
        let planned = backlog::plan::of(c, change.id)?;
        let proposal = dto.of(&change, planned, me)?;
        actions::edit(c, &desk, by, &change.reference, change.version, proposal).map(|_| ())
    })
    .await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceDto {
    /// The reference of a case.
    #[schema(example = "F-7QK3M9X")]
    case: String,
}

/// Link a case as evidence
///
/// With those that were joined to it. From then on they follow the change.
#[utoipa::path(
    post, path = "/api/v1/changes/{reference}/cases", tag = "changes", operation_id = "link_case",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = EvidenceDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn link(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<EvidenceDto>,
) -> Result<HttpResponse> {
    let (desk, scope, by) = (Desk::of(&app), Scope::of(&bearer.viewer)?, bearer.by());
    let case = parse_reference(&dto.case).ok_or_else(|| Error::field("case", "error-reference"))?;
    act(&app, &bearer, &reference, seen, move |c, change| {
        match actions::link(c, &desk, scope, by, &change.reference, &case) {
            Err(Error::NotFound) => Err(Error::field("case", "error-not-found")),
            linked => linked,
        }
    })
    .await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusDto {
    #[schema(inline)]
    status: Status,
    /// Why, for those who work on it; `needs_data` and `deferred` need one.
    #[serde(default)]
    #[schema(max_length = 1000)]
    reason: String,
    /// Deferred: the day on which it comes back.
    back_on: Option<NaiveDate>,
    /// Shipped: what changed, in one sentence for those who asked. Declined: why not. One language is enough.
    #[serde(default)]
    #[schema(max_length = 1000)]
    outcome_en: String,
    #[serde(default)]
    #[schema(max_length = 1000)]
    outcome_ru: String,
}

/// Move a change
///
/// Shipping and declining resolve every linked case and tell everybody who asked.
#[utoipa::path(
    post, path = "/api/v1/changes/{reference}/status", tag = "changes", operation_id = "move_change",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = StatusDto,
    responses((status = 200, body = ChangeDto, headers(("ETag" = String)))),
    security(("token" = ["changes:write"])),
)]
pub async fn advance(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<StatusDto>,
) -> Result<HttpResponse> {
    let mut step = Step::to(dto.status).because(&dto.reason);
    step.back_on = dto.back_on;
    if step.to.tells() {
        step.news = Some(News::checked(&dto.outcome_en, &dto.outcome_ru)?);
    }
    let (desk, viewer) = (Desk::of(&app), bearer.viewer.clone());
    act(&app, &bearer, &reference, seen, move |c, mut change| {
        can_move(&change, step.to)?;
        if !may_move(&viewer, &change, step.to) {
            return Err(Error::Forbidden);
        }
        moves::advance(c, &desk, viewer.by(), &mut change, step)
    })
    .await
}

/// The backlog is for owners and everybody above them.
fn allow(bearer: &Bearer, scope: &str) -> Result<()> {
    bearer.require(scope)?;
    bearer.viewer.require(Role::Owner)
}

/// Does something to a change that is still as the caller saw it, and answers with the change afterwards.
async fn act(
    app: &App,
    bearer: &Bearer,
    reference: &str,
    seen: Seen,
    work: impl FnOnce(&mut Conn, Change) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    allow(bearer, "changes:write")?;
    let reference = parse_reference(reference).ok_or(Error::NotFound)?;
    let weights = app.config.priority;
    let done = app.db.write(move |c| {
        let change = backlog::store::find(c, &reference)?;
        seen.check(c, Versioned::Changes, change.id)?;
        work(c, change)?;
        let change = backlog::store::find(c, &reference)?;
        one(c, weights, change)
    });
    let change = done.await?;
    Ok(versioned(change.version, &change))
}

fn one(c: &mut Conn, weights: crate::config::Weights, change: Change) -> Result<ChangeDto> {
    dto::load(c, weights, vec![change])?.pop().ok_or(Error::NotFound)
}
