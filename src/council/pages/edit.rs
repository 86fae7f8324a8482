//! What a council is: its name, when it meets, how many must be there.

use super::{choices, chosen, clock, home, staff};
use crate::cases::actions::Desk;
use crate::council::councils::{self, Quorum, Wanted};
use crate::council::dates::{Every, Plain, Rule};
use crate::council::model::Seat;
use crate::council::store::Council;
use crate::council::words;
use crate::error::{Error, FieldError, Result};
use crate::i18n::Lang;
use crate::sla;
use crate::web::forms::{Form, clean_line};
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const FORM: &str = "council/form";
/// So many dates are shown before a rule is saved.
const PREVIEW: usize = 6;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The form as it was filled in.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct CouncilForm {
    name: String,
    every: String,
    weekday: String,
    time: String,
    /// Of somebody who chose a rule of their own.
    rule: String,
    zone: String,
    calendar: String,
    minutes: String,
    place: String,
    quota: String,
    quorum_operations: String,
    quorum_quality: String,
    quorum_wfm: String,
    quorum_front_line: String,
    quorum_other: String,
    version: String,
    /// Sent by the button that shows dates instead of saving.
    #[serde(skip_serializing)]
    preview: String,
}

impl CouncilForm {
    /// Where most begin.
    fn usual(zone: Tz) -> CouncilForm {
        let one = || "1".to_owned();
        CouncilForm {
            every: Every::First.to_string(),
            weekday: "tue".into(),
            time: "10:00".into(),
            zone: zone.name().into(),
            minutes: "60".into(),
            quota: "3".into(),
            quorum_operations: one(),
            quorum_quality: one(),
            quorum_wfm: one(),
            quorum_front_line: one(),
            quorum_other: "0".into(),
            ..CouncilForm::default()
        }
    }

    fn of(council: &Council, quorum: &Quorum) -> CouncilForm {
        let plain = Plain::of(&council.rule);
        let needed = |seat| quorum.get(&seat).copied().unwrap_or(0).to_string();
        CouncilForm {
            name: council.name.clone(),
            every: plain.map_or(Every::Own, |plain| plain.every).to_string(),
            weekday: plain.map_or("tue", |plain| words::word(plain.weekday)).to_owned(),
            time: plain.map_or_else(|| "10:00".into(), |plain| plain.time.format("%H:%M").to_string()),
            rule: council.rule.clone(),
            zone: council.zone.clone(),
            calendar: council.calendar_id.map(|id| id.to_string()).unwrap_or_default(),
            minutes: council.minutes.to_string(),
            place: council.place.clone().unwrap_or_default(),
            quota: council.quota.to_string(),
            quorum_operations: needed(Seat::Operations),
            quorum_quality: needed(Seat::Quality),
            quorum_wfm: needed(Seat::Wfm),
            quorum_front_line: needed(Seat::FrontLine),
            quorum_other: needed(Seat::Other),
            version: council.version.to_string(),
            preview: String::new(),
        }
    }

    /// What is wanted; names every field that is wrong at once.
    fn wanted(&self, now: chrono::DateTime<chrono::Utc>) -> Result<Wanted> {
        let mut wrong = Vec::new();
        let wanted = Wanted {
            name: self.name.clone(),
            rule: or_wrong(self.rule_text(), &mut wrong).unwrap_or_else(|| "0 10 * * TUE".into()),
            zone: or_wrong(self.zone(), &mut wrong).unwrap_or(Tz::UTC),
            minutes: or_wrong(whole("minutes", &self.minutes), &mut wrong).unwrap_or(councils::MINUTES.0),
            calendar_id: or_wrong(chosen("calendar", &self.calendar), &mut wrong).flatten(),
            place: self.place.clone(),
            quota: or_wrong(whole("quota", &self.quota), &mut wrong).unwrap_or(councils::QUOTA.0),
            quorum: self.quorum(&mut wrong),
        };
        match wanted.checked(now) {
            Ok(wanted) if wrong.is_empty() => Ok(wanted),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => Err(Error::Invalid([more, wrong].concat())),
            Err(other) => Err(other),
        }
    }

    fn rule_text(&self) -> Result<String> {
        let every: Every = self.every.parse().map_err(|_| Error::field("every", "error-choice"))?;
        if every == Every::Own {
            return Ok(self.rule.clone());
        }
        let weekday = self.weekday.parse().map_err(|_| Error::field("weekday", "error-choice"))?;
        let plain = Plain { every, weekday, time: clock(&self.time)? };
        plain.rule().ok_or_else(|| Error::field("every", "error-choice"))
    }

    fn zone(&self) -> Result<Tz> {
        let typed = clean_line(&self.zone).replace(' ', "_");
        let same = |zone: &&Tz| zone.name().eq_ignore_ascii_case(&typed);
        let found = chrono_tz::TZ_VARIANTS.iter().find(same).copied();
        found.ok_or_else(|| Error::field("zone", "sla-zone-unknown"))
    }

    fn quorum(&self, wrong: &mut Vec<FieldError>) -> Quorum {
        let typed = [
            (Seat::Operations, &self.quorum_operations),
            (Seat::Quality, &self.quorum_quality),
            (Seat::Wfm, &self.quorum_wfm),
            (Seat::FrontLine, &self.quorum_front_line),
            (Seat::Other, &self.quorum_other),
        ];
        let needed = |(seat, typed): (Seat, &String)| {
            let typed = if typed.trim().is_empty() { "0" } else { typed };
            Some((seat, or_wrong(whole(&format!("quorum_{seat}"), typed), wrong)?))
        };
        typed.into_iter().filter_map(needed).collect()
    }
}

