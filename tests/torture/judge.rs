//! Compares what was promised, in the ledgers and at the mail server, with what the database holds.

use crate::evidence::Evidence;
use crate::ledger::Entry;
use crate::sink::Accepted;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// A process that lived longer after it handed over a mail had the time to write that down.
const WINDOW: Duration = Duration::from_secs(1);

/// Figures of one run. What is not allowed to be there is in [`Verdict::broken`] too.
#[derive(Default)]
pub struct Verdict {
    pub acknowledged: usize,
    pub stored: usize,
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
    pub half_written: i64,
    /// Mails that came in and wait for a reader.
    pub unread: usize,
    pub damage: Vec<String>,
    pub mails: Mails,
    pub broken: Vec<String>,
}

#[derive(Default)]
pub struct Mails {
    pub due: usize,
    pub delivered: usize,
    /// Sent, says the database, and nobody has it.
    pub lost: usize,
    /// Neither sent nor given up.
    pub stuck: usize,
    /// Given up or suppressed.
    pub ended: usize,
    /// Twice, because the server was killed between the final dot and our 250.
    pub twice_before_250: usize,
    /// Twice, because the server was killed between the 250 and its commit.
    pub twice_before_commit: usize,
    /// The longest time between such a 250 and the kill.
    pub widest: Duration,
    /// Twice, and no kill explains it.
    pub twice_otherwise: usize,
    /// From nobody's outbox, or to somebody else.
    pub forged: usize,
    pub bare: usize,
}

/// Where the receipts of a ledger are to be found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Receipts {
    Feedback,
    Inbound,
}

pub fn judge(
    ledger: &[Entry],
    receipts: Receipts,
    evidence: &Evidence,
    accepted: &[Accepted],
    deaths: &HashMap<String, Instant>,
) -> Verdict {
    let stored: HashSet<&str> = match receipts {
        Receipts::Feedback => evidence.feedback.iter().map(|said| said.reference.as_str()).collect(),
        Receipts::Inbound => evidence.inbound.iter().map(String::as_str).collect(),
    };
    let lost = ledger.iter().filter(|entry| !stored.contains(entry.receipt.as_str())).map(|entry| entry.mark.clone());
    let mut verdict = Verdict {
        acknowledged: ledger.len(),
        stored: stored.len(),
        lost: lost.collect(),
        doubled: doubled(evidence),
        half_written: evidence.half_written,
        unread: usize::try_from(evidence.unread).unwrap_or_default(),
        damage: evidence.damage.clone(),
        mails: mails(evidence, accepted, deaths),
        broken: Vec::new(),
    };
    verdict.broken = broken(&verdict, evidence);
    verdict
}

/// What was said once and is there twice.
fn doubled(evidence: &Evidence) -> Vec<String> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for said in &evidence.feedback {
        *times.entry(said.start.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    times.into_iter().filter(|(_, n)| *n > 1).map(|(mark, _)| mark.to_owned()).collect()
}

fn mails(evidence: &Evidence, accepted: &[Accepted], deaths: &HashMap<String, Instant>) -> Mails {
    let mut copies: HashMap<&str, Vec<&Accepted>> = HashMap::new();
    for mail in accepted {
        copies.entry(mail.id.split('@').next().unwrap_or_default()).or_default().push(mail);
    }
    let mut found = Mails { due: evidence.mails.len(), ..Mails::default() };
    found.bare = accepted.iter().filter(|mail| mail.bare).count();
    for queued in &evidence.mails {
        let copies = copies.remove(queued.id.as_str()).unwrap_or_default();
        match (queued.status.as_str(), copies.len()) {
            ("sent", 0) => found.lost += 1,
            ("sent", _) => found.delivered += 1,
            ("failed" | "suppressed", _) => found.ended += 1,
            _ => found.stuck += 1,
        }
        found.forged += copies.iter().filter(|copy| !copy.recipient.eq_ignore_ascii_case(&queued.address)).count();
        // The last copy is the one that counts; each before it needs an excuse.
        for copy in copies.iter().rev().skip(1) {
            match (lived_on(copy, deaths), copy.told) {
                (Some(time), true) if time < WINDOW => {
                    found.twice_before_commit += 1;
                    found.widest = found.widest.max(time);
                }
                (Some(time), false) if time < WINDOW => found.twice_before_250 += 1,
                _ => found.twice_otherwise += 1,
            }
        }
    }
    found.forged += copies.values().map(Vec::len).sum::<usize>();
    found
}

/// How long the process lived on that handed it over; none if nobody killed it.
fn lived_on(copy: &Accepted, deaths: &HashMap<String, Instant>) -> Option<Duration> {
    deaths.get(&copy.from).map(|death| death.saturating_duration_since(copy.at))
}

fn broken(verdict: &Verdict, evidence: &Evidence) -> Vec<String> {
    let mails = &verdict.mails;
    let counted = [
        ("acknowledged and lost", verdict.lost.len()),
        ("there twice", verdict.doubled.len()),
        ("mails sent to nobody", mails.lost),
        ("mails stuck", mails.stuck),
        ("mails given up", mails.ended),
        ("mails twice without a kill", mails.twice_otherwise),
        ("mails that are forged", mails.forged),
        ("mails with a bare CR or LF", mails.bare),
    ];
    let mut broken: Vec<String> =
        counted.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what}: {n}")).collect();
    for (what, which) in [("lost", &verdict.lost), ("twice", &verdict.doubled)] {
        broken.extend(which.iter().take(5).map(|mark| format!("{what}: {mark}")));
    }
    broken.extend(evidence.halves.iter().cloned());
    broken.extend(evidence.damage.iter().cloned());
    broken
}
