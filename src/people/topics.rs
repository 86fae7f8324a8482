//! What feedback can be about, as administrators arrange it.

use super::model::checked_name;
use crate::db::Conn;
use crate::db::schema::topics;
use crate::db::types::Ts;
use crate::error::{Error, FieldError, Result, is_taken};
use crate::id;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// A topic in both languages; `slug` is its name for machines and never changes.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = topics)]
pub struct Topic {
    pub id: i64,
    pub slug: String,
    pub name_en: String,
    pub name_ru: String,
    pub position: i32,
    pub archived_at: Option<Ts>,
}

/// What an administrator says about an entry of a list that people choose from: a topic, a root cause.
#[derive(Clone, Debug)]
pub struct Wording {
    pub name_en: String,
    pub name_ru: String,
    /// Smaller numbers come first.
    pub position: i32,
}

impl Wording {
    /// Names what is wrong with it.
    pub fn checked(self) -> Result<Wording> {
        let (name_en, name_ru) = (checked_name("name_en", &self.name_en)?, checked_name("name_ru", &self.name_ru)?);
        match self.position {
            0..=9999 => Ok(Wording { name_en, name_ru, ..self }),
            _ => {
                let range = FieldError::new("position", "error-number-range").with("min", 0).with("max", 9999);
                Err(Error::Invalid(vec![range]))
            }
        }
    }
}

/// All topics: those on offer in their order, then the archived ones.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Topic>> {
    let mut rows: Vec<Topic> =
        topics::table.order((topics::position, topics::id)).select(Topic::as_select()).load(c)?;
    rows.sort_by_key(|topic| topic.archived_at.is_some());
    Ok(rows)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Topic> {
    topics::table.find(id).select(Topic::as_select()).first(c)
}

pub fn add(c: &mut Conn, wording: Wording) -> Result<i64> {
    let (id, wording) = (id::new_id(), wording.checked()?);
    diesel::insert_into(topics::table)
        .values((
            topics::id.eq(id),
            topics::slug.eq(slug(&wording.name_en)),
            topics::name_en.eq(wording.name_en),
            topics::name_ru.eq(wording.name_ru),
            topics::position.eq(wording.position),
        ))
        .execute(c)
        .map_err(|e| if is_taken(&e) { Error::field("name_en", "error-taken") } else { e.into() })?;
    Ok(id)
}

/// Changes the words, the place, and whether it is on offer. What was said about it stays where it is.
pub fn change(c: &mut Conn, id: i64, wording: Wording, archived: bool, now: DateTime<Utc>) -> Result<()> {
    let (wording, before) = (wording.checked()?, find(c, id)?);
    let archived_at = if archived { before.archived_at.or(Some(now.into())) } else { None };
    diesel::update(topics::table.find(id))
        .set((
            topics::name_en.eq(wording.name_en),
            topics::name_ru.eq(wording.name_ru),
            topics::position.eq(wording.position),
            topics::archived_at.eq(archived_at),
        ))
        .execute(c)?;
    Ok(())
}

/// "Delivery & returns" is `delivery-returns`; a name without Latin letters gets a name made up.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_lowercase();
    if slug.is_empty() { id::reference('T').to_lowercase() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_words() {
        assert_eq!(slug("Delivery & returns"), "delivery-returns");
        assert!(slug("Доставка").starts_with("t-"));
    }
}
