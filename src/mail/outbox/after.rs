//! What becomes of a mail after a try: a pure function.

use chrono::{DateTime, Duration, Utc};

use super::super::transport::Outcome;
use super::{Mail, Status};

/// Waits between tries, in minutes: more than 72 hours in all.
const BACKOFF: [i64; 9] = [1, 5, 30, 120, 360, 720, 1440, 1440, 1440];
/// Tries before a mail is given up, whatever the reason.
pub const MOST_ATTEMPTS: i32 = BACKOFF.len() as i32 + 1;
/// Tries for a mail that cannot even be rendered.
pub const MOST_RENDERINGS: i32 = 5;
/// How long a mail rests that may have arrived already.
pub(super) const REST: Duration = Duration::minutes(15);
/// Begins the note on such a mail.
pub(super) const LOST: &str = "may have been sent already: ";

/// The row after a try.
#[derive(Debug, PartialEq)]
pub struct After {
    pub status: Status,
    pub attempts: i32,
    pub next_at: DateTime<Utc>,
    pub reply: String,
}

pub fn after(mail: &Mail, outcome: &Outcome, now: DateTime<Utc>, jitter: f64) -> After {
    let row =
        |status, next_at, reply: &str| After { status, attempts: mail.attempts, next_at, reply: reply.to_owned() };
    let lost = was_lost(mail);
    // So that the next loss is known to be the second.
    let remembering = |said: &str| if lost { format!("{LOST}{said}") } else { said.to_owned() };
    match outcome {
        Outcome::Sent(reply) => row(Status::Sent, now, reply),
        Outcome::Refused(reply) | Outcome::Suppressed(reply) => row(Status::Suppressed, now, reply),
        Outcome::Failed(reply) => row(Status::Failed, now, reply),
        Outcome::Retry(reply) => again(mail, MOST_ATTEMPTS, &remembering(reply), now, jitter),
        Outcome::Unrenderable(reply) => again(mail, MOST_RENDERINGS, &remembering(reply), now, jitter),
        Outcome::Unknown(why) if lost => row(Status::Failed, now, &format!("{LOST}twice lost: {why}")),
        Outcome::Unknown(why) => row(Status::Unknown, now + REST, &format!("{LOST}{why}")),
        // Not this mail's fault: the attempt does not count, and it goes first when sending goes on.
        Outcome::SenderStopped(why) | Outcome::Unreachable(why) => After {
            status: Status::Retry,
            attempts: mail.attempts - 1,
            next_at: *mail.next_at,
            reply: remembering(why),
        },
    }
}

/// Whether an earlier try ended without anybody knowing whether it arrived.
pub fn was_lost(mail: &Mail) -> bool {
    mail.reply.as_deref().is_some_and(|reply| reply.starts_with(LOST))
}

fn again(mail: &Mail, most: i32, reply: &str, now: DateTime<Utc>, jitter: f64) -> After {
    let gave_up = mail.attempts >= most;
    let step = usize::try_from(mail.attempts - 1).unwrap_or(0).min(BACKOFF.len() - 1);
    // Up to a fifth longer, so that what failed together does not come back together.
    let wait = Duration::seconds((BACKOFF[step] as f64 * 60.0 * (1.0 + jitter / 5.0)) as i64);
    After {
        status: if gave_up { Status::Failed } else { Status::Retry },
        attempts: mail.attempts,
        next_at: if gave_up { now } else { now + wait },
        reply: reply.to_owned(),
    }
}
