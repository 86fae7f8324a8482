//! What can be wrong with a file, and what can be wrong with one row of it. The messages are English: the command line
//! speaks English. They name no path: whoever opened the file says which one it was.

use std::{fmt, io};

/// Why a file cannot be imported at all.
#[derive(Debug)]
pub enum SourceError {
    Missing,
    Directory,
    Empty,
    /// Not text in any known encoding; the word says what it looks like.
    Binary(&'static str),
    Workbook(String),
    /// Broken JSON, with the line where it breaks.
    Json {
        line: u64,
        message: String,
    },
    TooManyColumns(usize),
    Io(io::Error),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::Directory => f.write_str("this is a directory, not a file"),
            Self::Empty => f.write_str("the file is empty"),
            Self::Binary(what) => write!(f, "the file is {what}; CSV, JSON, JSON lines and XLSX can be imported"),
            Self::Workbook(why) => write!(f, "the workbook cannot be read: {why}"),
            Self::Json { line, message } => write!(f, "the JSON is broken in line {line}: {message}"),
            Self::TooManyColumns(n) => {
                write!(f, "the file has {n} columns, at most {} can be read", super::MAX_COLUMNS)
            }
            Self::Io(e) => write!(f, "the file cannot be read: {e}"),
        }
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(e) => Some(e),
            _ => None,
        }
    }
}

impl From<io::Error> for SourceError {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Io(e),
        }
    }
}

/// Why one row cannot be read; the rows after it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowError {
    /// Fewer or more fields than the header has.
    Ragged {
        found: usize,
        expected: usize,
    },
    /// Bytes that are not text in the file's encoding.
    Encoding {
        column: Option<String>,
    },
    UnclosedQuote,
    Json(String),
    NotAnObject,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ragged { found, expected } => write!(f, "has {found} fields where the header has {expected}"),
            Self::Encoding { column: Some(column) } => write!(f, "bytes that are not UTF-8 in column '{column}'"),
            Self::Encoding { column: None } => f.write_str("bytes that are not UTF-8"),
            Self::UnclosedQuote => f.write_str("a quote is opened here and never closed"),
            Self::Json(why) => write!(f, "not valid JSON: {why}"),
            Self::NotAnObject => f.write_str("not a JSON object"),
        }
    }
}

impl std::error::Error for RowError {}
