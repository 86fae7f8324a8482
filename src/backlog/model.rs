//! A change: an item of the shared EX + CX backlog. Its score, its states and its rules.

use crate::cases::model::Status as CaseStatus;
use crate::error::{Error, FieldError, Result};
use crate::web::forms::clean;
use chrono::Duration;
use serde::Serialize;

crate::text_enum! {
    /// Where a change stands.
    pub enum Status {
        Proposed = "proposed",
        /// Asked back: nobody can decide on what is known.
        NeedsData = "needs_data",
        Accepted = "accepted",
        InProgress = "in_progress",
        Shipped = "shipped",
        /// Shipped, and somebody looked whether it did what it should.
        Verified = "verified",
        /// Not now: it comes back at its date.
        Deferred = "deferred",
        Declined = "declined",
    }
}

impl Status {
    /// Where it may go from here; what is shipped or declined was told to people and stays.
    pub fn next(self) -> &'static [Status] {
        use Status::*;
        match self {
            Proposed => &[Accepted, NeedsData, Deferred, Declined],
            NeedsData => &[Proposed, Accepted, Deferred, Declined],
            Accepted => &[InProgress, Shipped, NeedsData, Deferred, Declined],
            InProgress => &[Shipped, Deferred, Declined],
            Deferred => &[Proposed, Accepted, NeedsData, Declined],
            Shipped => &[Verified],
            Verified | Declined => &[],
        }
    }

    /// The last word was spoken: no more evidence is taken, no more decisions come.
    pub fn is_finished(self) -> bool {
        matches!(self, Status::Shipped | Status::Verified | Status::Declined)
    }

    /// Going there tells everybody who asked.
    pub fn tells(self) -> bool {
        matches!(self, Status::Shipped | Status::Declined)
    }

    /// Going there needs a reason for those who work on it.
    pub fn needs_reason(self) -> bool {
        matches!(self, Status::NeedsData | Status::Deferred)
    }

    /// Where the cases behind a change stand while it is being made.
    pub fn of_cases(self) -> Option<CaseStatus> {
        match self {
            Status::Accepted => Some(CaseStatus::Decided),
            Status::InProgress => Some(CaseStatus::Doing),
            _ => None,
        }
    }
}

/// Whoever accepted a change expects that somebody begins within this time.
pub const STALLED_AFTER: Duration = Duration::days(30);

/// How many different people stand behind a change, and the cases they made. Whoever spoke as an employee and as a
/// customer is in both voices and one of the people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reach {
    pub people: i64,
    pub employees: i64,
    pub customers: i64,
    /// Bots that spoke for customers: no people.
    pub machines: i64,
    pub cases: i64,
}

/// What changed, or why not, in the languages of those who asked; one is enough, the other falls back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub en: Option<String>,
    pub ru: Option<String>,
}

impl News {
    /// Reads what was typed; something has to be said.
    pub fn checked(en: &str, ru: &str) -> Result<News> {
        let said = |text: &str| Some(clean(text)).filter(|t| !t.is_empty());
        let news = News { en: said(en), ru: said(ru) };
        let mut wrong = Vec::new();
        if news.en.is_none() && news.ru.is_none() {
            wrong.push(FieldError::new("outcome_en", "error-say-what-changed"));
        }
        for (field, text) in [("outcome_en", &news.en), ("outcome_ru", &news.ru)] {
            if text.as_ref().is_some_and(|t| t.chars().count() > 1000) {
                wrong.push(FieldError::new(field, "error-too-long").with("max", 1000));
            }
        }
        if wrong.is_empty() { Ok(news) } else { Err(Error::Invalid(wrong)) }
    }

    /// The text for a reader of this language.
    pub fn text(&self, lang: crate::i18n::Lang) -> &str {
        let (first, second) = match lang {
            crate::i18n::Lang::En => (&self.en, &self.ru),
            crate::i18n::Lang::Ru => (&self.ru, &self.en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn finished_changes_stay_finished() {
        for status in Status::ALL.iter().filter(|status| status.is_finished()) {
            assert!(status.next().iter().all(|next| next.is_finished() && !next.tells()), "{status}");
        }
    }

    #[test]
    fn every_open_change_can_still_be_declined_and_nothing_stays_where_it_is() {
        for status in Status::ALL {
            assert_eq!(status.next().contains(&Status::Declined), !status.is_finished(), "{status}");
            assert!(!status.next().contains(status));
        }
    }

    #[test]
    fn news_fall_back_to_the_language_there_is() -> Result<()> {
        let news = News::checked(" ", "Готово")?;
        assert_eq!((news.text(Lang::En), news.text(Lang::Ru)), ("Готово", "Готово"));
        assert!(News::checked("", "\u{0}").is_err());
        Ok(())
    }
}
