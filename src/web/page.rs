//! What every page needs: who looks, in which language, and how to answer.

use super::viewer::{Role, Viewer, app_of, signed_in};
use crate::app::App;
use crate::error::{Error, FieldError, Result};
use crate::i18n::{self, Arg, Lang};
use crate::templates;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, LOCATION};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::future::Future;
use std::pin::Pin;

const LANG_COOKIE: &str = "lang";
const FLASH_COOKIE: &str = "flash";

/// The page being answered.
pub struct Page {
    pub app: web::Data<App>,
    pub viewer: Option<Viewer>,
    pub lang: Lang,
    pub now: DateTime<Utc>,
    path: String,
    flash: Option<String>,
    noindex: bool,
}

impl FromRequest for Page {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Page>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = app_of(&req)?;
            let viewer = signed_in(&app, &req).await?;
            Ok(Page::new(app, viewer, &req))
        })
    }
}

impl Page {
    /// A page for a known viewer; also used for error pages, where nobody may be known.
    pub fn new(app: web::Data<App>, viewer: Option<Viewer>, req: &HttpRequest) -> Page {
        let lang = language(&app, viewer.as_ref(), req);
        let now = app.clock.now();
        let flash = req.cookie(FLASH_COOKIE).map(|c| c.value().to_owned());
        Page { app, viewer, lang, now, path: req.path().to_owned(), flash, noindex: false }
    }

    /// Asks search engines to leave this page alone.
    pub fn unlisted(mut self) -> Page {
        self.noindex = true;
        self
    }

    /// The viewer, or an error that leads to signing in.
    pub fn viewer(&self) -> Result<&Viewer> {
        self.viewer.as_ref().ok_or(Error::SignIn)
    }

    /// A text in the reader's language.
    /// The day it is in the house.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.app.config.app.time_zone).date_naive()
    }

    pub fn t(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::t(self.lang, key, args)
    }

    /// Renders a template with its context.
    pub fn render(&self, template: &str, context: impl Serialize) -> Result<HttpResponse> {
        self.answer(StatusCode::OK, template, context)
    }

    /// Shows a form again: what was typed, and what is wrong beside each field. Other errors pass through.
    pub fn form_again(
        &self,
        error: Error,
        template: &str,
        context: impl Serialize,
        form: impl Serialize,
    ) -> Result<HttpResponse> {
        let Error::Invalid(wrong) = error else { return Err(error) };
        let mut context = as_map(context)?;
        context.insert("form".into(), json!(form));
        context.insert("errors".into(), self.said(&wrong));
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, template, context)
    }

    fn said(&self, wrong: &[FieldError]) -> Value {
        let mut said: Map<String, Value> = Map::new();
        for e in wrong {
            let message = field_message(self.lang, e);
            match said.get_mut(&e.field) {
                // Two files in one field can both be wrong.
                Some(Value::String(before)) => *before = format!("{before} {message}"),
                _ => _ = said.insert(e.field.clone(), message.into()),
            }
        }
        said.into()
    }

    /// Renders with a status of its own.
    pub fn answer(&self, status: StatusCode, template: &str, context: impl Serialize) -> Result<HttpResponse> {
        let html = self.html(template, context)?;
        let mut response = HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html);
        if self.flash.is_some() {
            let mut seen = Cookie::new(FLASH_COOKIE, "");
            seen.set_path("/");
            response.add_removal_cookie(&seen).map_err(Error::internal)?;
        }
        Ok(response)
    }

    /// A piece of a page, for scripts that put it in place.
    pub fn html(&self, template: &str, context: impl Serialize) -> Result<String> {
        let mut context = as_map(context)?;
        context.entry("errors").or_insert_with(|| json!({}));
        context.insert("page".into(), self.context());
        self.app.templates.html(template, &templates::context(self.lang, Value::Object(context))?)
    }

    /// After a POST: go and look at the result.
    pub fn see_other(&self, path: &str) -> HttpResponse {
        HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
    }

    /// The same, and say what happened on the next page; `key` names the message.
    pub fn see_other_saying(&self, path: &str, key: &str) -> HttpResponse {
        let mut response = self.see_other(path);
        if let Err(e) = response.add_cookie(&self.short_cookie(FLASH_COOKIE, key, time::Duration::minutes(1))) {
            tracing::warn!(error = %e, "could not say what happened");
        }
        response
    }

    /// A cookie for things that are no secret.
    pub fn short_cookie(&self, name: &'static str, value: &str, age: time::Duration) -> Cookie<'static> {
        Cookie::build(name, value.to_owned())
            .path("/")
            .max_age(age)
            .secure(self.app.config.http.secure())
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish()
    }

    /// Remembers the language a reader chose.
    pub fn language_cookie(&self, lang: Lang) -> Cookie<'static> {
        self.short_cookie(LANG_COOKIE, lang.as_str(), time::Duration::days(365))
    }

    fn context(&self) -> Value {
        let flash = self.flash.as_deref().filter(|key| i18n::has(self.lang, key)).map(|key| self.t(key, &[]));
        json!({
            "app": self.app.config.app.name,
            "lang": self.lang,
            "other_lang": if self.lang == Lang::En { Lang::Ru } else { Lang::En },
            "path": self.path,
            "now": self.now.to_rfc3339(),
            "time_zone": self.app.config.app.time_zone.name(),
            "flash": flash,
            "noindex": self.noindex,
            "demo_mail": self.app.mailer.is_local(),
            "mail_stopped": self.app.mailer.alarm().is_some(),
            "viewer": self.viewer.as_ref().map(viewer_context),
        })
    }
}

fn viewer_context(viewer: &Viewer) -> Value {
    let initials: String = viewer.name.split_whitespace().filter_map(|w| w.chars().next()).take(2).collect();
    json!({
        "id": viewer.id.to_string(),
        "name": viewer.name,
        "role": viewer.role,
        "initials": initials,
        "is_owner": viewer.role >= Role::Owner,
        "is_council": viewer.role >= Role::Council,
        "is_admin": viewer.role >= Role::Admin,
    })
}

/// Whether this browser was told which language to speak.
pub fn has_chosen_language(req: &HttpRequest) -> bool {
    req.cookie(LANG_COOKIE).is_some_and(|c| c.value().parse::<Lang>().is_ok())
}

/// What is wrong with a field, in words.
pub fn field_message(lang: Lang, error: &FieldError) -> String {
    // A limit is a number: it is grouped, and chooses the plural form.
    let arg = |value: &String| value.parse::<f64>().map_or_else(|_| Arg::from(value.clone()), Arg::from);
    let args: Vec<(&str, Arg)> = error.args.iter().map(|(name, value)| (*name, arg(value))).collect();
    i18n::t(lang, &error.key, &args)
}

fn as_map(context: impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(context).map_err(Error::internal)? {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        other => Err(Error::internal(format!("a page context is an object, not {other}"))),
    }
}

/// The reader's choice, else their account's language, else their browser's, else ours.
fn language(app: &App, viewer: Option<&Viewer>, req: &HttpRequest) -> Lang {
    let chosen = req.cookie(LANG_COOKIE).and_then(|c| c.value().parse().ok());
    let browser =
        || req.headers().get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok()).and_then(Lang::from_accept_language);
    chosen
        .or(viewer.map(|v| v.lang))
        .or_else(browser)
        .unwrap_or_else(|| app.config.app.lang.parse().unwrap_or(Lang::En))
}
