//! Every view of the queue over a database that looks like a working house, for somebody who sees all of it and for an
//! owner of one team: the queries alone, and the page as a browser gets it.

use super::client::{self, Load};
use actix_web::web::Data;
use diesel::prelude::*;
use diesel::sql_query;
use heard::app::App;
use heard::cases::queue::filter::Asked;
use heard::cases::queue::{self, Ask, Spot, View};
use heard::db::schema::{cases, people, teams};
use heard::db::types::Ts;
use heard::error::{Error, Result};
use heard::i18n::Lang;
use heard::web::viewer::{Role, Viewer, find_viewer, start_session};
use std::time::{Duration, Instant};

const TEAMS: i64 = 20;
const OWNERS: i64 = 200;
const TIMES: usize = 100;
/// What a page shows.
const PAGE: usize = 50;

/// What is asked beside the plain views: filters that few cases pass, another order, a rare and a common tag.
const NARROWED: [&str; 6] = [
    "view=open&channel=nowhere",
    "view=open&severity=critical&kind=complaint",
    "view=open&sort=newest",
    "view=open&sort=severity",
    "view=open&tag=rare",
    "view=open&tag=common",
];

pub async fn measure(app: &Data<App>, port: u16) -> Result<()> {
    let began = Instant::now();
    let tokens = spread(app).await?;
    clean_up(&app.config.database.url)?;
    println!("\nqueue: cases spread over the views in {:.0} s", began.elapsed().as_secs_f64());
    println!("{:<46} {:>9} {:>9} {:>9} {:>9}", "ms", "db p50", "db p99", "page p50", "page p99");
    floor(app).await?;
    for (who, token) in [("council", &tokens[0]), ("owner", &tokens[1])] {
        let now = app.clock.now();
        let seen = token.clone();
        let viewer = app.db.read(move |c| Ok(find_viewer(c, &seen, now)?)).await?.map(|(viewer, _)| viewer);
        let viewer = viewer.ok_or_else(|| Error::internal("nobody is signed in"))?;
        let views = View::ALL.iter().map(|view| format!("view={view}"));
        for query in views.chain(NARROWED.map(str::to_owned)) {
            one(app, port, (who, token, &viewer), &query).await?;
        }
    }
    Ok(())
}

async fn one(app: &Data<App>, port: u16, (who, token, viewer): (&str, &str, &Viewer), query: &str) -> Result<()> {
    let asked = Asked::read(query);
    let ask = Ask::of(viewer, asked.view(), asked.filter(), app.clock.now(), app.config.app.time_zone)?;
    let times = app.db.read(move |c| {
        timed(|| {
            queue::list(c, &ask, Spot::default(), PAGE)?;
            queue::counts(c, &ask)?;
            Ok(())
        })
    });
    let (p50, p99) = times.await?;
    let request = client::get(&format!("/cases?{query}"), token);
    let page = client::run(Load { port, request, connections: 1, time: Duration::from_secs(1) }).await;
    println!("{:<46} {p50:>9.2} {p99:>9.2} {:>9.2} {:>9.2}", format!("{who}: {query}"), page.p50, page.p99);
    if page.failed > 0 {
        println!("  {} answers were no success, the first: {}", page.failed, page.first_failure);
    }
    Ok(())
}

/// One row by its key, in the same run.
async fn floor(app: &Data<App>) -> Result<()> {
    let times = app.db.read(|c| {
        let id: i64 = cases::table.select(cases::id).first(c)?;
        timed(|| Ok(cases::table.find(id).select(cases::version).first::<i32>(c).map(|_| ())?))
    });
    let (p50, p99) = times.await?;
    println!("{:<46} {p50:>9.3} {p99:>9.3}", "floor: one row by its key");
    Ok(())
}

fn timed(mut work: impl FnMut() -> Result<()>) -> Result<(f64, f64)> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        work()?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok((times[TIMES / 2], times[TIMES * 99 / 100]))
}

/// PostgreSQL cleans up behind so many updates by itself, minutes later.
fn clean_up(database: &str) -> Result<()> {
    if database.starts_with("postgres") {
        let mut server = PgConnection::establish(database).map_err(Error::internal)?;
        sql_query("vacuum analyze").execute(&mut server)?;
    }
    Ok(())
}

/// Gives the imported cases owners, teams and stages, and signs in a council member and an owner; their tokens.
async fn spread(app: &Data<App>) -> Result<[String; 2]> {
    let now = app.clock.now();
    let people_of = move |c: &mut heard::db::Conn| -> QueryResult<[String; 2]> {
        for n in 1..=TEAMS {
            let team = (teams::id.eq(n), teams::name.eq(format!("Team {n:02}")), teams::created_at.eq(Ts::from(now)));
            diesel::insert_into(teams::table).values(team).execute(c)?;
        }
        for n in 1..=OWNERS {
            let owner = (
                people::id.eq(n),
                people::email.eq(format!("owner{n}@heard.example")),
                people::name.eq(format!("Owner {n:03}")),
                people::lang.eq(Lang::En),
                people::role.eq(if n == 1 { Role::Council } else { Role::Owner }),
                people::team_id.eq(Some(n % TEAMS + 1)),
                people::created_at.eq(Ts::from(now)),
            );
            diesel::insert_into(people::table).values(owner).execute(c)?;
        }
        Ok([start_session(c, 1, "load", now)?, start_session(c, 2, "load", now)?])
    };
    let tokens = app.db.write(move |c| Ok(people_of(c)?)).await?;
    // Of a hundred cases twenty-five are told, ten wait, one is put off, four have nobody; the low bits of a key name the
    // process that made it.
    let steps = [
        "update cases set owner_id = (id / 4096) % 199 + 2, status = 'in_review' where (id / 4096) % 100 >= 4",
        "update cases set team_id = owner_id % 20 + 1 where owner_id is not null",
        "update cases set status = 'closed', next_due = null where (id / 4096) % 100 between 4 and 28",
        "update cases set helped = true where (id / 4096) % 100 between 4 and 10",
        "update cases set status = 'waiting', next_due = null where (id / 4096) % 100 between 29 and 38",
        "update cases set snoozed_until = next_due, next_due = null where (id / 4096) % 100 = 39",
        "update cases set escalation = 1 where (id / 4096) % 1000 = 47",
        "update cases set severity = 'critical' where (id / 4096) % 997 = 1",
        "insert into case_tags (tag, case_id) select 'rare', id from cases where (id / 4096) % 25013 = 7",
        "insert into case_tags (tag, case_id) select 'common', id from cases where (id / 4096) % 5 = 2",
    ];
    for step in steps {
        app.db.write(move |c| Ok(sql_query(step).execute(c)?)).await?;
    }
    Ok(tokens)
}
