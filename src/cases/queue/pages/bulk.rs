//! Steps on many cases: the form, what became of it, and taking it back.

use super::super::bulk::{self, Chosen, Report, Step, Undo};
use super::super::filter::Asked;
use super::{TEMPLATE, address, context, spot};
use crate::cases::actions::Desk;
use crate::cases::later::Until;
use crate::cases::store::{self, Scope};
use crate::error::{Error, Result};
use crate::i18n::{self, Arg};
use crate::web::forms::given;
use crate::web::{Form, Page};
use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

crate::text_enum! {
    /// What the buttons of the bar do.
    pub enum Action {
        Take = "take",
        Assign = "assign",
        Snooze = "snooze",
        Tag = "tag",
        Untag = "untag",
        Merge = "merge",
    }
}

/// The boxes of the page and the fields of the bar.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct BulkForm {
    pub reference: Vec<String>,
    pub action: String,
    pub owner: String,
    pub tag: String,
    pub until: String,
    pub date: String,
    /// The case that the others are merged into.
    pub into: String,
    /// The change that all are linked to; the backlog reads it.
    pub change: String,
    /// The page they were chosen on, to return to.
    pub back: String,
}

/// `POST /cases/bulk`
pub async fn take(page: Page, form: Form<BulkForm>) -> Result<HttpResponse> {
    let form = form.0;
    match step(&page, &form) {
        Ok((chosen, Some(step))) => {
            let viewer = page.viewer()?;
            let (desk, scope, by) = (Desk::of(&page.app), Scope::of(viewer)?, viewer.by());
            let given_to = match step {
                Step::Assign(owner) => owner,
                _ => None,
            };
            let work = page.app.db.write(move |c| {
                // Whom they cannot be given to is wrong for all of them at once.
                if let Some(owner) = given_to
                    && store::candidate(c, owner)?.is_none()
                {
                    return Err(Error::field("owner", "error-choice"));
                }
                bulk::run(c, &desk, scope, by, &chosen, &step)
            });
            match work.await {
                Ok(report) => Ok(reporting(&page, &form.back, &Said::of(&form, report, given_to))),
                Err(e) => again(&page, e, &form).await,
            }
        }
        Ok((chosen, None)) => ask_which(&page, &form, chosen).await,
        Err(e) => again(&page, e, &form).await,
    }
}

/// What is to be done; nothing for a merge that does not say into which.
fn step(page: &Page, form: &BulkForm) -> Result<(Vec<Chosen>, Option<Step>)> {
    let viewer = page.viewer()?;
    let action: Action = form.action.parse().map_err(|_| Error::field("action", "error-choice"))?;
    let chosen = Chosen::read(&form.reference)?;
    let zone = page.app.config.app.time_zone;
    let step = match action {
        Action::Take => Step::Assign(Some(viewer.id)),
        Action::Assign => Step::Assign(owner(&form.owner, viewer.id)?),
        Action::Snooze => {
            let until: Until = form.until.parse().map_err(|_| Error::field("until", "error-choice"))?;
            Step::Snooze(until.moment(&form.date, "", page.now, zone)?)
        }
        Action::Tag => Step::Tag { add: tags(&form.tag)?, remove: Vec::new() },
        Action::Untag => Step::Tag { add: Vec::new(), remove: tags(&form.tag)? },
        Action::Merge if chosen.len() < 2 => return Err(Error::field("reference", "error-choose-two")),
        Action::Merge => match given(&form.into) {
            None => return Ok((chosen, None)),
            Some(into) if chosen.iter().any(|one| one.reference == into) => Step::Merge { into: into.to_owned() },
            Some(_) => return Err(Error::field("into", "error-choice")),
        },
    };
    Ok((chosen, Some(step)))
}

fn owner(typed: &str, me: i64) -> Result<Option<i64>> {
    match typed {
        "" => Err(Error::field("owner", "error-choice")),
        "nobody" => Ok(None),
        "me" => Ok(Some(me)),
        id => id.parse().map(Some).map_err(|_| Error::field("owner", "error-choice")),
    }
}

/// Several tags are set off by commas.
fn tags(typed: &str) -> Result<Vec<String>> {
    let tags: Vec<String> = typed.split(',').filter_map(given).map(str::to_owned).collect();
    if tags.is_empty() {
        return Err(Error::field("tag", "error-required"));
    }
    tags.iter().try_for_each(|tag| crate::cases::actions::tag_text(tag).map(|_| ()))?;
    Ok(tags)
}

/// The page again, with what was ticked and typed.
pub async fn again(page: &Page, error: Error, form: &BulkForm) -> Result<HttpResponse> {
    let context = context(page, &Asked::read(&form.back), form).await?;
    page.form_again(error, TEMPLATE, context, form)
}

