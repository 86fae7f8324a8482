//! The wall: one item at a time in large type, and beside it the agenda, who is there and how to join. Whoever holds the
//! chair finds their buttons on it.

use super::words::{bars, outcome, strengths};
use super::{may_look_on, number, viewer};
use crate::backlog::weights;
use crate::cases;
use crate::config::Weights;
use crate::council::meeting::live::{Picture, Subject, picture};
use crate::council::meeting::ruling::Typed;
use crate::council::meeting::{quorum, room, run, votes};
use crate::council::model::{ItemState, Stage, Vote};
use crate::council::store::Item;
use crate::error::{Error, Result};
use crate::web::Page;
use crate::web::viewer::Viewer;
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::{Value, json};

pub const TEMPLATE: &str = "council/meeting/wall";

/// `GET /council/meetings/{meeting}/room`
pub async fn show(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (context, form) = context(&page, number(&path)?).await?;
    let mut context = context;
    context["form"] = json!(form);
    page.render(TEMPLATE, context)
}

/// The same with what was typed and what is wrong with it.
pub async fn again(page: &Page, id: i64, error: Error, typed: &Typed) -> Result<HttpResponse> {
    let (context, _) = context(page, id).await?;
    page.form_again(error, TEMPLATE, context, typed)
}

/// `GET …/room/version`: whether a screen is behind.
pub async fn version(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (id, me) = (number(&path)?, viewer(&page)?);
    let version = page.app.db.look_up(move |c| {
        let (meeting, _) = room::meeting(c, id)?;
        may_look_on(&me, quorum::belongs(&room::seats(c, meeting.council_id)?, me.id))?;
        Ok(room::version(c, id)?)
    });
    Ok(HttpResponse::Ok().json(json!({"version": version.await?})))
}

/// `GET …/room/code.svg`: the way in, for a camera.
pub async fn code(page: Page, path: Path<String>) -> Result<HttpResponse> {
    let (id, me) = (number(&path)?, viewer(&page)?);
    let code = page.app.db.read(move |c| {
        let (meeting, _) = room::meeting(c, id)?;
        may_look_on(&me, quorum::belongs(&room::seats(c, meeting.council_id)?, me.id))?;
        meeting.join_code.ok_or(Error::NotFound)
    });
    let url = format!("{}/join?code={}", page.app.config.http.public_url.trim_end_matches('/'), code.await?);
    let drawn = QrCode::new(url).map_err(Error::internal)?;
    let image = drawn.render::<svg::Color>().min_dimensions(200, 200).build();
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(image))
}

/// The page, and the decision form as it is filled in before anybody types.
async fn context(page: &Page, id: i64) -> Result<(Value, Typed)> {
    let (me, now) = (viewer(page)?, page.now);
    let settings = page.app.config.priority;
    let (seen, may_chair, owners, weights) = page
        .app
        .db
        .read(move |c| {
            let picture = picture(c, id, now)?;
            let belongs = picture.members.iter().any(|(m, _)| m.person_id == me.id || m.delegate_id == Some(me.id));
            may_look_on(&me, belongs)?;
            let may_chair = run::may_chair(c, picture.council.id, &me)?;
            let owners = if may_chair { cases::store::candidates(c)? } else { Vec::new() };
            let weights = weights::in_use(c, settings)?;
            Ok((picture, may_chair, owners, weights))
        })
        .await?;
    let me = viewer(page)?;
    let owners: Vec<Value> =
        owners.iter().map(|person| json!({"id": person.id.to_string(), "name": person.name})).collect();
    let chairs = seen.meeting.chair_id == Some(me.id) && seen.meeting.status == Stage::Running;
    let mut context = view(page, &seen, &me, weights, seen.council.zone()?);
    context["chairs"] = json!(chairs);
    context["may_chair"] = json!(may_chair);
    context["owners"] = json!(owners);
    context["today"] = json!(now.with_timezone(&seen.council.zone()?).date_naive());
    Ok((context, prepared(&seen)))
}

/// What the decision form starts with: what stands already, else what most votes say and the change's own owner.
fn prepared(seen: &Picture) -> Typed {
    let Some(item) = seen.shown() else { return Typed::default() };
    if item.state == ItemState::Done {
        return item.typed();
    }
    let leading = seen.tally(item).and_then(leading).map(|vote| vote.as_str().to_owned());
    let owner = seen.subject.as_ref().and_then(|subject| subject.change.owner_id).or(item.owner_id);
    let decision = if seen.is_votable() { leading.unwrap_or_default() } else { "noted".into() };
    Typed {
        quick_fix: item.quick_fix.then(|| "on".into()),
        owner: owner.filter(|_| seen.is_votable()).map(|id| id.to_string()).unwrap_or_default(),
        decision,
        ..Typed::default()
    }
}

/// What more seats said than anything else.
fn leading(tally: votes::Tally) -> Option<Vote> {
    let most = Vote::ALL.iter().map(|&vote| tally.count(vote)).max()?;
    let mut top = Vote::ALL.iter().copied().filter(|&vote| tally.count(vote) == most);
    let first = top.next()?;
    top.next().is_none().then_some(first)
}

/// What a screen that shows something else has to put in anew as a whole.
fn phase(seen: &Picture) -> String {
    let item = seen.shown().map(|item| (item.id, item.state, item.decided_at.map(|at| at.timestamp_micros())));
    format!("{} {item:?} {}", seen.meeting.status, seen.is_votable())
}

