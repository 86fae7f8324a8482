//! The case that is opened with a piece of feedback: which promise it gets, which team, and when its deadlines are.

use super::model::{Kind, Voice};
use super::store::OpenedCase;
use crate::db::types::Ts;
use crate::i18n::Lang;
use crate::rules::{Facts, Rulebook};
use crate::sla::clock::Clock;
use crate::sla::standing::{Progress, standing};
use chrono::{DateTime, Utc};

/// Severity of a case nobody has looked at.
const NORMAL: &str = "normal";

/// What new feedback is like, for the rules.
pub fn facts<'a>(
    (voice, kind): (Voice, Kind),
    channel: &'a str,
    topic: Option<&'a str>,
    lang: Lang,
    segment: Option<&'a str>,
) -> Facts<'a> {
    Facts { voice: voice.as_str(), kind: kind.as_str(), severity: NORMAL, channel, topic, lang: lang.as_str(), segment }
}

/// A case as it starts out, promised from `moment` on. Whom of its team it goes to is found when it is written.
pub fn open(rules: &Rulebook, facts: &Facts<'_>, id: i64, moment: DateTime<Utc>) -> OpenedCase {
    let policy = rules.policy_for(facts);
    let rule = rules.assignment_for(facts);
    let mut case = OpenedCase {
        id,
        status: "new".into(),
        owner_id: None,
        team_id: rule.and_then(|rule| rule.team_id),
        version: 1,
        respond_by: moment.into(),
        resolve_by: moment.into(),
        tell_by: moment.into(),
        next_due: None,
        reopened: 0,
        updated_at: moment.into(),
        topic_id: None,
        policy_id: policy.map(|policy| policy.id),
        clock: Clock::start(moment),
        alert_at: None,
        apart: policy.is_some_and(|policy| policy.apart),
    };
    promise(rules, &mut case);
    case
}

/// Derives the deadlines from the policy and the team's calendar; again when it was given to another team.
pub fn promise(rules: &Rulebook, case: &mut OpenedCase) {
    let terms = rules.terms(case.policy_id, case.team_id);
    let due = standing(&case.clock, &terms, &Progress::default(), *case.updated_at);
    let or_now = |at: Option<DateTime<Utc>>| at.map_or(case.updated_at, Ts::from);
    (case.respond_by, case.resolve_by, case.tell_by) =
        (or_now(due.respond_by), or_now(due.resolve_by), or_now(due.tell_by));
    (case.next_due, case.alert_at) = (due.next_due.map(Ts::from), due.alert_at.map(Ts::from));
}
