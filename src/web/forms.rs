//! What comes in: forms and JSON, each with a limit, and errors that name the field.

use super::typed;
use crate::error::{Error, FieldError, Result};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use validator::{Validate, ValidationErrors};

/// The largest body of a request; nobody types more.
pub const MAX_BODY: usize = 256 * 1024;

/// An urlencoded form. Unknown fields are refused where the type says so; repeated keys make a list.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            expect_type(&req, "application/x-www-form-urlencoded")?;
            let body = body(payload).await?;
            let text = std::str::from_utf8(&body).map_err(|_| Error::BadRequest("the form is not UTF-8".into()))?;
            typed::keep_urlencoded(&req, text);
            from_urlencoded(text).map(Form)
        })
    }
}

/// Reads the fields of a form; names the one that does not fit.
pub fn from_urlencoded<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_html_form::from_str(text).map_err(|e| Error::Invalid(vec![unreadable(&e.to_string(), "")]))
}

/// A JSON body of the API.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            expect_type(&req, "application/json")?;
            from_json(&body(payload).await?).map(Json)
        })
    }
}

/// Reads a JSON document; says the place of a syntax error and the name of a wrong field.
pub fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        let path = e.path().to_string();
        match e.inner().classify() {
            serde_json::error::Category::Data => Error::Invalid(vec![unreadable(&e.inner().to_string(), &path)]),
            _ => Error::BadRequest(e.inner().to_string()),
        }
    })?;
    reader.end().map_err(|e| Error::BadRequest(e.to_string()))?;
    Ok(value)
}

/// Serde names fields between backquotes; everything else is a value that does not fit.
fn unreadable(said: &str, path: &str) -> FieldError {
    let named = said.split('`').nth(1).unwrap_or_default();
    let key = match said {
        s if s.starts_with("unknown field") => "error-unknown-field",
        s if s.starts_with("missing field") => "error-required",
        s if s.starts_with("unknown variant") => "error-choice",
        _ => "error-unreadable",
    };
    let names_field = matches!(key, "error-unknown-field" | "error-required");
    let field = match (path.trim_start_matches('.'), names_field) {
        ("" | ".", _) => named.to_owned(),
        // The path of an unknown field already ends in its name.
        (path, true) if path.rsplit('.').next() != Some(named) => format!("{path}.{named}"),
        (path, _) => path.to_owned(),
    };
    FieldError::new(&field, key)
}

fn expect_type(req: &HttpRequest, expected: &str) -> Result<()> {
    if is_type(req, expected) { Ok(()) } else { Err(Error::UnsupportedMedia) }
}

/// Whether the body says it is of this media type.
pub fn is_type(req: &HttpRequest, expected: &str) -> bool {
    let given = req.headers().get(CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(expected)
}

/// The whole body, up to [`MAX_BODY`].
pub async fn body(payload: Payload) -> Result<Vec<u8>> {
    body_up_to(payload, MAX_BODY).await
}

/// The whole body, up to a limit of its own.
pub async fn body_up_to(mut payload: Payload, most: usize) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|e| Error::BadRequest(e.to_string()))?;
        if body.len() + chunk.len() > most {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Query strings of GET pages: what cannot be read is as if it had not been asked for.
pub fn query<T: DeserializeOwned + Default>(req: &HttpRequest) -> T {
    web::Query::<T>::from_query(req.query_string()).map_or_else(|_| T::default(), web::Query::into_inner)
}

/// Checks the limits that a form or DTO declares.
pub fn check(input: &impl Validate) -> Result<()> {
    input.validate().map_err(|e| Error::Invalid(field_errors(&e)))
}

/// What `validator` found, as messages of ours.
pub fn field_errors(errors: &ValidationErrors) -> Vec<FieldError> {
    let mut found: Vec<FieldError> =
        errors.field_errors().iter().filter_map(|(field, wrong)| Some(field_error(field, wrong.first()?))).collect();
    found.sort_by(|a, b| a.field.cmp(&b.field));
    found
}

fn field_error(field: &str, wrong: &validator::ValidationError) -> FieldError {
    let number = |name: &str| wrong.params.get(name).map(ToString::to_string);
    let typed_nothing = wrong.params.get("value").and_then(|v| v.as_str()).is_some_and(|v| v.trim().is_empty());
    match (wrong.code.as_ref(), number("min"), number("max")) {
        ("length", Some(_), _) if typed_nothing => FieldError::new(field, "error-required"),
        ("length", _, Some(max)) if !typed_nothing && number("min").is_none_or(|_| longer(wrong)) => {
            FieldError::new(field, "error-too-long").with("max", max)
        }
        ("length", Some(min), _) => FieldError::new(field, "error-too-short").with("min", min),
        ("range", Some(min), Some(max)) => {
            FieldError::new(field, "error-number-range").with("min", min).with("max", max)
        }
        ("email", ..) => FieldError::new(field, "error-email"),
        // A check of our own says its message key itself.
        (key, ..) => FieldError::new(field, key),
    }
}

fn longer(wrong: &validator::ValidationError) -> bool {
    let length = wrong.params.get("value").and_then(|v| v.as_str()).map_or(0, |v| v.chars().count() as u64);
    wrong.params.get("max").and_then(serde_json::Value::as_u64).is_some_and(|max| length > max)
}

/// Text as people may send it: line ends as `\n`, other control characters and outer space gone.
pub fn clean(typed: &str) -> String {
    typed
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The same on one line: names, titles, subjects.
pub fn clean_line(typed: &str) -> String {
    clean(typed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An optional field that was left empty.
pub fn given(typed: &str) -> Option<&str> {
    Some(typed.trim()).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        email: String,
    }
    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        text: String,
        contact: Option<Inner>,
    }

    fn named(json: &str) -> (String, String) {
        match from_json::<Outer>(json.as_bytes()).expect_err("refused") {
            Error::Invalid(fields) => (fields[0].field.clone(), fields[0].key.clone()),
            other => (String::new(), other.to_string()),
        }
    }

    #[test]
    fn wrong_json_is_named() {
        assert_eq!(named(r#"{"txt":"a"}"#), ("txt".into(), "error-unknown-field".into()));
        assert_eq!(named("{}"), ("text".into(), "error-required".into()));
        assert_eq!(named(r#"{"text":"a","contact":{}}"#), ("contact.email".into(), "error-required".into()));
        assert_eq!(named(r#"{"text":5}"#), ("text".into(), "error-unreadable".into()));
        assert!(named(r#"{"text":"#).1.contains("line 1"));
    }

    #[test]
    fn text_is_cleaned_and_keeps_its_lines() {
        assert_eq!(clean(" a\r\nb\u{0}\u{1b}c\t\n"), "a\nbc");
        assert_eq!(clean_line(" a\r\n b "), "a b");
    }

    #[derive(Validate)]
    struct Limits {
        #[validate(length(min = 1, max = 3))]
        text: String,
        #[validate(email)]
        email: String,
    }

    #[test]
    fn limits_say_which_and_why() {
        let wrong = |text: &str| match check(&Limits { text: text.into(), email: "x".into() }) {
            Err(Error::Invalid(fields)) => fields,
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong("")[1], FieldError::new("text", "error-required"));
        assert_eq!(wrong("abcd")[1], FieldError::new("text", "error-too-long").with("max", 3));
        assert_eq!(wrong("ab")[0], FieldError::new("email", "error-email"));
    }
}
