//! People, and a digest for each of them.

use chrono::NaiveDate;
use diesel::prelude::*;
use heard::app::App;
use heard::db::schema::people;
use heard::db::types::Ts;
use heard::error::{Error, Result};
use heard::i18n::Lang;
use heard::mail::letters::{Digest, DigestItem};
use heard::mail::outbox::{self, NewMail};
use serde_json::Value;

/// Rows in one transaction.
const AT_ONCE: usize = 2000;
/// The id of the first person.
const FIRST: i64 = 1_000_000;
/// Domains of the addresses.
const DOMAINS: usize = 100;

pub async fn people(app: &App, n: usize) -> Result<()> {
    let now = app.clock.now();
    for first in (0..n).step_by(AT_ONCE) {
        let rows = first..n.min(first + AT_ONCE);
        app.db
            .write(move |c| {
                for n in rows {
                    let row = (
                        people::id.eq(FIRST + n as i64),
                        people::email.eq(address(n)),
                        people::name.eq(format!("Person {n}")),
                        people::lang.eq(Lang::En),
                        people::role.eq("contact"),
                        people::created_at.eq(Ts::from(now)),
                    );
                    diesel::insert_into(people::table).values(row).execute(c)?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// One digest for each of the first `n` people.
pub async fn digests(app: &App, event_id: i64, n: usize) -> Result<()> {
    let now = app.clock.now();
    for first in (0..n).step_by(AT_ONCE) {
        let rows = first..n.min(first + AT_ONCE);
        app.db
            .write(move |c| {
                for n in rows {
                    outbox::enqueue(c, &digest(event_id, n)?, now)?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

fn digest(event_id: i64, n: usize) -> Result<NewMail> {
    let item = |title: &str| DigestItem {
        title: title.into(),
        text: "It took us four weeks and two tries; since Monday it works for everybody who pays by card.".into(),
        own_words: Some("The page hangs when I pay, and then nobody can tell me whether the money is gone.".into()),
        people: Some(12),
        ..DigestItem::default()
    };
    let letter = Digest {
        starts_on: day(1)?,
        ends_on: day(31)?,
        done: vec![item("Payment no longer hangs"), item("Opening hours until 20:00"), item("A shorter form")],
        declined: vec![item("A hotline at night")],
        page_url: Some("https://heard.example/changes".into()),
        unsubscribe_url: format!("https://heard.example/unsubscribe/{n:030}"),
        ..Digest::default()
    };
    let data: Value = serde_json::to_value(letter).map_err(Error::internal)?;
    Ok(NewMail {
        person_id: FIRST + n as i64,
        template: "digest",
        event_id,
        case_id: None,
        lang: Lang::En,
        address: address(n),
        name: format!("Person {n}"),
        data,
    })
}

fn address(n: usize) -> String {
    format!("person{n}@domain{}.example", n % DOMAINS)
}

fn day(day: u32) -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 10, day).ok_or_else(|| Error::internal("no such day"))
}
