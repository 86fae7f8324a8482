//! Import of feedback from files: read ([`source`]), map ([`mapping`]), store.

pub mod mapping;
pub mod source;
