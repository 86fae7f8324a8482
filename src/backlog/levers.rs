//! What a change works through, as administrators arrange it.

use crate::db::Conn;
use crate::db::schema::levers;
use crate::db::types::Ts;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id;
use crate::people::topics::Wording;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// A lever in both languages.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = levers)]
pub struct Lever {
    pub id: i64,
    pub name_en: String,
    pub name_ru: String,
    pub position: i32,
    pub archived_at: Option<Ts>,
}

impl Lever {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Ru => &self.name_ru,
        }
    }
}

/// All levers: those on offer in their order, then the archived ones.
pub fn list(c: &mut Conn) -> QueryResult<Vec<Lever>> {
    let mut rows: Vec<Lever> =
        levers::table.order((levers::position, levers::id)).select(Lever::as_select()).load(c)?;
    rows.sort_by_key(|lever| lever.archived_at.is_some());
    Ok(rows)
}

pub fn find(c: &mut Conn, id: i64) -> QueryResult<Lever> {
    levers::table.find(id).select(Lever::as_select()).first(c)
}

pub fn add(c: &mut Conn, wording: Wording) -> Result<i64> {
    let (id, wording) = (id::new_id(), wording.checked()?);
    let row = (
        levers::id.eq(id),
        levers::name_en.eq(wording.name_en),
        levers::name_ru.eq(wording.name_ru),
        levers::position.eq(wording.position),
    );
    diesel::insert_into(levers::table).values(row).execute(c)?;
    Ok(id)
}

/// Changes the words, the place, and whether it is on offer. Changes that work through it keep it.
pub fn change(c: &mut Conn, id: i64, wording: Wording, archived: bool, now: DateTime<Utc>) -> Result<()> {
    let (wording, before) = (wording.checked()?, find(c, id)?);
    let archived_at = if archived { before.archived_at.or(Some(now.into())) } else { None };
    let values = (
        levers::name_en.eq(wording.name_en),
        levers::name_ru.eq(wording.name_ru),
        levers::position.eq(wording.position),
        levers::archived_at.eq(archived_at),
    );
    diesel::update(levers::table.find(id)).set(values).execute(c)?;
    Ok(())
}
