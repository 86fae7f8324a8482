//! Proposing and editing a change.

use super::{address, reference, shown::percent, staff};
use crate::backlog::actions;
use crate::backlog::proposal::Proposal;
use crate::backlog::store::{self, Change};
use crate::cases::actions::Desk;
use crate::cases::store::{Candidate, Scope, candidates};
use crate::error::{Error, FieldError, Result};
use crate::i18n;
use crate::id;
use crate::web::forms::{Form, given, query};
use crate::web::page::Page;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "backlog/form";

/// The form as it was filled in: everything is text, so that what is wrong keeps what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeForm {
    title: String,
    proposal: String,
    ex: String,
    cx: String,
    effort: String,
    /// In per cent.
    confidence: String,
    owner: String,
    target_on: String,
    public: String,
    /// The version that was edited.
    version: String,
    /// A case to link at once.
    case: String,
}

impl ChangeForm {
    fn of(change: &Change) -> ChangeForm {
        ChangeForm {
            title: change.title.clone(),
            proposal: change.proposal.clone(),
            ex: change.ex.to_string(),
            cx: change.cx.to_string(),
            effort: change.effort.to_string(),
            confidence: percent(change.confidence).to_string(),
            owner: change.owner_id.map(|id| id.to_string()).unwrap_or_default(),
            target_on: change.target_on.map(|on| on.to_string()).unwrap_or_default(),
            public: if change.public { "on".into() } else { String::new() },
            version: change.version.to_string(),
            case: String::new(),
        }
    }

    /// What is proposed; names every field that is wrong at once.
    fn proposal(&self) -> Result<Proposal> {
        let mut wrong = Vec::new();
        let proposal = Proposal {
            title: self.title.clone(),
            proposal: self.proposal.clone(),
            ex: whole("ex", &self.ex, &mut wrong),
            cx: whole("cx", &self.cx, &mut wrong),
            effort: number("effort", &self.effort, &mut wrong).unwrap_or(1.0),
            confidence: self.confidence(&mut wrong),
            owner_id: optional("owner", &self.owner, "error-choice", &mut wrong),
            target_on: optional("target_on", &self.target_on, "error-date", &mut wrong),
            public: !self.public.is_empty(),
            ..Proposal::default()
        };
        match proposal.checked() {
            Ok(proposal) if wrong.is_empty() => Ok(proposal),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => Err(Error::Invalid([more, wrong].concat())),
            Err(other) => Err(other),
        }
    }

    fn confidence(&self, wrong: &mut Vec<FieldError>) -> f64 {
        let percent = number("confidence", self.confidence.trim_end_matches(['%', ' ']), wrong).unwrap_or(0.0);
        if !(0.0..=100.0).contains(&percent) {
            wrong.push(FieldError::new("confidence", "error-number-range").with("min", 0).with("max", 100));
            return 0.0;
        }
        percent / 100.0
    }

    /// The case to link; nothing if none was named.
    fn case(&self) -> Result<Option<String>> {
        match given(&self.case) {
            Some(typed) => id::parse_reference(typed).map(Some).ok_or_else(|| Error::field("case", "error-reference")),
            None => Ok(None),
        }
    }
}

pub(super) fn whole(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> i16 {
    match typed.trim().parse() {
        Ok(n) => n,
        Err(_) => {
            wrong.push(FieldError::new(field, "error-number-range").with("min", 0).with("max", 5));
            0
        }
    }
}

/// A decimal number with a point or a comma.
pub(super) fn number(field: &str, typed: &str, wrong: &mut Vec<FieldError>) -> Option<f64> {
    let number = typed.trim().replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite());
    if number.is_none() {
        wrong.push(FieldError::new(field, "error-number"));
    }
    number
}

pub(super) fn optional<T: std::str::FromStr>(
    field: &str,
    typed: &str,
    key: &str,
    wrong: &mut Vec<FieldError>,
) -> Option<T> {
    let parsed = given(typed)?.parse().ok();
    if parsed.is_none() {
        wrong.push(FieldError::new(field, key));
    }
    parsed
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    case: String,
}

/// `GET /changes/new`, with `?case=F-…` from the page of a case.
pub async fn new(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let form = ChangeForm {
        effort: "1".into(),
        confidence: "80".into(),
        case: query::<Asked>(&req).case,
        ..ChangeForm::default()
    };
    show(&page, StatusCode::OK, None, &form).await
}

