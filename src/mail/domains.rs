//! How much goes to one domain at a time: large providers turn away whoever sends too fast. What is beyond the limit
//! gets a minute of its own further on, so that a long queue to one domain is touched once and not every minute, and
//! mails to others pass it.
//!
//! Mass mail leaves a tenth of each minute and day free: a receipt does not wait behind a digest of 50,000.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, DurationRound, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::undeliverable;
use crate::config;
use crate::db::Conn;
use crate::db::dialect::{Holds, json_rows, lock_row};
use crate::db::schema::mail_domains;
use crate::db::types::{Doc, JsonDoc, Ts};

/// From 5,000 a day on the large providers ask for more than most senders have set up.
pub const MANY: i32 = 4000;
/// Somebody sits and waits for these.
const URGENT: [&str; 3] = ["password", "invitation", "test"];
/// Goes to very many at once.
const BULK: &str = "digest";

const COLUMNS: [(&str, Holds); 7] = [
    ("domain", Holds::Text),
    ("minute_at", Holds::Moment),
    ("minute_sent", Holds::Number),
    ("day_at", Holds::Moment),
    ("day_sent", Holds::Number),
    ("planned_at", Holds::Moment),
    ("planned", Holds::Number),
];

/// Mails to one domain; 0 is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub per_minute: i32,
    pub per_day: i32,
}

impl Limits {
    /// For mail that does not leave this machine.
    pub const NONE: Limits = Limits { per_minute: 0, per_day: 0 };

    pub fn of(settings: &config::Mail) -> Limits {
        let limit = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        Limits { per_minute: limit(settings.domain_per_minute), per_day: limit(settings.domain_per_day) }
    }

    /// What mass mail may use of it.
    fn for_bulk(self) -> Limits {
        Limits { per_minute: most_of(self.per_minute), per_day: most_of(self.per_day) }
    }
}

fn most_of(limit: i32) -> i32 {
    limit - limit / 10
}

/// What went to a domain, and what waits.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, QueryableByName, Serialize)]
#[diesel(table_name = mail_domains)]
pub struct Domain {
    pub domain: String,
    pub minute_at: Ts,
    pub minute_sent: i32,
    pub day_at: Ts,
    pub day_sent: i32,
    pub planned_at: Ts,
    pub planned: i32,
}

/// A mail that would go out now.
pub struct Candidate<'a> {
    pub id: i64,
    pub address: &'a str,
    pub template: &'a str,
}

