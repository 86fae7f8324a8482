//! What each mail holds: one struct per folder of `templates/emails/`, frozen as JSON in the outbox. Besides these,
//! every mail knows `to_name`, `product`, `home_url`, `subject`, `preheader`, `template`, `choice_url` (where its reader
//! chooses their mails), `can_reply`, and `period` where it has `starts_on` and `ends_on`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// "received": we have it, this is what happens next.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// "F-7QK3M9X".
    pub reference: String,
    /// All of what they wrote, as they wrote it.
    pub own_words: String,
    /// The day of the first answer in the reader's words: "Friday, 27 November".
    pub promised_by: String,
    pub tracking_url: String,
}

/// "reply": the owner of the case writes.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    pub reference: String,
    /// What it is about, in a line.
    pub title: String,
    pub message: String,
    /// Who writes; none for the product itself.
    pub author: Option<String>,
    /// Whether the message is Markdown; older mails are plain text.
    pub markdown: bool,
    /// How many files came with it. Mails carry none: they wait on the page.
    pub files: usize,
    pub tracking_url: String,
}

/// "closure": what came of it. Closes the loop, and asks whether it helped.
#[derive(Clone, Debug, Serialize)]
pub struct Closure {
    pub reference: String,
    pub own_words: String,
    /// One of `solved`, `partly`, `not_possible`, `no_fault`, `duplicate`, `withdrawn`: decides subject and first sentence.
    pub outcome: String,
    /// Title of the change that answers it.
    pub change: Option<String>,
    /// What was decided or changed, and why, for the person who asked.
    pub message: String,
    /// Whether the message is Markdown; older mails are plain text.
    pub markdown: bool,
    /// Who decided.
    pub author: Option<String>,
    pub tracking_url: String,
}

/// "link": a new way to their page, for whoever came with an old one.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub reference: String,
    pub title: String,
    pub tracking_url: String,
}

/// "notice": staff hear of something on their cases.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// Decides subject and first sentence: "wrote", "missed", "mentioned" and so on.
    pub why: String,
    pub items: Vec<NoticeItem>,
}

/// One case of a notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeItem {
    pub reference: String,
    pub title: String,
    /// What was said, shortened; may be empty.
    pub text: String,
    pub url: String,
}

/// "council": members hear of a meeting. Comes with an entry for their calendar, see [`super::entry`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Council {
    /// Decides subject, first sentence and entry: "invited", "moved", "changed", "cancelled", "left", "reminded".
    pub why: String,
    /// Its name.
    pub council: String,
    pub meeting_id: i64,
    /// How often the meeting was changed.
    pub sequence: u32,
    pub starts_at: DateTime<Utc>,
    /// "Tuesday, 1 December, 10:00", in the reader's words, where the council meets.
    pub when: String,
    pub minutes: i64,
    pub place: Option<String>,
    /// As it stood when the mail was queued.
    pub agenda: Vec<CouncilItem>,
    pub url: String,
}

/// One item of an agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CouncilItem {
    pub title: String,
    pub minutes: i64,
    /// Could ship before the next meeting.
    pub quick_fix: bool,
}

/// "action": somebody is reminded of what they promised at a council.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    /// Decides subject and first sentence: "soon" or "late".
    pub why: String,
    pub items: Vec<ActionItem>,
    pub url: String,
}

/// One promise.
#[derive(Clone, Debug, Serialize)]
pub struct ActionItem {
    pub title: String,
    pub ends_on: NaiveDate,
    /// Whose decision it follows from.
    pub council: String,
}

/// "digest": we heard you.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Digest {
    pub starts_on: NaiveDate,
    /// The last day of the period.
    pub ends_on: NaiveDate,
    /// The editor's words at the beginning.
    pub intro: Option<String>,
    /// "You said → we did".
    pub done: Vec<DigestItem>,
    /// "Decided not to, and why".
    pub declined: Vec<DigestItem>,
    /// "In progress and by when".
    pub doing: Vec<DigestItem>,
    pub numbers: DigestNumbers,
    /// What the readers are asked this time.
    pub ask: Option<String>,
    /// Where all of it can be read; none while there is no such page.
    pub page_url: Option<String>,
    /// A page that asks once, and takes the one-click POST of RFC 8058. Its presence makes the mail a list mail.
    pub unsubscribe_url: String,
    /// What the mail says it is from, and where answers go, where the series says so.
    pub from_name: Option<String>,
    pub reply_to: Option<String>,
}

