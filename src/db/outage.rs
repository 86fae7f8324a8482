//! When the database cannot work at all: whoever asked is told to come back, and may be told why.

use diesel::result::{DatabaseErrorKind, Error};
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

/// Why the database cannot work. Nothing that was asked for has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// It does not answer, or hung up.
    Gone,
    /// There is no room on its disk.
    Full,
    /// It takes no changes.
    ReadOnly,
    /// Somebody else has held it for too long.
    Busy,
    /// Its disk fails, or its files are damaged.
    Broken,
}

impl Outage {
    const ALL: [Outage; 5] = [Outage::Gone, Outage::Full, Outage::ReadOnly, Outage::Busy, Outage::Broken];

    /// Reads it from an error; none where the error is about what was asked. Neither database tells these apart in a
    /// way Diesel hands on, except for connections and PostgreSQL's read-only transactions: the rest is known by its words.
    pub fn of(error: &Error) -> Option<Outage> {
        let info = match error {
            Error::BrokenTransactionManager => return Some(Outage::Gone),
            Error::RollbackErrorOnCommit { commit_error, .. } => return Outage::of(commit_error),
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => {
                return Some(Outage::Gone);
            }
            Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => return Some(Outage::ReadOnly),
            Error::DatabaseError(DatabaseErrorKind::Unknown, info) => info,
            _ => return None,
        };
        let said = info.message();
        WORDS.iter().find(|(words, _)| said.contains(words)).map(|(_, outage)| *outage)
    }

    /// One word, for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Outage::Gone => "database_gone",
            Outage::Full => "disk_full",
            Outage::ReadOnly => "database_read_only",
            Outage::Busy => "database_busy",
            Outage::Broken => "database_broken",
        }
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outage::Gone => "the database does not answer",
            Outage::Full => "there is no room on the database's disk",
            Outage::ReadOnly => "the database is read-only",
            Outage::Busy => "the database has been locked by somebody else for too long",
            Outage::Broken => "the database's disk fails, or its files are damaged",
        })
    }
}

const WORDS: &[(&str, Outage)] = &[
    ("database or disk is full", Outage::Full),
    ("No space left on device", Outage::Full),
    ("attempt to write a readonly database", Outage::ReadOnly),
    ("database is locked", Outage::Busy),
    ("database table is locked", Outage::Busy),
    ("disk I/O error", Outage::Broken),
    ("database disk image is malformed", Outage::Broken),
    ("unable to open database file", Outage::Gone),
    ("terminating connection", Outage::Gone),
    ("the database system is", Outage::Gone),
    ("server closed the connection", Outage::Gone),
    ("no connection to the server", Outage::Gone),
];

/// The outage that a node last met, until something goes well again.
#[derive(Debug, Default)]
pub(super) struct Weather(AtomicU8);

impl Weather {
    pub fn now(&self) -> Option<Outage> {
        let n = usize::from(self.0.load(Ordering::Relaxed));
        n.checked_sub(1).and_then(|n| Outage::ALL.get(n)).copied()
    }

    /// Learns from how a piece of work ended. A read says nothing of whether the database can be written.
    pub fn learn(&self, outage: Option<Outage>, wrote: bool) {
        let before = self.now();
        if outage == before || (outage.is_none() && !wrote && before != Some(Outage::Gone)) {
            return;
        }
        match outage {
            Some(outage) => tracing::error!(cause = outage.as_str(), "{outage}"),
            None => tracing::info!("the database works again"),
        }
        let n = outage.and_then(|outage| Outage::ALL.iter().position(|o| *o == outage)).map_or(0, |n| n as u8 + 1);
        self.0.store(n, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(said: &str) -> Error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(said.to_owned()))
    }

    #[test]
    fn outages_are_told_from_mistakes() {
        assert_eq!(Outage::of(&unknown("database or disk is full")), Some(Outage::Full));
        assert_eq!(Outage::of(&unknown("no such table: x")), None);
        assert_eq!(Outage::of(&Error::NotFound), None);
        assert_eq!(Outage::of(&Error::BrokenTransactionManager), Some(Outage::Gone));
    }

    #[test]
    fn a_read_does_not_end_a_full_disk() {
        let weather = Weather::default();
        weather.learn(Some(Outage::Full), true);
        weather.learn(None, false);
        assert_eq!(weather.now(), Some(Outage::Full));
        weather.learn(None, true);
        assert_eq!(weather.now(), None);
        weather.learn(Some(Outage::Gone), false);
        weather.learn(None, false);
        assert_eq!(weather.now(), None);
    }
}