/// `POST /changes/new`
pub async fn create(page: Page, Form(form): Form<ChangeForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let made = match form.proposal().and_then(|proposal| Ok((proposal, form.case()?))) {
        Ok((proposal, case)) => {
            let work = move |c: &mut crate::db::Conn| {
                let change = actions::propose(c, &desk, by, proposal)?;
                if let Some(case) = case {
                    actions::link(c, &desk, scope, by, &change.reference, &case).map_err(unknown_case)?;
                }
                Ok(change)
            };
            page.app.db.write(work).await
        }
        Err(e) => Err(e),
    };
    match made {
        Ok(change) => Ok(page.see_other_saying(&address(&change.reference), "changes-said-proposed")),
        Err(e) => page.form_again(e, TEMPLATE, context(&page, None).await?, &form),
    }
}

fn unknown_case(e: Error) -> Error {
    if matches!(e, Error::NotFound) { Error::field("case", "error-not-found") } else { e }
}

/// `GET /changes/{change}/edit`
pub async fn edit(page: Page, path: Path<String>) -> Result<HttpResponse> {
    staff(&page)?;
    let change = load(&page, reference(&path)?).await?;
    show(&page, StatusCode::OK, Some(&change), &ChangeForm::of(&change)).await
}

/// `POST /changes/{change}/edit`
pub async fn save(page: Page, path: Path<String>, Form(form): Form<ChangeForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let change = load(&page, reference(&path)?).await?;
    let saved = match form.proposal() {
        Ok(proposal) => {
            let (desk, by, name) = (Desk::of(&page.app), viewer.by(), change.reference.clone());
            let version = form.version.parse().unwrap_or(0);
            page.app.db.write(move |c| actions::edit(c, &desk, by, &name, version, proposal)).await
        }
        Err(e) => Err(e),
    };
    match saved {
        Ok(_) => Ok(page.see_other_saying(&address(&change.reference), "saved")),
        Err(Error::Conflict("error-change-changed")) => overtaken(&page, &change.reference, form).await,
        Err(e) => page.form_again(e, TEMPLATE, context(&page, Some(&change)).await?, &form),
    }
}

/// Somebody else was faster: what was typed stays, what they wrote stands beside it, and saving again is informed.
async fn overtaken(page: &Page, reference: &str, typed: ChangeForm) -> Result<HttpResponse> {
    let theirs = load(page, reference.to_owned()).await?;
    let mut context = context(page, Some(&theirs)).await?;
    let theirs = ChangeForm::of(&theirs);
    context["theirs"] = json!(theirs);
    context["form"] = json!(ChangeForm { version: theirs.version, ..typed });
    page.answer(StatusCode::CONFLICT, TEMPLATE, context)
}

async fn load(page: &Page, reference: String) -> Result<Change> {
    page.app.db.read(move |c| Ok(store::find(c, &reference)?)).await
}

async fn show(page: &Page, status: StatusCode, change: Option<&Change>, form: &ChangeForm) -> Result<HttpResponse> {
    let mut context = context(page, change).await?;
    context["form"] = json!(form);
    page.answer(status, TEMPLATE, context)
}

async fn context(page: &Page, change: Option<&Change>) -> Result<Value> {
    let owners = page.app.db.read(|c| Ok(candidates(c)?)).await?;
    let option = |person: Candidate| json!({"id": person.id.to_string(), "name": person.name});
    let weights = page.app.config.priority;
    Ok(json!({
        "change": change.map(|change| json!({"reference": change.reference, "title": change.title})),
        "owners": owners.into_iter().map(option).collect::<Vec<_>>(),
        "weights": {"ex": i18n::number(page.lang, weights.ex), "cx": i18n::number(page.lang, weights.cx)},
        "theirs": null,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() -> Result<()> {
        let form = ChangeForm {
            title: "One window".into(),
            ex: " 4 ".into(),
            cx: "5".into(),
            effort: "1,5".into(),
            confidence: "80 %".into(),
            public: "on".into(),
            ..ChangeForm::default()
        };
        let proposal = form.proposal()?;
        assert_eq!((proposal.ex, proposal.effort, proposal.confidence, proposal.public), (4, 1.5, 0.8, true));
        Ok(())
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = ChangeForm {
            ex: "6".into(),
            effort: "NaN".into(),
            confidence: "101".into(),
            target_on: "soon".into(),
            ..ChangeForm::default()
        };
        let Err(Error::Invalid(wrong)) = form.proposal() else { panic!("refused") };
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["title", "ex", "cx", "effort", "confidence", "target_on"]);
    }
}
