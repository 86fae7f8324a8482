//! `/join`: the way from a phone into a meeting, by the code on the wall or by one's own sign-in.

use super::number;
use super::person::Voter;
use crate::council::meeting::live::{Picture, picture};
use crate::council::meeting::quorum::seats_of;
use crate::council::meeting::{room, seats};
use crate::council::store::Member;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::id;
use crate::web::forms::query;
use crate::web::limits::{Limit, check_address};
use crate::web::{Form, Page};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TEMPLATE: &str = "council/meeting/join";

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    code: String,
}

/// `GET /join`: asks for the code; with one, or for a member who is signed in, who they are.
pub async fn form(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let asked: Asked = query(&req);
    let code = id::parse_secret(&asked.code);
    if !code.is_empty() {
        check_address(&req, Limit::Submission)?;
    }
    let (me, now) = (page.viewer.as_ref().map(|viewer| viewer.id), page.now);
    let typed = code.clone();
    let found = page.app.db.read(move |c| open_for(c, &typed, me, now)).await;
    match found {
        Ok(pictures) => {
            let meetings: Vec<Value> = pictures.iter().map(|picture| meeting(picture, me, &code)).collect();
            page.unlisted().render(TEMPLATE, json!({"meetings": meetings, "form": {"code": asked.code}}))
        }
        Err(Error::NotFound) => {
            let wrong = Error::field("code", "error-join-code");
            page.unlisted().form_again(wrong, TEMPLATE, json!({"meetings": []}), asked)
        }
        Err(e) => Err(e),
    }
}

/// The meeting of a code, or those in which somebody who is signed in has a seat.
fn open_for(c: &mut Conn, code: &str, me: Option<i64>, now: DateTime<Utc>) -> Result<Vec<Picture>> {
    let ids = match (code, me) {
        ("", Some(me)) => room::running_for(c, me)?,
        ("", None) => Vec::new(),
        (code, _) => vec![room::by_code(c, code)?],
    };
    ids.into_iter().map(|id| picture(c, id, now)).collect()
}

fn meeting(seen: &Picture, me: Option<i64>, code: &str) -> Value {
    let members: Vec<Member> = seen.members.iter().map(|(member, _)| member.clone()).collect();
    let own = me.map(|me| seats_of(&members, me)).unwrap_or_default();
    let places: Vec<Value> = match own.is_empty() {
        // With the code alone everybody names themselves; the room sees who did.
        true => members
            .iter()
            .flat_map(|member| {
                let own = place(seen, member, member.person_id);
                [Some(own), member.delegate_id.map(|delegate| place(seen, member, delegate))]
            })
            .flatten()
            .collect(),
        false => own.into_iter().map(|member| place(seen, member, me.unwrap_or(member.person_id))).collect(),
    };
    json!({"id": seen.meeting.id.to_string(), "council": seen.council.name, "code": code, "places": places})
}

fn place(seen: &Picture, member: &Member, person: i64) -> Value {
    let holder = seen.present().find(|there| there.member_id == member.person_id);
    json!({
        "who": format!("{}.{person}", member.person_id),
        "name": seen.name(person),
        "instead_of": (person != member.person_id).then(|| seen.name(member.person_id)),
        "seat": member.seat,
        "here": holder.is_some_and(|there| there.person_id == person),
        "taken": holder.is_some_and(|there| there.person_id == member.person_id && person != member.person_id),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatForm {
    meeting: String,
    /// None for whoever comes by their own sign-in.
    #[serde(default)]
    code: String,
    /// The member's seat, and who sits down in it.
    who: String,
}

/// `POST /join`: takes a seat.
pub async fn sit(page: Page, req: HttpRequest, Form(form): Form<SeatForm>) -> Result<HttpResponse> {
    check_address(&req, Limit::Submission)?;
    let (member, person) = form.who.split_once('.').ok_or(Error::NotFound)?;
    let (member, person, meeting, now) = (number(member)?, number(person)?, number(&form.meeting)?, page.now);
    let code = id::parse_secret(&form.code);
    let me = page.viewer.as_ref().map(|viewer| viewer.id);
    page.app
        .db
        .write(move |c| {
            // Either the code of this very meeting, or nobody but oneself.
            let by_code = !code.is_empty() && room::by_code(c, &code)? == meeting;
            if !by_code && me != Some(person) {
                return Err(Error::NotFound);
            }
            seats::join(c, meeting, person, member, now)
        })
        .await?;
    let mut answer = page.see_other("/join/vote");
    answer.add_cookie(&Voter { meeting, person }.cookie(&page)?).map_err(Error::internal)?;
    Ok(answer)
}
