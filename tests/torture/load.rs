//! People who give feedback, over the API and the public form, and write down every acknowledgement before they go on.

use crate::Result;
use crate::fleet::Fleet;
use crate::http::{Answer, Client};
use crate::ledger::Ledger;
use crate::place::Place;
use crate::words;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rand::RngExt;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

pub const CLIENTS: usize = 8;
/// How soon a client asks again that got no answer.
pub const AGAIN: Duration = Duration::from_millis(20);

/// What all clients of a run share.
pub struct Load<'a> {
    pub place: &'a Place,
    pub fleet: &'a Fleet,
    pub seed: u64,
    pub acknowledged: AtomicU64,
    pub stop: AtomicBool,
}

/// What one piece of feedback is made of.
struct Said {
    mark: String,
    text: String,
    name: &'static str,
    /// None: anonymous.
    email: Option<String>,
}

impl<'a> Load<'a> {
    pub fn new(place: &'a Place, fleet: &'a Fleet, seed: u64) -> Load<'a> {
        Load { place, fleet, seed, acknowledged: AtomicU64::new(0), stop: AtomicBool::new(false) }
    }

    /// By the API with a key, which makes it safe to ask again until there is an answer.
    fn call(&self, http: &mut Client, said: &Said) -> Result<Option<String>> {
        let contact = said.email.as_ref().map(|email| json!({"email": email, "name": said.name}));
        let body = json!({"voice": "customer", "kind": "complaint", "text": said.text, "contact": contact});
        while !self.stop.load(Ordering::Relaxed) {
            match post(http, self.place, &said.mark, &body) {
                Ok(answer) if answer.status == 201 => return reference(&answer).map(Some),
                Ok(answer) if answer.status != 503 => return Err(unexpected(&answer)),
                _ => std::thread::sleep(AGAIN),
            }
        }
        Ok(None)
    }

    /// By the form, where nobody can know what became of a request without an answer: it is not asked again.
    fn fill_in(&self, http: &mut Client, said: &Said) -> Result<Option<String>> {
        let answer = if said.email.is_some() { "email" } else { "anonymous" };
        let fields = [
            ("text", said.text.as_str()),
            ("kind", "idea"),
            ("voice", "customer"),
            ("answer", answer),
            ("email", said.email.as_deref().unwrap_or_default()),
            ("name", said.name),
        ];
        let typed: Vec<String> = fields.map(|(name, value)| format!("{name}={}", encoded(value))).into();
        let kind = ("content-type", "application/x-www-form-urlencoded");
        match http.post("/feedback", &[kind], typed.join("&").as_bytes()) {
            Ok(answer) if answer.status == 200 => reference(&answer).map(Some),
            Ok(answer) if answer.status != 503 => Err(unexpected(&answer)),
            _ => {
                std::thread::sleep(AGAIN);
                Ok(None)
            }
        }
    }
}

/// One client, until it is stopped: every second one fills in the form, the others call the API.
pub fn client(load: &Load<'_>, n: usize) -> Result<()> {
    let mut ledger = Ledger::open(&load.place.folder, n)?;
    let mut rng = words::chance(load.seed, &format!("client {n}"));
    let mut http = Client::of(load.fleet.port(n));
    for count in 0_u64.. {
        if load.stop.load(Ordering::Relaxed) {
            break;
        }
        let mark = format!("mark-{n}-{count}");
        let email = match rng.random_range(0..10) {
            0 | 1 => None,
            2 => Some(format!("regular{n}@example.org")),
            _ => Some(format!("{mark}@mail{}.example.org", count % 20)),
        };
        let said = Said { text: words::text(&mark, &mut rng), name: words::name(&mut rng), mark, email };
        let receipt = if n.is_multiple_of(2) { load.call(&mut http, &said)? } else { load.fill_in(&mut http, &said)? };
        if let Some(receipt) = receipt {
            ledger.note(&said.mark, &receipt)?;
            load.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// One request to the API with a key made of the mark.
pub fn post(http: &mut Client, place: &Place, mark: &str, body: &Value) -> std::io::Result<Answer> {
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &format!("Bearer {}", place.token)),
        ("idempotency-key", &format!("torture-{mark:0>20}")),
    ];
    http.post("/api/v1/feedback", &headers, body.to_string().as_bytes())
}

/// The reference on a page or in JSON.
pub fn reference(answer: &Answer) -> Result<String> {
    let at = answer.body.find("F-").ok_or_else(|| unexpected(answer))?;
    Ok(answer.body[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
}

/// What no server of ours should answer to a good request.
pub fn unexpected(answer: &Answer) -> crate::Error {
    format!("the server answered {}: {}", answer.status, answer.body.chars().take(2_000).collect::<String>()).into()
}

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}
