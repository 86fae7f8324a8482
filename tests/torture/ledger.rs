//! What was acknowledged, on disk before the next request is made: whatever happens then, it must still be there.

use std::fs::{File, OpenOptions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

/// One client's ledger.
pub struct Ledger(File);

/// An acknowledged submission or mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What we called it.
    pub mark: String,
    /// What the server called it.
    pub receipt: String,
}

impl Ledger {
    pub fn open(folder: &Path, client: usize) -> Result<Ledger> {
        Ok(Ledger(OpenOptions::new().create(true).append(true).open(path(folder, client))?))
    }

    pub fn note(&mut self, mark: &str, receipt: &str) -> Result<()> {
        self.0.write_all(format!("{mark} {receipt}\n").as_bytes())?;
        self.0.sync_data()
    }
}

/// All that was acknowledged to so many clients.
pub fn read(folder: &Path, clients: usize) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for client in 0..clients {
        let text = std::fs::read_to_string(path(folder, client))?;
        entries.extend(text.lines().filter_map(|line| {
            let (mark, receipt) = line.split_once(' ')?;
            Some(Entry { mark: mark.to_owned(), receipt: receipt.to_owned() })
        }));
    }
    Ok(entries)
}

fn path(folder: &Path, client: usize) -> PathBuf {
    folder.join(format!("ledger-{client}.txt"))
}
