//! What kind of mail a template makes, which decides about its headers.

crate::text_enum! {
    /// What a mail is for: it decides its headers and whether it can be switched off. A template nobody has sorted is
    /// the last: it says least about itself.
    pub enum Class {
        /// We have it: answers what somebody sent us. Can be switched off.
        Acknowledgement = "acknowledgement",
        /// Somebody answers, or the loop is closed: always comes.
        Answer = "answer",
        /// Staff hear of something: can be switched off.
        Notice = "notice",
        /// People subscribe to it and end it with one click.
        List = "list",
        /// Accounts, passwords, links: nothing in it leads anywhere but its own link. Always comes.
        Security = "security",
    }
}

impl Class {
    pub fn of(template: &str) -> Class {
        match template {
            "received" => Class::Acknowledgement,
            "reply" | "closure" => Class::Answer,
            "notice" | "council" | "action" | "minutes" | "thanks" => Class::Notice,
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
