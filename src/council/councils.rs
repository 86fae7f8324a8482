//! Councils: what an administrator or a chair decides about one.

use super::dates::{Rule, Wrong};
use super::model::Seat;
use super::store::Council;
use super::{calendar, members};
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::{calendars, council_quorums, councils};
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use crate::journal::{self, By, Event, Subject};
use crate::people::model::{MAX_NAME, checked_name};
use crate::sla::calendar::Calendar;
use crate::web::forms::clean_line;
use crate::web::viewer::{Role, Viewer};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// The longest place: a room, an address, a link to a call.
pub const MAX_PLACE: usize = 300;
/// How long a meeting may last, in minutes.
pub const MINUTES: (i32, i32) = (15, 480);
/// Quick fixes a month.
pub const QUOTA: (i32, i32) = (0, 20);
/// Members of one seat.
const NEEDED: (i32, i32) = (0, 50);

/// How many of each seat must be there for a decision.
pub type Quorum = BTreeMap<Seat, i32>;

/// What a council is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub name: String,
    pub rule: String,
    pub zone: Tz,
    pub minutes: i32,
    pub calendar_id: Option<i64>,
    pub place: String,
    pub quota: i32,
    pub quorum: Quorum,
}

impl Wanted {
    /// Cleans the texts and names every field that is wrong.
    pub fn checked(mut self, now: DateTime<Utc>) -> Result<Wanted> {
        let mut wrong = Vec::new();
        match checked_name("name", &self.name) {
            Ok(name) => self.name = name,
            Err(Error::Invalid(fields)) => wrong.extend(fields),
            Err(e) => return Err(e),
        }
        self.rule = clean_line(&self.rule).to_uppercase();
        self.place = clean_line(&self.place);
        wrong.extend(Rule::parse(&self.rule, self.zone, now).err().map(unusable));
        if self.rule.chars().count() > MAX_NAME {
            wrong.push(FieldError::new("rule", "error-too-long").with("max", MAX_NAME));
        }
        if self.place.chars().count() > MAX_PLACE {
            wrong.push(FieldError::new("place", "error-too-long").with("max", MAX_PLACE));
        }
        wrong.extend(out_of_range("minutes", self.minutes, MINUTES));
        wrong.extend(out_of_range("quota", self.quota, QUOTA));
        for (seat, needed) in &self.quorum {
            wrong.extend(out_of_range(&format!("quorum_{seat}"), *needed, NEEDED));
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

fn out_of_range(field: &str, value: i32, (min, max): (i32, i32)) -> Option<FieldError> {
    let range = || FieldError::new(field, "error-number-range").with("min", min).with("max", max);
    (!(min..=max).contains(&value)).then(range)
}

/// Why a rule cannot be, beside its field.
pub fn unusable(wrong: Wrong) -> FieldError {
    let key = match wrong {
        Wrong::Unreadable => "error-rule-unreadable",
        Wrong::Never => "error-rule-never",
        Wrong::TooOften => "error-rule-often",
    };
    FieldError::new("rule", key)
}

impl Council {
    pub fn zone(&self) -> Result<Tz> {
        self.zone.parse().map_err(|_| Error::internal(format!("council {}: no time zone {:?}", self.id, self.zone)))
    }

    /// Its rule, ready to be asked.
    pub fn rule(&self, now: DateTime<Utc>) -> Result<Rule> {
        Rule::parse(&self.rule, self.zone()?, now)
            .map_err(|wrong| Error::internal(format!("council {}: its rule is {wrong:?}", self.id)))
    }

    /// Whose days off it keeps.
    pub fn calendar<'a>(&self, desk: &'a Desk) -> Option<&'a Calendar> {
        self.calendar_id.and_then(|id| desk.rules.calendars.get(&id))
    }

    fn set(&mut self, wanted: Wanted) {
        self.name = wanted.name;
        self.rule = wanted.rule;
        self.zone = wanted.zone.name().to_owned();
        self.minutes = wanted.minutes;
        self.calendar_id = wanted.calendar_id;
        self.place = Some(wanted.place).filter(|place| !place.is_empty());
        self.quota = wanted.quota;
    }
}

/// Those that meet, by name.
pub fn open(c: &mut Conn) -> QueryResult<Vec<Council>> {
    councils::table
        .filter(councils::closed_at.is_null())
        .order((councils::name, councils::id))
        .select(Council::as_select())
        .load(c)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Council> {
    councils::table.find(id).select(Council::as_select()).first(c)
}

pub fn quorum(c: &mut Conn, id: i64) -> QueryResult<Quorum> {
    let rows: Vec<(Seat, i32)> = council_quorums::table
        .filter(council_quorums::council_id.eq(id))
        .select((council_quorums::seat, council_quorums::needed))
        .load(c)?;
    Ok(rows.into_iter().collect())
}

/// Administrators and the chairs of a council run it.
pub fn may_run(c: &mut Conn, viewer: &Viewer, council_id: i64) -> QueryResult<bool> {
    Ok(viewer.role >= Role::Admin || members::is_chair(c, council_id, viewer.id)?)
}

/// The council, for whoever runs it.
pub fn to_run(c: &mut Conn, viewer: &Viewer, id: i64) -> Result<Council> {
    let council = find(c, id)?;
    if may_run(c, viewer, id)? { Ok(council) } else { Err(Error::Forbidden) }
}

/// A new council with its next meetings.
pub fn add(c: &mut Conn, desk: &Desk, by: By, wanted: Wanted) -> Result<Council> {
    let wanted = checked(c, desk, wanted)?;
    let quorum = wanted.quorum.clone();
    let mut council = Council {
        id: id::new_id(),
        name: String::new(),
        rule: String::new(),
        zone: String::new(),
        minutes: 0,
        calendar_id: None,
        place: None,
        quota: 0,
        version: 1,
        closed_at: None,
        updated_at: desk.now.into(),
    };
    council.set(wanted);
    diesel::insert_into(councils::table).values(&council).execute(c).map_err(taken)?;
    save_quorum(c, council.id, &quorum)?;
    note(c, desk, by, council.id, "council_added", json!({"name": council.name}))?;
    calendar::plan(c, desk, &council)?;
    Ok(council)
}

/// Changes a council, and what that means for the meetings ahead; `version` is the one the editor saw.
pub fn change(c: &mut Conn, desk: &Desk, by: By, id: i64, version: i32, wanted: Wanted) -> Result<()> {
    let wanted = checked(c, desk, wanted)?;
    let (before, quorum) = (find(c, id)?, wanted.quorum.clone());
    if before.version != version {
        return Err(Error::Conflict("error-council-changed"));
    }
    let mut after = before.clone();
    after.set(wanted);
    after.version += 1;
    after.updated_at = desk.now.into();
    let row = councils::table.find(id).filter(councils::version.eq(version));
    if diesel::update(row).set(&after).execute(c).map_err(taken)? == 0 {
        return Err(Error::Conflict("error-council-changed"));
    }
    save_quorum(c, id, &quorum)?;
    note(c, desk, by, id, "council_changed", json!({"name": after.name, "rule": after.rule, "zone": after.zone}))?;
    calendar::follow(c, desk, by, &before, &after)
}

/// Ends a council: what was planned is called off, what was decided stays.
pub fn close(c: &mut Conn, desk: &Desk, by: By, id: i64) -> Result<()> {
    let council = find(c, id)?;
    if council.closed_at.is_some() {
        return Ok(());
    }
    for meeting in calendar::ahead(c, id, desk.now)? {
        calendar::cancel(c, desk, by, &council, meeting)?;
    }
    diesel::update(councils::table.find(id))
        .set((
            councils::closed_at.eq(Some(crate::db::types::Ts::from(desk.now))),
            councils::version.eq(council.version + 1),
        ))
        .execute(c)?;
    note(c, desk, by, id, "council_closed", json!({"name": council.name}))
}

fn checked(c: &mut Conn, desk: &Desk, wanted: Wanted) -> Result<Wanted> {
    let wanted = wanted.checked(desk.now)?;
    if let Some(id) = wanted.calendar_id {
        let known = calendars::table.find(id).select(calendars::id).first::<i64>(c).optional()?;
        known.ok_or_else(|| Error::field("calendar", "error-choice"))?;
    }
    Ok(wanted)
}

fn save_quorum(c: &mut Conn, council_id: i64, quorum: &Quorum) -> QueryResult<()> {
    use council_quorums as q;
    for (seat, needed) in quorum {
        let row = (q::council_id.eq(council_id), q::seat.eq(*seat), q::needed.eq(*needed));
        let insert = diesel::insert_into(q::table).values(row);
        let upsert = insert.on_conflict((q::council_id, q::seat)).do_update().set(q::needed.eq(*needed));
        Portable(upsert).execute(c)?;
    }
    Ok(())
}

/// Writes down what happened to a council or a meeting.
pub fn note(c: &mut Conn, desk: &Desk, by: By, id: i64, event: &str, data: serde_json::Value) -> Result<()> {
    journal::append(c, Event::new(by, Subject::Council, id, event, data, desk.now))?;
    Ok(())
}

fn taken(e: diesel::result::Error) -> Error {
    if is_taken(&e) { Error::field("name", "error-taken") } else { e.into() }
}
