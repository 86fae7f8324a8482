//! A mail server that insists on nothing, does what its script says, and remembers every mail it took.

mod body;
mod conversation;
mod script;

pub use script::{Script, Step};

use crate::Result;
use std::fs::File;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A mail this server took responsibility for.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The Message-ID, without angle brackets.
    pub id: String,
    pub recipient: String,
    /// As whom the client signed in.
    pub from: String,
    pub at: Instant,
    /// Whether the client was told so.
    pub told: bool,
    /// It holds a CR or LF of its own, which a lax server may take for the end of a line.
    pub bare: bool,
}

pub struct Sink {
    pub port: u16,
    shared: Arc<Shared>,
}

type Killer = Box<dyn Fn() + Send + Sync>;

#[derive(Default)]
struct Shared {
    script: Mutex<Script>,
    killer: Mutex<Option<Killer>>,
    connections: AtomicUsize,
    mails: Mutex<Vec<Accepted>>,
    file: Mutex<Option<File>>,
}

impl Sink {
    /// Listens until the process ends; what it takes is also written to `sink.txt` in this folder.
    pub fn start(folder: &Path) -> Result<Sink> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let (port, shared) = (listener.local_addr()?.port(), Arc::new(Shared::default()));
        *lock(&shared.file) = Some(File::create(folder.join("sink.txt"))?);
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serving.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || conversation::hold(stream, &shared));
            }
        });
        Ok(Sink { port, shared })
    }

    /// How it answers from now on, on open connections too.
    pub fn follow(&self, script: Script) {
        *lock(&self.shared.script) = script;
    }

    /// What its script kills by, once.
    pub fn kill_by(&self, killer: impl Fn() + Send + Sync + 'static) {
        *lock(&self.shared.killer) = Some(Box::new(killer));
    }

    /// Waits until a script that kills has killed; false if it has not for so long.
    pub fn disarmed(&self, most: Duration) -> bool {
        let began = Instant::now();
        while lock(&self.shared.script).kill_at.is_some() {
            if began.elapsed() > most {
                return false;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        true
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    pub fn mails(&self) -> Vec<Accepted> {
        lock(&self.shared.mails).clone()
    }
}

impl Shared {
    fn take(&self, mail: Accepted) -> std::io::Result<usize> {
        if let Some(file) = lock(&self.file).as_mut() {
            writeln!(file, "{} {} {} bare={}", mail.id, mail.recipient, mail.from, mail.bare)?;
        }
        let mut mails = lock(&self.mails);
        mails.push(mail);
        Ok(mails.len() - 1)
    }

    fn told(&self, mail: usize) {
        lock(&self.mails)[mail].told = true;
    }

    /// Kills if this is the step to do it at; one conversation does, however many are held. Whoever looks at the
    /// script meanwhile waits until the server is dead.
    fn kills_at(&self, step: Step) -> bool {
        let mut script = lock(&self.script);
        if script.kill_at != Some(step) {
            return false;
        }
        if let Some(kill) = lock(&self.killer).as_ref() {
            kill();
        }
        script.kill_at = None;
        true
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
