//! What is promised to the originator, and what is due next. Pure, but for `store` and the pages of administrators.

pub mod calendar;
pub mod clock;
pub mod holidays;
mod pages;
pub mod policy;
pub mod standing;
pub mod store;

pub use pages::routes;
