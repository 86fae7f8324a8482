//! One of each letter, with data as in life: what the gallery shows and the tests read. A letter that is not here fails a
//! test, so that nobody sends what nobody has looked at.

mod words;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::class::Class;
use super::letters::{
    Action, ActionItem, Closure, Council, CouncilItem, Digest, DigestItem, DigestNumbers, Invitation, Link, Minutes,
    MinutesItem, Notice, NoticeItem, Password, PasswordChanged, QuickFixes, Received, Reply, Test, Thanks,
};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use words::Words;

/// What closures and notes to staff come in.
const OUTCOMES: [&str; 6] = ["solved", "partly", "not_possible", "no_fault", "duplicate", "withdrawn"];
const WHYS: [&str; 11] = [
    "wrote",
    "reopened",
    "escalated",
    "mentioned",
    "warned",
    "missed",
    "raised",
    "asked",
    "decided",
    "returned",
    "digest_late",
];
const REFERENCE: &str = "F-7QK3M9X";
const OTHER_REFERENCE: &str = "F-2XW8D4N";

/// A letter to look at.
#[derive(Clone, Debug)]
pub struct Sample {
    /// "closure-partly": the template, and what tells this letter from others of it.
    pub slug: String,
    /// The folder under `templates/emails/`.
    pub template: &'static str,
    pub class: Class,
    /// Whom it goes to.
    pub name: &'static str,
    /// One of [`super::letters`].
    pub data: Value,
}

/// Every letter in a language; `home` is where its links begin, and they lead nowhere.
pub fn all(lang: Lang, home: &str) -> Result<Vec<Sample>> {
    let mut samples = Samples { lang, words: Words::of(lang), home: home.trim_end_matches('/'), all: Vec::new() };
    samples.originators()?;
    samples.readers()?;
    samples.accounts()?;
    samples.staff()?;
    samples.council()?;
    samples.minutes()?;
    samples.thanks()?;
    Ok(samples.all)
}

struct Samples<'a> {
    lang: Lang,
    words: &'static Words,
    home: &'a str,
    all: Vec<Sample>,
}

