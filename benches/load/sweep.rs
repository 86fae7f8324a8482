//! The sweep among a million open cases: a thousand promises have just broken.

use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use heard::app::App;
use heard::cases::actions::Desk;
use heard::cases::sweep::sweep;
use heard::db::schema::cases;
use heard::db::types::Ts;
use heard::error::Result;
use heard::sla::clock::Clock;
use std::time::{Duration as StdDuration, Instant};

/// How many are due.
pub const DUE: i64 = 1_000;

/// The time of one transaction that finds and handles [`DUE`] broken promises, and of one that finds nothing.
pub async fn measure(app: &Data<App>) -> Result<(StdDuration, StdDuration)> {
    let now = app.clock.now();
    app.db
        .write(move |c| {
            let ids: Vec<i64> = cases::table
                .filter(cases::alert_at.is_not_null())
                .order(cases::id.desc())
                .limit(DUE)
                .select(cases::id)
                .load(c)?;
            let clock = Clock::start(now - Duration::days(30));
            for id in ids {
                let row = cases::table.find(id);
                diesel::update(row).set((cases::clock.eq(&clock), cases::alert_at.eq(Ts::from(now)))).execute(c)?;
            }
            Ok(())
        })
        .await?;
    let full = run(app, DUE as usize).await?;
    Ok((full, run(app, 0).await?))
}

async fn run(app: &Data<App>, expected: usize) -> Result<StdDuration> {
    let desk = Desk::of(app);
    let began = Instant::now();
    let looked_at = app.db.write(move |c| sweep(c, &desk, DUE)).await?;
    assert_eq!(looked_at, expected, "every broken promise is found once");
    Ok(began.elapsed())
}
