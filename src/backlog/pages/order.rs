//! `GET /changes/order`: what would change the order when a weight moves.

use super::fields::number;
use super::staff;
use super::view::{Seen, see};
use crate::backlog::score::{Inputs, Method, Side, nearest_crossing};
use crate::backlog::views::filter::Asked as View;
use crate::backlog::views::{self, Filter, Row, Scored, Sort, Stage, arrange};
use crate::backlog::weights;
use crate::config::Weights;
use crate::error::{Error, Result};
use crate::i18n::{self, Arg};
use crate::web::forms::query;
use crate::web::page::Page;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

const TEMPLATE: &str = "backlog/order";
const PATH: &str = "/changes/order";
/// How far down the order is looked at: what a council gets through in a few meetings.
const FIRST: usize = 20;

/// Weights to try.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Tried {
    ex: String,
    cx: String,
}

pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    staff(&page)?;
    let mut tried: Tried = query(&req);
    // A place in the order is one among everything that is open.
    let filter = Filter {
        weights: View::read(req.query_string()).filter().weights,
        sort: Sort::Score,
        stage: Stage::Open,
        ..Filter::default()
    };
    let (seen, rows) = see(&page, filter, |c, _| Ok(views::rows(c, Stage::Open)?)).await?;
    let now = seen.weights;
    let shown = |weight: f64| i18n::number(page.lang, weight);
    let is_first_look = tried.ex.is_empty() && tried.cx.is_empty();
    if is_first_look {
        tried = Tried { ex: shown(now.ex), cx: shown(now.cx) };
    }
    let then = if is_first_look { Ok(now) } else { read(&tried) };
    let context = json!({
        "frame": seen.frame(&page, PATH),
        "form": tried,
        "turns": turns(&page, &seen),
        "places": then.as_ref().map(|then| places(&page, &seen, rows, *then)).unwrap_or_default(),
        "tried": !is_first_look && then.is_ok(),
        "first": FIRST.min(seen.scored.len()),
    });
    match then {
        Ok(_) => page.answer(StatusCode::OK, TEMPLATE, with_moved(context)),
        Err(e) => page.form_again(e, TEMPLATE, with_moved(context), &tried),
    }
}

fn with_moved(mut context: Value) -> Value {
    let moved = context["places"].as_array().map_or(0, |rows| rows.iter().filter(|row| row["by"] != 0).count());
    context["moved"] = json!(moved);
    context
}

fn read(tried: &Tried) -> Result<Weights> {
    let mut wrong = Vec::new();
    let (ex, cx) = (number("ex", &tried.ex, &mut wrong), number("cx", &tried.cx, &mut wrong));
    match (ex, cx) {
        (Some(ex), Some(cx)) => weights::checked(Weights { ex, cx }),
        _ => Err(Error::Invalid(wrong)),
    }
}

/// The first changes as they would stand, each with where it stands now.
fn places(page: &Page, seen: &Seen, rows: Vec<Row>, then: Weights) -> Vec<Value> {
    let now: HashMap<i64, usize> = seen.scored.iter().map(|one| (one.row.id, one.place)).collect();
    let order = arrange::by_score(rows, Method::Priority, then);
    let place = |one: &Scored| {
        let before = now.get(&one.row.id).copied().unwrap_or(one.place);
        let by = before as i64 - one.place as i64;
        json!({"line": seen.line(page, one), "place": one.place, "before": before, "by": by, "size": by.abs()})
    };
    order.iter().take(FIRST).map(place).collect()
}

/// For each weight, the nearest turn upwards and downwards, in words. Those who were given a place do not pass anybody.
fn turns(page: &Page, seen: &Seen) -> Vec<String> {
    let free: Vec<&Scored> = seen.scored.iter().take(FIRST).filter(|one| one.row.rank.is_none()).collect();
    let inputs: Vec<Inputs> = free.iter().map(|one| one.row.inputs()).collect();
    let turn = |(side, up): (Side, bool)| {
        let crossing = nearest_crossing(&inputs, seen.weights, side, up)?;
        let (key, now) = (if up { "views-order-up" } else { "views-order-down" }, weight_of(seen.weights, side));
        let number = |n: f64| i18n::number(page.lang, n);
        Some(page.t(
            key,
            &[
                ("side", Arg::from(side.as_str().to_uppercase())),
                ("weight", Arg::from(number(beyond(crossing.weight, up)))),
                ("now", Arg::from(number(now))),
                ("rises", Arg::from(free[crossing.rises].row.title.as_str())),
                ("falls", Arg::from(free[crossing.falls].row.title.as_str())),
            ],
        ))
    };
    let moves = [(Side::Ex, true), (Side::Ex, false), (Side::Cx, true), (Side::Cx, false)];
    moves.into_iter().filter_map(turn).collect()
}

fn weight_of(weights: Weights, side: Side) -> f64 {
    match side {
        Side::Ex => weights.ex,
        Side::Cx => weights.cx,
    }
}

/// A weight that can be typed and lies behind the turn.
fn beyond(weight: f64, up: bool) -> f64 {
    let hundredths = weight * 100.0;
    (if up { hundredths.floor() + 1.0 } else { (hundredths.ceil() - 1.0).max(0.0) }) / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_can_be_typed_and_is_enough() {
        assert_eq!((beyond(1.2, true), beyond(1.234, true)), (1.21, 1.24));
        assert_eq!((beyond(0.8, false), beyond(0.001, false)), (0.79, 0.0));
    }
}
