//! Answers to a digest by mail: which reader may give one, and which item it is about.

use super::{Reader, items_of, reader};
use crate::db::Conn;
use crate::db::schema::{digest_items, outbox};
use crate::db::types::Doc;
use crate::digest::items::Item;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// A digest that somebody got.
#[derive(Clone, Debug)]
pub struct Got {
    pub reader: Reader,
    pub edition_id: i64,
    /// Where it went.
    address: String,
    items: Vec<i64>,
}

impl Got {
    /// Whether somebody who writes from this address is its reader.
    pub fn is_from(&self, address: &str) -> bool {
        let own = |known: &str| known.eq_ignore_ascii_case(address);
        own(&self.address) || self.reader.email.as_deref().is_some_and(own)
    }
}

/// The digest that this mail of ours was; none for other mails, and those of people who were shut out.
pub fn got(c: &mut Conn, mail_id: i64) -> Result<Option<Got>> {
    let mail: Option<(i64, i64, String, Doc)> = outbox::table
        .find(mail_id)
        .filter(outbox::template.eq("digest"))
        .select((outbox::person_id, outbox::event_id, outbox::address, outbox::data))
        .first(c)
        .optional()?;
    let Some((person, edition_id, address, data)) = mail else { return Ok(None) };
    match reader(c, person) {
        Ok(reader) => Ok(Some(Got { reader, edition_id, address, items: items_of(&data.0) })),
        Err(Error::NotFound) => Ok(None),
        Err(e) => Err(e),
    }
}

/// The item an answer is about: the only one of the mail, or the only one whose title it quotes.
pub fn meant(c: &mut Conn, got: &Got, quoted: &str) -> QueryResult<Option<Item>> {
    let mut items: Vec<Item> =
        digest_items::table.filter(digest_items::id.eq_any(&got.items)).select(Item::as_select()).load(c)?;
    if items.len() > 1 {
        let quoted = plain(quoted);
        items.retain(|item| quoted.contains(&plain(&item.facts.title)));
    }
    Ok(if items.len() == 1 { items.pop() } else { None })
}

/// A text without the marks and line breaks of a quotation.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c == '>').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_read_over_its_line_breaks() {
        assert!(plain("> * One window\n> instead of  five\n").contains(&plain("One window instead of five")));
    }
}
