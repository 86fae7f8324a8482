//! Heard closes the loop on employee and customer voice: collect, case, shared backlog, change, "we heard you".
//!
//! The modules in reading order; `tests/integration/architecture.rs` guards the direction of their imports.

// The base: everybody may use it, it knows nobody.

/// Settings: defaults, file, environment.
pub mod config;
/// The one error type.
pub mod error;
/// Where `now` comes from.
pub mod clock;
/// Keys, references, secrets.
pub mod id;
/// Tokens in links.
pub mod secret;
/// Which database it is, and everything that depends on it.
pub mod db;
/// The words people read, in their language.
pub mod i18n;
/// What staff write, as HTML.
pub mod markdown;
/// Strict templates, fingerprinted assets.
pub mod templates;
/// Letters, the outbox, and the way out.
pub mod mail;
/// Append-only events: who, what, when.
pub mod journal;
/// This process among those that work on the same database.
pub mod node;
/// What pages and API share.
pub mod web;
/// Files that people add: checked, kept, given out.
pub mod files;
/// Promises and deadlines; pure.
pub mod sla;
/// What admins decide about cases that come in.
pub mod rules;

// The slices, each importing only from above.

pub mod people;
pub mod feedback;
pub mod cases;
pub mod policies;
pub mod backlog;
pub mod council;
pub mod search;
pub mod digest;
pub mod thanks;
pub mod inbound;
pub mod backups;
pub mod status;

/// What pages do, for machines.
pub mod api;

// The product.

/// What a request needs, and all routes.
pub mod app;
/// How a request passes through; starting and stopping.
pub mod server;
/// The lifelike sample for `serve --demo`.
pub mod demo;
/// What runs by itself.
pub mod schedule;
/// Backups, migrations, health.
pub mod ops;
/// The commands.
pub mod cli;
