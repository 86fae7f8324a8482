//! A database to measure on: cases through the product's own import, and somebody who is signed in.

use actix_web::web::Data;
use diesel::prelude::*;
use heard::app::App;
use heard::db::schema::{feedback, people};
use heard::db::types::Ts;
use heard::error::{Error, Result};
use heard::feedback::import::{self, mapping::Mapping};
use heard::i18n::Lang;
use heard::id::new_id;
use heard::web::viewer::{Role, start_session};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

pub struct Seeded {
    /// How long the import took.
    pub took: Duration,
    /// Of a signed-in admin.
    pub cookie: String,
    /// Of a case somewhere in the middle.
    pub reference: String,
}

/// The text of a case; no two are the same.
pub fn text(n: usize) -> String {
    format!(
        "The parcel of order {n} was left with a neighbour I do not know, and nobody called. I asked twice for a photo of \
         the delivery and got an answer about another order. Please tell me where it is and who signed for it, number {}.",
        n * 7919 % 1_000_003
    )
}

/// One submission as the API takes it.
pub fn submission() -> String {
    let text = text(4711);
    format!(
        r#"{{"voice":"customer","kind":"complaint","channel":"web","text":"{text}","contact":{{"email":"anna@example.org","name":"Anna Berg","locale":"en"}}}}"#
    )
}

pub async fn fill(app: &Data<App>, folder: &Path, cases: usize) -> Result<Seeded> {
    let file = folder.join("cases.csv");
    write_csv(&file, cases).map_err(Error::internal)?;
    let began = Instant::now();
    import::import(app, &file, &Mapping::default(), &|_| ControlFlow::Continue(())).await?;
    let took = began.elapsed();
    let (person, now) = (new_id(), app.clock.now());
    let (cookie, reference) = app
        .db
        .write(move |c| {
            let row = (
                people::id.eq(person),
                people::email.eq("load@heard.example"),
                people::name.eq("Load Test"),
                people::lang.eq(Lang::En),
                people::role.eq(Role::Admin),
                people::created_at.eq(Ts::from(now)),
            );
            diesel::insert_into(people::table).values(row).execute(c)?;
            let middle = feedback::table.order(feedback::id).offset(cases as i64 / 2).select(feedback::reference);
            Ok((start_session(c, person, "load", now)?, middle.first(c)?))
        })
        .await?;
    Ok(Seeded { took, cookie, reference })
}

fn write_csv(file: &Path, cases: usize) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "external_id,voice,kind,channel,topic,text,contact.email,contact.name,received_at")?;
    // Over a day and a half: of what is promised within a day a third is late.
    let (now, step) =
        (chrono::Utc::now(), chrono::Duration::hours(36) / i32::try_from(cases.max(1)).unwrap_or(i32::MAX));
    for n in 0..cases {
        // Every third customer writes a second time.
        let customer = n * 2 / 3;
        writeln!(
            out,
            "o-{n},customer,complaint,import,delivery,\"{}\",customer{customer}@example.org,Customer {customer},{}",
            text(n),
            (now - step * i32::try_from(cases - n).unwrap_or_default()).to_rfc3339()
        )?;
    }
    out.flush()
}
