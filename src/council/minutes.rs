//! Minutes.
pub mod pages;
