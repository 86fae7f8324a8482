//! What narrows a view: read from an address, written back as one, and applied to what is looked through.

use super::view::View;
use crate::cases::model::{Severity, Status};
use crate::db::conn::MultiBackend;
use crate::db::schema::{case_tags, cases, feedback};
use crate::feedback::model::{Kind, Voice};
use crate::web::forms::{clean_line, given};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

crate::text_enum! {
    /// The order of the rows.
    pub enum Sort {
        /// The order of the view itself: what is due first.
        Due = "due",
        Newest = "newest",
        /// Who has waited longest.
        Oldest = "oldest",
        Severity = "severity",
    }
}

/// Who has a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Whoever looks.
    Me,
    Nobody,
    Person(i64),
}

impl FromStr for Holder {
    type Err = std::num::ParseIntError;

    fn from_str(word: &str) -> Result<Holder, Self::Err> {
        match word {
            "me" => Ok(Holder::Me),
            "nobody" => Ok(Holder::Nobody),
            id => id.parse().map(Holder::Person),
        }
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Holder::Me => f.write_str("me"),
            Holder::Nobody => f.write_str("nobody"),
            Holder::Person(id) => write!(f, "{id}"),
        }
    }
}

impl Holder {
    /// What stands in `cases.owner_id`.
    pub fn id(self, me: i64) -> Option<i64> {
        match self {
            Holder::Me => Some(me),
            Holder::Nobody => None,
            Holder::Person(id) => Some(id),
        }
    }
}

/// A view and what narrows it, as people keep them: "the complaints of my team about refunds".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub voice: Option<Voice>,
    pub kind: Option<Kind>,
    pub severity: Option<Severity>,
    pub channel: Option<String>,
    pub topic: Option<i64>,
    pub team: Option<i64>,
    pub owner: Option<Holder>,
    pub status: Option<Status>,
    pub tag: Option<String>,
    pub sort: Option<Sort>,
}

/// The same as it stands in an address: what cannot be read is as if it had not been asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub view: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    voice: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    severity: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    channel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    topic: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    team: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    owner: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    tag: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sort: String,
    /// The place in the view behind which a page begins.
    #[serde(skip_serializing)]
    pub after: Option<String>,
    /// The place in another order, within what is looked through.
    #[serde(skip_serializing)]
    pub place: Option<String>,
}

/// The longest channel anybody can have meant.
const MAX_WORD: usize = 60;

impl Asked {
    /// Reads the part of an address behind the question mark.
    pub fn read(query: &str) -> Asked {
        serde_html_form::from_str(query).unwrap_or_default()
    }

    pub fn view(&self) -> View {
        word(&self.view).unwrap_or(View::Mine)
    }

    pub fn filter(&self) -> Filter {
        let text = |typed: &str| given(typed).map(clean_line).filter(|text| text.chars().count() <= MAX_WORD);
        Filter {
            voice: word(&self.voice),
            kind: word(&self.kind),
            severity: word(&self.severity),
            channel: text(&self.channel),
            topic: word(&self.topic),
            team: word(&self.team),
            owner: word(&self.owner),
            status: word(&self.status),
            tag: text(&self.tag).map(|tag| tag.to_lowercase()),
            sort: word(&self.sort).filter(|sort| *sort != Sort::Due),
        }
    }
}

fn word<T: FromStr>(typed: &str) -> Option<T> {
    given(typed)?.parse().ok()
}

impl Filter {
    pub fn sort(&self) -> Sort {
        self.sort.unwrap_or(Sort::Due)
    }

    /// How many things narrow the view; the order is none.
    pub fn narrowings(&self) -> usize {
        let set = [
            self.voice.is_some(),
            self.kind.is_some(),
            self.severity.is_some(),
            self.channel.is_some(),
            self.topic.is_some(),
            self.team.is_some(),
            self.owner.is_some(),
            self.status.is_some(),
            self.tag.is_some(),
        ];
        set.into_iter().filter(|set| *set).count()
    }

