//! What pages and mails are rendered with: strict Handlebars over `templates/`, embedded in a release build and read
//! from disk in a debug build.
//!
//! Every `*.hbs` is registered under its path without extension ("cases/queue", "layout"), twice: in an escaping
//! registry for HTML and in a plain one for text. A mail is a folder `emails/<name>/` with `body.mjml`, compiled to HTML
//! once at start together with `emails/layout.mjml`, `body.txt`, and `preheader.hbs`, what an inbox shows beside the
//! subject.
//!
//! Strict means: a variable that is *missing* from the context is an error wherever it is printed, looped over or given
//! to a helper of ours; a variable that is *null* prints nothing and is empty for `{{#if}}`. `{{#if}}` and `{{#unless}}`
//! alone do not tell the two apart, and `{{#each}}` over null needs an `{{else}}`: contexts hold every field they have,
//! with null for "none" and `[]` for "no items".
//!
//! Every context gets `lang` at its root; [`helpers`] lists what templates can call.

mod assets;
pub mod helpers;
mod marks;
mod mjml;

use chrono_tz::Tz;
use handlebars::{Context, Handlebars, no_escape};
use serde_json::Value;
use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::i18n::Lang;

pub use assets::{Asset, Assets};

#[derive(rust_embed::Embed)]
#[folder = "templates"]
struct Files;

/// All templates, ready to render.
pub struct Templates {
    html: Handlebars<'static>,
    text: Handlebars<'static>,
    assets: Arc<Assets>,
}

impl Templates {
    /// Reads and compiles everything under `templates/`; times are shown in this zone.
    pub fn load(zone: Tz) -> Result<Templates> {
        let mut templates = Templates::empty(zone, Arc::new(Assets::load()));
        let layout = source("emails/layout.mjml")?;
        for name in Files::iter() {
            if let Some(page) = name.strip_suffix(".hbs") {
                let text = source(&name)?;
                register(&mut templates.html, page, &text)?;
                register(&mut templates.text, page, &text)?;
            } else if let Some(mail) = name.strip_suffix("/body.mjml") {
                register(
                    &mut templates.html,
                    &format!("{mail}/html"),
                    &mjml::compile(mail, &layout, &source(&name)?)?,
                )?;
            } else if let Some(mail) = name.strip_suffix("/body.txt") {
                register(&mut templates.text, &format!("{mail}/text"), &source(&name)?)?;
            }
        }
        Ok(templates)
    }

    /// Renders HTML from what [`context`] made.
    pub fn html(&self, name: &str, context: &Context) -> Result<String> {
        render(&self.html, name, context)
    }

    /// Renders plain text from it; nothing is escaped.
    pub fn text(&self, name: &str, context: &Context) -> Result<String> {
        render(&self.text, name, context)
    }

    /// Style sheets, scripts, pictures.
    pub fn assets(&self) -> &Arc<Assets> {
        &self.assets
    }

    fn empty(zone: Tz, assets: Arc<Assets>) -> Templates {
        let mut html = Handlebars::new();
        let mut text = Handlebars::new();
        text.register_escape_fn(no_escape);
        for registry in [&mut html, &mut text] {
            registry.set_strict_mode(true);
            // Text that a partial prints, such as a pre or a textarea, must come out as it went in.
            registry.set_prevent_indent(true);
            helpers::register(registry, zone, &assets);
        }
        marks::register(&mut html, &assets);
        Templates { html, text, assets }
    }
}

/// What a template can name, for a reader of this language: the fields of an object.
pub fn context(lang: Lang, mut fields: Value) -> Result<Context> {
    let Value::Object(root) = &mut fields else { return Err(Error::internal("a template's context is not an object")) };
    root.insert("lang".into(), lang.as_str().into());
    Ok(Context::from(fields))
}

fn render(registry: &Handlebars<'_>, name: &str, context: &Context) -> Result<String> {
    registry.render_with_context(name, context).map_err(|e| Error::internal(format!("template {name}: {e}")))
}

fn register(registry: &mut Handlebars<'_>, name: &str, text: &str) -> Result<()> {
    registry.register_template_string(name, text).map_err(|e| Error::internal(format!("template {name}: {e}")))
}

fn source(name: &str) -> Result<String> {
    let file = Files::get(name).ok_or_else(|| Error::internal(format!("templates/{name} is missing")))?;
    let bytes = match file.data {
        Cow::Borrowed(bytes) => bytes.to_vec(),
        Cow::Owned(bytes) => bytes,
    };
    String::from_utf8(bytes).map_err(|e| Error::internal(format!("templates/{name}: {e}")))
}

#[cfg(test)]
mod tests;
