//! CSV with any delimiter. Quoted fields may hold delimiters and line ends; a row that has more or fewer fields than the
//! header is that row's error (empty fields too many at its end are what Excel leaves behind, and are let go). Rows in
//! which nothing stands are no rows. A file of one column is read line by line, whatever commas its texts have.

mod newlines;

use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder, StringRecord, Trim};

use super::{Fields, Row, RowError, SourceError, Text, name_columns};
use newlines::Newlines;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Stands in no text: the delimiter of a file that has none.
const NO_DELIMITER: u8 = 0x1F;
/// How many records are looked at to find the delimiter.
const LOOKED_AT: usize = 100;

type Reader = csv::Reader<Newlines<BufReader<Box<dyn Read + Send>>>>;

/// The delimiter with which most of the first records have as many fields as the header; `whole` if `head` is all there is.
pub(super) fn delimiter(head: &str, whole: bool) -> u8 {
    DELIMITERS
        .into_iter()
        .filter_map(|delimiter| Some((agreement(head, delimiter, whole)?, delimiter)))
        // The first of equals wins, so that the usual comma does.
        .rev()
        .max_by_key(|(agreement, _)| *agreement)
        .map_or(NO_DELIMITER, |(_, delimiter)| delimiter)
}

/// How many of the first records have the header's number of fields, and that number; none if the header has one field.
fn agreement(head: &str, delimiter: u8, whole: bool) -> Option<(usize, usize)> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(head.as_bytes());
    let mut widths: Vec<usize> = reader.byte_records().take(LOOKED_AT).map_while(Result::ok).map(|r| r.len()).collect();
    if !whole && widths.len() > 1 && widths.len() < LOOKED_AT {
        widths.pop(); // cut off in the middle
    }
    let width = *widths.first()?;
    (width > 1).then(|| (widths.iter().filter(|w| **w == width).count(), width))
}

/// The columns and the rows of a file.
pub(super) fn rows(text: &Text, delimiter: u8) -> Result<(Vec<String>, Records), SourceError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(Trim::Headers)
        .buffer_capacity(64 * 1024)
        .from_reader(Newlines::new(text.reader(true)?));
    let columns = name_columns(reader.byte_headers().map_err(unreadable)?.iter().map(String::from_utf8_lossy))?;
    Ok((columns.clone(), Records { reader, columns, record: ByteRecord::new() }))
}

/// With flexible rows of bytes the only error that is left is that of the reader below.
fn unreadable(e: csv::Error) -> SourceError {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => e.into(),
        other => SourceError::Io(std::io::Error::other(format!("{other:?}"))),
    }
}

/// The rows of a CSV file.
pub(super) struct Records {
    reader: Reader,
    columns: Vec<String>,
    record: ByteRecord,
}

impl Records {
    fn row(&self) -> Row {
        let (line, closed) = self.place();
        Row { line, fields: if closed { self.fields() } else { Err(RowError::UnclosedQuote) } }
    }

    /// The line the record starts on, and whether its quotes are closed. The reader's own position stands before the
    /// blank lines that come first, so the line is counted back from the end. Only a quote that is still open at the end
    /// of the file swallows the last line end, which puts that line before the reader's.
    fn place(&self) -> (u64, bool) {
        let inside = self.record.as_slice().iter().filter(|b| **b == b'\n').count() as u64;
        let started = self.reader.position().line().saturating_sub(1 + inside);
        let earliest = self.record.position().map_or(1, |p| p.line());
        (started.max(earliest), started >= earliest)
    }

    fn fields(&self) -> Result<Fields, RowError> {
        let mut record = StringRecord::from_byte_record(self.record.clone())
            .map_err(|e| RowError::Encoding { column: self.columns.get(e.utf8_error().field()).cloned() })?;
        let (found, expected) = (record.len(), self.columns.len());
        let spare_is_empty = record.iter().skip(expected).all(|value| value.trim().is_empty());
        if found < expected || !spare_is_empty {
            return Err(RowError::Ragged { found, expected });
        }
        record.truncate(expected);
        Ok(Fields(record))
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(|value| value.trim_ascii().is_empty())
    }
}

impl Iterator for Records {
    type Item = Result<Row, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) if self.is_blank() => {}
                Ok(true) => return Some(Ok(self.row())),
                Err(e) => return Some(Err(unreadable(e))),
            }
        }
    }
}
