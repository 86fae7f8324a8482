//! Every view of the backlog over 10,000 changes that all the cases are linked to: the page as a browser gets it. A view has
//! 100 ms of the server's time, who stands behind each change included.

use super::client::{self, Load};
use actix_web::web::Data;
use diesel::prelude::*;
use diesel::sql_query;
use heard::app::App;
use heard::backlog::reach;
use heard::error::{Error, Result};
use std::time::{Duration, Instant};

const VIEWS: [&str; 12] = [
    "/changes",
    "/changes?page=100",
    "/changes?status=all&sort=reach",
    "/changes?sort=rice&group=lever",
    "/changes?group=owner",
    "/changes?q=window+42",
    "/changes/matrix",
    "/changes/board",
    "/changes/roadmap",
    "/changes/order?ex=2&cx=1",
    "/changes/C-0000042/score",
    "/changes/export?format=csv",
];

pub async fn measure(app: &Data<App>, port: u16, cookie: &str) -> Result<()> {
    let began = Instant::now();
    let linked = spread(app).await?;
    println!("\nbacklog: 10000 changes, {linked} links made in {:.0} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    app.db.write(|c| Ok(reach::rebuild(c)?)).await?;
    println!("every sum counted anew in {:.1} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let off = app.db.read(|c| Ok(reach::differing(c)?)).await?;
    println!("compared with counting anew in {:.1} s, {} differ", began.elapsed().as_secs_f64(), off.len());
    clean_up(&app.config.database.url)?;
    println!("{:<46} {:>9} {:>9}", "ms", "page p50", "page p99");
    for view in VIEWS {
        let load = Load { port, request: client::get(view, cookie), connections: 1, time: Duration::from_secs(2) };
        let page = client::run(load).await;
        println!("{view:<46} {:>9.2} {:>9.2}", page.p50, page.p99);
        if page.failed > 0 {
            println!("  {} answers were no success, the first: {}", page.failed, page.first_failure);
        }
    }
    Ok(())
}

/// Ten thousand changes with a share of the cases each; one has fifty times as many. Returns how many links there are.
async fn spread(app: &Data<App>) -> Result<i64> {
    // A moment and a person that are there already spare this from knowing how either database writes a time.
    let steps = [
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000) \
         insert into changes (id, reference, title, proposal, ex, cx, effort, confidence, owner_id, status, public, version, \
         created_by, created_at, status_at, updated_at, problem, kind, lever_id, quick_fix, impact, delay_cost) \
         select i, 'C-' || substr(cast(10000000 + i as text), 2), 'One window instead of five tabs, number ' || i, \
         'Everything about a customer in one place.', i % 6, (i / 6) % 6, 0.25 * (1 + i % 12), 0.1 * (1 + i % 10), \
         case when i % 3 = 0 then people.id end, \
         case i % 10 when 0 then 'needs_data' when 1 then 'accepted' when 2 then 'in_progress' when 3 then 'deferred' \
         when 4 then 'shipped' else 'proposed' end, 1 = 0, 1, people.id, people.created_at, people.created_at, \
         people.created_at, '', 'change', 1 + i % 8, i % 20 = 0, case when i % 2 = 0 then 1.0 end, 1.0 + i % 7 \
         from n, people where people.email = 'load@heard.example'",
        "insert into change_inputs (change_id, input, set_by, set_at) \
         select changes.id, names.input, changes.created_by, changes.created_at from changes, \
         (select 'ex' as input union all select 'cx' union all select 'effort' union all select 'confidence') names",
        "insert into change_cases (change_id, case_id, linked_at) \
         select case when (id / 4096) % 200 = 0 then 1 else (id / 4096) % 10000 + 1 end, id, updated_at from cases",
    ];
    for step in steps {
        app.db.write(move |c| Ok(sql_query(step).execute(c)?)).await?;
    }
    app.db.read(|c| Ok(heard::db::schema::change_cases::table.count().get_result(c)?)).await
}

/// PostgreSQL cleans up behind so many rows by itself, minutes later.
fn clean_up(database: &str) -> Result<()> {
    if database.starts_with("postgres") {
        let mut server = PgConnection::establish(database).map_err(Error::internal)?;
        sql_query("vacuum analyze").execute(&mut server)?;
    }
    Ok(())
}
