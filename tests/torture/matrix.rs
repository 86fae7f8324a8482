//! The way of a mail, from the request that causes it to the commit that ends it: the server is killed at every step.

use crate::evidence;
use crate::fleet::Fleet;
use crate::http::Client;
use crate::judge::{Receipts, judge};
use crate::ledger::{self, Ledger};
use crate::load::{self, AGAIN};
use crate::options::Options;
use crate::place::Place;
use crate::sink::{Accepted, Script, Sink, Step};
use crate::table::{Report, Run};
use crate::trap::{Slow, Trap};
use crate::{Result, joined, words};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A kill that has not come by then does not come.
const LONGEST: Duration = Duration::from_secs(20);
const MOST_TRIES: usize = 5;

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

/// One mail and its kill.
struct Round {
    point: usize,
    address: String,
    /// Whether the kill came at its moment.
    in_time: bool,
}

struct Matrix<'a> {
    place: &'a Place,
    fleet: Arc<Fleet>,
    sink: Sink,
    trap: Trap,
    ledger: Ledger,
    rng: StdRng,
    rounds: Vec<Round>,
}

pub fn run(place: &Place, options: &Options, databases: usize) -> Result<Report> {
    let (began, sink) = (Instant::now(), Sink::start(&place.folder)?);
    let fleet = Arc::new(Fleet::start(place, 1, sink.port)?);
    let weak = Arc::downgrade(&fleet);
    sink.follow(Script::brief());
    sink.kill_by(move || weak.upgrade().into_iter().for_each(|fleet| fleet.kill(0)));
    let (ledger, rng) = (Ledger::open(&place.folder, 0)?, words::chance(options.seed, "matrix"));
    let mut matrix = Matrix { place, fleet, sink, trap: Trap::build(place)?, ledger, rng, rounds: Vec::new() };
    let (least, share) = options.rounds(databases);
    let mut turn = 0;
    while turn < least || began.elapsed() < share {
        for point in 0..POINTS.len() {
            // Some moments are short, and a kill may come too late for them.
            let mut tries = 0..MOST_TRIES;
            while let Some(n) = tries.next()
                && !matrix.round(point, &format!("point-{point}-{turn}-{n}"))?
            {}
        }
        turn += 1;
    }
    matrix.report(began, options.seed, turn)
}

impl Matrix<'_> {
    /// True if the kill came at its moment.
    fn round(&mut self, n: usize, mark: &str) -> Result<bool> {
        let (point, address) = (POINTS[n].1, format!("{mark}@example.org"));
        self.arm(point)?;
        let (place, fleet, stop) = (self.place, Arc::clone(&self.fleet), AtomicBool::new(false));
        let (in_time, receipt) = std::thread::scope(|scope| {
            let poster = scope.spawn(|| submit(place, &fleet, mark, &address, &stop));
            let killed = self.kill(point, &address).and_then(|in_time| self.disarm(point).map(|()| in_time));
            stop.store(killed.is_err(), Ordering::Relaxed);
            (killed, joined(poster))
        });
        let in_time = in_time?;
        self.ledger.note(mark, &receipt?)?;
        self.trap.sees(&address, "sent", LONGEST)?;
        self.rounds.push(Round { point: n, address, in_time });
        Ok(in_time)
    }

    fn arm(&mut self, point: Point) -> Result<()> {
        // Before, in and after the commit that follows a 250.
        let wait = Some((Step::Taken, Duration::from_micros(self.rng.random_range(0..5_000))));
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

    /// Waits for the moment and kills, unless the mail server does; false if it was not at the moment.
    fn kill(&mut self, point: Point, address: &str) -> Result<bool> {
        let connections = self.sink.connections();
        let come = match point {
            Point::Smtp(_) | Point::Forgotten => self.sink.disarmed(LONGEST),
            Point::Uncommitted | Point::Ending => self.trap.hangs(LONGEST)?,
            Point::Queued => self.trap.sees(address, "queued", LONGEST)?,
            Point::Leased => self.trap.sees(address, "leased", LONGEST)?,
        };
        self.fleet.kill(0);
        // A connection that was made is known here a moment later.
        std::thread::sleep(Duration::from_millis(5));
        // The product may have been quicker than we.
        let still = match point {
            Point::Uncommitted => !self.trap.is(address, "queued")?,
            Point::Queued => self.trap.is(address, "queued")?,
            Point::Leased => self.sink.connections() == connections,
            Point::Smtp(_) | Point::Forgotten | Point::Ending => !self.trap.is(address, "sent")?,
        };
        Ok(come && still)
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

    fn report(self, began: Instant, seed: u64, turns: usize) -> Result<Report> {
        self.fleet.kill_all();
        drop(self.trap);
        let (ledger, evidence) = (ledger::read(&self.place.folder, 1)?, evidence::gather(self.place)?);
        let accepted = self.sink.mails();
        let verdict = judge(&ledger, Receipts::Feedback, &evidence, &accepted, &self.fleet.deaths());
        let kills = self.rounds.iter().filter(|round| round.in_time).count();
        let run = Run::of(&self.fleet, began, kills)?;
        let mut report = Report::of(format!("outbox on {}, seed {seed}", self.place.database.name()), &run, verdict);
        report.lines.push(("killed (* may arrive twice)".into(), "in time  delivered  twice".into()));
        for (n, (name, point)) in POINTS.iter().enumerate() {
            let rounds: Vec<&Round> = self.rounds.iter().filter(|round| round.point == n).collect();
            summarise(name, *point, &rounds, &accepted, &mut report);
            let in_time = rounds.iter().filter(|round| round.in_time).count();
            if in_time * 2 < turns {
                report.broken.push(format!("{name}: only {in_time} kills came in time"));
            }
        }
        Ok(report)
    }
}

/// One line of the table, and what is wrong with it: not delivered, too often, or under two names.
fn summarise(name: &str, point: Point, rounds: &[&Round], accepted: &[Accepted], report: &mut Report) {
    let ids_of = |round: &&Round| -> Vec<&str> {
        accepted.iter().filter(|mail| mail.recipient == round.address).map(|mail| mail.id.as_str()).collect()
    };
    let mails: Vec<Vec<&str>> = rounds.iter().map(ids_of).collect();
    // A kill that came late hit a later step, at which the mail may have been taken: the judge knows that from its time.
    let most = |round: &Round| if round.in_time { point.copies() } else { 2 };
    let well = |ids: &[&str], most: usize| (1..=most).contains(&ids.len()) && ids.iter().all(|id| *id == ids[0]);
    let in_time = rounds.iter().filter(|round| round.in_time).count();
    let delivered = mails.iter().filter(|ids| !ids.is_empty()).count();
    let twice: usize = mails.iter().map(|ids| ids.len().saturating_sub(1)).sum();
    report.lines.push((name.into(), format!("{in_time:>3}/{:<3}  {delivered:>9}  {twice:>5}", rounds.len())));
    let wrong = mails.iter().zip(rounds).filter(|(ids, round)| !well(ids, most(round))).count();
    if wrong > 0 {
        report.broken.push(format!("{name}: {wrong} of {} mails", rounds.len()));
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
