//! Cases: the queue, one case, and the verbs of its owner. Each verb answers with the case as it is afterwards.

pub mod dto;

use super::caller::{Seen, Versioned, parse_id, versioned};
use super::{query, store};
use crate::app::App;
use crate::cases;
use crate::cases::actions::{self, Desk};
use crate::cases::authority::Request;
use crate::cases::decisions::{self, Decided, Resolution};
use crate::cases::model::{Outcome, Status};
use crate::cases::queue::filter::Holder;
use crate::cases::queue::{self, Ask, Filter, Spot, View};
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::id::parse_reference;
use crate::journal::By;
use crate::people::token::Bearer;
use crate::web::Json;
use crate::web::paging::{self, Cursor};
use actix_web::{HttpRequest, HttpResponse, web};
use dto::{CaseDto, CaseLine, CasePage};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which cases: a view of the queue, or those in one status, or the open ones of one owner.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// A view of the queue, what is due first on top; without it and the others, everything that is open.
    #[param(inline)]
    view: Option<View>,
    /// Those in this status, the longest there first; not together with `view`.
    #[param(inline)]
    status: Option<Status>,
    /// The id of an owner, or `me`; not together with `view`.
    owner: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows per page, 1 to 200; 50 if nobody says.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// List cases
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", operation_id = "list_cases",
    params(CaseQuery),
    responses((status = 200, body = CasePage)),
    security(("token" = ["cases:read"])),
)]
pub async fn list(req: HttpRequest, app: web::Data<App>, bearer: Bearer) -> Result<HttpResponse> {
    bearer.require("cases:read")?;
    let query: CaseQuery = query::read(&req)?;
    let limit = query::limit(query.limit)?;
    let after = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let owner = query.owner.as_deref().map(|owner| person("owner", owner, bearer.viewer.id)).transpose()?;
    if query.view.is_some() && (query.status.is_some() || owner.is_some()) {
        return Err(Error::field("view", "error-view-or-filter"));
    }
    let now = app.clock.now();
    let (viewer, zone, status) = (bearer.viewer, app.config.app.time_zone, query.status);
    let filter = Filter { owner: owner.map(Holder::Person), ..Filter::default() };
    let ask = Ask::of(&viewer, query.view.unwrap_or(View::Open), filter, now, zone)?;
    let read = app.db.read(move |c| match status {
        Some(status) => {
            let rows = store::cases_in(c, ask.scope, status, owner, after, limit as i64 + 1)?;
            Ok(paging::split(rows, limit, |row| Cursor { at: *row.updated_at, id: row.id }))
        }
        None => {
            let found = queue::list(c, &ask, Spot { after, place: None }, limit)?;
            Ok((found.rows, found.next.and_then(|spot| spot.after).map(|after| after.encode())))
        }
    });
    let (rows, next) = read.await?;
    let items = rows.into_iter().map(|row| CaseLine::new(row, now)).collect();
    Ok(HttpResponse::Ok().json(CasePage { items, next }))
}

