//! Kills servers at random moments for as long as a part is under way.

use crate::Result;
use crate::fleet::Fleet;
use crate::words;
use rand::RngExt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The mean time between two kills.
const EVERY: f64 = 2.0;
const STEP: Duration = Duration::from_millis(20);

#[derive(Default)]
pub struct Reaper {
    pub kills: AtomicUsize,
    pub stop: AtomicBool,
}

impl Reaper {
    /// Kills and starts again until it is stopped; then every server runs.
    pub fn run(&self, fleet: &Fleet, seed: u64) -> Result<()> {
        let mut rng = words::chance(seed, "reaper");
        let mut next = Instant::now();
        loop {
            // Moments without memory: any time between two kills is as likely as after a long wait.
            next += Duration::from_secs_f64(-EVERY * (1.0 - rng.random::<f64>()).ln());
            while Instant::now() < next {
                if self.stop.load(Ordering::Relaxed) {
                    return Ok(());
                }
                std::thread::sleep(STEP.min(next.saturating_duration_since(Instant::now())));
            }
            let victim = rng.random_range(0..fleet.size());
            fleet.kill(victim);
            self.kills.fetch_add(1, Ordering::Relaxed);
            fleet.revive(victim)?;
        }
    }
}
