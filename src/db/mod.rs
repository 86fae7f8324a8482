//! Which database it is, only this module knows: SQLite in one file, or PostgreSQL shared by many nodes.
//!
//! Reads take a pooled connection on a blocking thread. Writes on SQLite go to one writer thread that commits what has
//! queued up as a group, each job in a savepoint of its own, and answers after the one commit: that keeps
//! `synchronous=FULL` fast under load. Writes on PostgreSQL are a transaction on a pooled connection.

pub mod backup;
pub mod conn;
pub mod dialect;
pub mod inspect;
pub mod migrate;
mod outage;
mod presence;
pub mod schema;
pub mod search;
pub mod types;
mod writer;

pub use conn::{Conn, Location};
pub use migrate::{down, up};
pub use outage::Outage;
pub use presence::Presence;

use crate::config;
use crate::error::{Error, Result};
use conn::{Manager, POOL_WAIT, Use};
use diesel::Connection;
use diesel::r2d2::{Pool, PooledConnection};
use outage::Weather;
use std::sync::Arc;
use writer::Writer;

/// Bytes that a disk which was full must have again.
const ROOM: u64 = 8_000_000;

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    location: Location,
    pool: Pool<Manager>,
    /// Only on SQLite.
    writer: Option<Writer>,
    weather: Weather,
    /// Only on SQLite; on PostgreSQL each connection holds its own. Last, so that it outlives the connections.
    _presence: Option<Arc<Presence>>,
}

impl Db {
    /// Opens the database and brings its schema up to date.
    pub fn open(settings: &config::Database) -> Result<Db> {
        let (location, presence, _) = prepare(settings)?;
        let intent = match location {
            Location::Sqlite(_) => Use::Read,
            Location::Postgres(_) => Use::Write,
        };
        let pool = Pool::builder()
            .max_size(settings.connections)
            .min_idle(Some(1))
            .connection_timeout(POOL_WAIT)
            // A file does not hang up; a server may have.
            .test_on_check_out(intent == Use::Write)
            .build(Manager { location: location.clone(), intent })
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        let writer = match &location {
            Location::Sqlite(_) => Some(Writer::start(location.clone(), presence.clone())?),
            Location::Postgres(_) => None,
        };
        Ok(Db(Arc::new(Inner { location, pool, writer, weather: Weather::default(), _presence: presence })))
    }

    /// Where the data lives.
    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// What keeps the database from working, as far as this process has met it.
    pub fn outage(&self) -> Option<Outage> {
        self.0.weather.now()
    }

    /// Runs queries that change nothing.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        let done = blocking(move || work(&mut *db.connection()?)).await;
        self.learn(done, false)
    }

    /// Runs a handful of queries that indexes answer. On SQLite that takes microseconds, less than handing them to
    /// another thread would; when every connection is busy they wait their turn like any other read.
    pub async fn look_up<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        if self.0.writer.is_some()
            && let Some(mut pooled) = self.0.pool.try_get()
        {
            return self.learn(work(&mut pooled), false);
        }
        self.read(work).await
    }

    /// Runs one transaction; answers after it is committed and on disk, or not at all changed.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        if let Some(writer) = &self.0.writer {
            return self.learn(writer.run(work).await, true);
        }
        let db = self.clone();
        let done = blocking(move || {
            let mut pooled = db.connection()?;
            let c: &mut Conn = &mut pooled;
            c.transaction(work)
        });
        self.learn(done.await, true)
    }

    fn connection(&self) -> Result<PooledConnection<Manager>> {
        self.0.pool.get().map_err(|e| {
            // Why there is none is logged by the pool.
            tracing::debug!(error = %e, "no connection");
            match self.0.pool.state().connections {
                0 => Error::Outage(Outage::Gone),
                _ => Error::Unavailable("every connection to the database is in use".into()),
            }
        })
    }

    /// Whether there is room for what people send; a database server has to know by itself.
    fn has_room(&self) -> bool {
        match &self.0.location {
            Location::Sqlite(file) => inspect::free(file).is_none_or(|free| free >= ROOM),
            Location::Postgres(_) => true,
        }
    }

    fn learn<T>(&self, done: Result<T>, wrote: bool) -> Result<T> {
        match &done {
            // On a full disk a small write may still find a place that was left.
            Ok(_) if wrote && self.outage() == Some(Outage::Full) && !self.has_room() => {}
            Ok(_) => self.0.weather.learn(None, wrote),
            Err(e) => {
                if let Some(outage) = e.outage() {
                    self.0.weather.learn(Some(outage), wrote);
                }
            }
        }
        done
    }
}

/// Brings the schema up to date, making the database if need be; returns the names of the steps taken.
pub fn bring_up_to_date(settings: &config::Database) -> Result<Vec<String>> {
    prepare(settings).map(|(_, _, steps)| steps)
}

fn prepare(settings: &config::Database) -> Result<(Location, Option<Arc<Presence>>, Vec<String>)> {
    let location = Location::parse(&settings.url)?;
    let presence = match &location {
        Location::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(|e| Error::internal(format!("{}: {e}", folder.display())))?;
            }
            Some(Arc::new(Presence::shared(path)?))
        }
        Location::Postgres(_) => None,
    };
    let steps = migrate::up(&mut Conn::open(&location, Use::Write)?)?;
    Ok((location, presence, steps))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(format!("database work stopped: {e}")))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::is_taken;
    use diesel::prelude::*;
    use schema::settings::dsl;

    fn temporary(name: &str) -> Db {
        let file = std::env::temp_dir().join(format!("heard-{name}-{}.db", crate::id::secret()));
        Db::open(&config::Database { url: format!("sqlite://{}", file.display()), connections: 2 }).expect("opens")
    }

    fn put(c: &mut Conn, key: &str) -> QueryResult<usize> {
        diesel::insert_into(dsl::settings).values((dsl::key.eq(key.to_owned()), dsl::value.eq("1"))).execute(c)
    }

    #[tokio::test]
    async fn a_failing_job_takes_nobody_with_it() {
        let db = temporary("writer");
        let jobs = (0..100).map(|n| {
            let db = db.clone();
            async move {
                db.write(move |c| {
                    put(c, &format!("k{}", n % 90))?;
                    if n == 50 { Err(Error::NotFound) } else { Ok(n) }
                })
                .await
            }
        });
        let answers = futures_util::future::join_all(jobs).await;
        let taken = answers.iter().filter(|a| matches!(a, Err(Error::Db(e)) if is_taken(e))).count();
        assert_eq!(taken, 10);
        assert!(matches!(answers[50], Err(Error::NotFound)));
        let rows: i64 = db.read(|c| Ok(dsl::settings.count().get_result(c)?)).await.expect("counts");
        assert_eq!(rows, 89);
    }

    #[tokio::test]
    async fn a_panic_in_one_job_leaves_the_writer_alive() {
        let db = temporary("panic");
        let panicked = db
            .write(|c| -> Result<()> {
                put(c, "before").map(|_| ())?;
                panic!("a bug")
            })
            .await;
        assert!(matches!(panicked, Err(Error::Internal(_))));
        db.write(|c| Ok(put(c, "after")?)).await.expect("the writer still writes");
        let rows: i64 = db.read(|c| Ok(dsl::settings.count().get_result(c)?)).await.expect("counts");
        assert_eq!(rows, 1);
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let db = temporary("readers");
        assert!(db.read(|c| Ok(put(c, "x")?)).await.is_err());
    }
}
