//! API tokens: make one, which is shown once, and take it back.

use super::admin;
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::people::model::clean_email;
use crate::people::token::{Scope, parse_scopes};
use crate::people::tokens::{self, Token};
use crate::people::{actions, store};
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const TEMPLATE: &str = "people/tokens";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TokenForm {
    name: String,
    /// Whom it acts for.
    email: String,
    #[serde(default)]
    scopes: Vec<String>,
    /// A day, or empty.
    expires: String,
}

/// GET /admin/tokens
pub async fn list(page: Page) -> Result<HttpResponse> {
    let email = admin(&page)?.email.clone().unwrap_or_default();
    let form = TokenForm { email, ..TokenForm::default() };
    let mut context = listed(&page, &form).await?;
    context.insert("form".into(), json!(form));
    page.render(TEMPLATE, context)
}

/// POST /admin/tokens: shows the token, this once.
pub async fn create(page: Page, form: Form<TokenForm>) -> Result<HttpResponse> {
    admin(&page)?;
    let form = form.0;
    match make(&page, &form).await {
        Ok(token) => {
            let mut context = listed(&page, &TokenForm::default()).await?;
            context.insert("form".into(), json!(TokenForm { email: form.email, ..TokenForm::default() }));
            context.insert("made".into(), json!(token));
            page.render(TEMPLATE, context)
        }
        Err(e) => page.form_again(e, TEMPLATE, listed(&page, &form).await?, &form),
    }
}

async fn make(page: &Page, form: &TokenForm) -> Result<String> {
    let by = page.viewer()?.by();
    let (name, email, now) = (form.name.clone(), clean_email(&form.email), page.now);
    let scopes = form.scopes.iter().map(|word| word.parse::<Scope>()).collect::<std::result::Result<Vec<_>, _>>();
    let scopes = scopes.map_err(|_| Error::field("scopes", "error-choice"))?;
    let expires = end_of(&form.expires, page.app.config.app.time_zone)?;
    let made = page.app.db.write(move |c| {
        let person_id = owner(c, &email)?;
        actions::create_token(c, by, person_id, &name, &scopes, expires, now)
    });
    made.await
}

fn owner(c: &mut Conn, email: &str) -> Result<i64> {
    let person = store::by_email(c, email)?.filter(store::Person::is_active);
    person.map(|p| p.id).ok_or_else(|| Error::Invalid(vec![FieldError::new("email", "error-person")]))
}

/// The end of a day where the product is used.
fn end_of(typed: &str, zone: chrono_tz::Tz) -> Result<Option<DateTime<Utc>>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Error::field("expires", "error-date");
    let day: NaiveDate = typed.trim().parse().map_err(|_| wrong())?;
    let next = day.succ_opt().ok_or_else(wrong)?;
    let midnight = next.and_time(NaiveTime::MIN).and_local_timezone(zone).earliest().ok_or_else(wrong)?;
    Ok(Some(midnight.to_utc()))
}

/// POST /admin/tokens/{id}/revocation
pub async fn revoke(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let by = admin(&page)?.by();
    let (id, now) = (*id, page.now);
    page.app.db.write(move |c| actions::revoke_token(c, by, id, now)).await?;
    Ok(page.see_other_saying("/admin/tokens", "people-token-revoked"))
}

async fn listed(page: &Page, form: &TokenForm) -> Result<Map<String, Value>> {
    let now = page.now;
    let tokens: Vec<Value> =
        page.app.db.read(|c| Ok(tokens::list(c)?)).await?.iter().map(|token| row(token, now)).collect();
    let scopes: Vec<Value> = Scope::ALL
        .iter()
        .map(|scope| json!({"word": scope, "key": scope.as_str().replace(':', "-"), "chosen": form.scopes.iter().any(|word| word == scope.as_str())}))
        .collect();
    let mut context = Map::new();
    context.insert("tokens".into(), json!(tokens));
    context.insert("scopes".into(), json!(scopes));
    context.insert("made".into(), Value::Null);
    Ok(context)
}

fn row(token: &Token, now: DateTime<Utc>) -> Value {
    json!({
        "id": token.id.to_string(),
        "name": token.name,
        "person": token.person,
        "scopes": parse_scopes(&token.scopes),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "expired": token.expires_at.is_some_and(|at| *at <= now),
        "last_used_at": token.last_used_at,
    })
}
