//! The timeline of a case as people read it: staff see everything, the originator what was meant for them.

use super::actions::Seen;
use super::answers;
use super::files::Attached;
use super::money;
use super::store::{Direction, TimelineRow};
use crate::i18n::{self, Lang};
use crate::journal::{Actor, By};
use crate::mail::outbox::Status as MailStatus;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

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

/// What is shown as one: an entry, or several events in a row that happened by themselves.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Item {
    One(Entry),
    Folded {
        folded: Vec<Entry>,
        /// What the last of them was, and when…
        what: String,
        at: DateTime<Utc>,
        /// …and how many there are beside it.
        more: usize,
    },
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

/// Marks what others did since somebody last looked.
pub fn mark_fresh(entries: &mut [Entry], seen: Seen, me: i64) {
    for entry in entries.iter_mut().filter(|entry| entry.seq > seen.event) {
        entry.fresh = match entry.by.actor {
            Actor::Originator => true,
            Actor::Person => entry.by.id != Some(me),
            Actor::System | Actor::Import => false,
        };
    }
}

/// Folds what happened by itself in a row.
pub fn fold(entries: Vec<Entry>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(entries.len());
    for entry in entries {
        let by_itself = |e: &Entry| e.by == By::SYSTEM && e.class == "event";
        match items.last_mut() {
            Some(Item::Folded { folded, what, at, more }) if by_itself(&entry) => {
                what.clone_from(&entry.what);
                *at = entry.at;
                *more += 1;
                folded.push(entry);
            }
            Some(Item::One(last)) if by_itself(last) && by_itself(&entry) => {
                let (what, at, first) = (entry.what.clone(), entry.at, last.clone());
                items.pop();
                items.push(Item::Folded { folded: vec![first, entry], what, at, more: 1 });
            }
            _ => items.push(Item::One(entry)),
        }
    }
    items
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
        "linked" | "unlinked" | "change_moved" => {
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
        "files_left" => i18n::t(lang, "event-files_left", &[("files", fact("files").into())]),
        "decided_within_right" | "decision_asked" | "decision_approved" | "decision_declined" => decided(row, lang),
        "tagged" => i18n::t(lang, "event-tagged", &[("tags", tags(row).into())]),
        event => say(&format!("event-{event}")),
    }
}

/// A rule gave it away when it came in; of the anonymous that is kept to the day too.
fn is_ruled(row: &TimelineRow) -> bool {
    row.event == "assigned" && row.data.0["rule"].is_string()
}

/// "given to Elena by the rule “Billing in Russian” (3 open cases, the fewest)"
fn ruled(row: &TimelineRow, lang: Lang) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (data, because) = (&row.data.0, &row.data.0["because"]);
    let (owner, team) = (text(&data["owner"]), text(&data["team"]));
    let to = if owner.is_empty() { team } else { owner };
    if to.is_empty() {
        return i18n::t(lang, "event-ruled-nobody", &[("rule", text(&data["rule"]).into())]);
    }
    let given = i18n::t(lang, "event-ruled", &[("to", to.clone().into()), ("rule", text(&data["rule"]).into())]);
    let until = because["until"].as_str().and_then(|day| day.parse().ok());
    let (away, until) = (text(&because["away"]), until.map(|day| i18n::calendar_date(lang, day)));
    let why = match (because["is"].as_str(), until) {
        (Some("fewest"), _) => {
            let load = because["load"].as_f64().unwrap_or_default();
            i18n::t(lang, "ruled-fewest", &[("n", load.into())])
        }
        (Some("stands_in"), Some(until)) => {
            i18n::t(lang, "ruled-away-until", &[("away", away.into()), ("until", until.into()), ("to", to.into())])
        }
        (Some("stands_in"), None) => i18n::t(lang, "ruled-away", &[("away", away.into()), ("to", to.into())]),
        (Some("nobody"), _) => i18n::t(lang, "ruled-nobody", &[]),
        _ => return given,
    };
    format!("{given} ({why})")
}

/// "approved what Marta asked: an apology, 12.50 EUR (“a loyal customer”)"
fn decided(row: &TimelineRow, lang: Lang) -> String {
    let data = &row.data.0;
    let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let amount = data["amount_cents"].as_i64().filter(|cents| *cents > 0);
    let apology = data["apology"].as_bool() == Some(true);
    let given = [
        apology.then(|| i18n::t(lang, "decision-apology", &[])),
        amount.map(|cents| money::shown(lang, cents, &text("currency"))),
    ];
    let given: Vec<String> = given.into_iter().flatten().collect();
    let what = if given.is_empty() { i18n::t(lang, "decision-resolve", &[]) } else { given.join(", ") };
    let args = [("what", what.into()), ("whom", text("whom").into()), ("asker", text("asker").into())];
    let said = i18n::t(lang, &format!("event-{}", row.event), &args);
    match text("reason") {
        reason if reason.is_empty() => said,
        reason => format!("{said} (“{reason}”)"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn entry(seq: i32, by: By, class: &'static str) -> Entry {
        Entry {
            id: i64::from(seq),
            seq,
            by,
            class,
            event: "met_resolution".into(),
            who: String::new(),
            what: format!("did {seq}"),
            text: None,
            markdown: false,
            quoted: None,
            files: Vec::new(),
            unverified: None,
            at: DateTime::UNIX_EPOCH,
            day_only: false,
            fresh: false,
        }
    }

    #[test]
    fn what_happens_by_itself_is_folded_where_it_comes_in_a_row() {
        let by = [By::SYSTEM, By::person(1), By::SYSTEM, By::SYSTEM, By::SYSTEM, By::ORIGINATOR];
        let entries = by.iter().zip(1..).map(|(by, seq)| entry(seq, *by, "event")).collect();
        let items = fold(entries);
        let lengths: Vec<usize> =
            items.iter().map(|item| if let Item::Folded { folded, .. } = item { folded.len() } else { 1 }).collect();
        assert_eq!(lengths, [1, 1, 3, 1]);
        assert!(matches!(&items[2], Item::Folded { what, more: 2, .. } if what == "did 5"));
    }

    #[test]
    fn only_what_others_did_since_is_new() {
        let by = [By::ORIGINATOR, By::ORIGINATOR, By::person(1), By::person(2), By::SYSTEM];
        let mut entries: Vec<Entry> = by.iter().zip(1..).map(|(by, seq)| entry(seq, *by, "event")).collect();
        mark_fresh(&mut entries, Seen { event: 1, pending: 0 }, 1);
        let fresh: Vec<bool> = entries.iter().map(|entry| entry.fresh).collect();
        assert_eq!(fresh, [false, true, false, true, false]);
    }
}
