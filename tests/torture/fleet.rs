//! The servers: real processes that are started, killed by SIGKILL and started again on the same port.

use crate::Result;
use crate::http::Client;
use crate::place::Place;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A server that has not answered by then will not.
const LONGEST_START: Duration = Duration::from_secs(60);

pub struct Fleet {
    nodes: Vec<Mutex<Node>>,
    settings: Vec<(&'static str, String)>,
    smtp: u16,
    log: PathBuf,
    deaths: Mutex<HashMap<String, Instant>>,
    starts: Mutex<Vec<Duration>>,
}

#[derive(Default)]
struct Node {
    port: u16,
    lives: usize,
    child: Option<Child>,
}

impl Fleet {
    /// Starts so many servers, which send their mail to this port.
    pub fn start(place: &Place, nodes: usize, smtp: u16) -> Result<Fleet> {
        let node = |port| Mutex::new(Node { port, ..Node::default() });
        let fleet = Fleet {
            nodes: free_ports().take(nodes).map(node).collect(),
            settings: place.settings(),
            smtp,
            log: place.folder.join("servers.log"),
            deaths: Mutex::default(),
            starts: Mutex::default(),
        };
        (0..nodes).try_for_each(|n| fleet.revive(n))?;
        Ok(fleet)
    }

    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    pub fn port(&self, n: usize) -> u16 {
        lock(&self.nodes[n % self.nodes.len()]).port
    }

    /// Starts a server that was killed, and waits until it answers.
    pub fn revive(&self, n: usize) -> Result<()> {
        let began = Instant::now();
        let port = self.spawn(n)?;
        let mut client = Client::of(port);
        while !client.get("/readyz").is_ok_and(|answer| answer.status == 200) {
            if began.elapsed() > LONGEST_START {
                return Err(format!("the server does not start; see {}", self.log.display()).into());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        lock(&self.starts).push(began.elapsed());
        Ok(())
    }

    /// SIGKILL; returns when the process is gone.
    pub fn kill(&self, n: usize) {
        let mut node = lock(&self.nodes[n]);
        let Some(mut child) = node.child.take() else { return };
        let killed = child.kill().and_then(|()| child.wait());
        lock(&self.deaths).insert(name(n, node.lives), Instant::now());
        if let Err(e) = killed {
            eprintln!("a server could not be killed: {e}");
        }
    }

    /// SIGTERM; returns how long the server took to end.
    pub fn stop(&self, n: usize, longest: Duration) -> Result<Duration> {
        let mut child = lock(&self.nodes[n]).child.take().ok_or("there is no server to stop")?;
        let told = Instant::now();
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        while child.try_wait()?.is_none() {
            if told.elapsed() > longest {
                child.kill()?;
                child.wait()?;
                return Err(format!("a server did not end within {longest:?}").into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(told.elapsed())
    }

    pub fn kill_all(&self) {
        (0..self.size()).for_each(|n| self.kill(n));
    }

    /// When each server that was killed was gone, by the name under which it signs in to the mail server.
    pub fn deaths(&self) -> HashMap<String, Instant> {
        lock(&self.deaths).clone()
    }

    /// The longest start.
    pub fn slowest_start(&self) -> Duration {
        lock(&self.starts).iter().max().copied().unwrap_or_default()
    }

    /// How many lines of the log hold this word.
    pub fn logged(&self, word: &str) -> Result<usize> {
        let log = std::fs::read(&self.log)?;
        Ok(String::from_utf8_lossy(&log).lines().filter(|line| line.contains(word)).count())
    }

    fn spawn(&self, n: usize) -> Result<u16> {
        let mut node = lock(&self.nodes[n]);
        node.lives += 1;
        let log = self.log()?;
        let child = Command::new(env!("CARGO_BIN_EXE_heard"))
            .arg("serve")
            .envs(self.settings.iter().cloned())
            .env("HEARD__HTTP__BIND", format!("127.0.0.1:{}", node.port))
            // Every life signs in under a name of its own: the mail server tells them apart by it.
            .env("HEARD__MAIL__URL", format!("smtp://{}:word@127.0.0.1:{}", name(n, node.lives), self.smtp))
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .spawn()?;
        node.child = Some(child);
        Ok(node.port)
    }

    fn log(&self) -> std::io::Result<File> {
        OpenOptions::new().create(true).append(true).open(&self.log)
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        self.kill_all();
    }
}

/// Below those that the system gives to clients: one that knocks at the door of a dead server must not get its number.
fn free_ports() -> impl Iterator<Item = u16> {
    let first = 21_000 + u16::try_from(std::process::id() % 8_000).unwrap_or_default();
    (first..32_000).filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
}

fn name(n: usize, life: usize) -> String {
    format!("node{n}-life{life}")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
