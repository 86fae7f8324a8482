//! The timeline of a case as people read it: staff see everything, the originator what was meant for them.

mod fold;
mod reasons;

pub use fold::{Item, fold, mark_fresh};

use super::answers;
use super::files::Attached;
use super::store::{Direction, TimelineRow};
use crate::i18n::{self, Lang};
use crate::journal::{Actor, By};
use crate::mail::outbox::Status as MailStatus;
use chrono::{DateTime, Utc};
use reasons::{decided, is_ruled, ruled};
use serde::Serialize;

/// One entry, ready to be shown.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Of the event, and of the message if it is one.
    #[serde(skip)]
    pub id: i64,
    #[serde(skip)]
    pub seq: i32,
    #[serde(skip)]
    pub by: By,
    /// inbound, outbound, note or event: each looks different.
    pub class: &'static str,
    pub event: String,
    pub who: String,
    /// What happened, in the reader's language.
    pub what: String,
    pub text: Option<String>,
    /// Whether the text is Markdown, as staff write it.
    pub markdown: bool,
    /// What a mail quoted of earlier ones.
    pub quoted: Option<String>,
    /// The address a mail came from that may not be the originator's.
    pub unverified: Option<String>,
    pub files: Vec<Attached>,
    pub at: DateTime<Utc>,
    /// The originator was anonymous: only the day is known.
    pub day_only: bool,
    /// The reader has not seen it before.
    pub fresh: bool,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader<'a> {
    /// Staff see the originator's name.
    Staff { originator: &'a str },
    /// The originator sees first names and no workings.
    Originator,
}

/// What the originator is shown; the rest are workings that say nothing to them.
const FOR_THE_ORIGINATOR: &[&str] = &[
    "received",
    "taken",
    "replied",
    "wrote",
    "change_moved",
    "resolved",
    "confirmed",
    "reopened",
    "joined",
    "escalated",
    "followed",
];

/// The entries for this reader, oldest first.
pub fn entries(rows: Vec<TimelineRow>, reader: Reader<'_>, anonymous: bool, lang: Lang) -> Vec<Entry> {
    rows.into_iter()
        .filter(|row| reader != Reader::Originator || row.is_for_the_originator())
        .map(|row| entry(row, reader, anonymous, lang))
        .collect()
}

impl TimelineRow {
    /// Never a note, never a mail from somebody we cannot be sure of.
    fn is_for_the_originator(&self) -> bool {
        let public = self.direction != Some(Direction::Note) && self.unverified_from.is_none();
        public && FOR_THE_ORIGINATOR.contains(&self.event.as_str())
    }
}

fn entry(row: TimelineRow, reader: Reader<'_>, anonymous: bool, lang: Lang) -> Entry {
    let class = match row.direction {
        Some(Direction::Inbound) => "inbound",
        Some(Direction::Outbound) => "outbound",
        Some(Direction::Note) => "note",
        None => "event",
    };
    // Of what an anonymous originator did, and of what the rules did at that moment, the day alone is kept.
    let day_only = anonymous && (row.actor == Actor::Originator || is_ruled(&row));
    Entry {
        id: row.id,
        seq: row.seq,
        by: By { actor: row.actor, id: row.actor_id },
        class,
        day_only,
        who: row.unverified_from.clone().unwrap_or_else(|| who(&row, reader, lang)),
        what: what(&row, lang),
        text: row.body.map(|text| without_link(text, row.direction, reader, lang)),
        markdown: row.markdown.unwrap_or_default(),
        quoted: row.quoted,
        unverified: row.unverified_from,
        files: Vec::new(),
        at: *row.at,
        event: row.event,
        fresh: false,
    }
}

/// The originator's link stands only in their mails: here they are on its page, and staff must not have it.
fn without_link(text: String, direction: Option<Direction>, reader: Reader<'_>, lang: Lang) -> String {
    if direction != Some(Direction::Outbound) || !text.contains(answers::LINK) {
        return text;
    }
    let words = if reader == Reader::Originator { "link-is-here" } else { "link-of-theirs" };
    text.replace(answers::LINK, &i18n::t(lang, words, &[]))
}

