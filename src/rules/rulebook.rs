//! A snapshot of calendars, policies, assignment rules and teams, and what follows from it for one case. Pure.

use super::{Criteria, Facts};
use crate::sla::calendar::Calendar;
use crate::sla::policy::{Ladder, Span, Targets, Terms};
use diesel::Queryable;
use std::collections::HashMap;

/// What is promised to whom.
#[derive(Clone, Debug)]
pub struct Policy {
    pub id: i64,
    pub name: String,
    pub criteria: Criteria,
    pub targets: Targets,
    /// The share of a target, in percent, at which its owner is warned.
    pub warn_percent: u32,
    pub ladder: Ladder,
    /// Its cases are seen by their team and owner only.
    pub apart: bool,
}

/// Who gets a new case.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub id: i64,
    pub name: String,
    pub criteria: Criteria,
    pub team_id: Option<i64>,
    /// The team's name.
    pub team: Option<String>,
    pub person_id: Option<i64>,
    /// To whoever of the team has the fewest open cases.
    pub by_load: bool,
}

/// What the rules need to know of a team.
#[derive(Clone, Copy, Debug, Default, Queryable)]
pub struct Team {
    pub calendar_id: Option<i64>,
    pub lead_id: Option<i64>,
    pub head_id: Option<i64>,
}

/// Everything at one moment.
pub struct Rulebook {
    pub version: i64,
    pub calendars: HashMap<i64, Calendar>,
    pub default_calendar: i64,
    /// In the order in which they are tried.
    pub policies: Vec<Policy>,
    /// Retired ones too: cases they were promised to may be older.
    pub retired: Vec<Policy>,
    pub assignments: Vec<Assignment>,
    pub teams: HashMap<i64, Team>,
    always: Calendar,
}

impl Rulebook {
    pub fn new(version: i64) -> Rulebook {
        Rulebook {
            version,
            calendars: HashMap::new(),
            default_calendar: 0,
            policies: Vec::new(),
            retired: Vec::new(),
            assignments: Vec::new(),
            teams: HashMap::new(),
            always: Calendar::always(),
        }
    }

    /// The first policy that matches; none only if an admin has retired the last one that matches everything.
    pub fn policy_for(&self, facts: &Facts<'_>) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.criteria.matches(facts))
    }

    pub fn policy(&self, id: Option<i64>) -> Option<&Policy> {
        let id = id?;
        self.policies.iter().chain(&self.retired).find(|policy| policy.id == id)
    }

    /// The first assignment rule that matches.
    pub fn assignment_for(&self, facts: &Facts<'_>) -> Option<&Assignment> {
        self.assignments.iter().find(|rule| rule.criteria.matches(facts))
    }

    pub fn team(&self, id: Option<i64>) -> Team {
        id.and_then(|id| self.teams.get(&id)).copied().unwrap_or_default()
    }

    /// The working time of a team, or of the house.
    pub fn calendar(&self, team_id: Option<i64>) -> &Calendar {
        let own = self.team(team_id).calendar_id.and_then(|id| self.calendars.get(&id));
        own.or_else(|| self.calendars.get(&self.default_calendar)).unwrap_or(&self.always)
    }

    /// What applies to a case of this policy and team. Without a policy five working days are promised.
    pub fn terms(&self, policy_id: Option<i64>, team_id: Option<i64>) -> Terms<'_> {
        let fallback = Span::Days(5);
        let policy = self.policy(policy_id);
        Terms {
            targets: policy.map_or(
                Targets {
                    first_response: fallback,
                    next_response: fallback,
                    resolution: Span::Days(30),
                    tell_back: Span::Days(30),
                },
                |policy| policy.targets,
            ),
            warn_percent: policy.map_or(80, |policy| policy.warn_percent),
            ladder: policy.map_or(Ladder { lead: Span::Days(1), head: Span::Days(3) }, |policy| policy.ladder),
            calendar: self.calendar(team_id),
            always: &self.always,
        }
    }
}
