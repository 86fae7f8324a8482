//! Reading a file somebody wants to import: what it is (CSV, JSON, XLSX, and in which encoding) is found out from its
//! bytes, never from its name alone, and its rows are handed out one by one with the line they stand on.
//!
//! The bytes are read once before the first row is given: for the hash, the encoding, and the syntax. What cannot be read
//! as a whole is refused there, so an unreadable file changes nothing. What is wrong with one row is that row's error.

mod charset;
mod delimited;
mod error;
mod json;
mod scan;
mod xlsx;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::StringRecord;

use charset::Charset;
pub use charset::one_byte;
pub use error::{RowError, SourceError};
use scan::Scan;

/// More columns than this is a data dump by another name, not rows of feedback.
const MAX_COLUMNS: usize = 4096;

/// One row of the file and the line it starts on (in XLSX: its row number), counted from 1.
#[derive(Debug)]
pub struct Row {
    pub line: u64,
    pub fields: Result<Fields, RowError>,
}

/// The values of one row, in the order of [`Source::columns`].
#[derive(Clone, Debug, Default)]
pub struct Fields(StringRecord);

impl Fields {
    /// The value of a column; empty when the row has none.
    pub fn get(&self, column: usize) -> &str {
        self.0.get(column).unwrap_or_default()
    }
}

impl<T: AsRef<str>> FromIterator<T> for Fields {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut record = StringRecord::new();
        values.into_iter().for_each(|value| record.push_field(value.as_ref()));
        Self(record)
    }
}

/// What the file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Delimited text; the byte is the delimiter.
    Csv(u8),
    JsonArray,
    JsonLines,
    Xlsx,
}

type Rows = Box<dyn Iterator<Item = Result<Row, SourceError>> + Send>;

/// An opened file: what is known about it, and its rows as an iterator. An `Err` item means that the file cannot be read
/// any further (a disk error); nothing follows it.
pub struct Source {
    format: Format,
    encoding: &'static str,
    columns: Vec<String>,
    sha256: String,
    total: u64,
    read: Arc<AtomicU64>,
    rows: Rows,
    failed: bool,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("format", &self.format)
            .field("encoding", &self.encoding)
            .field("columns", &self.columns)
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

impl Source {
    /// Opens a file and reads it through once: its hash, its encoding, its columns and (JSON, XLSX) its whole syntax.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let mut file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(SourceError::Directory);
        }
        let scan = Scan::read(&mut file)?;
        if scan.total == 0 {
            return Err(SourceError::Empty);
        }
        let read = Arc::new(AtomicU64::new(0));
        if scan.head.starts_with(b"PK\x03\x04") {
            let sheet = xlsx::Sheet::read(&file, scan.total, read.clone())?;
            return Ok(Self::new(scan, read, Format::Xlsx, "XLSX", sheet.columns, Box::new(sheet.rows)));
        }
        let charset = charset::detect(&scan)?;
        Self::open_text(Text { file, charset, read }, scan)
    }

    fn open_text(text: Text, scan: Scan) -> Result<Self, SourceError> {
        let head = text.charset.decode(&scan.head);
        let encoding = text.charset.name();
        let read = text.read.clone();
        let shape = match json::shape(&head) {
            Some(shape) => shape,
            None if head.trim().is_empty() => return Err(SourceError::Empty),
            None => {
                let whole = scan.total <= scan.head.len() as u64;
                let delimiter = delimited::delimiter(&head, whole);
                let (columns, rows) = delimited::rows(&text, delimiter)?;
                return Ok(Self::new(scan, read, Format::Csv(delimiter), encoding, columns, Box::new(rows)));
            }
        };
        let columns = json::check(text.reader(false)?, shape)?;
        let rows = json::rows(text.reader(true)?, shape, &columns);
        let format = if shape == json::Shape::Array { Format::JsonArray } else { Format::JsonLines };
        Ok(Self::new(scan, read, format, encoding, columns, Box::new(rows)))
    }

    fn new(
        scan: Scan,
        read: Arc<AtomicU64>,
        format: Format,
        encoding: &'static str,
        columns: Vec<String>,
        rows: Rows,
    ) -> Self {
        Self { format, encoding, columns, sha256: scan.sha256, total: scan.total, read, rows, failed: false }
    }

    /// What the file turned out to be.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The encoding its text is read in, under its usual name.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// The names of its columns; in JSON, of every key that occurs anywhere (nested ones joined by dots).
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// SHA-256 of the file's bytes, in hex: two files are the same file when this is the same.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Bytes of the file.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Bytes that the rows handed out so far have taken, for a progress bar (it runs ahead by a buffer).
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed).min(self.total)
    }
}

impl Iterator for Source {
    type Item = Result<Row, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.rows.next()?;
        self.failed = row.is_err();
        Some(row)
    }
}

/// A text file with its encoding, from which readers of UTF-8 are made.
struct Text {
    file: File,
    charset: Charset,
    read: Arc<AtomicU64>,
}

impl Text {
    /// The text from its beginning, as UTF-8 without a byte order mark. Only one reader is in use at a time: they share
    /// the place in the file. `counted` is for the reading whose progress is shown.
    fn reader(&self, counted: bool) -> io::Result<BufReader<Box<dyn Read + Send>>> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(self.charset.bom))?;
        let read = if counted { self.read.clone() } else { Arc::default() };
        read.store(self.charset.bom, Ordering::Relaxed);
        Ok(BufReader::with_capacity(64 * 1024, self.charset.reader(Counted { file, read })))
    }
}

/// Counts what has been read of the file.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Names for every column: trimmed, a missing name becomes "column 3", a second "text" becomes "text (2)".
fn name_columns<S: AsRef<str>>(header: impl IntoIterator<Item = S>) -> Result<Vec<String>, SourceError> {
    let mut seen = std::collections::HashMap::<String, usize>::new();
    let mut names = Vec::new();
    for (i, name) in header.into_iter().enumerate() {
        let name = match name.as_ref().trim() {
            "" => format!("column {}", i + 1),
            name => name.to_owned(),
        };
        let times = seen.entry(name.clone()).and_modify(|n| *n += 1).or_insert(1);
        names.push(if *times > 1 { format!("{name} ({times})") } else { name });
    }
    check_width(names.len())?;
    Ok(names)
}

fn check_width(columns: usize) -> Result<(), SourceError> {
    if columns > MAX_COLUMNS { Err(SourceError::TooManyColumns(columns)) } else { Ok(()) }
}
