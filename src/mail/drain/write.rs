//! Writing down how tries ended, many in one transaction. It insists: a mail that was sent and not marked would be sent
//! twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::Connection;

use super::{Drain, OnFinished};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::mail::outbox::{Back, Mail, write_back};
use crate::mail::sender;
use crate::mail::transport::Outcome;
use crate::mail::undeliverable::{self, Kind};

/// How often a batch is tried before each of its mails is tried alone, and how often that.
const TRIES: u32 = 10;
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A mail that we need not hold any longer.
pub enum Done {
    Tried(Mail, Outcome),
    Untried(Mail),
}

impl Done {
    fn mail(&self) -> &Mail {
        match self {
            Done::Tried(mail, _) | Done::Untried(mail) => mail,
        }
    }
}

impl Drain<'_> {
    /// Writes all of these; says of each whether its journey is over.
    pub(super) async fn write(&self, done: Vec<Done>) -> Result<Vec<(Done, bool)>> {
        let done = Arc::new(done);
        let mut over = match self.insist(&done).await {
            Ok(over) => over,
            // One that cannot be written must not keep the others from being.
            Err(_) if done.len() > 1 => self.write_each(&done).await?,
            Err(e) => return Err(e),
        };
        let done = Arc::try_unwrap(done).map_err(|_| Error::internal("a write still holds its mails"))?;
        Ok(done
            .into_iter()
            .map(|done| (over.remove(&done.mail().id).unwrap_or(false), done))
            .map(|(o, d)| (d, o))
            .collect())
    }

    async fn write_each(&self, done: &Arc<Vec<Done>>) -> Result<BTreeMap<i64, bool>> {
        let mut over = BTreeMap::new();
        let mut failed = None;
        for n in 0..done.len() {
            match self.once(done, n..n + 1).await {
                Ok(one) => over.extend(one),
                Err(e) => failed = Some(e),
            }
        }
        failed.map_or(Ok(over), Err)
    }

    async fn insist(&self, done: &Arc<Vec<Done>>) -> Result<BTreeMap<i64, bool>> {
        let mut wait = FIRST_WAIT;
        for _ in 1..TRIES {
            match self.once(done, 0..done.len()).await {
                Ok(over) => return Ok(over),
                Err(e) => tracing::warn!(error = %e, mails = done.len(), "the end of tries could not be written"),
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
        self.once(done, 0..done.len()).await
    }

    async fn once(&self, done: &Arc<Vec<Done>>, range: std::ops::Range<usize>) -> Result<BTreeMap<i64, bool>> {
        let (done, owner, now) = (Arc::clone(done), self.owner.clone(), self.clock.now());
        let (news, on_finished) = (self.mailer.sender.news(), self.on_finished.clone());
        let again = news.clone();
        let written = self.db.write(move |c| {
            let done = &done[range];
            let rows: Vec<Back> = done
                .iter()
                .map(|done| match done {
                    Done::Tried(mail, outcome) => Back::after(mail, outcome, &owner, now, rand::random()),
                    Done::Untried(mail) => Back::untried(mail, *mail.next_at),
                })
                .collect();
            let ours = write_back(c, &owner, &rows)?;
            let ended = done.iter().zip(&rows).filter(|(done, _)| ours.contains(&done.mail().id));
            let over: BTreeMap<i64, bool> = ended.map(|(done, row)| (done.mail().id, row.is_over())).collect();
            note_bounces(c, done, &over, now)?;
            let finished: Vec<(&Mail, &Outcome)> = done.iter().filter_map(|done| finished(done, &over)).collect();
            tell(c, &on_finished, &finished, now)?;
            if let Some(stopped) = &news {
                sender::write(c, stopped.as_ref())?;
            }
            Ok(over)
        });
        written.await.inspect_err(|_| {
            if again.is_some() {
                self.mailer.sender.remember_news();
            }
        })
    }
}

fn finished<'a>(done: &'a Done, over: &BTreeMap<i64, bool>) -> Option<(&'a Mail, &'a Outcome)> {
    match done {
        Done::Tried(mail, outcome) if over.get(&mail.id) == Some(&true) => Some((mail, outcome)),
        _ => None,
    }
}

/// Counts what says something about an address; in the order of the addresses, so that nodes cannot wait for each other.
fn note_bounces(c: &mut Conn, done: &[Done], over: &BTreeMap<i64, bool>, now: DateTime<Utc>) -> Result<()> {
    let mut bounces = BTreeMap::new();
    for done in done {
        if let Done::Tried(mail, outcome) = done
            && over.get(&mail.id) == Some(&true)
            && let Some(kind) = bounce(outcome)
        {
            bounces.insert(undeliverable::normal(&mail.address), (kind, outcome.said()));
        }
    }
    for (address, (kind, said)) in bounces {
        undeliverable::note(c, &address, kind, said, now)?;
    }
    Ok(())
}

/// A full mailbox, or a server that would not take it for days, says less than "nobody is here".
fn bounce(outcome: &Outcome) -> Option<Kind> {
    match outcome {
        Outcome::Refused(_) => Some(Kind::Hard),
        Outcome::Failed(said) if said.split_whitespace().nth(1) == Some("5.2.2") => Some(Kind::Soft),
        Outcome::Retry(_) => Some(Kind::Soft),
        _ => None,
    }
}

/// In savepoints: an error there must not undo that the mails were sent, nor one mail's what hangs on the others.
pub fn tell(c: &mut Conn, on_finished: &OnFinished, ended: &[(&Mail, &Outcome)], now: DateTime<Utc>) -> Result<()> {
    let all = |c: &mut Conn| ended.iter().try_for_each(|(mail, outcome)| on_finished(c, mail, outcome, now));
    if ended.is_empty() || c.transaction(all).is_ok() {
        return Ok(());
    }
    for (mail, outcome) in ended {
        if let Err(e) = c.transaction(|c| on_finished(c, mail, outcome, now)) {
            tracing::error!(mail = mail.id, error = %e, "what depends on this mail was not recorded");
        }
    }
    Ok(())
}
