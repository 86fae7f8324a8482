//! The huddle: a team's ten minutes in the morning. What came in that hurts, which promises broke, whom to thank, and
//! what is said so often that it belongs into the backlog.

mod store;

use super::badge::Deadline;
use super::queue::view::day_end;
use super::store::Scope;
use crate::db::Conn;
use crate::error::Result;
use crate::rules::Rulebook;
use crate::web::Page;
use crate::web::forms::query;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Heard, Thanks, Topic};

/// The longest way back to a day on which the team worked.
const MOST_DAYS_BACK: i64 = 14;
/// How far back what is said again and again is looked for.
const REPEATS: Duration = Duration::days(14);

#[derive(Default, Deserialize, Serialize)]
struct HuddleQuery {
    team: Option<i64>,
}

/// `GET /huddle`
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    let scope = Scope::of(viewer)?;
    let asked: HuddleQuery = query(&req);
    let team = asked.team.or(viewer.team_id);
    let today = day_end(page.now, page.app.config.app.time_zone) - Duration::days(1);
    let since = last_working_day(&page.app.rules.current(), team, today);
    let lang = page.lang;
    let ask = store::Ask { scope, team, since, now: page.now };
    let seen = page.app.db.read(move |c| read(c, ask)).await?;
    page.render(
        "cases/huddle",
        json!({
            "since": since,
            "teams": seen.teams.iter().map(|(id, name)| json!({
                "id": id.to_string(), "name": name, "current": Some(*id) == team,
            })).collect::<Vec<_>>(),
            "team": seen.teams.iter().find(|(id, _)| Some(*id) == team).map(|(_, name)| name),
            "negatives": seen.negatives.iter().map(|heard| line(&page, heard)).collect::<Vec<_>>(),
            "breaches": seen.breaches.iter().map(|heard| line(&page, heard)).collect::<Vec<_>>(),
            "praise": seen.praise.iter().map(|heard| line(&page, heard)).collect::<Vec<_>>(),
            "thanks": seen.thanks,
            "repeats": seen.repeats.iter().map(|topic| repeat(topic, lang)).collect::<Vec<_>>(),
        }),
    )
}

struct Seen {
    teams: Vec<(i64, String)>,
    negatives: Vec<Heard>,
    breaches: Vec<Heard>,
    praise: Vec<Heard>,
    thanks: Vec<Thanks>,
    repeats: Vec<Topic>,
}

fn read(c: &mut Conn, ask: store::Ask) -> Result<Seen> {
    let (praise, negatives) = store::received(c, ask)?.into_iter().partition(Heard::is_praise);
    let negatives: Vec<Heard> = negatives;
    Ok(Seen {
        teams: store::teams(c)?,
        negatives: negatives.into_iter().filter(Heard::is_negative).collect(),
        breaches: store::breached(c, ask)?,
        praise,
        thanks: store::thanked(c, ask)?,
        repeats: store::repeated(c, store::Ask { since: ask.now - REPEATS, ..ask })?,
    })
}

/// When the last day before `today` began on which the team worked: on Monday the huddle looks back to Friday.
fn last_working_day(rules: &Rulebook, team: Option<i64>, today: DateTime<Utc>) -> DateTime<Utc> {
    let calendar = rules.calendar(team);
    let begins = (1..=MOST_DAYS_BACK).map(|back| today - Duration::days(back));
    let worked = |begin: &DateTime<Utc>| calendar.between(*begin, *begin + Duration::days(1)) > Duration::zero();
    begins.clone().find(worked).unwrap_or(today - Duration::days(1))
}

fn line(page: &Page, heard: &Heard) -> Value {
    let deadline = Deadline { status: heard.status, due: heard.next_due.map(|at| *at), snoozed_until: None };
    json!({
        "reference": heard.reference,
        "title": heard.title,
        "voice": heard.voice,
        "kind": heard.kind,
        "owner": heard.owner,
        "due": deadline.badge(page.lang, page.app.config.app.time_zone, page.now),
    })
}

fn repeat(topic: &Topic, lang: crate::i18n::Lang) -> Value {
    json!({"name": topic.name(lang), "cases": topic.cases, "people": topic.people, "total": topic.cases.len()})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla::calendar::{Calendar, Week};
    use chrono::TimeZone;

    #[test]
    fn on_monday_the_huddle_looks_back_to_friday() {
        let week: Week = serde_json::from_value(json!({
            "mon": ["09:00-18:00"], "tue": ["09:00-18:00"], "wed": ["09:00-18:00"], "thu": ["09:00-18:00"],
            "fri": ["09:00-18:00"],
        }))
        .unwrap();
        let mut rules = Rulebook::new(1);
        rules.calendars.insert(1, Calendar::new(chrono_tz::UTC, week, Vec::new()).unwrap());
        rules.default_calendar = 1;
        let day = |day| Utc.with_ymd_and_hms(2026, 11, day, 0, 0, 0).unwrap();
        assert_eq!(last_working_day(&rules, None, day(23)), day(20));
        assert_eq!(last_working_day(&rules, None, day(24)), day(23));
        assert_eq!(last_working_day(&Rulebook::new(1), None, day(23)), day(22), "around the clock");
    }
}