impl Samples<'_> {
    fn add(&mut self, template: &'static str, variant: &str, letter: impl Serialize) -> Result<()> {
        let slug = if variant.is_empty() { template.to_owned() } else { format!("{template}-{variant}") };
        let class = Class::of(template);
        let name = if class == Class::Notice { self.words.colleague } else { self.words.reader };
        let data = serde_json::to_value(letter).map_err(Error::internal)?;
        self.all.push(Sample { slug, template, class, name, data });
        Ok(())
    }

    fn originators(&mut self) -> Result<()> {
        let (words, tracking_url) = (self.words, self.url("/t/…"));
        let received = Received {
            reference: REFERENCE.into(),
            own_words: words.said.into(),
            promised_by: words.promised_by.into(),
            tracking_url: tracking_url.clone(),
        };
        self.add("received", "", received)?;
        let reply = Reply {
            reference: REFERENCE.into(),
            title: words.title.into(),
            message: words.answer.into(),
            author: Some(words.colleague.into()),
            markdown: true,
            files: 1,
            tracking_url: tracking_url.clone(),
        };
        self.add("reply", "", &reply)?;
        self.add("reply", "plain", Reply { author: None, markdown: false, files: 0, ..reply })?;
        for (outcome, message) in OUTCOMES.iter().zip(words.outcomes) {
            let closure = Closure {
                reference: REFERENCE.into(),
                own_words: words.said.into(),
                outcome: (*outcome).into(),
                change: Some(words.change.into()).filter(|_| *outcome == "solved"),
                message: message.into(),
                markdown: true,
                author: Some(words.colleague.into()).filter(|_| *outcome != "duplicate"),
                tracking_url: tracking_url.clone(),
            };
            self.add("closure", outcome, closure)?;
        }
        self.add("link", "", Link { reference: REFERENCE.into(), title: words.title.into(), tracking_url })
    }

    fn readers(&mut self) -> Result<()> {
        let items = |items: &[words::Item]| -> Vec<DigestItem> {
            items
                .iter()
                .map(|(title, text, own_words, people)| DigestItem {
                    title: (*title).into(),
                    text: (*text).into(),
                    own_words: own_words.map(Into::into),
                    people: *people,
                    ..DigestItem::default()
                })
                .collect()
        };
        let words = self.words;
        let (mut done, declined) = (items(words.done), items(words.declined));
        let (starts_on, ends_on) = (words::FIRST_DAY, words::LAST_DAY);
        let unsubscribe_url = self.url("/unsubscribe/…");
        let digest = Digest { starts_on, ends_on, declined, unsubscribe_url, ..Digest::default() };
        self.add("digest", "declined", &digest)?;
        if let Some(first) = done.first_mut() {
            first.line = Some(words.line.into());
            first.unsolved_url = Some(self.url("/digest/…/1"));
            first.say_url = Some(self.url("/digest/…/1"));
        }
        if let Some(last) = done.last_mut() {
            last.quote = Some(words.said.into());
        }
        let doing = vec![DigestItem {
            title: words.doing.into(),
            by: Some(words::DUE),
            people: Some(9),
            ..DigestItem::default()
        }];
        let numbers = DigestNumbers {
            told: Some(132),
            answered: Some(74),
            helped: Some(61),
            quick_fixes: Some(QuickFixes { shipped: 3, most: 3 }),
        };
        let (intro, ask) = (Some(words.intro.into()), Some(words.ask.into()));
        self.add(
            "digest",
            "",
            Digest { done, doing, numbers, intro, ask, page_url: Some(self.url("/heard")), ..digest },
        )
    }

    fn accounts(&mut self) -> Result<()> {
        let (link_url, at) = (self.url("/password/…"), moment());
        let invitation = Invitation {
            invited_by: Some(self.words.colleague.into()),
            link_url: link_url.clone(),
            expires_at: at + chrono::Duration::days(7),
        };
        self.add("invitation", "", &invitation)?;
        self.add("invitation", "plain", Invitation { invited_by: None, ..invitation })?;
        self.add("password", "", Password { link_url, expires_at: at + chrono::Duration::hours(1) })?;
        self.add("password-changed", "", PasswordChanged { changed_at: at, link_url: self.url("/password") })?;
        self.add("test", "", Test { asked_at: at, page_url: self.url("/outbox") })
    }

    fn staff(&mut self) -> Result<()> {
        for (why, text) in WHYS.iter().zip(self.words.notices) {
            let item = |reference: &str, title: &str, text: &str| NoticeItem {
                reference: reference.into(),
                title: title.into(),
                text: text.into(),
                url: self.url("/cases"),
            };
            let mut items = vec![item(REFERENCE, self.words.title, text)];
            // What a sweep finds is told in one mail.
            if ["warned", "missed", "raised"].contains(why) {
                items.push(item(OTHER_REFERENCE, self.words.other_title, ""));
            }
            self.add("notice", why, Notice { why: (*why).into(), items })?;
        }
        Ok(())
    }

    fn minutes(&mut self) -> Result<()> {
        let words = self.words;
        let item = |title: &str, decision: &str, reason: &str, owner: Option<&str>| MinutesItem {
            title: title.into(),
            decision: decision.into(),
            recommended: false,
            reason: Some(reason.into()),
            owner: owner.map(Into::into),
            due_on: owner.map(|_| words::DUE),
        };
        let letter = Minutes {
            council: words.council.into(),
            met_at: words::MOMENT,
            signed_by: words.colleague.into(),
            items: vec![
                item(words.change, "accept", words.done[0].1, Some(words.colleague)),
                item(words.declined[0].0, "decline", words.declined[0].1, Some(words.reader)),
                item(words.other_title, "noted", words.notices[0], None),
            ],
            minutes_url: self.url("/council"),
        };
        self.add("minutes", "", letter)
    }

    fn thanks(&mut self) -> Result<()> {
        let words = self.words;
        let message = crate::i18n::t(self.lang, "thanks-draft", &[("change", words.change.into())]);
        let letter = Thanks {
            message,
            own_words: words.done[0].2.unwrap_or(words.title).into(),
            change: words.change.into(),
            what: words.done[0].1.into(),
            author: Some(words.reader.into()),
            page_url: self.url("/team"),
        };
        self.add("thanks", "", &letter)?;
        self.add("thanks", "plain", Thanks { author: None, ..letter })
    }

    fn council(&mut self) -> Result<()> {
        let words = self.words;
        let item = |(minutes, title, quick_fix): &(i64, &str, bool)| CouncilItem {
            title: (*title).into(),
            minutes: *minutes,
            quick_fix: *quick_fix,
        };
        for why in ["invited", "moved", "changed", "cancelled", "left", "reminded"] {
            let letter = Council {
                why: why.into(),
                council: words.council.into(),
                meeting_id: 1,
                sequence: 1,
                starts_at: moment() + chrono::Duration::days(8),
                when: words.meeting.into(),
                minutes: 60,
                place: Some(words.place.into()).filter(|_| why != "left"),
                agenda: words.agenda.iter().map(item).collect(),
                url: self.url("/council/meetings/…"),
            };
            self.add("council", why, letter)?;
        }
        let due = |title: &&str| ActionItem {
            title: (*title).into(),
            ends_on: words::LAST_DAY,
            council: words.council.into(),
        };
        let actions: Vec<ActionItem> = words.actions.iter().map(due).collect();
        let url = self.url("/cases");
        self.add("action", "soon", Action { why: "soon".into(), items: actions[..1].to_vec(), url: url.clone() })?;
        self.add("action", "late", Action { why: "late".into(), items: actions, url })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }
}

/// When these letters might have been written.
pub fn moment() -> DateTime<Utc> {
    words::MOMENT
}
