//! The phone: four large buttons while a vote is open, what the wall shows otherwise.

use super::number;
use super::person::{Voter, seat};
use super::words::{bars, outcome};
use crate::council::meeting::live::{Picture, picture};
use crate::council::meeting::{room, seats, votes};
use crate::council::model::{ItemState, Stage, Vote};
use crate::error::{Error, Result};
use crate::web::{Form, Page};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

/// `GET /join/vote`
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let voter = match Voter::of(&page, &req).await {
        Err(Error::Conflict(_)) => return Ok(page.see_other("/join")),
        voter => voter?,
    };
    let now = page.now;
    let seen = page.app.db.read(move |c| picture(c, voter.meeting, now)).await?;
    let context = view(&seen, voter.person);
    page.unlisted().render("council/meeting/phone", context)
}

fn view(seen: &Picture, person: i64) -> Value {
    let seat = seat(seen.present(), person);
    let held = seat.and_then(|seat| seen.members.iter().find(|(member, _)| member.person_id == seat.member_id));
    let shown =
        seen.shown().map(|item| (item.id, item.state, seat.and_then(|seat| seen.own_vote(item, seat.member_id))));
    json!({
        "version": seen.version,
        // With another one the whole page is put in anew.
        "phase": format!("{} {seat:?} {shown:?}", seen.meeting.status),
        "council": seen.council.name,
        "running": seen.meeting.status == Stage::Running,
        "name": seen.name(person),
        "seat": held.map(|(member, name)| json!({
            "seat": member.seat,
            "instead_of": (member.person_id != person).then_some(name),
        })),
        "item": seen.shown().map(|item| json!({
            "id": item.id.to_string(),
            "title": item.title,
            "problem": seen.subject.as_ref().map(|subject| subject.change.problem.clone()).filter(|text| !text.is_empty()),
            "voting": item.state == ItemState::Voting,
            "votable": seen.is_votable(),
            "done": item.state == ItemState::Done,
            "own": seat.and_then(|seat| seen.own_vote(item, seat.member_id)),
            "voted": seen.voted(item).len(),
            "here": seen.present().count(),
            "bars": seen.tally(item).map(bars),
            "outcome": outcome(seen, item),
        })),
    })
}

/// `GET /join/version`
pub async fn version(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let voter = Voter::of(&page, &req).await?;
    let version = page.app.db.look_up(move |c| Ok(room::version(c, voter.meeting)?)).await?;
    Ok(HttpResponse::Ok().json(json!({"version": version})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteForm {
    item: String,
    vote: Vote,
}

/// `POST /join/vote`: casts a vote, or changes it. Sent again after a lost connection it is the same vote.
pub async fn cast(page: Page, req: HttpRequest, Form(form): Form<VoteForm>) -> Result<HttpResponse> {
    let voter = Voter::of(&page, &req).await?;
    let (item, now) = (number(&form.item)?, page.now);
    page.app.db.write(move |c| votes::cast(c, voter.meeting, voter.person, item, form.vote, now)).await?;
    Ok(page.see_other("/join/vote"))
}

/// `POST /join/leave`
pub async fn leave(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let (voter, now) = (Voter::of(&page, &req).await?, page.now);
    page.app.db.write(move |c| seats::leave(c, voter.meeting, voter.person, now)).await?;
    Ok(page.see_other_saying("/join", "council-left-seat"))
}
