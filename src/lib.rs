//! Heard closes the loop on employee and customer voice: collect, case, shared backlog, change, "we heard you".
//!
//! The modules in reading order; `tests/integration/architecture.rs` guards the direction of their imports.

/// Where `now` comes from.

pub mod clock;
/// Settings: defaults, file, environment.
pub mod config;
/// Which database it is, and everything that depends on it.
pub mod db;
/// The one error type.
pub mod error;
/// The words people read: messages, dates and numbers in English and Russian.
pub mod i18n;
/// Keys, references, secrets.
pub mod id;
/// Append-only events: who, what, when.
pub mod journal;
/// Mail: what it says, how it is built, queued and sent.
pub mod mail;
/// Strict templates for pages and mails, and the files they refer to.
pub mod templates;
