//! Feedback under SIGKILL: eight clients, a killer, and a mail server that takes everything.

use crate::Result;
use crate::evidence;
use crate::fleet::Fleet;
use crate::judge::{Receipts, judge};
use crate::ledger;
use crate::load::{CLIENTS, Load};
use crate::options::Goal;
use crate::place::Place;
use crate::reaper::Reaper;
use crate::sink::{Script, Sink};
use crate::table::{Report, Run};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How long mails may take to leave once the killing has ended.
const REST: Duration = Duration::from_secs(600);

pub fn run(place: &Place, nodes: usize, goal: Goal, seed: u64) -> Result<Report> {
    let began = Instant::now();
    let sink = Sink::start(&place.folder)?;
    sink.follow(Script::lax());
    let fleet = Fleet::start(place, nodes, sink.port)?;
    let (load, reaper) = (Load::new(place, &fleet, seed), Reaper::default());
    std::thread::scope(|scope| {
        let killing = scope.spawn(|| reaper.run(&fleet, seed));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|n| {
                scope.spawn({
                    let load = &load;
                    move || load.client(n)
                })
            })
            .collect();
        while !(reached(&goal, began, &load, &reaper) || clients.iter().any(|client| client.is_finished())) {
            std::thread::sleep(Duration::from_millis(50));
        }
        load.stop.store(true, Ordering::Relaxed);
        let ended: Result<Vec<()>> = clients.into_iter().map(joined).collect();
        reaper.stop.store(true, Ordering::Relaxed);
        joined(killing).and(ended)
    })?;
    evidence::settle(place, REST)?;
    fleet.kill_all();
    let run = Run {
        time: began.elapsed(),
        kills: reaper.kills.load(Ordering::Relaxed),
        slowest_start: fleet.slowest_start(),
        panics: fleet.panics()?,
    };
    let ledger = ledger::read(&place.folder, CLIENTS)?;
    let verdict = judge(&ledger, Receipts::Feedback, &evidence::gather(place)?, &sink.mails(), &fleet.deaths());
    Ok(Report::of(format!("intake on {}, {nodes} node(s), seed {seed}", place.database.name()), &run, verdict))
}

fn reached(goal: &Goal, began: Instant, load: &Load<'_>, reaper: &Reaper) -> bool {
    began.elapsed() >= goal.time
        && load.acknowledged.load(Ordering::Relaxed) >= goal.acknowledged
        && reaper.kills.load(Ordering::Relaxed) >= goal.kills
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err("a thread of the harness panicked".into()))
}
