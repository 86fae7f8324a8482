//! `GET /changes/matrix`: EX against CX as a drawing with its table, and moving a change on it.

use super::view::{Line, Seen, see};
use super::{reference, staff};
use crate::backlog::actions;
use crate::backlog::plan;
use crate::backlog::store;
use crate::backlog::views::filter::Asked;
use crate::backlog::views::matrix::{self, Bubble, CELL, Matrix, TOP};
use crate::cases::actions::Desk;
use crate::error::{Error, Result};
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "backlog/matrix";
const PATH: &str = "/changes/matrix";

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let context = context(&page, &Asked::read(req.query_string())).await?;
    page.render(TEMPLATE, context)
}

async fn context(page: &Page, asked: &Asked) -> Result<Value> {
    let (mut seen, ()) = see(page, asked.filter(), |_, _| Ok(())).await?;
    let frame = seen.frame(page, PATH);
    let matrix = matrix::lay_out(std::mem::take(&mut seen.scored));
    let drawn: Vec<Drawn> = matrix.bubbles.iter().map(|bubble| Drawn::new(page, &seen, bubble)).collect();
    let picked = drawn.iter().find(|drawn| drawn.line.reference == asked.edit);
    let form = picked.map(|drawn| json!({"ex": drawn.line.ex.to_string(), "cx": drawn.line.cx.to_string()}));
    let size = CELL * f64::from(TOP + 1);
    Ok(json!({
        "frame": frame,
        "cell": CELL,
        "size": size,
        "half": size / 2.0,
        "below": size + 24.0,
        "lowest": size + 52.0,
        "width": size + 72.0,
        "height": size + 72.0,
        "steps": (0..=TOP).map(step).collect::<Vec<_>>(),
        "rest": rest(&matrix),
        "picked": picked,
        "form": form,
        "pick_at": with_edit(&seen.filter.address(PATH)),
        "here": seen.filter.address(PATH),
        "bubbles": drawn,
    }))
}

fn with_edit(address: &str) -> String {
    format!("{address}{}edit=", if address.contains('?') { '&' } else { '?' })
}

/// A line of the grid, and where its number stands on both axes.
fn step(n: i16) -> Value {
    let (x, y) = matrix::corner(n, n);
    json!({"n": n, "x": x, "y": y, "middle_x": x + CELL / 2.0, "middle_y": y + CELL / 2.0})
}

fn rest(matrix: &Matrix) -> Vec<Value> {
    let place = |rest: &matrix::Rest| {
        let (x, y) = matrix::corner(rest.ex, rest.cx);
        json!({"n": rest.n, "x": x + CELL - 6.0, "y": y + CELL - 8.0})
    };
    matrix.rest.iter().map(place).collect()
}

/// A bubble with the change it stands for.
#[derive(Serialize)]
struct Drawn {
    x: f64,
    y: f64,
    r: f64,
    /// More for employees, more for customers, or as much for both.
    tone: &'static str,
    #[serde(flatten)]
    line: Line,
}

impl Drawn {
    fn new(page: &Page, seen: &Seen, bubble: &Bubble) -> Drawn {
        let row = &bubble.one.row;
        let tone = match row.ex.cmp(&row.cx) {
            std::cmp::Ordering::Greater => "ex",
            std::cmp::Ordering::Less => "cx",
            std::cmp::Ordering::Equal => "both",
        };
        let rounded = |n: f64| (n * 10.0).round() / 10.0;
        let (x, y, r) = (rounded(bubble.x), rounded(bubble.y), rounded(bubble.r));
        Drawn { x, y, r, tone, line: seen.line(page, &bubble.one) }
    }
}

/// A point on the matrix, as it was typed, pressed or dropped.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceForm {
    ex: String,
    cx: String,
    version: String,
    back: String,
}

/// `POST /changes/{change}/place`
pub async fn put(page: Page, path: Path<String>, Form(form): Form<PlaceForm>) -> Result<HttpResponse> {
    let viewer = staff(&page)?;
    let (reference, desk, by) = (reference(&path)?, Desk::of(&page.app), viewer.by());
    let asked = Asked::read(&form.back);
    let (name, typed) = (reference.clone(), form.clone());
    let moved = page.app.db.write(move |c| {
        let change = store::find(c, &name)?;
        let plan = plan::of(c, change.id)?;
        let mut proposal = change.as_proposed(plan);
        let mut wrong = Vec::new();
        proposal.ex = super::fields::whole("ex", &typed.ex, &mut wrong);
        proposal.cx = super::fields::whole("cx", &typed.cx, &mut wrong);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let version = typed.version.parse().map_err(|_| Error::Conflict("error-change-changed"))?;
        actions::edit(c, &desk, by, &name, version, proposal)
    });
    match moved.await {
        Ok(_) => {
            let back = format!("{}{reference}#{reference}", with_edit(&asked.filter().address(PATH)));
            Ok(page.see_other_saying(&back, "views-moved"))
        }
        Err(e @ Error::Invalid(_)) => {
            let context = context(&page, &asked.editing(&reference)).await?;
            page.form_again(e, TEMPLATE, context, &form)
        }
        Err(e) => Err(e),
    }
}
