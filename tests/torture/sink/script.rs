//! What the mail server does instead of behaving well.

use std::time::Duration;

/// Where a conversation stands. Up to `Data` the step is over when it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Connected, and nothing said.
    Connect,
    Banner,
    Ehlo,
    Auth,
    Mail,
    Rcpt,
    /// 354 was said.
    Data,
    /// The beginning of the mail was read.
    Body,
    /// The final dot was read, and not answered.
    Dot,
    /// The mail was taken and 250 said.
    Taken,
}

/// A script for every conversation; without one all is well.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Other answers than the usual, by step.
    pub say: Vec<(Step, &'static str)>,
    /// How long it waits where, before anything else happens there.
    pub wait: Option<(Step, Duration)>,
    /// Where it hangs up without a word.
    pub drop_at: Option<Step>,
    /// Where it kills the server that is talking to it.
    pub kill_at: Option<Step>,
    /// A mail whose final dot was read is gone if the conversation ends before it is answered.
    pub forgets: bool,
    /// Takes any CR or LF around a dot for the end of a mail, as some servers do.
    pub lax: bool,
    /// Says 250 and throws the mail away.
    pub swallows: bool,
}

impl Script {
    /// Takes every mail, and tries to be talked into taking more than there are.
    pub fn lax() -> Script {
        // As long as a fast server takes to put a mail on disk.
        Script { lax: true, wait: Some((Step::Dot, Duration::from_millis(3))), ..Script::default() }
    }

    /// One mail for each connection, so that the next mail has the whole way before it.
    pub fn brief() -> Script {
        Script { drop_at: Some(Step::Taken), ..Script::default() }
    }

    pub fn kill(step: Step) -> Script {
        Script { kill_at: Some(step), ..Script::brief() }
    }

    pub(super) fn answer(&self, step: Step, usual: &'static str) -> &'static str {
        self.say.iter().find(|(at, _)| *at == step).map_or(usual, |(_, answer)| answer)
    }
}
