//! Who holds a lease, and for how long.

use std::fmt;
use std::path::Path;
use std::time::Duration as StdDuration;

use chrono::Duration;

use super::super::smtp::LONGEST_TRY;
use crate::id;

/// Twice as long as the longest try, so that nobody takes a mail that is still being sent.
pub const LEASE: Duration = Duration::seconds(2 * LONGEST_TRY.as_secs() as i64 + 60);
const _: () = assert!(LEASE.num_seconds() as u64 >= 2 * StdDuration::as_secs(&LONGEST_TRY));

/// A process that sends: "host:pid:word", the word telling apart processes that had the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    host: String,
    pid: u32,
    word: String,
}

impl Owner {
    /// This process; each call is an owner of its own.
    pub fn new() -> Owner {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| std::env::var("HOSTNAME"));
        let host = host.unwrap_or_default().trim().replace(':', "-");
        Owner { host, pid: std::process::id(), word: id::secret() }
    }

    /// The machine.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The process for people to read: which machine, which number.
    pub fn node(&self) -> String {
        format!("{}:{}", self.host, self.pid)
    }

    /// Whether a lease belongs to a process of this machine that is no more. One with our own number, as in a
    /// container that was started again, cannot be running beside us.
    pub fn outlived(&self, lease: &str) -> bool {
        let mut parts = lease.split(':');
        let (Some(host), Some(pid), Some(word)) = (parts.next(), parts.next(), parts.next()) else { return false };
        host == self.host && word != self.word && (pid == self.pid.to_string() || is_gone(pid))
    }
}

impl Default for Owner {
    fn default() -> Self {
        Owner::new()
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.host, self.pid, self.word)
    }
}

/// Where there is no /proc nobody is taken for gone: their leases run out instead.
fn is_gone(pid: &str) -> bool {
    Path::new("/proc/self").exists() && !Path::new("/proc").join(pid).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_dead_of_this_machine_are_outlived() {
        let me = Owner { host: "a".into(), pid: 1, word: "X".into() };
        assert!(me.outlived("a:1:OTHER") && me.outlived("a:4194999:OTHER"));
        let alive = std::process::id();
        for lease in ["a:1:X", "b:4194999:OTHER", &format!("a:{alive}:OTHER"), "", "a:1"] {
            assert!(!me.outlived(lease), "{lease}");
        }
    }
}
