//! Policies in plain words.

use crate::cases::model::Severity;
use crate::cases::pages::channel;
use crate::db::Conn;
use crate::error::Result;
use crate::feedback::model::{Kind, Voice};
use crate::i18n::{Arg, Lang};
use crate::people::teams::{self, Team};
use crate::people::topics::{self, Topic};
use crate::policies::model::may_swap;
use crate::policies::presets::Preset;
use crate::policies::store::{self, Arranged, COUNTED};
use crate::rules::{Criteria, Policy};
use crate::sla::policy::{Span, Target};
use crate::web::page::Page;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Channels that have a word of their own; others can be typed.
const CHANNELS: [&str; 8] = ["web", "email", "phone", "chat", "store", "survey", "import", "api"];

/// What the list is made of.
pub struct Facts {
    arranged: Arranged,
    topics: Vec<Topic>,
    teams: Vec<Team>,
    open: HashMap<i64, i64>,
    more: bool,
}

impl Facts {
    pub fn read(c: &mut Conn) -> Result<Facts> {
        let (open, more) = store::open_cases(c)?;
        Ok(Facts { arranged: store::all(c)?, topics: topics::list(c)?, teams: teams::list(c)?, open, more })
    }
}

pub fn list(page: &Page, facts: &Facts) -> Value {
    let Arranged { offered, archived } = &facts.arranged;
    let rows: Vec<Value> = (0..offered.len()).map(|nth| row(page, facts, nth)).collect();
    let archived: Vec<Value> =
        archived.iter().map(|policy| json!({"id": policy.id.to_string(), "name": policy.name})).collect();
    let teams: Vec<Value> = facts.teams.iter().map(|t| json!({"id": t.id.to_string(), "name": t.name})).collect();
    json!({
        "policies": rows,
        "archived": archived,
        "teams": teams,
        "presets": Preset::ALL,
        // Only then is every case promised something that somebody has written down.
        "is_for_all": offered.iter().any(|policy| policy.criteria == Criteria::default()),
        "counted": facts.more.then_some(COUNTED),
    })
}

fn row(page: &Page, facts: &Facts, nth: usize) -> Value {
    let order = &facts.arranged.offered;
    let policy = &order[nth];
    json!({
        "id": policy.id.to_string(),
        "name": policy.name,
        "place": nth + 1,
        "who": who(page, &policy.criteria, &facts.topics),
        "promises": promises(page, policy),
        "apart": policy.apart,
        // How many cases are kept apart is nobody else's business either.
        "open": (!policy.apart).then(|| facts.open.get(&policy.id).copied().unwrap_or_default()),
        "may_rise": nth > 0 && may_swap(&order[nth - 1], policy),
        "may_fall": order.get(nth + 1).is_some_and(|next| may_swap(policy, next)),
    })
}

/// The page of one policy; of none when it is new.
pub fn one(page: &Page, found: Option<&(Policy, bool)>, topics: &[Topic]) -> Value {
    let summary = found
        .map(|(policy, _)| json!({"who": who(page, &policy.criteria, topics), "promises": promises(page, policy)}));
    let chosen = found.and_then(|(policy, _)| policy.criteria.topic.as_deref());
    let offered = |topic: &&Topic| topic.archived_at.is_none() || chosen == Some(topic.slug.as_str());
    let topics: Vec<Value> = topics
        .iter()
        .filter(offered)
        .map(|topic| json!({"slug": topic.slug, "name": name(page.lang, topic)}))
        .collect();
    json!({
        "id": found.map(|(policy, _)| policy.id.to_string()),
        "name": found.map(|(policy, _)| &policy.name),
        "archived": found.is_some_and(|(_, archived)| *archived),
        "summary": summary,
        "voices": Voice::ALL,
        "kinds": Kind::ALL,
        "severities": Severity::ALL,
        "channels": CHANNELS,
        "topics": topics,
    })
}

/// "Complaint · Customer · Billing", or that it is for every case.
fn who(page: &Page, criteria: &Criteria, topics: &[Topic]) -> String {
    let word = |of: &str, word: &Option<String>| word.as_ref().map(|word| page.t(&format!("{of}-{word}"), &[]));
    let topic = |slug: &String| {
        let known = topics.iter().find(|topic| topic.slug == *slug);
        known.map_or_else(|| slug.clone(), |topic| name(page.lang, topic).to_owned())
    };
    let Criteria { voice, kind, severity, channel: by, topic: about, lang, segment } = criteria;
    let parts = [
        word("kind", kind),
        word("voice", voice),
        word("policies-severity", severity),
        about.as_ref().map(topic),
        by.as_ref().map(|by| channel(page.lang, by)),
        word("people-lang", lang),
        segment.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { page.t("policies-everyone", &[]) } else { parts.join(" · ") }
}

/// "First answer: 8 working hours", one for each target.
fn promises(page: &Page, policy: &Policy) -> Vec<String> {
    let promise = |target: &Target| {
        let length = length(page, policy.targets.of(*target));
        page.t(
            "policies-promise",
            &[("target", Arg::from(page.t(&format!("policies-{target}"), &[]))), ("length", Arg::from(length))],
        )
    };
    Target::ALL.iter().map(promise).collect()
}

fn length(page: &Page, span: Span) -> String {
    match span {
        Span::Working(minutes) => page.t("policies-hours", &[("n", Arg::from(f64::from(minutes) / 60.0))]),
        Span::Days(days) => page.t("policies-days", &[("n", Arg::from(f64::from(days)))]),
    }
}

fn name(lang: Lang, topic: &Topic) -> &str {
    match lang {
        Lang::En => &topic.name_en,
        Lang::Ru => &topic.name_ru,
    }
}
