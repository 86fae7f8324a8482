//! What the front line gave away in a month, by team and person, for the council. Each figure opens its rows.

use super::Status;
use crate::cases::model::Case;
use crate::cases::money;
use crate::cases::store::Scope;
use crate::db::Conn;
use crate::db::schema::{cases, decisions, feedback};
use crate::db::types::{Ts, UtcTime};
use crate::error::Result;
use crate::people::absence::back_after;
use crate::web::forms::query;
use crate::web::{Page, Role};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde::Deserialize;
use serde_json::{Value, json};

/// More rows of one person are not shown.
const MOST_ROWS: i64 = 500;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ask {
    /// "2026-11"
    month: String,
    person: Option<i64>,
}

/// `GET /decisions/summary?month=2026-11`, with `person` their rows.
pub async fn show(page: Page, req: HttpRequest) -> Result<HttpResponse> {
    let viewer = page.viewer()?;
    viewer.require(Role::Council)?;
    let (ask, scope, tz) = (query::<Ask>(&req), Scope::of(viewer)?, page.app.config.app.time_zone);
    let month = Month::read(&ask.month).unwrap_or_else(|| Month::of(page.now, tz));
    let span = month.span(tz);
    let (sums, rows) = page
        .app
        .db
        .read(move |c| {
            let rows = ask.person.map(|person| rows(c, person, span)).transpose()?;
            Ok((sums(c, span)?, rows))
        })
        .await?;
    let lines = rows.map(|rows| rows.iter().map(|row| line(&page, scope, row)).collect::<Vec<_>>());
    let opened = ask.person.and_then(|person| sums.iter().find(|sum| sum.id == person));
    let months = |by: i32| month.moved(by).map(|month| month.0.format("%Y-%m").to_string());
    page.render(
        "decisions/summary",
        json!({
            "month": month.0.format("%Y-%m").to_string(),
            "month_name": page.t(&format!("month-{}", month.0.month()), &[("year", month.0.year().to_string().into())]),
            "previous": months(-1),
            "next": months(1),
            "teams": by_team(&page, &sums),
            "total": total(&page, sums.iter()),
            "person": opened.map(|sum| &sum.name),
            "rows": lines,
        }),
    )
}

/// A month, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Month(NaiveDate);

impl Month {
    fn read(text: &str) -> Option<Month> {
        let first: NaiveDate = format!("{text}-01").parse().ok()?;
        (2000..2200).contains(&first.year()).then_some(Month(first))
    }

    fn of(now: DateTime<Utc>, tz: Tz) -> Month {
        let today = now.with_timezone(&tz).date_naive();
        Month(today.with_day(1).unwrap_or(today))
    }

    fn moved(self, by: i32) -> Option<Month> {
        let months = Months::new(by.unsigned_abs());
        let first = if by < 0 { self.0.checked_sub_months(months) } else { self.0.checked_add_months(months) };
        first.map(Month)
    }

    /// From its first moment to that of the next, where the house is.
    fn span(self, tz: Tz) -> (Ts, Ts) {
        let start = |first: NaiveDate| Ts::from(back_after(first.pred_opt().unwrap_or(first), tz));
        (start(self.0), start(self.moved(1).unwrap_or(self).0))
    }
}

/// What somebody gave away.
#[derive(Clone, Debug, QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    team: Option<String>,
    #[diesel(sql_type = BigInt)]
    decisions: i64,
    #[diesel(sql_type = BigInt)]
    apologies: i64,
    #[diesel(sql_type = BigInt)]
    cents: i64,
}

