//! One run of the drain: what waits at each step, and what is under way. Whenever something has come to its end, every
//! step takes what it can.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::write::Done;
use super::{Drain, Drained, FRESH, LANES, MOST_CLAIMED, Prepared, UNWRITTEN, attempt, prepare};
use crate::error::{Error, Result};
use crate::mail::outbox::{self, Claimed, Mail};
use crate::mail::thread::Thread;
use crate::mail::transport::Outcome;

const TICK: Duration = Duration::from_millis(100);
/// What is claimed at first, before anything is known about the server: a fifth of what can be ready.
const FIRST_PACE: usize = MOST_READY / 5;
/// While mails are still being sent, this long after nothing was due, somebody looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Rendered on one thread before it hands over.
const RENDERED_AT_ONCE: usize = 16;
/// Rendered mails that wait for a lane: bounds the memory, however long the queue is.
const MOST_READY: usize = 64;

/// Something that was under way has ended.
enum Event {
    Claimed { asked: usize, got: Result<Claimed> },
    Rendered { asked: usize, got: Result<Vec<Prepared>> },
    Tried(Box<Done>),
    Written { n: usize, got: Result<Vec<(Done, bool)>> },
    Tick,
}

pub struct Run<'a> {
    drain: &'a Drain<'a>,
    drained: Drained,
    under_way: FuturesUnordered<LocalBoxFuture<'a, Event>>,
    /// When the mail was claimed, and the mail.
    claimed: VecDeque<(Instant, Mail, Thread)>,
    ready: VecDeque<Prepared>,
    /// To be written down.
    done: Vec<Done>,
    /// How many there are of each under way.
    lanes: usize,
    rendering: usize,
    renderers: usize,
    writing: usize,
    claiming: bool,
    ticking: bool,
    /// How many more may be claimed.
    left: usize,
    /// When a claim last gave less than was asked for.
    dry: Option<Instant>,
    /// Tries that ended since the last tick, and in the tick before.
    passed: usize,
    pace: usize,
    /// The first error: what is under way still comes to its end.
    failed: Option<Error>,
}

