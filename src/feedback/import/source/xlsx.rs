//! XLSX: the first sheet; its first row that has anything in it is the header. Dates become ISO text, whole numbers lose
//! their ".0". The sheet is held in memory, cell by cell as they occur: a workbook has a million rows at most, and only
//! when all of it was read is it certain that it can be.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use super::{Fields, Row, RowError, SourceError, check_width, name_columns};

/// The first sheet of a workbook.
pub(super) struct Sheet {
    pub columns: Vec<String>,
    pub rows: SheetRows,
}

impl Sheet {
    pub(super) fn read(file: &File, total: u64, read: Arc<AtomicU64>) -> Result<Self, SourceError> {
        let mut cells = cells(file)?.into_iter();
        let (_, header) = cells.next().ok_or(SourceError::Empty)?;
        let columns = name_columns(&header)?;
        let rows = SheetRows { count: cells.len() as u64, cells, width: columns.len(), done: 0, total, read };
        Ok(Self { columns, rows })
    }
}

/// The rows below the header.
pub(super) struct SheetRows {
    cells: std::vec::IntoIter<(u64, Vec<String>)>,
    width: usize,
    count: u64,
    done: u64,
    total: u64,
    read: Arc<AtomicU64>,
}

impl Iterator for SheetRows {
    type Item = Result<Row, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, cells) = self.cells.next()?;
        self.done += 1;
        self.read.store(self.total * self.done / self.count, Ordering::Relaxed);
        let fields = if cells.len() > self.width {
            Err(RowError::Ragged { found: cells.len(), expected: self.width })
        } else {
            Ok(cells.iter().collect::<Fields>())
        };
        Some(Ok(Row { line, fields }))
    }
}

/// Every row of the first sheet that has anything in it, with its number.
fn cells(file: &File) -> Result<Vec<(u64, Vec<String>)>, SourceError> {
    let mut file = file.try_clone()?;
    file.seek(SeekFrom::Start(0))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let sheet = book.sheets_metadata().iter().find(|sheet| sheet.typ == SheetType::WorkSheet);
    let name = sheet.ok_or(SourceError::Empty)?.name.clone();
    let mut reader = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let value = text(cell.get_value());
        if value.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (line, column) = (u64::from(row) + 1, column as usize);
        check_width(column + 1)?;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            rows.push((line, Vec::new()));
        }
        if let Some((_, values)) = rows.last_mut() {
            place(values, column, value);
        }
    }
    Ok(rows)
}

fn place(values: &mut Vec<String>, column: usize, value: String) {
    if values.len() <= column {
        values.resize(column + 1, String::new());
    }
    values[column] = value;
}

fn unreadable(e: XlsxError) -> SourceError {
    SourceError::Workbook(e.to_string())
}

fn text(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(date) if date.is_duration() || date.as_f64() < 1.0 => date.as_f64().to_string(),
        DataRef::DateTime(date) => iso(date),
        DataRef::Error(e) => e.to_string(),
    }
}

fn iso(date: &ExcelDateTime) -> String {
    match date.to_ymd_hms_milli() {
        (year, month, day, 0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, day, hour, minute, second, _) => {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
    }
}
