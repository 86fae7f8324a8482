//! Counters of this process that /metrics shows. No label holds anything a person could be known by.

use crate::mail::drain::Drained;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Upper bounds in seconds; pages take milliseconds, and what takes ten seconds has failed.
const BOUNDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// 2xx, 3xx, 4xx, 5xx.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Class {
    class: String,
}

/// How a mail's try ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Ended {
    outcome: &'static str,
}

/// Requests: how many are under way, how many were answered and how fast.
#[derive(Debug)]
pub struct Traffic {
    under_way: AtomicUsize,
    answered: Family<Class, Histogram, fn() -> Histogram>,
}

impl Default for Traffic {
    fn default() -> Traffic {
        let histogram: fn() -> Histogram = || Histogram::new(BOUNDS);
        Traffic { under_way: AtomicUsize::new(0), answered: Family::new_with_constructor(histogram) }
    }
}

impl Traffic {
    pub fn begin(&self) {
        self.under_way.fetch_add(1, Ordering::Relaxed);
    }

    /// The answer has left us whole, or its reader has gone.
    pub fn end(&self) {
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }

    pub fn answered(&self, status: u16, took: Duration) {
        let class = Class { class: format!("{}xx", status / 100) };
        self.answered.get_or_create(&class).observe(took.as_secs_f64());
    }

    pub fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    pub fn register(&self, registry: &mut Registry) {
        registry.register("http_request_seconds", "Time to the answer, by class of its status", self.answered.clone());
    }
}

/// How tries to send ended.
#[derive(Debug, Default)]
pub struct Mails(Family<Ended, Counter>);

impl Mails {
    pub fn count(&self, drained: &Drained) {
        for (outcome, n) in [
            ("sent", drained.sent),
            ("waiting", drained.waiting),
            ("refused", drained.refused),
            ("suppressed", drained.suppressed),
            ("failed", drained.failed),
        ] {
            self.0.get_or_create(&Ended { outcome }).inc_by(n as u64);
        }
    }

    pub fn register(&self, registry: &mut Registry) {
        registry.register("mail_tries", "Mails handled by this process since it started, by outcome", self.0.clone());
    }
}
