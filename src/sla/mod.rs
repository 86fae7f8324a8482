//! What is promised to the originator, and what is due next. Pure.

pub mod calendar;
pub mod clock;
pub mod holidays;
pub mod policy;
pub mod standing;