fn sums(c: &mut Conn, (from, to): (Ts, Ts)) -> QueryResult<Vec<Sum>> {
    let query = "select people.id, people.name, teams.name as team, given.decisions, given.apologies, given.cents
         from (select person_id, count(*) as decisions, sum(case when apology then 1 else 0 end) as apologies,
                cast(sum(amount_cents) as bigint) as cents
            from decisions
            where (status = 'made' and at >= $1 and at < $2)
                or (status = 'approved' and decided_at >= $1 and decided_at < $2)
            group by person_id) as given
         join people on people.id = given.person_id
         left join teams on teams.id = people.team_id
         order by teams.name is null, teams.name, people.name, people.id";
    diesel::sql_query(query).bind::<UtcTime, _>(from).bind::<UtcTime, _>(to).load(c)
}

type DecisionRow = (Ts, bool, i64, Status, String, Case, String, String);

fn rows(c: &mut Conn, person: i64, (from, to): (Ts, Ts)) -> QueryResult<Vec<DecisionRow>> {
    let approved = decisions::status.eq(Status::Approved).nullable();
    let approved = approved.and(decisions::decided_at.ge(from)).and(decisions::decided_at.lt(to));
    decisions::table
        .inner_join(cases::table.inner_join(feedback::table))
        .filter(decisions::person_id.eq(person))
        .filter(
            (decisions::status.eq(Status::Made).and(decisions::at.ge(from)).and(decisions::at.lt(to)))
                .nullable()
                .or(approved),
        )
        .order((decisions::decided_at, decisions::id))
        .limit(MOST_ROWS)
        .select((
            decisions::decided_at.assume_not_null(),
            decisions::apology,
            decisions::amount_cents,
            decisions::status,
            decisions::outcome,
            Case::as_select(),
            feedback::reference,
            feedback::title,
        ))
        .load(c)
}

/// A case that is kept apart counts, but is named only to those who may see it.
fn line(page: &Page, scope: Scope, row: &DecisionRow) -> Value {
    let (at, apology, cents, status, outcome, case, reference, title) = row;
    let named = scope.covers(case);
    json!({
        "at": at,
        "apology": apology,
        "amount": (*cents > 0).then(|| money::shown(page.lang, *cents, &page.app.config.cases.currency)),
        "approved": *status == Status::Approved,
        "outcome": outcome,
        "reference": named.then_some(reference),
        "title": named.then_some(title),
    })
}

/// People under the name of their team, with its sum.
fn by_team(page: &Page, sums: &[Sum]) -> Vec<Value> {
    sums.chunk_by(|a, b| a.team == b.team)
        .map(|people| {
            let mut team = total(page, people.iter());
            team["name"] = json!(people.first().and_then(|sum| sum.team.clone()));
            team["people"] = people.iter().map(|sum| person(page, sum)).collect();
            team
        })
        .collect()
}

fn person(page: &Page, sum: &Sum) -> Value {
    let mut shown = total(page, std::iter::once(sum));
    shown["id"] = json!(sum.id.to_string());
    shown["name"] = json!(sum.name);
    shown
}

fn total<'a>(page: &Page, sums: impl Iterator<Item = &'a Sum>) -> Value {
    let (decisions, apologies, cents) = sums.fold((0, 0, 0), |(decisions, apologies, cents), sum| {
        (decisions + sum.decisions, apologies + sum.apologies, cents + sum.cents)
    });
    let amount = money::shown(page.lang, cents, &page.app.config.cases.currency);
    json!({"decisions": decisions, "apologies": apologies, "amount": amount})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_and_ends_where_the_house_is() {
        let month = Month::read("2026-11").unwrap();
        let (from, to) = month.span(Tz::Europe__Moscow);
        assert_eq!(
            (from.to_rfc3339().as_str(), to.to_rfc3339().as_str()),
            ("2026-10-31T21:00:00+00:00", "2026-11-30T21:00:00+00:00")
        );
        assert_eq!(Month::of(*from, Tz::Europe__Moscow), month);
        assert_eq!(month.moved(-11), Month::read("2025-12"));
        for wrong in ["", "2026", "2026-13", "1999-12", "+99999-01"] {
            assert_eq!(Month::read(wrong), None, "{wrong}");
        }
    }
}
