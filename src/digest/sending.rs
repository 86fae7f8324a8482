//! How a digest reaches its readers, each of them once.
//!
//! [`job`] makes drafts and begins what is due, [`run`] queues the mails in batches: which readers were gone through, how
//! many mails that made and the mails themselves are one transaction, made only by the process that holds the lease of
//! the edition. Whoever comes after a process that died goes on behind the last reader. [`control`] pauses, stops and
//! resumes, [`audience`] says who the readers are, [`report`] what became of it.

pub mod audience;
pub mod control;
pub mod hour;
pub mod job;
mod late;
pub mod lease;
pub mod letters;
pub mod pages;
pub mod report;
pub mod run;
