//! Moments inside the server, found from outside: a trigger in the database keeps a transaction open long enough to be
//! seen, and rows that have just changed are seen by asking all the time. Nothing in the product knows of this.

use crate::Result;
use crate::evidence::count;
use crate::place::Place;
use diesel::connection::SimpleConnection;
use heard::db::Conn;
use heard::db::inspect::Attached;
use std::time::{Duration, Instant};

/// SQLite knows no sleep: it counts for about as long.
const SLOW_SQLITE: &str = "select count(*) from (with recursive n(i) as \
                           (select 1 union all select i + 1 from n where i < 1500000) select i from n)";
const SLOW_POSTGRES: &str = "create or replace function torture_slow() returns trigger language plpgsql as \
                             $$ begin perform pg_sleep(0.5); return null; end $$";
/// The background work writes too, but not for so long.
const HELD: Duration = Duration::from_millis(80);

/// What makes a transaction slow.
#[derive(Clone, Copy)]
pub enum Slow {
    /// A mail is queued.
    Queue,
    /// A mail is marked as sent.
    Sent,
}

pub struct Trap {
    c: Attached,
    /// Does not wait for a lock: being refused is the answer.
    probe: Attached,
}

impl Trap {
    pub fn build(place: &Place) -> Result<Trap> {
        let (c, mut probe) = (place.attach()?, place.attach()?);
        if matches!(probe.conn, Conn::Sqlite(_)) {
            probe.conn.batch_execute("pragma busy_timeout = 0")?;
        }
        Ok(Trap { c, probe })
    }

    pub fn set(&mut self, slow: Slow) -> Result<()> {
        let (event, when) = match slow {
            Slow::Queue => ("insert", ""),
            Slow::Sent => ("update of status", "when (new.status = 'sent')"),
        };
        let body = match self.c.conn {
            Conn::Sqlite(_) => format!("begin {SLOW_SQLITE}; end"),
            Conn::Pg(_) => "execute function torture_slow()".to_owned(),
        };
        if matches!(self.c.conn, Conn::Pg(_)) {
            self.c.conn.batch_execute(SLOW_POSTGRES)?;
        }
        let trigger = format!("create trigger torture after {event} on outbox for each row {when} {body}");
        Ok(self.c.conn.batch_execute(&trigger)?)
    }

    pub fn remove(&mut self) -> Result<()> {
        let table = if matches!(self.c.conn, Conn::Pg(_)) { "on outbox" } else { "" };
        Ok(self.c.conn.batch_execute(&format!("drop trigger torture {table}"))?)
    }

    /// Waits until a transaction hangs in the trigger; false if none does for so long.
    pub fn hangs(&mut self, most: Duration) -> Result<bool> {
        let (began, mut since) = (Instant::now(), None);
        while began.elapsed() < most {
            if !self.is_held()? {
                since = None;
            } else if since.get_or_insert_with(Instant::now).elapsed() > HELD {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(false)
    }

    /// Whether somebody writes in SQLite, or sleeps in PostgreSQL.
    fn is_held(&mut self) -> Result<bool> {
        let asleep = "select count(*) as n from pg_stat_activity \
                      where wait_event = 'PgSleep' and datname = current_database()";
        match &mut self.probe.conn {
            Conn::Sqlite(c) => Ok(c.batch_execute("begin immediate; rollback").is_err()),
            c @ Conn::Pg(_) => Ok(count(c, asleep)? > 0),
        }
    }

    /// Waits until the mail to this address is in this state; false if it is not for so long.
    pub fn sees(&mut self, address: &str, state: &str, most: Duration) -> Result<bool> {
        let began = Instant::now();
        while !self.is(address, state)? {
            if began.elapsed() > most {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_micros(100));
        }
        Ok(true)
    }

    /// Whether the mail to this address is in this state.
    pub fn is(&mut self, address: &str, state: &str) -> Result<bool> {
        let query = format!("select count(*) as n from outbox where address = '{address}' and status = '{state}'");
        Ok(count(&mut self.c.conn, &query)? > 0)
    }
}
