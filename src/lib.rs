//! Heard closes the loop on employee and customer voice: collect, case, shared backlog, change, "we heard you".
//! The modules in reading order; the direction of their imports is guarded by `tests/architecture.rs`.

/// Which database, its tables, reading and writing.
pub mod db;
