//! Who is away and who stands in: one's own, and anybody's for administrators, who also say which segment somebody is in.

use super::{admin, named, optional_choice};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n;
use crate::journal::By;
use crate::people::absence::{self, Absence, Colleague};
use crate::people::model::checked_segment;
use crate::people::{actions, store};
use crate::web::Role;
use crate::web::forms::{Form, given};
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "people/absence";
const MINE: &str = "/me/absence";
/// Longer than this nobody is away: it would be a slip of the keyboard.
const LONGEST: Duration = Duration::days(3 * 366);

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceForm {
    /// The last day, or nothing for somebody who is there.
    until: String,
    deputy: String,
    /// Only administrators say it.
    #[serde(default)]
    segment: String,
    #[serde(default)]
    site: String,
}

impl AbsenceForm {
    fn of(page: &Page, person: &Colleague, segment: Option<String>, site: Option<String>) -> AbsenceForm {
        let until = person.away_until.filter(|_| person.is_away(page.now));
        AbsenceForm {
            until: until.map(|at| absence::last_day(*at, tz(page)).to_string()).unwrap_or_default(),
            deputy: person.deputy_id.map(|id| id.to_string()).unwrap_or_default(),
            segment: segment.unwrap_or_default(),
            site: site.unwrap_or_default(),
        }
    }

    fn place(&self) -> Result<Place> {
        match (checked_segment("segment", &self.segment), checked_segment("site", &self.site)) {
            (Ok(segment), Ok(site)) => Ok((segment, site)),
            (Err(Error::Invalid(one)), Err(Error::Invalid(two))) => Err(Error::Invalid([one, two].concat())),
            (Err(e), _) | (_, Err(e)) => Err(e),
        }
    }

    fn absence(&self, page: &Page) -> Result<Absence> {
        let last = given(&self.until).map(|typed| last_day(page, typed)).transpose()?;
        let until = last.map(|day| absence::back_after(day, tz(page)));
        Ok(Absence { until, deputy_id: optional_choice("deputy", &self.deputy)? })
    }
}

fn last_day(page: &Page, typed: &str) -> Result<NaiveDate> {
    let today = page.now.with_timezone(&tz(page)).date_naive();
    let day: NaiveDate = typed.parse().map_err(|_| Error::field("until", "error-date"))?;
    match day {
        day if day < today => Err(Error::field("until", "error-date-past")),
        day if day > today + LONGEST => Err(Error::field("until", "error-date-far")),
        day => Ok(day),
    }
}

fn tz(page: &Page) -> chrono_tz::Tz {
    page.app.config.app.time_zone
}

/// GET /me/absence
pub async fn mine(page: Page) -> Result<HttpResponse> {
    let me = worker(&page)?;
    show(&page, me, MINE).await
}

/// POST /me/absence
pub async fn save_mine(page: Page, form: Form<AbsenceForm>) -> Result<HttpResponse> {
    let me = worker(&page)?;
    let by = By::person(me);
    let saved = match form.0.absence(&page) {
        Ok(absence) => {
            let now = page.now;
            page.app.db.write(move |c| absence::save(c, by, me, absence, now)).await
        }
        Err(e) => Err(e),
    };
    answer(&page, me, MINE, saved, &form.0).await
}

/// GET /admin/people/{id}/absence
pub async fn theirs(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    admin(&page)?;
    show(&page, *id, &path(*id)).await
}

/// POST /admin/people/{id}/absence
pub async fn save_theirs(page: Page, id: Path<i64>, form: Form<AbsenceForm>) -> Result<HttpResponse> {
    let (by, id, now) = (admin(&page)?.by(), *id, page.now);
    let saved = match (form.0.absence(&page), form.0.place()) {
        (Ok(absence), Ok(place)) => {
            let write = move |c: &mut Conn| {
                actions::staff_member(c, id)?;
                put_into(c, by, id, place, now)?;
                absence::save(c, by, id, absence, now)
            };
            page.app.db.write(write).await
        }
        (Err(Error::Invalid(one)), Err(Error::Invalid(two))) => Err(Error::Invalid([one, two].concat())),
        (Err(e), _) | (_, Err(e)) => Err(e),
    };
    answer(&page, id, &path(id), saved, &form.0).await
}

/// The segment and the site somebody belongs to.
type Place = (Option<String>, Option<String>);

fn put_into(c: &mut Conn, by: By, id: i64, (segment, site): Place, now: DateTime<Utc>) -> Result<()> {
    if store::segment(c, id)? != segment {
        store::set_segment(c, id, segment.as_deref())?;
        actions::note(c, by, id, "segment_changed", json!({"to": segment}), now)?;
    }
    if store::site(c, id)? != site {
        store::set_site(c, id, site.as_deref())?;
        actions::note(c, by, id, "site_changed", json!({"to": site}), now)?;
    }
    Ok(())
}

/// Whoever works cases has somebody to stand in for them.
fn worker(page: &Page) -> Result<i64> {
    let viewer = page.viewer()?;
    viewer.require(Role::Owner)?;
    Ok(viewer.id)
}

fn path(id: i64) -> String {
    format!("/admin/people/{id}/absence")
}

async fn show(page: &Page, id: i64, path: &str) -> Result<HttpResponse> {
    let (mut context, form) = context(page, id, path).await?;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

async fn answer(page: &Page, id: i64, path: &str, saved: Result<()>, form: &AbsenceForm) -> Result<HttpResponse> {
    match saved {
        Ok(()) => Ok(page.see_other_saying(path, "saved")),
        Err(e) => page.form_again(e, TEMPLATE, context(page, id, path).await?.0, form),
    }
}

async fn context(page: &Page, id: i64, path: &str) -> Result<(Value, AbsenceForm)> {
    let load = move |c: &mut Conn| {
        let staff = actions::staff_member(c, id)?;
        let person = absence::colleague(c, id)?.ok_or(Error::NotFound)?;
        let deputy = person.deputy_id.map(|id| absence::colleague(c, id)).transpose()?.flatten();
        Ok((staff, person, deputy, (store::segment(c, id)?, store::site(c, id)?), store::workers(c)?))
    };
    let (staff, person, deputy, (segment, site), workers) = page.app.db.read(load).await?;
    let until = person.away_until.filter(|_| person.is_away(page.now));
    let shown = json!({
        "path": path,
        "mine": path == MINE,
        "id": id.to_string(),
        "name": staff.name,
        "away": until.map(|at| i18n::calendar_date(page.lang, absence::last_day(*at, tz(page)))),
        "deputy": deputy.map(|deputy| deputy.name),
        "people": named(workers.into_iter().filter(|(other, _)| *other != id).collect()),
    });
    let form = AbsenceForm::of(page, &person, segment, site);
    Ok((shown, form))
}
