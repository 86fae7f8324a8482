//! Who has a case, what it is about, and who watches it.

use super::{done, renamed, work};
use crate::cases::actions::{self, Desk, Marks, Seen};
use crate::cases::model::{Case, Severity};
use crate::cases::store::{self, Scope};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::journal::By;
use crate::web::forms::{clean_line, given};
use crate::web::{Form, Page};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignForm {
    /// A person's id, `me`, or nothing to put it back.
    owner: String,
    seen: Option<Seen>,
}

/// `POST /cases/{reference}/owner`
pub async fn assign(page: Page, reference: web::Path<String>, form: Form<AssignForm>) -> Result<HttpResponse> {
    let Form(AssignForm { owner: typed, seen }) = form;
    let owner = match typed.as_str() {
        "" => Ok(None),
        "me" => Ok(Some(page.viewer()?.id)),
        id => id.parse().map(Some).map_err(|_| Error::field("owner", "error-choice")),
    };
    let assigned = match owner {
        Ok(owner) => {
            work(&page, &reference, seen, move |c, desk, scope, by, reference| {
                actions::assign(c, desk, scope, by, reference, owner)
            })
            .await
        }
        Err(e) => Err(e),
    };
    let said = if typed.is_empty() { "case-put-back" } else { "case-assigned" };
    done(&page, &reference, seen, assigned, said, json!({})).await
}

/// The marks as they were chosen. Choices are text, so that a wrong one keeps everything else.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct MarksForm {
    severity: String,
    topic: String,
    root_cause: String,
    /// yes, no, or nothing where nobody has said.
    first_contact: String,
    /// All of them, with commas between.
    tags: String,
    #[serde(skip_serializing)]
    seen: Option<Seen>,
}

impl MarksForm {
    /// As the case has them.
    pub fn of(case: &Case, tags: &[String]) -> MarksForm {
        let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let first_contact = case.first_contact.map(|yes| if yes { "yes" } else { "no" });
        MarksForm {
            severity: case.severity.to_string(),
            topic: id(case.topic_id),
            root_cause: id(case.root_cause_id),
            first_contact: first_contact.unwrap_or_default().to_owned(),
            tags: tags.join(", "),
            seen: None,
        }
    }

    fn marks(&self) -> Result<Marks> {
        let mut wrong = Vec::new();
        let mut refuse = |field: &str| wrong.push(FieldError::new(field, "error-choice"));
        let mut id =
            |field: &str, typed: &str| given(typed).and_then(|typed| typed.parse().map_err(|_| refuse(field)).ok());
        let (topic_id, root_cause_id) = (id("topic", &self.topic), id("root_cause", &self.root_cause));
        let severity = self.severity.parse().unwrap_or_else(|_| {
            refuse("severity");
            Severity::Normal
        });
        let first_contact = match self.first_contact.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if wrong.is_empty() {
            Ok(Marks { severity, topic_id, root_cause_id, first_contact })
        } else {
            Err(Error::Invalid(wrong))
        }
    }

    fn tags(&self) -> Vec<String> {
        let typed = self.tags.split([',', ';', '\n']).map(|tag| clean_line(tag).to_lowercase());
        typed.filter(|tag| !tag.is_empty()).collect()
    }
}

/// `POST /cases/{reference}/marks`
pub async fn mark(page: Page, reference: web::Path<String>, form: Form<MarksForm>) -> Result<HttpResponse> {
    let (typed, seen) = (json!(form.0), form.0.seen);
    let marked = match form.0.marks() {
        Ok(marks) => {
            let tags = form.0.tags();
            work(&page, &reference, seen, move |c, desk, scope, by, reference| {
                actions::classify(c, desk, scope, by, reference, &marks)?;
                set_tags(c, desk, scope, by, reference, &tags)
            })
            .await
        }
        Err(e) => Err(e),
    };
    done(&page, &reference, seen, marked, "saved", typed).await
}

/// The case has these tags and no others.
fn set_tags(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, tags: &[String]) -> Result<()> {
    let (case, _) = store::find(c, scope, reference)?;
    let mut gone = store::tags(c, case.id)?;
    gone.retain(|tag| !tags.contains(tag));
    actions::tag(c, desk, scope, by, reference, tags, &gone).map_err(|e| renamed(e, "tag", "tags"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchForm {
    /// yes or no
    watch: String,
}

/// `POST /cases/{reference}/watchers`
pub async fn watch(page: Page, reference: web::Path<String>, form: Form<WatchForm>) -> Result<HttpResponse> {
    let on = form.0.watch == "yes";
    let watched = work(&page, &reference, None, move |c, desk, scope, by, reference| {
        actions::watch(c, desk, scope, by, reference, on)
    });
    let said = if on { "case-watched" } else { "case-unwatched" };
    done(&page, &reference, None, watched.await, said, json!({})).await
}
