//! Copies of a database that is in use: whatever was acknowledged before a copy was begun must be in it.

use crate::fleet::Fleet;
use crate::load::{self, CLIENTS, Load};
use crate::options::{Database, Options};
use crate::place::Place;
use crate::power::Disk;
use crate::sink::Sink;
use crate::table::Report;
use crate::{Result, evidence, ledger, words};
use rand::RngExt;
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Tally {
    copies: usize,
    acknowledged: usize,
    lost: usize,
    half_written: i64,
    damaged: usize,
}

/// The database is backed up again and again, and each backup restored into a fresh one.
pub fn backups(place: &Place, options: &Options) -> Result<Report> {
    let times = options.kills.unwrap_or(if options.full { 50 } else { 3 });
    let title = format!("backups on {}", place.database.name());
    under_load(place, options, &title, times, |n| {
        let folder = place.folder.join(format!("restored-{n}"));
        let file = place.folder.join(format!("copy-{n}.backup")).display().to_string();
        place.run(&["backup", &file], "")?;
        let restored = Place::fresh(folder, place.database)?;
        restored.run(&["restore", &file, "--yes"], "")?;
        Ok(restored)
    })
}

/// The power goes again and again, and each time the disk is looked at.
pub fn power_loss(folder: &Path, options: &Options) -> Result<Report> {
    let (mut disk, mut forgotten) = (Disk::make(folder)?, 0);
    let place = Place::make(folder.to_owned(), Database::Sqlite)?;
    let times = options.kills.unwrap_or(if options.full { 200 } else { 3 });
    let mut report = under_load(&place, options, "power loss on SQLite", times, |n| {
        disk.write_unsynced(n)?;
        let left = Place::reopen(disk.copy()?)?;
        forgotten += usize::from(disk.has_forgotten(n));
        Ok(left)
    })?;
    report.lines.push(("cuts that cost what was not synced".into(), forgotten.to_string()));
    if forgotten < times {
        report.broken.push("the disk keeps what nobody synced: it shows nothing".into());
    }
    Ok(report)
}

fn under_load(
    place: &Place,
    options: &Options,
    title: &str,
    times: usize,
    copy: impl FnMut(usize) -> Result<Place>,
) -> Result<Report> {
    let (began, sink) = (Instant::now(), Sink::start(&place.folder)?);
    let fleet = Fleet::start(place, 1, sink.port)?;
    let load = Load::new(place, &fleet, options.seed);
    let (tally, clients) = std::thread::scope(|scope| {
        let client = |n| {
            scope.spawn({
                let load = &load;
                move || load::client(load, n)
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        let tally = compare(place, options.seed, times, copy);
        load.stop.store(true, Ordering::Relaxed);
        (tally, clients.into_iter().map(crate::joined).collect::<Result<Vec<()>>>())
    });
    clients?;
    Ok(tally?.report(format!("{title}, seed {}", options.seed), began))
}

fn compare(place: &Place, seed: u64, times: usize, mut copy: impl FnMut(usize) -> Result<Place>) -> Result<Tally> {
    let (mut rng, mut tally) = (words::chance(seed, "copies"), Tally::default());
    for n in 0..times {
        std::thread::sleep(Duration::from_millis(rng.random_range(100..1_000)));
        let entries = ledger::read(&place.folder, CLIENTS)?;
        let evidence = evidence::gather(&copy(n)?)?;
        let stored: HashSet<_> = evidence.feedback.iter().map(|said| said.reference.as_str()).collect();
        tally.copies += 1;
        tally.acknowledged = entries.len();
        tally.lost += entries.iter().filter(|entry| !stored.contains(entry.receipt.as_str())).count();
        tally.half_written += evidence.half_written;
        tally.damaged += usize::from(!evidence.damage.is_empty());
    }
    Ok(tally)
}

impl Tally {
    fn report(self, title: String, began: Instant) -> Report {
        let broken = [
            ("acknowledged and lost", self.lost),
            ("half-written", usize::try_from(self.half_written).unwrap_or_default()),
            ("damaged", self.damaged),
        ];
        let mut lines = vec![
            ("copies".to_owned(), self.copies.to_string()),
            ("acknowledged before the last".to_owned(), self.acknowledged.to_string()),
        ];
        lines.extend(broken.iter().map(|(what, n)| ((*what).to_owned(), n.to_string())));
        lines.push(("time".to_owned(), format!("{:.0} s", began.elapsed().as_secs_f64())));
        let broken = broken.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what}: {n}")).collect();
        Report { title, lines, broken }
    }
}
