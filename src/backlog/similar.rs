//! What others said already, shown while somebody writes: open changes that are public, and to signed-in employees
//! also open ideas of their colleagues. Only titles; never complaints or problems, never a group small enough to guess.

use super::reach;
use super::store::{self, Change};
use crate::cases::likeness::{likeness, telling_stems};
use crate::cases::model::Status as CaseStatus;
use crate::db::schema::{cases, feedback};
use crate::db::{Conn, search};
use crate::error::Result;
use crate::feedback::model::{Kind, Voice};
use crate::feedback::pages::{self, SubmitForm};
use crate::i18n::Arg;
use crate::web::Upload;
use crate::web::forms::query;
use crate::web::page::Page;
use crate::web::viewer::Role;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Smaller groups of people are never counted in public.
pub const SMALLEST_GROUP: i64 = 5;
/// As many as somebody looks through before writing on.
const SHOWN: usize = 5;
/// Ideas that are compared; the newest that share a word.
const CANDIDATES: i32 = 1000;
/// Something that somebody else said or proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    pub reference: String,
    pub title: String,
    /// The message that says where it stands.
    pub status_key: String,
    /// None where too few people stand behind it to be counted.
    pub voices: Option<i64>,
    /// A change that everybody may see, not a colleague's idea.
    pub public: bool,
}

/// What is most like these stems, best first.
pub fn similar(c: &mut Conn, stems: &[String], employee: bool, limit: usize) -> Result<Vec<Similar>> {
    if stems.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = changes(c, stems)?;
    if employee {
        found.extend(ideas(c, stems)?);
    }
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.truncate(limit);
    let mut found: Vec<Found> = found.into_iter().map(|(_, found)| found).collect();
    count_voices(c, &mut found)?;
    Ok(found.into_iter().map(|found| found.similar).collect())
}

struct Found {
    id: i64,
    similar: Similar,
}

fn changes(c: &mut Conn, stems: &[String]) -> QueryResult<Vec<(f64, Found)>> {
    let alike = |change: Change| {
        let strength = likeness(stems, &change.title, &change.proposal)?;
        Some((strength, Found { id: change.id, similar: of_change(&change) }))
    };
    Ok(store::open_to_public(c)?.into_iter().filter_map(alike).collect())
}

fn ideas(c: &mut Conn, stems: &[String]) -> QueryResult<Vec<(f64, Found)>> {
    let candidates = search::sharing(c, stems, CANDIDATES)?;
    let rows: Vec<(i64, String, String, String, CaseStatus)> = cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(candidates))
        .filter(is_shown_to_colleagues())
        .order(cases::id.desc())
        .select((cases::id, feedback::reference, feedback::title, feedback::text, cases::status))
        .load(c)?;
    let alike = |(id, reference, title, text, status): (i64, String, String, String, CaseStatus)| {
        let strength = likeness(stems, &title, &text)?;
        Some((strength, Found { id, similar: of_idea(reference, title, status) }))
    };
    Ok(rows.into_iter().filter_map(alike).collect())
}

/// Open ideas that employees signed and that are not kept apart; of those joined to another, that other one stands for all.
#[diesel::dsl::auto_type]
fn is_shown_to_colleagues() -> _ {
    let employee: Voice = Voice::Employee;
    let idea: Kind = Kind::Idea;
    let open: [CaseStatus; 5] =
        [CaseStatus::New, CaseStatus::InReview, CaseStatus::Waiting, CaseStatus::Decided, CaseStatus::Doing];
    feedback::voice
        .eq(employee)
        .and(feedback::kind.eq(idea))
        .and(feedback::anonymous.eq(false))
        .and(cases::apart.eq(false))
        .and(cases::primary_id.is_null())
        .and(cases::status.eq_any(open))
}

/// An idea that a colleague may join, and the id of its case.
pub fn idea(c: &mut Conn, reference: &str) -> QueryResult<(i64, Similar)> {
    let (id, title, status) = cases::table
        .inner_join(feedback::table)
        .filter(feedback::reference.eq(reference))
        .filter(is_shown_to_colleagues())
        .select((cases::id, feedback::title, cases::status))
        .first(c)?;
    Ok((id, of_idea(reference.to_owned(), title, status)))
}

fn of_idea(reference: String, title: String, status: CaseStatus) -> Similar {
    Similar { reference, title, status_key: format!("status-{status}"), voices: None, public: false }
}

fn count_voices(c: &mut Conn, found: &mut [Found]) -> QueryResult<()> {
    let (changes, ideas): (Vec<&Found>, Vec<&Found>) = found.iter().partition(|found| found.similar.public);
    let ids = |of: Vec<&Found>| of.into_iter().map(|found| found.id).collect::<Vec<i64>>();
    let (changes, ideas) = (ids(changes), ids(ideas));
    let mut voices: HashMap<i64, i64> =
        reach::kept(c, &changes)?.into_iter().map(|(id, reach)| (id, reach.people)).collect();
    voices.extend(behind_ideas(c, &ideas)?);
    for found in found {
        found.similar.voices = voices.get(&found.id).copied().filter(|n| *n >= SMALLEST_GROUP);
    }
    Ok(())
}

/// Different people behind each idea: whoever had it and whoever joined.
fn behind_ideas(c: &mut Conn, ids: &[i64]) -> QueryResult<HashMap<i64, i64>> {
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = cases::table
        .inner_join(feedback::table)
        .filter(cases::id.eq_any(ids.to_vec()).or(cases::primary_id.eq_any(ids.to_vec()).assume_not_null()))
        .select((cases::id, cases::primary_id, feedback::person_id))
        .load(c)?;
    let mut people: HashMap<i64, HashSet<i64>> = HashMap::new();
    for (case, primary, person) in rows {
        people.entry(primary.unwrap_or(case)).or_default().insert(person.unwrap_or(case));
    }
    Ok(people.into_iter().map(|(id, people)| (id, people.len() as i64)).collect())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    text: String,
}

/// `GET /feedback/similar`: a piece of the page, while somebody types.
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let similar = look(&page, &query::<Asked>(&req).text).await?;
    let nothing = similar.as_array().is_none_or(Vec::is_empty);
    let html = if nothing { String::new() } else { page.html("feedback/similar", json!({"similar": similar}))? };
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// `POST /feedback/similar`: the same without a script. Nothing is sent; what was typed comes back.
pub async fn look_up(page: Page, upload: Upload<SubmitForm>) -> Result<HttpResponse> {
    let Upload { form, files } = upload;
    let similar = look(&page, &form.text).await?;
    pages::show(&page, &form, similar, !files.taken.is_empty()).await
}

async fn look(page: &Page, text: &str) -> Result<Value> {
    let stems = telling_stems(text);
    let employee = page.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Employee);
    let found = page.app.db.read(move |c| similar(c, &stems, employee, SHOWN)).await?;
    Ok(found.iter().map(|similar| shown(page, similar)).collect())
}

/// As `templates/feedback/similar.hbs` wants it.
pub fn shown(page: &Page, similar: &Similar) -> Value {
    let mut note = page.t(&similar.status_key, &[]).to_lowercase();
    if let Some(n) = similar.voices {
        note = format!("{note}, {}", page.t("similar-voices", &[("n", Arg::from(n))]));
    }
    json!({"reference": similar.reference, "title": similar.title, "note": note, "public": similar.public})
}

/// A change as somebody sees it who may join it.
pub fn of_change(change: &Change) -> Similar {
    Similar {
        reference: change.reference.clone(),
        title: change.title.clone(),
        status_key: format!("change-status-{}", change.status),
        voices: None,
        public: true,
    }
}
