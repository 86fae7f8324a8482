//! What kind of mail a template makes, which decides about its headers.

/// The classes of mail. A template nobody has sorted is the last: it says least about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// We have it: answers what somebody sent us.
    Acknowledgement,
    /// Somebody answers, or the loop is closed.
    Answer,
    /// Staff hear of something.
    Notice,
    /// People subscribe to it and end it with one click.
    List,
    /// Accounts, passwords, links: nothing in it leads anywhere but its own link.
    Security,
}

impl Class {
    pub fn of(template: &str) -> Class {
        match template {
            "received" => Class::Acknowledgement,
            "reply" | "closure" => Class::Answer,
            "notice" => Class::Notice,
            "digest" => Class::List,
            _ => Class::Security,
        }
    }

    /// Whether the reader can answer it, and their answer joins the case.
    pub fn is_conversation(self) -> bool {
        matches!(self, Class::Acknowledgement | Class::Answer)
    }

    /// Whether it names the mails before it.
    pub fn is_threaded(self) -> bool {
        self.is_conversation() || self == Class::Notice
    }
}
