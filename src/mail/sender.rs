//! Whether mail may be sent at all: a wrong password or a server that is down stops everything for a while, so that no
//! mail is counted as failed for it and the server is not asked again and again.
//!
//! Each process decides for itself; the stop is also a row of `settings`, which the others heed, which administrators
//! see on any node, and whose removal means "try again now".

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::transport::Outcome;
use crate::db::Conn;
use crate::db::dialect::Portable;
use crate::db::schema::settings;

const FIRST: Duration = Duration::seconds(30);
const LONGEST: Duration = Duration::minutes(15);
/// The row of `settings`.
const KEY: &str = "mail-stopped";

/// Why nothing is being sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    pub reason: String,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it is tried again.
    pub until: DateTime<Utc>,
    /// Waiting will not help: somebody has to repair the settings or the server.
    pub needs_repair: bool,
    /// How often in a row.
    stops: u32,
}

/// Shared by all that send in this process.
#[derive(Default)]
pub struct Sender(Mutex<State>);

#[derive(Default)]
struct State {
    /// The last stop, until the server has talked to us again.
    stopped: Option<Stopped>,
    /// Whether the server has talked to us since the last stop.
    proven: bool,
    /// Whether the stop, or its end, has yet to be written down.
    news: bool,
}

impl Sender {
    /// The stop that is on now.
    pub fn stopped(&self, now: DateTime<Utc>) -> Option<Stopped> {
        self.state(|state| state.stopped.clone()).filter(|stopped| now < stopped.until)
    }

    /// The stop that is on, or has been tried to end and not yet with success: the alarm.
    pub fn alarm(&self) -> Option<Stopped> {
        self.state(|state| state.stopped.clone())
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
            // Nobody was asked.
            Outcome::Suppressed(_) | Outcome::Unrenderable(_) => return,
            _ => {
                return self.state(|state| {
                    let news = state.news || state.stopped.is_some();
                    *state = State { stopped: None, proven: true, news };
                });
            }
        };
        self.state(|state| state.stop(reason, needs_repair, now));
    }

    /// What has to be written down, if anything: the stop, or that there is none any more. Asked for once.
    pub fn news(&self) -> Option<Option<Stopped>> {
        self.state(|state| std::mem::take(&mut state.news).then(|| state.stopped.clone()))
    }

    /// They could not be written: to be asked for again.
    pub fn remember_news(&self) {
        self.state(|state| state.news = true);
    }

    /// Heeds what is written down: another process stopped, or somebody wants it tried again.
    pub fn heed(&self, written: Option<Stopped>) {
        self.state(|state| {
            if !state.news && state.stopped != written {
                *state = State { stopped: written, ..State::default() };
            }
        });
    }

    fn state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn stop(&mut self, reason: &str, needs_repair: bool, now: DateTime<Utc>) {
        // Tries that ran side by side fail together: that is one stop.
        if self.stopped.as_ref().is_some_and(|stopped| now < stopped.until) {
            return;
        }
        let (since, stops) = self.stopped.as_ref().map_or((now, 0), |before| (before.since, before.stops));
        let wait = (FIRST * 2i32.pow(stops.min(8))).min(LONGEST);
        let reason = reason.replace('\0', "");
        if needs_repair {
            tracing::error!(reason, "mail is stopped until this is repaired");
        } else {
            tracing::warn!(reason, seconds = wait.num_seconds(), "mail cannot be sent for now");
        }
        let stopped = Stopped { reason, since, until: now + wait, needs_repair, stops: stops + 1 };
        *self = State { stopped: Some(stopped), proven: false, news: true };
    }
}

/// The stop that is written down.
pub fn written(c: &mut Conn) -> QueryResult<Option<Stopped>> {
    let text: Option<String> = settings::table.find(KEY).select(settings::value).first(c).optional()?;
    // What another version wrote in another form stops nobody.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Writes the stop down, or that there is none; the latter makes every process try again.
pub fn write(c: &mut Conn, stopped: Option<&Stopped>) -> QueryResult<()> {
    let Some(stopped) = stopped else {
        return diesel::delete(settings::table.find(KEY)).execute(c).map(|_| ());
    };
    let text = serde_json::to_string(stopped).map_err(|e| diesel::result::Error::SerializationError(Box::new(e)))?;
    let insert = diesel::insert_into(settings::table).values((settings::key.eq(KEY), settings::value.eq(text.clone())));
    Portable(insert.on_conflict(settings::key).do_update().set(settings::value.eq(text))).execute(c).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_server_that_refuses_us_is_asked_less_and_less() {
        let sender = Sender::default();
        let (mut now, mut logins) = (start(), 0);
        while now < start() + Duration::minutes(10) {
            if sender.stopped(now).is_none() {
                logins += 1;
                sender.learn(&Outcome::SenderStopped("535".into()), now);
                sender.learn(&Outcome::SenderStopped("535 again, side by side".into()), now);
            }
            now += Duration::seconds(1);
        }
        assert_eq!(logins, 5);
        let alarm = sender.stopped(start() + Duration::minutes(8)).unwrap();
        assert_eq!((alarm.reason.as_str(), alarm.since), ("535", start()));
        sender.learn(&Outcome::Sent("250".into()), now);
        assert!(sender.stopped(now).is_none() && sender.alarm().is_none() && sender.proven());
    }

    #[test]
    fn processes_heed_each_other_and_whoever_lifts_the_stop() {
        let (first, second) = (Sender::default(), Sender::default());
        first.learn(&Outcome::Unreachable("refused".into()), start());
        first.heed(None);
        assert!(first.stopped(start()).is_some(), "its own news is not written yet");
        let news = first.news().unwrap();
        assert_eq!((news.is_some(), first.news()), (true, None));
        second.heed(news.clone());
        assert_eq!(second.stopped(start()), news);
        second.heed(None);
        assert!(second.stopped(start()).is_none() && !second.proven(), "one mail goes ahead alone");
        first.heed(news);
        first.learn(&Outcome::Sent("250".into()), start());
        assert_eq!(first.news(), Some(None));
    }
}
