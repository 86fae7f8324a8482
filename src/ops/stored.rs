//! What the doctor looks at in the database, which it neither makes nor changes.

use super::doctor::Check;
use crate::backlog::reach;
use crate::db::conn::Use;
use crate::db::inspect::{self, Attached};
use crate::db::schema::{cases, changes, feedback, journal, outbox, people};
use crate::db::types::Ts;
use crate::db::{Conn, Location, migrate, search};
use crate::error::Result;
use crate::mail::outbox::Status;
use crate::status::alarms::MAIL_LATE;
use crate::web::viewer::Role;
use chrono::{DateTime, Duration, Utc};
use diesel::dsl::{max, min};
use diesel::prelude::*;

const MAIL_STUCK: Duration = Duration::hours(24);
/// Clocks of two machines never agree to the second.
const CLOCK_DRIFT: Duration = Duration::seconds(10);
/// Before this program was written.
const CLOCK_FLOOR: i64 = 1_767_225_600; // 2026-01-01

type Look = fn(&mut Conn, DateTime<Utc>) -> Result<Check>;

/// In the order in which one would ask.
const LOOKS: &[(&str, Look)] = &[
    ("durability", durability),
    ("integrity", integrity),
    ("cases", every_feedback_has_its_case),
    ("search", search_index),
    ("reach", reach_is_kept),
    ("admins", admins),
    ("outbox", mail_flows),
    ("clock", clock),
];

/// Everything about the database; what cannot be asked fails for its own reason.
pub fn checks(location: &Location, now: DateTime<Utc>) -> Vec<Check> {
    let mut database = match Attached::open(location, Use::Read) {
        Ok(database) => database,
        Err(e) => return vec![Check::fail("database", e)],
    };
    let c = &mut database.conn;
    let mut checks = vec![Check::ok("database", format!("{location} answers"))];
    let (schema, usable) = schema(c);
    checks.push(schema);
    if usable {
        let looked = LOOKS.iter().map(|(name, look)| look(c, now).unwrap_or_else(|e| Check::fail(name, e)));
        checks.extend(looked);
    }
    checks
}

/// Mails that will go out sooner or later.
pub fn waiting_mails(c: &mut Conn) -> QueryResult<i64> {
    let waiting = [Status::Queued, Status::Leased, Status::Retry, Status::Unknown];
    outbox::table.filter(outbox::status.eq_any(waiting)).count().get_result(c)
}

/// The second answer: whether it makes sense to ask for more.
fn schema(c: &mut Conn) -> (Check, bool) {
    const NAME: &str = "schema";
    match migrate::steps(c) {
        Err(e) => (Check::fail(NAME, e), false),
        Ok(steps) => match steps.refuse_newer() {
            Err(e) => (Check::fail(NAME, e), false),
            Ok(()) if steps.done.is_empty() => (Check::fail(NAME, "none yet: run `heard migrate`"), false),
            Ok(()) if steps.missing.is_empty() => (Check::ok(NAME, "up to date"), true),
            Ok(()) => {
                let says = format!("{} to be applied: run `heard migrate`", steps.missing.join(", "));
                (Check::warn(NAME, says), true)
            }
        },
    }
}

fn durability(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    Ok(Check::none_of("durability", &inspect::risks(c)?, "what is acknowledged is on disk"))
}

fn integrity(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    Ok(Check::none_of("integrity", &inspect::damage(c)?, "nothing broken"))
}

fn every_feedback_has_its_case(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "cases";
    let said: i64 = feedback::table.count().get_result(c)?;
    let opened: i64 = cases::table.count().get_result(c)?;
    Ok(match said == opened {
        true => Check::ok(NAME, format!("{said}, one for each piece of feedback")),
        false => Check::fail(NAME, format!("{opened} for {said} pieces of feedback")),
    })
}

fn search_index(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "search";
    let found = search::count(c)?;
    let cases: i64 = cases::table.count().get_result(c)?;
    let changes: i64 = changes::table.count().get_result(c)?;
    Ok(match found == cases + changes {
        true => Check::ok(NAME, format!("finds all {found} cases and changes")),
        false => Check::fail(NAME, format!("finds {found}, but there are {cases} cases and {changes} changes")),
    })
}

fn reach_is_kept(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "reach";
    let off = reach::differing(c)?;
    Ok(match off.len() {
        0 => Check::ok(NAME, "as many people behind every change as counting anew gives"),
        n => Check::fail(NAME, format!("counted wrong for {n} changes: run `heard doctor --recount`")),
    })
}

fn admins(c: &mut Conn, _: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "admins";
    let able = people::table.filter(people::role.eq(Role::Admin)).filter(people::disabled_at.is_null());
    let n: i64 = able.filter(people::password_hash.is_not_null()).count().get_result(c)?;
    Ok(match n {
        0 => Check::warn(NAME, "nobody can sign in as admin: use the link that `heard serve` prints, or `heard user`"),
        n => Check::ok(NAME, n),
    })
}

fn mail_flows(c: &mut Conn, now: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "outbox";
    let due = outbox::table.filter(outbox::status.eq_any([Status::Queued, Status::Retry, Status::Unknown]));
    let oldest: Option<Ts> = due.select(min(outbox::next_at)).first(c)?;
    let late = oldest.map_or(Duration::zero(), |at| now - *at);
    if late > MAIL_LATE {
        let says = format!("a mail has been due for {} minutes: is a worker running?", late.num_minutes());
        return Ok(if late > MAIL_STUCK { Check::fail(NAME, says) } else { Check::warn(NAME, says) });
    }
    let failed: i64 = outbox::table.filter(outbox::status.eq(Status::Failed)).count().get_result(c)?;
    let waiting = waiting_mails(c)?;
    Ok(match failed {
        0 => Check::ok(NAME, format!("{waiting} waiting, none late")),
        n => Check::warn(NAME, format!("{waiting} waiting, {n} given up: /outbox says why")),
    })
}

fn clock(c: &mut Conn, now: DateTime<Utc>) -> Result<Check> {
    const NAME: &str = "clock";
    let shown = now.format("%Y-%m-%d %H:%M:%S UTC");
    if now.timestamp() < CLOCK_FLOOR {
        return Ok(Check::fail(NAME, format!("{shown} is in the past")));
    }
    if let Some(theirs) = inspect::server_time(c)?
        && (now - *theirs).abs() > CLOCK_DRIFT
    {
        let apart = (now - *theirs).num_seconds();
        return Ok(Check::warn(NAME, format!("{shown}, {apart} seconds from the database server's")));
    }
    let newest: Option<Ts> = journal::table.select(max(journal::at)).first(c)?;
    Ok(match newest.filter(|at| **at > now + CLOCK_DRIFT) {
        Some(at) => Check::fail(NAME, format!("{shown}, but something was noted at {}: it was set back", *at)),
        None => Check::ok(NAME, shown),
    })
}
