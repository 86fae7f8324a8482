//! Putting one item of unsigned minutes right: what was decided, and what those who asked will read.

use super::at;
use crate::cases;
use crate::council::meeting::pages::number;
use crate::council::meeting::ruling::Typed;
use crate::council::meeting::{decide, room, run, votes};
use crate::council::minutes;
use crate::council::store::Item;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::viewer::Viewer;
use crate::web::{Form, Page};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "council/minutes/correction";

/// A decision with its words.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct CorrectionForm {
    #[serde(skip_serializing)]
    item: String,
    decision: String,
    reason: String,
    owner: String,
    due_on: String,
    quick_fix: Option<String>,
    quota_reason: String,
    news_en: String,
    news_ru: String,
}

impl CorrectionForm {
    fn of(item: &Item) -> CorrectionForm {
        let Typed { decision, reason, owner, due_on, quick_fix, quota_reason } = item.typed();
        let (news_en, news_ru) = minutes::words(item.said());
        let item = item.id.to_string();
        CorrectionForm { item, decision, reason, owner, due_on, quick_fix, quota_reason, news_en, news_ru }
    }

    fn typed(&self) -> Typed {
        let CorrectionForm { decision, reason, owner, due_on, quick_fix, quota_reason, .. } = self.clone();
        Typed { decision, reason, owner, due_on, quick_fix, quota_reason }
    }
}

/// `GET …/minutes/items/{item}`
pub async fn show(page: Page, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (context, form) = context(&page, &path).await?;
    let mut context = context;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

/// `POST …/minutes/items/{item}`
pub async fn save(page: Page, path: Path<(String, String)>, Form(form): Form<CorrectionForm>) -> Result<HttpResponse> {
    let (id, item, me, now) = (number(&path.0)?, number(&path.1)?, page.viewer()?.clone(), page.now);
    let kept = form.clone();
    let saved = page.app.db.write(move |c| {
        decide::correct(c, &me, id, item, &form.typed(), now)?;
        minutes::tell(c, &me, id, item, &form.news_en, &form.news_ru)
    });
    match saved.await {
        Ok(()) => Ok(page.see_other_saying(&format!("{}#item-{item}", at(id)), "minutes-saved")),
        Err(wrong @ Error::Invalid(_)) => page.form_again(wrong, TEMPLATE, context(&page, &path).await?.0, kept),
        Err(e) => Err(e),
    }
}

async fn context(page: &Page, path: &(String, String)) -> Result<(Value, CorrectionForm)> {
    let (id, item, me, now) = (number(&path.0)?, number(&path.1)?, page.viewer()?.clone(), page.now);
    page.app.db.read(move |c| read(c, &me, id, item, now)).await
}

fn read(c: &mut Conn, me: &Viewer, id: i64, item: i64, now: DateTime<Utc>) -> Result<(Value, CorrectionForm)> {
    let (meeting, council) = room::meeting(c, id)?;
    if !run::may_chair(c, meeting.council_id, me)? {
        return Err(Error::Forbidden);
    }
    let item = room::item(c, id, item)?;
    let open = votes::change_of(c, &item)?.is_some_and(|change| votes::is_open(&change));
    let quota = decide::quota(c, &council, Some(item.id), now)?;
    let owner = |person: cases::store::Candidate| json!({"id": person.id.to_string(), "name": person.name});
    let context = json!({
        "meeting": id.to_string(),
        "item": {"id": item.id.to_string(), "title": item.title, "votable": open},
        "owners": cases::store::candidates(c)?.into_iter().map(owner).collect::<Vec<_>>(),
        "today": now.with_timezone(&council.zone()?).date_naive(),
        "quota": {"taken": quota.taken, "most": quota.most, "full": quota.is_full()},
        "words": open,
    });
    Ok((context, CorrectionForm::of(&item)))
}
