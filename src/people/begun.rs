//! What a new database begins with has names in the language of whoever sets it up; in English until then.

use crate::db::Conn;
use crate::db::schema::{calendars, digest_series, policies};
use crate::db::types::Ts;
use crate::error::Result;
use crate::i18n::{self, Lang};
use crate::rules;
use chrono::DateTime;
use diesel::prelude::*;

/// The first id of a table is 1; these are what its rows mean.
const POLICIES: [&str; 5] = ["complaints", "problems", "questions", "ideas", "others"];

/// Names what nobody has touched yet.
pub fn name(c: &mut Conn, lang: Lang) -> Result<()> {
    rules::changed(c)?;
    let untouched = Ts::from(DateTime::UNIX_EPOCH);
    let word = |key: &str| i18n::t(lang, &format!("begun-{key}"), &[]);
    for (id, key) in (1..).zip(POLICIES) {
        let policy = policies::table.filter(policies::id.eq(id).and(policies::updated_at.eq(untouched)));
        diesel::update(policy).set(policies::name.eq(word(key))).execute(c)?;
    }
    let calendar = calendars::table.filter(calendars::id.eq(1).and(calendars::updated_at.eq(untouched)));
    diesel::update(calendar).set(calendars::name.eq(word("always"))).execute(c)?;
    let series = digest_series::table.filter(digest_series::id.eq(1).and(digest_series::version.eq(1)));
    diesel::update(series).set(digest_series::name.eq(word("everybody"))).execute(c)?;
    Ok(())
}
