//! How fast the outbox empties, beside what the mail library's connections do alone with finished mails of the same size,
//! over as many connections, to the same sink, in the same run.
//!
//! `cargo bench --bench mail -- --mails 50000` prints a table; `--database postgres://…` takes a fresh database there.
//! Sink, floor, product and the reader of pages share the machine. Ratios count, not the figures themselves.

mod mail {
    pub mod floor;
    pub mod pages;
    pub mod seed;
    pub mod sink;
}

use actix_web::web::Data;
use diesel::prelude::*;
use heard::app::App;
use heard::clock::Clock;
use heard::config::Config;
use heard::db::schema::outbox;
use heard::error::{Error, Result};
use heard::mail::outbox::{Owner, Status};
use heard::{schedule, server};
use mail::pages::Reader;
use mail::sink::Sink;
use mail::{floor, seed};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

/// As many as the drain has.
const CONNECTIONS: usize = 8;
/// How long pages are read while nothing else happens.
const IDLE: Duration = Duration::from_secs(5);
/// The floor and the product take turns, so that both see the same machine.
const ROUNDS: usize = 3;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let mails: usize = option("--mails").and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let folder = std::env::temp_dir().join(format!("heard-mail-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let database = option("--database").unwrap_or_else(|| format!("sqlite://{}/heard.db", folder.display()));
    let measured = actix_web::rt::System::new().block_on(measure(&database, mails));
    std::fs::remove_dir_all(&folder)?;
    measured.map_err(std::io::Error::other)
}

async fn measure(database: &str, mails: usize) -> Result<()> {
    let sink = Sink::start().map_err(Error::internal)?;
    let app = Data::new(App::build(settings(database, sink.port)?, Clock::System).await?);
    let pages = serve(app.clone())?;
    let owner = Owner::new();
    println!("cores {}, {database}", std::thread::available_parallelism().map_or(0, usize::from));

    seed::people(&app, mails).await?;
    seed::digests(&app, 0, CONNECTIONS).await?;
    schedule::drain(app.clone(), owner.clone()).await?;
    let finished = sink.last();
    println!("{mails} digests in {ROUNDS} rounds of {} bytes each over {CONNECTIONS} connections", finished.len());

    let reader = Reader::start(pages);
    actix_web::rt::time::sleep(IDLE).await;
    let idle = reader.end();

    let (mut most, mut ours, mut memory, mut busy) = (Vec::new(), Vec::new(), Memory::default(), Vec::new());
    for round in 1..=ROUNDS {
        most.push(floor::run(&sink, finished.clone(), mails, CONNECTIONS).await);
        seed::digests(&app, round as i64, mails).await?;
        let (before, reader) = (sink.taken(), Reader::start(pages));
        memory.look(&mut |m| &mut m.start);
        let began = Instant::now();
        let drained = actix_web::rt::spawn(empty(app.clone(), owner.clone()));
        while sink.taken() - before < mails / 2 && !drained.is_finished() {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
        memory.look(&mut |m| &mut m.middle);
        drained.await.map_err(Error::internal)??;
        ours.push((sink.taken() - before) as f64 / began.elapsed().as_secs_f64());
        memory.look(&mut |m| &mut m.end);
        busy.extend(reader.end());
        println!("round {round}: floor {:.0}, Heard {:.0} mails a second", most[round - 1], ours[round - 1]);
    }
    report(&mut most, &mut ours, &memory, idle, busy);
    Ok(())
}

/// What the job does second after second.
async fn empty(app: Data<App>, owner: Owner) -> Result<()> {
    loop {
        schedule::drain(app.clone(), owner.clone()).await?;
        let due = outbox::table.filter(outbox::status.eq(Status::Queued)).count();
        let left: i64 = app.db.read(move |c| Ok(due.get_result(c)?)).await?;
        if left == 0 {
            return Ok(());
        }
        if app.stopping() {
            return Err(Error::internal("stopped before the outbox was empty"));
        }
    }
}

fn report(most: &mut [f64], ours: &mut [f64], memory: &Memory, idle: Vec<Duration>, busy: Vec<Duration>) {
    let (most, ours) = (median(most), median(ours));
    println!("\n{:<44} {:>10}", "median", "");
    println!("{:<44} {most:>10.0}", "floor: finished mails, mails a second");
    println!("{:<44} {ours:>10.0}", "Heard: claimed, rendered, sent, written down");
    println!("{:<44} {:>9.0}%", "of the floor", 100.0 * ours / most);
    println!("{:<44} {:>10}", "memory at start, middle, end, MB", memory.shown());
    let (quiet, loud) = (p99(idle), p99(busy));
    println!("{:<44} {quiet:>7.2} ms", "p99 of a page, idle");
    println!("{:<44} {loud:>7.2} ms", "p99 of a page, while the outbox empties");
}

/// What the process held at these moments of each round.
#[derive(Default)]
struct Memory {
    start: Vec<u64>,
    middle: Vec<u64>,
    end: Vec<u64>,
}

impl Memory {
    fn look(&mut self, at: &mut dyn FnMut(&mut Memory) -> &mut Vec<u64>) {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let held = status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse::<u64>().ok());
        at(self).push(held.unwrap_or_default() / 1024);
    }

    fn shown(&self) -> String {
        let rounds = self.start.iter().zip(&self.middle).zip(&self.end);
        rounds.map(|((start, middle), end)| format!("{start} {middle} {end}")).collect::<Vec<_>>().join("; ")
    }
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

fn p99(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() * 99 / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn serve(app: Data<App>) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(Error::internal)?;
    let port = listener.local_addr().map_err(Error::internal)?.port();
    actix_web::rt::spawn(server::serve(app, listener));
    Ok(port)
}

fn settings(database: &str, sink: u16) -> Result<Config> {
    let env = [
        ("HEARD__DATABASE__URL", database.to_owned()),
        ("HEARD__MAIL__URL", format!("smtp://127.0.0.1:{sink}")),
        ("HEARD__MAIL__FROM", "heard@heard.example".to_owned()),
        ("HEARD__MAIL__DOMAIN_PER_MINUTE", "0".to_owned()),
        ("HEARD__LIMITS__ENABLED", "false".to_owned()),
    ];
    Config::from_parts(None::<&Path>, env.map(|(k, v)| (k.to_owned(), v)))
}
