//! Rolling restarts: whoever comes by way of a load balancer that asks `/readyz` notices nothing.

use crate::Result;
use crate::fleet::Fleet;
use crate::http::Client;
use crate::load;
use crate::options::{Database, Options};
use crate::place::Place;
use crate::sink::{Script, Sink};
use crate::table::Report;
use serde_json::json;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const NODES: usize = 2;
const CLIENTS: usize = 20;
/// Each client's: together 200 requests a second.
const PACE: Duration = Duration::from_millis(100);
/// How often the load balancer asks.
const CHECK: Duration = Duration::from_millis(250);
/// Every so many requests are feedback, the others a page.
const SPEAKS: u64 = 10;
const LONGEST_STOP: Duration = Duration::from_secs(30);

/// What all of them share.
struct Traffic<'a> {
    place: &'a Place,
    fleet: &'a Fleet,
    ready: Vec<AtomicBool>,
    stop: AtomicBool,
    answered: AtomicU64,
    failed: AtomicUsize,
    first_failure: Mutex<Option<String>>,
}

/// Restarts one of two servers after the other.
pub fn run(place: &Place, options: &Options) -> Result<Report> {
    if place.database == Database::Sqlite {
        return Err("two servers share no SQLite file: --database postgres".into());
    }
    let (began, sink) = (Instant::now(), Sink::start(&place.folder)?);
    sink.follow(Script::lax());
    let times = options.kills.unwrap_or(if options.full { 20 } else { 4 });
    let fleet = Fleet::start(place, NODES, sink.port)?;
    let traffic = Traffic {
        place,
        fleet: &fleet,
        ready: (0..NODES).map(|_| AtomicBool::new(true)).collect(),
        stop: AtomicBool::new(false),
        answered: AtomicU64::new(0),
        failed: AtomicUsize::new(0),
        first_failure: Mutex::default(),
    };
    let slowest = std::thread::scope(|scope| {
        scope.spawn(|| traffic.watch());
        for n in 0..CLIENTS {
            let traffic = &traffic;
            scope.spawn(move || traffic.client(n));
        }
        let slowest = traffic.roll(times);
        traffic.stop.store(true, Ordering::Relaxed);
        slowest
    })?;
    Ok(traffic.report(format!("rolling restarts on {}", place.database.name()), times, slowest, began.elapsed()))
}

impl Traffic<'_> {
    /// Returns how long the slowest stop took.
    fn roll(&self, times: usize) -> Result<Duration> {
        let mut slowest = Duration::ZERO;
        for n in (0..NODES).cycle().take(times) {
            slowest = slowest.max(self.fleet.stop(n, LONGEST_STOP)?);
            self.fleet.revive(n)?;
            // Nobody takes the next one down before this one is back in use.
            while !self.ready[n].load(Ordering::Relaxed) {
                std::thread::sleep(CHECK);
            }
        }
        Ok(slowest)
    }

    fn watch(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            for n in 0..NODES {
                let is_ready = Client::of(self.fleet.port(n)).get("/readyz").is_ok_and(|answer| answer.status == 200);
                self.ready[n].store(is_ready, Ordering::Relaxed);
            }
            std::thread::sleep(CHECK);
        }
    }

    /// One request after the other over a kept connection, which moves when its server is no longer ready.
    fn client(&self, n: usize) {
        let mut at = n % NODES;
        let mut http = Client::of(self.fleet.port(at));
        let mut next = Instant::now();
        for count in 0_u64.. {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            if !self.ready[at].load(Ordering::Relaxed) {
                at = (at + 1) % NODES;
                http = Client::of(self.fleet.port(at));
            }
            let said = self.ask(&mut http, n, count);
            match said {
                Ok(()) => _ = self.answered.fetch_add(1, Ordering::Relaxed),
                Err(why) => {
                    self.failed.fetch_add(1, Ordering::Relaxed);
                    let mut first = self.first_failure.lock().unwrap_or_else(PoisonError::into_inner);
                    first.get_or_insert(format!("client {n}, request {count}, server {at}: {why}"));
                }
            }
            next = (next + PACE).max(Instant::now());
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
    }

    /// Never asked twice: any request without a good answer is a failed one.
    fn ask(&self, http: &mut Client, n: usize, count: u64) -> std::result::Result<(), String> {
        let (answer, wanted) = if count.is_multiple_of(SPEAKS) {
            let mark = format!("rolling-{n}-{count}");
            let contact = json!({"email": format!("{mark}@example.org"), "name": "Ann"});
            let body = json!({"voice": "customer", "kind": "idea", "text": mark, "contact": contact});
            (load::post(http, self.place, &mark, &body), 201)
        } else {
            (http.get("/track"), 200)
        };
        match answer {
            Ok(answer) if answer.status == wanted => Ok(()),
            Ok(answer) => Err(format!("{}", answer.status)),
            Err(e) => Err(e.to_string()),
        }
    }

    fn report(&self, title: String, times: usize, slowest: Duration, time: Duration) -> Report {
        let (answered, failed) = (self.answered.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed));
        let lines = vec![
            ("restarts".into(), times.to_string()),
            ("requests answered".into(), answered.to_string()),
            ("a second".into(), format!("{:.0}", answered as f64 / time.as_secs_f64())),
            ("requests failed".into(), failed.to_string()),
            ("slowest stop".into(), format!("{:.1} s", slowest.as_secs_f64())),
            ("slowest start".into(), format!("{:.1} s", self.fleet.slowest_start().as_secs_f64())),
            ("time".into(), format!("{:.0} s", time.as_secs_f64())),
        ];
        let first = self.first_failure.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Report { title, lines, broken: first.into_iter().collect() }
    }
}
