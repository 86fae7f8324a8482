//! The words of the council.

crate::text_enum! {
    /// For whom a member speaks.
    pub enum Seat {
        Operations = "operations",
        Quality = "quality",
        Wfm = "wfm",
        FrontLine = "front_line",
        Other = "other",
    }
}

crate::text_enum! {
    /// Where a meeting stands.
    pub enum Stage {
        Planned = "planned",
        Running = "running",
        /// Over; its minutes can still be corrected.
        Ended = "ended",
        /// Its minutes are locked.
        Signed = "signed",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// What is talked about, in the order an agenda is filled.
    pub enum Kind {
        /// What was promised at an earlier meeting and is not done.
        Action = "action",
        /// A date that people were promised has passed.
        Promise = "promise",
        /// A change that shipped since the last meeting, and what it did.
        Shipped = "shipped",
        /// Deferred, and its day has come.
        Returned = "returned",
        /// Accepted, and standing still.
        Stalled = "stalled",
        /// From the top of the backlog.
        Change = "change",
        /// Put there by hand.
        Topic = "topic",
    }
}

crate::text_enum! {
    /// Where an item of the agenda stands.
    pub enum ItemState {
        Waiting = "waiting",
        Voting = "voting",
        /// The votes are on the screen; no more are taken.
        Revealed = "revealed",
        Done = "done",
    }
}

crate::text_enum! {
    /// What a seat says to a change.
    pub enum Vote {
        Accept = "accept",
        NotNow = "not_now",
        Decline = "decline",
        NeedData = "need_data",
    }
}

crate::text_enum! {
    /// What was decided of an item.
    pub enum Decision {
        Accept = "accept",
        NotNow = "not_now",
        Decline = "decline",
        NeedData = "need_data",
        /// Talked about; nothing to decide.
        Noted = "noted",
    }
}

impl Kind {
    /// Whether the council decides something, or hears what became of it.
    pub fn is_decided(self) -> bool {
        matches!(self, Kind::Returned | Kind::Stalled | Kind::Change)
    }
}
