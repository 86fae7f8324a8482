//! Why things go wrong: the list that owners choose from when they close a case, as administrators arrange it.

mod pages;

use crate::db::Conn;
use crate::db::schema::root_causes;
use crate::db::types::Ts;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id;
use crate::people::topics::Wording;
use actix_web::web::{ServiceConfig, get, post};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// All of them for administrators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admin/root-causes", get().to(pages::list))
        .route("/admin/root-causes", post().to(pages::add))
        .route("/admin/root-causes/{id}", get().to(pages::show))
        .route("/admin/root-causes/{id}", post().to(pages::change));
}

/// A root cause in both languages.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = root_causes)]
pub struct RootCause {
    pub id: i64,
    pub name_en: String,
    pub name_ru: String,
    pub position: i32,
    pub archived_at: Option<Ts>,
}

impl RootCause {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Ru => &self.name_ru,
        }
    }
}

/// All of them: those on offer in their order, then the archived ones.
pub fn list(c: &mut Conn) -> QueryResult<Vec<RootCause>> {
    let mut rows: Vec<RootCause> =
        root_causes::table.order((root_causes::position, root_causes::id)).select(RootCause::as_select()).load(c)?;
    rows.sort_by_key(|cause| cause.archived_at.is_some());
    Ok(rows)
}

fn find(c: &mut Conn, id: i64) -> QueryResult<RootCause> {
    root_causes::table.find(id).select(RootCause::as_select()).first(c)
}

pub fn add(c: &mut Conn, wording: Wording) -> Result<i64> {
    let (id, wording) = (id::new_id(), wording.checked()?);
    diesel::insert_into(root_causes::table)
        .values((
            root_causes::id.eq(id),
            root_causes::name_en.eq(wording.name_en),
            root_causes::name_ru.eq(wording.name_ru),
            root_causes::position.eq(wording.position),
        ))
        .execute(c)?;
    Ok(id)
}

/// Changes the words, the place, and whether it is on offer. Cases that have it keep it.
pub fn change(c: &mut Conn, id: i64, wording: Wording, archived: bool, now: DateTime<Utc>) -> Result<()> {
    let (wording, before) = (wording.checked()?, find(c, id)?);
    let archived_at = if archived { before.archived_at.or(Some(now.into())) } else { None };
    diesel::update(root_causes::table.find(id))
        .set((
            root_causes::name_en.eq(wording.name_en),
            root_causes::name_ru.eq(wording.name_ru),
            root_causes::position.eq(wording.position),
            root_causes::archived_at.eq(archived_at),
        ))
        .execute(c)?;
    Ok(())
}