/// Merging asks first: which of them stays.
async fn ask_which(page: &Page, form: &BulkForm, chosen: Vec<Chosen>) -> Result<HttpResponse> {
    let scope = Scope::of(page.viewer()?)?;
    let found = page.app.db.read(move |c| {
        let mut found = Vec::new();
        for one in chosen {
            match store::find(c, scope, &one.reference) {
                Ok((case, said)) => found.push((case, said)),
                Err(diesel::result::Error::NotFound) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(found)
    });
    let found = found.await?;
    let cases: Vec<Value> = found
        .iter()
        .map(|(case, said)| {
            json!({
                "reference": said.reference,
                "choice": format!("{}.{}", said.reference, case.version),
                "title": said.title,
                "received_at": said.received_at,
                "anonymous": said.anonymous,
                "status": case.status,
            })
        })
        .collect();
    page.render("cases/merge", json!({"cases": cases, "back": form.back}))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UndoForm {
    action: String,
    /// `F-7QK3M9X=17`: the case and who had it before.
    before: Vec<String>,
    /// Whom they were given to.
    given_to: String,
    back: String,
}

/// `POST /cases/bulk/undo`
pub async fn undo(page: Page, form: Form<UndoForm>) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    let (desk, scope, by, form) = (Desk::of(&page.app), Scope::of(viewer)?, viewer.by(), form.0);
    let wrong = || Error::BadRequest("this is nothing we can take back".into());
    let what = match form.action.parse() {
        Ok(Action::Take | Action::Assign) => Undo::Assign { given_to: id(&form.given_to).ok_or_else(wrong)? },
        Ok(Action::Snooze) => Undo::Snooze,
        _ => return Err(wrong()),
    };
    let before = form.before.iter().map(|entry| {
        let (reference, owner) = entry.split_once('=')?;
        Some((crate::id::parse_reference(reference)?, id(owner)?))
    });
    let before: Vec<(String, Option<i64>)> = before.collect::<Option<_>>().ok_or_else(wrong)?;
    if before.len() > bulk::MOST {
        return Err(wrong());
    }
    let report = page.app.db.write(move |c| bulk::undo(c, &desk, scope, by, &before, what)).await?;
    Ok(report_back(&page, &form.back, "undone", report))
}

/// An id, or nobody.
fn id(text: &str) -> Option<Option<i64>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

/// What became of it, carried to the next page.
#[derive(Debug, Deserialize, Serialize)]
pub struct Said {
    did: String,
    #[serde(flatten)]
    report: Report,
    given_to: Option<i64>,
}

const REPORT: &str = "bulk";
/// A browser keeps 4 KB of a cookie; beyond that nothing can be taken back at a press.
const MOST_SAID: usize = 3_500;

impl Said {
    fn of(form: &BulkForm, mut report: Report, given_to: Option<i64>) -> Said {
        if !matches!(form.action.as_str(), "take" | "assign" | "snooze") {
            report.before.clear();
        }
        Said { did: form.action.clone(), report, given_to }
    }

    fn encode(&self) -> String {
        BASE64URL_NOPAD.encode(json!(self).to_string().as_bytes())
    }
}

/// The same for a step that is taken elsewhere; `did` names the words for it, `bulk-…`.
pub fn report_back(page: &Page, back: &str, did: &str, report: Report) -> HttpResponse {
    let report = Report { before: Vec::new(), ..report };
    reporting(page, back, &Said { did: did.to_owned(), report, given_to: None })
}

/// Back to the page they were chosen on, which says what became of it.
fn reporting(page: &Page, back: &str, said: &Said) -> HttpResponse {
    let asked = Asked::read(back);
    let path = address(asked.view(), &asked.filter(), spot(&asked).unwrap_or_default());
    let mut encoded = said.encode();
    if encoded.len() > MOST_SAID {
        let report = Report { before: Vec::new(), ..said.report.clone() };
        encoded = Said { did: said.did.clone(), report, given_to: None }.encode();
    }
    let mut response = page.see_other(&path);
    let cookie = page.short_cookie(REPORT, &encoded, actix_web::cookie::time::Duration::minutes(1));
    if let Err(e) = response.add_cookie(&cookie) {
        tracing::warn!(error = %e, "could not say what became of many cases");
    }
    response
}

/// What the last step said, if it has not been shown.
pub fn reported(req: &HttpRequest) -> Option<Said> {
    let cookie = req.cookie(REPORT)?;
    serde_json::from_slice(&BASE64URL_NOPAD.decode(cookie.value().as_bytes()).ok()?).ok()
}

pub fn forget(mut response: HttpResponse) -> Result<HttpResponse> {
    let mut seen = Cookie::new(REPORT, "");
    seen.set_path("/");
    response.add_removal_cookie(&seen).map_err(Error::internal)?;
    Ok(response)
}

/// The same in words, with what undoing needs.
pub fn said(page: &Page, said: &Said) -> Value {
    let Said { did, report, given_to } = said;
    let key = format!("bulk-{did}");
    let known = i18n::has(page.lang, &key);
    let refused: usize = report.refused.iter().map(|refused| refused.references.len()).sum();
    json!({
        "done": (known && report.done > 0).then(|| page.t(&key, &[("n", (report.done as f64).into())])),
        "refused": (refused > 0).then(|| page.t("bulk-refused", &[("n", (refused as f64).into())])),
        "why": report.refused.iter().map(|refused| json!({
            "references": refused.references,
            "text": reason(page, &refused.key, &refused.args),
        })).collect::<Vec<_>>(),
        "undo": (!report.before.is_empty()).then(|| json!({
            "action": did,
            "given_to": given_to.map(|id| id.to_string()).unwrap_or_default(),
            "before": report.before.iter().map(|(reference, owner)| {
                format!("{reference}={}", owner.map(|id| id.to_string()).unwrap_or_default())
            }).collect::<Vec<_>>(),
        })),
    })
}

fn reason(page: &Page, key: &str, args: &[(String, String)]) -> String {
    let number = |value: &String| value.parse::<f64>().map_or_else(|_| Arg::from(value.clone()), Arg::from);
    let args: Vec<(&str, Arg)> = args.iter().map(|(name, value)| (name.as_str(), number(value))).collect();
    // What comes back from a browser may name anything.
    let known = key.starts_with("error-").then(|| i18n::lookup(page.lang, key, &args));
    known.and_then(std::result::Result::ok).unwrap_or_default()
}
