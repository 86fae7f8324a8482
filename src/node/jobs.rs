//! What each job of this process does, as it goes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How it stands with one job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Job {
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub running: bool,
    /// The last failure, also when it has gone well since.
    pub error: Option<String>,
    pub failed_at: Option<DateTime<Utc>>,
    /// Since when it has done nothing but fail.
    pub failing_since: Option<DateTime<Utc>>,
    pub failures: u64,
    pub progress: Option<Progress>,
}

/// How far a long job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub done: u64,
    pub of: u64,
}

impl Progress {
    pub fn percent(self) -> u64 {
        (self.done * 100).checked_div(self.of).unwrap_or(0).min(100)
    }
}

/// All jobs of this process.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<BTreeMap<&'static str, Job>>);

impl Jobs {
    pub fn begin(&self, name: &'static str, now: DateTime<Utc>) {
        self.change(name, |job| {
            job.started_at = Some(now);
            job.running = true;
            job.progress = None;
        });
    }

    pub fn end(&self, name: &'static str, error: Option<String>, now: DateTime<Utc>) {
        self.change(name, |job| {
            job.ended_at = Some(now);
            job.running = false;
            job.progress = None;
            match error {
                Some(error) => {
                    job.error = Some(error);
                    job.failed_at = Some(now);
                    job.failing_since = job.failing_since.or(Some(now));
                    job.failures += 1;
                }
                None => job.failing_since = None,
            }
        });
    }

    pub fn progress(&self, name: &'static str, done: u64, of: u64) {
        self.change(name, |job| job.progress = Some(Progress { done, of }));
    }

    pub fn snapshot(&self) -> BTreeMap<String, Job> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().map(|(name, job)| ((*name).to_owned(), job.clone())).collect()
    }

    fn change(&self, name: &'static str, work: impl FnOnce(&mut Job)) {
        work(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn a_failure_is_remembered_and_its_end_seen() {
        let (jobs, start) = (Jobs::default(), DateTime::UNIX_EPOCH);
        for minute in 0..3 {
            let now = start + Duration::minutes(minute);
            jobs.begin("sweep", now);
            jobs.end("sweep", Some("no room".into()), now);
        }
        let failing = jobs.snapshot()["sweep"].clone();
        assert_eq!((failing.failing_since, failing.failures), (Some(start), 3));
        jobs.begin("sweep", start);
        assert!(jobs.snapshot()["sweep"].running);
        jobs.end("sweep", None, start);
        let well = jobs.snapshot()["sweep"].clone();
        assert_eq!((well.failing_since, well.error.as_deref()), (None, Some("no room")));
    }
}
