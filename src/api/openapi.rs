//! The OpenAPI 3.1 document: every operation, and for each the problems it can answer with.

use super::{cases, changes, feedback};
use serde::Serialize;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, OpenApi as Document, Ref, ResponseBuilder};
use utoipa::{Modify, OpenApi, ToSchema};

/// What is wrong, as RFC 9457 puts it (`application/problem+json`).
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says it.
    #[schema(rename = "type")]
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// Each field that is wrong.
    errors: Option<Vec<ProblemField>>,
}

#[derive(Serialize, ToSchema)]
pub struct ProblemField {
    #[schema(example = "contact.email")]
    field: String,
    #[schema(example = "error-email")]
    code: String,
    detail: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Heard",
        description = "Collect, case, shared backlog, change, \"we heard you\". Ids are 64-bit numbers sent as strings; \
                       times are RFC 3339 in UTC; lists are read page by page through `cursor`. A token comes from `heard token`, acts for one \
                       person and may do what its scopes and the person's role allow."
    ),
    paths(
        feedback::create,
        feedback::show,
        cases::list,
        cases::show,
        cases::assign,
        cases::reply,
        cases::note,
        cases::resolve,
        changes::list,
        changes::show,
        changes::propose,
        changes::edit,
        changes::link,
        changes::parts::merge,
        changes::parts::archive,
        changes::parts::add_fact,
        changes::advance,
    ),
    components(schemas(Problem, ProblemField)),
    modifiers(&Token, &Problems),
)]
struct Api;

/// The whole document.
pub fn document() -> Document {
    Api::openapi()
}

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("hrd_…").build();
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// Problems follow from what an operation takes, so they are derived rather than repeated.
struct Problems;

impl Modify for Problems {
    fn modify(&self, document: &mut Document) {
        for (path, item) in &mut document.paths.paths {
            for operation in operations(item) {
                for (status, meaning) in problems(path, operation) {
                    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                    let response =
                        ResponseBuilder::new().description(meaning).content("application/problem+json", body).build();
                    operation.responses.responses.insert(status.to_owned(), response.into());
                }
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn problems(path: &str, operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let takes_body = operation.request_body.is_some();
    let takes_anything = takes_body || operation.parameters.as_ref().is_some_and(|p| !p.is_empty());
    let public = operation.security.as_ref().is_some_and(|s| s.len() > 1);
    let all = [
        (takes_anything, ("400", "The request cannot be read; `detail` says where")),
        (true, ("401", "There is no token, or it is no good")),
        (true, ("403", "The token has not this scope, or its person not this role")),
        (path.contains('{'), ("404", "There is no such thing, or its person may not see it")),
        (
            takes_body,
            ("409", "It is not as the caller saw it (`If-Match`), was taken already, or its state does not allow it"),
        ),
        (takes_body, ("413", "The body is larger than 256 KB")),
        (takes_body, ("415", "The body is not `application/json`, or is compressed")),
        (takes_anything, ("422", "Fields hold something that cannot be taken; `errors` names each")),
        (public, ("429", "Too many requests without a token; see `Retry-After`")),
        (true, ("500", "Something broke on our side")),
        (true, ("503", "The database cannot be reached or is full; see `Retry-After`")),
    ];
    all.into_iter().filter(|(applies, _)| *applies).map(|(_, problem)| problem).collect()
}
