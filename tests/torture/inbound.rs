//! Mail servers that hand mail to the hook, and hand it over again until it is acknowledged.

use crate::http::Client;
use crate::ledger::Ledger;
use crate::load::{AGAIN, Load, unexpected};
use crate::place::{ADDRESS, SECRET};
use crate::{Result, words};
use data_encoding::BASE64_MIME;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// One mail is read after the other: what comes in much faster would only be waited for at the end.
const PAUSE: Duration = Duration::from_millis(100);

pub fn client(load: &Load<'_>, n: usize) -> Result<()> {
    let mut ledger = Ledger::open(&load.place.folder, n)?;
    let mut rng = words::chance(load.seed, &format!("mail server {n}"));
    let mut http = Client::of(load.fleet.port(n));
    for count in 0_u64.. {
        let mark = format!("mail-{n}-{count}");
        let raw = letter(&mark, &words::text(&mark, &mut rng));
        let Some(receipt) = deliver(load, &mut http, &raw)? else { break };
        ledger.note(&mark, &receipt)?;
        load.acknowledged.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

/// The id it was stored under; none if the run is over before there was an answer.
fn deliver(load: &Load<'_>, http: &mut Client, raw: &str) -> Result<Option<String>> {
    let headers = [("content-type", "message/rfc822"), ("authorization", &format!("Bearer {SECRET}"))];
    while !load.stop.load(Ordering::Relaxed) {
        match http.post("/hooks/inbound-mail", &headers, raw.as_bytes()) {
            Ok(answer) if answer.status == 200 => {
                let said: serde_json::Value = serde_json::from_str(&answer.body)?;
                let id = said["id"].as_str().ok_or_else(|| unexpected(&answer))?;
                return Ok(Some(id.to_owned()));
            }
            Ok(answer) if answer.status != 503 => return Err(unexpected(&answer)),
            _ => std::thread::sleep(AGAIN),
        }
    }
    Ok(None)
}

fn letter(mark: &str, text: &str) -> String {
    format!(
        "From: Anna Berg <{mark}@mail.example.org>\r\nTo: {ADDRESS}\r\nSubject: About {mark}\r\n\
         Message-ID: <{mark}@mail.example.org>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        BASE64_MIME.encode(text.as_bytes())
    )
}
