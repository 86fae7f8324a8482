//! Whether this process may send at all: a wrong password or a server that is down stops everything for a while, so
//! that no mail is counted as failed for it and the server is not asked again and again.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};

use super::transport::Outcome;

const FIRST: Duration = Duration::seconds(30);
const LONGEST: Duration = Duration::minutes(15);

/// Why nothing is being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    pub reason: String,
    pub until: DateTime<Utc>,
    /// Waiting will not help: somebody has to repair the settings or the server.
    pub needs_repair: bool,
}

/// Shared by all that send in this process.
#[derive(Default)]
pub struct Sender(Mutex<State>);

#[derive(Default)]
struct State {
    stopped: Option<Stopped>,
    /// How often in a row.
    stops: u32,
    /// Whether the server has talked to us since the last stop.
    proven: bool,
}

impl Sender {
    /// The stop that is on now.
    pub fn stopped(&self, now: DateTime<Utc>) -> Option<Stopped> {
        self.state(|state| state.stopped.clone()).filter(|stopped| now < stopped.until)
    }

    /// Whether the server is known to talk to us; until then one mail goes ahead alone.
    pub fn proven(&self) -> bool {
        self.state(|state| state.proven)
    }

    /// Learns from how a try ended.
    pub fn learn(&self, outcome: &Outcome, now: DateTime<Utc>) {
        let (reason, needs_repair) = match outcome {
            Outcome::SenderStopped(reason) => (reason, true),
            Outcome::Unreachable(reason) => (reason, false),
            Outcome::Suppressed(_) => return,
            _ => return self.state(|state| *state = State { proven: true, ..State::default() }),
        };
        self.state(|state| {
            // Tries that ran side by side fail together: that is one stop.
            if state.stopped.as_ref().is_some_and(|stopped| now < stopped.until) {
                return;
            }
            let wait = (FIRST * 2i32.pow(state.stops.min(8))).min(LONGEST);
            state.stops += 1;
            state.proven = false;
            state.stopped = Some(Stopped { reason: reason.clone(), until: now + wait, needs_repair });
            if needs_repair {
                tracing::error!(reason, "mail is stopped until this is repaired");
            } else {
                tracing::warn!(reason, seconds = wait.num_seconds(), "mail cannot be sent for now");
            }
        });
    }

    fn state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_refuses_us_is_asked_less_and_less() {
        let sender = Sender::default();
        let start: DateTime<Utc> = "2026-11-23T10:00:00Z".parse().unwrap();
        let (mut now, mut logins) = (start, 0);
        while now < start + Duration::minutes(10) {
            if sender.stopped(now).is_none() {
                logins += 1;
                sender.learn(&Outcome::SenderStopped("535".into()), now);
                sender.learn(&Outcome::SenderStopped("535 again, side by side".into()), now);
            }
            now += Duration::seconds(1);
        }
        assert_eq!(logins, 5);
        assert_eq!(sender.stopped(start + Duration::minutes(8)).map(|s| s.reason), Some("535".into()));
        sender.learn(&Outcome::Sent("250".into()), now);
        assert!(sender.stopped(now).is_none() && sender.proven());
    }
}
