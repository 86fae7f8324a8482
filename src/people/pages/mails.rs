//! The page on which people choose their mails: from a link under every mail, or from their account. Looking changes
//! nothing, because mail scanners open every link; what was chosen is said on the page that answers.

use super::{choice, langs};
use crate::error::{Error, Result};
use crate::i18n::{self, Lang};
use crate::journal::By;
use crate::people::absence::{back_after, last_day};
use crate::people::mails::{self, Choice, Chosen, Pause, Saved, Zone};
use crate::people::model::checked_zone;
use crate::secret::Purpose;
use crate::web::forms::Form;
use crate::web::page::{Page, has_chosen_language};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "people/mails";
const MINE: &str = "/me/mails";
/// Whoever wants nothing for longer ends it instead.
const LONGEST_PAUSE: Months = Months::new(12);

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MailsForm {
    /// Boxes that are not ticked are not sent.
    #[serde(default)]
    digest: Option<String>,
    #[serde(default)]
    received: Option<String>,
    #[serde(default)]
    notice: Option<String>,
    lang: String,
    /// Where their clock is; empty for ours.
    #[serde(default)]
    zone: Option<String>,
    /// "keep", "none", "week", "month" or "date".
    #[serde(default)]
    pause: String,
    /// The day on which mails come again, for "date".
    #[serde(default)]
    until: String,
}

/// Whose mails a page is about, and how they came there.
struct Visit {
    person_id: i64,
    by: By,
    /// Where the form goes.
    path: String,
    /// Where the digests are ended with one press; none for whoever did not come for that.
    unsubscribe: Option<String>,
}

/// GET /me/mails
pub async fn mine(page: Page) -> Result<HttpResponse> {
    let visit = signed_in(&page)?;
    show(&page, &visit, None).await
}

/// POST /me/mails
pub async fn save_mine(page: Page, form: Form<MailsForm>) -> Result<HttpResponse> {
    let visit = signed_in(&page)?;
    save(page, &visit, form.0).await
}

/// GET /mail/{token}
pub async fn by_link(page: Page, req: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let visit = visit(&page, &token)?;
    let page = in_their_language(page, &req, visit.person_id).await?;
    show(&page, &visit, None).await
}

/// POST /mail/{token}
pub async fn save_by_link(
    page: Page,
    req: HttpRequest,
    token: Path<String>,
    form: Form<MailsForm>,
) -> Result<HttpResponse> {
    let visit = visit(&page, &token)?;
    let page = in_their_language(page, &req, visit.person_id).await?;
    save(page, &visit, form.0).await
}

/// GET /unsubscribe/{token}: the same page, which asks about the digests first.
pub async fn ask(page: Page, req: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let visit = Visit { unsubscribe: Some(format!("/unsubscribe/{token}")), ..visit(&page, &token)? };
    let page = in_their_language(page, &req, visit.person_id).await?;
    show(&page, &visit, None).await
}

/// POST /unsubscribe/{token}: one click in a mail program (RFC 8058), which sends no cookie, wants no redirect and may
/// send any body; the button of our own page does the same.
pub async fn unsubscribe(page: Page, req: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let visit = visit(&page, &token)?;
    let (person, now) = (visit.person_id, page.now);
    page.app.db.write(move |c| mails::unsubscribe(c, By::ORIGINATOR, person, now)).await?;
    let page = in_their_language(page, &req, visit.person_id).await?;
    show(&page, &visit, Some(vec![Saved::DigestOff])).await
}

fn signed_in(page: &Page) -> Result<Visit> {
    let viewer = page.viewer()?;
    Ok(Visit { person_id: viewer.id, by: viewer.by(), path: MINE.into(), unsubscribe: None })
}

fn visit(page: &Page, token: &str) -> Result<Visit> {
    let person_id = page.app.secret.open(Purpose::Mails, token)?;
    Ok(Visit { person_id, by: By::ORIGINATOR, path: format!("/mail/{token}"), unsubscribe: None })
}

/// The language of the mail they come from, unless this browser was told another.
async fn in_their_language(mut page: Page, req: &HttpRequest, person_id: i64) -> Result<Page> {
    if !has_chosen_language(req) {
        page.lang = page.app.db.read(move |c| Ok(mails::find(c, person_id)?)).await?.lang;
    }
    Ok(page.unlisted())
}