fn view(page: &Page, seen: &Picture, me: &Viewer, weights: Weights, zone: Tz) -> Value {
    let (meeting, now) = (&seen.meeting, page.now);
    let ends = meeting.started_at.map(|at| *at + Duration::minutes(i64::from(seen.council.minutes)));
    let pace = now + Duration::minutes(seen.minutes_left(now));
    json!({
        "id": meeting.id.to_string(),
        "version": seen.version,
        "phase": phase(seen),
        "council": seen.council.name,
        "starts_at": meeting.starts_at,
        "status": meeting.status,
        "planned": meeting.status == Stage::Planned,
        "running": meeting.status == Stage::Running,
        "over": matches!(meeting.status, Stage::Ended | Stage::Signed),
        "chair": meeting.chair_id.map(|id| seen.name(id)),
        "code": meeting.join_code.as_deref().map(spaced),
        "join_at": page.app.config.http.public_url.trim_end_matches('/').split("://").last(),
        "strengths": strengths(seen),
        "quorum": seen.has_quorum(),
        "quota": json!({
            "taken": seen.quota.taken, "most": seen.quota.most, "full": seen.quota.is_full(),
            "slots": (0..seen.quota.most.max(seen.quota.taken)).map(|n| n < seen.quota.taken).collect::<Vec<_>>(),
        }),
        "item": seen.shown().map(|item| on_screen(page, seen, item, weights)),
        "next": seen.next().map(|item| json!({"id": item.id.to_string(), "title": item.title})),
        "agenda": seen.items.iter().map(|item| line(page, seen, item)).collect::<Vec<_>>(),
        "pace": clock(pace, zone),
        "late": ends.is_some_and(|end| pace > end),
        "ends": ends.map(|end| clock(end, zone)),
        "seats": seats(seen),
        "here": seen.present().count(),
        "of": seen.members.len(),
        "seated": seen.present().any(|there| there.person_id == me.id),
        "recommendations": seen.recommendations.iter().map(|item| json!({
            "id": item.id.to_string(), "title": item.title, "decision": item.decision,
        })).collect::<Vec<_>>(),
    })
}

/// "18:05", as the clock in the room says.
fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

/// "QK3-9TX": read out in two breaths.
fn spaced(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

fn line(page: &Page, seen: &Picture, item: &Item) -> Value {
    json!({
        "id": item.id.to_string(),
        "title": item.title,
        "kind": item.kind,
        "minutes": item.minutes,
        "spent": item.elapsed(page.now) / 60,
        "done": item.state == ItemState::Done,
        "current": Some(item.id) == seen.meeting.item_id,
        "decision": item.decision,
        "recommended": item.recommended && !item.binds(),
    })
}

fn on_screen(page: &Page, seen: &Picture, item: &Item, weights: Weights) -> Value {
    let elapsed = item.elapsed(page.now);
    json!({
        "id": item.id.to_string(),
        "title": item.title,
        "kind": item.kind,
        "state": item.state,
        "waiting": item.state == ItemState::Waiting,
        "voting": item.state == ItemState::Voting,
        "revealed": item.state == ItemState::Revealed,
        "done": item.state == ItemState::Done,
        "votable": seen.is_votable(),
        "gone": seen.subject.is_some() && !seen.is_votable() && item.state != ItemState::Done && item.kind.is_decided(),
        "minutes": item.minutes,
        "elapsed": elapsed,
        "ticks": item.shown_at.is_some(),
        "over": elapsed > i64::from(item.minutes) * 60,
        "clock": format!("{:02}:{:02}", elapsed / 60, elapsed % 60),
        "voted": seen.voted(item).len(),
        "bars": seen.tally(item).map(bars),
        "outcome": outcome(seen, item),
        "subject": seen.subject.as_ref().map(|subject| about(subject, weights)),
    })
}

fn about(subject: &Subject, weights: Weights) -> Value {
    let (change, reach) = (&subject.change, subject.reach);
    let score = change.inputs(reach.people).priority(weights);
    json!({
        "reference": change.reference,
        "title": change.title,
        "problem": change.problem,
        "proposal": change.proposal,
        "status": change.status,
        "ex": change.ex,
        "cx": change.cx,
        "effort": change.effort,
        "confidence": (change.confidence * 100.0).round(),
        "reach": reach,
        "score": if score.total < 100.0 { (score.total * 10.0).round() / 10.0 } else { score.total.round() },
        "quick_fix": change.quick_fix,
        "quotes": subject.quotes,
        "questions": subject.questions,
    })
}

fn seats(seen: &Picture) -> Vec<Value> {
    let voted = seen.shown().map(|item| seen.voted(item)).unwrap_or_default();
    let seat = |(member, name): &(crate::council::store::Member, String)| {
        let holder = seen.present().find(|there| there.member_id == member.person_id);
        json!({
            "id": member.person_id.to_string(),
            "name": name,
            "seat": member.seat,
            "here": holder.is_some(),
            "by": holder.filter(|there| there.person_id != member.person_id).map(|there| seen.name(there.person_id)),
            "voted": voted.contains(&member.person_id),
        })
    };
    seen.members.iter().map(seat).collect()
}
