//! What becomes of a mail that was read: a pure function. A thread is joined only by a token that we made, or by the
//! Message-ID of a mail that we sent to this very sender; never by anything else that a mail says about itself.

use super::automatic::Automatic;
use super::bounce::{Bounce, judge};
use super::message::{Incoming, Party};

/// A case that a mail points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    pub case_id: i64,
    /// The originator's address, in lower case; none where nobody can be written to.
    pub originator: Option<String>,
}

/// A mail of ours that a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub mail_id: i64,
    pub case_id: Option<i64>,
    /// Where it went.
    pub address: String,
}

/// A digest that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestAnswer {
    /// The mail it went out as.
    pub mail_id: i64,
    /// Whether the sender is whom it went to.
    pub by_reader: bool,
}

/// What is known about a mail besides its own words.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Went to the intake address or to one of our reply addresses.
    pub to_us: bool,
    /// Cases named by reply tokens in its recipients.
    pub by_token: Vec<Thread>,
    /// Cases about which the mails were that it refers to by Message-ID, the newest reference first.
    pub by_reference: Vec<Thread>,
    /// The digest of ours that it went to the address of, by its mail, and from whom an answer to it may come.
    pub digest: Option<DigestAnswer>,
    /// It refers to some mail of ours, whoever that went to.
    pub answers_us: bool,
    pub automatic: Option<Automatic>,
    /// Mails of ours whose return paths it went to.
    pub returned: Vec<Returned>,
    /// It went to a return path that we did not make.
    pub forged_path: bool,
    /// Who ends their digests by it.
    pub unsubscriber: Option<i64>,
    /// Our own mail server says that it does not come from whom it says.
    pub forged: bool,
}

crate::text_enum! {
    /// Why a mail is kept apart for a person to look at.
    pub enum Apart {
        NoSender = "no_sender",
        NotForUs = "not_for_us",
        Empty = "empty",
        TooMany = "too_many",
        Forged = "forged",
    }
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It opens a case; `answered` by an acknowledgement, unless it is itself an answer to mail of ours.
    Open {
        answered: bool,
    },
    /// The originator of this case writes.
    Join {
        case_id: i64,
    },
    /// The reader of a digest answers it: that opens a case about what they were told.
    AnswerDigest {
        mail_id: i64,
    },
    /// Somebody writes on this case of whom we cannot be sure: for staff to see, nothing else.
    Unverified {
        case_id: i64,
    },
    /// No person wrote it.
    Ignore {
        what: Automatic,
        case_id: Option<i64>,
    },
    /// A mail of ours did not arrive.
    Bounced {
        mail_id: i64,
        bounce: Bounce,
    },
    /// A reader wants no more digests.
    Unsubscribe {
        person_id: i64,
    },
    Quarantine(Apart),
}

/// Decides about one mail.
pub fn decide(mail: &Incoming, facts: &Facts) -> Decision {
    let sender = mail.from.as_ref();
    let theirs = |threads: &[Thread]| threads.iter().find(|thread| is_originator(thread, sender)).map(|t| t.case_id);
    if let Some(person_id) = facts.unsubscriber {
        return Decision::Unsubscribe { person_id };
    }
    if let Some(what) = facts.automatic {
        return by_machine(mail, facts, what, theirs(&facts.by_reference));
    }
    if let Some(thread) = facts.by_token.first() {
        return match theirs(&facts.by_token) {
            Some(case_id) if !facts.forged => Decision::Join { case_id },
            _ => Decision::Unverified { case_id: thread.case_id },
        };
    }
    if let Some(case_id) = theirs(&facts.by_reference) {
        return if facts.forged { Decision::Unverified { case_id } } else { Decision::Join { case_id } };
    }
    if let Some(DigestAnswer { mail_id, by_reader: true }) = facts.digest
        && !facts.forged
        && !mail.is_empty()
    {
        return Decision::AnswerDigest { mail_id };
    }
    // A digest that was passed on says nothing about who answers it: they speak for themselves.
    match sender {
        None => Decision::Quarantine(Apart::NoSender),
        Some(_) if !facts.to_us => Decision::Quarantine(Apart::NotForUs),
        // A case in the name of somebody who did not write would send them mail.
        Some(_) if facts.forged => Decision::Quarantine(Apart::Forged),
        Some(_) if mail.is_empty() => Decision::Quarantine(Apart::Empty),
        Some(_) => Decision::Open { answered: !facts.answers_us },
    }
}

/// Only a report to a return path that we made is believed: anybody can write one.
fn by_machine(mail: &Incoming, facts: &Facts, what: Automatic, referred: Option<i64>) -> Decision {
    let returned = facts.returned.first();
    if let (Automatic::Bounce, Some(returned)) = (what, returned)
        && let Some(bounce) = judge(mail, &returned.address)
    {
        return Decision::Bounced { mail_id: returned.mail_id, bounce };
    }
    if what == Automatic::Bounce && facts.forged_path && returned.is_none() {
        return Decision::Ignore { what: Automatic::ForgedBounce, case_id: None };
    }
    let by_token = facts.by_token.first().map(|thread| thread.case_id);
    let case_id = by_token.or(returned.and_then(|returned| returned.case_id)).or(referred);
    Decision::Ignore { what, case_id }
}

fn is_originator(thread: &Thread, sender: Option<&Party>) -> bool {
    match (&thread.originator, sender) {
        (Some(originator), Some(sender)) => *originator == sender.address,
        _ => false,
    }
}

/// Whether the newest Authentication-Results of our own mail server says that DMARC failed. Lines of that name further
/// down, and those of other servers, may have been written by the sender.
pub fn is_forged(mail: &Incoming, authserv_id: &str) -> bool {
    let ours = |value: &&str| {
        let id = value.split([';', ' ']).next().unwrap_or_default();
        !authserv_id.is_empty() && id.eq_ignore_ascii_case(authserv_id)
    };
    let Some(verdicts) = mail.headers.all("authentication-results").find(ours) else { return false };
    let verdicts = without_comments(verdicts).to_lowercase();
    verdicts.split(';').any(|verdict| verdict.split_whitespace().next() == Some("dmarc=fail"))
}

/// What stands in brackets or quotes is free text.
fn without_comments(value: &str) -> String {
    let (mut depth, mut quoted) = (0_usize, false);
    let keep = |c: &char| {
        match c {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0 && !quoted
    };
    value.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests;
