//! MJML to HTML, once at start. Handlebars expressions pass through as text; loops and conditions that stand between
//! sections or table rows are written inside `<mj-raw>`, because MJML has no text in those places.

use std::collections::HashMap;

use mrml::prelude::render::RenderOptions;

use crate::error::{Error, Result};

/// Where a mail's own sections go in `emails/layout.mjml`.
const CONTENT: &str = "<!-- content -->";

/// The HTML template of one mail inside the layout all mails share.
pub fn compile(name: &str, layout: &str, body: &str) -> Result<String> {
    let wrong = |e: &dyn std::fmt::Display| Error::internal(format!("templates/{name}/body.mjml: {e}"));
    if !layout.contains(CONTENT) {
        return Err(wrong(&format!("the layout has no {CONTENT}")));
    }
    let parsed = mrml::parse(layout.replace(CONTENT, body)).map_err(|e| wrong(&e))?;
    if let Some(warning) = parsed.warnings.first() {
        return Err(wrong(&format!("{warning:?}")));
    }
    // Without fonts: mrml would link to a font service for every family name it knows.
    let options = RenderOptions { fonts: HashMap::new(), ..RenderOptions::default() };
    parsed.element.render(&options).map_err(|e| wrong(&e))
}
