//! Mail.

#[cfg(test)]
mod fake_server;
pub mod message;
mod smtp;
pub mod transport;
