//! Import of feedback from files: read ([`source`]), map ([`mapping`]), prepare, store.
//!
//! Rows are written in batches, each in one transaction with the progress of the import, so an import that was killed goes
//! on exactly behind its last batch, and a file that was imported is known by its hash. A row is known by channel and
//! external id: that of its source, or else file and line. Rows that are wrong are reported by line; the others go on.
//!
//! Imported feedback is history. It sends no mail; what is still open is promised an answer from the day of the import,
//! what was closed elsewhere claims nothing about who was told what. Anonymous rows get random keys and days for times.

mod batch;
mod contacts;
mod command;
pub mod mapping;
mod plan;
mod prepare;
mod rehearsal;
mod report;
mod run;
pub mod source;
mod store;
mod topics;

pub use command::{ImportArgs, command};
pub use prepare::Problem;
pub use rehearsal::rehearse;
pub use report::{Outcome, Report};
pub use run::{Progress, import};
