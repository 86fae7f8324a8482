//! The one writer of a SQLite file: takes what has queued up, runs each job in its own savepoint, commits once.

use super::conn::Use;
use super::outage::Outage;
use super::search::later;
use super::{Conn, Location, Presence};
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

/// Why a group could not be committed.
#[derive(Clone, Debug)]
struct Failure {
    outage: Option<Outage>,
    said: String,
}

impl From<diesel::result::Error> for Failure {
    fn from(e: diesel::result::Error) -> Failure {
        Failure { outage: Outage::of(&e), said: e.to_string() }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        failure.outage.map_or(Error::Unavailable(failure.said), Error::Outage)
    }
}

type Fate = std::result::Result<(), Failure>;

/// What is left of a job that has run.
struct Ran {
    /// Tells the waiting task how its job ended, once the commit's own fate is known.
    answer: Box<dyn FnOnce(Fate) + Send>,
    /// The database gave up under it: SQLite may have undone the whole group.
    outage: Option<Outage>,
}

/// Runs on the connection, or hears why there is none.
type Job = Box<dyn FnOnce(std::result::Result<&mut Conn, Failure>) -> Ran + Send>;

pub struct Writer(SyncSender<Job>);

impl Writer {
    /// The thread keeps the lock for as long as its connection is open, which may be a moment longer than the `Db`.
    pub fn start(location: Location, presence: Option<Arc<Presence>>) -> Result<Writer> {
        let conn = Conn::open(&location, Use::Write)?;
        let (jobs, queue) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || {
                serve(conn, &location, &queue);
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
            let (done, outage) = match c {
                Ok(c) => attempt(c, work),
                Err(failure) => (Err(failure.into()), None),
            };
            let answer = Box::new(move |fate: Fate| {
                let done = done.and_then(|value| fate.map(|()| value).map_err(Error::from));
                if answer.send(done).is_err() {
                    tracing::debug!("the client left before its write was answered");
                }
            });
            Ran { answer, outage }
        });
        self.0.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Error::Unavailable("too many writes are waiting".into()),
            TrySendError::Disconnected(_) => Error::internal("the writer has stopped"),
        })?;
        answered.await.map_err(|_| Error::internal("the writer stopped before it answered"))?
    }
}

/// In a savepoint. What the work met is noted before the savepoint is undone, because after an outage that fails too
/// and would hide it.
fn attempt<T>(c: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> (Result<T>, Option<Outage>) {
    let (collected, mut outage) = (later::len(), None);
    let done = c.transaction(|c| {
        let done =
            catch_unwind(AssertUnwindSafe(|| work(c))).unwrap_or_else(|_| Err(Error::internal("a write job panicked")));
        outage = done.as_ref().err().and_then(Error::outage);
        done
    });
    outage = outage.or(done.as_ref().err().and_then(Error::outage));
    if done.is_err() {
        later::back_to(collected);
    }
    match outage {
        Some(met) => (done.map_err(|_| Error::Outage(met)), outage),
        None => (done, None),
    }
}

fn serve(mut c: Conn, location: &Location, queue: &Receiver<Job>) {
    later::collect();
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(GROUP - 1));
        commit_group(&mut c, group);
        if !is_sound(&mut c) {
            // The old one is of no more use whether or not there is a new one yet; the next group tries again.
            match Conn::open(location, Use::Write) {
                Ok(fresh) => c = fresh,
                Err(e) => tracing::error!(error = %e, "the writer has no connection"),
            }
        }
    }
}

fn commit_group(c: &mut Conn, group: Vec<Job>) {
    let mut fate = begin(c).map_err(Failure::from);
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        // After an outage a job would run outside the transaction that SQLite has ended.
        let ran = job(fate.clone().map(|()| &mut *c));
        answers.push(ran.answer);
        if let (Some(outage), true) = (ran.outage, fate.is_ok()) {
            fate = Err(Failure { outage: Some(outage), said: outage.to_string() });
        }
    }
    let fate = fate.and_then(|()| later::write(c).and_then(|()| commit(c)).map_err(Failure::from));
    if let Err(failure) = &fate {
        tracing::error!(error = failure.said, "a group of writes could not be committed");
        later::back_to(0);
        undo(c);
    }
    for answer in answers {
        answer(fate.clone());
    }
}

/// Whether the next group can begin: nothing is left open, and Diesel has not lost count.
fn is_sound(c: &mut Conn) -> bool {
    let Conn::Sqlite(c) = c else { return true };
    matches!(AnsiTransactionManager::transaction_manager_status_mut(c).transaction_depth(), Ok(None))
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
