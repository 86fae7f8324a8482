//! Pages of accounts: the way in, one's own things, and what administrators arrange.

pub mod absence;
pub mod entry;
pub mod mails;
pub mod me;
pub mod members;
pub mod passwords;
pub mod setup;
pub mod teams;
pub mod tokens;
pub mod topics;

use super::model;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

/// The viewer, who must be an administrator.
fn admin(page: &Page) -> Result<&Viewer> {
    let viewer = page.viewer()?;
    viewer.require(Role::Admin)?;
    Ok(viewer)
}

/// A choice in a form; what is none of ours is said at the field.
fn choice<T: std::str::FromStr>(field: &str, typed: &str) -> Result<T> {
    typed.parse().map_err(|_| Error::field(field, "error-choice"))
}

/// The same where nothing may be chosen.
fn optional_choice<T: std::str::FromStr>(field: &str, typed: &str) -> Result<Option<T>> {
    if typed.is_empty() { Ok(None) } else { choice(field, typed).map(Some) }
}

/// Rows to choose from by name.
fn named(rows: Vec<(i64, String)>) -> Vec<Value> {
    rows.into_iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect()
}

fn langs() -> Value {
    json!(Lang::ALL)
}

/// The roles that can be given, and the teams there are, for the forms about people.
fn choices(teams: &[super::teams::Team]) -> Value {
    let teams: Vec<Value> = teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name})).collect();
    json!({"roles": model::STAFF, "teams": teams})
}

/// What a one-time link shows when it does not work any more.
fn link_over(page: &Page) -> Result<HttpResponse> {
    page.answer(StatusCode::GONE, "people/link-over", json!({}))
}
