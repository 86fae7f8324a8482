//! A meeting while it runs: one item at a time on the wall, votes from phones, a decision with a reason, an owner and a
//! date. Every verb takes the meeting's row first, so that two of them are never in the room at once, and counts its
//! version, by which screens know that they are behind.

pub mod carry;
pub mod decide;
pub mod live;
pub mod pages;
pub mod quorum;
pub mod room;
pub mod ruling;
pub mod run;
pub mod seats;
pub mod votes;
