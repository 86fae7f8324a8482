//! Mail.

pub mod message;
