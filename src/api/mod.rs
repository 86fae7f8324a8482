//! What pages do for people, for machines: JSON under `/api/v1`, described at `/api/openapi.json`.
//!
//! It stands above the slices because it ties their verbs to tokens, versions and keys; it holds no rules of its own.

mod caller;
mod cases;
mod changes;
mod docs;
mod endpoint;
mod feedback;
pub mod idempotency;
mod openapi;
mod query;
mod store;

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use endpoint::Endpoint;

/// Every path with its methods; a test compares them with the OpenAPI document.
fn endpoints() -> Vec<Endpoint> {
    let at = Endpoint::at;
    vec![
        at("/feedback").on(Method::POST, feedback::create),
        at("/feedback/{reference}").on(Method::GET, feedback::show),
        at("/cases").on(Method::GET, cases::list),
        at("/cases/{reference}").on(Method::GET, cases::show),
        at("/cases/{reference}/owner").on(Method::PUT, cases::assign),
        at("/cases/{reference}/replies").on(Method::POST, cases::reply),
        at("/cases/{reference}/notes").on(Method::POST, cases::note),
        at("/cases/{reference}/resolution").on(Method::POST, cases::resolve),
        at("/changes").on(Method::GET, changes::list).on(Method::POST, changes::propose),
        at("/changes/{reference}").on(Method::GET, changes::show).on(Method::PATCH, changes::edit),
        at("/changes/{reference}/cases").on(Method::POST, changes::link),
        at("/changes/{reference}/primary").on(Method::PUT, changes::parts::merge),
        at("/changes/{reference}/archive").on(Method::PUT, changes::parts::archive),
        at("/changes/{reference}/facts").on(Method::POST, changes::parts::add_fact),
        at("/changes/{reference}/status").on(Method::POST, changes::advance),
    ]
}

pub fn routes(cfg: &mut ServiceConfig) {
    let v1 = endpoints().into_iter().fold(web::scope("/api/v1"), |scope, endpoint| scope.service(endpoint.resource()));
    cfg.service(v1)
        .service(Endpoint::at("/api/openapi.json").on(Method::GET, docs::document).resource())
        .service(Endpoint::at("/api/docs").on(Method::GET, docs::home).resource())
        .service(Endpoint::at("/api/docs/{file:.*}").on(Method::GET, docs::file).resource());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_served_is_what_is_documented() {
        let served: BTreeSet<(String, String)> = endpoints()
            .iter()
            .flat_map(|e| e.methods().iter().map(|m| (format!("/api/v1{}", e.path()), m.as_str().to_lowercase())))
            .collect();
        let document = serde_json::to_value(openapi::document()).expect("it is JSON");
        let documented: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .expect("it has paths")
            .iter()
            .flat_map(|(path, item)| item.as_object().into_iter().flatten().map(|(m, _)| (path.clone(), m.clone())))
            .collect();
        assert_eq!(served, documented);
    }
}
