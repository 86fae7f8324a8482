//! The words of digests: for whom they are, how far, what they tell, and why somebody gets none. Pure.

pub use crate::backlog::similar::SMALLEST_GROUP;
use crate::cases::model::Outcome;
use crate::db::types::Ts;
use crate::feedback::model::shorten;
use crate::i18n::Lang;
use crate::web::Role;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// As much of somebody's own words as it takes to remember them.
const QUOTE: usize = 280;

/// Something the reader said that has an answer.
#[derive(Clone, Debug)]
pub struct Said {
    pub case_id: i64,
    pub title: String,
    pub words: String,
    pub answer: Answer,
}

/// A text in both languages; where one is missing, the other stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Both {
    pub en: String,
    pub ru: String,
}

impl Both {
    /// The text for a reader of this language.
    pub fn text(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::En => (&self.en, &self.ru),
            Lang::Ru => (&self.ru, &self.en),
        };
        if first.is_empty() { second } else { first }
    }

    /// The same, or nothing where nothing was written.
    pub fn given(&self, lang: Lang) -> Option<String> {
        Some(self.text(lang)).filter(|text| !text.is_empty()).map(Into::into)
    }

    /// Whether it is there in this language itself.
    pub fn has(&self, lang: Lang) -> bool {
        match lang {
            Lang::En => !self.en.is_empty(),
            Lang::Ru => !self.ru.is_empty(),
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// One of the changes that were decided.
    Change(i64),
    /// An outcome of its own, with the words of whoever resolved it.
    Outcome(Outcome, String),
}

/// Somebody's own words, as much of them as it takes to remember.
pub fn quote(words: &str) -> String {
    shorten(words, QUOTE)
}

pub(super) fn is_done(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Solved | Outcome::Partly)
}

crate::text_enum! {
    /// Of those who subscribed, whom a series is for.
    pub enum Audience {
        Everybody = "everybody",
        Employees = "employees",
        Customers = "customers",
        /// Who said something that has an answer this time.
        Contributors = "contributors",
    }
}

crate::text_enum! {
    /// Where a day off moves the sending to.
    pub enum Moves {
        Before = "before",
        After = "after",
    }
}

crate::text_enum! {
    /// How far a digest is.
    pub enum Standing {
        Draft = "draft",
        /// Waits for a second person.
        Submitted = "submitted",
        /// Waits for its hour.
        Approved = "approved",
        Sending = "sending",
        Paused = "paused",
        Stopped = "stopped",
        /// Every mail is queued.
        Sent = "sent",
        /// There was nothing to tell, or nobody to tell it to.
        Skipped = "skipped",
    }
}

crate::text_enum! {
    /// The parts of a digest that tell of changes.
    pub enum Section {
        /// "You said → we did".
        Done = "done",
        /// "Decided not to, and why".
        Declined = "declined",
        /// "In progress and by when".
        Doing = "doing",
    }
}

crate::text_enum! {
    /// Who may read an item besides those who asked for it.
    pub enum SeenBy {
        Asked = "asked",
        Team = "team",
        Employees = "employees",
        Everyone = "everyone",
    }
}

crate::text_enum! {
    /// Why somebody gets no digest.
    pub enum Skip {
        /// There is no news for them.
        Empty = "empty",
        OptedOut = "opted_out",
        NoAddress = "no_address",
        Disabled = "disabled",
        /// They subscribed after this digest was made.
        JoinedLater = "joined_later",
        NeverSubscribed = "never_subscribed",
    }
}

/// Somebody a digest may go to.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::people)]
pub struct Reader {
    pub id: i64,
    pub name: String,
    pub email: Option<String>,
    pub lang: Lang,
    pub disabled_at: Option<Ts>,
    pub digest_since: Option<Ts>,
    pub digest_ended_at: Option<Ts>,
    pub role: Role,
    pub team_id: Option<i64>,
    /// Where their clock is, if they said so: an IANA name.
    pub zone: Option<String>,
}

impl Reader {
    /// Their address, if a digest made at this moment goes to them.
    pub fn address(&self, made_at: DateTime<Utc>) -> Result<&str, Skip> {
        let since = self.digest_since.ok_or(Skip::NeverSubscribed)?;
        match (&self.email, self.disabled_at, self.digest_ended_at) {
            (_, Some(_), _) => Err(Skip::Disabled),
            (_, _, Some(_)) => Err(Skip::OptedOut),
            (None, ..) => Err(Skip::NoAddress),
            _ if *since > made_at => Err(Skip::JoinedLater),
            (Some(email), ..) => Ok(email),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_to_skip_has_its_place() {
        let now = DateTime::UNIX_EPOCH + chrono::Duration::days(400);
        let before = Some(Ts::from(DateTime::UNIX_EPOCH));
        let reader = Reader {
            id: 1,
            name: "Ann".into(),
            email: Some("ann@example.org".into()),
            lang: Lang::En,
            disabled_at: None,
            digest_since: before,
            digest_ended_at: None,
            role: Role::Contact,
            team_id: None,
            zone: None,
        };
        assert_eq!(reader.address(now), Ok("ann@example.org"));
        let skipped = |reader: Reader| reader.address(now).expect_err("skipped");
        assert_eq!(skipped(Reader { digest_since: None, ..reader.clone() }), Skip::NeverSubscribed);
        assert_eq!(skipped(Reader { disabled_at: before, ..reader.clone() }), Skip::Disabled);
        assert_eq!(skipped(Reader { digest_ended_at: before, ..reader.clone() }), Skip::OptedOut);
        assert_eq!(skipped(Reader { email: None, ..reader.clone() }), Skip::NoAddress);
        let later = Some(Ts::from(now + chrono::Duration::seconds(1)));
        assert_eq!(skipped(Reader { digest_since: later, ..reader }), Skip::JoinedLater);
    }
}
