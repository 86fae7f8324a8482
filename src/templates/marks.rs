//! Helpers that write HTML. Small marks that stand in every row are helpers, not partials: a partial copies the whole
//! context of the page each time it is called.
//!
//! | helper | gives |
//! |---|---|
//! | `lines text` | paragraphs and line breaks of a plain text |
//! | `markdown text` | what staff wrote, with the few tags of [`crate::markdown`] |
//! | `file_list files` | downloads with their sizes: files = [{url, name, size}] |
//! | `icon "clock"` | a drawing of `icons.svg` |
//! | `status_tag "status" state` | icon and word of a state; the first argument says whose words: `status` (a case), `change-status`, `mail-status` |
//! | `due_tag state text` | a deadline badge; ok, soon, late, paused, kept or none |
//! | `voice_tag voice kind` | EX or CX with the kind: amber EX, indigo CX, everywhere |

use super::Assets;
use super::helpers::{Answer, Call};
use crate::i18n;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, html_escape,
};
use serde_json::Value;
use std::sync::Arc;

/// Registers the helpers of this file.
pub fn register(registry: &mut Handlebars<'_>, assets: &Arc<Assets>) {
    let sprite = assets.named("icons.svg").map(|asset| asset.url.clone()).unwrap_or_default();
    let icon = move |name: &str| {
        format!("<svg aria-hidden=\"true\"><use href=\"{}#{}\"/></svg>", html_escape(&sprite), html_escape(name))
    };
    let mut add = |name: &'static str, work: Box<dyn Fn(&Call<'_, '_>) -> Answer + Send + Sync>| {
        registry.register_helper(name, Box::new(Mark { name, work }));
    };
    add("lines", Box::new(|call| call.text(0).map(|text| paragraphs(&text))));
    add("markdown", Box::new(|call| call.text(0).map(|text| crate::markdown::html(&text))));
    let draw = icon.clone();
    add("file_list", Box::new(move |call| files(call, &draw)));
    let draw = icon.clone();
    add("icon", Box::new(move |call| call.text(0).map(|name| draw(&name))));
    let draw = icon.clone();
    add("status_tag", Box::new(move |call| status(call, &draw)));
    add("due_tag", Box::new(move |call| due(call, &icon)));
    add("voice_tag", Box::new(voice));
}

fn status(call: &Call<'_, '_>, icon: &impl Fn(&str) -> String) -> Answer {
    let (of, state) = (call.text(0)?, call.text(1)?);
    let words = i18n::t(call.lang()?, &format!("{of}-{state}"), &[]);
    let drawing = icon(&format!("status-{state}"));
    Ok(format!("<span class=\"status {}\">{drawing}{}</span>", html_escape(&state), html_escape(&words)))
}

fn files(call: &Call<'_, '_>, icon: &impl Fn(&str) -> String) -> Answer {
    let lang = call.lang()?;
    let text = |file: &Value, name: &str| {
        let value = file.get(name).and_then(Value::as_str).ok_or_else(|| format!("a file without {name}"))?;
        Ok::<_, String>(html_escape(value))
    };
    let files = call.value(0)?.as_array().ok_or("files are a list")?;
    if files.is_empty() {
        return Ok(String::new());
    }
    let mut html = format!("<ul class=\"files\" aria-label=\"{}\">", html_escape(&i18n::t(lang, "files-list", &[])));
    for file in files {
        let size = file.get("size").and_then(Value::as_f64).ok_or("a file without size")?;
        let (url, name, size) = (text(file, "url")?, text(file, "name")?, html_escape(&i18n::file_size(lang, size)));
        html.push_str(&format!("<li><a href=\"{url}\" download>{}{name}</a> <small>{size}</small></li>", icon("file")));
    }
    Ok(html + "</ul>")
}

fn due(call: &Call<'_, '_>, icon: &impl Fn(&str) -> String) -> Answer {
    let (state, text) = (call.text(0)?, call.text(1)?);
    let drawing = icon(match state.as_str() {
        "late" => "alert",
        "paused" => "pause",
        "kept" => "check",
        _ => "clock",
    });
    let word = match state.as_str() {
        "late" => {
            format!("<span class=\"unseen\"> {}</span>", html_escape(&i18n::t(call.lang()?, "due-late-word", &[])))
        }
        _ => String::new(),
    };
    Ok(format!("<span class=\"due {}\">{drawing}{}{word}</span>", html_escape(&state), html_escape(&text)))
}

fn voice(call: &Call<'_, '_>) -> Answer {
    let (voice, kind, lang) = (call.text(0)?, call.text(1)?, call.lang()?);
    let class = if voice == "employee" { "ex" } else { "cx" };
    let whose = i18n::t(lang, &format!("voice-short-{voice}"), &[]);
    let what = i18n::t(lang, &format!("kind-short-{kind}"), &[]);
    Ok(format!("<span class=\"tag {class}\">{} {}</span>", html_escape(&whose), html_escape(&what)))
}

/// A helper whose answer is HTML already.
struct Mark<F> {
    name: &'static str,
    work: F,
}

impl<F: Fn(&Call<'_, '_>) -> Answer + Send + Sync> HelperDef for Mark<F> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let html = (self.work)(&Call { helper, context })
            .map_err(|e| RenderErrorReason::Other(format!("{}: {e}", self.name)))?;
        Ok(out.write(&html)?)
    }
}

fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.trim().is_empty()) {
        html.push_str("<p>");
        html.push_str(&html_escape(paragraph).replace('\n', "<br>"));
        html.push_str("</p>");
    }
    html
}
