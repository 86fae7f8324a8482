//! `GET /changes/board`: open changes by status, and moving one to another column.

use super::view::see;
use super::{address, reference, staff};
use crate::backlog::limits::{self, COLUMNS};
use crate::backlog::model::Status;
use crate::backlog::moves::{self, Step, can_move, may_move, may_take};
use crate::backlog::store::{self, Change};
use crate::backlog::views::filter::Asked;
use crate::backlog::views::{Filter, Stage};
use crate::cases::actions::Desk;
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::viewer::{Role, Viewer};
use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

const TEMPLATE: &str = "backlog/board";
const PATH: &str = "/changes/board";
/// Cards of a column; whoever wants more looks at the table.
const SHOWN: usize = 25;

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let context = context(&page, &viewer, &Asked::read(req.query_string())).await?;
    page.render(TEMPLATE, context)
}

async fn context(page: &Page, viewer: &Viewer, asked: &Asked) -> Result<Value> {
    // Every column is open; another stage would leave the board empty.
    let filter = Filter { stage: Stage::Open, ..asked.filter() };
    let (seen, (limits, all)) = see(page, filter, |c, _| Ok((limits::all(c)?, store::counts(c)?))).await?;
    let all: HashMap<Status, i64> = all.into_iter().collect();
    let column = |status: &Status| {
        let here: Vec<_> = seen.scored.iter().filter(|one| one.row.status == *status).collect();
        let cards = here.iter().take(SHOWN).map(|one| {
            let mut card = json!(seen.line(page, one));
            let may = |to: &&Status| may_take(viewer, one.row.owner_id, *status, **to);
            card["moves"] = status.next().iter().filter(may).map(|to| to.as_str()).collect();
            card
        });
        let (n, most) = (all.get(status).copied().unwrap_or(0), limits.get(status).map(|most| i64::from(*most)));
        json!({
            "status": status.as_str(),
            "n": n,
            "most": most,
            "over": most.map_or(0, |most| (n - most).max(0)),
            "full": most.is_some_and(|most| n >= most),
            "more": here.len().saturating_sub(SHOWN),
            "more_at": Filter { stage: Stage::One(*status), ..seen.filter.clone() }.address("/changes"),
            "cards": cards.collect::<Vec<_>>(),
        })
    };
    Ok(json!({
        "frame": seen.frame(page, PATH),
        "columns": COLUMNS.iter().map(column).collect::<Vec<_>>(),
        "admin": viewer.role >= Role::Admin,
        "full": null,
    }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveForm {
    status: Status,
    #[serde(default)]
    back: String,
    /// Into a full column, on purpose.
    #[serde(default)]
    anyway: String,
}

/// What came of a move.
enum Moved {
    Done,
    /// The column is full: of so many there are so many.
    Full {
        change: Box<Change>,
        n: i64,
        most: i64,
    },
}

/// `POST /changes/{change}/column`
pub async fn put(page: Page, path: Path<String>, Form(form): Form<MoveForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let reference = reference(&path)?;
    if let Some(asks_at) = asks_at(&reference, form.status) {
        return Ok(page.see_other(&asks_at));
    }
    let (desk, mover, to, anyway) = (Desk::of(&page.app), viewer.clone(), form.status, !form.anyway.is_empty());
    let moved = page.app.db.write(move |c| {
        let mut change = store::find(c, &reference)?;
        can_move(&change, to)?;
        if !may_move(&mover, &change, to) {
            return Err(Error::Forbidden);
        }
        if let (false, Some(most)) = (anyway, limits::of(c, to)?) {
            let n = store::counts(c)?.into_iter().find(|(status, _)| *status == to).map_or(0, |(_, n)| n);
            if n >= i64::from(most) {
                return Ok(Moved::Full { change: Box::new(change), n, most: most.into() });
            }
        }
        moves::advance(c, &desk, mover.by(), &mut change, Step::to(to))?;
        Ok(Moved::Done)
    });
    let asked = Asked::read(&form.back);
    match moved.await? {
        Moved::Done => Ok(page.see_other_saying(&asked.filter().address(PATH), "views-moved")),
        Moved::Full { change, n, most } => {
            let mut context = context(&page, &viewer, &asked).await?;
            context["full"] =
                json!({"reference": change.reference, "title": change.title, "status": to, "n": n, "most": most});
            page.answer(StatusCode::CONFLICT, TEMPLATE, context)
        }
    }
}

/// Where a step asks for more than one click.
fn asks_at(reference: &str, to: Status) -> Option<String> {
    match to {
        Status::Shipped => Some(format!("{}/shipping", address(reference))),
        Status::Declined => Some(format!("{}/declining", address(reference))),
        to if to.needs_reason() => Some(format!("{}#next", address(reference))),
        _ => None,
    }
}
