//! What a rule would have done with the latest cases, in its place among the others and with whoever is there now. Nothing
//! is saved by trying.

use crate::db::Conn;
use crate::db::schema::{cases, feedback, people, topics};
use crate::db::types::Ts;
use crate::feedback::assigning::{Chooser, Given};
use crate::feedback::model::{Kind, Voice};
use crate::feedback::opening;
use crate::i18n::Lang;
use crate::rules::Assignment;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use std::cmp::Reverse;

/// So many cases are looked at.
const SAMPLE: i64 = 50;
/// In each of these cases are found by an index, latest first.
const STATUSES: [&str; 7] = ["new", "in_review", "waiting", "decided", "doing", "resolved", "closed"];

/// What became of the sample.
#[derive(Debug, Default)]
pub struct Trial {
    pub looked_at: usize,
    /// The cases it would have given away.
    pub given: Vec<(Sample, Given)>,
    /// Those an earlier rule would have given away first, with the name of that rule.
    pub before: Vec<String>,
}

/// A case of the sample.
#[derive(Clone, Debug, Queryable)]
pub struct Sample {
    pub reference: String,
    pub title: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    pub lang: Lang,
    pub created_at: Ts,
    topic: Option<String>,
    segment: Option<String>,
}

/// Tries the rule at this place.
pub fn try_on(c: &mut Conn, rules: &[Assignment], at: usize, now: DateTime<Utc>, tz: Tz) -> QueryResult<Trial> {
    let sample = sample(c)?;
    let mut trial = Trial { looked_at: sample.len(), ..Trial::default() };
    let mut chooser = Chooser::new(now, tz);
    for case in sample {
        let (topic, segment) = (case.topic.as_deref(), case.segment.as_deref());
        let facts = opening::facts((case.voice, case.kind), &case.channel, topic, case.lang, segment);
        if !rules[at].criteria.matches(&facts) {
            continue;
        }
        match rules[..at].iter().find(|earlier| earlier.criteria.matches(&facts)) {
            Some(earlier) => trial.before.push(earlier.name.clone()),
            None => {
                let given = chooser.choose(c, &rules[at])?;
                trial.given.push((case, given));
            }
        }
    }
    Ok(trial)
}

/// The latest cases, but for those that are kept apart.
fn sample(c: &mut Conn) -> QueryResult<Vec<Sample>> {
    let mut latest = Vec::new();
    for status in STATUSES {
        latest.extend(in_status(c, status)?);
    }
    latest.sort_by_key(|case| Reverse(case.created_at));
    latest.truncate(SAMPLE as usize);
    Ok(latest)
}

fn in_status(c: &mut Conn, status: &str) -> QueryResult<Vec<Sample>> {
    cases::table
        .inner_join(feedback::table)
        .left_join(topics::table.on(topics::id.nullable().eq(feedback::topic_id)))
        .left_join(people::table.on(people::id.nullable().eq(feedback::person_id)))
        .filter(cases::status.eq(status).and(cases::apart.eq(false)))
        .order((cases::updated_at.desc(), cases::id.desc()))
        .limit(SAMPLE)
        .select((
            feedback::reference,
            feedback::title,
            feedback::voice,
            feedback::kind,
            feedback::channel,
            feedback::lang,
            feedback::created_at,
            topics::slug.nullable(),
            people::segment.nullable(),
        ))
        .load(c)
}
