//! One error type for the whole product. Stores return `QueryResult`, everything above returns [`Result`];
//! `web::problems` alone turns an error into an answer.

use crate::db::Outage;
use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong, in the words of whoever has to answer for it.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or the reader may not know that there is.
    NotFound,
    /// The reader may know of it but not do this.
    Forbidden,
    /// Nobody is signed in.
    SignIn,
    /// Somebody else was faster, or the state does not allow it; holds the message key that says so.
    Conflict(&'static str),
    /// Fields that hold something we cannot take.
    Invalid(Vec<FieldError>),
    /// The request itself cannot be read; says where.
    BadRequest(String),
    /// Too fast: try again after so many seconds.
    TooMany(u64),
    TooLarge,
    UnsupportedMedia,
    /// A dependency is down or full; what was typed is kept by the browser and can be sent again.
    Unavailable(String),
    /// The database cannot work; nothing has happened.
    Outage(Outage),
    Db(diesel::result::Error),
    Internal(String),
}

impl Error {
    /// Something that should not happen; its text goes to the log, never to a reader.
    pub fn internal(what: impl fmt::Display) -> Error {
        Error::Internal(what.to_string())
    }

    /// What keeps the database from working, if that is what went wrong.
    pub fn outage(&self) -> Option<Outage> {
        match self {
            Error::Outage(outage) => Some(*outage),
            Error::Db(e) => Outage::of(e),
            _ => None,
        }
    }

    /// One field that is wrong.
    pub fn field(field: &str, key: &str) -> Error {
        Error::Invalid(vec![FieldError::new(field, key)])
    }
}

/// What is wrong with one field: a message key of `base.ftl` with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    pub field: String,
    pub key: String,
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: &str, key: &str) -> FieldError {
        FieldError { field: field.to_owned(), key: key.to_owned(), args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> FieldError {
        self.args.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Conflict(key) => write!(f, "conflict: {key}"),
            Error::Invalid(fields) => {
                let said: Vec<String> = fields.iter().map(|e| format!("{}: {}", e.field, e.key)).collect();
                write!(f, "invalid {}", said.join(", "))
            }
            Error::BadRequest(what) => write!(f, "bad request: {what}"),
            Error::TooMany(seconds) => write!(f, "too many requests, again in {seconds} s"),
            Error::Unavailable(what) => write!(f, "unavailable: {what}"),
            Error::Outage(outage) => outage.fmt(f),
            Error::Db(e) => write!(f, "database: {e}"),
            Error::Internal(what) => f.write_str(what),
            other => write!(f, "{other:?}"),
        }
    }
}
impl std::error::Error for Error {}

impl From<diesel::result::Error> for Error {
    fn from(e: diesel::result::Error) -> Error {
        match e {
            diesel::result::Error::NotFound => Error::NotFound,
            e => match Outage::of(&e) {
                Some(outage) => {
                    tracing::debug!(error = %e, "an outage");
                    Error::Outage(outage)
                }
                None => Error::Db(e),
            },
        }
    }
}

/// Whether a write failed because a unique key was taken.
pub fn is_taken(e: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error::DatabaseError};
    matches!(e, DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
