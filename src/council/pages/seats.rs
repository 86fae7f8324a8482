//! Who sits in a council.

use super::{choices, chosen, home, staff};
use crate::cases::actions::Desk;
use crate::council::councils;
use crate::council::members::{self, Seated, Wanted};
use crate::council::model::Seat;
use crate::error::{Error, Result};
use crate::people::store;
use crate::web::forms::Form;
use crate::web::page::Page;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LIST: &str = "council/members";
const ONE: &str = "council/member";

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct MemberForm {
    person: String,
    seat: String,
    /// A box that is not ticked is not sent.
    chair: String,
    delegate: String,
}

impl MemberForm {
    fn wanted(&self, person_id: Option<i64>) -> Result<Wanted> {
        let person = || chosen("person", &self.person)?.ok_or_else(|| Error::field("person", "error-required"));
        Ok(Wanted {
            person_id: person_id.map_or_else(person, Ok)?,
            seat: self.seat.parse().map_err(|_| Error::field("seat", "error-choice"))?,
            chair: !self.chair.is_empty(),
            delegate_id: chosen("delegate", &self.delegate)?,
        })
    }
}

/// `GET /council/{council}/members`
pub async fn list(page: Page, id: Path<i64>) -> Result<HttpResponse> {
    let mut context = listed(&page, *id).await?;
    context["form"] = json!(MemberForm::default());
    page.render(LIST, context)
}

/// `POST /council/{council}/members`
pub async fn seat(page: Page, id: Path<i64>, form: Form<MemberForm>) -> Result<HttpResponse> {
    let id = *id;
    match save(&page, id, form.0.wanted(None)).await {
        Ok(()) => Ok(page.see_other_saying(&format!("{}/members", home(id)), "saved")),
        Err(e) => page.form_again(e, LIST, listed(&page, id).await?, &form.0),
    }
}

/// `GET /council/{council}/members/{person}`
pub async fn show(page: Page, path: Path<(i64, i64)>) -> Result<HttpResponse> {
    let (id, person) = *path;
    let (mut context, seated) = one(&page, id, person).await?;
    context["form"] = json!(MemberForm {
        person: person.to_string(),
        seat: seated.member.seat.to_string(),
        chair: if seated.member.chair { "on".into() } else { String::new() },
        delegate: seated.member.delegate_id.map(|id| id.to_string()).unwrap_or_default(),
    });
    page.render(ONE, context)
}

/// `POST /council/{council}/members/{person}`
pub async fn change(page: Page, path: Path<(i64, i64)>, form: Form<MemberForm>) -> Result<HttpResponse> {
    let (id, person) = *path;
    match save(&page, id, form.0.wanted(Some(person))).await {
        Ok(()) => Ok(page.see_other_saying(&format!("{}/members", home(id)), "saved")),
        Err(e) => page.form_again(e, ONE, one(&page, id, person).await?.0, &form.0),
    }
}

/// `POST /council/{council}/members/{person}/leaving`
pub async fn unseat(page: Page, path: Path<(i64, i64)>) -> Result<HttpResponse> {
    let (viewer, desk, (id, person)) = (staff(&page)?, Desk::of(&page.app), *path);
    let left = page.app.db.write(move |c| {
        councils::to_run(c, &viewer, id)?;
        members::unseat(c, &desk, viewer.by(), id, person)
    });
    left.await?;
    Ok(page.see_other_saying(&format!("{}/members", home(id)), "council-member-left"))
}

async fn save(page: &Page, id: i64, wanted: Result<Wanted>) -> Result<()> {
    let (viewer, desk, wanted) = (staff(page)?, Desk::of(&page.app), wanted?);
    let saved = page.app.db.write(move |c| {
        councils::to_run(c, &viewer, id)?;
        members::seat(c, &desk, viewer.by(), id, wanted)
    });
    saved.await
}

async fn listed(page: &Page, id: i64) -> Result<Value> {
    let viewer = staff(page)?;
    let (council, members, workers) = page
        .app
        .db
        .read(move |c| Ok((councils::to_run(c, &viewer, id)?, members::list(c, id)?, store::workers(c)?)))
        .await?;
    let free = |(person, _): &(i64, String)| members.iter().all(|seated| seated.member.person_id != *person);
    let rows: Vec<Value> = members.iter().map(row).collect();
    Ok(json!({
        "council": {"id": council.id.to_string(), "name": council.name},
        "members": rows,
        "seats": Seat::ALL,
        "people": choices(workers.into_iter().filter(free).collect()),
    }))
}

async fn one(page: &Page, id: i64, person: i64) -> Result<(Value, Seated)> {
    let viewer = staff(page)?;
    let (council, members, workers) = page
        .app
        .db
        .read(move |c| Ok((councils::to_run(c, &viewer, id)?, members::list(c, id)?, store::workers(c)?)))
        .await?;
    let seated = members.iter().find(|seated| seated.member.person_id == person).cloned().ok_or(Error::NotFound)?;
    let free = |(other, _): &(i64, String)| members.iter().all(|seated| seated.member.person_id != *other);
    let context = json!({
        "council": {"id": council.id.to_string(), "name": council.name},
        "member": row(&seated),
        "seats": Seat::ALL,
        "people": choices(workers.into_iter().filter(free).collect()),
    });
    Ok((context, seated))
}

fn row(seated: &Seated) -> Value {
    json!({
        "id": seated.member.person_id.to_string(),
        "name": seated.name,
        "seat": seated.member.seat,
        "chair": seated.member.chair,
        "delegate": seated.delegate,
    })
}
