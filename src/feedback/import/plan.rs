//! Which rows of a batch are taken: pure, the same for an import and for the rehearsal of one.

use std::collections::HashSet;

use super::prepare::{Problem, Ready};
use super::topics::{NewTopic, Topics};

/// A channel and what a piece of feedback is called there.
pub(super) type ExternalId = (String, String);

/// What becomes of the rows of a batch.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// The rows to write, with their topics.
    pub add: Vec<(&'a Ready, Option<i64>)>,
    /// How many are there already.
    pub skipped: u64,
    pub problems: Vec<Problem>,
    pub new_topics: Vec<NewTopic>,
}

/// What was done with a batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub added: u64,
    pub skipped: u64,
    /// What only the database could tell.
    pub problems: Vec<Problem>,
    pub new_topics: Vec<String>,
}

impl Plan<'_> {
    /// What will have been done once it is written.
    pub(super) fn outcome(&self) -> Written {
        Written {
            added: self.add.len() as u64,
            skipped: self.skipped,
            problems: self.problems.clone(),
            new_topics: self.new_topics.iter().map(|topic| topic.name.clone()).collect(),
        }
    }
}

/// Sorts the rows of a batch; `known` are those that are there already, and grows by those that are taken.
pub(super) fn plan<'a>(ready: &'a [Ready], known: &mut HashSet<ExternalId>, mut topics: Topics) -> Plan<'a> {
    let mut plan = Plan::default();
    for row in ready {
        let external_id = external_id(row);
        if external_id.as_ref().is_some_and(|id| known.contains(id)) {
            plan.skipped += 1;
            continue;
        }
        match row.topic.as_deref().map(|name| topics.id(name)).transpose() {
            Ok(topic) => plan.add.push((row, topic)),
            Err(message) => {
                plan.problems.push(Problem { line: row.line, message });
                continue;
            }
        }
        known.extend(external_id);
    }
    plan.new_topics = topics.made();
    plan
}

pub(super) fn external_id(row: &Ready) -> Option<ExternalId> {
    Some((row.feedback.channel.clone(), row.feedback.external_id.clone()?))
}
