//! Accounts, teams, topics, signing in, and API tokens.

mod password;
pub mod token;

use actix_web::web::ServiceConfig;
pub fn routes(_: &mut ServiceConfig) {}
