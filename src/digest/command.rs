//! `heard digest`: shows what a digest would be, or sends it.

use super::model::{Reader, Skip};
use super::period::{Month, Period};
use super::preview;
use super::sending::by_hand::{self, Report, Skips};
use super::sending::letters::Place;
use super::series::{self, Series};
use super::store;
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::{self, Arg, Lang};
use crate::mail::Rendered;
use crate::web::page::field_message;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};
use std::io::Write;

/// What `heard digest` can be told.
#[derive(Args, Clone, Debug, Default)]
pub struct DigestArgs {
    /// The name of the series; without it, the one that was there from the beginning
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// The calendar month to tell about, such as 2026-10; without it, the last one that is over
    #[arg(long, conflicts_with_all = ["from", "to"])]
    month: Option<Month>,
    /// The first day to tell about, such as 2026-10-01
    #[arg(long, requires = "to")]
    from: Option<NaiveDate>,
    /// The last day to tell about
    #[arg(long, requires = "from")]
    to: Option<NaiveDate>,
    /// Show what goes out and to how many; with an address, what this one person gets
    #[arg(long, num_args = 0..=1, value_name = "EMAIL", conflicts_with = "send")]
    preview: Option<Option<String>>,
    /// Write, approve and send it: one mail for each person, however often it is run
    #[arg(long)]
    send: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl DigestArgs {
    fn period(&self, app: &App) -> Result<Period> {
        match (self.month, self.from, self.to) {
            (Some(month), ..) => Ok(month.period()),
            (None, Some(from), Some(to)) => Period::between(from, to),
            _ => Ok(Period::last_month(app.clock.now(), app.config.app.time_zone)),
        }
    }

    async fn series(&self, app: &App) -> Result<Series> {
        let name = self.series.clone();
        let found = app.db.read(move |c| match name {
            Some(name) => Ok(series::by_name(c, name.trim())?),
            None => Ok(series::find(c, series::EVERYBODY)?),
        });
        found.await.map_err(|e| match e {
            Error::NotFound => Error::field("series", "error-series-unknown"),
            e => e,
        })
    }
}

/// Runs `heard digest` and writes what it found or did.
pub async fn command(app: &App, args: DigestArgs, out: &mut dyn Write) -> Result<()> {
    let lang = app.config.app.lang.parse().unwrap_or(Lang::En);
    let answered = async {
        let (period, series) = (args.period(app)?, args.series(app).await?);
        match (&args.preview, args.send) {
            (_, true) => sent(app, lang, &series, period).await,
            (Some(Some(email)), _) => one(app, lang, &series, period, email).await,
            _ => overview(app, lang, &series, period).await,
        }
    };
    let answer = answered.await.map_err(|e| in_words(lang, e))?;
    let text = if args.json { format!("{:#}\n", answer.json) } else { answer.text };
    out.write_all(text.as_bytes()).map_err(Error::internal)
}

/// The same answer for people and for scripts.
struct Answer {
    text: String,
    json: Value,
}

async fn sent(app: &App, lang: Lang, series: &Series, period: Period) -> Result<Answer> {
    let report = by_hand::send(app, series, period).await?;
    let Report { queued, already, skips } = &report;
    let args = [("queued", (*queued).into()), ("already", (*already).into())];
    let text = format!("{}\n{}{}", title(lang, period), line(lang, "digest-command-sent", &args), skipped(lang, skips));
    Ok(Answer { text, json: json!({"from": period.first, "to": period.last, "report": report}) })
}

async fn one(app: &App, lang: Lang, series: &Series, period: Period, email: &str) -> Result<Answer> {
    let wanted = email.to_owned();
    let reader = app.db.read(move |c| Ok(store::reader_by_email(c, &wanted)?)).await.map_err(|e| match e {
        Error::NotFound => Error::field("email", "error-person"),
        e => e,
    })?;
    let place = by_hand::place(app, series, period, reader).await?;
    let words = words(app, &place)?;
    let text = match &words {
        Ok(words) => as_text(&place.reader, words),
        Err(why) => line(lang, &format!("digest-skipped-{why}"), &[]),
    };
    let preview = as_json(&place, &words);
    Ok(Answer {
        text: format!("{}\n{text}", title(lang, period)),
        json: json!({"from": period.first, "to": period.last, "previews": [preview]}),
    })
}

/// The counts, and the first letter of each language.
async fn overview(app: &App, lang: Lang, series: &Series, period: Period) -> Result<Answer> {
    let looked = by_hand::look(app, series, period).await?;
    let mut text = format!("{}\n", title(lang, period));
    let mut previews = Vec::new();
    for place in &looked.firsts {
        let words = words(app, place)?;
        if let Ok(words) = &words {
            text.push_str(&as_text(&place.reader, words));
        }
        previews.push(as_json(place, &words));
    }
    text.push_str(&line(lang, "digest-command-recipients", &[("n", looked.recipients.into())]));
    text.push_str(&skipped(lang, &looked.skips));
    let json = json!({"from": period.first, "to": period.last, "audience": looked, "previews": previews});
    Ok(Answer { text, json })
}

/// The words of a letter, or why there are none.
fn words(app: &App, place: &Place) -> Result<std::result::Result<Rendered, Skip>> {
    match &place.letter {
        Ok(letter) => preview::rendered(app, &place.reader, letter).map(Ok),
        Err(why) => Ok(Err(*why)),
    }
}

fn as_text(reader: &Reader, words: &Rendered) -> String {
    let address = reader.email.as_deref().unwrap_or_default();
    format!("\n--- {} <{address}>\n{}\n\n{}\n---\n\n", reader.name, words.subject, words.text.trim())
}

fn as_json(place: &Place, words: &std::result::Result<Rendered, Skip>) -> Value {
    let (words, skipped) = (words.as_ref().ok(), words.as_ref().err());
    json!({
        "person": place.reader.id.to_string(),
        "email": place.reader.email,
        "lang": place.reader.lang,
        "subject": words.map(|words| &words.subject),
        "text": words.map(|words| &words.text),
        "skipped": skipped,
    })
}

fn title(lang: Lang, period: Period) -> String {
    i18n::t(lang, "digest-of", &[("period", period.in_words(lang).into())])
}

fn skipped(lang: Lang, skips: &Skips) -> String {
    let reason = |(why, n): (Skip, i64)| line(lang, &format!("digest-count-{why}"), &[("n", n.into())]);
    skips.iter().map(reason).collect()
}

fn line(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    i18n::t(lang, key, args) + "\n"
}

/// What is wrong with an argument, said as on a form.
fn in_words(lang: Lang, error: Error) -> Error {
    match error {
        Error::Invalid(wrong) => {
            let said: Vec<String> = wrong.iter().map(|e| format!("{}: {}", e.field, field_message(lang, e))).collect();
            Error::BadRequest(said.join("; "))
        }
        other => other,
    }
}
