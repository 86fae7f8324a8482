//! What goes into the digest of one person, and why somebody gets none. Pure.
//!
//! Their own words come first, each with what came of it; then what was done and decided for others, as far as the
//! change is public. Nobody reads the words of anybody else.

use crate::backlog::model::News;
use crate::cases::model::Outcome;
use crate::db::types::Ts;
use crate::feedback::model::shorten;
use crate::i18n::Lang;
use crate::mail::letters::DigestItem;
use crate::web::Role;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Fewer people than this are never counted.
pub const SMALLEST_GROUP: i64 = 5;
/// As much of somebody's own words as it takes to remember them.
const QUOTE: usize = 280;

/// A change that was shipped or declined in the period.
#[derive(Clone, Debug)]
pub struct Decided {
    pub id: i64,
    pub title: String,
    pub shipped: bool,
    /// Whether people whose feedback did not lead to it may hear of it.
    pub public: bool,
    pub news: News,
    /// How many had asked for it.
    pub reach: i64,
}

impl Decided {
    fn item(&self, lang: Lang, own_words: Option<String>) -> DigestItem {
        DigestItem {
            title: self.title.clone(),
            text: self.news.text(lang).to_owned(),
            own_words,
            people: (self.reach >= SMALLEST_GROUP).then_some(self.reach),
            ..DigestItem::default()
        }
    }
}

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

/// The two parts of a digest.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// "You said → we did".
    pub done: Vec<DigestItem>,
    /// "Decided not to, and why".
    pub declined: Vec<DigestItem>,
}

impl Content {
    fn add(&mut self, done: bool, item: DigestItem) {
        if done { self.done.push(item) } else { self.declined.push(item) }
    }

    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.declined.is_empty()
    }
}

/// What there is to tell one reader; nothing if there is no news for them.
pub fn compose(lang: Lang, decided: &[Decided], said: &[Said]) -> Option<Content> {
    let mut content = Content::default();
    let quotes = quotes(said);
    let (own, others): (Vec<_>, Vec<_>) = decided.iter().partition(|change| quotes.contains_key(&change.id));
    for change in own {
        content.add(change.shipped, change.item(lang, quotes.get(&change.id).cloned()));
    }
    for said in said {
        if let Answer::Outcome(outcome, text) = &said.answer {
            let words = Some(quote(&said.words));
            let item =
                DigestItem { title: said.title.clone(), text: text.clone(), own_words: words, ..DigestItem::default() };
            content.add(is_done(*outcome), item);
        }
    }
    for change in others.into_iter().filter(|change| change.public) {
        content.add(change.shipped, change.item(lang, None));
    }
    Some(content).filter(|content| !content.is_empty())
}

/// The reader's words by change; whoever asked twice for one thing is quoted with what they said first.
fn quotes(said: &[Said]) -> HashMap<i64, String> {
    let mut quotes = HashMap::new();
    for said in said {
        if let Answer::Change(id) = said.answer {
            quotes.entry(id).or_insert_with(|| quote(&said.words));
        }
    }
    quotes
}

pub(super) fn quote(words: &str) -> String {
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

    fn change(id: i64, title: &str, shipped: bool) -> Decided {
        let news = News { en: Some(format!("{title}: done")), ru: Some(format!("{title}: готово")) };
        Decided { id, title: title.into(), shipped, public: true, news, reach: 1 }
    }

    fn said(words: &str, answer: Answer) -> Said {
        Said { case_id: 1, title: "Title".into(), words: words.into(), answer }
    }

    fn titles(items: &[DigestItem]) -> Vec<&str> {
        items.iter().map(|item| item.title.as_str()).collect()
    }

    #[test]
    fn own_words_come_first_and_others_follow() {
        let decided = [change(1, "Receipts", true), change(2, "Tabs", true), change(3, "Discount", false)];
        let own = [
            said("Five tabs for one customer", Answer::Change(2)),
            said("And again: tabs", Answer::Change(2)),
            said("Where is my parcel", Answer::Outcome(Outcome::Solved, "It came".into())),
        ];
        let content = compose(Lang::En, &decided, &own).expect("news");
        assert_eq!(titles(&content.done), ["Tabs", "Title", "Receipts"]);
        assert_eq!(content.done[0].own_words.as_deref(), Some("Five tabs for one customer"));
        assert_eq!((content.done[2].own_words.as_ref(), content.done[2].text.as_str()), (None, "Receipts: done"));
        assert_eq!(titles(&content.declined), ["Discount"]);
    }

    #[test]
    fn a_change_that_is_not_public_is_for_those_who_asked() {
        let hidden = [Decided { public: false, ..change(1, "Shift swaps", true) }];
        assert!(compose(Lang::En, &hidden, &[]).is_none());
        let content = compose(Lang::Ru, &hidden, &[said("Смены", Answer::Change(1))]).expect("news");
        assert_eq!(content.done[0].text, "Shift swaps: готово");
    }

    #[test]
    fn no_is_told_as_no() {
        for outcome in Outcome::ALL {
            let content =
                compose(Lang::En, &[], &[said("x", Answer::Outcome(*outcome, "Because".into()))]).expect("news");
            assert_eq!(content.done.is_empty(), !matches!(outcome, Outcome::Solved | Outcome::Partly), "{outcome}");
        }
    }

    #[test]
    fn small_groups_are_not_counted_and_quotes_are_short() {
        let shown = |reach| Decided { reach, ..change(1, "Tabs", true) }.item(Lang::En, None).people;
        assert_eq!((shown(4), shown(5)), (None, Some(5)));
        let long = [said(&"слово ".repeat(200), Answer::Change(1))];
        let content = compose(Lang::Ru, &[change(1, "Tabs", true)], &long).expect("news");
        assert!(content.done[0].own_words.as_ref().is_some_and(|words| words.chars().count() <= QUOTE));
    }

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
