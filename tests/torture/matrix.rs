//! The way of a mail, from the request that causes it to the commit that ends it: the server is killed at every step.

use crate::evidence;
use crate::fleet::Fleet;
use crate::http::Client;
use crate::judge::{Receipts, judge};
use crate::ledger::{self, Ledger};
use crate::load::{self, AGAIN};
use crate::options::Options;
use crate::place::Place;
use crate::sink::{Script, Sink, Step};
use crate::table::{Report, Run};
use crate::trap::{Slow, Trap};
use crate::{Result, words};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A kill that has not come by then does not come.
const LONGEST: Duration = Duration::from_secs(20);

#[derive(Clone, Copy)]
enum Point {
    /// The mail server kills, at this step of the conversation.
    Smtp(Step),
    /// The same at the final dot, but the mail server has forgotten the mail.
    Forgotten,
    /// Its rows are written, not committed.
    Uncommitted,
    /// It is committed, and nobody has looked at it.
    Queued,
    /// It is leased, and nobody has connected.
    Leased,
    /// It was taken, that is written, and not committed.
    Ending,
}

/// Where the server is killed, in the order of a mail's way.
const POINTS: [(&str, Point); 15] = [
    ("queued, before the commit", Point::Uncommitted),
    ("committed, before it is claimed", Point::Queued),
    ("claimed, before connecting", Point::Leased),
    ("connected", Point::Smtp(Step::Connect)),
    ("after the banner", Point::Smtp(Step::Banner)),
    ("after EHLO", Point::Smtp(Step::Ehlo)),
    ("after AUTH", Point::Smtp(Step::Auth)),
    ("after MAIL", Point::Smtp(Step::Mail)),
    ("after RCPT", Point::Smtp(Step::Rcpt)),
    ("after 354", Point::Smtp(Step::Data)),
    ("in the middle of the mail", Point::Smtp(Step::Body)),
    ("final dot, not taken", Point::Forgotten),
    ("final dot, taken, before 250 *", Point::Smtp(Step::Dot)),
    ("after 250, before the commit *", Point::Smtp(Step::Taken)),
    ("marked as sent, before the commit *", Point::Ending),
];

impl Point {
    /// Copies that may arrive: two where the mail server has it and our database cannot know.
    fn copies(self) -> usize {
        match self {
            Point::Smtp(Step::Dot | Step::Taken) | Point::Ending => 2,
            _ => 1,
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    rounds: usize,
    kills: usize,
    delivered: usize,
    twice: usize,
    /// Not delivered, too often, or under two names.
    wrong: usize,
}

struct Matrix<'a> {
    place: &'a Place,
    fleet: Arc<Fleet>,
    sink: Sink,
    trap: Trap,
    ledger: Ledger,
    rng: StdRng,
}

pub fn run(place: &Place, options: &Options, databases: usize) -> Result<Report> {
    let (began, sink) = (Instant::now(), Sink::start(&place.folder)?);
    let fleet = Arc::new(Fleet::start(place, 1, sink.port)?);
    let weak = Arc::downgrade(&fleet);
    sink.follow(Script::brief());
    sink.kill_by(move || weak.upgrade().into_iter().for_each(|fleet| fleet.kill(0)));
    let (ledger, rng) = (Ledger::open(&place.folder, 0)?, words::chance(options.seed, "matrix"));
    let mut matrix = Matrix { place, fleet, sink, trap: Trap::build(place)?, ledger, rng };
    let (least, share) = options.rounds(databases);
    let mut tallies = [Tally::default(); POINTS.len()];
    let mut round = 0;
    while round < least || began.elapsed() < share {
        for (n, (_, point)) in POINTS.iter().enumerate() {
            matrix.round(*point, &format!("point-{n}-{round}"), &mut tallies[n])?;
        }
        round += 1;
    }
    matrix.report(began, options.seed, &tallies)
}

impl Matrix<'_> {
    /// One mail and one kill.
    fn round(&mut self, point: Point, mark: &str, tally: &mut Tally) -> Result<()> {
        let address = format!("{mark}@example.org");
        self.arm(point)?;
        let (place, fleet, stop) = (self.place, Arc::clone(&self.fleet), AtomicBool::new(false));
        let (killed, receipt) = std::thread::scope(|scope| {
            let poster = scope.spawn(|| submit(place, &fleet, mark, &address, &stop));
            let killed = self.kill(point, &address).and_then(|killed| self.disarm(point).map(|()| killed));
            if killed.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            (killed, poster.join().unwrap_or_else(|_| Err("the client panicked".into())))
        });
        let killed = killed?;
        self.ledger.note(mark, &receipt?)?;
        self.trap.sees(&address, "sent", LONGEST)?;
        let copies: Vec<_> = self.sink.mails().into_iter().filter(|mail| mail.recipient == address).collect();
        tally.rounds += 1;
        tally.kills += usize::from(killed);
        tally.delivered += usize::from(!copies.is_empty());
        tally.twice += copies.len().saturating_sub(1);
        let same = copies.windows(2).all(|two| two[0].id == two[1].id);
        tally.wrong += usize::from(copies.is_empty() || copies.len() > point.copies() || !same);
        Ok(())
    }

