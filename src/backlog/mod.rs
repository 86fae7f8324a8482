//! The shared EX + CX backlog: changes, the cases that are evidence for them, and their scores.

pub mod actions;
pub mod audience;
pub mod evidence;
pub mod model;
mod pages;
pub mod preview;
pub mod store;

pub use pages::routes;
