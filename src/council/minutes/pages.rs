//! Pages.
use actix_web::web::ServiceConfig;

pub fn routes(_cfg: &mut ServiceConfig) {}
