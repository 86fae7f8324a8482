//! The one writer of a SQLite file: takes what has queued up, runs each job in its own savepoint, commits once.

use super::search::later;
use super::{Conn, Presence};
use crate::error::{Error, Result};
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use tokio::sync::oneshot;

/// More jobs in one commit gained nothing when measured.
const GROUP: usize = 256;
/// A longer queue would only mean answers that come too late: say "try again" instead.
const QUEUE: usize = 4096;

/// Tells the waiting task how its job ended, once the commit's own fate is known.
type Answer = Box<dyn FnOnce(std::result::Result<(), String>) + Send>;
type Job = Box<dyn FnOnce(&mut Conn) -> Answer + Send>;

pub struct Writer(SyncSender<Job>);

impl Writer {
    /// The thread keeps the lock for as long as its connection is open, which may be a moment longer than the `Db`.
    pub fn start(conn: Conn, presence: Option<Arc<Presence>>) -> Result<Writer> {
        let (jobs, queue) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || {
                serve(conn, &queue);
                drop(presence);
            })
            .map_err(Error::internal)?;
        Ok(Writer(jobs))
    }

    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<T>>();
        let job: Job = Box::new(move |c| {
            let collected = later::len();
            let done = c.transaction(|c| {
                catch_unwind(AssertUnwindSafe(|| work(c)))
                    .unwrap_or_else(|_| Err(Error::internal("a write job panicked")))
            });
            if done.is_err() {
                later::back_to(collected);
            }
            Box::new(move |commit| {
                let done = done.and_then(|value| commit.map(|()| value).map_err(Error::Unavailable));
                if answer.send(done).is_err() {
                    tracing::debug!("the client left before its write was answered");
                }
            })
        });
        self.0.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Error::Unavailable("too many writes are waiting".into()),
            TrySendError::Disconnected(_) => Error::internal("the writer has stopped"),
        })?;
        answered.await.map_err(|_| Error::internal("the writer stopped before it answered"))?
    }
}

fn serve(mut c: Conn, queue: &Receiver<Job>) {
    later::collect();
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(GROUP - 1));
        commit_group(&mut c, group);
    }
}

fn commit_group(c: &mut Conn, group: Vec<Job>) {
    let answers: Vec<Answer>;
    let committed = match begin(c) {
        Ok(()) => {
            answers = group.into_iter().map(|job| job(c)).collect();
            later::write(c).and_then(|()| commit(c)).inspect_err(|_| undo(c))
        }
        Err(e) => {
            // Not begun: the jobs never ran. Dropping them drops their answer channels, which the callers see as an error.
            tracing::error!(error = %e, "could not begin a write");
            return;
        }
    };
    let outcome = committed.map_err(|e| {
        tracing::error!(error = %e, "a group of writes could not be committed");
        e.to_string()
    });
    for answer in answers {
        answer(outcome.clone());
    }
}

// A deferred BEGIN that upgrades to a write fails at once whatever the busy timeout; IMMEDIATE waits its turn.
fn begin(c: &mut Conn) -> diesel::QueryResult<()> {
    match c {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

fn commit(c: &mut Conn) -> diesel::QueryResult<()> {
    match c {
        Conn::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
        Conn::Pg(c) => AnsiTransactionManager::commit_transaction(c),
    }
}

fn undo(c: &mut Conn) {
    let undone = match c {
        Conn::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
        Conn::Pg(c) => AnsiTransactionManager::rollback_transaction(c),
    };
    if let Err(e) = undone {
        tracing::debug!(error = %e, "nothing was left to roll back");
    }
}
