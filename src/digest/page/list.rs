//! The page itself: newest first, by month; narrowed down by voice, month, topic and words.

use super::PATH;
use super::shown::{self, Filter, Looker, Shown};
use super::told::{self, Told};
use super::withdrawal;
use crate::backlog::store as changes;
use crate::db::Conn;
use crate::digest::period::Month;
use crate::error::Result;
use crate::feedback::model::Voice;
use crate::i18n::Lang;
use crate::people::topics::{self, Topic};
use crate::web::Page;
use crate::web::forms::{given, query};
use crate::web::viewer::Role;
use actix_web::{HttpRequest, HttpResponse};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Items on one page.
const PER_PAGE: usize = 20;
/// Of what is typed to be searched.
const LONGEST_QUERY: usize = 200;

/// What the address asks for; what cannot be read is as if it had not been asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub voice: String,
    pub month: String,
    pub topic: String,
    /// The reference of one change.
    pub change: String,
    pub lang: String,
    pub page: String,
    /// How many.
    pub n: String,
}

impl Asked {
    /// The language that was asked for, or this one.
    pub fn lang(&self, otherwise: Lang) -> Lang {
        self.lang.parse().unwrap_or(otherwise)
    }

    /// How many were asked for, within reason.
    pub fn many(&self, otherwise: usize, most: usize) -> usize {
        self.n.parse().map_or(otherwise, |n: usize| n.clamp(1, most))
    }

    /// A topic or change that is not there lets nothing through.
    pub fn filter(&self, c: &mut Conn, topics: &[Topic]) -> QueryResult<Filter> {
        let topic = given(&self.topic).map(|slug| topics.iter().find(|t| t.slug == slug).map_or(0, |t| t.id));
        let change = match given(&self.change) {
            Some(reference) => Some(changes::find(c, reference).optional()?.map_or(0, |change| change.id)),
            None => None,
        };
        let words: String = self.q.chars().take(LONGEST_QUERY).collect();
        let filter = Filter {
            voice: self.voice.parse().ok(),
            month: self.month.parse().ok(),
            topic_id: topic,
            change_id: change,
            words: Vec::new(),
        };
        Ok(filter.saying(&words))
    }

    /// The address of another page of the same.
    fn at(&self, number: usize) -> String {
        let said = [("q", &self.q), ("voice", &self.voice), ("month", &self.month), ("topic", &self.topic)];
        let mut pairs: Vec<(&str, String)> = said
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, value.clone()))
            .collect();
        if number > 1 {
            pairs.push(("page", number.to_string()));
        }
        match serde_html_form::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{PATH}?{query}"),
            _ => PATH.to_owned(),
        }
    }
}

/// One page of what was found.
struct Found {
    shown: Shown,
    told: Vec<Told>,
    topics: Vec<Topic>,
    withdrawn: Vec<withdrawal::Withdrawn>,
    number: usize,
    pages: usize,
}

/// `GET /heard`
pub async fn show(req: HttpRequest, mut page: Page) -> Result<HttpResponse> {
    let asked: Asked = query(&req);
    page.lang = asked.lang(page.lang);
    let looker = Looker::of(page.viewer.as_ref());
    let council = page.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Council);
    let (zone, lang, wanted) = (page.app.config.app.time_zone, page.lang, asked.clone());
    let found = page.app.db.read(move |c| Ok(find(c, looker, council, &wanted, zone, lang)?)).await?;
    page.render("heard/page", context(&page, &asked, &found, zone))
}

fn find(c: &mut Conn, looker: Looker, council: bool, asked: &Asked, zone: Tz, lang: Lang) -> QueryResult<Found> {
    let topics = topics::list(c)?;
    let filter = asked.filter(c, &topics)?;
    let shown = shown::find(c, looker, &filter, zone)?;
    let pages = shown.heads.len().div_ceil(PER_PAGE).max(1);
    let number = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let on_page: Vec<_> = shown.heads.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).copied().collect();
    let told = told::all(c, &on_page, &topics, lang)?;
    let withdrawn = if council { withdrawal::all(c)? } else { Vec::new() };
    Ok(Found { shown, told, topics, withdrawn, number, pages })
}

fn context(page: &Page, asked: &Asked, found: &Found, zone: Tz) -> Value {
    let Found { shown, topics, number, pages, .. } = found;
    let months: Vec<Value> = shown
        .months
        .iter()
        .map(|month| json!({"value": month.to_string(), "name": month_name(page, *month)}))
        .collect();
    let topics: Vec<Value> = topics
        .iter()
        .filter(|topic| shown.topics.contains(&topic.id))
        .map(|topic| json!({"slug": topic.slug, "name": name(topic, page.lang)}))
        .collect();
    let narrowed = [&asked.q, &asked.voice, &asked.month, &asked.topic, &asked.change].iter().any(|v| !v.is_empty());
    json!({
        "asked": asked,
        "narrowed": narrowed,
        "count": shown.heads.len(),
        "groups": by_month(page, &found.told, zone),
        "months": months,
        "topics": topics,
        "voices": if shown.voices { Voice::ALL } else { &[] },
        "withdrawn": found.withdrawn,
        "may_withdraw": page.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Council),
        "previous": (*number > 1).then(|| asked.at(number - 1)),
        "next": (number < pages).then(|| asked.at(number + 1)),
    })
}

/// Items under the month in which it happened.
fn by_month(page: &Page, told: &[Told], zone: Tz) -> Vec<Value> {
    let month = |one: &Told| Month::of(one.at.with_timezone(&zone).date_naive());
    told.chunk_by(|a, b| month(a) == month(b))
        .filter_map(|group| Some(json!({"month": month_name(page, month(group.first()?)), "items": group})))
        .collect()
}

/// "October 2026".
fn month_name(page: &Page, month: Month) -> String {
    let first = month.period().first;
    let number = first.format("m%-m").to_string();
    page.t("heard-month", &[("month", number.into()), ("year", first.format("%Y").to_string().into())])
}

/// A topic in this language.
pub fn name(topic: &Topic, lang: Lang) -> String {
    if lang == Lang::Ru { topic.name_ru.clone() } else { topic.name_en.clone() }
}