async fn save(mut page: Page, visit: &Visit, form: MailsForm) -> Result<HttpResponse> {
    let choice = match form.choice(&page) {
        Ok(choice) => choice,
        Err(e) => {
            let chosen = find(&page, visit).await?;
            return page.form_again(e, TEMPLATE, context(&page, visit, &chosen, None), &form);
        }
    };
    let (person, by, now) = (visit.person_id, visit.by, page.now);
    let saved = page.app.db.write(move |c| mails::choose(c, by, person, choice, now)).await?;
    let spoken = saved.contains(&Saved::Lang);
    if spoken {
        page.lang = choice.lang;
    }
    let mut response = show(&page, visit, Some(saved)).await?;
    if spoken {
        response.add_cookie(&page.language_cookie(choice.lang)).map_err(Error::internal)?;
    }
    Ok(response)
}

impl MailsForm {
    fn of(chosen: &Chosen, now: DateTime<Utc>) -> MailsForm {
        let ticked = |on: bool| on.then(|| "on".to_owned());
        MailsForm {
            digest: ticked(chosen.gets_digest()),
            received: ticked(chosen.received_ended_at.is_none()),
            notice: ticked(chosen.notice_ended_at.is_none()),
            lang: chosen.lang.to_string(),
            zone: Some(chosen.zone.clone().unwrap_or_default()),
            pause: if chosen.paused_until(now).is_some() { "keep" } else { "none" }.into(),
            until: String::new(),
        }
    }

    fn choice(&self, page: &Page) -> Result<Choice> {
        Ok(Choice {
            digest: self.digest.is_some(),
            received: self.received.is_some(),
            notice: self.notice.is_some(),
            lang: choice("lang", &self.lang)?,
            pause: self.pause(page)?,
            zone: self.clock()?,
        })
    }

    fn clock(&self) -> Result<Zone> {
        let Some(typed) = &self.zone else { return Ok(Zone::Keep) };
        Ok(checked_zone("zone", typed)?.map_or(Zone::Ours, Zone::Theirs))
    }

    fn pause(&self, page: &Page) -> Result<Pause> {
        let today = page.now.with_timezone(&page.app.config.app.time_zone).date_naive();
        let again = match self.pause.as_str() {
            "" | "keep" => return Ok(Pause::Keep),
            "none" => return Ok(Pause::None),
            "week" => today + Days::new(7),
            "month" => today + Months::new(1),
            "date" => day_to_come(&self.until, today)?,
            _ => return Err(Error::field("pause", "error-choice")),
        };
        // Mails come again as this day begins.
        let eve = again.pred_opt().unwrap_or(again);
        Ok(Pause::Until(back_after(eve, page.app.config.app.time_zone)))
    }
}

fn day_to_come(typed: &str, today: NaiveDate) -> Result<NaiveDate> {
    match typed.trim().parse::<NaiveDate>() {
        Err(_) => Err(Error::field("until", "error-date")),
        Ok(day) if day <= today => Err(Error::field("until", "error-date-past")),
        Ok(day) if day > today + LONGEST_PAUSE => Err(Error::field("until", "mails-pause-too-long")),
        Ok(day) => Ok(day),
    }
}

async fn find(page: &Page, visit: &Visit) -> Result<Chosen> {
    let person_id = visit.person_id;
    page.app.db.read(move |c| Ok(mails::find(c, person_id)?)).await
}

async fn show(page: &Page, visit: &Visit, saved: Option<Vec<Saved>>) -> Result<HttpResponse> {
    let chosen = find(page, visit).await?;
    let mut context = context(page, visit, &chosen, saved);
    context["form"] = json!(MailsForm::of(&chosen, page.now));
    page.render(TEMPLATE, context)
}

fn context(page: &Page, visit: &Visit, chosen: &Chosen, saved: Option<Vec<Saved>>) -> Value {
    let tz = page.app.config.app.time_zone;
    let again = chosen.paused_until(page.now).map(|until| {
        let day = last_day(until, tz);
        i18n::calendar_date(page.lang, day.succ_opt().unwrap_or(day))
    });
    let said = |word: &Saved| said(page, *word, chosen.lang, again.as_deref().unwrap_or_default());
    json!({
        "path": visit.path,
        "mine": visit.path == MINE,
        "email": chosen.email,
        "staff": chosen.works_on_cases(),
        "again": again,
        "unsubscribe": visit.unsubscribe.as_ref().filter(|_| chosen.gets_digest()),
        "saved": saved.is_some(),
        "changes": saved.iter().flatten().map(said).collect::<Vec<_>>(),
        "langs": langs(),
        "zones": chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect::<Vec<_>>(),
    })
}

fn said(page: &Page, word: Saved, lang: Lang, again: &str) -> String {
    let lang = page.t(&format!("mails-in-{lang}"), &[]);
    page.t(&format!("mails-saved-{word}"), &[("lang", lang.into()), ("day", again.into())])
}
