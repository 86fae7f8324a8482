//! A view of the backlog as a file: the same rows, in the same order, for spreadsheets.

use crate::error::{Error, Result};
use rust_xlsxwriter::{Format, Workbook};

/// A field of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl<T: Into<f64>> From<Option<T>> for Cell {
    fn from(number: Option<T>) -> Cell {
        number.map_or(Cell::Empty, |number| Cell::Number(number.into()))
    }
}

/// A table with the names of its columns.
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Comma-separated UTF-8 with a mark in front, by which spreadsheets know it.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(&self.head).map_err(Error::internal)?;
        for row in &self.rows {
            out.write_record(row.iter().map(written)).map_err(Error::internal)?;
        }
        out.into_inner().map_err(Error::internal)
    }

    /// A workbook with one sheet, its head kept in sight.
    pub fn xlsx(&self, name: &str) -> Result<Vec<u8>> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(name).map_err(Error::internal)?;
        sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
        let bold = Format::new().set_bold();
        for (column, head) in (0..).zip(&self.head) {
            sheet.write_string_with_format(0, column, head, &bold).map_err(Error::internal)?;
        }
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    // As a text it stays one, whatever it begins with.
                    Cell::Text(text) => sheet.write_string(line, column, text).map(|_| ()),
                    Cell::Number(number) => sheet.write_number(line, column, *number).map(|_| ()),
                    Cell::Empty => Ok(()),
                }
                .map_err(Error::internal)?;
            }
        }
        book.save_to_buffer().map_err(Error::internal)
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A spreadsheet would run what begins like a formula; with an apostrophe in front it is a text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text_and_numbers_stay_numbers() -> Result<()> {
        let row = vec![
            Cell::from("=HYPERLINK(\"http://x\")"),
            Cell::Number(-1.5),
            Cell::from(""),
            Cell::from("Ёлка, \"две\""),
        ];
        let table = Table { head: ["a", "b", "c", "d"].map(str::to_owned).to_vec(), rows: vec![row] };
        let csv = String::from_utf8(table.csv()?).map_err(Error::internal)?;
        assert_eq!(csv, "\u{feff}a,b,c,d\n\"'=HYPERLINK(\"\"http://x\"\")\",-1.5,,\"Ёлка, \"\"две\"\"\"\n");
        assert!(table.xlsx("Backlog")?.starts_with(b"PK"));
        Ok(())
    }
}
