//! Who is away and until when, and who stands in for them meanwhile.

use crate::db::Conn;
use crate::db::schema::people;
use crate::db::types::Ts;
use crate::error::{Error, Result};
use crate::journal::By;
use crate::web::viewer::Role;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;

/// Whoever stands in may be away too: so many steps are followed.
const MOST_STEPS: usize = 3;

/// Somebody who may work cases, as far as that depends on whether they are there.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Colleague {
    pub id: i64,
    pub name: String,
    pub role: Role,
    pub team_id: Option<i64>,
    pub disabled_at: Option<Ts>,
    pub away_until: Option<Ts>,
    pub deputy_id: Option<i64>,
}

impl Colleague {
    /// Whether they may work cases at all.
    pub fn works(&self) -> bool {
        self.disabled_at.is_none() && self.role >= Role::Owner
    }

    pub fn is_away(&self, now: DateTime<Utc>) -> bool {
        self.away_until.is_some_and(|until| *until > now)
    }

    fn is_there(&self, now: DateTime<Utc>) -> bool {
        self.works() && !self.is_away(now)
    }
}

/// What somebody says about an absence, or an administrator for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// The first moment at which they are back.
    pub until: Option<DateTime<Utc>>,
    pub deputy_id: Option<i64>,
}

/// People that were looked up before: whoever asks for many asks once.
pub type Known = HashMap<i64, Colleague>;

pub fn colleague(c: &mut Conn, id: i64) -> QueryResult<Option<Colleague>> {
    people::table.find(id).select(Colleague::as_select()).first(c).optional()
}

/// Whoever does a person's work now: they themselves, or whoever stands in for them; nobody if all of them are away.
pub fn present(c: &mut Conn, id: i64, now: DateTime<Utc>, known: &mut Known) -> QueryResult<Option<Colleague>> {
    let mut next = Some(id);
    for _ in 0..=MOST_STEPS {
        let Some(somebody) = next.map(|id| looked_up(c, id, known)).transpose()?.flatten() else { break };
        if somebody.is_there(now) {
            return Ok(Some(somebody));
        }
        next = somebody.deputy_id;
    }
    Ok(None)
}

/// One person, looked up only if nobody did before.
pub fn looked_up(c: &mut Conn, id: i64, known: &mut Known) -> QueryResult<Option<Colleague>> {
    if let Some(somebody) = known.get(&id) {
        return Ok(Some(somebody.clone()));
    }
    let found = colleague(c, id)?;
    known.extend(found.clone().map(|somebody| (id, somebody)));
    Ok(found)
}

/// Saves an absence. Refused: a deputy who cannot work cases, and a circle of people who are all away.
pub fn save(c: &mut Conn, by: By, person_id: i64, absence: Absence, now: DateTime<Utc>) -> Result<()> {
    let before = colleague(c, person_id)?.ok_or(Error::NotFound)?;
    let after = Colleague { away_until: absence.until.map(Ts::from), deputy_id: absence.deputy_id, ..before.clone() };
    if after == before {
        return Ok(());
    }
    check_deputy(c, &after, now)?;
    diesel::update(people::table.find(person_id))
        .set((people::away_until.eq(after.away_until), people::deputy_id.eq(after.deputy_id)))
        .execute(c)?;
    let said = json!({"until": absence.until, "deputy": absence.deputy_id.map(|id| id.to_string())});
    super::actions::note(c, by, person_id, "absence", said, now)?;
    Ok(())
}

fn check_deputy(c: &mut Conn, person: &Colleague, now: DateTime<Utc>) -> Result<()> {
    let Some(first) = person.deputy_id else { return Ok(()) };
    if first == person.id {
        return Err(Error::field("deputy", "error-deputy-self"));
    }
    if !colleague(c, first)?.is_some_and(|deputy| deputy.works()) {
        return Err(Error::field("deputy", "error-choice"));
    }
    let mut known = Known::from([(person.id, person.clone())]);
    if is_circle(c, person, now, &mut known)? {
        return Err(Error::field("deputy", "error-deputy-loop"));
    }
    Ok(())
}

/// Whether each who stands in for the next is away, back to the first. Longer circles than any company has do not matter:
/// only a few steps are ever followed.
fn is_circle(c: &mut Conn, first: &Colleague, now: DateTime<Utc>, known: &mut Known) -> QueryResult<bool> {
    let mut at = first.clone();
    for _ in 0..100 {
        let Some(next) = at.deputy_id.filter(|_| at.is_away(now)) else { return Ok(false) };
        let Some(next) = looked_up(c, next, known)? else { return Ok(false) };
        if next.id == first.id {
            return Ok(true);
        }
        at = next;
    }
    Ok(false)
}

/// The moment at which somebody is back who is away up to and including a day.
pub fn back_after(day: NaiveDate, tz: Tz) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    // Where clocks are put forward at midnight there is no midnight: the day begins an hour later.
    let at = tz.from_local_datetime(&next).earliest();
    at.or_else(|| tz.from_local_datetime(&(next + Duration::hours(1))).earliest())
        .map_or_else(|| next.and_utc(), |at| at.with_timezone(&Utc))
}

/// The last day of an absence that ends at a moment.
pub fn last_day(until: DateTime<Utc>, tz: Tz) -> NaiveDate {
    (until - Duration::microseconds(1)).with_timezone(&tz).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_ends_with_its_last_day() {
        let day: NaiveDate = "2026-12-03".parse().unwrap();
        for tz in [Tz::UTC, Tz::Europe__Moscow, Tz::America__New_York, Tz::America__Santiago] {
            let back = back_after(day, tz);
            assert_eq!(last_day(back, tz), day, "{tz}");
        }
        assert_eq!(back_after(day, Tz::Europe__Moscow).to_rfc3339(), "2026-12-03T21:00:00+00:00");
    }
}
