//! Who gets a new case: what the first rule that matches says, and who of them is there to do it. Which rule matches is
//! pure, and a rule that names a team only asks the database nothing; people are looked up when a rule needs them.

use super::opening;
use super::store::OpenedCase;
use crate::db::Conn;
use crate::db::types::{Ts, UtcTime};
use crate::journal::{By, Event, Subject};
use crate::people::absence::{self, Known};
use crate::rules::{Assignment, Facts, Rulebook};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;

/// Counting somebody's open cases further would cost more than it tells.
pub const MOST_COUNTED: i64 = 1000;

/// What came of a rule for one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub rule: String,
    pub team_id: Option<i64>,
    pub team: Option<String>,
    pub owner: Option<(i64, String)>,
    pub because: Because,
}

/// Why this person and no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Because {
    /// The rule names them.
    Named,
    /// They have the fewest open cases of their team.
    Fewest { load: i64 },
    /// Whom the rule names is away, up to and including a day if that is known.
    StandsIn { away: String, until: Option<NaiveDate> },
    /// Nobody is there.
    Nobody,
}

impl Given {
    /// How the timeline tells it, second after "received". Of anonymous feedback it must not tell the moment either.
    pub fn event(&self, case_id: i64, anonymous: bool, now: DateTime<Utc>) -> Event {
        let owner = self.owner.as_ref().map(|(_, name)| name);
        let data = json!({"owner": owner, "team": self.team, "rule": self.rule, "because": self.because});
        let event = Event { seq: 2, ..Event::new(By::SYSTEM, Subject::Case, case_id, "assigned", data, now) };
        if anonymous { event.timeless() } else { event }
    }
}

/// Finds people for cases, and remembers whom it found: for the rows of an import each question is asked once.
pub struct Chooser {
    now: DateTime<Utc>,
    tz: Tz,
    people: Known,
    teams: HashMap<i64, Vec<Member>>,
}

impl Chooser {
    pub fn new(now: DateTime<Utc>, tz: Tz) -> Chooser {
        Chooser { now, tz, people: Known::new(), teams: HashMap::new() }
    }

    /// Lets the first rule that matches give a case away; what is promised follows the working time of its team.
    pub fn give(
        &mut self,
        c: &mut Conn,
        rules: &Rulebook,
        facts: &Facts<'_>,
        case: &mut OpenedCase,
    ) -> QueryResult<Option<Given>> {
        let Some(rule) = rules.assignment_for(facts) else { return Ok(None) };
        let given = self.choose(c, rule)?;
        case.owner_id = given.owner.as_ref().map(|(id, _)| *id);
        if case.owner_id.is_some() {
            case.status = "in_review".to_owned();
        }
        if case.team_id != given.team_id {
            case.team_id = given.team_id;
            opening::promise(rules, case);
        }
        Ok(Some(given))
    }

    /// Whom a rule means at this moment.
    pub fn choose(&mut self, c: &mut Conn, rule: &Assignment) -> QueryResult<Given> {
        let (team_id, owner, because) = match (rule.person_id, rule.team_id) {
            (Some(person), team) => self.named(c, person, team)?,
            (None, Some(team)) if rule.by_load => self.least_loaded(c, team)?,
            (None, team) => (team, None, Because::Named),
        };
        Ok(Given { rule: rule.name.clone(), team_id, team: rule.team.clone(), owner, because })
    }

    /// The person themselves or whoever stands in; the case stays with the team of whom the rule names.
    fn named(&mut self, c: &mut Conn, person: i64, team: Option<i64>) -> QueryResult<Choice> {
        let named = absence::looked_up(c, person, &mut self.people)?;
        let team = team.or(named.as_ref().and_then(|named| named.team_id));
        let found = absence::present(c, person, self.now, &mut self.people)?;
        let (Some(named), Some(found)) = (named, found) else { return Ok((team, None, Because::Nobody)) };
        let because = if found.id == named.id {
            Because::Named
        } else {
            let until = named.away_until.filter(|_| named.is_away(self.now));
            Because::StandsIn { until: until.map(|until| absence::last_day(*until, self.tz)), away: named.name }
        };
        Ok((team, Some((found.id, found.name)), because))
    }

    /// Whoever has the fewest cases with a running clock; of several the one who came first.
    fn least_loaded(&mut self, c: &mut Conn, team: i64) -> QueryResult<Choice> {
        if !self.teams.contains_key(&team) {
            self.teams.insert(team, members(c, team, self.now)?);
        }
        let members = self.teams.get_mut(&team).into_iter().flatten();
        let Some(member) = members.min_by_key(|member| (member.load, member.id)) else {
            return Ok((Some(team), None, Because::Nobody));
        };
        let choice = (Some(team), Some((member.id, member.name.clone())), Because::Fewest { load: member.load });
        member.load += 1;
        Ok(choice)
    }
}

/// The team, the owner, and why.
type Choice = (Option<i64>, Option<(i64, String)>, Because);

/// Somebody of a team who is there, and how many cases they have.
#[derive(Clone, Debug, QueryableByName)]
struct Member {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    load: i64,
}

/// Everybody of a team who may work cases and is not away.
fn members(c: &mut Conn, team_id: i64, now: DateTime<Utc>) -> QueryResult<Vec<Member>> {
    let query = format!(
        "select id, name, (select count(*) from (
            select 1 from cases where owner_id = people.id and next_due is not null limit {MOST_COUNTED}) as running) as load
         from people
         where team_id = $1 and role in ('owner', 'council', 'admin') and disabled_at is null
            and (away_until is null or away_until <= $2)"
    );
    diesel::sql_query(query).bind::<BigInt, _>(team_id).bind::<UtcTime, _>(Ts::from(now)).load(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_of_an_anonymous_case_tells_no_moment() {
        let now: DateTime<Utc> = "2026-11-23T10:20:30Z".parse().unwrap();
        let given = Given {
            rule: "Billing".into(),
            team_id: Some(1),
            team: Some("Support".into()),
            owner: Some((2, "Elena".into())),
            because: Because::Fewest { load: 3 },
        };
        let (known, unknown) = (given.event(7, false, now), given.event(7, true, now));
        assert_eq!((*known.at, unknown.at.to_rfc3339().as_str()), (now, "2026-11-23T00:00:00+00:00"));
        assert_eq!(known.seq, 2);
        let because = json!({"is": "fewest", "load": 3});
        assert_eq!((&known.data.0["owner"], &known.data.0["because"]), (&json!("Elena"), &because));
    }
}