    fn arm(&mut self, point: Point) -> Result<()> {
        // Before, in and after the commit that follows a 250.
        let wait = Some((Step::Taken, Duration::from_micros(self.rng.random_range(0..20_000))));
        match point {
            Point::Smtp(Step::Taken) => self.sink.follow(Script { wait, ..Script::kill(Step::Taken) }),
            Point::Smtp(step) => self.sink.follow(Script::kill(step)),
            Point::Forgotten => self.sink.follow(Script { forgets: true, ..Script::kill(Step::Dot) }),
            Point::Uncommitted => self.trap.set(Slow::Queue)?,
            Point::Ending => self.trap.set(Slow::Sent)?,
            Point::Queued | Point::Leased => {}
        }
        Ok(())
    }

    /// Waits for the moment and kills; false if it did not come.
    fn kill(&mut self, point: Point, address: &str) -> Result<bool> {
        let connections = self.sink.connections();
        let come = match point {
            Point::Smtp(_) | Point::Forgotten => {
                let began = Instant::now();
                while self.sink.is_armed() && began.elapsed() < LONGEST {
                    std::thread::sleep(Duration::from_millis(1));
                }
                return Ok(!self.sink.is_armed());
            }
            Point::Uncommitted | Point::Ending => self.trap.hangs(LONGEST)?,
            Point::Queued => self.trap.sees(address, "queued", LONGEST)?,
            Point::Leased => self.trap.sees(address, "leased", LONGEST)?,
        };
        self.fleet.kill(0);
        // A connection that was made is known here a moment later.
        std::thread::sleep(Duration::from_millis(5));
        Ok(come && (!matches!(point, Point::Leased) || self.sink.connections() == connections))
    }

    /// Takes the trap away before the server that died in it comes back.
    fn disarm(&mut self, point: Point) -> Result<()> {
        self.sink.follow(Script::brief());
        self.fleet.kill(0);
        if matches!(point, Point::Uncommitted | Point::Ending) {
            self.trap.remove()?;
        }
        self.fleet.revive(0)
    }

    fn report(self, began: Instant, seed: u64, tallies: &[Tally]) -> Result<Report> {
        self.fleet.kill_all();
        drop(self.trap);
        let (ledger, evidence) = (ledger::read(&self.place.folder, 1)?, evidence::gather(self.place)?);
        let verdict = judge(&ledger, Receipts::Feedback, &evidence, &self.sink.mails(), &self.fleet.deaths());
        let run = Run {
            time: began.elapsed(),
            kills: tallies.iter().map(|tally| tally.kills).sum(),
            slowest_start: self.fleet.slowest_start(),
            panics: self.fleet.panics()?,
        };
        let mut report = Report::of(format!("outbox on {}, seed {seed}", self.place.database.name()), &run, verdict);
        report.lines.push(("killed (* may arrive twice)".into(), "in time  delivered  twice".into()));
        for ((name, _), tally) in POINTS.iter().zip(tallies) {
            let figures = format!("{:>3}/{:<3}  {:>9}  {:>5}", tally.kills, tally.rounds, tally.delivered, tally.twice);
            report.lines.push(((*name).into(), figures));
            if tally.wrong > 0 {
                report.broken.push(format!("{name}: {} of {} mails", tally.wrong, tally.rounds));
            }
            if tally.kills * 2 < tally.rounds {
                report.broken.push(format!("{name}: only {} kills came in time", tally.kills));
            }
        }
        Ok(report)
    }
}

/// Asks until it is acknowledged.
fn submit(place: &Place, fleet: &Fleet, mark: &str, address: &str, stop: &AtomicBool) -> Result<String> {
    let contact = json!({"email": address, "name": "Anna Berg"});
    let body =
        json!({"voice": "customer", "kind": "complaint", "text": format!("{mark} says: no."), "contact": contact});
    let mut http = Client::of(fleet.port(0));
    while !stop.load(Ordering::Relaxed) {
        match load::post(&mut http, place, mark, &body) {
            Ok(answer) if answer.status == 201 => return load::reference(&answer),
            Ok(answer) if answer.status != 503 => return Err(load::unexpected(&answer)),
            _ => std::thread::sleep(AGAIN),
        }
    }
    Err("stopped before there was an answer".into())
}
