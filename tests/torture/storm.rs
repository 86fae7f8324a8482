//! Clients, a killer at random moments, and a mail server that takes everything; then the judge.

use crate::evidence::{self, Rest};
use crate::fleet::Fleet;
use crate::judge::{Receipts, judge};
use crate::load::{self, CLIENTS, Load};
use crate::options::Goal;
use crate::place::Place;
use crate::reaper::Reaper;
use crate::sink::{Script, Sink};
use crate::table::{Report, Run};
use crate::{Result, inbound, joined, ledger};
use std::sync::atomic::Ordering;
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

/// What the clients do, and where their receipts are kept.
pub struct Storm {
    pub name: &'static str,
    pub client: fn(&Load<'_>, usize) -> Result<()>,
    pub receipts: Receipts,
}

pub const INTAKE: Storm = Storm { name: "intake", client: load::client, receipts: Receipts::Feedback };
pub const INBOUND: Storm = Storm { name: "inbound", client: inbound::client, receipts: Receipts::Inbound };

pub fn run(storm: &Storm, place: &Place, nodes: usize, goal: &Goal, seed: u64) -> Result<Report> {
    let began = Instant::now();
    let sink = Sink::start(&place.folder)?;
    sink.follow(Script::lax());
    let fleet = Fleet::start(place, nodes, sink.port)?;
    let kills = rage(storm, place, &fleet, goal, seed)?;
    let rest = if goal.acknowledged > 0 { Rest::Full } else { Rest::Short };
    evidence::settle(place, rest)?;
    fleet.kill_all();
    let ledger = ledger::read(&place.folder, CLIENTS)?;
    let mut verdict = judge(&ledger, storm.receipts, &evidence::gather(place)?, &sink.mails(), &fleet.deaths());
    let may_wait = if rest == Rest::Full { 0 } else { kills };
    if verdict.unread > may_wait {
        verdict.broken.push(format!("mails nobody reads: {}", verdict.unread));
    }
    let run = Run::of(&fleet, began, kills)?;
    let title = format!("{} on {}, nodes {nodes}, seed {seed}", storm.name, place.database.name());
    Ok(Report::of(title, &run, verdict))
}

/// Until the goal is reached; then every server runs. Returns how many were killed.
fn rage(storm: &Storm, place: &Place, fleet: &Fleet, goal: &Goal, seed: u64) -> Result<usize> {
    let (began, load, reaper) = (Instant::now(), Load::new(place, fleet, seed), Reaper::default());
    let reached = || {
        began.elapsed() >= goal.time
            && load.acknowledged.load(Ordering::Relaxed) >= goal.acknowledged
            && reaper.kills.load(Ordering::Relaxed) >= goal.kills
    };
    std::thread::scope(|scope| {
        let killing = scope.spawn(|| reaper.run(fleet, seed));
        let client = |n| {
            scope.spawn({
                let load = &load;
                move || (storm.client)(load, n)
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        // A client that ends by itself, or a server that does not come back, ends the run.
        while !reached() && !killing.is_finished() && !clients.iter().any(ScopedJoinHandle::is_finished) {
            std::thread::sleep(Duration::from_millis(50));
        }
        load.stop.store(true, Ordering::Relaxed);
        reaper.stop.store(true, Ordering::Relaxed);
        let clients: Result<Vec<()>> = clients.into_iter().map(joined).collect();
        joined(killing).and(clients)
    })?;
    Ok(reaper.kills.load(Ordering::Relaxed))
}