    /// The address of this view and filter: always the same for the same, with nothing in it that we do not know.
    pub fn query(&self, view: View) -> String {
        fn said<T: ToString>(value: Option<&T>) -> String {
            value.map(T::to_string).unwrap_or_default()
        }
        let asked = Asked {
            view: view.to_string(),
            voice: said(self.voice.as_ref()),
            kind: said(self.kind.as_ref()),
            severity: said(self.severity.as_ref()),
            channel: said(self.channel.as_ref()),
            topic: said(self.topic.as_ref()),
            team: said(self.team.as_ref()),
            owner: said(self.owner.as_ref()),
            status: said(self.status.as_ref()),
            tag: said(self.tag.as_ref()),
            sort: said(self.sort.as_ref()),
            ..Asked::default()
        };
        serde_html_form::to_string(&asked).unwrap_or_default()
    }

    /// The conditions of this filter. `or(never())` keeps a database from looking for an index that fits one of them: the
    /// stretch of the view's own index that is looked through is short, another index may be as long as the table.
    pub fn narrow<ST: 'static>(
        &self,
        me: i64,
        mut rows: cases::BoxedQuery<'static, MultiBackend, ST>,
    ) -> cases::BoxedQuery<'static, MultiBackend, ST> {
        if let Some(voice) = self.voice {
            let said = feedback::table.filter(feedback::id.eq(cases::id)).filter(feedback::voice.eq(voice));
            rows = rows.filter(exists(said).or(never()));
        }
        if let Some(kind) = self.kind {
            let said = feedback::table.filter(feedback::id.eq(cases::id)).filter(feedback::kind.eq(kind));
            rows = rows.filter(exists(said).or(never()));
        }
        if let Some(channel) = self.channel.clone() {
            let said = feedback::table.filter(feedback::id.eq(cases::id)).filter(feedback::channel.eq(channel));
            rows = rows.filter(exists(said).or(never()));
        }
        if let Some(tag) = self.tag.clone() {
            let tagged = case_tags::table.filter(case_tags::case_id.eq(cases::id)).filter(case_tags::tag.eq(tag));
            rows = rows.filter(exists(tagged).or(never()));
        }
        if let Some(severity) = self.severity {
            rows = rows.filter(cases::severity.eq(severity).or(never()));
        }
        if let Some(status) = self.status {
            rows = rows.filter(cases::status.eq(status).or(never()));
        }
        if let Some(topic) = self.topic {
            rows = rows.filter(cases::topic_id.eq(topic).or(never()));
        }
        if let Some(team) = self.team {
            rows = rows.filter(cases::team_id.eq(team).or(never()));
        }
        match self.owner.map(|holder| holder.id(me)) {
            Some(Some(owner)) => rows.filter(cases::owner_id.eq(owner).or(never())),
            Some(None) => rows.filter(cases::owner_id.is_null().or(never())),
            None => rows,
        }
    }
}

/// What `or` adds to a condition that no index shall answer; bound, so that it is not simply left out.
pub fn never() -> diesel::dsl::AsExprOf<bool, Bool> {
    false.into_sql::<Bool>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_went_and_drops_what_nobody_knows() {
        let query =
            "view=open&kind=complaint&channel=web&owner=me&tag=%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82&sort=newest";
        let asked = Asked::read(&format!("{query}&surprise=1&severity=enormous&topic=x&after=a&place=b"));
        assert_eq!(asked.filter().query(asked.view()), query);
        assert_eq!(asked.filter().tag.as_deref(), Some("возврат"));
        assert_eq!((asked.filter().narrowings(), asked.filter().sort()), (4, Sort::Newest));
        assert_eq!(Asked::read("sort=due").filter(), Filter::default());
        assert_eq!(Asked::read("view=%FF&kind=idea").view(), View::Mine);
    }
}
