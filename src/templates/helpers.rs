//! What templates can call. Results are escaped in HTML like any other value, and can be used as arguments:
//! `{{> field label=(t "field-name")}}`. Times are RFC 3339 text, as serde writes them; null gives nothing.
//!
//! | helper | gives |
//! |---|---|
//! | `t "key" name=value …` | the message in the reader's language |
//! | `date at`, `day at`, `datetime at` | "23 November 2026"; "Friday, 27 November"; "23 November 2026, 14:05"; `date` also takes "2026-11-23" |
//! | `due at` | time left until then in two units, negative when it has passed; `now` comes from `now=`, `@root.page.now` or `@root.now` |
//! | `duration seconds` | a length of time in two units |
//! | `number n` | grouped, in the reader's way |
//! | `file_size bytes` | "1.4 MB" |
//! | `asset "heard.css"` | the address of the file, which changes with its content |
//! | `concat a b …` | all of them in a row |
//! | `excerpt text n` | at most n characters, cut between words, with an ellipsis |
//! | `lines text` | paragraphs and line breaks of a plain text; in text, the text itself |
//! | `markdown text` | what staff wrote, as [`crate::markdown`] shows it; in text, without its marks |
//! | `quoted text` | every line behind "> ", for text mails |
//! | `period from to` | "1–31 October 2026" |

use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, JsonRender, PathAndJson, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use serde_json::Value;

use super::Assets;
use crate::i18n::{self, Arg, Lang};

pub(super) type Answer = Result<String, String>;

/// Registers every helper; `lines` as the text registry wants it.
pub fn register(registry: &mut Handlebars<'_>, zone: Tz, assets: &Arc<Assets>) {
    let assets = Arc::clone(assets);
    let mut add = |name: &'static str, work: Box<dyn Fn(&Call<'_, '_>) -> Answer + Send + Sync>| {
        registry.register_helper(name, Box::new(Pure { name, work }));
    };
    add("t", Box::new(message));
    add("date", Box::new(move |call| date(call, zone)));
    add("day", Box::new(move |call| call.time(0, |lang, at| i18n::day(lang, zone, at))));
    add("datetime", Box::new(move |call| call.time(0, |lang, at| i18n::date_time(lang, zone, at))));
    add("due", Box::new(due));
    add("duration", Box::new(|call| call.number(0, |lang, n| i18n::duration(lang, Duration::seconds(n as i64)))));
    add("number", Box::new(|call| call.number(0, i18n::number)));
    add("file_size", Box::new(|call| call.number(0, i18n::file_size)));
    add("asset", Box::new(move |call| asset(call, &assets)));
    add("concat", Box::new(concat));
    add("excerpt", Box::new(|call| Ok(excerpt(call.text(0)?, call.text(1)?.parse().unwrap_or(120)))));
    add("lines", Box::new(|call| call.text(0)));
    add("markdown", Box::new(|call| call.text(0).map(|text| crate::markdown::text(&text))));
    add("quoted", Box::new(|call| call.text(0).map(|text| quoted(&text))));
    add("period", Box::new(period));
}

fn message(call: &Call<'_, '_>) -> Answer {
    let key = call.text(0)?;
    let mut args = Vec::with_capacity(call.helper.hash().len());
    for (name, value) in call.helper.hash() {
        if value.is_value_missing() {
            return Err(format!("{key}: {name} is missing"));
        }
        args.push((*name, argument(value.value())));
    }
    let lang = call.lang()?;
    if cfg!(debug_assertions) { i18n::lookup(lang, &key, &args) } else { Ok(i18n::t(lang, &key, &args)) }
}

fn argument(value: &Value) -> Arg<'_> {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Number(n) => n.as_f64().unwrap_or_default().into(),
        other => other.render().into(),
    }
}

fn date(call: &Call<'_, '_>, zone: Tz) -> Answer {
    match call.text(0)?.parse::<NaiveDate>() {
        Ok(date) => Ok(i18n::calendar_date(call.lang()?, date)),
        Err(_) => call.time(0, |lang, at| i18n::date(lang, zone, at)),
    }
}

fn period(call: &Call<'_, '_>) -> Answer {
    let date = |index| call.text(index)?.parse::<NaiveDate>().map_err(|e| e.to_string());
    Ok(i18n::period(call.lang()?, date(0)?, date(1)?))
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    lines.join("\n")
}

fn due(call: &Call<'_, '_>) -> Answer {
    let root = call.context.data();
    let now = call
        .helper
        .hash_get("now")
        .map(PathAndJson::value)
        .or_else(|| root.get("page").and_then(|page| page.get("now")))
        .or_else(|| root.get("now"))
        .and_then(moment)
        .ok_or("there is no `now` to count from")?;
    call.time(0, |lang, at| i18n::duration(lang, at - now))
}

fn asset(call: &Call<'_, '_>, assets: &Assets) -> Answer {
    let name = call.text(0)?;
    assets.named(&name).map(|asset| asset.url.clone()).ok_or_else(|| format!("templates/assets/{name} is missing"))
}

fn concat(call: &Call<'_, '_>) -> Answer {
    (0..call.helper.params().len()).map(|i| call.text(i)).collect()
}

fn excerpt(text: String, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text };
    let cut = &text[..end];
    // A word is cut through only where there is no space to cut at.
    let cut = cut.rfind(char::is_whitespace).filter(|space| *space > 0).map_or(cut, |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–".contains(c)))
}

/// One use of a helper in a template.
pub(super) struct Call<'a, 'rc> {
    pub(super) helper: &'a Helper<'rc>,
    pub(super) context: &'a Context,
}

impl Call<'_, '_> {
    pub(super) fn value(&self, index: usize) -> Result<&Value, String> {
        let missing = |path: Option<&String>| match path {
            Some(path) => format!("{path} is missing"),
            None => format!("argument {} is missing", index + 1),
        };
        let param = self.helper.param(index).ok_or_else(|| missing(None))?;
        if param.is_value_missing() { Err(missing(param.relative_path())) } else { Ok(param.value()) }
    }

    pub(super) fn text(&self, index: usize) -> Answer {
        self.value(index).map(JsonRender::render)
    }

    fn number(&self, index: usize, show: impl Fn(Lang, f64) -> String) -> Answer {
        match self.value(index)? {
            Value::Null => Ok(String::new()),
            value => Ok(show(self.lang()?, value.as_f64().ok_or_else(|| format!("{value} is not a number"))?)),
        }
    }

    fn time(&self, index: usize, show: impl Fn(Lang, DateTime<Utc>) -> String) -> Answer {
        match self.value(index)? {
            Value::Null => Ok(String::new()),
            value => Ok(show(self.lang()?, moment(value).ok_or_else(|| format!("{value} is not a time"))?)),
        }
    }

    pub(super) fn lang(&self) -> Result<Lang, String> {
        let word = self.context.data().get("lang").and_then(Value::as_str).ok_or("the context has no `lang`")?;
        word.parse()
    }
}

fn moment(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str()?.parse().ok()
}

/// A helper that computes a text from its arguments.
struct Pure<F> {
    name: &'static str,
    work: F,
}

impl<F: Fn(&Call<'_, '_>) -> Answer> HelperDef for Pure<F> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        (self.work)(&Call { helper, context })
            .map(|text| ScopedJson::Derived(text.into()))
            .map_err(|e| RenderErrorReason::Other(format!("{}: {e}", self.name)).into())
    }
}
