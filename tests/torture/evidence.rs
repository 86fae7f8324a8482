//! What the database says when everything has come to rest.

use crate::Result;
use crate::place::Place;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use heard::db::{Conn, inspect};
use std::time::{Duration, Instant};

/// What must not be there, because its halves commit together; each query counts.
const HALVES: [(&str, &str); 8] = [
    ("feedback without a case", "from feedback f where not exists (select 1 from cases c where c.id = f.id)"),
    ("cases without feedback", "from cases c where not exists (select 1 from feedback f where f.id = c.id)"),
    (
        "feedback without a line in the journal",
        "from feedback f where not exists (select 1 from journal j where j.subject_id = f.id and j.event = 'received')",
    ),
    (
        "lines in the journal without feedback",
        "from journal j where j.event = 'received' and not exists (select 1 from feedback f where f.id = j.subject_id)",
    ),
    (
        "feedback without its mail",
        "from feedback f join people p on p.id = f.person_id where p.email is not null and not exists \
         (select 1 from outbox o where o.case_id = f.id and o.template = 'received')",
    ),
    (
        "mails without their feedback",
        "from outbox o where o.template = 'received' and not exists (select 1 from feedback f where f.id = o.case_id)",
    ),
    ("mails read without a case", "from inbound_mails i where i.status = 'done' and i.case_id is null"),
    (
        "cases by mail without the mail",
        "from feedback f where f.channel = 'email' and not exists (select 1 from inbound_mails i where i.case_id = f.id)",
    ),
];

const MAILS_UNDER_WAY: &str = "select count(*) as n from outbox where status not in ('sent', 'suppressed', 'failed')";
/// Of a mail that was being read when its server died another reader keeps off for a minute.
const UNREAD: &str = "select count(*) as n from inbound_mails where status = 'new'";
const UNREAD_AND_FREE: &str = "select count(*) as n from inbound_mails where status = 'new' and attempts = 0";

/// What is waited for before the judge looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Everything.
    Full,
    /// Everything but incoming mails whose reader was killed.
    Short,
}

/// Where nothing has moved for so long nothing will: a lease of a mail that came in runs out sooner.
const PATIENCE: Duration = Duration::from_secs(150);

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(Clone, QueryableByName)]
pub struct Said {
    #[diesel(sql_type = Text)]
    pub reference: String,
    /// How its text begins.
    #[diesel(sql_type = Text)]
    pub start: String,
}

#[derive(Clone, QueryableByName)]
pub struct Queued {
    /// The part of the Message-ID before the @.
    #[diesel(sql_type = Text)]
    pub id: String,
    #[diesel(sql_type = Text)]
    pub address: String,
    #[diesel(sql_type = Text)]
    pub status: String,
}

pub struct Evidence {
    pub feedback: Vec<Said>,
    /// Keys of the mails that came in.
    pub inbound: Vec<String>,
    pub unread: i64,
    pub mails: Vec<Queued>,
    /// What is half there, in words.
    pub halves: Vec<String>,
    pub half_written: i64,
    pub damage: Vec<String>,
}

pub fn gather(place: &Place) -> Result<Evidence> {
    let c = &mut place.attach()?.conn;
    let (mut halves, mut half_written) = (Vec::new(), 0);
    for (what, from) in HALVES {
        let n = count(c, &format!("select count(*) as n {from}"))?;
        half_written += n;
        if n > 0 {
            halves.push(format!("{what}: {n}"));
        }
    }
    Ok(Evidence {
        feedback: diesel::sql_query("select reference, substr(text, 1, 40) as start from feedback").load(c)?,
        inbound: diesel::sql_query("select cast(id as text) as reference, '' as start from inbound_mails")
            .load::<Said>(c)?
            .into_iter()
            .map(|mail| mail.reference)
            .collect(),
        unread: count(c, UNREAD)?,
        mails: diesel::sql_query("select message_id as id, address, status from outbox").load(c)?,
        halves,
        half_written,
        damage: damage(c)?,
    })
}

/// Waits until every mail is out or given up, and every mail that came in is read.
pub fn settle(place: &Place, rest: Rest) -> Result<()> {
    let (c, mut least, mut moved) = (&mut place.attach()?.conn, i64::MAX, Instant::now());
    let unread = if rest == Rest::Full { UNREAD } else { UNREAD_AND_FREE };
    loop {
        let left = count(c, MAILS_UNDER_WAY)? + count(c, unread)?;
        if left < least {
            (least, moved) = (left, Instant::now());
        }
        if left == 0 || moved.elapsed() > PATIENCE {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

pub fn count(c: &mut Conn, query: &str) -> Result<i64> {
    Ok(diesel::sql_query(query).get_result::<Number>(c)?.n)
}

fn damage(c: &mut Conn) -> Result<Vec<String>> {
    let mut found = inspect::damage(c)?;
    if let Conn::Sqlite(_) = c {
        let broken = "select count(*) as n from pragma_integrity_check where integrity_check <> 'ok'";
        let n = count(c, broken)?;
        if n > 0 {
            found.push(format!("integrity_check: {n} errors"));
        }
    }
    Ok(found)
}
