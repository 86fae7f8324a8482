//! Mails about a meeting, each with an entry for the reader's calendar.

use super::store::Meeting;
use crate::cases::actions::Desk;
use crate::db::Conn;
use crate::error::Result;

crate::text_enum! {
    /// What members hear of.
    pub enum Why {
        Invited = "invited",
        /// Another time.
        Moved = "moved",
        /// Another place, length or name.
        Changed = "changed",
        Cancelled = "cancelled",
        /// They do not sit in the council any more.
        Left = "left",
        /// It is tomorrow.
        Reminded = "reminded",
    }
}

/// Tells all members.
pub fn everybody(_c: &mut Conn, _desk: &Desk, _meeting: &Meeting, _why: Why) -> Result<()> {
    Ok(())
}

/// Tells one person.
pub fn one(_c: &mut Conn, _desk: &Desk, _meeting: &Meeting, _person_id: i64, _why: Why) -> Result<()> {
    Ok(())
}
