//! Feedback in and out.

use super::caller::Caller;
use super::idempotency::{self, Key, NewAnswer, Once};
use crate::app::App;
use crate::cases;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::feedback::actions::{self, Prepared};
use crate::feedback::api::{FeedbackDto, OriginatorDto, ReceiptDto, SubmitDto};
use crate::feedback::store::{self, Feedback, addressee};
use crate::id::parse_reference;
use crate::journal::By;
use crate::people::token::Bearer;
use crate::secret::Secret;
use crate::web::Json;
use crate::web::limits::{Limit, check_address};
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// Give feedback
///
/// Answers after it is committed and on disk. No token is needed; without one it is rate limited, and `external_id`
/// and `received_at` are refused. With an `Idempotency-Key` sending it again within a day changes nothing and gets the
/// same answer; the same key with another body is refused.
#[utoipa::path(
    post, path = "/api/v1/feedback", tag = "feedback", operation_id = "give_feedback",
    params(("Idempotency-Key" = Option<String>, Header, description = "16 to 200 characters that nobody can guess, such as a UUID")),
    request_body = SubmitDto,
    responses((status = 201, body = ReceiptDto, headers(("Location" = String, description = "Where to read it")))),
    security((), ("token" = ["feedback:write"])),
)]
pub async fn create(
    req: HttpRequest,
    app: web::Data<App>,
    Caller(bearer): Caller,
    Key(key): Key,
    Json(dto): Json<SubmitDto>,
) -> Result<HttpResponse> {
    match &bearer {
        Some(bearer) => bearer.require("feedback:write")?,
        None => check_address(&req, Limit::Submission)?,
    }
    let once = key.map(|key| once(bearer.as_ref(), &key, &dto)).transpose()?;
    let by = bearer.as_ref().map_or(By::ORIGINATOR, Bearer::by);
    let segment = dto.segment()?;
    let submission = dto.submission(bearer.is_some(), app.clock.now())?;
    let receipt = match once {
        None => {
            let write = move |c: &mut Conn, prepared: Prepared, tz, now| {
                actions::take_in(c, prepared.with_segment(segment.clone()), tz, now)
            };
            ReceiptDto::from(actions::take(&app, submission, by, write).await?)
        }
        Some(once) => {
            let secret = app.secret.clone();
            actions::take(&app, submission, by, move |c, prepared, tz, now| {
                take_in_once(c, &once, &secret, prepared.with_segment(segment.clone()), tz, now)
            })
            .await?
        }
    };
    let location = format!("/api/v1/feedback/{}", receipt.reference);
    Ok(HttpResponse::Created().insert_header((LOCATION, location)).json(receipt))
}

fn once(bearer: Option<&Bearer>, key: &str, dto: &SubmitDto) -> Result<Once> {
    let caller = bearer.map_or("public".to_owned(), |bearer| format!("token {}", bearer.token_id));
    let request = serde_json::to_string(dto).map_err(Error::internal)?;
    Ok(Once::new("feedback", &caller, key, &request))
}

/// Takes feedback in, unless the same request was here before; the answer is the same in any case.
fn take_in_once(
    c: &mut Conn,
    once: &Once,
    secret: &Secret,
    prepared: Prepared,
    tz: Tz,
    now: DateTime<Utc>,
) -> Result<ReceiptDto> {
    let anonymous = prepared.is_anonymous();
    let (row_id, at) = idempotency::place(anonymous, now);
    let answer = ReceiptDto { receipt_code: None, ..prepared.clone().receipt().into() };
    let body = serde_json::to_string(&answer).map_err(Error::internal)?;
    let stored = once.claim(c, &NewAnswer { row_id, status: 201, body: &body, at })?;
    let (row_id, answer) = match &stored {
        None => (row_id, answer),
        Some(stored) => (stored.row_id, serde_json::from_str(&stored.body).map_err(Error::internal)?),
    };
    let code = if anonymous { Some(once.code(secret, row_id)?) } else { None };
    if stored.is_none() {
        let prepared = match code.clone() {
            Some(code) => prepared.with_code(code),
            None => prepared,
        };
        actions::take_in(c, prepared, tz, now)?;
    }
    Ok(ReceiptDto { receipt_code: code, ..answer })
}

/// Read feedback
///
/// What was said, as far as the person behind the token may see its case.
#[utoipa::path(
    get, path = "/api/v1/feedback/{reference}", tag = "feedback", operation_id = "read_feedback",
    params(("reference" = String, Path, example = "F-7QK3M9X")),
    responses((status = 200, body = FeedbackDto)),
    security(("token" = ["feedback:read"])),
)]
pub async fn show(app: web::Data<App>, bearer: Bearer, reference: web::Path<String>) -> Result<HttpResponse> {
    bearer.require("feedback:read")?;
    let scope = Scope::of(&bearer.viewer)?;
    let reference = parse_reference(&reference).ok_or(Error::NotFound)?;
    let shown = app.db.read(move |c| {
        let (_, said) = cases::store::find(c, scope, &reference)?;
        describe(c, said)
    });
    Ok(HttpResponse::Ok().json(shown.await?))
}

/// Feedback with the names of what it refers to.
pub fn describe(c: &mut Conn, said: Feedback) -> Result<FeedbackDto> {
    let topic = said.topic_id.map(|id| store::topic_slug(c, id)).transpose()?;
    let contact = said.person_id.map(|id| addressee(c, id)).transpose()?;
    let contact = contact.map(|person| OriginatorDto {
        id: person.id.to_string(),
        name: person.name,
        email: person.email,
        locale: person.lang,
    });
    Ok(FeedbackDto::new(said, topic, contact))
}
