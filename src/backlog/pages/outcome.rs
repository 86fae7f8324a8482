//! Moving a change. Accepting and starting take one click; shipping and declining ask what to tell those who asked, and
//! show the mails before they go.

use super::change::{Typed, again};
use super::parts::asks_at;
use super::{address, reference, staff};
use crate::backlog::audience::Audience;
use crate::backlog::model::{News, Status};
use crate::backlog::moves::{self, Step, can_move, may_move};
use crate::backlog::preview::{self, Letter};
use crate::backlog::store::{self, Change};
use crate::cases::actions::Desk;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::Viewer;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "backlog/outcome";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusForm {
    status: Status,
    #[serde(default)]
    reason: String,
}

/// `POST /changes/{change}/status`
pub async fn advance(page: Page, path: Path<String>, Form(form): Form<StatusForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let reference = reference(&path)?;
    let back = address(&reference);
    if let Some(more) = asks_at(form.status) {
        return Ok(page.see_other(&format!("{back}/{more}")));
    }
    let step = Step::to(form.status).because(&form.reason);
    match go(&page, viewer, reference.clone(), step).await {
        Ok(()) => Ok(page.see_other_saying(&back, &said(form.status))),
        Err(e) => again(&page, &reference, e, Typed { reason: form.reason, ..Typed::default() }).await,
    }
}

fn said(status: Status) -> String {
    match status {
        Status::Proposed => "changes-said-proposed-again".to_owned(),
        other => format!("changes-said-{}", other.as_str().replace('_', "-")),
    }
}

/// Why not now, and when it comes back.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeferForm {
    reason: String,
    back_on: String,
}

/// `GET /changes/{change}/deferring`
pub async fn defer(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let mut context = defer_context(&page, reference(&path)?).await?;
    context["form"] = json!(DeferForm::default());
    page.render("backlog/deferring", context)
}

/// `POST /changes/{change}/deferring`
pub async fn deferred(page: Page, path: Path<String>, Form(form): Form<DeferForm>) -> Result<HttpResponse> {
    let (viewer, reference) = (staff(&page)?, reference(&path)?);
    let step = match form.back_on.trim().parse() {
        Ok(day) => Ok(Step::to(Status::Deferred).because(&form.reason).until(day)),
        Err(_) => Err(Error::field("back_on", "error-date")),
    };
    let done = match step {
        Ok(step) => go(&page, viewer, reference.clone(), step).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(page.see_other_saying(&address(&reference), "changes-said-deferred")),
        Err(e) => page.form_again(e, "backlog/deferring", defer_context(&page, reference).await?, &form),
    }
}

async fn defer_context(page: &Page, reference: String) -> Result<Value> {
    let viewer = staff(page)?;
    let find = move |c: &mut Conn| {
        let change = store::find(c, &reference)?;
        permit(&viewer, &change, Status::Deferred)?;
        Ok(change)
    };
    let change = page.app.db.read(find).await?;
    let earliest = page.today().succ_opt();
    Ok(json!({"change": {"reference": change.reference, "title": change.title}, "earliest": earliest}))
}

async fn go(page: &Page, viewer: Viewer, reference: String, step: Step) -> Result<()> {
    let desk = Desk::of(&page.app);
    page.app
        .db
        .write(move |c| {
            let mut change = store::find(c, &reference)?;
            permit(&viewer, &change, step.to)?;
            moves::advance(c, &desk, viewer.by(), &mut change, step)
        })
        .await
}

/// What cannot be done at all is said before what this viewer may not do.
fn permit(viewer: &Viewer, change: &Change, to: Status) -> Result<()> {
    can_move(change, to)?;
    if may_move(viewer, change, to) { Ok(()) } else { Err(Error::Forbidden) }
}

/// What is said to those who asked, and which button was pressed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewsForm {
    outcome_en: String,
    outcome_ru: String,
    #[serde(skip_serializing)]
    preview: String,
    #[serde(skip_serializing)]
    send: String,
}

pub async fn ship(page: Page, path: Path<String>) -> Result<HttpResponse> {
    ask(page, path, Status::Shipped).await
}

pub async fn decline(page: Page, path: Path<String>) -> Result<HttpResponse> {
    ask(page, path, Status::Declined).await
}

pub async fn shipped(page: Page, path: Path<String>, Form(form): Form<NewsForm>) -> Result<HttpResponse> {
    conclude(page, path, Status::Shipped, form).await
}

pub async fn declined(page: Page, path: Path<String>, Form(form): Form<NewsForm>) -> Result<HttpResponse> {
    conclude(page, path, Status::Declined, form).await
}

async fn ask(page: Page, path: Path<String>, to: Status) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let mut context = prepare(&page, viewer, reference(&path)?, to, None).await?;
    context["form"] = json!(NewsForm::default());
    page.render(TEMPLATE, context)
}

/// Only `send` sends; `preview` shows the mails; neither is "let me change the words".
async fn conclude(page: Page, path: Path<String>, to: Status, form: NewsForm) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let reference = reference(&path)?;
    let news = match News::checked(&form.outcome_en, &form.outcome_ru) {
        Ok(news) => news,
        Err(e) => return page.form_again(e, TEMPLATE, prepare(&page, viewer, reference, to, None).await?, &form),
    };
    if !form.send.is_empty() {
        let back = address(&reference);
        go(&page, viewer, reference, Step::to(to).telling(news)).await?;
        return Ok(page.see_other_saying(&back, &format!("changes-said-{to}")));
    }
    let shown = (!form.preview.is_empty()).then_some(news);
    let mut context = prepare(&page, viewer, reference, to, shown).await?;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

/// Who will hear of it; with news, also the mails as they will read them.
async fn prepare(page: &Page, viewer: Viewer, reference: String, to: Status, news: Option<News>) -> Result<Value> {
    let (desk, scope, by) = (Desk::of(&page.app), Scope::of(&viewer)?, viewer.by());
    let preview = news.is_some();
    let (change, audience, letters) = page
        .app
        .db
        .read(move |c| {
            let mut change = store::find(c, &reference)?;
            permit(&viewer, &change, to)?;
            let (audience, mailed) = preview::audience(c, scope, &change, to)?;
            change.status = to;
            let letters = match news {
                Some(news) => preview::letters(c, &desk, by, &change, &mailed, &news)?,
                None => Vec::new(),
            };
            Ok((change, audience, letters))
        })
        .await?;
    let mails = letters.iter().map(|letter| mail(page, letter)).collect::<Result<Vec<_>>>()?;
    Ok(view(&change, audience, to, preview, mails))
}

fn view(change: &Change, audience: Audience, to: Status, preview: bool, mails: Vec<Value>) -> Value {
    json!({
        "change": {"reference": change.reference, "title": change.title},
        "to": to,
        "action": format!("{}/{}", address(&change.reference), if to == Status::Shipped { "shipping" } else { "declining" }),
        "audience": audience,
        "preview": preview,
        "mails": mails,
    })
}

fn mail(page: &Page, letter: &Letter) -> Result<Value> {
    let name = letter.to.as_ref().map_or("…", |to| &to.name);
    let mail = page.app.mailer.preview("closure", letter.lang, name, &letter.closure)?;
    Ok(json!({
        "lang": letter.lang,
        "to": letter.to.as_ref().map(|to| format!("{} <{}>", to.name, to.address)),
        "subject": mail.subject,
        "text": mail.text,
    }))
}
