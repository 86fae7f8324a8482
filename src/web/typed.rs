//! What somebody typed, kept beside the request until it is answered: a page that says "not now" gives it back.

use actix_web::{HttpMessage, HttpRequest};
use serde_json::{Value, json};

/// From so many characters on a text is shown, shorter ones travel unseen.
const WORTH_SHOWING: usize = 30;

/// The fields of a form, in their order.
struct Typed {
    fields: Vec<(String, String)>,
    /// Files came with it, which a page cannot give back.
    files: bool,
}

/// Keeps the fields of a form.
pub fn keep(req: &HttpRequest, fields: Vec<(String, String)>, files: bool) {
    req.extensions_mut().insert(Typed { fields, files });
}

/// The same as a browser sends them.
pub fn keep_urlencoded(req: &HttpRequest, text: &str) {
    keep(req, url::form_urlencoded::parse(text.as_bytes()).into_owned().collect(), false);
}

/// For a template: the fields, and where to send them again. Nothing where a secret is among them: those are typed anew.
pub fn context(req: &HttpRequest) -> Option<Value> {
    let extensions = req.extensions();
    let typed = extensions.get::<Typed>()?;
    if typed.fields.iter().any(|(name, _)| name.contains("password")) {
        return None;
    }
    let field = |(name, value): &(String, String)| {
        let shown = value.chars().count() >= WORTH_SHOWING || value.contains('\n');
        json!({"name": name, "value": value, "shown": shown})
    };
    let action = req.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let fields: Vec<Value> = typed.fields.iter().map(field).collect();
    Some(json!({"fields": fields, "action": action, "files": typed.files}))
}