fn who(row: &TimelineRow, reader: Reader<'_>, lang: Lang) -> String {
    match (row.actor, reader) {
        (Actor::Originator, Reader::Originator) => i18n::t(lang, "you", &[]),
        (Actor::Originator, Reader::Staff { originator }) => originator.to_owned(),
        (Actor::System | Actor::Import, _) => i18n::t(lang, "the-system", &[]),
        (Actor::Person, Reader::Staff { .. }) => row.actor_name.clone().unwrap_or_default(),
        (Actor::Person, Reader::Originator) => {
            let name = row.actor_name.as_deref().unwrap_or_default();
            name.split_whitespace().next().unwrap_or_default().to_owned()
        }
    }
}

fn what(row: &TimelineRow, lang: Lang) -> String {
    let fact = |name: &str| row.data.0.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let say = |key: &str| i18n::t(lang, key, &[]);
    if row.unverified_from.is_some() {
        return say("event-wrote-unverified");
    }
    match row.event.as_str() {
        "assigned" if is_ruled(row) => ruled(row, lang),
        "assigned" if fact("owner").is_empty() => say("event-unassigned"),
        "assigned" => i18n::t(lang, "event-assigned", &[("owner", fact("owner").into())]),
        "replied" if row.data.0.get("wait").and_then(serde_json::Value::as_bool) == Some(true) => say("event-asked"),
        "linked" | "unlinked" | "change_moved" | "change_put_off" => {
            let key = match fact("status").as_str() {
                "decided" => "event-change-decided".to_owned(),
                "doing" => "event-change-doing".to_owned(),
                _ => format!("event-{}", row.event),
            };
            i18n::t(lang, &key, &[("title", fact("title").into())])
        }
        "resolved" => {
            let outcome = i18n::t(lang, &format!("outcome-{}", fact("outcome")), &[]);
            i18n::t(lang, "event-resolved", &[("outcome", outcome.into())])
        }
        "told" => say(&format!("told-{}", fact("how"))),
        event @ ("joined" | "merged" | "followed") => {
            i18n::t(lang, &format!("event-{event}"), &[("to", fact("to").into())])
        }
        event @ ("merged_in" | "unmerged_from" | "merged_wrote" | "follows") => {
            i18n::t(lang, &format!("event-{event}"), &[("from", fact("from").into())])
        }
        event if on_target(event).is_some() => {
            let (what, target) = on_target(event).unwrap_or_default();
            let target = say(&format!("target-{target}"));
            i18n::t(lang, &format!("event-{what}"), &[("target", target.into())])
        }
        "raised" => say(&format!("event-raised-{}", row.data.0["level"])),
        "promise_changed" => i18n::t(lang, "event-promise_changed", &[("policy", fact("policy").into())]),
        "bounce_received" => i18n::t(lang, "event-bounce_received", &[("status", fact("status").into())]),
        "answers_digest" if !fact("item").is_empty() => {
            i18n::t(lang, "event-answers_digest-item", &[("item", fact("item").into())])
        }
        "files_left" => i18n::t(lang, "event-files_left", &[("files", fact("files").into())]),
        "decided_within_right" | "decision_asked" | "decision_approved" | "decision_declined" => decided(row, lang),
        "tagged" => i18n::t(lang, "event-tagged", &[("tags", tags(row).into())]),
        event => say(&format!("event-{event}")),
    }
}

/// Events on a promise are words such as "missed_resolution", so that they can be counted by their word.
fn on_target(event: &str) -> Option<(&str, &str)> {
    event.split_once('_').filter(|(what, _)| matches!(*what, "met" | "missed" | "warned"))
}

/// "+refund −urgent"
fn tags(row: &TimelineRow) -> String {
    let words = |sign: &str, name: &str| -> Vec<String> {
        let list = row.data.0.get(name).and_then(serde_json::Value::as_array);
        list.into_iter().flatten().filter_map(|tag| Some(format!("{sign}{}", tag.as_str()?))).collect()
    };
    [words("+", "added"), words("−", "removed")].concat().join(" ")
}

/// A mail about the case, for staff.
#[derive(Clone, Debug, Serialize)]
pub struct MailLine {
    pub template: String,
    pub status: MailStatus,
    pub at: DateTime<Utc>,
    pub reply: Option<String>,
}
