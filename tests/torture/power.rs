//! A disk that can be looked at as if the power had gone: a file system on a file. What was written to it and never
//! synced is in memory only; a copy of the file is what would be left. So that nothing is written to the file while it
//! is copied, it lies in a file system of its own, which can be frozen. Needs Linux and root.

use crate::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// A fresh disk, mounted where a [`Place`](crate::place::Place) in this folder keeps its database.
    pub fn make(folder: &Path) -> Result<Disk> {
        for name in ["outer", "data", "copy/data"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let disk = Disk { folder: folder.to_owned() };
        disk.format("outer.img", "2G", "outer")?;
        disk.format("outer/inner.img", "768M", "data")?;
        Ok(disk)
    }

    /// The disk as it would be if the power went now, mounted in the folder that is returned.
    pub fn copy(&mut self) -> Result<PathBuf> {
        self.unmount("copy/data");
        self.tool("fsfreeze", &["-f", "outer"])?;
        let copied = self.tool("cp", &["--sparse=always", "outer/inner.img", "copy.img"]);
        self.tool("fsfreeze", &["-u", "outer"])?;
        copied?;
        self.tool("mount", &["-o", "loop", "copy.img", "copy/data"])?;
        Ok(self.folder.join("copy"))
    }

    /// Leaves a file on the disk that nobody syncs.
    pub fn write_unsynced(&self, n: usize) -> Result<()> {
        Ok(fs::write(self.folder.join(format!("data/unsynced-{n}")), "in memory only")?)
    }

    /// Whether the copy lacks it.
    pub fn has_forgotten(&self, n: usize) -> bool {
        fs::read(self.folder.join(format!("copy/data/unsynced-{n}"))).unwrap_or_default().is_empty()
    }

    fn format(&self, image: &str, size: &str, at: &str) -> Result<()> {
        self.tool("truncate", &["-s", size, image])?;
        self.tool("mkfs.ext4", &["-q", image])?;
        self.tool("mount", &["-o", "loop", image, at])
    }

    fn tool(&self, tool: &str, words: &[&str]) -> Result<()> {
        let ended = Command::new(tool).args(words).current_dir(&self.folder).output();
        let ended = ended.map_err(|e| format!("{tool}: {e}"))?;
        if ended.status.success() {
            return Ok(());
        }
        Err(format!("{tool}: {}", String::from_utf8_lossy(&ended.stderr).trim()).into())
    }

    fn unmount(&self, at: &str) {
        // What is not mounted need not be unmounted.
        let _ = self.tool("umount", &["--lazy", at]);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        ["copy/data", "data", "outer"].iter().for_each(|at| self.unmount(at));
    }
}
