//! What came of the ideas of a team. A name stands there when it was given with the idea; of an idea without a name only
//! what everybody may know, or its author allowed to be told.

use crate::backlog::model::{News, Status as ChangeStatus};
use crate::cases::quoting::GivenBy;
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, feedback, journal, people, quote_consents, teams};
use crate::db::types::Ts;
use crate::error::Result;
use crate::feedback::model::{Kind, Voice};
use crate::i18n::Lang;
use crate::journal::Subject;
use crate::people::teams as all_teams;
use crate::web::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

/// As many as anybody reads: the newest.
const MOST: i64 = 400;

/// An idea that shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Idea {
    pub title: String,
    /// What was done.
    pub what: String,
    pub at: Ts,
    /// Of those who gave their name.
    pub names: Vec<String>,
}

#[derive(Queryable)]
struct Row {
    change_id: i64,
    title: String,
    en: Option<String>,
    ru: Option<String>,
    at: Ts,
    name: Option<String>,
}

/// `GET /team`
pub async fn show(page: Page) -> Result<HttpResponse> {
    let (viewer, lang) = (page.viewer()?.clone(), page.lang);
    let (id, role) = (viewer.id, viewer.role);
    let (team, ideas, leads) = page
        .app
        .db
        .read(move |c| {
            let leads = diesel::select(diesel::dsl::exists(teams::table.filter(teams::lead_id.eq(id))))
                .get_result::<bool>(c)?;
            let Some(team) = viewer.team_id else { return Ok((None, Vec::new(), leads)) };
            Ok((Some(all_teams::name(c, team)?), ideas(c, team, lang)?, leads))
        })
        .await?;
    let may_thank = leads || role >= Role::Council;
    page.render("thanks/team", json!({"team": team, "ideas": ideas, "may_thank": may_thank}))
}

/// The ideas of a team that shipped, newest first.
pub fn ideas(c: &mut Conn, team: i64, lang: Lang) -> QueryResult<Vec<Idea>> {
    let rows = rows(c, team)?;
    let mut seen: Vec<(i64, Idea)> = Vec::new();
    for row in rows {
        let place = seen.iter().position(|(id, _)| *id == row.change_id).unwrap_or_else(|| {
            let what = News { en: row.en, ru: row.ru }.text(lang).to_owned();
            seen.push((row.change_id, Idea { title: row.title, what, at: row.at, names: Vec::new() }));
            seen.len() - 1
        });
        if let (Some(name), Some((_, idea))) = (row.name, seen.get_mut(place))
            && !idea.names.contains(&name)
        {
            idea.names.push(name);
        }
    }
    Ok(seen.into_iter().map(|(_, idea)| idea).collect())
}

fn rows(c: &mut Conn, team: i64) -> QueryResult<Vec<Row>> {
    let shipped =
        journal::subject_id.eq(changes::id).and(journal::subject.eq(Subject::Change)).and(journal::event.eq("shipped"));
    let allowed = quote_consents::feedback_id.eq(feedback::id).and(quote_consents::given_by.eq(GivenBy::Author));
    let named = feedback::anonymous.eq(false).and(people::team_id.assume_not_null().eq(team));
    // Whose team somebody without a name is from nobody knows: their idea is shown to the team that worked on it.
    let unnamed = feedback::anonymous
        .and(cases::team_id.assume_not_null().eq(team))
        .and(changes::public.or(quote_consents::feedback_id.is_not_null()));
    changes::table
        .inner_join(journal::table.on(shipped))
        .inner_join(change_cases::table.on(change_cases::change_id.eq(changes::id)))
        .inner_join(cases::table.on(cases::id.eq(change_cases::case_id)))
        .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
        .left_join(people::table.on(people::id.nullable().eq(feedback::person_id)))
        .left_join(quote_consents::table.on(allowed))
        .filter(changes::status.eq_any([ChangeStatus::Shipped, ChangeStatus::Verified]))
        .filter(changes::archived_at.is_null().and(cases::apart.eq(false)))
        .filter(feedback::voice.eq(Voice::Employee).and(feedback::kind.eq(Kind::Idea)))
        .filter(named.or(unnamed))
        .order((journal::at.desc(), changes::id, feedback::received_at, feedback::id))
        .limit(MOST)
        .select((
            changes::id,
            changes::title,
            changes::outcome_en,
            changes::outcome_ru,
            journal::at,
            people::name.nullable(),
        ))
        .load(c)
}