fn whole(field: &str, typed: &str) -> Result<i32> {
    typed.trim().parse().map_err(|_| Error::field(field, "error-number"))
}

fn or_wrong<T>(read: Result<T>, wrong: &mut Vec<FieldError>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(Error::Invalid(fields)) => {
            wrong.extend(fields);
            None
        }
        Err(_) => None,
    }
}

/// `GET /council/new`
pub async fn new(page: Page) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let form = CouncilForm::usual(page.app.config.app.time_zone);
    let mut context = context(&page, None, &form).await?;
    context["form"] = json!(form);
    page.render(FORM, context)
}

/// `POST /council/new`
pub async fn create(page: Page, form: Form<CouncilForm>) -> Result<HttpResponse> {
    let viewer = page.viewer()?.clone();
    viewer.require(Role::Admin)?;
    let (form, desk) = (form.0, Desk::of(&page.app));
    let wanted = match form.wanted(page.now) {
        Ok(_) if !form.preview.is_empty() => return previewed(&page, None, &form).await,
        Ok(wanted) => wanted,
        Err(e) => return page.form_again(e, FORM, context(&page, None, &form).await?, &form),
    };
    match page.app.db.write(move |c| councils::add(c, &desk, viewer.by(), wanted)).await {
        Ok(council) => Ok(page.see_other_saying(&format!("{}/members", home(council.id)), "council-saved-now-members")),
        Err(e) => page.form_again(e, FORM, context(&page, None, &form).await?, &form),
    }
}

/// `GET /council/{council}/edit`
pub async fn edit(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (viewer, id) = (staff(&page)?, *id);
    let (council, quorum) =
        page.app.db.read(move |c| Ok((councils::to_run(c, &viewer, id)?, councils::quorum(c, id)?))).await?;
    let form = CouncilForm::of(&council, &quorum);
    let mut context = context(&page, Some(id), &form).await?;
    context["form"] = json!(form);
    page.render(FORM, context)
}

/// `POST /council/{council}/edit`
pub async fn save(page: Page, id: Path<i64>, form: Form<CouncilForm>) -> Result<HttpResponse> {
    let (viewer, form, desk, id) = (staff(&page)?, form.0, Desk::of(&page.app), *id);
    may_run(&page, &viewer, id).await?;
    let wanted = match form.wanted(page.now) {
        Ok(_) if !form.preview.is_empty() => return previewed(&page, Some(id), &form).await,
        Ok(wanted) => wanted,
        Err(e) => return page.form_again(e, FORM, context(&page, Some(id), &form).await?, &form),
    };
    let version = form.version.parse().map_err(|_| Error::Conflict("error-council-changed"))?;
    let saved = page.app.db.write(move |c| {
        councils::to_run(c, &viewer, id)?;
        councils::change(c, &desk, viewer.by(), id, version, wanted)
    });
    match saved.await {
        Ok(()) => Ok(page.see_other_saying(&home(id), "saved")),
        Err(e) => page.form_again(e, FORM, context(&page, Some(id), &form).await?, &form),
    }
}

/// `POST /council/{council}/closing`
pub async fn close(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let (viewer, desk, id) = (page.viewer()?.clone(), Desk::of(&page.app), *id);
    viewer.require(Role::Admin)?;
    page.app.db.write(move |c| councils::close(c, &desk, viewer.by(), id)).await?;
    Ok(page.see_other_saying("/council", "council-closed"))
}

async fn may_run(page: &Page, viewer: &Viewer, id: i64) -> Result<()> {
    let viewer = viewer.clone();
    page.app.db.read(move |c| councils::to_run(c, &viewer, id)).await.map(|_| ())
}

/// The same form with the dates its rule gives.
async fn previewed(page: &Page, id: Option<i64>, form: &CouncilForm) -> Result<HttpResponse> {
    let mut context = context(page, id, form).await?;
    context["form"] = json!(form);
    context["previewed"] = json!(true);
    page.render(FORM, context)
}

async fn context(page: &Page, id: Option<i64>, form: &CouncilForm) -> Result<Value> {
    let calendars = page.app.db.read(|c| Ok(sla::store::choices(c)?)).await?;
    Ok(json!({
        "id": id.map(|id| id.to_string()),
        "calendars": choices(calendars),
        "zones": chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect::<Vec<_>>(),
        "previewed": false,
        "everies": Every::ALL,
        "weekdays": WEEKDAYS,
        "dates": form.wanted(page.now).map_or_else(|_| Vec::new(), |wanted| dates(page, &wanted)),
        "may_close": id.is_some() && page.viewer()?.role >= Role::Admin,
    }))
}

/// The next dates of a rule in words, with what was moved.
fn dates(page: &Page, wanted: &Wanted) -> Vec<Value> {
    let Ok(rule) = Rule::parse(&wanted.rule, wanted.zone, page.now) else { return Vec::new() };
    let rules = page.app.rules.current();
    let calendar = wanted.calendar_id.and_then(|id| rules.calendars.get(&id));
    let said = |lang: Lang, at| words::when(lang, wanted.zone, at);
    rule.dates(page.now, calendar)
        .take(PREVIEW)
        .map(|date| {
            let moved = (date.at != date.slot).then(|| crate::i18n::day(page.lang, wanted.zone, date.slot));
            json!({"when": said(page.lang, date.at), "instead_of": moved})
        })
        .collect()
}
