//! Policies that others have thought through: added with one click, and then like any other.

use super::model::Draft;
use super::store::{self, Arranged};
use crate::db::Conn;
use crate::db::schema::{assignment_rules, teams};
use crate::db::types::{Doc, Ts};
use crate::error::{Error, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::people::topics::{self, Wording};
use crate::rules::{self, Criteria};
use crate::sla::policy::{Ladder, Span, Targets};
use chrono::{DateTime, Utc};
use diesel::dsl::min;
use diesel::prelude::*;
use serde_json::json;

/// The topic under which people speak up; it makes a case one of the speak-up policy.
pub const SPEAK_UP: &str = "speak-up";
/// What that topic is called until somebody words it otherwise. Its slug is made of the English name.
const TOPIC: (&str, &str) = ("Speak-up", "Сообщить о нарушении");

crate::text_enum! {
    pub enum Preset {
        /// ISO 10002:2018, "Quality management - Customer satisfaction - Guidelines for complaints handling in
        /// organizations": receipt is acknowledged to the complainant immediately (7.4; our mail goes out at once, and a
        /// person answers within a working day), they are given updated status throughout the process (7.3; an answer
        /// to whatever they write within three days of eight hours), and the decision is communicated as soon as it is
        /// taken (7.8; a day after the resolution). It names no days for the resolution itself; twenty are usual.
        /// Employment-related disputes are outside its scope (clause 1): they have the other preset.
        Iso10002 = "iso_10002",
        /// Directive (EU) 2019/1937 on the protection of persons who report breaches of Union law, article 9(1):
        /// receipt is acknowledged within seven days (b), feedback is given within three months (f), by an impartial
        /// person or department (c), which is why such cases are kept apart.
        SpeakUp = "speak_up",
    }
}

impl Preset {
    /// The policy, under this name.
    pub fn draft(self, name: String) -> Draft {
        let hours = |n: u32| Span::Working(n * 60);
        match self {
            Preset::Iso10002 => Draft {
                name,
                criteria: Criteria { kind: Some("complaint".into()), ..Criteria::default() },
                targets: Targets {
                    first_response: hours(8),
                    next_response: hours(24),
                    resolution: Span::Days(20),
                    tell_back: Span::Days(21),
                },
                warn_percent: 75,
                ladder: Ladder { lead: hours(4), head: hours(16) },
                apart: false,
            },
            Preset::SpeakUp => Draft {
                name,
                criteria: Criteria { topic: Some(SPEAK_UP.into()), ..Criteria::default() },
                targets: Targets {
                    first_response: Span::Days(7),
                    next_response: Span::Days(7),
                    resolution: Span::Days(90),
                    tell_back: Span::Days(90),
                },
                warn_percent: 70,
                ladder: Ladder { lead: hours(8), head: hours(24) },
                apart: true,
            },
        }
    }
}

/// Adds a preset. It takes the place of policies that are for just the same, which are archived; speaking up needs a
/// team that its cases go to.
pub fn add(c: &mut Conn, by: By, preset: Preset, name: String, team: Option<i64>, now: DateTime<Utc>) -> Result<i64> {
    rules::changed(c)?;
    let draft = preset.draft(name);
    if preset == Preset::SpeakUp {
        let team = team.ok_or_else(|| Error::field("team", "policies-preset-team"))?;
        offer_topic(c, now)?;
        assign(c, by, &draft, team, now)?;
    }
    let Arranged { offered, .. } = store::all(c)?;
    for same in offered.iter().filter(|policy| policy.criteria == draft.criteria) {
        if same.targets == draft.targets {
            return Err(Error::field("preset", "policies-preset-there"));
        }
        store::archive(c, by, same.id, now)?;
    }
    store::add(c, by, draft, now).map_err(|e| match e {
        // The name is not typed here, so it cannot be wrong in its field.
        Error::Invalid(wrong) if wrong.iter().any(|w| w.field == "name") => {
            Error::field("preset", "policies-preset-taken")
        }
        e => e,
    })
}

/// The topic is on offer, whether it was there or not.
fn offer_topic(c: &mut Conn, now: DateTime<Utc>) -> Result<()> {
    let known = topics::list(c)?;
    let last = known.iter().map(|topic| topic.position).max().unwrap_or_default();
    match known.into_iter().find(|topic| topic.slug == SPEAK_UP) {
        None => {
            let wording = Wording {
                name_en: TOPIC.0.into(),
                name_ru: TOPIC.1.into(),
                position: last.saturating_add(10).min(9_999),
            };
            topics::add(c, wording)?;
            Ok(())
        }
        Some(topic) if topic.archived_at.is_some() => {
            let wording = Wording { name_en: topic.name_en, name_ru: topic.name_ru, position: topic.position };
            topics::change(c, topic.id, wording, false, now)
        }
        Some(_) => Ok(()),
    }
}

/// The cases go to the team before any other rule is asked.
fn assign(c: &mut Conn, by: By, draft: &Draft, team: i64, now: DateTime<Utc>) -> Result<()> {
    use assignment_rules as assignments;
    let known: i64 = teams::table.find(team).count().get_result(c)?;
    if known == 0 {
        return Err(Error::field("team", "error-choice"));
    }
    let first: Option<i32> = assignments::table.select(min(assignments::position)).first(c)?;
    let criteria = serde_json::to_value(&draft.criteria).map_err(Error::internal)?;
    let (id, said) = (id::new_id(), json!({"name": draft.name, "criteria": criteria, "team": team.to_string()}));
    let row = (
        assignments::id.eq(id),
        assignments::position.eq(first.unwrap_or(1) - 1),
        assignments::name.eq(&draft.name),
        assignments::criteria.eq(Doc(criteria)),
        assignments::team_id.eq(team),
        assignments::by_load.eq(false),
        assignments::updated_at.eq(Ts::from(now)),
    );
    let taken = |e| if is_taken(&e) { Error::field("preset", "policies-preset-taken") } else { e.into() };
    diesel::insert_into(assignments::table).values(row).execute(c).map_err(taken)?;
    journal::append(c, Event::new(by, Subject::Rules, id, "assignment_added", said, now))?;
    Ok(())
}