/// Read a case
///
/// With its feedback, its timeline, and its version as `ETag`.
#[utoipa::path(
    get, path = "/api/v1/cases/{reference}", tag = "cases", operation_id = "read_case",
    params(("reference" = String, Path, example = "F-7QK3M9X")),
    responses((status = 200, body = CaseDto, headers(("ETag" = String)))),
    security(("token" = ["cases:read"])),
)]
pub async fn show(app: web::Data<App>, bearer: Bearer, reference: web::Path<String>) -> Result<HttpResponse> {
    bearer.require("cases:read")?;
    let scope = Scope::of(&bearer.viewer)?;
    let reference = parse_reference(&reference).ok_or(Error::NotFound)?;
    let case = app.db.read(move |c| load(c, scope, &reference)).await?;
    Ok(versioned(case.version, &case))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerDto {
    /// The id of somebody who works cases, `me`, or null to put the case back.
    #[serde(deserialize_with = "Option::deserialize")]
    owner: Option<String>,
}

/// Take or assign a case
#[utoipa::path(
    put, path = "/api/v1/cases/{reference}/owner", tag = "cases", operation_id = "assign_case",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = OwnerDto,
    responses((status = 200, body = CaseDto, headers(("ETag" = String)))),
    security(("token" = ["cases:write"])),
)]
pub async fn assign(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<OwnerDto>,
) -> Result<HttpResponse> {
    let owner = dto.owner.map(|owner| person("owner", &owner, bearer.viewer.id)).transpose()?;
    let work = move |c: &mut Conn, at: &At| actions::assign(c, &at.desk, at.scope, at.by, &at.reference, owner);
    act(&app, &bearer, &reference, seen, work).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyDto {
    #[schema(min_length = 1, max_length = 10000)]
    text: String,
    /// Whether the clocks stop until the originator writes back.
    #[serde(default)]
    wait: bool,
}

/// Answer the originator
#[utoipa::path(
    post, path = "/api/v1/cases/{reference}/replies", tag = "cases", operation_id = "reply_to_case",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = ReplyDto,
    responses((status = 200, body = CaseDto, headers(("ETag" = String)))),
    security(("token" = ["cases:write"])),
)]
pub async fn reply(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<ReplyDto>,
) -> Result<HttpResponse> {
    let work =
        move |c: &mut Conn, at: &At| actions::reply(c, &at.desk, at.scope, at.by, &at.reference, &dto.text, dto.wait);
    act(&app, &bearer, &reference, seen, work).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteDto {
    #[schema(min_length = 1, max_length = 10000)]
    text: String,
}

/// Write a note that only staff see
#[utoipa::path(
    post, path = "/api/v1/cases/{reference}/notes", tag = "cases", operation_id = "note_on_case",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = NoteDto,
    responses((status = 200, body = CaseDto, headers(("ETag" = String)))),
    security(("token" = ["cases:write"])),
)]
pub async fn note(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<NoteDto>,
) -> Result<HttpResponse> {
    let work =
        move |c: &mut Conn, at: &At| actions::note(c, &at.desk, at.scope, at.by, &at.reference, &dto.text).map(|_| ());
    act(&app, &bearer, &reference, seen, work).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolutionDto {
    outcome: Outcome,
    /// For the originator, in plain words.
    #[schema(min_length = 1, max_length = 10000)]
    text: String,
}

/// Resolve a case and tell its originator
///
/// Those whose cases were joined to this one are told as well, each in their own words.
#[utoipa::path(
    post, path = "/api/v1/cases/{reference}/resolution", tag = "cases", operation_id = "resolve_case",
    params(("reference" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = ResolutionDto,
    responses((status = 200, body = CaseDto, headers(("ETag" = String)))),
    security(("token" = ["cases:write"])),
)]
pub async fn resolve(
    app: web::Data<App>,
    bearer: Bearer,
    reference: web::Path<String>,
    seen: Seen,
    Json(dto): Json<ResolutionDto>,
) -> Result<HttpResponse> {
    let viewer = bearer.viewer.clone();
    let work = move |c: &mut Conn, at: &At| {
        let (case, _) = cases::store::find(c, at.scope, &at.reference)?;
        let resolution = Resolution {
            outcome: dto.outcome,
            text: dto.text,
            root_cause_id: case.root_cause_id,
            request: Request::default(),
        };
        match decisions::decide(c, &at.desk, &viewer, &at.reference, &resolution, false)? {
            Decided::Resolved => Ok(()),
            Decided::Beyond | Decided::Asked => Err(Error::Conflict("error-beyond-right")),
        }
    };
    act(&app, &bearer, &reference, seen, work).await
}

/// Who acts on which case.
struct At {
    desk: Desk,
    scope: Scope,
    by: By,
    reference: String,
}

/// Does something to a case that is still as the caller saw it, and answers with the case afterwards.
async fn act(
    app: &App,
    bearer: &Bearer,
    reference: &str,
    seen: Seen,
    work: impl FnOnce(&mut Conn, &At) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    bearer.require("cases:write")?;
    let at = At {
        desk: Desk::of(app),
        scope: Scope::of(&bearer.viewer)?,
        by: bearer.by(),
        reference: parse_reference(reference).ok_or(Error::NotFound)?,
    };
    let done = app.db.write(move |c| {
        let (case, _) = cases::store::find(c, at.scope, &at.reference)?;
        seen.check(c, Versioned::Cases, case.id)?;
        work(c, &at)?;
        // Whoever gave a case away to another team may see once more what they did.
        let (case, said) = cases::store::by_id(c, case.id)?;
        CaseDto::load(c, case, said)
    });
    let case = done.await?;
    Ok(versioned(case.version, &case))
}

fn load(c: &mut Conn, scope: Scope, reference: &str) -> Result<CaseDto> {
    let (case, said) = cases::store::find(c, scope, reference)?;
    CaseDto::load(c, case, said)
}

/// A person's id, or the caller.
pub fn person(field: &str, text: &str, me: i64) -> Result<i64> {
    if text == "me" { Ok(me) } else { parse_id(field, text) }
}
