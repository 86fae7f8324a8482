//! Empties the outbox: claims what is due, renders it on all cores, sends outside any transaction, several at a time,
//! and writes down what became of each. May run beside itself, in one process or many: leases keep them apart.
//!
//! What ended while the last transaction was being committed is written in the next one, all together. A process that
//! dies can therefore have sent again only what was between the final dot and that commit: at most [`UNWRITTEN`] mails,
//! each with the same Message-ID. No lane takes another mail while so many are unwritten.

mod run;
mod write;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::outbox::{MOST_ATTEMPTS, Mail, Owner};
use super::thread::Thread;
use super::transport::Outcome;
use super::{Mailer, sender};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Result;
use run::Run;

/// Conversations at a time.
const LANES: usize = 8;
/// The most mails that may be on their way to the server or gone and not yet written down.
pub const UNWRITTEN: usize = 64;
/// Claimed at a time when the server takes them as fast; few while it is slow, because what is claimed waits.
const MOST_CLAIMED: usize = 512;
/// A mail that has waited longer, to be rendered or for a lane, goes back: its reader may have opted out meanwhile.
const FRESH: Duration = Duration::from_secs(2);

/// Called in the transaction that ends a mail's journey: it was sent, refused, suppressed or has failed for good.
pub type OnFinished = Arc<dyn Fn(&mut Conn, &Mail, &Outcome, DateTime<Utc>) -> Result<()> + Send + Sync>;

/// What draining needs.
pub struct Drain<'a> {
    pub db: &'a Db,
    pub mailer: &'a Arc<Mailer>,
    pub clock: &'a Clock,
    pub owner: &'a Owner,
    /// Asked often; true lets the tries under way end and starts no more.
    pub stopping: &'a dyn Fn() -> bool,
    pub on_finished: OnFinished,
}

/// What a drain did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    pub sent: usize,
    /// Will be tried again.
    pub waiting: usize,
    pub refused: usize,
    pub suppressed: usize,
    pub failed: usize,
}

impl Drained {
    fn count(&mut self, outcome: &Outcome, over: bool) {
        match outcome {
            _ if !over => self.waiting += 1,
            Outcome::Sent(_) => self.sent += 1,
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Suppressed(_) => self.suppressed += 1,
            _ => self.failed += 1,
        }
    }
}

impl Drain<'_> {
    /// Sends what is due, at most so many, and returns when all of it has ended.
    pub async fn run(&self, most: usize) -> Result<Drained> {
        let written = self.db.look_up(|c| Ok(sender::written(c)?)).await?;
        self.mailer.sender.heed(written);
        Run::new(self, most).complete().await
    }

    /// Whether no mail may be started now.
    fn halted(&self) -> bool {
        self.mailer.stopped(self.clock.now()).is_some() || (self.stopping)()
    }
}

/// A claimed mail with its bytes, or why there are none.
struct Prepared {
    /// When it was ready: how long that took is not held against it, or a slow one would never leave.
    since: Instant,
    mail: Mail,
    thread: Thread,
    bytes: std::result::Result<Vec<u8>, String>,
}

fn prepare(mailer: &Mailer, (mail, thread): (Mail, Thread), now: DateTime<Utc>) -> Prepared {
    let bytes = mailer.prepare(&mail, &thread, now);
    Prepared { since: Instant::now(), mail, thread, bytes }
}

async fn attempt(mailer: &Mailer, prepared: &mut Prepared) -> Outcome {
    let Prepared { mail, thread, bytes, .. } = prepared;
    if mail.attempts > MOST_ATTEMPTS {
        // Only a mail that takes the process with it gets here.
        return Outcome::Failed("given up: every try ended without an answer".into());
    }
    match std::mem::replace(bytes, Ok(Vec::new())) {
        Ok(bytes) => mailer.send(mail, thread, bytes).await,
        Err(why) => Outcome::Unrenderable(why),
    }
}
