//! Cursors: the place of the last row on a page, opaque to whoever carries it.

use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;

/// A place in a list that is ordered by a time and then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: DateTime<Utc>,
    pub id: i64,
}

impl Cursor {
    pub fn encode(&self) -> String {
        let mut bytes = self.at.timestamp_micros().to_be_bytes().to_vec();
        bytes.extend(self.id.to_be_bytes());
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads a cursor that somebody sent back.
    pub fn decode(text: &str) -> Result<Cursor> {
        let wrong = || Error::BadRequest("this cursor was not made by us".into());
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| wrong())?;
        let (at, id) = bytes.split_at_checked(8).ok_or_else(wrong)?;
        let number = |b: &[u8]| b.try_into().map(i64::from_be_bytes).map_err(|_| wrong());
        let at = DateTime::from_timestamp_micros(number(at)?).ok_or_else(wrong)?;
        Ok(Cursor { at, id: number(id)? })
    }
}

/// One page of rows and the cursor of the next, if there is one; load one row more than fits.
pub fn split<T>(mut rows: Vec<T>, size: usize, place: impl Fn(&T) -> Cursor) -> (Vec<T>, Option<String>) {
    let more = rows.len() > size;
    rows.truncate(size);
    let next = if more { rows.last().map(|row| place(row).encode()) } else { None };
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() -> Result<()> {
        let cursor = Cursor { at: DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap_or_default(), id: -5 };
        assert_eq!(Cursor::decode(&cursor.encode())?, cursor);
        assert!(Cursor::decode("abc").is_err() && Cursor::decode("ж").is_err());
        Ok(())
    }
}
