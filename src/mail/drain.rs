//! Empties the outbox: claims what is due, sends outside any transaction, several at a time, and finishes each mail as
//! soon as its try has ended. May run beside itself, in one process or many: leases keep them apart.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::Mailer;
use super::outbox::{self, Claimed, MOST_ATTEMPTS, Mail, Owner};
use super::thread::Thread;
use super::transport::Outcome;
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Result;

/// Conversations at a time.
const LANES: usize = 8;
/// Claimed at a time: few, so that a process that dies leaves little waiting for its leases to run out.
const BATCH: usize = 2 * LANES;
/// How often the end of a try is written down before we give up on the database.
const FINISH_TRIES: u32 = 5;

/// Called in the transaction that ends a mail's journey: it was sent, refused, suppressed or has failed for good.
pub type OnFinished = Arc<dyn Fn(&mut Conn, &Mail, &Outcome, DateTime<Utc>) -> Result<()> + Send + Sync>;

/// What draining needs.
pub struct Drain<'a> {
    pub db: &'a Db,
    pub mailer: &'a Mailer,
    pub clock: &'a Clock,
    pub owner: &'a Owner,
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
        let mut drained = Drained::default();
        let mut claimed = VecDeque::new();
        let mut left = most;
        let mut lanes = FuturesUnordered::new();
        loop {
            // Until the server is known to talk to us one mail goes ahead alone: a wrong password is tried once.
            let width = if self.mailer.sender.proven() { LANES } else { 1 };
            while lanes.len() < width && self.mailer.stopped(self.clock.now()).is_none() {
                if claimed.is_empty() && left > 0 {
                    claimed.extend(self.claim(BATCH.min(left), &mut drained).await?);
                    left = if claimed.is_empty() { 0 } else { left.saturating_sub(claimed.len()) };
                }
                let Some((mail, thread)) = claimed.pop_front() else { break };
                lanes.push(self.deliver(mail, thread));
            }
            match lanes.next().await {
                Some(ended) => {
                    let (outcome, over) = ended?;
                    drained.count(&outcome, over);
                }
                None => break,
            }
        }
        drained.waiting += claimed.len();
        self.put_back(claimed.into_iter().map(|(mail, _)| mail).collect()).await?;
        Ok(drained)
    }

    async fn claim(&self, most: usize, drained: &mut Drained) -> Result<Vec<(Mail, Thread)>> {
        let (owner, now, on_finished) = (self.owner.clone(), self.clock.now(), self.on_finished.clone());
        let Claimed { mails, suppressed } = self
            .db
            .write(move |c| {
                let claimed = outbox::claim(c, &owner, now, most)?;
                for (mail, outcome) in &claimed.suppressed {
                    tell(c, &on_finished, mail, outcome, now);
                }
                Ok(claimed)
            })
            .await?;
        drained.suppressed += suppressed.len();
        if mails.is_empty() && !suppressed.is_empty() {
            // All of this batch were unwanted; there may be more behind them.
            return Box::pin(self.claim(most, drained)).await;
        }
        Ok(mails)
    }

    async fn deliver(&self, mail: Mail, thread: Thread) -> Result<(Outcome, bool)> {
        let outcome = self.attempt(&mail, &thread).await;
        self.mailer.sender.learn(&outcome, self.clock.now());
        let over = self.finish(mail, &outcome).await?;
        Ok((outcome, over))
    }

    async fn attempt(&self, mail: &Mail, thread: &Thread) -> Outcome {
        if mail.attempts > MOST_ATTEMPTS {
            // Only a mail that takes the process with it gets here.
            return Outcome::Failed("given up: every try ended without an answer".into());
        }
        match self.mailer.prepare(mail, thread, self.clock.now()) {
            Ok(bytes) => self.mailer.send(mail, thread, bytes).await,
            Err(why) => Outcome::Unrenderable(why),
        }
    }

    /// Writes down how a try ended; insists, because a mail that was sent and not marked would be sent twice.
    async fn finish(&self, mail: Mail, outcome: &Outcome) -> Result<bool> {
        let mut tries = 1;
        loop {
            let (mail, owner, outcome, now) = (mail.clone(), self.owner.clone(), outcome.clone(), self.clock.now());
            let (jitter, on_finished) = (rand::random::<f64>(), self.on_finished.clone());
            let written = self.db.write(move |c| {
                let over = outbox::finish(c, &mail, &owner, &outcome, now, jitter)?;
                if over {
                    tell(c, &on_finished, &mail, &outcome, now);
                }
                Ok(over)
            });
            match written.await {
                Err(e) if tries < FINISH_TRIES => {
                    tracing::warn!(error = %e, "the end of a try could not be written, trying again");
                    tokio::time::sleep(Duration::from_millis(200) * tries).await;
                    tries += 1;
                }
                written => return written,
            }
        }
    }

    async fn put_back(&self, mails: Vec<Mail>) -> Result<()> {
        if mails.is_empty() {
            return Ok(());
        }
        let owner = self.owner.clone();
        self.db
            .write(move |c| {
                mails.iter().try_for_each(|mail| outbox::put_back(c, mail, &owner))?;
                Ok(())
            })
            .await
    }
}

/// In a savepoint of its own: an error there must not undo that the mail was sent.
fn tell(c: &mut Conn, on_finished: &OnFinished, mail: &Mail, outcome: &Outcome, now: DateTime<Utc>) {
    use diesel::Connection;
    if let Err(e) = c.transaction(|c| on_finished(c, mail, outcome, now)) {
        tracing::error!(mail = mail.id, error = %e, "what depends on this mail was not recorded");
    }
}