impl<'a> Run<'a> {
    pub fn new(drain: &'a Drain<'a>, most: usize) -> Run<'a> {
        Run {
            drain,
            drained: Drained::default(),
            under_way: FuturesUnordered::new(),
            claimed: VecDeque::new(),
            ready: VecDeque::new(),
            done: Vec::new(),
            lanes: 0,
            rendering: 0,
            renderers: renderers(),
            writing: 0,
            claiming: false,
            ticking: false,
            left: most,
            dry: None,
            passed: 0,
            pace: FIRST_PACE,
            failed: None,
        }
    }

    pub async fn complete(mut self) -> Result<Drained> {
        loop {
            if self.drain.halted() || self.failed.is_some() {
                self.drained.waiting += self.give_back(|_| true);
            }
            self.write();
            self.send();
            self.render();
            self.claim();
            if self.lanes + self.rendering + self.writing == 0 && !self.claiming {
                break;
            }
            self.tick();
            match self.under_way.next().await {
                Some(event) => self.take_in(event),
                None => break,
            }
        }
        self.failed.map_or(Ok(self.drained), Err)
    }

    fn take_in(&mut self, event: Event) {
        match event {
            Event::Claimed { asked, got: Ok(claimed) } => self.take_claimed(asked, claimed),
            Event::Rendered { asked, got: Ok(mails) } => {
                self.rendering -= asked;
                self.ready.extend(mails);
            }
            Event::Tried(done) => {
                self.lanes -= 1;
                self.passed += 1;
                self.done.push(*done);
            }
            Event::Written { n, got: Ok(written) } => {
                self.writing -= n;
                for (done, over) in written {
                    match done {
                        Done::Tried(_, outcome) => self.drained.count(&outcome, over),
                        // It is due again.
                        Done::Untried(_) => self.dry = None,
                    }
                }
            }
            Event::Tick => self.take_tick(),
            Event::Claimed { got: Err(e), .. } => {
                self.claiming = false;
                self.fail(e);
            }
            Event::Rendered { asked, got: Err(e) } => {
                self.rendering -= asked;
                self.fail(e);
            }
            Event::Written { n, got: Err(e) } => {
                self.writing -= n;
                self.fail(e);
            }
        }
    }

    fn take_claimed(&mut self, asked: usize, claimed: Claimed) {
        self.claiming = false;
        self.left = self.left.saturating_sub(claimed.taken());
        self.dry = (claimed.taken() < asked).then(Instant::now);
        self.drained.suppressed += claimed.suppressed.len();
        self.claimed.extend(claimed.mails.into_iter().map(|(mail, thread)| (Instant::now(), mail, thread)));
    }

    fn take_tick(&mut self) {
        self.ticking = false;
        (self.pace, self.passed) = (self.passed, 0);
        if self.dry.is_some_and(|since| since.elapsed() >= LOOK_AGAIN) {
            self.dry = None;
        }
        // They are claimed again.
        self.left += self.give_back(|since| since.elapsed() > FRESH);
    }

    fn fail(&mut self, error: Error) {
        self.left = 0;
        self.failed.get_or_insert(error);
    }

    /// Returns mails that were claimed and not sent; the queues hold the oldest first. Says how many.
    fn give_back(&mut self, old: impl Fn(Instant) -> bool) -> usize {
        let before = self.done.len();
        while let Some((_, mail, _)) = self.claimed.pop_front_if(|(since, ..)| old(*since)) {
            self.done.push(Done::Untried(mail));
        }
        while let Some(prepared) = self.ready.pop_front_if(|prepared| old(prepared.since)) {
            self.done.push(Done::Untried(prepared.mail));
        }
        self.done.len() - before
    }

    fn width(&self) -> usize {
        // Until the server is known to talk to us one mail goes ahead alone: a wrong password is tried once.
        if self.drain.mailer.sender.proven() { LANES } else { 1 }
    }

    fn write(&mut self) {
        if self.writing == 0 && !self.done.is_empty() {
            let (drain, done) = (self.drain, std::mem::take(&mut self.done));
            let n = done.len();
            self.writing = n;
            self.start(async move { Event::Written { n, got: drain.write(done).await } });
        }
    }

    fn send(&mut self) {
        while self.lanes < self.width()
            && self.lanes + self.done.len() + self.writing < UNWRITTEN
            && !self.drain.halted()
            && let Some(mut prepared) = self.ready.pop_front()
        {
            let drain = self.drain;
            self.lanes += 1;
            self.start(async move {
                let outcome = attempt(drain.mailer, &mut prepared).await;
                drain.mailer.sender.learn(&outcome, drain.clock.now());
                Event::Tried(Box::new(Done::Tried(prepared.mail, outcome)))
            });
        }
    }

    fn render(&mut self) {
        while self.rendering < self.renderers * RENDERED_AT_ONCE
            && self.ready.len() + self.rendering < MOST_READY
            && !self.claimed.is_empty()
        {
            let asked = self.claimed.len().min(RENDERED_AT_ONCE);
            let mails: Vec<_> = self.claimed.drain(..asked).map(|(_, mail, thread)| (mail, thread)).collect();
            let (mailer, now) = (self.drain.mailer.clone(), self.drain.clock.now());
            self.rendering += asked;
            self.start(async move {
                let render = move || mails.into_iter().map(|mail| prepare(&mailer, mail, now)).collect();
                let got = tokio::task::spawn_blocking(render).await;
                Event::Rendered { asked, got: got.map_err(Error::internal) }
            });
        }
    }

    /// Half a second's worth at the pace at which mails leave, so that nobody waits for the database and no mail waits
    /// long after its reader's wishes were looked at.
    fn claim(&mut self) {
        let (waiting, free) =
            (self.claimed.len() + self.rendering + self.ready.len(), self.width() - self.lanes.min(self.width()));
        let most = if self.drain.mailer.sender.proven() { MOST_CLAIMED } else { 1 };
        let wanted = (self.pace * 5).max(free).min(most);
        let asked = wanted.saturating_sub(waiting).min(self.left);
        if self.claiming || self.dry.is_some() || asked == 0 || waiting * 2 > wanted || self.drain.halted() {
            return;
        }
        let drain = self.drain;
        self.claiming = true;
        self.start(async move { Event::Claimed { asked, got: drain.claim(asked).await } });
    }

    fn tick(&mut self) {
        if !self.ticking {
            self.ticking = true;
            self.start(async {
                tokio::time::sleep(TICK).await;
                Event::Tick
            });
        }
    }

    fn start(&mut self, work: impl Future<Output = Event> + 'a) {
        self.under_way.push(Box::pin(work));
    }
}

/// How many threads render: one core is left to whoever asks for pages.
fn renderers() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1)).clamp(1, LANES)
}

impl Drain<'_> {
    /// One claim; those that nobody wants any more are reported in its transaction.
    async fn claim(&self, most: usize) -> Result<Claimed> {
        let (owner, limits, now) = (self.owner.clone(), self.mailer.limits(), self.clock.now());
        let on_finished = self.on_finished.clone();
        self.db
            .write(move |c| {
                let claimed = outbox::claim(c, &owner, limits, now, most)?;
                let suppressed: Vec<(&Mail, &Outcome)> =
                    claimed.suppressed.iter().map(|(mail, why)| (mail, why)).collect();
                super::write::tell(c, &on_finished, &suppressed, now)?;
                Ok(claimed)
            })
            .await
    }
}