impl Digest {
    /// The parts that hold items, as the facts of a queued mail name them.
    pub const PARTS: [&str; 3] = ["done", "declined", "doing"];
}

/// One thing of a digest.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DigestItem {
    /// The item of the edition; none for what came of the reader's own words alone.
    pub item: Option<i64>,
    /// The word of the journal, or the case, that is told: nobody reads the same twice.
    pub tells: i64,
    /// The change, in a line.
    pub title: String,
    /// The editor's sentence above what was done.
    pub line: Option<String>,
    /// What was done, or why not, in a sentence; empty while it is being made.
    pub text: String,
    /// What the reader had written.
    pub own_words: Option<String>,
    /// What somebody else had written, if it may be shown to others.
    pub quote: Option<String>,
    /// How many people had asked; none where they are too few to be counted in public.
    pub people: Option<i64>,
    /// By when it is to be done.
    pub by: Option<NaiveDate>,
    /// "This is not solved", for those who asked.
    pub unsolved_url: Option<String>,
    /// "Say something about this".
    pub say_url: Option<String>,
}

/// What a period came to, in numbers; none where a group is too small to be counted in public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DigestNumbers {
    /// Who were told what came of their words.
    pub told: Option<i64>,
    /// Of those, who said whether it helped.
    pub answered: Option<i64>,
    /// Of those, whom it helped.
    pub helped: Option<i64>,
    pub quick_fixes: Option<QuickFixes>,
}

impl DigestNumbers {
    pub fn is_empty(&self) -> bool {
        *self == DigestNumbers::default()
    }
}

/// How many small things were done, of how many that were promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickFixes {
    pub shipped: i64,
    pub most: i64,
}

/// "invitation": somebody gave you an account.
#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    /// Who invites; none for the product itself.
    pub invited_by: Option<String>,
    /// Works once.
    pub link_url: String,
    pub expires_at: DateTime<Utc>,
}

/// "password": a link to choose a new one.
#[derive(Clone, Debug, Serialize)]
pub struct Password {
    /// Works once.
    pub link_url: String,
    pub expires_at: DateTime<Utc>,
}

/// "password-changed": it was changed, by whomever.
#[derive(Clone, Debug, Serialize)]
pub struct PasswordChanged {
    pub changed_at: DateTime<Utc>,
    /// Where a new one can be asked for.
    pub link_url: String,
}

/// "minutes": what a council decided, once its minutes are signed.
#[derive(Clone, Debug, Serialize)]
pub struct Minutes {
    pub council: String,
    pub met_at: DateTime<Utc>,
    pub signed_by: String,
    pub items: Vec<MinutesItem>,
    pub minutes_url: String,
}

/// One thing the council talked about.
#[derive(Clone, Debug, Serialize)]
pub struct MinutesItem {
    pub title: String,
    /// One of `accept`, `not_now`, `decline`, `need_data`, `noted`.
    pub decision: String,
    /// There was no quorum.
    pub recommended: bool,
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub due_on: Option<NaiveDate>,
}

/// "thanks": to somebody whose idea shipped.
#[derive(Clone, Debug, Serialize)]
pub struct Thanks {
    /// In the words of whoever leads the team, or ours.
    pub message: String,
    pub own_words: String,
    /// The change, in a line.
    pub change: String,
    /// What was done.
    pub what: String,
    /// Who thanks; none for the product itself.
    pub author: Option<String>,
    /// The ideas of the team.
    pub page_url: String,
}

/// "test": an administrator asks whether mail arrives.
#[derive(Clone, Debug, Serialize)]
pub struct Test {
    pub asked_at: DateTime<Utc>,
    /// Where it says what became of it.
    pub page_url: String,
}
