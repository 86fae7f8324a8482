//! Who is to be thanked: employees who gave their name to an idea that led to a change which shipped.

use super::store::{self, Note, Status};
use crate::backlog::model::Status as ChangeStatus;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::db::schema::{cases, change_cases, changes, feedback, people, teams, thank_notes};
use crate::db::types::Ts;
use crate::feedback::model::{Kind, Voice};
use crate::i18n::{self, Lang};
use crate::id;
use crate::sla::calendar::Calendar;
use crate::web::viewer::Role;
use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// What shipped earlier has been thanked for, or was there before notes were.
const BACK: Duration = Duration::days(7);
/// So long whoever leads has time to find better words.
const WORKING_DAYS: usize = 3;

/// Somebody to be thanked, and for what.
#[derive(Queryable)]
struct Author {
    change_id: i64,
    change: String,
    case_id: i64,
    person_id: i64,
    lang: Lang,
    team_id: Option<i64>,
    lead_id: Option<i64>,
}

/// Drafts a note for everybody who has none; returns how many. One change, one person, one note.
pub fn step(c: &mut Conn, desk: &Desk, most: i64) -> QueryResult<usize> {
    let mut drafted = 0;
    for author in authors(c, desk.now - BACK, most)? {
        drafted += usize::from(store::insert(c, &note(desk, author))?);
    }
    Ok(drafted)
}

/// Those who spoke first come first: of two ideas of one person the older is thanked for.
fn authors(c: &mut Conn, since: DateTime<Utc>, most: i64) -> QueryResult<Vec<Author>> {
    let thanked = thank_notes::table
        .filter(thank_notes::change_id.eq(changes::id).and(thank_notes::person_id.eq(people::id)))
        .select(thank_notes::id);
    changes::table
        .inner_join(change_cases::table.on(change_cases::change_id.eq(changes::id)))
        .inner_join(cases::table.on(cases::id.eq(change_cases::case_id)))
        .inner_join(feedback::table.on(feedback::id.eq(cases::id)))
        .inner_join(people::table.on(people::id.nullable().eq(feedback::person_id)))
        .left_join(teams::table.on(teams::id.nullable().eq(people::team_id)))
        .filter(changes::status.eq(ChangeStatus::Shipped).and(changes::status_at.ge(Ts::from(since))))
        .filter(changes::archived_at.is_null())
        .filter(feedback::voice.eq(Voice::Employee).and(feedback::kind.eq(Kind::Idea)))
        .filter(feedback::anonymous.eq(false).and(cases::apart.eq(false)))
        .filter(people::role.ne(Role::Contact).and(people::disabled_at.is_null()))
        .filter(not(exists(thanked)))
        .order((feedback::received_at, feedback::id))
        .limit(most)
        .select((
            changes::id,
            changes::title,
            cases::id,
            people::id,
            people::lang,
            people::team_id,
            teams::lead_id.nullable(),
        ))
        .load(c)
}

fn note(desk: &Desk, author: Author) -> Note {
    // Nobody writes their own thanks.
    let lead = author.lead_id.filter(|lead| *lead != author.person_id);
    Note {
        id: id::new_id(),
        change_id: author.change_id,
        case_id: author.case_id,
        person_id: author.person_id,
        team_id: author.team_id.filter(|_| lead.is_some()),
        text: i18n::t(author.lang, "thanks-draft", &[("change", author.change.into())]),
        status: Status::Draft,
        due_at: due(desk.rules.calendar(author.team_id), desk.zone, desk.now).into(),
        edited_by: None,
        sent_at: None,
        created_at: desk.now.into(),
        version: 1,
    }
}

/// When work begins on the third working day from now.
fn due(calendar: &Calendar, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    (0..WORKING_DAYS).fold(now, |at, _| {
        let tomorrow = at.with_timezone(&zone).date_naive() + Days::new(1);
        let midnight = tomorrow.and_time(NaiveTime::MIN);
        let begins = midnight.and_local_timezone(zone).earliest().map_or(midnight.and_utc(), |at| at.to_utc());
        calendar.next_open(begins)
    })
}