/// Counts these mails against their domains; gives those that have to wait, and until when. Whoever else claims waits
/// for this transaction where domains are the same: all take them in one order.
pub fn admit(
    c: &mut Conn,
    limits: Limits,
    now: DateTime<Utc>,
    mails: &[Candidate<'_>],
) -> QueryResult<HashMap<i64, DateTime<Utc>>> {
    let mut later = HashMap::new();
    if mails.is_empty() {
        return Ok(later);
    }
    let mut domains = locked(c, mails.iter().map(|mail| domain_of(mail.address)), now)?;
    for mail in mails {
        if let Some(domain) = domains.get_mut(&domain_of(mail.address))
            && let Some(until) = domain.admit(limits, mail.template, now)
        {
            later.insert(mail.id, until);
        }
    }
    store(c, domains.values())?;
    Ok(later)
}

/// The domains to which very much goes today.
pub fn busy(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<Vec<Domain>> {
    mail_domains::table
        .filter(
            mail_domains::day_sent.ge(MANY).and(mail_domains::day_at.eq(Ts::from(start_of(now, Duration::days(1))))),
        )
        .order(mail_domains::domain)
        .select(Domain::as_select())
        .load(c)
}

/// Forgets domains to which nothing has gone for a while.
pub fn forget(c: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    let before = Ts::from(now - Duration::days(30));
    let idle = mail_domains::day_at.lt(before).and(mail_domains::planned_at.lt(before));
    diesel::delete(mail_domains::table.filter(idle)).execute(c)
}

/// What is behind the @; an address without one is its own domain, and fails by itself later.
fn domain_of(address: &str) -> String {
    let address = undeliverable::normal(address);
    address.rsplit_once('@').map_or(address.clone(), |(_, domain)| domain.to_owned())
}

fn start_of(now: DateTime<Utc>, window: Duration) -> DateTime<Utc> {
    now.duration_trunc(window).unwrap_or(now)
}

impl Domain {
    fn new(domain: String, now: DateTime<Utc>) -> Domain {
        let (minute, day) = (start_of(now, Duration::minutes(1)), start_of(now, Duration::days(1)));
        Domain {
            domain,
            minute_at: minute.into(),
            minute_sent: 0,
            day_at: day.into(),
            day_sent: 0,
            planned_at: minute.into(),
            planned: 0,
        }
    }

    /// Counts a mail; or says until when it waits.
    fn admit(&mut self, limits: Limits, template: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.roll(now);
        let fits = |sent: i32, limit: i32| limit == 0 || sent < limit;
        let own = if template == BULK { limits.for_bulk() } else { limits };
        let (minute, day) = (fits(self.minute_sent, own.per_minute), fits(self.day_sent, own.per_day));
        if !(minute && day || URGENT.contains(&template)) {
            return Some(self.plan(limits, day));
        }
        self.minute_sent += 1;
        self.day_sent += 1;
        if self.day_sent == MANY {
            tracing::warn!(domain = self.domain, mails = MANY, "very much mail to one domain today");
        }
        None
    }

    /// A minute of its own for a mail that has to wait, behind all that wait already.
    fn plan(&mut self, limits: Limits, today: bool) -> DateTime<Utc> {
        let open = if today { *self.minute_at + Duration::minutes(1) } else { *self.day_at + Duration::days(1) };
        if *self.planned_at < open {
            (self.planned_at, self.planned) = (open.into(), 0);
        }
        let share = limits.for_bulk().per_minute;
        if share > 0 && self.planned >= share {
            (self.planned_at, self.planned) = ((*self.planned_at + Duration::minutes(1)).into(), 0);
        }
        self.planned += 1;
        *self.planned_at
    }

    fn roll(&mut self, now: DateTime<Utc>) {
        let (minute, day) = (start_of(now, Duration::minutes(1)), start_of(now, Duration::days(1)));
        if *self.minute_at != minute {
            (self.minute_at, self.minute_sent) = (minute.into(), 0);
        }
        if *self.day_at != day {
            (self.day_at, self.day_sent) = (day.into(), 0);
        }
    }

    fn as_json(&self) -> Value {
        json!({
            "domain": self.domain,
            "minute_at": self.minute_at.timestamp_micros(),
            "minute_sent": self.minute_sent,
            "day_at": self.day_at.timestamp_micros(),
            "day_sent": self.day_sent,
            "planned_at": self.planned_at.timestamp_micros(),
            "planned": self.planned,
        })
    }
}

/// The rows of these domains, in the order of their names, kept as they are until the transaction ends.
fn locked(
    c: &mut Conn,
    names: impl Iterator<Item = String>,
    now: DateTime<Utc>,
) -> QueryResult<BTreeMap<String, Domain>> {
    let fresh: BTreeMap<String, Domain> = names.map(|name| (name.clone(), Domain::new(name, now))).collect();
    let rows = Doc(fresh.values().map(Domain::as_json).collect());
    let given = json_rows(c, "$1", &COLUMNS);
    // "where true" tells SQLite that what follows is no join.
    let insert = format!(
        "insert into mail_domains (domain, minute_at, minute_sent, day_at, day_sent, planned_at, planned) \
         select domain, minute_at, minute_sent, day_at, day_sent, planned_at, planned from {given} as given \
         where true order by domain on conflict (domain) do nothing"
    );
    diesel::sql_query(insert).bind::<JsonDoc, _>(&rows).execute(c)?;
    let given = json_rows(c, "$1", &COLUMNS[..1]);
    let select = format!(
        "select * from mail_domains where domain in (select domain from {given} as given) order by domain{}",
        lock_row(c)
    );
    let rows: Vec<Domain> = diesel::sql_query(select).bind::<JsonDoc, _>(&rows).load(c)?;
    Ok(rows.into_iter().map(|row| (row.domain.clone(), row)).collect())
}

fn store<'a>(c: &mut Conn, domains: impl Iterator<Item = &'a Domain>) -> QueryResult<usize> {
    let rows = Doc(domains.map(Domain::as_json).collect());
    let given = json_rows(c, "$1", &COLUMNS);
    let update = format!(
        "update mail_domains set minute_at = given.minute_at, minute_sent = given.minute_sent, day_at = given.day_at, \
         day_sent = given.day_sent, planned_at = given.planned_at, planned = given.planned \
         from {given} as given where mail_domains.domain = given.domain"
    );
    diesel::sql_query(update).bind::<JsonDoc, _>(&rows).execute(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}Z").parse().unwrap()
    }

    const LIMITS: Limits = Limits { per_minute: 20, per_day: 0 };

    /// Until when each of so many digests waits.
    fn digests(domain: &mut Domain, limits: Limits, n: usize, now: DateTime<Utc>) -> Vec<Option<DateTime<Utc>>> {
        (0..n).map(|_| domain.admit(limits, BULK, now)).collect()
    }

    #[test]
    fn what_is_beyond_gets_a_minute_of_its_own() {
        let mut domain = Domain::new("example.com".into(), at("10:00:30"));
        let waits = digests(&mut domain, LIMITS, 54, at("10:00:30"));
        assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 18);
        assert!(waits[18..36].iter().all(|wait| *wait == Some(at("10:01:00"))));
        assert!(waits[36..].iter().all(|wait| *wait == Some(at("10:02:00"))));
        assert!(digests(&mut domain, LIMITS, 18, at("10:01:00")).iter().all(Option::is_none), "each has its place");
    }

    #[test]
    fn a_letter_passes_mass_mail_and_a_password_passes_all() {
        let mut domain = Domain::new("example.com".into(), at("10:00:00"));
        digests(&mut domain, LIMITS, 500, at("10:00:00"));
        assert_eq!(domain.admit(LIMITS, "received", at("10:00:01")), None);
        assert_eq!(domain.admit(LIMITS, "received", at("10:00:01")), None);
        assert!(domain.admit(LIMITS, "received", at("10:00:01")).is_some());
        assert_eq!(domain.admit(LIMITS, "password", at("10:00:01")), None);
    }

    #[test]
    fn a_full_day_waits_for_the_next() {
        let limits = Limits { per_minute: 0, per_day: 10 };
        let mut domain = Domain::new("example.com".into(), at("23:59:00"));
        let waits = digests(&mut domain, limits, 20, at("23:59:00"));
        assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 9);
        assert!(waits[9..].iter().all(|wait| *wait == Some(at("00:00:00") + Duration::days(1))));
    }

    #[test]
    fn no_limit_is_no_limit() {
        let mut domain = Domain::new("example.com".into(), at("10:00:00"));
        assert!(digests(&mut domain, Limits::NONE, 5000, at("10:00:00")).iter().all(Option::is_none));
        assert_eq!(domain.day_sent, 5000);
    }
}
