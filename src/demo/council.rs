//! The council of the sample: who sits in it, when it meets, what was promised last time, and the next agenda.

use super::sample::unknown;
use crate::cases::actions::Desk;
use crate::config::Weights;
use crate::council::actions::{self, Promise};
use crate::council::agenda::{self, Wish, questions};
use crate::council::councils::{self, Wanted};
use crate::council::dates::{Every, Plain};
use crate::council::members;
use crate::council::model::{Kind, Seat, Stage};
use crate::council::store::{Council, Meeting};
use crate::council::{calendar, job};
use crate::db::Conn;
use crate::db::schema::{changes, meetings};
use crate::db::types::Ts;
use crate::error::Result;
use crate::web::viewer::Viewer;
use chrono::{Duration, NaiveTime, Weekday};
use chrono_tz::Tz;
use diesel::prelude::*;
use std::collections::HashMap;

/// Who sits in it, for whom, and who sits in for them.
const MEMBERS: [(&str, Seat, bool, Option<&str>); 5] = [
    ("pavel", Seat::Operations, true, Some("ingrid")),
    ("sarah", Seat::Wfm, false, None),
    ("marta", Seat::Quality, false, Some("dmitry")),
    ("elena", Seat::FrontLine, false, None),
    ("tom", Seat::FrontLine, false, None),
];
/// When it met before the next time.
const LAST_TIME: Duration = Duration::days(28);
/// So early the council was there.
const FOUNDED: Duration = Duration::days(60);

/// Founds the council, lets it have met once, and prepares the next meeting.
pub fn convene(c: &mut Conn, desk: &Desk, staff: &HashMap<String, Viewer>, zone: Tz, weights: Weights) -> Result<()> {
    let person = |key: &str| staff.get(key).ok_or_else(|| unknown("the council", key));
    let founded = desk.at_moment(desk.now - FOUNDED);
    let council = councils::add(c, &founded, person("ingrid")?.by(), wanted(zone))?;
    for (key, seat, chair, delegate) in MEMBERS {
        let delegate_id = delegate.map(|key| person(key).map(|person| person.id)).transpose()?;
        let wanted = members::Wanted { person_id: person(key)?.id, seat, chair, delegate_id };
        members::seat(c, &founded, person("ingrid")?.by(), council.id, wanted)?;
    }
    last_time(c, desk, &council, person("pavel")?, person("marta")?, person("tom")?)?;
    calendar::plan(c, desk, &council)?;
    let found = job::look(c, desk, weights)?;
    job::step(c, desk, found, zone)?;
    if let Some(next) = calendar::ahead(c, council.id, desk.now)?.into_iter().next() {
        prepare(c, desk, &next, person("pavel")?, person("elena")?)?;
    }
    Ok(())
}

fn wanted(zone: Tz) -> Wanted {
    let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap_or(NaiveTime::MIN);
    let plain = Plain { every: Every::First, weekday: Weekday::Tue, time: ten };
    let one = |seat| (seat, 1);
    Wanted {
        name: "Change council · Совет по изменениям".into(),
        rule: plain.rule().unwrap_or_default(),
        zone,
        minutes: 60,
        calendar_id: None,
        place: "Room Baikal · переговорная «Байкал»".into(),
        quota: 3,
        quorum: [Seat::Operations, Seat::Quality, Seat::Wfm, Seat::FrontLine].map(one).into(),
    }
}

/// The meetings of the time before the story ends: those that lie behind us were held, and promises were made.
fn last_time(c: &mut Conn, desk: &Desk, council: &Council, chair: &Viewer, marta: &Viewer, tom: &Viewer) -> Result<()> {
    let planned = calendar::planned(c, council.id)?;
    let held: Vec<&Meeting> = planned.iter().filter(|meeting| *meeting.starts_at < desk.now).collect();
    for meeting in &held {
        let end = *meeting.starts_at + Duration::minutes(52);
        let set = (
            meetings::status.eq(Stage::Signed),
            meetings::chair_id.eq(Some(chair.id)),
            meetings::frozen_at.eq(Some(meeting.starts_at)),
            meetings::started_at.eq(Some(meeting.starts_at)),
            meetings::ended_at.eq(Some(Ts::from(end))),
            meetings::signed_by.eq(Some(chair.id)),
            meetings::signed_at.eq(Some(Ts::from(end + Duration::hours(1)))),
        );
        diesel::update(meetings::table.find(meeting.id)).set(set).execute(c)?;
    }
    let Some(last) = held.last() else { return Ok(()) };
    let then = desk.at_moment((*last.starts_at).max(desk.now - LAST_TIME));
    let today = desk.now.date_naive();
    for (owner, text, days) in [
        (marta, "Ask the payment provider for the reasons of the double charges", 3),
        (tom, "Уточнить у склада, успеют ли они пересмотреть маршруты до праздников", -2),
    ] {
        let promise = Promise {
            meeting_id: last.id,
            item_id: None,
            change_id: None,
            text: text.into(),
            owner_id: owner.id,
            due_on: today + Duration::days(days),
        };
        actions::promise(c, &then, chair.by(), promise)?;
    }
    Ok(())
}

/// What people did to the agenda that filled itself: a topic, and a question.
fn prepare(c: &mut Conn, desk: &Desk, next: &Meeting, chair: &Viewer, elena: &Viewer) -> Result<()> {
    let wish = Wish { title: "Holidays: who covers the weekends?".into(), change: String::new(), minutes: 5 };
    agenda::add(c, desk, chair.by(), next, &wish)?;
    let items = agenda::items(c, next.id)?;
    if let Some(item) = items.iter().find(|item| item.kind == Kind::Change) {
        questions::ask(c, desk, elena.by(), next, item.id, "Сколько смен это заденет, если начать до Нового года?")?;
    }
    Ok(())
}

/// Small changes of the sample that could ship before the next meeting.
pub fn mark_quick_fixes(c: &mut Conn) -> Result<()> {
    let small = changes::table.filter(changes::effort.le(0.5));
    diesel::update(small).set(changes::quick_fix.eq(true)).execute(c)?;
    Ok(())
}
