//! Every letter to look at, for administrators: both languages, both parts, wide and narrow, light and dark.

use super::class::Class;
use super::outbox::{Mail, Status};
use super::samples::{self, Sample};
use super::thread::Thread;
use super::{Mailer, Rendered};
use crate::db::types::Doc;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::web::Page;
use crate::web::forms::query;
use crate::web::guard::MAIL_MARK;
use crate::web::viewer::Role;
use actix_web::web::{Path, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

/// Whom they would go to.
const ADDRESS: &str = "anna@example.org";

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/mails", get().to(list))
        .route("/admin/mails/{slug}", get().to(one))
        .route("/admin/mails/{slug}/html", get().to(html));
}

/// How a letter is looked at; what cannot be read is as if it had not been asked for.
#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    width: String,
    #[serde(default)]
    look: String,
}

impl Asked {
    fn lang(&self, page: &Page) -> Lang {
        self.lang.parse().unwrap_or(page.lang)
    }
}

/// GET /admin/mails
async fn list(page: Page) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let samples = samples::all(page.lang, &page.app.config.http.url(""))?;
    let classes = Class::ALL.iter().map(|class| {
        let letters: Result<Vec<Value>> =
            samples.iter().filter(|sample| sample.class == *class).map(|sample| line(&page, sample)).collect();
        Ok(json!({"class": class, "letters": letters?}))
    });
    page.render("mails/list", json!({"classes": classes.collect::<Result<Vec<_>>>()?}))
}

fn line(page: &Page, sample: &Sample) -> Result<Value> {
    let words = page.app.mailer.sample(sample, page.lang)?;
    Ok(json!({"slug": sample.slug, "template": sample.template, "subject": words.subject}))
}

/// GET /admin/mails/{slug}
async fn one(page: Page, req: HttpRequest, slug: Path<String>) -> Result<HttpResponse> {
    let (asked, sample) = asked_for(&page, &req, &slug)?;
    let lang = asked.lang(&page);
    let words = page.app.mailer.sample(&sample, lang)?;
    let one_of = |asked: &str, words: [&'static str; 2]| if asked == words[1] { words[1] } else { words[0] };
    page.render(
        "mails/letter",
        json!({
            "slug": sample.slug,
            "template": sample.template,
            "class": sample.class,
            "subject": words.subject,
            "preheader": words.preheader,
            "text": words.text,
            "headers": headers(&page, &sample, lang)?,
            "langs": Lang::ALL,
            "chosen": {
                "lang": lang,
                "width": one_of(&asked.width, ["wide", "phone"]),
                "look": one_of(&asked.look, ["light", "dark"]),
            },
        }),
    )
}

/// GET /admin/mails/{slug}/html: for a frame in which nothing can run.
async fn html(page: Page, req: HttpRequest, slug: Path<String>) -> Result<HttpResponse> {
    let (asked, sample) = asked_for(&page, &req, &slug)?;
    let words = page.app.mailer.sample(&sample, asked.lang(&page))?;
    let html = in_the_dark(&words.html, asked.look == "dark");
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header((MAIL_MARK, "1")).body(html))
}

/// Shows a letter as on a dark screen, or as on a light one, whichever screen this is.
fn in_the_dark(html: &str, dark: bool) -> String {
    html.replace("(prefers-color-scheme: dark)", if dark { "all" } else { "not all" })
}

fn asked_for(page: &Page, req: &HttpRequest, slug: &str) -> Result<(Asked, Sample)> {
    page.viewer()?.require(Role::Admin)?;
    let asked: Asked = query(req);
    let samples = samples::all(asked.lang(page), &page.app.config.http.url(""))?;
    let sample = samples.into_iter().find(|sample| sample.slug == slug).ok_or(Error::NotFound)?;
    Ok((asked, sample))
}

/// The headers as they would go out.
fn headers(page: &Page, sample: &Sample, lang: Lang) -> Result<Vec<Value>> {
    let built = page.app.mailer.prepare(&row(sample, lang), &Thread::default(), page.now).map_err(Error::internal)?;
    let text = String::from_utf8(built).map_err(Error::internal)?;
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
    let header = |line: &str| line.split_once(": ").map(|(name, value)| json!({"name": name, "value": value}));
    Ok(head.lines().filter_map(header).collect())
}

/// A sample as a row of the outbox that nobody queued.
pub(super) fn row(sample: &Sample, lang: Lang) -> Mail {
    let at = samples::moment().into();
    let mut data = sample.data.clone();
    // A header takes no ellipsis.
    if let Some(Value::String(url)) = data.get_mut("unsubscribe_url") {
        *url = url.replace('…', "%E2%80%A6");
    }
    Mail {
        id: 0,
        message_id: "ob-0".into(),
        person_id: 0,
        template: sample.template.into(),
        event_id: 0,
        case_id: sample.class.is_conversation().then_some(0),
        lang,
        address: ADDRESS.into(),
        name: sample.name.into(),
        data: Doc(data),
        status: Status::Queued,
        attempts: 0,
        next_at: at,
        reply: None,
        sent_at: None,
        created_at: at,
    }
}

impl Mailer {
    /// The words of a sample.
    pub fn sample(&self, sample: &Sample, lang: Lang) -> Result<Rendered> {
        self.preview(sample.template, lang, sample.name, &sample.data)
    }
}
